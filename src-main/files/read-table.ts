import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { detectFile, type DetectOptions } from './detect.ts'
import { readCsv } from './read-csv.ts'
import { openXlsx } from './read-xlsx.ts'
import { defaultLimits, type Limits } from './limits.ts'
import { clip, columnLetter, refusalOfSystemError, refuse, type CellProblem } from './refusals.ts'
import { trimCell, unescapeFormula } from './cell-text.ts'
import type { Encoding } from './decode.ts'
import type { SourceRow } from './source-row.ts'
import type { Delimiter } from './detect-delimiter.ts'

/** One row below the header: as many cells as there are headers, trimmed. */
export type TableRow = { readonly row: number; readonly cells: readonly string[]; readonly problems: readonly CellProblem[] }

export type TableOptions = DetectOptions & {
  readonly sheet?: string
  /** The row of the header as a spreadsheet numbers it, when the person says so; otherwise it is found. */
  readonly headerRow?: number
}

export type Table = {
  readonly format: 'csv' | 'xlsx'
  readonly encoding: Encoding | null
  readonly delimiter: Delimiter | null
  readonly sheet: string | null
  readonly sheetNames: readonly string[]
  readonly headerRow: number
  readonly headers: readonly string[]
  /** The column of each header in the file, counted from 1. */
  readonly columns: readonly number[]
  /** Reads the rows below the header from the start, each time it is called. Leaving the loop closes the file. */
  rows(): AsyncGenerator<TableRow>
  /** How far the last `rows()` has come, in bytes: for a rate and the time left. */
  progress(): { readonly doneBytes: number; readonly totalBytes: number }
}

/** What the two formats have in common once they are opened. */
type Source = Pick<Table, 'format' | 'encoding' | 'delimiter' | 'sheet' | 'sheetNames'> & {
  readonly totalBytes: number
  rows(onBytes?: (bytes: number) => void): AsyncGenerator<SourceRow>
}

/**
 * Opens a CSV or XLSX file as a table with a header. Title lines and blank rows before the header are skipped; columns without
 * header and content are dropped; what stands under no header is reported as a problem of its row. Refuses `files.noHeader`,
 * `files.duplicateHeader`, `files.emptyHeader`, `files.headerTooLong`, and all that detecting and reading refuse.
 */
export async function openTable(path: string, options: TableOptions = {}): Promise<Table> {
  const name = basename(path)
  const source = await openSource(path, options)
  const sample: SourceRow[] = []
  for await (const row of source.rows()) {
    if (row.cells.some((cell) => trimCell(cell) !== '')) sample.push(row)
    if (sample.length >= sampleRows && row.row >= (options.headerRow ?? 0)) break
  }
  const header = options.headerRow === undefined ? findHeader(sample) : sample.find((row) => row.row === options.headerRow)
  if (header === undefined) throw refuse(sample.length === 0 ? 'files.empty' : 'files.noHeader', { name, row: options.headerRow ?? 1 })
  const { headers, columns } = readHeader(header, sample, name)
  let doneBytes = 0

  async function* rows(): AsyncGenerator<TableRow> {
    doneBytes = 0
    for await (const row of source.rows((bytes) => (doneBytes = bytes))) {
      if (row.row <= header!.row) continue
      const tableRow = alignRow(row, columns, source.format)
      if (tableRow !== undefined) yield tableRow
    }
    doneBytes = source.totalBytes
  }
  const { format, encoding, delimiter, sheet, sheetNames, totalBytes } = source
  const progress = () => ({ doneBytes: Math.min(doneBytes, totalBytes), totalBytes })
  return { format, encoding, delimiter, sheet, sheetNames, headerRow: header.row, headers, columns, rows, progress }
}

/** So many filled rows are looked at to find the header. */
const sampleRows = 100

