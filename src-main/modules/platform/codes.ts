import { codeAt, codeRule, stemOf, type CodeFacts, type CodeRule } from '../../kernel/codes.ts'
import { setting, type CommandCtx, type QueryCtx, type Setting } from '../../kernel/operation.ts'
import { counterOf, periodOn, formatNumber, seriesOf, takeCounter } from './numbers.ts'

/** The rule by which one kind of record gets its codes; null: the look of its number series. */
export const codeRuleSetting = <const F extends readonly [string, ...string[]]>(key: string, facts: F): Setting<CodeRule | null> =>
  setting({ key, schema: codeRule(facts).nullable(), fallback: null, permission: 'platform.settings' })

/** A record that wants a code: by which rule, and what it says of itself. */
export type CodeWanted = { readonly rule: CodeRule | null; readonly facts: CodeFacts }

/** Which of some codes are in use, in the tables and among what this command is about to write. */
type Taken = (codes: readonly string[]) => Promise<ReadonlySet<string>>

/**
 * Codes for new master data, in the order asked, leaving out those that people gave by hand. Each stem of a rule has a counter of its own in
 * the series, which only goes forward: a code that was given once is not given again. Gaps are allowed.
 */
export async function takeCodes(ctx: CommandCtx, { series, wanted, taken }: { series: string; wanted: readonly CodeWanted[]; taken: Taken }): Promise<string[]> {
  const groups = new Map<string, { form: Form; places: number[] }>()
  for (const [place, one] of wanted.entries()) {
    const form = await formOf(ctx, { series, ...one })
    const group = groups.get(form.period)
    if (group) group.places.push(place)
    else groups.set(form.period, { form, places: [place] })
  }
  const codes = new Array<string>(wanted.length)
  const made = new Set<string>()
  for (const { form, places } of groups.values()) {
    const key = { key: series, period: form.period }
    const last = await counterOf(ctx, key)
    const walked = await freeAfter({ last, count: places.length, form, taken: async (some) => (await taken(some)).union(made) })
    await takeCounter(ctx, { ...key, count: walked.last - last })
    for (const [i, place] of places.entries()) made.add((codes[place] = walked.codes[i]!))
  }
  return codes
}

/** The code that such a record would get now; nothing is taken. */
export async function nextCode(ctx: QueryCtx, { series, taken, ...wanted }: CodeWanted & { series: string; taken: Taken }): Promise<string> {
  const form = await formOf(ctx, { series, ...wanted })
  const row = await ctx.db.get<{ last_no: number }>('select last_no from platform_counter where key = ? and period = ?', [series, form.period])
  return (await freeAfter({ last: row?.last_no ?? 0, count: 1, form, taken })).codes[0]!
}

/** Of which counter, and how a number looks. */
type Form = { readonly period: string; codeAt(no: number): string }

async function formOf(ctx: Pick<QueryCtx, 'reference' | 'today'>, { series: key, rule, facts }: CodeWanted & { series: string }): Promise<Form> {
  if (rule === null) {
    const series = await seriesOf(ctx, key)
    const period = periodOn(series, ctx.today)
    return { period, codeAt: (no) => formatNumber(series, { period, no }) }
  }
  const stem = stemOf(rule, { facts, day: ctx.today })
  return { period: `=${stem}`, codeAt: (no) => codeAt(stem, { no, digits: rule.digits }) }
}

/** Looks further in growing strides: after an import of many codes by hand the next free one may be far. */
const LONGEST_STRIDE = 500

async function freeAfter({ last, count, form, taken }: { last: number; count: number; form: Form; taken: Taken }): Promise<{ codes: string[]; last: number }> {
  const codes: string[] = []
  for (let stride = count; codes.length < count; stride = Math.min(LONGEST_STRIDE, stride * 4)) {
    const tried = Array.from({ length: stride }, (_, i) => form.codeAt(last + 1 + i))
    const used = await taken(tried)
    for (const code of tried) {
      last++
      if (!used.has(code)) codes.push(code)
      if (codes.length === count) break
    }
  }
  return { codes, last }
}
