import { addDays, addMonths, firstOfMonth, lastOfMonth, monthOf } from '../../kernel/day.ts'
import { marks, type Reader, type SqlValue } from '../../storage/db.ts'
import { allOf, type Condition } from './where.ts'

// What accounts had and what moved on them between two days. Whole months come from the maintained balances, only the days
// of a broken month from the lines. Opening entries stand under a period before every month: they are never turnover.

export type Turnover = { opening_minor: number; debit_minor: number; credit_minor: number }
type Span = { readonly from: string; readonly to: string }
type SumRow = { account_id: string; opening_minor: number; debit_minor: number; credit_minor: number }

/** The whole months inside a span, and the broken pieces before and after them. */
export function splitSpan({ from, to }: Span): { whole: Span | undefined; broken: Span[] } {
  if (from > to) return { whole: undefined, broken: [] }
  const firstWhole = from === firstOfMonth(from) ? from : addMonths(firstOfMonth(from), 1)
  const lastWhole = to === lastOfMonth(to) ? to : addDays(firstOfMonth(to), -1)
  if (firstWhole > lastWhole) {
    // Two broken months may touch without a whole one between them.
    return monthOf(from) === monthOf(to)
      ? { whole: undefined, broken: [{ from, to }] }
      : { whole: undefined, broken: [{ from, to: lastOfMonth(from) }, { from: firstOfMonth(to), to }] }
  }
  const broken: Span[] = []
  if (from < firstWhole) broken.push({ from, to: addDays(firstWhole, -1) })
  if (lastWhole < to) broken.push({ from: addDays(lastWhole, 1), to })
  return { whole: { from: firstWhole, to: lastWhole }, broken }
}

/** Opening balance (debit less credit) and turnover of every account that has any, or of those named. Minor units. */
export async function turnovers(
  db: Reader, { from, to, account_ids }: Span & { account_ids?: readonly string[] },
): Promise<Map<string, Turnover>> {
  const { whole, broken } = splitSpan({ from, to })
  const sums = new Map<string, Turnover>()
  const take = (rows: readonly SumRow[]): void => {
    for (const row of rows) {
      const sum = sums.get(row.account_id) ?? { opening_minor: 0, debit_minor: 0, credit_minor: 0 }
      sum.opening_minor += row.opening_minor
      sum.debit_minor += row.debit_minor
      sum.credit_minor += row.credit_minor
      sums.set(row.account_id, sum)
    }
  }
  take(await fromBalances(db, { before: monthOf(from), whole, account_ids }))
  const monthBegin = firstOfMonth(from)
  if (monthBegin < from) {
    const early = await fromLines(db, { from: monthBegin, to: addDays(from, -1) }, account_ids)
    take(early.map((r) => ({ account_id: r.account_id, opening_minor: r.debit_minor - r.credit_minor, debit_minor: 0, credit_minor: 0 })))
  }
  for (const piece of broken) take(await fromLines(db, piece, account_ids))
  return sums
}

const onlyThese = (column: string, account_ids: readonly string[] | undefined): Condition | undefined =>
  account_ids === undefined ? undefined : { sql: `${column} in (${marks(account_ids)})`, params: account_ids }

function fromBalances(
  db: Reader,
  { before, whole, account_ids }: { before: string; whole: Span | undefined; account_ids: readonly string[] | undefined },
): Promise<SumRow[]> {
  const [first, last] = whole ? [monthOf(whole.from), monthOf(whole.to)] : ['9999-12', '']
  const upTo: Condition = { sql: 'b.period <= ?', params: [last > before ? last : before] }
  const where = allOf([upTo, onlyThese('b.account_id', account_ids)])
  const within = 'b.period >= ? and b.period <= ?'
  const params: SqlValue[] = [before, first, last, first, last, ...where.params]
  return db.all<SumRow>(
    `select b.account_id, sum(case when b.period < ? then b.debit_minor - b.credit_minor else 0 end) as opening_minor,
            sum(case when ${within} then b.debit_minor else 0 end) as debit_minor,
            sum(case when ${within} then b.credit_minor else 0 end) as credit_minor
       from accounting_balance b where ${where.sql} group by b.account_id order by b.account_id`,
    params,
  )
}

/** Sums over the lines of some days, opening entries left out: each account's days are one range of one index, and openings are few. */
async function fromLines(db: Reader, { from, to }: Span, account_ids: readonly string[] | undefined): Promise<SumRow[]> {
  const sums = '0 as opening_minor, sum(l.debit_minor) as debit_minor, sum(l.credit_minor) as credit_minor'
  const these = allOf([{ sql: 'l.day >= ? and l.day <= ?', params: [from, to] }, onlyThese('l.account_id', account_ids)])
  const all = await db.all<SumRow>(
    `select a.id as account_id, ${sums} from accounting_account a join accounting_line l on l.account_id = a.id
      where ${these.sql} group by a.id order by a.id`,
    these.params,
  )
  const opening = await db.all<SumRow>(
    `select l.account_id, ${sums} from accounting_entry e join accounting_line l on l.entry_id = e.id
      where e.kind = 'opening' and e.day >= ? and e.day <= ? and ${these.sql} group by l.account_id order by l.account_id`,
    [from, to, ...these.params],
  )
  const taken = opening.map((o) => ({ ...o, debit_minor: -o.debit_minor, credit_minor: -o.credit_minor }))
  return [...all, ...taken]
}
