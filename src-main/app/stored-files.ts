import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat, utimes } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { assert } from '../kernel/assert.ts'
import type { Engine } from '../storage/db.ts'

// The contents of attachments lie in the company's folder by the hash of their bytes (files/ab/cdef…): equal files are kept once, and
// whoever knows the name can tell whether the content is still what it was.

/** A content nobody names is kept for a day: it may belong to a command that is on its way. */
const KEPT_MS = 24 * 60 * 60 * 1000

const hashForm = /^[0-9a-f]{64}$/

/** Where the content with this SHA-256 (64 hex digits) lies. */
export function storedFile({ folder, sha256 }: { folder: string; sha256: string }): string {
  assert(hashForm.test(sha256), 'a content is named by its SHA-256 in hex')
  return join(folder, sha256.slice(0, 2), sha256.slice(2))
}

/** SHA-256 of a file's bytes, in hex. */
export async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const part of createReadStream(file)) hash.update(part as Buffer)
  return hash.digest('hex')
}

export type FileState = 'whole' | 'missing' | 'damaged'

/** Is a stored content there, and still what its name says? Reads the whole file. */
export async function stateOfFile(content: { folder: string; sha256: string }): Promise<FileState> {
  const file = storedFile(content)
  if (!existsSync(file)) return 'missing'
  return (await sha256Of(file)) === content.sha256 ? 'whole' : 'damaged'
}

/** The size of a stored content in bytes; undefined when there is none. */
export async function sizeOfStored(content: { folder: string; sha256: string }): Promise<number | undefined> {
  return stat(storedFile(content)).then(({ size }) => size, () => undefined)
}

/**
 * Moves a file whose hash is known to its place among the contents, on the disk for good before this resolves. A content that is there
 * already stays, unless it was damaged.
 */
export async function keepFile({ from, folder, sha256 }: { from: string; folder: string; sha256: string }): Promise<void> {
  const target = storedFile({ folder, sha256 })
  if ((await stateOfFile({ folder, sha256 })) === 'whole') {
    // It counts as new from now on, so that the sweep leaves it to the command that is to name it.
    const now = new Date()
    await utimes(target, now, now)
    return rm(from, { force: true })
  }
  await mkdir(dirname(target), { recursive: true })
  const file = await open(from, 'r+')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(from, target)
  const now = new Date()
  await utimes(target, now, now)
}

/** The contents that attachments name, each once, in order. */
export async function namedContents(engine: Engine): Promise<string[]> {
  const rows = await engine.read((db) => db.all<{ sha256: string }>('select distinct sha256 from platform_attachment order by sha256'))
  return rows.map((r) => r.sha256)
}

/** Attached files that are missing or are not what they were, each with one attachment that names it. */
export async function brokenFiles({ engine, folder }: { engine: Engine; folder: string }): Promise<{ sha256: string; state: FileState }[]> {
  const broken: { sha256: string; state: FileState }[] = []
  for (const sha256 of await namedContents(engine)) {
    const state = await stateOfFile({ folder, sha256 })
    if (state !== 'whole') broken.push({ sha256, state })
  }
  return broken
}

/** Removes contents that no attachment names any more, but for those younger than a day at `now`; gives how many went. */
export async function sweepFiles({ engine, folder, now }: { engine: Engine; folder: string; now: number }): Promise<number> {
  if (!existsSync(folder)) return 0
  const named = new Set(await namedContents(engine))
  let removed = 0
  for (const first of await readdir(folder)) {
    if (!/^[0-9a-f]{2}$/.test(first)) continue
    for (const rest of await readdir(join(folder, first))) {
      const file = join(folder, first, rest)
      if (!hashForm.test(first + rest) || named.has(first + rest) || now - (await stat(file)).mtimeMs < KEPT_MS) continue
      await rm(file, { force: true })
      removed++
    }
  }
  return removed
}
