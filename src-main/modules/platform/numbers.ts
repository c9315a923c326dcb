import { monthOf, yearOf } from '../../kernel/day.ts'
import { reference, unit, type CommandCtx, type QueryCtx } from '../../kernel/operation.ts'
import { putCounters } from './platform.store.ts'

type Series = { readonly key: string; readonly prefix: string; readonly digits: number; readonly restarts: 'year' | 'month' | 'never' }
type Held = { last_no: number; isDirty: boolean }
type Numbers = { readonly counters: Map<string, { key: string; period: string; held: Held }> }

/** Counter rows in memory: each is read once and written once in a command, however many numbers it takes. */
const numbers = unit<Numbers>({
  key: 'platform.numbers',
  create: () => ({ counters: new Map() }),
  flush: async (db, { counters }) => {
    const dirty = [...counters.values()].filter((c) => c.held.isDirty)
    await putCounters(db, dirty.map((c) => ({ key: c.key, period: c.period, last_no: c.held.last_no })))
    for (const c of dirty) c.held.isDirty = false
  },
})

/**
 * Takes `count` numbers in a row and gives the first. Numbers are gapless per key and period because the row is
 * written in the same transaction as what bears them; a rolled-back command gives its numbers back.
 */
export async function takeCounter(
  ctx: CommandCtx,
  { key, period, count = 1 }: { key: string; period: string; count?: number },
): Promise<number> {
  const entry = await entryOf(ctx, { key, period })
  const first = entry.held.last_no + 1
  entry.held.last_no += count
  entry.held.isDirty = true
  return first
}

/** The last number taken of a key and period, by this command too; 0 before the first. */
export const counterOf = async (ctx: CommandCtx, of: { key: string; period: string }): Promise<number> => (await entryOf(ctx, of)).held.last_no

async function entryOf(ctx: CommandCtx, { key, period }: { key: string; period: string }) {
  const { counters } = ctx.unit(numbers)
  const id = `${key}\n${period}`
  let entry = counters.get(id)
  if (!entry) {
    const row = await ctx.db.get<{ last_no: number }>('select last_no from platform_counter where key = ? and period = ?', [key, period])
    counters.set(id, (entry = { key, period, held: { last_no: row?.last_no ?? 0, isDirty: false } }))
  }
  return entry
}

/** The next number of a document series on a day, e.g. 'SO2026-00001'. Taken inside the posting transaction only. */
export async function takeNumber(ctx: CommandCtx, { series: key, day }: { series: string; day: string }): Promise<string> {
  const series = await seriesOf(ctx, key)
  const period = periodOn(series, day)
  return formatNumber(series, { period, no: await takeCounter(ctx, { key, period }) })
}

/** The period of a series in which a day lies; empty where it never restarts. */
export const periodOn = ({ restarts }: Pick<Series, 'restarts'>, day: string): string =>
  restarts === 'never' ? '' : restarts === 'year' ? String(yearOf(day)) : monthOf(day)

/** Prefix, period without its hyphen, a hyphen, and the number filled to the series' width. */
export function formatNumber(series: Pick<Series, 'prefix' | 'digits'>, { period, no }: { period: string; no: number }): string {
  const serial = String(no).padStart(series.digits, '0')
  return period === '' ? `${series.prefix}${serial}` : `${series.prefix}${period.replace('-', '')}-${serial}`
}

/** '12' may mean the number 12 of these series, this year or last: the numbers as they would stand on documents; none for any other text. */
export async function numbersOfSerial(ctx: QueryCtx, { series: keys, text }: { series: readonly string[]; text: string }): Promise<string[]> {
  if (keys.length === 0 || !/^\d{1,6}$/.test(text)) return []
  const known = await ctx.reference(allSeries)
  const found = keys.flatMap((key) => known.get(key) ?? [])
  const year = Number(ctx.today.slice(0, 4))
  const years = (restarts: string): string[] => (restarts === 'never' ? [''] : [String(year), String(year - 1)])
  return found.flatMap((s) => years(s.restarts).map((period) => formatNumber(s, { period, no: Number(text) })))
}

/** How numbers of a kind look. */
export async function seriesOf(ctx: Pick<QueryCtx, 'reference'>, key: string): Promise<Series> {
  const found = (await ctx.reference(allSeries)).get(key)
  if (!found) throw new Error(`the series ${key} was never founded`)
  return found
}

const allSeries = reference<ReadonlyMap<string, Series>>({
  key: 'platform.series',
  tables: ['platform_series'],
  read: async (db) => {
    const rows = await db.all<Series>('select key, prefix, digits, restarts from platform_series order by key')
    return new Map(rows.map((r) => [r.key, r]))
  },
})
