import { addDays, addMonths, daysBetween, firstOfMonth, monthOf } from '../../kernel/day.ts'
import type { InputOf, OutputOf } from '../../kernel/contract.ts'
import { mulDiv } from '../../kernel/math.ts'
import { answer, type QueryCtx } from '../../kernel/operation.ts'
import { marks } from '../../storage/db.ts'
import { visibleParties } from '../parties/index.ts'
import { PURCHASES } from '../sales/index.ts'
import { listCohort, MONTHS_AFTER, retention, returning } from './contract.ts'

type Cohort = OutputOf<typeof retention>['rows'][number]
type Sum = { readonly cohort: string; readonly month: string; readonly customers: number; readonly net_minor: number }
type Span = { readonly from: string; readonly to: string }

const monthAfter = (month: string, months: number): string => monthOf(addMonths(firstOfMonth(month), months))
function monthsOf({ from, to }: Span): string[] {
  const months: string[] = []
  for (let month = from; month <= to; month = monthAfter(month, 1)) months.push(month)
  return months
}
const shareOf = (part: number, whole: number): number | null => (whole <= 0 ? null : mulDiv({ a: part, b: 100_000_000, divisor: whole, rounding: 'halfUp' }))

/**
 * Customers and money by cohort and month: cohorts that first bought before `from` are one, called ''. One pass over the invoices through today; credits count
 * in the month in which they were given, and of who never bought for nothing.
 */
function sumsOf(ctx: QueryCtx, { from, to, through }: Span & { readonly through: string }): Promise<Sum[]> {
  const seen = visibleParties(ctx.scope, 'f.party_id')
  return ctx.db.all<Sum>(
    `with bought as (
       select w.party_id, substr(w.day, 1, 7) as month, max(w.is_bought) as is_bought, sum(w.net_minor) as net_minor from (${PURCHASES}) w where w.day <= ? group by w.party_id, substr(w.day, 1, 7)
     ), firsts as (select b.party_id, b.month, b.is_bought, b.net_minor, min(case when b.is_bought = 1 then b.month end) over (partition by b.party_id) as cohort from bought b)
     select x.cohort, x.month, sum(x.is_bought) as customers, sum(x.net_minor) as net_minor
       from (select case when f.cohort < ? then '' else f.cohort end as cohort, f.month, f.is_bought, f.net_minor
               from firsts f where f.month >= f.cohort and f.month >= ? and f.month <= ? and f.cohort <= ? and ${seen.sql}) x
      group by x.cohort, x.month order by x.cohort, x.month`,
    [ctx.today, from, from, through, to, ...seen.params],
  )
}

type Pair = { readonly first_on: string; readonly second_on: string | null; readonly customers: number }

/** First and second day of purchase, and how many customers had these. */
function pairsOf(ctx: QueryCtx, { from, to }: Span): Promise<Pair[]> {
  const seen = visibleParties(ctx.scope, 'x.party_id')
  return ctx.db.all<Pair>(
    `with days as (select w.party_id, w.day, row_number() over (partition by w.party_id order by w.day) as n from (${PURCHASES}) w where w.is_bought = 1 and w.day <= ? group by w.party_id, w.day)
     select x.first_on, x.second_on, count(*) as customers
       from (select d.party_id, min(d.day) as first_on, min(case when d.n = 2 then d.day end) as second_on from days d where d.n <= 2 group by d.party_id) x
      where x.first_on >= ? and x.first_on < ? and ${seen.sql} group by x.first_on, x.second_on order by x.first_on, x.second_on`,
    [ctx.today, firstOfMonth(from), firstOfMonth(monthAfter(to, 1)), ...seen.params],
  )
}