async function openSource(path: string, options: TableOptions): Promise<Source> {
  const limits: Limits = options.limits ?? defaultLimits
  const detected = await detectFile(path, options)
  if (detected.format === 'xlsx') {
    const book = await openXlsx(path, { sheet: options.sheet, limits })
    return { format: 'xlsx', encoding: null, delimiter: null, ...book }
  }
  if (options.sheet !== undefined) throw refuse('files.noSuchSheet', { name: basename(path), sheet: clip(options.sheet), sheets: [] })
  const { packing, encoding, delimiter } = detected
  return {
    format: 'csv', encoding, delimiter, sheet: null, sheetNames: [],
    totalBytes: await sizeOf(path),
    rows: (onBytes) => readCsv({ path, packing, encoding, delimiter, limits, onBytes }),
  }
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size
  } catch (error) {
    throw refusalOfSystemError(error, basename(path))
  }
}

/**
 * The header names every column, so it is about as wide as the widest row, and it holds words, not figures. Title lines are narrow.
 * Where no row holds only words, the first wide row is taken; the person sees it in the preview and can say another row.
 */
function findHeader(sample: readonly SourceRow[]): SourceRow | undefined {
  const filled = (row: SourceRow) => row.cells.filter((cell) => trimCell(cell) !== '')
  const widest = Math.max(0, ...sample.map((row) => filled(row).length))
  const wide = sample.filter((row) => filled(row).length * 10 >= widest * 6)
  return wide.find((row) => filled(row).every((cell) => !looksLikeValue(cell))) ?? wide[0]
}

function looksLikeValue(cell: string): boolean {
  // Long cells are words, and the patterns below would take their time over a million digits.
  if (cell.length > 60) return false
  return /^[\s¥￥$€£]*[-+]?[\d,.]*\d[\d,.]*%?$/.test(cell.trim()) || /^\d{1,4}[-/.年]\d{1,2}([-/.月]\d{1,4})?/.test(cell.trim())
}

type Header = { readonly headers: string[]; readonly columns: number[] }

function readHeader(header: SourceRow, sample: readonly SourceRow[], name: string): Header {
  const below = sample.filter((row) => row.row > header.row)
  const headers: string[] = []
  const columns: number[] = []
  const nameless: string[] = []
  const lastNamed = header.cells.findLastIndex((cell) => trimCell(cell) !== '')
  for (let i = 0; i <= lastNamed; i++) {
    const text = trimCell(header.cells[i] ?? '').replace(/\s+/g, ' ')
    if (text.length > 200) throw refuse('files.headerTooLong', { name, row: header.row, column: columnLetter(i + 1), found: clip(text) })
    if (text !== '') {
      headers.push(text)
      columns.push(i + 1)
    } else if (below.some((row) => trimCell(row.cells[i] ?? '') !== '')) nameless.push(columnLetter(i + 1))
  }
  if (nameless.length > 0) throw refuse('files.emptyHeader', { name, row: header.row, columns: nameless.slice(0, 20) })
  const twice = headers.filter((text, i) => headers.some((other, j) => j !== i && other.toLowerCase() === text.toLowerCase()))
  if (twice.length > 0) {
    throw refuse('files.duplicateHeader', { name, row: header.row, headers: [...new Set(twice.map(clip))].slice(0, 20) })
  }
  return { headers, columns }
}

/** Puts a row's cells under their headers; undefined for a row that is blank. */
function alignRow(row: SourceRow, columns: readonly number[], format: 'csv' | 'xlsx'): TableRow | undefined {
  const clean = format === 'csv' ? (cell: string) => unescapeFormula(trimCell(cell)) : trimCell
  const cells = columns.map((column) => clean(row.cells[column - 1] ?? ''))
  const problems = [...(row.problems ?? [])]
  const filled = row.cells.reduce((count, cell) => (trimCell(cell) === '' ? count : count + 1), 0)
  if (filled === 0 && problems.length === 0) return undefined
  if (filled > cells.filter((cell) => cell !== '').length) problems.push(...cellsWithoutHeader(row, columns))
  return { row: row.row, cells, problems }
}

function cellsWithoutHeader(row: SourceRow, columns: readonly number[]): CellProblem[] {
  const named = new Set(columns)
  return row.cells.flatMap((cell, i): CellProblem[] => {
    const text = trimCell(cell)
    return text === '' || named.has(i + 1) ? [] : [{ column: i + 1, code: 'files.cellWithoutHeader', found: clip(text) }]
  })
}
