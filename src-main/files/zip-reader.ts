import { createReadStream } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'
import { basename } from 'node:path'
import { pipeline } from 'node:stream'
import { crc32, createInflateRaw } from 'node:zlib'
import { Refusal } from '../kernel/refusal.ts'
import { refusalOfSystemError, refuse } from './refusals.ts'
import type { Limits } from './limits.ts'

/** One file inside a zip, as the directory at the zip's end tells it. Sizes in bytes. */
type ZipEntry = {
  readonly name: string
  readonly flags: number
  readonly method: number
  readonly crc: number
  readonly packedBytes: number
  readonly bytes: number
  readonly offset: number
}

export type ZipFile = {
  readonly names: readonly string[]
  /** The stored name of a part, found as OOXML compares names: without regard to case. */
  find(name: string): string | undefined
  /** The declared size of a part in bytes after unpacking; `read` holds the part to it. */
  bytesOf(name: string): number
  /** The unpacked bytes of one part. Its length and checksum are checked when it ends. */
  read(name: string): AsyncGenerator<Uint8Array>
}

/**
 * Opens a zip by its directory and checks it before anything is unpacked: that the directory is whole, that no two parts share
 * bytes (the trick of the non-recursive zip bomb), that no part is encrypted, and that sizes, ratios and the number of parts stay
 * within the limits. Refuses `files.brokenZip`, `files.zipBomb`, `files.encrypted`. Source of the layout: PKWARE APPNOTE 6.3.
 */
export async function openZip(path: string, limits: Limits): Promise<ZipFile> {
  const name = basename(path)
  const entries = await withFile(path, async (file) => {
    const { size } = await file.stat()
    const end = await findEnd(file, size, name)
    if (end.entries > limits.maxZipEntries) throw refuse('files.zipBomb', { name })
    if (end.directoryBytes > 64 * 1024 ** 2 || end.directoryAt + end.directoryBytes > size) throw broken(name, 'directory')
    const directory = await readAt(file, end.directoryAt, end.directoryBytes)
    if (directory.length !== end.directoryBytes) throw broken(name, 'directory')
    const found = readDirectory(directory, end.entries, name)
    checkEntries({ entries: found, directoryAt: end.directoryAt, limits, name })
    return found
  })
  const byName = new Map(entries.map((entry) => [entry.name.toLowerCase(), entry]))
  if (byName.size !== entries.length) throw broken(name, 'names')
  const entryOf = (part: string): ZipEntry => {
    const entry = byName.get(part.toLowerCase())
    if (entry === undefined) throw broken(name, part)
    return entry
  }
  return {
    names: entries.map((entry) => entry.name),
    find: (part) => byName.get(part.toLowerCase())?.name,
    bytesOf: (part) => entryOf(part).bytes,
    read: (part) => readEntry(path, entryOf(part)),
  }
}

function broken(name: string, part: string): Refusal {
  return refuse('files.brokenZip', { name, part })
}

async function withFile<T>(path: string, work: (file: FileHandle) => Promise<T>): Promise<T> {
  let file: FileHandle | undefined
  try {
    file = await open(path, 'r')
    return await work(file)
  } catch (error) {
    throw refusalOfSystemError(error, basename(path))
  } finally {
    await file?.close()
  }
}

async function readAt(file: FileHandle, at: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length)
  const { bytesRead } = await file.read(buffer, 0, length, at)
  return buffer.subarray(0, bytesRead)
}

type ZipEnd = { readonly entries: number; readonly directoryAt: number; readonly directoryBytes: number }

/** The end record is the last thing in the file, save for a comment of at most 65,535 bytes. */
async function findEnd(file: FileHandle, size: number, name: string): Promise<ZipEnd> {
  const from = Math.max(0, size - 65_557)
  const tail = await readAt(file, from, size - from)
  for (let at = tail.length - 22; at >= 0; at--) {
    if (tail.readUInt32LE(at) !== 0x06054b50 || at + 22 + tail.readUInt16LE(at + 20) > tail.length) continue
    const end = { entries: tail.readUInt16LE(at + 10), directoryBytes: tail.readUInt32LE(at + 12), directoryAt: tail.readUInt32LE(at + 16) }
    const isZip64 = end.entries === 0xffff || end.directoryBytes === 0xffffffff || end.directoryAt === 0xffffffff
    return isZip64 ? findZip64End({ file, endAt: from + at, end, name }) : end
  }
  throw broken(name, 'end')
}

async function findZip64End(args: { file: FileHandle; endAt: number; end: ZipEnd; name: string }): Promise<ZipEnd> {
  const locator = await readAt(args.file, Math.max(0, args.endAt - 20), 20)
  // Without a locator the figures merely look like those of a large zip: 65,535 files is a lawful count.
  if (locator.length < 20 || locator.readUInt32LE(0) !== 0x07064b50) return args.end
  const record = await readAt(args.file, safe(locator.readBigUInt64LE(8), args.name), 56)
  if (record.length < 56 || record.readUInt32LE(0) !== 0x06064b50) throw broken(args.name, 'end')
  return {
    entries: safe(record.readBigUInt64LE(32), args.name),
    directoryBytes: safe(record.readBigUInt64LE(40), args.name),
    directoryAt: safe(record.readBigUInt64LE(48), args.name),
  }
}

