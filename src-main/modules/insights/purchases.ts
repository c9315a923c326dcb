import { daysBetween } from '../../kernel/day.ts'
import { marks, type Reader } from '../../storage/db.ts'

/** Parameters a statement: below what every engine takes. */
export const IDS_A_STATEMENT = 500

/** What one customer bought on one day: invoices that stand, what they came to, and with credits and reversals. Net of tax. */
export type PurchaseDay = { readonly party_id: string; readonly day: string; readonly invoices: number; readonly bought_minor: number; readonly net_minor: number }
export type Span = { readonly before_on: string; readonly from_on: string; readonly today: string }

/** The days of some customers through a day, in order; documents that were reversed count for nothing, those of merged records for whom they became. */
const daysOf = (db: Reader, { ids, today }: { ids: readonly string[]; today: string }): Promise<PurchaseDay[]> =>
  db.all<PurchaseDay>(
    `select w.same_as as party_id, i.day, sum(case when i.kind = 'invoice' and r.id is null then 1 else 0 end) as invoices,
            sum(case when i.kind = 'invoice' and r.id is null then i.net_minor else 0 end) as bought_minor, sum(i.net_minor) as net_minor
       from parties_party w join sales_invoice i on i.party_id = w.id left join sales_invoice r on r.reverses_id = i.id
      where w.same_as in (${marks(ids)}) and i.day <= ? group by w.same_as, i.day order by w.same_as, i.day`,
    [...ids, today],
  )

/** One customer's whole story in figures. */
export type History = {
  readonly party_id: string
  /** Days with an invoice that stands. */
  readonly days: readonly string[]
  readonly total_minor: number
  readonly invoice_count: number
  readonly amount_minor: number
  readonly amount_before_minor: number
  /** What a day of purchase after the first came to on average, minor units: a figure for a model, not money. */
  readonly mean_minor: number
}

function historyOf(party_id: string, rows: readonly PurchaseDay[], { before_on, from_on }: Span): History {
  const bought = rows.filter((r) => r.invoices > 0)
  const again = bought.slice(1)
  const within = rows.filter((r) => r.day >= from_on)
  const before = rows.filter((r) => r.day >= before_on && r.day < from_on)
  const sum = (some: readonly PurchaseDay[], of: 'invoices' | 'bought_minor' | 'net_minor'): number => some.reduce((s, r) => s + r[of], 0)
  return {
    party_id,
    days: bought.map((r) => r.day),
    total_minor: sum(rows, 'net_minor'),
    invoice_count: sum(within, 'invoices'),
    amount_minor: sum(within, 'net_minor'),
    amount_before_minor: sum(before, 'net_minor'),
    mean_minor: again.length === 0 ? 0 : Math.max(0, sum(again, 'bought_minor') / again.length),
  }
}

/** The stories of some customers, no more than `IDS_A_STATEMENT`. */
export async function historiesOf(db: Reader, ids: readonly string[], span: Span): Promise<History[]> {
  const rows = Map.groupBy(await daysOf(db, { ids, today: span.today }), (r) => r.party_id)
  return ids.map((id) => historyOf(id, rows.get(id) ?? [], span))
}

/** Weeks from one day to another, as the models count time. */
export const weeksBetween = (from: string, to: string): number => daysBetween({ from, to }) / 7
