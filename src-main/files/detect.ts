import { open } from 'node:fs/promises'
import { basename } from 'node:path'
import { bytesOf, startsWith, type ByteSource } from './bytes.ts'
import { textOf, type Encoding } from './decode.ts'
import { detectDelimiter, type Delimiter } from './detect-delimiter.ts'
import { detectEncoding } from './detect-encoding.ts'
import { defaultLimits, type Limits } from './limits.ts'
import { refusalOfSystemError, refuse } from './refusals.ts'
import { openZip } from './zip-reader.ts'

export type Detected =
  | { readonly format: 'xlsx' }
  | { readonly format: 'csv'; readonly packing: 'none' | 'gzip'; readonly encoding: Encoding; readonly delimiter: Delimiter }

export type DetectOptions = { readonly encoding?: Encoding; readonly delimiter?: Delimiter; readonly limits?: Limits }

/**
 * Says what a file is by its content, never by its name: a workbook, or delimited text with its encoding and delimiter.
 * A text file is read through once, so that the encoding holds for its last line too (about 1 GB/s for UTF-8). What the caller
 * gives (`encoding`, `delimiter`) is taken as said. Refuses files that are no tables by name of what they are: old Excel,
 * encrypted workbooks, PDF, HTML saved as .xls, archives, other binaries.
 */
export async function detectFile(path: string, options: DetectOptions = {}): Promise<Detected> {
  const limits = options.limits ?? defaultLimits
  const name = basename(path)
  const head = await readHead(path, 64 * 1024)
  if (head.length === 0) throw refuse('files.empty', { name })
  if (startsWith(head, [0x50, 0x4b, 0x03, 0x04]) || startsWith(head, [0x50, 0x4b, 0x05, 0x06])) return detectZip(path, limits)
  if (startsWith(head, oleMagic)) throw refuse((await isEncryptedOle(path)) ? 'files.encrypted' : 'files.oldExcel', { name })
  const packing = startsWith(head, [0x1f, 0x8b]) ? 'gzip' : 'none'
  const source: ByteSource = { path, packing, limits }
  const start = packing === 'none' ? head : await firstBytes(source, 64 * 1024)
  if (start.length === 0) throw refuse('files.empty', { name })
  refuseOtherFormats(start, name)
  const encoding = options.encoding ?? (await detectEncoding(source, start))
  const sample = await firstText({ ...source, encoding }, 64 * 1024)
  if (sample.trim() === '') throw refuse('files.empty', { name })
  refuseMarkup(sample, name)
  return { format: 'csv', packing, encoding, delimiter: options.delimiter ?? detectDelimiter(sample) }
}

const oleMagic = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]

async function readHead(path: string, bytes: number): Promise<Uint8Array> {
  try {
    const file = await open(path, 'r')
    try {
      const buffer = new Uint8Array(bytes)
      const { bytesRead } = await file.read(buffer, 0, bytes, 0)
      return buffer.subarray(0, bytesRead)
    } finally {
      await file.close()
    }
  } catch (error) {
    throw refusalOfSystemError(error, basename(path))
  }
}

async function firstBytes(source: ByteSource, bytes: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let total = 0
  for await (const chunk of bytesOf(source)) {
    parts.push(chunk)
    total += chunk.length
    if (total >= bytes) break
  }
  return Buffer.concat(parts).subarray(0, bytes)
}

async function firstText(source: ByteSource & { readonly encoding: Encoding }, chars: number): Promise<string> {
  let text = ''
  for await (const chunk of textOf(source)) {
    text += chunk
    if (text.length >= chars) break
  }
  return text.slice(0, chars)
}

async function detectZip(path: string, limits: Limits): Promise<Detected> {
  const zip = await openZip(path, limits)
  const names = zip.names
  const has = (part: string) => names.some((entry) => entry.toLowerCase() === part)
  const name = basename(path)
  if (has('xl/workbook.bin')) throw refuse('files.notATable', { name, found: 'XLSB' })
  if (has('[content_types].xml') && names.some((entry) => /(^|\/)workbook[^/]*\.xml$/i.test(entry))) return { format: 'xlsx' }
  if (has('content.xml') && has('mimetype')) throw refuse('files.notATable', { name, found: 'ODS' })
  if (has('word/document.xml')) throw refuse('files.notATable', { name, found: 'DOCX' })
  throw refuse('files.notATable', { name, found: 'ZIP' })
}

/** A workbook with a password is an old-style container that holds a stream of this name; only the first 16 MB are asked. */
async function isEncryptedOle(path: string): Promise<boolean> {
  const marker = Buffer.from('EncryptedPackage', 'utf16le')
  const start = Buffer.from(await readHead(path, 16 * 1024 ** 2))
  return start.includes(marker)
}

function refuseOtherFormats(start: Uint8Array, name: string): void {
  const known: readonly (readonly [string, readonly number[]])[] = [
    ['PDF', [0x25, 0x50, 0x44, 0x46, 0x2d]],
    ['RAR', [0x52, 0x61, 0x72, 0x21]],
    ['7Z', [0x37, 0x7a, 0xbc, 0xaf]],
    ['XZ', [0xfd, 0x37, 0x7a, 0x58]],
    ['PNG', [0x89, 0x50, 0x4e, 0x47]],
    ['JPEG', [0xff, 0xd8, 0xff]],
    ['SQLite', [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65, 0x20, 0x66]],
    ['ZIP', [0x50, 0x4b, 0x03, 0x04]],
    ['XLS', oleMagic],
  ]
  for (const [found, magic] of known) if (startsWith(start, magic)) throw refuse('files.notATable', { name, found })
}

/** Many web systems hand out HTML or XML under the name .xls: Excel opens it with a warning, here it is named. */
function refuseMarkup(sample: string, name: string): void {
  const start = sample.slice(0, 2_000).trimStart().toLowerCase()
  if (/^<(!doctype html|html|head|meta|table|style|body|div)\b/.test(start)) throw refuse('files.notATable', { name, found: 'HTML' })
  if (start.startsWith('<?xml')) throw refuse('files.notATable', { name, found: 'XML' })
}
