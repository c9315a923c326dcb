import { clip, columnLetter, refuse, type CellProblem } from './refusals.ts'
import { parseReference, shapedText, unescapeText, wholeNumber, type NumberShape } from './xlsx-values.ts'
import { textRuns } from './xlsx-book.ts'
import { attribute, type XmlAttributes, type XmlReader } from './xml.ts'
import type { Limits } from './limits.ts'
import type { SourceRow } from './source-row.ts'
import type { Refusal } from '../kernel/refusal.ts'

/** What a sheet's cells refer to, and how far they may go. */
export type SheetFacts = {
  readonly shapes: readonly NumberShape[]
  readonly texts: readonly string[]
  readonly epoch: 1900 | 1904
  readonly limits: Limits
  readonly name: string
  readonly broken: (reason: string, place?: Record<string, unknown>) => Refusal
}

type OpenCell = { readonly column: number; readonly type: string; readonly style: number; value: string; hasFormula: boolean }

/** Follows a sheet's elements; `take` gives the rows that are complete since the last call. Formulas and dimensions are passed over. */
export function sheetReading(facts: SheetFacts): XmlReader & { take(): SourceRow[]; isSheet(): boolean } {
  const rows = rowGathering(facts)
  const inline = textRuns(() => facts.broken('text too long', { row: rows.number() }))
  let isSheet = false
  let isInRows = false
  let isInValue = false
  let cell: OpenCell | undefined
  return {
    open(tag, attributes) {
      if (tag === 'worksheet') isSheet = true
      else if (tag === 'sheetData') isInRows = true
      else if (!isInRows) return
      else if (tag === 'row') rows.open(attributes)
      else if (tag === 'c') {
        cell = rows.openCell(attributes)
        inline.start()
      } else if (cell !== undefined) {
        if (tag === 'v') isInValue = true
        else if (tag === 'f') cell.hasFormula = true
        else inline.open(tag)
      }
    },
    text(text) {
      if (cell === undefined) return
      rows.weigh(text.length, cell.column)
      if (isInValue) cell.value += text
      else inline.text(text)
    },
    close(tag) {
      if (!isInRows) return
      if (tag === 'sheetData') isInRows = false
      else if (tag === 'row') rows.close()
      else if (tag === 'v') isInValue = false
      else if (tag === 'c' && cell !== undefined) {
        rows.put(cell.column, cellText({ cell, facts, inline: inline.take(), row: rows.number() }))
        cell = undefined
      } else inline.close(tag)
    },
    take: rows.take,
    isSheet: () => isSheet,
  }
}

/** Gathers cells into rows. Rows must go down and cells must not repeat: a file that jumps back lies about its rows. */
function rowGathering({ limits, name, broken }: SheetFacts) {
  let ready: SourceRow[] = []
  let row = 0
  let rowCount = 0
  let column = 0
  let chars = 0
  let cells: string[] = []
  let problems: CellProblem[] = []
  return {
    number: () => row,
    open(attributes: XmlAttributes): void {
      const said = attribute(attributes, 'r')
      const next = said === undefined ? row + 1 : wholeNumber(said)
      if (!(next > row && next <= 1_048_576)) throw broken(`row ${said ?? ''}`, { row: row + 1 })
      row = next
      column = 0
      chars = 0
      cells = []
      problems = []
    },
    openCell(attributes: XmlAttributes): OpenCell {
      const said = attribute(attributes, 'r')
      const place = said === undefined ? { column: column + 1, row } : parseReference(said)
      if (place === undefined || place.row !== row) throw broken(`cell ${said ?? ''}`, { row })
      column = place.column
      const style = wholeNumber(attribute(attributes, 's') ?? '0')
      return { column, type: attribute(attributes, 't') ?? 'n', style, value: '', hasFormula: false }
    },
    weigh(length: number, at: number): void {
      chars += length
      if (chars > limits.maxRecordChars) throw refuse('files.recordTooLong', { name, row, column: columnLetter(at) })
    },
    put(at: number, result: CellText): void {
      if (result.problem !== undefined) problems.push({ column: at, code: result.problem, found: clip(result.text) })
      if (result.text === '') return
      if (at > limits.maxColumns) throw refuse('files.tooManyColumns', { name, row, column: columnLetter(at), limit: limits.maxColumns })
      while (cells.length < at) cells.push('')
      if (cells[at - 1] !== '') throw broken('cell twice', { row, column: columnLetter(at) })
      cells[at - 1] = result.text
    },
    close(): void {
      if (cells.length === 0 && problems.length === 0) return
      if (++rowCount > limits.maxRows) throw refuse('files.tooManyRows', { name, limit: limits.maxRows })
      ready.push(problems.length === 0 ? { row, cells } : { row, cells, problems })
    },
    take(): SourceRow[] {
      const taken = ready
      ready = []
      return taken
    },
  }
}

type CellText = { readonly text: string; readonly problem?: CellProblem['code'] }

/** The text of one cell by its type (ECMA-376 part 1, 18.18.11: b, d, e, inlineStr, n, s, str). */
function cellText(args: { cell: OpenCell; facts: SheetFacts; inline: string; row: number }): CellText {
  const { cell, facts, row } = args
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
      return { text: args.inline === '' ? unescapeText(value) : args.inline }
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
  if (plainText === undefined) return { text: cell.value, problem: 'files.cellNotANumber' }
  return { text: plainText, problem: 'files.cellNoSuchDay' }
}
