import { mended, wronged, type LineBase, type LineColumn } from './columns.ts'

/** More than any document takes. */
export const MOST_PASTED = 2_000

/** A copied table as rows of texts: cells by tabs, quoted where they hold tabs, line ends or quotes, as Excel writes them. */
export function tableOf(text: string): string[][] {
  const rows: string[][] = [[]]
  const stops = /[\t\r\n]/g
  let at = 0
  const put = (cell: string): void => void rows.at(-1)!.push(cell.trim())
  while (at <= text.length) {
    let cell: string
    if (text[at] === '"') {
      let end = at + 1
      while (end < text.length && (text[end] !== '"' || text[end + 1] === '"')) end += text[end] === '"' ? 2 : 1
      cell = text.slice(at + 1, end).replaceAll('""', '"')
      at = end + 1
    } else {
      stops.lastIndex = at
      const to = stops.exec(text)?.index ?? text.length
      cell = text.slice(at, to)
      at = to
    }
    put(cell)
    const stop = text[at]
    if (stop === '\r' && text[at + 1] === '\n') at++
    if (stop === '\r' || stop === '\n') rows.push([])
    at++
  }
  return rows.filter((row) => row.some((cell) => cell !== ''))
}

/** A table being pasted: which column takes which cell of a row, and what of it is no line. */
export type Pasting<L extends LineBase> = { readonly rows: readonly string[][]; readonly columns: readonly (LineColumn<L> | undefined)[]; readonly left: readonly string[] }

/** Reads the columns from a heading row, or counts them from the cell where the cursor is. */
export function pasting<L extends LineBase>(rows: readonly string[][], { columns, from }: { columns: readonly LineColumn<L>[]; from: number }): Pasting<L> {
  const takes = columns.filter((column) => column.paste !== undefined)
  const named = (cell: string): LineColumn<L> | undefined => {
    const word = plain(cell)
    return word === '' ? undefined : takes.find((c) => plain(c.title) === word || c.names?.includes(word))
  }
  const heads = (rows[0] ?? []).map(named)
  const isHeaded = heads.filter((c) => c !== undefined).length >= Math.min(2, rows[0]?.length ?? 2)
  const by = isHeaded ? heads.map((c, i) => (heads.indexOf(c) === i ? c : undefined)) : byPlace(rows, columns.slice(from).filter((c) => c.paste !== undefined))
  const width = Math.max(0, ...rows.map((row) => row.length))
  const left = Array.from({ length: width }, (_, i) => i)
    .filter((i) => by[i] === undefined && rows.slice(isHeaded ? 1 : 0).some((row) => (row[i] ?? '') !== ''))
    .map((i) => (isHeaded ? rows[0]![i] || String(i + 1) : String(i + 1)))
  return { rows: isHeaded ? rows.slice(1) : rows, columns: by, left }
}

/** How many cells of a column are tried. */
const TRIED = 20

/** Column by column, as they stand; one that can read nothing of what comes is passed over for one that can: people leave out units. */
function byPlace<L extends LineBase>(rows: readonly string[][], takes: readonly LineColumn<L>[]): LineColumn<L>[] {
  const width = Math.max(0, ...rows.map((row) => row.length))
  const found: LineColumn<L>[] = []
  let next = 0
  for (let i = 0; i < width && next < takes.length; i++) {
    const cells = rows.slice(0, TRIED).flatMap((row) => (row[i] ? [row[i]!] : []))
    const reads = (column: LineColumn<L>): boolean => cells.length === 0 || cells.some((cell) => column.paste!(cell, blank as L) !== undefined)
    const fit = takes.findIndex((column, at) => at >= next && reads(column))
    next = fit < 0 ? next : fit
    found.push(takes[next]!)
    next++
  }
  return found
}
const blank: unknown = { item: null }

const plain = (text: string): string => text.normalize('NFKC').trim().toLowerCase().replace(/[\s*:：()（）]/g, '')

/** The line after a row of texts was written over it; empty cells change nothing. */
export function written<L extends LineBase>(line: L, row: readonly string[], columns: Pasting<L>['columns']): L {
  let made = line
  row.forEach((text, i) => {
    const column = columns[i]
    if (!column?.paste || text === '') return
    const changes = column.paste(text, made)
    if (changes === 'ask') made = wronged(made, column.key, { text, is: 'asked' })
    else if (changes === undefined) made = wronged(made, column.key, { text, is: 'unread' })
    else made = { ...mended(made, column.key), ...changes }
  })
  return made
}
