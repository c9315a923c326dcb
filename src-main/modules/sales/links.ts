import { marks, type Reader } from '../../storage/db.ts'
import type { OutputOf } from '../../kernel/contract.ts'
import type { getOrder } from './contract.ts'

export type Link = OutputOf<typeof getOrder>['documents'][number]
type Row = { kind: string; undone_kind: string | null; id: string; number: string; day: string; amount_minor: number | null }

const kindOfDelivery = ({ kind }: Row): Link['kind'] => (kind === 'reversal' ? 'delivery_reversal' : (kind as 'delivery' | 'return'))
const kindOfInvoice = ({ kind }: Row): Link['kind'] => (kind === 'reversal' ? 'invoice_reversal' : (kind as 'invoice' | 'credit_note'))
const linkOf = (row: Row, kind: Link['kind']): Link => ({
  kind,
  id: row.id,
  number: row.number,
  day: row.day,
  amount_minor: row.amount_minor,
})

export async function deliveryLinks(db: Reader, ids: readonly string[]): Promise<Link[]> {
  const rows = await db.all<Row>(
    `select kind, id, number, day, null as amount_minor from sales_delivery where id in (${marks(ids)}) order by day, id`,
    ids,
  )
  return rows.map((r) => linkOf(r, kindOfDelivery(r)))
}

export async function invoiceLinks(db: Reader, ids: readonly string[]): Promise<Link[]> {
  const rows = await db.all<Row>(
    `select kind, id, number, day, gross_minor as amount_minor from sales_invoice where id in (${marks(ids)}) order by day, id`,
    ids,
  )
  return rows.map((r) => linkOf(r, kindOfInvoice(r)))
}

export async function orderLinks(db: Reader, ids: readonly string[]): Promise<Link[]> {
  const rows = await db.all<Row>(
    `select 'order' as kind, id, number, day, gross_minor as amount_minor from sales_order where number is not null
           and id in (${marks(ids)}) order by day, id`,
    ids,
  )
  return rows.map((r) => linkOf(r, 'order'))
}

/** Receipts and refunds that settle these invoices, and those taken for this order. */
export async function paymentLinks(
  db: Reader,
  { invoice_ids, order_id }: { invoice_ids: readonly string[]; order_id?: string },
): Promise<Link[]> {
  const rows = await db.all<Row>(
    `select p.kind, p.id, p.number, p.day, p.amount_minor from accounting_payment p
      where p.id in (
              select x.source_id from accounting_open_item o
                join accounting_allocation a on a.positive_id = o.id or a.negative_id = o.id
                join accounting_open_item x on x.id = case when a.positive_id = o.id then a.negative_id else a.positive_id end
               where o.source_kind = 'sales.invoice' and o.source_id in (${marks(invoice_ids)}) and x.source_kind = 'accounting.payment')
         or (p.source_kind = 'sales.order' and p.source_id = ?)
      order by p.day, p.id`,
    [...invoice_ids, order_id ?? ''],
  )
  return rows.map((r) => linkOf(r, r.kind === 'receipt' ? 'receipt' : 'refund'))
}

/** The vouchers behind these documents. */
export async function entryLinks(db: Reader, sources: readonly { readonly kind: string; readonly id: string }[]): Promise<Link[]> {
  const links: Link[] = []
  for (const [kind, list] of Map.groupBy(sources, (s) => s.kind)) {
    const ids = list.map((s) => s.id)
    const rows = await db.all<{ id: string; word: string; number: number; day: string; total_minor: number }>(
      `select id, word, number, day, total_minor from accounting_entry where source_kind = ? and source_id in (${marks(ids)}) order by day,
             id`,
      [kind, ...ids],
    )
    links.push(
      ...rows.map((r): Link => ({ kind: 'entry', id: r.id, number: `${r.word}-${r.number}`, day: r.day, amount_minor: r.total_minor })),
    )
  }
  return links
}

/** Every document around an order, in the order of the business. */
export async function linksOfOrder(db: Reader, { order_id, quote_id }: { order_id: string; quote_id: string | null }): Promise<Link[]> {
  const quotes = await db.all<Row>(
    `select 'quote' as kind, id, number, day, gross_minor as amount_minor from sales_quote where id = ? and number is not null`,
    [quote_id ?? ''],
  )
  const idsOf = async (table: 'delivery' | 'invoice'): Promise<string[]> => {
    const rows = await db.all<{ id: string }>(
      `select distinct ${table}_id as id from sales_${table}_line where order_id = ? order by ${table}_id`,
      [order_id],
    )
    return rows.map((r) => r.id)
  }
  const delivery_ids = await idsOf('delivery')
  const invoice_ids = await idsOf('invoice')
  return [
    ...quotes.map((q) => linkOf(q, 'quote')),
    ...(await deliveryLinks(db, delivery_ids)),
    ...(await invoiceLinks(db, invoice_ids)),
    ...(await paymentLinks(db, { invoice_ids, order_id })),
    ...(await entryLinks(
      db,
      [...delivery_ids.map((id) => ({ kind: 'sales.delivery', id })), ...invoice_ids.map((id) => ({ kind: 'sales.invoice', id }))],
    )),
  ]
}
