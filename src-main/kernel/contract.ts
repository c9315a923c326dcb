import { z } from 'zod'
import { idPattern } from './ids.ts'

/** How far a grant reaches: rows of one's own, of one's team, or all of them. */
export type ScopeKind = 'own' | 'team' | 'all'

/** The contract of one write: what it takes, gives and may refuse. Changes only compatibly; otherwise it gets a new name. */
export type CommandContract<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType, N extends string = string> = {
  readonly kind: 'command'
  readonly name: N
  readonly permission: string
  readonly input: I
  readonly output: O
  readonly refusals: readonly string[]
  /** 'none': leaves no audit row, so a repeated commandId is not noticed; for what is nobody's business yet and harmless to repeat. */
  readonly audit?: 'none'
}

/** The contract of one read: `reads` names the tables whose change makes the answer stale; `scope` says how rows are limited. */
export type QueryContract<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType, N extends string = string> = {
  readonly kind: 'query'
  readonly name: N
  readonly permission: string
  readonly input: I
  readonly output: O
  readonly reads: readonly string[]
  readonly refusals: readonly string[]
  /** 'rows': the handler limits rows by `ctx.scope`; 'shared': the rows belong to nobody (a catalogue, the ledgers for those who may read them). */
  readonly scope: 'rows' | 'shared'
  /** True for reports that may take long: they run on the second thread. */
  readonly long: boolean
}

/** The one way to declare a write. */
export function command<I extends z.ZodType, O extends z.ZodType, const N extends string>(
  contract: Omit<CommandContract<I, O, N>, 'kind'>,
): CommandContract<I, O, N> {
  return { kind: 'command', ...contract }
}

/** The one way to declare a read. */
export function query<I extends z.ZodType, O extends z.ZodType, const N extends string>(
  contract: Omit<QueryContract<I, O, N>, 'kind' | 'long' | 'refusals'> & { long?: boolean; refusals?: readonly string[] },
): QueryContract<I, O, N> {
  return { kind: 'query', long: false, refusals: [], ...contract }
}

export type Contract = CommandContract | QueryContract
export type InputOf<C extends Contract> = z.output<C['input']>
/** What a caller may send: defaults of the contract are optional. */
export type SentInputOf<C extends Contract> = z.input<C['input']>
export type OutputOf<C extends Contract> = z.output<C['output']>

// The words of all contracts. Text is bounded everywhere: a field without a bound is a door for hostile input.

const safeInteger = z.int()

/** An id as the kernel makes them. */
export const id = () => z.string().regex(idPattern)
/** Money in minor units of the company's currency, at most ± 90 trillion minor units so that sums stay exact. */
export const money = () => safeInteger.min(-90_000_000_000_000).max(90_000_000_000_000)
/** Money that may not be negative, in minor units. */
export const amount = () => safeInteger.min(0).max(90_000_000_000_000)
/** Quantity in millionths of a unit, signed; at most 1,000,000,000 units. */
export const quantity = () => safeInteger.min(-1_000_000_000_000_000).max(1_000_000_000_000_000)
/** Quantity above zero, in millionths. */
export const positiveQuantity = () => safeInteger.min(1).max(1_000_000_000_000_000)
/** Unit price in ten-thousandths of the major unit, not negative. */
export const unitPrice = () => safeInteger.min(0).max(10_000_000_000_000)
/** A rate in hundred-millionths (1 % = 1,000,000), from 0 to 100 %. */
export const rate = () => safeInteger.min(0).max(100_000_000)
/** A day as YYYY-MM-DD between 1900 and 2199. */
export const day = () =>
  z.string().regex(/^(19|20|21)\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/).refine((d) => Number(d.slice(8)) <= daysInMonth(d), 'no such day')
/** Text on one line, trimmed, without control characters. */
export const line = (max = 200) => z.string().trim().max(max).refine((t) => !hasControls(t), 'control characters')
/** Text on one line that may not be empty. */
export const name = (max = 200) => line(max).min(1)
/** Text on several lines. */
export const text = (max = 4000) => z.string().trim().max(max).refine((t) => !t.includes('\u0000'), 'control characters')
/** A flag as the tables keep it. */
export const flag = () => z.union([z.literal(0), z.literal(1)])
/** An instant in UTC milliseconds. */
export const instant = () => safeInteger.min(0).max(9_999_999_999_999)
/** Paging of lists: at most 500 rows a page. */
export const page = { limit: z.int().min(1).max(500).default(50), offset: z.int().min(0).max(10_000_000).default(0) }
const extraKey = () => z.string().max(60)
/** The values of the custom fields that a company added to one kind of record ('sales.order'), by field key. Formulas are worked out, whatever is sent. */
export const extra = (target: string) =>
  z.record(extraKey(), z.union([z.string().max(2000), z.number(), z.null()])).meta({ 'x-custom-fields': target }).default({})
/** The refusals of every command that takes custom fields. */
export const extraRefusals = [
  'platform.fieldUnknown',
  'platform.fieldRetired',
  'platform.fieldRequired',
  'platform.fieldValueUnfit',
  'platform.fieldChoiceUnknown',
  'platform.fieldLinkUnknown',
] as const
/** Custom fields as rows and pages give them, and the names behind links. */
export const extraRow = (target: string) => ({ extra: extra(target), extra_names: z.record(extraKey(), z.string()) })
/** What a list is asked about custom fields: texts by a part, choices and links by their whole value, days and figures by their range. */
export const extraFilter = () =>
  z
    .array(
      z.strictObject({
        key: extraKey(),
        value: line(200).optional(),
        from: z.union([safeInteger, day()]).optional(),
        to: z.union([safeInteger, day()]).optional(),
      }),
    )
    .max(20)
    .default([])
/** Sorting by a custom field: 'extra.' and its key. Rows without a value come last. */
export const extraSort = () => z.string().regex(/^extra\.[a-z][a-z0-9_]{0,59}$/)

function daysInMonth(dayText: string): number {
  const year = Number(dayText.slice(0, 4))
  const month = Number(dayText.slice(5, 7))
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

function hasControls(textValue: string): boolean {
  for (let i = 0; i < textValue.length; i++) {
    const c = textValue.charCodeAt(i)
    if (c < 32 || c === 127) return true
  }
  return false
}
