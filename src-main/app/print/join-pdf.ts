import { assert } from '../../kernel/assert.ts'

// Several documents as one file (ISO 32000-1, 7.5): their objects one after the other under new numbers, their pages below one new page tree.
// Reads what our own printing writes: a plain cross-reference table, no encryption, no object streams.

type Bytes = Uint8Array<ArrayBuffer>
type Part = { readonly objects: ReadonlyMap<number, Uint8Array>; readonly pages: number; readonly count: number; readonly info: number | undefined }

/** A letter for each byte; not the decoder of that name, which reads another table. */
const textOf = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
const bytesOf = (text: string): Uint8Array => Buffer.from(text, 'latin1')
const MARK = bytesOf('stream')

/** The number that a pattern finds in a text; undefined where it finds none. */
const numberIn = (text: string, pattern: RegExp): number | undefined => {
  const found = pattern.exec(text)?.[1]
  return found === undefined ? undefined : Number(found)
}

function read(pdf: Uint8Array): Part {
  const table = numberIn(textOf(pdf.subarray(-64)), /startxref\s+(\d+)/)
  assert(table !== undefined, 'a PDF ends by saying where its table is')
  const [, rows = '', trailer = ''] = /^xref\s([\s\S]*?)trailer([\s\S]*)$/.exec(textOf(pdf.subarray(table))) ?? []
  const offsets = [...rows.matchAll(/^(\d{10}) (\d{5}) ([nf])/gm)].flatMap(([, offset, , use], no) => (use === 'n' ? [{ no, offset: Number(offset) }] : []))
  const ends = [...offsets.map((o) => o.offset), table].sort((a, b) => a - b)
  const objects = new Map(offsets.map(({ no, offset }) => [no, pdf.subarray(offset, ends[ends.indexOf(offset) + 1])]))
  const root = objects.get(numberIn(trailer, /\/Root (\d+) 0 R/) ?? -1)
  const pages = numberIn(root ? textOf(root) : '', /\/Pages (\d+) 0 R/)
  const tree = pages === undefined ? undefined : objects.get(pages)
  const count = numberIn(tree ? textOf(tree) : '', /\/Count (\d+)/)
  assert(pages !== undefined && count !== undefined, 'a PDF has its pages in a tree')
  return { objects, pages, count, info: numberIn(trailer, /\/Info (\d+) 0 R/) }
}

/** Where the dictionary of an object ends and the bytes of its stream begin; all of it where there is no stream. */
function headLength(object: Uint8Array): number {
  for (let at = object.indexOf(MARK[0]!); at >= 0; at = object.indexOf(MARK[0]!, at + 1)) {
    if (MARK.every((byte, i) => object[at + i] === byte) && (object[at + MARK.length] === 10 || object[at + MARK.length] === 13)) return at
  }
  return object.length
}

/** The object under its new number; what it refers to has moved by as much. A page tree that was a root gets a parent. */
function moved(object: Uint8Array, { shift, parent }: { shift: number; parent: number | undefined }): Uint8Array {
  const length = headLength(object)
  const head = textOf(object.subarray(0, length))
    .replace(/^(\d+) 0 obj/, (_, no: string) => `${Number(no) + shift} 0 obj`)
    .replace(/\b(\d+) 0 R\b/g, (_, no: string) => `${Number(no) + shift} 0 R`)
  const named = parent === undefined ? head : head.replace(/\/Type \/Pages/, `/Type /Pages /Parent ${parent} 0 R`)
  const made = bytesOf(named)
  const whole = new Uint8Array(made.length + object.length - length)
  whole.set(made)
  whole.set(object.subarray(length), made.length)
  return whole
}

/** The pages of all documents in their order, as one document; each keeps its fonts, sizes and page numbers. */
export function joinPdfs(pdfs: readonly Bytes[], { language }: { readonly language: string }): Bytes {
  if (pdfs.length === 1) return pdfs[0]!
  const parts = pdfs.map(read)
  const [catalog, tree] = [1, 2]
  const pieces: Uint8Array[] = [bytesOf('%PDF-1.4\n%\u00ff\u00ff\u00ff\u00ff\n')]
  const offsets: number[] = []
  let at = pieces[0]!.length
  const put = (no: number, piece: Uint8Array): void => {
    offsets[no] = at
    pieces.push(piece)
    at += piece.length
  }
  let shift = 2
  const kids: string[] = []
  let info: number | undefined
  for (const { objects, pages, info: own } of parts) {
    for (const [no, object] of objects) put(no + shift, moved(object, { shift, parent: no === pages ? tree : undefined }))
    kids.push(`${pages + shift} 0 R`)
    info ??= own === undefined ? undefined : own + shift
    shift += Math.max(...objects.keys())
  }
  const count = parts.reduce((sum, part) => sum + part.count, 0)
  put(catalog, bytesOf(`1 0 obj\n<< /Type /Catalog /Pages 2 0 R /Lang (${language}) >>\nendobj\n`))
  put(tree, bytesOf(`2 0 obj\n<< /Type /Pages /Count ${count} /Kids [${kids.join(' ')}] >>\nendobj\n`))
  const rows = Array.from({ length: shift + 1 }, (_, no) => (offsets[no] === undefined ? '0000000000 65535 f \n' : `${String(offsets[no]).padStart(10, '0')} 00000 n \n`))
  pieces.push(bytesOf(`xref\n0 ${rows.length}\n${rows.join('')}trailer\n<< /Size ${rows.length} /Root 1 0 R${info === undefined ? '' : ` /Info ${info} 0 R`} >>\nstartxref\n${at}\n%%EOF\n`))
  const joined = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0))
  let end = 0
  for (const piece of pieces) {
    joined.set(piece, end)
    end += piece.length
  }
  return joined
}