/** Of some customers: for how many the days have passed, how many of these came back within them, and the middle of the days that it took. */
function cameBack(pairs: readonly Pair[], { within_days, today }: { within_days: number; today: string }): Omit<Cohort, 'cohort' | 'cells'> {
  const sum = (some: readonly Pair[]): number => some.reduce((n, p) => n + p.customers, 0)
  const gapOf = (p: Pair): number => (p.second_on === null ? Infinity : daysBetween({ from: p.first_on, to: p.second_on }))
  const ripe = pairs.filter((p) => addDays(p.first_on, within_days) <= today)
  const back = sum(ripe.filter((p) => gapOf(p) <= within_days))
  const again = pairs.filter((p) => p.second_on !== null).sort((a, b) => gapOf(a) - gapOf(b))
  let left = Math.ceil(sum(again) / 2)
  const middle = again.find((p) => (left -= p.customers) <= 0)
  return { customers: sum(pairs), ripe: sum(ripe), back, back_e8: shareOf(back, sum(ripe)), middle_days: middle ? gapOf(middle) : null }
}

export const retentionHandler = answer(retention, async (ctx, { from, to, within_days }) => {
  const now = monthOf(ctx.today)
  const span = { from: monthOf(from), to: monthOf(to) < now ? monthOf(to) : now }
  const last = monthAfter(span.to, MONTHS_AFTER)
  const sums = new Map((await sumsOf(ctx, { ...span, through: last < now ? last : now })).map((s) => [`${s.cohort} ${s.month}`, s]))
  const pairs = await pairsOf(ctx, span)
  const byCohort = Map.groupBy(pairs, (p) => monthOf(p.first_on))
  const rows = monthsOf(span).flatMap((cohort): Cohort[] => {
    const of = byCohort.get(cohort)
    return of === undefined ? [] : [{ cohort, ...cameBack(of, { within_days, today: ctx.today }), cells: cellsOf(cohort, { sums, now }) }]
  })
  return { rows, whole: { ...cameBack(pairs, { within_days, today: ctx.today }), cells: wholeCells(rows) } }
})

function cellsOf(cohort: string, { sums, now }: { sums: ReadonlyMap<string, Sum>; now: string }): Cohort['cells'] {
  const first = sums.get(`${cohort} ${cohort}`)
  const end = monthAfter(cohort, MONTHS_AFTER)
  return monthsOf({ from: cohort, to: end < now ? end : now }).map((month, since) => {
    const { customers, net_minor } = sums.get(`${cohort} ${month}`) ?? { customers: 0, net_minor: 0 }
    return { since, month, customers, customers_e8: shareOf(customers, first?.customers ?? 0), net_minor, net_e8: shareOf(net_minor, first?.net_minor ?? 0) }
  })
}

/** The same over all cohorts that are so old: a younger one would make the later months look worse than they were. */
function wholeCells(rows: readonly Cohort[]): OutputOf<typeof retention>['whole']['cells'] {
  const most = Math.max(0, ...rows.map((r) => r.cells.length))
  return Array.from({ length: most }, (_, since) => {
    const old = rows.filter((r) => r.cells.length > since)
    const sum = (of: (r: Cohort) => number): number => old.reduce((n, r) => n + of(r), 0)
    const [customers, net_minor] = [sum((r) => r.cells[since]!.customers), sum((r) => r.cells[since]!.net_minor)]
    return { since, customers, customers_e8: shareOf(customers, sum((r) => r.cells[0]!.customers)), net_minor, net_e8: shareOf(net_minor, sum((r) => r.cells[0]!.net_minor)) }
  })
}

export const returningHandler = answer(returning, async (ctx, { from, to }) => {
  const now = monthOf(ctx.today)
  const span = { from: monthOf(from), to: monthOf(to) < now ? monthOf(to) : now }
  const byMonth = Map.groupBy(await sumsOf(ctx, { ...span, through: span.to }), (s) => s.month)
  return {
    rows: monthsOf(span).map((month) => {
      const [first, before] = [byMonth.get(month)?.filter((s) => s.cohort === month) ?? [], byMonth.get(month)?.filter((s) => s.cohort !== month) ?? []]
      const [new_customers, returning_customers] = [first, before].map((some) => some.reduce((n, s) => n + s.customers, 0)) as [number, number]
      const [new_net_minor, returning_net_minor] = [first, before].map((some) => some.reduce((n, s) => n + s.net_minor, 0)) as [number, number]
      return { month, new_customers, returning_customers, returning_e8: shareOf(returning_customers, new_customers + returning_customers), new_net_minor, returning_net_minor }
    }),
  }
})

