import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { basename } from 'node:path'
import { Refusal } from '../kernel/refusal.ts'
import { refusalOfSystemError, refuse } from './refusals.ts'
import type { Limits } from './limits.ts'

const chunkBytes = 256 * 1024

/** A file as bytes, packed by gzip or plain. `onBytes` is told how many bytes of the file on disk were read so far. */
export type ByteSource = {
  readonly path: string
  readonly packing: 'none' | 'gzip'
  readonly limits: Limits
  readonly onBytes?: (bytesRead: number) => void
}

/**
 * The bytes of a file in chunks, unpacked when it is gzipped. Refuses `files.brokenGzip` (damaged or cut off), `files.zipBomb`
 * (unpacks to far more than it should), `files.tooLarge`, and what the system says about the file. Leaving the loop closes the file.
 */
export async function* bytesOf(source: ByteSource): AsyncGenerator<Uint8Array> {
  const name = basename(source.path)
  const file = createReadStream(source.path, { highWaterMark: chunkBytes })
  const stream = source.packing === 'none' ? file : pipeline(file, createGunzip({ chunkSize: chunkBytes }), () => {})
  let unpacked = 0
  try {
    for await (const chunk of stream as AsyncIterable<Uint8Array>) {
      unpacked += chunk.length
      source.onBytes?.(file.bytesRead)
      if (unpacked > source.limits.maxBytes) throw refuse('files.tooLarge', { name, limit_bytes: source.limits.maxBytes })
      const isBomb = unpacked > source.limits.ratioFromBytes && unpacked > source.limits.maxRatio * (file.bytesRead + chunkBytes)
      if (isBomb) throw refuse('files.zipBomb', { name })
      yield chunk
    }
  } catch (error) {
    throw refusalOfGzipError(error, name)
  } finally {
    file.destroy()
    stream.destroy()
  }
}

function refusalOfGzipError(error: unknown, name: string): unknown {
  const code = error instanceof Refusal ? '' : String((error as NodeJS.ErrnoException | undefined)?.code ?? '')
  if (code.startsWith('Z_')) return refuse('files.brokenGzip', { name })
  return refusalOfSystemError(error, name)
}

/** True when the bytes begin with these. */
export function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return bytes.length >= magic.length && magic.every((byte, i) => bytes[i] === byte)
}
