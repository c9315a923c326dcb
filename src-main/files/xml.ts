import { SaxesParser } from 'saxes'
import { Refusal } from '../kernel/refusal.ts'

export type XmlAttributes = Readonly<Record<string, string>>

/** Told the elements of a part by their local names. */
export type XmlReader = {
  open(name: string, attributes: XmlAttributes): void
  text(text: string): void
  close(name: string): void
}

/** Takes XML text piece by piece and tells a reader of it. */
export type XmlFeed = { write(text: string): void; end(): void }

/**
 * A strict XML reader for parts of a workbook. Document types and with them entities of one's own are refused (nothing expands),
 * as are ill-formed text, nesting deeper than 100 and a single tag or text beyond `maxTokenChars`. `broken` makes the refusal.
 */
export function xmlFeed(reader: XmlReader, broken: (reason: string) => Refusal, maxTokenChars = 4_000_000): XmlFeed {
  const parser = new SaxesParser({ xmlns: false, position: false })
  let depth = 0
  let sinceEvent = 0
  parser.on('error', (error) => {
    throw broken(error.message)
  })
  parser.on('doctype', () => {
    throw broken('DOCTYPE')
  })
  parser.on('opentag', (tag) => {
    sinceEvent = 0
    if (++depth > 100) throw broken('nesting')
    reader.open(localName(tag.name), tag.attributes as XmlAttributes)
  })
  parser.on('closetag', (tag) => {
    depth--
    reader.close(localName(tag.name))
  })
  parser.on('text', (text) => {
    sinceEvent = 0
    reader.text(text)
  })
  parser.on('cdata', (text) => {
    sinceEvent = 0
    reader.text(text)
  })
  return {
    write(text) {
      sinceEvent += text.length
      parser.write(text)
      if (sinceEvent > maxTokenChars) throw broken('size')
    },
    end() {
      parser.close()
      if (depth !== 0) throw broken('unclosed')
    },
  }
}

/** `x:row` and `row` are the same element: producers are free to choose a prefix. */
function localName(name: string): string {
  const colon = name.indexOf(':')
  return colon === -1 ? name : name.slice(colon + 1)
}

/** An attribute by its local name, whatever prefix it was given (`r:id`). */
export function attribute(attributes: XmlAttributes, name: string): string | undefined {
  const plain = attributes[name]
  if (plain !== undefined) return plain
  for (const key of Object.keys(attributes)) if (key.endsWith(`:${name}`)) return attributes[key]
  return undefined
}

/** Feeds a whole part to a reader. UTF-8 and UTF-16 by mark are read, as the standard of the format allows no other encoding. */
export async function readXml(bytes: AsyncIterable<Uint8Array>, reader: XmlReader, broken: (reason: string) => Refusal): Promise<void> {
  const feed = xmlFeed(reader, broken)
  for await (const text of xmlText(bytes, broken)) feed.write(text)
  feed.end()
}

/** The text of an XML part in chunks, without its byte order mark. */
export async function* xmlText(bytes: AsyncIterable<Uint8Array>, broken: (reason: string) => Refusal): AsyncGenerator<string> {
  let decoder: TextDecoder | undefined
  const decode = (work: (decoder: TextDecoder) => string): string => {
    try {
      return work(decoder!)
    } catch {
      throw broken('encoding')
    }
  }
  for await (const chunk of bytes) {
    if (chunk.length === 0) continue
    decoder ??= new TextDecoder(chunk[0] === 0xff ? 'utf-16le' : chunk[0] === 0xfe ? 'utf-16be' : 'utf-8', { fatal: true })
    const text = decode((d) => d.decode(chunk, { stream: true }))
    if (text !== '') yield text
  }
  const rest = decoder === undefined ? '' : decode((d) => d.decode())
  if (rest !== '') yield rest
}
