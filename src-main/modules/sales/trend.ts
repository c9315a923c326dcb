import type { OutputOf } from '../../kernel/contract.ts'
import { addDays, addMonths, daysBetween, firstOfMonth, lastOfMonth, monthOf } from '../../kernel/day.ts'
import { answer } from '../../kernel/operation.ts'
import { visibleParties } from '../parties/index.ts'
import { trend } from './contract.ts'

type Span = OutputOf<typeof trend>['today']
type DayRow = { day: string; invoice_count: number; net_minor: number; gross_minor: number }

const MONTHS = 12

/** Some hundred sums by day come from the database; months and comparisons are added up from them, so that all of them agree. */
export const trendHandler = answer(trend, async ({ db, scope, today }) => {
  const first = firstOfMonth(today)
  const begin = addMonths(first, -MONTHS)
  const visible = visibleParties(scope, 'i.party_id')
  const rows = await db.all<DayRow>(
    `select i.day, sum(case when i.kind = 'invoice' then 1 else 0 end) as invoice_count, sum(i.net_minor) as net_minor,
            sum(i.gross_minor) as gross_minor
       from sales_invoice i where i.day >= ? and i.day <= ? and ${visible.sql} group by i.day order by i.day`,
    [begin, today, ...visible.params],
  )
  const sum = (from: string, to: string): Span =>
    rows.filter((r) => r.day >= from && r.day <= to).reduce(
      (s, r) => ({
        ...s,
        invoice_count: s.invoice_count + r.invoice_count,
        net_minor: s.net_minor + r.net_minor,
        gross_minor: s.gross_minor + r.gross_minor,
      }),
      { from, to, invoice_count: 0, net_minor: 0, gross_minor: 0 },
    )
  const past = { last: addMonths(first, -1), yearAgo: begin }
  const whole = (from: string): Span => sum(from, lastOfMonth(from))
  const grossOf = new Map(rows.map((r) => [r.day, r.gross_minor]))
  /** Null beyond the month's end, and for days still to come. */
  const grossOn = (from: string, n: number): number | null => {
    const day = addDays(from, n)
    return monthOf(day) !== monthOf(from) || day > today ? null : (grossOf.get(day) ?? 0)
  }
  return {
    today: sum(today, today),
    this_month: sum(first, today),
    last_month_so_far: sum(past.last, sameDayOf(past.last, today)),
    year_ago_so_far: sum(past.yearAgo, sameDayOf(past.yearAgo, today)),
    last_month: whole(past.last),
    year_ago: whole(past.yearAgo),
    days: Array.from({ length: 31 }, (_, n) => ({
      day_no: n + 1,
      this_month_minor: grossOn(first, n),
      last_month_minor: grossOn(past.last, n),
      year_ago_minor: grossOn(past.yearAgo, n),
    })),
    months: Array.from({ length: MONTHS + 1 }, (_, i) => {
      const from = addMonths(begin, i)
      const { to, ...sums } = from === first ? sum(first, today) : whole(from)
      return { month: monthOf(from), to, ...sums }
    }),
  }
})

/** As far into the month that begins on `from` as today is in its own; a shorter month ends sooner. */
function sameDayOf(from: string, today: string): string {
  const day = addDays(from, daysBetween({ from: firstOfMonth(today), to: today }))
  return monthOf(day) === monthOf(from) ? day : lastOfMonth(from)
}
