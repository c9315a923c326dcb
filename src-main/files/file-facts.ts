import { createHash } from 'node:crypto'
import { statfs } from 'node:fs/promises'
import { basename } from 'node:path'
import { createReadStream } from 'node:fs'
import { refusalOfSystemError } from './refusals.ts'

/** The SHA-256 of a file's bytes as 64 hex digits, read in chunks. Refuses `files.notFound`, `files.unreadable`. */
export async function sha256OfFile(path: string): Promise<string> {
  const hash = createHash('sha256')
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1024 ** 2 })) hash.update(chunk as Uint8Array)
  } catch (error) {
    throw refusalOfSystemError(error, basename(path))
  }
  return hash.digest('hex')
}

/** Bytes that this user may still write on the disk of a path (a folder, or a file that exists). */
export async function freeDisk(path: string): Promise<number> {
  try {
    const disk = await statfs(path)
    return disk.bavail * disk.bsize
  } catch (error) {
    throw refusalOfSystemError(error, basename(path))
  }
}