type Asked = InputOf<typeof listCohort>
type Bought = { party_id: string; first_on: string; second_on: string | null; last_on: string; invoices: number; net_minor: number; month_invoices: number; month_net_minor: number }

function isAsked(b: Bought, { cohort, month, show, within_days }: Asked, today: string): boolean {
  if (cohort !== undefined && monthOf(b.first_on) !== cohort) return false
  const isBack = b.second_on !== null && daysBetween({ from: b.first_on, to: b.second_on }) <= within_days
  const isRipe = addDays(b.first_on, within_days) <= today
  switch (show) {
    case 'all': return true
    case 'bought': return b.month_invoices > 0
    case 'away': return b.month_invoices === 0 && monthOf(b.first_on) <= month!
    case 'returning': return b.month_invoices > 0 && monthOf(b.first_on) < month!
    case 'back': return isRipe && isBack
    case 'not_back': return isRipe && !isBack
  }
}

export const listCohortHandler = answer(listCohort, async (ctx, asked) => {
  const { cohort, month = '', limit, offset } = asked
  const seen = visibleParties(ctx.scope, 'b.party_id')
  const all = await ctx.db.all<Bought>(
    `with bought as (
       select w.party_id, w.day, w.is_bought, w.net_minor, min(case when w.is_bought = 1 then w.day end) over (partition by w.party_id) as first_on from (${PURCHASES}) w where w.day <= ?)
     select b.party_id, b.first_on, min(case when b.is_bought = 1 and b.day > b.first_on then b.day end) as second_on, max(case when b.is_bought = 1 then b.day end) as last_on,
            sum(b.is_bought) as invoices, sum(b.net_minor) as net_minor, sum(case when substr(b.day, 1, 7) = ? then b.is_bought else 0 end) as month_invoices,
            sum(case when substr(b.day, 1, 7) = ? then b.net_minor else 0 end) as month_net_minor
       from bought b where b.first_on is not null and ${seen.sql}${cohort === undefined ? '' : ' and b.first_on >= ? and b.first_on < ?'}
      group by b.party_id, b.first_on order by sum(b.net_minor) desc, b.party_id`,
    [ctx.today, month, month, ...seen.params, ...(cohort === undefined ? [] : [firstOfMonth(cohort), firstOfMonth(monthAfter(cohort, 1))])],
  )
  const found = all.filter((b) => isAsked(b, asked, ctx.today))
  const shown = found.slice(offset, offset + limit)
  const heads = new Map((await headsOf(ctx, shown.map((b) => b.party_id))).map((h) => [h.party_id, h]))
  return {
    rows: shown.map(({ month_invoices: _, month_net_minor, ...b }) => ({ ...heads.get(b.party_id)!, ...b, month_net_minor: asked.month === undefined ? null : month_net_minor })),
    total: found.length,
    net_minor: found.reduce((sum, b) => sum + b.net_minor, 0),
  }
})

/** What customers are called and whose they are; a page of them at most. */
function headsOf(ctx: QueryCtx, ids: readonly string[]): Promise<{ party_id: string; code: string; name: string; owner_name: string | null }[]> {
  if (ids.length === 0) return Promise.resolve([])
  return ctx.db.all(
    `select p.id as party_id, p.code, p.name, u.name as owner_name from parties_party p left join parties_assignment a on a.party_id = p.id and a.to_day is null left join platform_user u on u.id = a.user_id
      where p.id in (${marks(ids)}) order by p.id`,
    ids,
  )
}
