import { mulDiv } from '../../kernel/math.ts'
import { marks, type Reader } from '../../storage/db.ts'
import type { OutputOf } from '../../kernel/contract.ts'
import type { getOrder } from './contract.ts'

type Money = OutputOf<typeof getOrder>['money']
type Invoice = { invoice_id: string; gross_minor: number; own_minor: number; is_credit: number }
type Item = { id: string; source_id: string; amount_minor: number; settled_minor: number; received_minor: number; discount_minor: number }

/**
 * The money of an order, in minor units: what was invoiced and credited of it, and what of that was received. An invoice over several
 * orders counts with this order's share of it.
 */
export async function moneyOfOrder(db: Reader, given: { order_id: string; order_minor: number; delivered_minor: number }): Promise<Money> {
  const { order_id, order_minor, delivered_minor } = given
  const invoices = await db.all<Invoice>(
    `select i.id as invoice_id, i.gross_minor, sum(l.gross_minor) as own_minor,
            case when i.kind = 'credit_note' or u.kind = 'credit_note' then 1 else 0 end as is_credit
       from sales_invoice_line l join sales_invoice i on i.id = l.invoice_id left join sales_invoice u on u.id = i.reverses_id
      where l.order_id = ? group by i.id, i.gross_minor, i.kind, u.kind order by i.id`,
    [order_id],
  )
  const items = await itemsOfInvoices(db, invoices.map((i) => i.invoice_id))
  const money: Money = {
    order_minor, delivered_minor, invoiced_minor: 0, credited_minor: 0, received_minor: 0, settlement_discount_minor: 0,
    deposit_minor: await depositOf(db, order_id), open_minor: 0,
  }
  for (const invoice of invoices) {
    if (invoice.is_credit === 1) money.credited_minor += invoice.own_minor
    else money.invoiced_minor += invoice.own_minor
    const item = items.get(invoice.invoice_id)
    if (!item) continue
    const share = (amount: number): number =>
      invoice.own_minor === invoice.gross_minor ? amount : mulDiv({
        a: amount,
        b: invoice.own_minor,
        divisor: invoice.gross_minor,
        rounding: 'halfUp',
      })
    money.received_minor += share(item.received_minor)
    money.settlement_discount_minor += share(item.discount_minor)
    money.open_minor += share(item.amount_minor - item.settled_minor)
  }
  return money
}

/** The open item of each invoice, with what payments gave to it (refunds: took from it). */
async function itemsOfInvoices(db: Reader, invoice_ids: readonly string[]): Promise<Map<string, Item>> {
  const rows = await db.all<Item>(
    `select o.id, o.source_id, o.amount_minor, o.settled_minor,
            coalesce((select sum(a.amount_minor) from accounting_allocation a join accounting_open_item x on x.id = a.negative_id
                       where a.positive_id = o.id and x.source_kind = 'accounting.payment'), 0)
          - coalesce((select sum(a.amount_minor) from accounting_allocation a join accounting_open_item x on x.id = a.positive_id
                       where a.negative_id = o.id and x.source_kind = 'accounting.payment'), 0) as received_minor,
            coalesce((select sum(a.discount_minor) from accounting_allocation a where a.positive_id = o.id), 0) as discount_minor
       from accounting_open_item o where o.source_kind = 'sales.invoice' and o.source_id in (${marks(invoice_ids)}) order by o.id`,
    invoice_ids,
  )
  return new Map(rows.map((r) => [r.source_id, r]))
}

/** Deposits taken for the order that no invoice has used. */
async function depositOf(db: Reader, order_id: string): Promise<number> {
  // A cross join keeps its order in SQLite: left to itself it begins with every row of that kind of source.
  const row = await db.get<{ left_minor: number | null }>(
    `select sum(o.settled_minor - o.amount_minor) as left_minor
       from accounting_payment p cross join accounting_open_item o
      where p.source_kind = 'sales.order' and p.source_id = ? and o.source_kind = 'accounting.payment' and o.source_id = p.id`,
    [order_id],
  )
  return row?.left_minor ?? 0
}
