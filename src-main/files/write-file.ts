import { randomUUID } from 'node:crypto'
import { open, rename, rm } from 'node:fs/promises'
import { basename } from 'node:path'
import { refuse } from './refusals.ts'

const bufferBytes = 256 * 1024

/** Takes what is written; resolves when it is safe to go on, so that a slow disk slows the writer down instead of filling memory. */
export type Sink = { write(bytes: Uint8Array): Promise<void>; readonly bytes: number }

/**
 * Writes a file whole or not at all: into a neighbour first, which takes the name when everything is on disk. A failure leaves an
 * older file of that name untouched. Refuses `files.diskFull` and `files.cannotWrite` (no right, no folder, open in Excel).
 */
export async function writeWhole<T>(path: string, work: (sink: Sink) => Promise<T>): Promise<T> {
  const part = `${path}.${randomUUID().slice(0, 8)}.part`
  try {
    const file = await open(part, 'wx')
    let result: T
    try {
      const sink = bufferedSink((bytes) => file.writeFile(bytes))
      result = await work(sink)
      await sink.flush()
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(part, path)
    return result
  } catch (error) {
    await rm(part, { force: true }).catch(() => {})
    throw refusalOfWrite(error, basename(path))
  }
}

function bufferedSink(put: (bytes: Uint8Array) => Promise<void>): Sink & { flush(): Promise<void> } {
  let waiting: Uint8Array[] = []
  let waitingBytes = 0
  let bytes = 0
  const flush = async () => {
    if (waitingBytes === 0) return
    const all = waiting.length === 1 ? waiting[0]! : Buffer.concat(waiting)
    waiting = []
    waitingBytes = 0
    await put(all)
  }
  return {
    get bytes() {
      return bytes
    },
    async write(piece) {
      bytes += piece.length
      waiting.push(piece)
      waitingBytes += piece.length
      if (waitingBytes >= bufferBytes) await flush()
    },
    flush,
  }
}

function refusalOfWrite(error: unknown, name: string): unknown {
  const code = error instanceof Error ? String((error as NodeJS.ErrnoException).code ?? '') : ''
  if (code === 'ENOSPC' || code === 'EDQUOT') return refuse('files.diskFull', { name })
  const isDenied = ['EACCES', 'EPERM', 'EBUSY', 'EROFS', 'EISDIR', 'ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'EIO'].includes(code)
  return isDenied ? refuse('files.cannotWrite', { name, reason: code }) : error
}
