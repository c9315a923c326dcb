import { existsSync, mkdtempSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const SHARED_MEMORY = '/dev/shm'
/** What a long run may need: companies and databases are copied for every test and dropped after it. */
const ROOM_BYTES = 3 * 1024 ** 3

/** Memory where there is plenty: what a test writes is thrown away, and a busy disk makes each commit wait. */
export function quickFolder(): string {
  if (!existsSync(SHARED_MEMORY)) return tmpdir()
  const { bavail, bsize } = statfsSync(SHARED_MEMORY)
  return bavail * bsize > ROOM_BYTES ? SHARED_MEMORY : tmpdir()
}

/** A new folder for all that a run of tests leaves behind; who asks for it removes it. */
export const newScratch = (): string => mkdtempSync(join(quickFolder(), 'zhanggui-run-'))
