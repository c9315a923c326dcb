import { isDay } from './day.ts'
import { isFormula, parseFormula, type Figure } from './field-formula.ts'
import { formatQuantity } from './quantity.ts'
import { idPattern } from './ids.ts'

// Fields that a company adds to its records: what they are, and what their values look like. The office and the workbench agree on it here.

export const fieldKinds = ['text', 'number', 'date', 'choice', 'link', 'formula'] as const
export type FieldKind = (typeof fieldKinds)[number]
export const linkKinds = ['party', 'item'] as const
export type LinkKind = (typeof linkKinds)[number]

/** A field that the company added to the records of one kind ('sales.order'). */
export type CustomField = {
  readonly target: string
  /** The name of its values in data; its end says the unit, as everywhere: `weight_e6`, `shipped_on`, `carrier_id`. */
  readonly key: string
  /** As people call it. */
  readonly label: string
  readonly kind: FieldKind
  /** The words to choose from. */
  readonly choices: readonly string[]
  /** To which kind of record a link leads. */
  readonly link_kind: LinkKind | null
  /** Arithmetic over names in braces: '{weight_e6} * 1.2'. */
  readonly formula: string | null
  readonly is_required: 0 | 1
  readonly is_listed: 0 | 1
  readonly is_printed: 0 | 1
  readonly position: number
  /** 0: retired. Its values stay and can be read, found and exported; nobody enters new ones. */
  readonly is_active: 0 | 1
}

/** Text, choice and day as text, a link as an id, numbers and formulas in millionths. */
export type ExtraValue = string | number
/** The values of custom fields on one record, by key; what is empty is not there. */
export type Extra = Readonly<Record<string, ExtraValue>>

const UNITS: Readonly<Record<FieldKind, string>> = { text: '', choice: '', number: '_e6', formula: '_e6', date: '_on', link: '_id' }

/** The key of a field by the word that somebody chose for it: the unit of its kind at the end. */
export const keyWithUnit = (word: string, kind: FieldKind): string => (word.endsWith(UNITS[kind]) ? word : `${word}${UNITS[kind]}`)

/** Kinds whose values are whole millionths. */
export const isFigure = ({ kind }: Pick<CustomField, 'kind'>): boolean => UNITS[kind] === '_e6'

const LONGEST_TEXT = 500
const LARGEST_E6 = 1_000_000_000_000_000
// eslint-disable-next-line no-control-regex -- controls are what must not get into the books
const CONTROLS = /[\u0000-\u001f\u007f]/

/** A value as it is kept; null for an empty one, undefined for one that is not of the field's kind. Choices and links are only judged by their form. */
export function valueOfKind(kind: FieldKind, value: unknown): ExtraValue | null | undefined {
  if (value === null || value === undefined || value === '') return null
  if (UNITS[kind] === '_e6') return typeof value === 'number' && Number.isSafeInteger(value) && Math.abs(value) <= LARGEST_E6 ? value + 0 : undefined
  if (typeof value !== 'string') return undefined
  if (kind === 'date') return isDay(value) ? value : undefined
  if (kind === 'link') return idPattern.test(value) ? value : undefined
  const text = value.trim()
  if (text === '') return null
  return text.length <= LONGEST_TEXT && !CONTROLS.test(text) ? text : undefined
}

/** A value as people read it; links by the names handed in. */
export function extraText(field: CustomField, { extra, names }: { extra: Extra; names: Readonly<Record<string, string>> }): string {
  const value = Object.hasOwn(extra, field.key) ? extra[field.key] : undefined
  if (value === undefined) return ''
  if (field.kind === 'link') return names[field.key] ?? ''
  return typeof value === 'number' ? formatQuantity(value) : value
}

/** What a formula may speak of besides custom fields: the record's own figures, by names that end in their unit. */
export type Figures = Readonly<Record<string, number | null>>

type Working = {
  readonly fields: readonly CustomField[]
  /** Values as entered, and of retired fields as they were. */
  readonly values: Readonly<Record<string, ExtraValue | null | undefined>>
  readonly figures: Figures
  /** Decimals of the company's money. */
  readonly digits: number
}

/** The decimals that a name's unit says. */
function scaleOf(name: string, digits: number): number {
  const unit = name.slice(name.lastIndexOf('_') + 1)
  return unit === 'minor' ? digits : /^e[468]$/.test(unit) ? Number(unit[1]) : 0
}

/** The values of a record with its formulas worked out anew, in the order of their keys; retired formulas stay as they were. */
export function workedOut({ fields, values, figures, digits }: Working): Record<string, ExtraValue> {
  const byKey = new Map(fields.filter(isFigure).map((f) => [f.key, f]))
  const results = new Map<string, number | null>()
  const figureOf = (name: string): Figure | null => {
    const field = byKey.get(name)
    const value = field ? valueOf(field) : (figures[name] ?? null)
    return value === null ? null : { value, scale: scaleOf(name, digits) }
  }
  const valueOf = (field: CustomField): number | null => {
    if (field.kind === 'formula' && field.is_active === 1) return resultOf(field)
    const value = values[field.key]
    return typeof value === 'number' ? value : null
  }
  const resultOf = (field: CustomField): number | null => {
    const known = results.get(field.key)
    if (known !== undefined) return known
    // Until it is known it has no value: a formula that led back to itself would find none.
    results.set(field.key, null)
    const parsed = parseFormula(field.formula ?? '')
    const result = isFormula(parsed) ? parsed.value(figureOf) : null
    results.set(field.key, result)
    return result
  }
  const kept = fields.flatMap((f): [string, ExtraValue][] => {
    const value = f.kind === 'formula' ? valueOf(f) : values[f.key]
    return value === undefined || value === null || value === '' ? [] : [[f.key, value]]
  })
  return Object.fromEntries(kept.toSorted(([a], [b]) => (a < b ? -1 : 1)))
}
