import { basename } from 'node:path'
import { defaultLimits, type Limits } from './limits.ts'
import { clip, columnLetter, refuse, type CellProblem } from './refusals.ts'
import { brokenPart, readBook, readShapes, readSharedTexts, textRuns } from './xlsx-book.ts'
import { parseReference, shapedText, unescapeText, wholeNumber, type NumberShape } from './xlsx-values.ts'
import { attribute, xmlFeed, xmlText, type XmlAttributes, type XmlReader } from './xml.ts'
import { openZip } from './zip-reader.ts'
import type { Refusal } from '../kernel/refusal.ts'

/** One row of a file that holds anything. `row` is the number a spreadsheet shows beside it; cells are text, '' where empty. */
export type SourceRow = { readonly row: number; readonly cells: readonly string[]; readonly problems?: readonly CellProblem[] }

export type Workbook = {
  readonly sheetNames: readonly string[]
  /** The sheet that `rows` reads. */
  readonly sheet: string
  /** Size of the sheet after unpacking, in bytes. */
  readonly totalBytes: number
  /** Reads the sheet from its start, each time it is called. `onBytes` is told the unpacked bytes read so far. */
  rows(onBytes?: (bytes: number) => void): AsyncGenerator<SourceRow>
}

/**
 * Opens a workbook at the named sheet, or its first visible one. Values come as text the way a person meant them: days as
 * YYYY-MM-DD, days with time as YYYY-MM-DDTHH:MM:SS, percentages as 13%, numbers as exact decimals without binary noise, booleans
 * as TRUE and FALSE, formulas as their stored result; error values are reported with their row. Refuses `files.brokenZip`,
 * `files.zipBomb`, `files.encrypted`, `files.brokenWorkbook`, `files.noSuchSheet`, `files.tooLarge`, `files.tooManyRows`,
 * `files.tooManyColumns`. The declared dimension of a sheet is never believed.
 */
export async function openXlsx(path: string, options: { readonly sheet?: string; readonly limits?: Limits } = {}): Promise<Workbook> {
  const limits = options.limits ?? defaultLimits
  const zip = await openZip(path, limits)
  const book = await readBook(path, zip)
  const sheetNames = book.sheets.map((sheet) => sheet.name)
  const sheet = options.sheet === undefined
    ? (book.sheets.find((s) => !s.isHidden) ?? book.sheets[0]!)
    : book.sheets.find((s) => s.name === options.sheet)
  if (sheet === undefined) throw refuse('files.noSuchSheet', { name: basename(path), sheet: clip(options.sheet ?? ''), sheets: sheetNames.map(clip) })
  const part = zip.find(sheet.part)
  if (part === undefined) throw brokenPart(path, sheet.part)('missing')
  const shapes = await readShapes(path, zip, book.stylesPart)
  const texts = await readSharedTexts({ path, zip, part: book.sharedTextsPart, limits })
  const broken = brokenPart(path, part)

  async function* rows(onBytes?: (bytes: number) => void): AsyncGenerator<SourceRow> {
    const reading = sheetReading({ shapes, texts, epoch: book.epoch, limits, name: basename(path), broken })
    const feed = xmlFeed(reading, broken)
    for await (const text of xmlText(counted(zip.read(part!), onBytes), broken)) {
      feed.write(text)
      yield* reading.take()
    }
    feed.end()
    if (!reading.isSheet()) throw broken('worksheet')
    yield* reading.take()
  }
  return { sheetNames, sheet: sheet.name, totalBytes: zip.bytesOf(part), rows }
}

async function* counted(chunks: AsyncGenerator<Uint8Array>, onBytes?: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  let bytes = 0
  for await (const chunk of chunks) {
    bytes += chunk.length
    onBytes?.(bytes)
    yield chunk
  }
}

type SheetFacts = {
  readonly shapes: readonly NumberShape[]
  readonly texts: readonly string[]
  readonly epoch: 1900 | 1904
  readonly limits: Limits
  readonly name: string
  readonly broken: (reason: string, place?: Record<string, unknown>) => Refusal
}

type OpenCell = { column: number; type: string; style: number; value: string; hasValue: boolean; hasFormula: boolean }

