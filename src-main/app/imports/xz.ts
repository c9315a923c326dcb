import { spawn } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { basename } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { Refusal } from '../../kernel/refusal.ts'

/**
 * Unpacks an .xz file beside the staging files by the system's own `xz`. Refuses 'import.xzMissing' where there is none and
 * 'import.xzBroken' when the file is damaged. Nothing is left behind by a failure.
 */
export async function unpackXz({ path, target, signal }: { path: string; target: string; signal: AbortSignal }): Promise<void> {
  const child = spawn('xz', ['-dc', '--', path], { stdio: ['ignore', 'pipe', 'ignore'], signal })
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  try {
    const [code] = await Promise.all([ended, pipeline(child.stdout, createWriteStream(target, { mode: 0o600 }))])
    if (code !== 0) throw new Refusal('import.xzBroken', { name: basename(path) })
  } catch (error) {
    await rm(target, { force: true })
    const isMissing = error instanceof Error && (error as NodeJS.ErrnoException).code === 'ENOENT'
    throw isMissing ? new Refusal('import.xzMissing', { name: basename(path) }) : error
  }
}

/** The size a packed file unpacks to, by the usual ratio of texts; only for asking the disk. */
export const UNPACKED_RATIO = 20
