import { isUtf8 } from 'node:buffer'
import { basename } from 'node:path'
import { bytesOf, startsWith, type ByteSource } from './bytes.ts'
import { decoderFor, type Encoding } from './decode.ts'
import { refuse } from './refusals.ts'

/**
 * The encoding of a text file, by its mark, by its zeros, by being UTF-8 to the last byte, or by how its bytes pair.
 * `start` holds its first bytes. Refuses `files.encodingUnknown`, `files.encodingBroken` (with the first bad line) and
 * `files.notATable` for binaries.
 */
export async function detectEncoding(source: ByteSource, start: Uint8Array): Promise<Encoding> {
  const name = basename(source.path)
  if (startsWith(start, [0xef, 0xbb, 0xbf])) return 'utf-8'
  if (startsWith(start, [0xff, 0xfe, 0, 0]) || startsWith(start, [0, 0, 0xfe, 0xff])) throw refuse('files.encodingUnknown', { name })
  if (startsWith(start, [0xff, 0xfe])) return 'utf-16le'
  if (startsWith(start, [0xfe, 0xff])) return 'utf-16be'
  if (start.includes(0)) return utf16WithoutMark(start, name)
  if (await isWhollyUtf8(source)) return 'utf-8'
  return judgeByteText(await countByteText(source), name)
}

/**
 * Line ends and delimiters tell the two byte orders apart: read the wrong way round they are letters of scripts nobody trades in.
 * Counting zeros would not do, as frequent ideographs (一, 开, 最) end in a zero byte too.
 */
function utf16WithoutMark(start: Uint8Array, name: string): Encoding {
  const cut = start.subarray(0, start.length - (start.length % 2))
  const marksOf = (text: string | undefined) => {
    if (text === undefined || text.includes('\u0000')) return 0
    return text.match(/[\t\n\r,;|]/g)?.length ?? 0
  }
  const little = marksOf(decoderFor('utf-16le').write(cut))
  const big = marksOf(decoderFor('utf-16be').write(cut))
  const most = Math.max(little, big)
  const isText = most >= 4 * Math.min(little, big) && most * 400 >= cut.length
  if (!isText) throw refuse('files.notATable', { name, found: 'binary' })
  return little > big ? 'utf-16le' : 'utf-16be'
}

/** Native and fast: chunks are cut before an unfinished character and the cut-off bytes go to the next chunk. */
async function isWhollyUtf8(source: ByteSource): Promise<boolean> {
  let rest: Uint8Array = new Uint8Array(0)
  for await (const chunk of bytesOf(source)) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    if (bytes.includes(0)) return false
    const cut = bytes.length - unfinishedTail(bytes)
    if (!isUtf8(bytes.subarray(0, cut))) return false
    rest = bytes.slice(cut)
  }
  return rest.length === 0
}

function unfinishedTail(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back]!
    if (byte < 0x80) return 0
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0
  }
  return 0
}

/** One reading of eight-bit text: told every byte, it counts characters that fit and places that do not. */
type Reading = { step(byte: number): boolean; good: number; bad: number; badLine: number }

type ByteTextCounts = {
  readonly utf8: Reading
  readonly gb: Reading & { four: number }
  /** Runs of bytes above 7F, those of length one, and bytes that Windows-1252 does not define. */
  highRuns: number
  lonelyHighs: number
  undefinedIn1252: number
  zeros: number
}

/** Reads the file once more, byte by byte, and counts how well it fits each eight-bit reading. Only run when it is not UTF-8. */
async function countByteText(source: ByteSource): Promise<ByteTextCounts> {
  const counts: ByteTextCounts = { utf8: utf8Reading(), gb: gbReading(), highRuns: 0, lonelyHighs: 0, undefinedIn1252: 0, zeros: 0 }
  let line = 1
  let run = 0
  const note = (reading: Reading, byte: number) => {
    if (reading.step(byte)) return
    reading.bad++
    if (reading.badLine === 0) reading.badLine = line
  }
  const step = (byte: number) => {
    note(counts.utf8, byte)
    note(counts.gb, byte)
    if (byte >= 0x80) run++
    else if (run > 0) {
      counts.highRuns++
      if (run === 1) counts.lonelyHighs++
      run = 0
    }
    if (byte === 0x81 || byte === 0x8d || byte === 0x8f || byte === 0x90 || byte === 0x9d) counts.undefinedIn1252++
    if (byte === 0x0a) line++
    if (byte === 0) counts.zeros++
  }
  for await (const chunk of bytesOf(source)) for (let i = 0; i < chunk.length; i++) step(chunk[i]!)
  // The end of the file ends every character, as a line end would.
  step(0x0a)
  return counts
}

function utf8Reading(): Reading {
  let needed = 0
  return {
    good: 0, bad: 0, badLine: 0,
    step(byte) {
      if (needed > 0 && byte >= 0x80 && byte < 0xc0) {
        if (--needed === 0) this.good++
        return true
      }
      const wasWhole = needed === 0
      needed = byte >= 0xc2 && byte <= 0xf4 ? (byte >= 0xf0 ? 3 : byte >= 0xe0 ? 2 : 1) : 0
      return wasWhole && (byte < 0x80 || needed > 0)
    },
  }
}

/** GB18030: a lead 81-FE, then 40-7E or 80-FE; or four bytes, every second one a digit. */
function gbReading(): Reading & { four: number } {
  let place = 0
  return {
    good: 0, bad: 0, badLine: 0, four: 0,
    step(byte) {
      const isLead = byte >= 0x81 && byte <= 0xfe
      const isDigit = byte >= 0x30 && byte <= 0x39
      const isTrail = byte >= 0x40 && byte <= 0xfe && byte !== 0x7f
      const before = place
      place = 0
      if (before === 0) place = isLead ? 1 : 0
      else if (before === 1 && isDigit) place = 2
      else if (before === 2 && isLead) place = 3
      else if (before === 1 && isTrail) this.good++
      else if (before === 3 && isDigit) {
        this.good++
        this.four++
      } else return false
      return before > 0 || byte < 0x80 || isLead
    },
  }
}

/**
 * Which eight-bit encoding the counts speak for. Western text has its accents alone between ASCII letters; Chinese text has its
 * bytes in pairs. Text that is plainly one encoding with a few broken places is refused rather than read as another one.
 */
function judgeByteText(counts: ByteTextCounts, name: string): Encoding {
  if (counts.zeros > 0) throw refuse('files.notATable', { name, found: 'binary' })
  // Chinese in GBK passes for UTF-8 in about one character of six, never in three of four.
  if (counts.utf8.good >= 3 && counts.utf8.good >= 3 * counts.utf8.bad) {
    throw refuse('files.encodingBroken', { name, encoding: 'UTF-8', line: counts.utf8.badLine })
  }
  // A four-byte character of GB18030 is two lonely high bytes, each before a digit: those say nothing about Western text.
  const runs = counts.highRuns - 2 * counts.gb.four
  const lonely = counts.lonelyHighs - 2 * counts.gb.four
  if (runs > 0 && counts.undefinedIn1252 === 0 && lonely * 10 >= runs * 6) return 'windows-1252'
  if (counts.gb.bad === 0) return 'gb18030'
  if (counts.gb.good >= 20 * counts.gb.bad) throw refuse('files.encodingBroken', { name, encoding: 'GB18030', line: counts.gb.badLine })
  throw refuse('files.encodingUnknown', { name })
}