/** Follows a sheet's elements and gathers its rows. Rows must go down and cells must not repeat: a file that jumps back lies about its rows. */
function sheetReading(facts: SheetFacts): XmlReader & { take(): SourceRow[]; isSheet(): boolean } {
  const { limits, name, broken } = facts
  const inline = textRuns(() => broken('text too long', { row }))
  let ready: SourceRow[] = []
  let isSheet = false
  let isInRows = false
  let row = 0
  let rowCount = 0
  let column = 0
  let rowChars = 0
  let cells: string[] = []
  let problems: CellProblem[] = []
  let cell: OpenCell | undefined
  let isInValue = false

  function openRow(attributes: XmlAttributes): void {
    const said = attribute(attributes, 'r')
    const next = said === undefined ? row + 1 : wholeNumber(said)
    if (!(next > row && next <= 1_048_576)) throw broken(`row ${said ?? ''}`, { row: row + 1 })
    row = next
    column = 0
    rowChars = 0
    cells = []
    problems = []
  }

  function openCell(attributes: XmlAttributes): void {
    const said = attribute(attributes, 'r')
    const place = said === undefined ? { column: column + 1, row } : parseReference(said)
    if (place === undefined || place.row !== row) throw broken(`cell ${said ?? ''}`, { row })
    column = place.column
    const style = wholeNumber(attribute(attributes, 's') ?? '0')
    cell = { column, type: attribute(attributes, 't') ?? 'n', style, value: '', hasValue: false, hasFormula: false }
    inline.start()
  }

  function closeCell(done: OpenCell): void {
    const result = cellText(done, facts, inline.take(), row)
    if (result.problem !== undefined) problems.push({ column: done.column, code: result.problem, found: clip(result.text) })
    if (result.text === '') return
    if (done.column > limits.maxColumns) {
      throw refuse('files.tooManyColumns', { name, row, column: columnLetter(done.column), limit: limits.maxColumns })
    }
    while (cells.length < done.column) cells.push('')
    if (cells[done.column - 1] !== '') throw broken('cell twice', { row, column: columnLetter(done.column) })
    cells[done.column - 1] = result.text
  }

  function closeRow(): void {
    if (cells.length === 0 && problems.length === 0) return
    if (++rowCount > limits.maxRows) throw refuse('files.tooManyRows', { name, limit: limits.maxRows })
    ready.push(problems.length === 0 ? { row, cells } : { row, cells, problems })
  }

  return {
    open(tag, attributes) {
      if (tag === 'worksheet') isSheet = true
      else if (tag === 'sheetData') isInRows = true
      else if (!isInRows) return
      else if (tag === 'row') openRow(attributes)
      else if (tag === 'c') openCell(attributes)
      else if (cell !== undefined) {
        if (tag === 'v') {
          isInValue = true
          cell.hasValue = true
        } else if (tag === 'f') cell.hasFormula = true
        else inline.open(tag)
      }
    },
    text(text) {
      if (cell === undefined) return
      rowChars += text.length
      if (rowChars > limits.maxRecordChars) throw refuse('files.recordTooLong', { name, row, column: columnLetter(cell.column) })
      if (isInValue) cell.value += text
      else inline.text(text)
    },
    close(tag) {
      if (!isInRows) return
      if (tag === 'sheetData') isInRows = false
      else if (tag === 'row') closeRow()
      else if (tag === 'v') isInValue = false
      else if (tag === 'c' && cell !== undefined) {
        closeCell(cell)
        cell = undefined
      } else inline.close(tag)
    },
    take() {
      const taken = ready
      ready = []
      return taken
    },
    isSheet: () => isSheet,
  }
}

type CellText = { readonly text: string; readonly problem?: CellProblem['code'] }

/** The text of one cell by its type (ECMA-376 part 1, 18.18.11: b, d, e, inlineStr, n, s, str). */
function cellText(cell: OpenCell, facts: SheetFacts, inlineText: string, row: number): CellText {
  const value = cell.value
  switch (cell.type) {
    case 's': {
      if (value === '') return { text: '' }
      const text = facts.texts[wholeNumber(value)]
      if (text === undefined) throw facts.broken('sharedStrings', { row, column: columnLetter(cell.column) })
      return { text }
    }
    case 'str':
      return { text: unescapeText(value) }
    case 'inlineStr':
      return { text: inlineText === '' ? unescapeText(value) : inlineText }
    case 'b':
      return { text: value === '' ? '' : value.trim() === '0' || value.trim().toLowerCase() === 'false' ? 'FALSE' : 'TRUE' }
    case 'e':
      return { text: value === '' ? '#ERROR' : value, problem: 'files.cellError' }
    case 'd':
      return { text: isoText(value) }
    case 'n':
      return numberText(cell, facts)
    default:
      throw facts.broken(`type ${cell.type}`, { row, column: columnLetter(cell.column) })
  }
}

/** ISO 8601 as the other dates come: without a midnight, fractions of seconds and zone. */
function isoText(value: string): string {
  const [, day, clock] = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d:\d\d)(?:\.\d{1,9})?Z?)?$/.exec(value.trim()) ?? []
  if (day === undefined) return value
  return clock === undefined || clock === '00:00:00' ? day : `${day}T${clock}`
}

function numberText(cell: OpenCell, facts: SheetFacts): CellText {
  if (cell.value === '') return cell.hasFormula ? { text: '', problem: 'files.cellNoValue' } : { text: '' }
  const shape = facts.shapes[cell.style] ?? { kind: 'plain' }
  const text = shapedText(cell.value, shape, facts.epoch)
  if (text !== undefined) return { text }
  const plainText = shapedText(cell.value, { kind: 'plain' }, facts.epoch)
  return plainText === undefined ? { text: cell.value, problem: 'files.cellNotANumber' } : { text: plainText, problem: 'files.cellNoSuchDay' }
}