function safe(value: bigint, name: string): number {
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw broken(name, 'size')
  return Number(value)
}

function readDirectory(directory: Buffer, count: number, name: string): ZipEntry[] {
  const entries: ZipEntry[] = []
  let at = 0
  for (let i = 0; i < count; i++) {
    if (at + 46 > directory.length || directory.readUInt32LE(at) !== 0x02014b50) throw broken(name, 'directory')
    const nameBytes = directory.readUInt16LE(at + 28)
    const extraBytes = directory.readUInt16LE(at + 30)
    const next = at + 46 + nameBytes + extraBytes + directory.readUInt16LE(at + 32)
    if (next > directory.length) throw broken(name, 'directory')
    const plain: ZipEntry = {
      name: directory.toString('utf8', at + 46, at + 46 + nameBytes),
      flags: directory.readUInt16LE(at + 8),
      method: directory.readUInt16LE(at + 10),
      crc: directory.readUInt32LE(at + 16),
      packedBytes: directory.readUInt32LE(at + 20),
      bytes: directory.readUInt32LE(at + 24),
      offset: directory.readUInt32LE(at + 42),
    }
    entries.push(withZip64Sizes(plain, directory.subarray(at + 46 + nameBytes, at + 46 + nameBytes + extraBytes), name))
    at = next
  }
  return entries
}

/** Sizes that do not fit 32 bits stand in extra field 1, in this order, only those that are marked by FFFFFFFF. */
function withZip64Sizes(entry: ZipEntry, extra: Buffer, name: string): ZipEntry {
  if (entry.bytes !== 0xffffffff && entry.packedBytes !== 0xffffffff && entry.offset !== 0xffffffff) return entry
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1) continue
    const field = extra.subarray(at + 4, at + 4 + extra.readUInt16LE(at + 2))
    let used = 0
    const wide = (value: number): number => {
      if (value !== 0xffffffff) return value
      if (used + 8 > field.length) throw broken(name, entry.name)
      used += 8
      return safe(field.readBigUInt64LE(used - 8), name)
    }
    return { ...entry, bytes: wide(entry.bytes), packedBytes: wide(entry.packedBytes), offset: wide(entry.offset) }
  }
  return entry
}

function checkEntries(args: { entries: readonly ZipEntry[]; directoryAt: number; limits: Limits; name: string }): void {
  const { limits, name } = args
  let total = 0
  let freeFrom = 0
  for (const entry of [...args.entries].sort((a, b) => a.offset - b.offset)) {
    if ((entry.flags & 1) !== 0) throw refuse('files.encrypted', { name })
    if (entry.offset < freeFrom) throw refuse('files.zipBomb', { name })
    freeFrom = entry.offset + 30 + Buffer.byteLength(entry.name) + entry.packedBytes
    if (freeFrom > args.directoryAt) throw broken(name, entry.name)
    total += entry.bytes
    if (total > limits.maxBytes) throw refuse('files.zipBomb', { name })
    if (entry.bytes > limits.ratioFromBytes && entry.bytes > limits.maxRatio * entry.packedBytes) throw refuse('files.zipBomb', { name })
  }
}

async function* readEntry(path: string, entry: ZipEntry): AsyncGenerator<Uint8Array> {
  const name = basename(path)
  if (entry.method !== 0 && entry.method !== 8) throw broken(name, entry.name)
  const dataAt = await withFile(path, async (file) => {
    const header = await readAt(file, entry.offset, 30)
    if (header.length < 30 || header.readUInt32LE(0) !== 0x04034b50) throw broken(name, entry.name)
    return entry.offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28)
  })
  if (entry.packedBytes === 0) {
    if (entry.bytes !== 0) throw broken(name, entry.name)
    return
  }
  const packed = createReadStream(path, { start: dataAt, end: dataAt + entry.packedBytes - 1, highWaterMark: 128 * 1024 })
  const stream = entry.method === 0 ? packed : pipeline(packed, createInflateRaw({ chunkSize: 128 * 1024 }), () => {})
  let bytes = 0
  let crc = 0
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      bytes += chunk.length
      // A part that goes on past its declared size was checked against the limits under a lie.
      if (bytes > entry.bytes) throw broken(name, entry.name)
      crc = crc32(chunk, crc)
      yield chunk
    }
  } catch (error) {
    const code = String((error as NodeJS.ErrnoException | undefined)?.code ?? '')
    throw code.startsWith('Z_') ? broken(name, entry.name) : refusalOfSystemError(error, name)
  } finally {
    packed.destroy()
    stream.destroy()
  }
  if (bytes !== entry.bytes || crc !== entry.crc) throw broken(name, entry.name)
}
