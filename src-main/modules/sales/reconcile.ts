import type { Reader } from '../../storage/db.ts'
import type { OutputOf } from '../../kernel/contract.ts'
import type { getOrder } from './contract.ts'
import { toDeliver } from './order.ts'

type Difference = OutputOf<typeof getOrder>['reconciles']['differences'][number]
type PageLine = OutputOf<typeof getOrder>['lines'][number]
type Given = {
  readonly order_id: string
  readonly isConfirmed: boolean
  readonly prices_include_tax: number
  readonly lines: readonly PageLine[]
}

/** Compares the order's documents with stock, plans, entries and open items; names every difference (LNK-10). */
export async function differencesOf(db: Reader, given: Given): Promise<Difference[]> {
  const expectations = [
    ...(await goodsMoved(db, given)),
    ...(await reservation(db, given)),
    ...(await books(db, given)),
    ...(await amounts(db, given)),
  ]
  return expectations.filter((e) => e.expected !== e.actual)
}

/** What the documents say left and stayed away must have moved in inventory. */
async function goodsMoved(db: Reader, { order_id, lines }: Given): Promise<Difference[]> {
  // A cross join keeps its order in SQLite: left to itself it begins with every row of that kind of source.
  const rows = await db.all<{ line_no: number; moved_e6: number }>(
    `select l.order_line_no as line_no, sum(case when m.kind = 'out' then m.quantity_e6 else -m.quantity_e6 end) as moved_e6
       from sales_delivery_line l cross join inventory_move m
      where l.order_id = ? and m.source_kind = 'sales.delivery' and m.source_id = l.delivery_id and m.source_line_no = l.line_no
        and m.kind in ('in', 'out')
      group by l.order_line_no order by l.order_line_no`,
    [order_id],
  )
  const moved = new Map(rows.map((r) => [r.line_no, r.moved_e6]))
  return lines
    .filter((l) => l.item_kind === 'stocked')
    .map((l) => ({ what: 'goods_moved', line_no: l.line_no, expected: l.delivered_e6 - l.returned_e6, actual: moved.get(l.line_no) ?? 0 }))
}

/** What is still to deliver of a confirmed order must be planned in inventory, no more and no less. */
async function reservation(db: Reader, { order_id, isConfirmed, lines }: Given): Promise<Difference[]> {
  const rows = await db.all<{ line_no: number; quantity_e6: number }>(
    `select source_line_no as line_no, quantity_e6 from inventory_plan where source_kind = 'sales.order' and source_id = ?
           order by source_line_no`,
    [order_id],
  )
  const planned = new Map(rows.map((r) => [r.line_no, r.quantity_e6]))
  return lines
    .filter((l) => l.item_kind === 'stocked')
    .map((l) => ({
      what: 'reservation',
      line_no: l.line_no,
      expected: isConfirmed ? toDeliver({ ...l, kind: l.item_kind }) : 0,
      actual: planned.get(l.line_no) ?? 0,
    }))
}

/** The invoices' gross must stand on the receivable account and in the open items. */
async function books(db: Reader, { order_id }: Given): Promise<Difference[]> {
  const ids = 'select distinct invoice_id from sales_invoice_line where order_id = ?'
  const row = await db.get<{ gross_minor: number | null; posted_minor: number | null; items_minor: number | null }>(
    `select (select sum(gross_minor) from sales_invoice where id in (${ids})) as gross_minor,
            (select sum(x.debit_minor - x.credit_minor) from sales_invoice i join accounting_line x on x.entry_id = i.entry_id
               join accounting_account r on r.id = x.account_id and r.control = 'receivable' where i.id in (${ids})) as posted_minor,
            (select sum(amount_minor) from accounting_open_item where source_kind = 'sales.invoice'
              and source_id in (${ids})) as items_minor`,
    [order_id, order_id, order_id],
  )
  const expected = row?.gross_minor ?? 0
  return [
    { what: 'entries', line_no: null, expected, actual: row?.posted_minor ?? 0 },
    { what: 'open_items', line_no: null, expected, actual: row?.items_minor ?? 0 },
  ]
}

/** A line that is invoiced in full must have been invoiced at what was agreed, in the order's kind of price. */
async function amounts(db: Reader, { order_id, prices_include_tax, lines }: Given): Promise<Difference[]> {
  const agreed = prices_include_tax === 1 ? 'gross_minor' : 'net_minor'
  const rows = await db.all<{ line_no: number; amount_minor: number }>(
    `select l.order_line_no as line_no, sum(l.${agreed}) as amount_minor
       from sales_invoice_line l join sales_invoice i on i.id = l.invoice_id left join sales_invoice u on u.id = i.reverses_id
      where l.order_id = ? and (i.kind = 'invoice' or u.kind = 'invoice') group by l.order_line_no order by l.order_line_no`,
    [order_id],
  )
  const invoiced = new Map(rows.map((r) => [r.line_no, r.amount_minor]))
  return lines
    .filter((l) => l.base_quantity_e6 > 0 && l.invoiced_e6 === l.base_quantity_e6)
    .map((l) => ({ what: 'invoiced_amount', line_no: l.line_no, expected: l[agreed], actual: invoiced.get(l.line_no) ?? 0 }))
}
