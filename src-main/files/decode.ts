import iconv from 'iconv-lite'
import { basename } from 'node:path'
import { bytesOf, type ByteSource } from './bytes.ts'
import { refuse } from './refusals.ts'

/** The encodings a table can come in. A byte order mark never shows up in the text. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030' | 'windows-1252'

/** Turns bytes into text piece by piece. `write` and `end` give undefined where the bytes are not of this encoding. */
export type TextDecoding = { write(bytes: Uint8Array): string | undefined; end(): string | undefined }

/** A strict decoder: nothing is replaced silently, because a replaced character is a wrong name in the books. */
export function decoderFor(encoding: Encoding): TextDecoding {
  return encoding === 'gb18030' || encoding === 'windows-1252' ? tableDecoder(encoding) : unicodeDecoder(encoding)
}

function unicodeDecoder(encoding: Encoding): TextDecoding {
  const decoder = new TextDecoder(encoding, { fatal: true })
  const attempt = (work: () => string) => {
    try {
      return work()
    } catch {
      return undefined
    }
  }
  return {
    write: (bytes) => attempt(() => decoder.decode(bytes, { stream: true })),
    end: () => attempt(() => decoder.decode()),
  }
}

/**
 * GB18030 is a superset of GBK and GB2312. iconv-lite marks what it cannot read with U+FFFD, which neither encoding spells in practice.
 */
function tableDecoder(encoding: Encoding): TextDecoding {
  const decoder = iconv.getDecoder(encoding)
  const strict = (text: string) => (text.includes('\ufffd') ? undefined : text)
  return {
    write: (bytes) => strict(decoder.write(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))),
    end: () => strict(decoder.end() ?? ''),
  }
}

/**
 * The text of a file in chunks. Refuses `files.encodingBroken` with the line where the bytes stop making sense, `files.notATable`
 * for text that holds zero characters, and all that `bytesOf` refuses.
 */
export async function* textOf(source: ByteSource & { readonly encoding: Encoding }): AsyncGenerator<string> {
  const name = basename(source.path)
  const decoder = decoderFor(source.encoding)
  let line = 1
  const checked = (text: string | undefined, bytes: Uint8Array): string => {
    if (text === undefined) {
      const badLine = line + linesBeforeDamage(bytes, source.encoding)
      throw refuse('files.encodingBroken', { name, encoding: source.encoding.toUpperCase(), line: badLine })
    }
    if (text.includes('\u0000')) throw refuse('files.notATable', { name, found: 'binary' })
    return text
  }
  for await (const bytes of bytesOf(source)) {
    const text = checked(decoder.write(bytes), bytes)
    line += countNewlines(text)
    if (text !== '') yield text
  }
  const rest = checked(decoder.end(), new Uint8Array(0))
  if (rest !== '') yield rest
}

/** A lenient second look at the chunk that failed, to tell the person the line. */
function linesBeforeDamage(bytes: Uint8Array, encoding: Encoding): number {
  const text = iconv.decode(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), encoding)
  const damage = text.indexOf('\ufffd')
  return damage === -1 ? countNewlines(text) : countNewlines(text.slice(0, damage))
}

function countNewlines(text: string): number {
  let count = 0
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count++
  return count
}
