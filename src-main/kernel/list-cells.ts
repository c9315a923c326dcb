import { formatDecimal } from './decimal.ts'
import { escapeFormula } from './formula.ts'
import { minorToDecimal } from './money.ts'

// What a list's columns hold besides what they show: the same figures, days and words for copying and for files.

/** Where a column's value comes from, in a row of a query's answer. */
export type Source = {
  /** A field ('gross_minor'), one inside others ('lines.item_name', 'overdue_minor.0'), or several: the first that is filled counts. */
  readonly from: string | readonly string[]
  /** With it all of `from` are joined by it: a voucher's word and number. */
  readonly glue?: string | undefined
  /** The words for values that are names of states or kinds. */
  readonly words?: Readonly<Record<string, string>> | undefined
}

/** One value as files take it: exact decimal text, days and local time as text. */
export type ListCell =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number' | 'money' | 'rate'; readonly number: string }
  | { readonly kind: 'day'; readonly day: string }
  | { readonly kind: 'moment'; readonly moment: string }
  | { readonly kind: 'empty' }

const EMPTY: ListCell = { kind: 'empty' }

export const fieldsOf = ({ from }: Pick<Source, 'from'>): readonly string[] => (typeof from === 'string' ? [from] : from)

/** Walks into a row; a list on the way gives all its values, each once. */
function valueAt(row: unknown, path: readonly string[]): unknown {
  const [field, ...rest] = path
  if (field === undefined) return row
  if (Array.isArray(row)) {
    if (/^\d+$/.test(field)) return valueAt(row[Number(field)], rest)
    return [...new Set(row.map((inner) => valueAt(inner, path)))]
  }
  if (typeof row !== 'object' || row === null || !Object.hasOwn(row, field)) return undefined
  return valueAt((row as Record<string, unknown>)[field], rest)
}

const isFilled = (value: unknown): boolean => value !== undefined && value !== null && value !== ''

/** The unit that a field's name says, by its last word: the same from the table's column to the screen. */
function unitOf(path: readonly string[]): string {
  const name = path.findLast((field) => !/^\d+$/.test(field)) ?? ''
  return name.slice(name.lastIndexOf('_') + 1)
}

const two = (value: number): string => String(value).padStart(2, '0')

/** An instant as this desk's clock shows it. */
function momentOf(at: number): string {
  const d = new Date(at)
  return `${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())}T${two(d.getHours())}:${two(d.getMinutes())}:${two(d.getSeconds())}`
}

function numberCell(value: number, { unit, digits }: { unit: string; digits: number }): ListCell {
  switch (unit) {
    case 'minor':
      return { kind: 'money', number: minorToDecimal(value, digits) }
    case 'e4':
      return { kind: 'number', number: formatDecimal(value, 4) }
    case 'e6':
      return { kind: 'number', number: formatDecimal(value, 6) }
    case 'e8':
      return { kind: 'rate', number: formatDecimal(value, 8) }
    case 'at':
      return { kind: 'moment', moment: momentOf(value) }
    default:
      return Number.isSafeInteger(value) ? { kind: 'number', number: String(value) } : { kind: 'text', text: String(value) }
  }
}

/** The value of one column in one row, by its field's name: `_minor` money in a currency of `digits` decimals, `_e4` price, `_e6` quantity, `_e8` rate, `_at` instant. */
export function cellOf(row: unknown, source: Source, { digits }: { digits: number }): ListCell {
  const fields = fieldsOf(source).map((field) => field.split('.'))
  const found = fields.map((path) => ({ path, value: valueAt(row, path) })).filter(({ value }) => isFilled(value))
  if (source.glue !== undefined && found.length > 0) {
    return { kind: 'text', text: found.map(({ value }) => wordsOf(value, source)).join(source.glue) }
  }
  const first = found[0]
  if (first === undefined) return EMPTY
  const { value, path } = first
  if (source.words !== undefined || typeof value === 'object') {
    const text = wordsOf(value, source)
    return text === '' ? EMPTY : { kind: 'text', text }
  }
  if (typeof value === 'number') return numberCell(value, { unit: unitOf(path), digits })
  if (typeof value === 'string' && /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.test(value) && isDayField(path)) return { kind: 'day', day: value }
  return { kind: 'text', text: String(value) }
}

const isDayField = (path: readonly string[]): boolean => ['day', 'on', 'until'].includes(unitOf(path))

function wordsOf(value: unknown, { words }: Source): string {
  if (Array.isArray(value)) return value.filter(isFilled).map((inner) => wordsOf(inner, { from: '', words })).join(', ')
  if (typeof value === 'object') return ''
  const text = String(value)
  return words !== undefined && Object.hasOwn(words, text) ? words[text]! : text
}

/** One cell for the clipboard: figures without separators, and text that no spreadsheet takes for a formula or a second cell. */
export function pasteText(cell: ListCell): string {
  switch (cell.kind) {
    case 'text':
      return escapeFormula(cell.text.replace(/[\t\r\n]+/g, ' '))
    case 'number':
    case 'money':
    case 'rate':
      return cell.number
    case 'day':
      return cell.day
    case 'moment':
      return cell.moment.replace('T', ' ')
    case 'empty':
      return ''
  }
}
