import * as sales from '../../../src-main/modules/sales/contract.ts'
import { E6, anyItem, customer, extraFor, goods, inStock, move, often, quantityOf, type Move, type Walk } from './walk.ts'

type Id = { id: string }

/** A document in one of the states; now and then in any, as of somebody whose page is old. */
const inState = (w: Walk, { table, states }: { table: string; states: string }) =>
  w.pick<Id>(`select id from ${table} where ${w.chance(15) ? '1 = 1' : `state in (${states})`} order by id desc`)
const quoteIn = (states: string) => async (w: Walk) => {
  const row = await inState(w, { table: 'sales_quote', states })
  return row && { quote_id: row.id }
}
const orderIn = (states: string) => (w: Walk) => inState(w, { table: 'sales_order', states })

async function offer(w: Walk) {
  const lines = []
  for (let i = 0; i <= w.roll(3); i++) {
    lines.push({
      item_id: w.chance(6) ? await anyItem(w) : ((await inStock(w)) ?? (await goods(w))),
      quantity_e6: w.chance(5) ? 250_000 * (1 + w.roll(9)) : quantityOf(w),
      price_e4: w.roll(3_000_000),
      discount_rate_e8: w.chance(4) ? w.roll(30_000_000) : 0,
    })
  }
  return { party_id: await customer(w), lines, prices_include_tax: w.roll(2) as 0 | 1, discount_minor: w.chance(5) ? w.roll(200) : 0 }
}

async function directLines(w: Walk) {
  const item_id = await inStock(w)
  return item_id === undefined ? undefined : [{ item_id, quantity_e6: quantityOf(w, 3), price_e4: 10_000 + w.roll(900_000) }]
}

/** A delivery line of which something is left to give back. */
const returnable = (w: Walk, where: string) =>
  w.pick<{ id: string; line_no: number; left_e6: number; unit_numerator: number; unit_denominator: number }>(
    `select l.delivery_id as id, l.line_no, l.quantity_e6 as left_e6, l.unit_numerator, l.unit_denominator
       from sales_delivery_line l join sales_delivery d on d.id = l.delivery_id
      where d.kind = 'delivery' and l.quantity_e6 >= 1000000 and ${where}
        and not exists (select 1 from sales_delivery r where r.reverses_id = d.id)
        and not exists (select 1 from sales_delivery_line b where b.original_id = l.delivery_id and b.original_line_no = l.line_no)
      order by l.delivery_id desc, l.line_no`,
  )

export const salesMoves: readonly Move[] = [
  move(sales.createQuote, offer),
  move(sales.updateQuote, async (w) => {
    const quote = await quoteIn(`'draft'`)(w)
    return quote && { ...quote, ...(await offer(w)) }
  }),
  move(sales.sendQuote, quoteIn(`'draft'`)),
  move(sales.reviseQuote, quoteIn(`'sent', 'lost'`)),
  move(sales.loseQuote, async (w) => {
    const quote = await quoteIn(`'draft', 'sent'`)(w)
    return quote && { ...quote, lost_reason: 'price' }
  }),
  move(sales.convertQuote, quoteIn(`'draft', 'sent'`)),
  often(3, move(sales.createOrder, async (w) => ({ ...(await offer(w)), extra: await extraFor(w, 'sales.order') }))),
  move(sales.updateOrder, async (w) => {
    const order = await orderIn(`'draft'`)(w)
    return order && { order_id: order.id, ...(await offer(w)), extra: await extraFor(w, 'sales.order') }
  }),
  often(3, move(sales.confirmOrder, async (w) => {
    const order = await orderIn(`'draft'`)(w)
    return order && { order_id: order.id }
  })),
  move(sales.changeOrder, async (w) => {
    const order = await orderIn(`'confirmed'`)(w)
    if (!order) return undefined
    type Line = { line_no: number; item_id: string; unit: string; quantity_e6: number; price_e4: number; discount_rate_e8: number }
    const lines = await w.rows<Line>('select line_no, item_id, unit, quantity_e6, price_e4, discount_rate_e8 from sales_order_line where order_id = ? order by line_no', [order.id])
    return { order_id: order.id, lines: lines.map((l, i) => (i === 0 ? { ...l, quantity_e6: l.quantity_e6 + w.roll(3) * E6 } : l)), reason: 'customer asked' }
  }),
  move(sales.cancelOrder, async (w) => {
    const order = await w.pick<Id>(
      `select id from sales_order o where state in ('draft', 'confirmed') and not exists (select 1 from sales_delivery d where d.order_id = o.id) order by id desc`,
    )
    return order && { order_id: order.id, reason: 'changed their mind' }
  }),
  move(sales.closeOrder, async (w) => {
    const order = await w.pick<Id>(
      `select id from sales_order o where state = 'confirmed' and exists (select 1 from inventory_plan p where p.source_kind = 'sales.order' and p.source_id = o.id) order by id desc`,
    )
    return order && { order_id: order.id }
  }),
  often(3, move(sales.deliver, async (w) => {
    const order = await w.pick<Id>(
      `select o.id from sales_order o where o.state = 'confirmed'
          and exists (select 1 from inventory_plan p where p.source_kind = 'sales.order' and p.source_id = o.id and p.reserved_e6 = p.quantity_e6 and p.quantity_e6 > 0)
          and not exists (select 1 from inventory_plan p where p.source_kind = 'sales.order' and p.source_id = o.id and p.reserved_e6 < p.quantity_e6) order by o.id desc`,
    )
    return order && { order_id: order.id, invoice: w.one(['with', 'apart', 'apart', 'apart'] as const) }
  })),
  move(sales.deliverDirect, async (w) => {
    const lines = await directLines(w)
    return lines && { lines, party_id: await customer(w) }
  }),
  move(sales.postInvoice, async (w) => {
    const delivery = await w.pick<Id>(
      `select d.id from sales_delivery d where d.kind = 'delivery' and d.is_direct = 0
          and not exists (select 1 from sales_invoice_line l where l.delivery_id = d.id) and not exists (select 1 from sales_delivery r where r.reverses_id = d.id)
        order by d.id desc`,
    )
    return delivery && { delivery_ids: [delivery.id] }
  }),
  move(sales.returnGoods, async (w) => {
    if (w.chance(4)) return { party_id: await customer(w), lines: [{ item_id: await goods(w), quantity_e6: E6, price_e4: w.roll(100_000) }], invoice: 'with' as const }
    const line = await returnable(w, 'd.is_direct = 1')
    return line && { lines: [{ delivery_id: line.id, delivery_line_no: line.line_no, quantity_e6: E6, disposition: w.one(['restock', 'scrap'] as const) }], invoice: 'with' as const }
  }),
  move(sales.exchangeGoods, async (w) => {
    const [line, lines] = [await returnable(w, 'd.is_direct = 1'), await directLines(w)]
    if (!line || !lines) return undefined
    const party = await w.rows<{ party_id: string }>('select party_id from sales_delivery where id = ?', [line.id])
    return { party_id: party[0]!.party_id, lines, returned: [{ delivery_id: line.id, delivery_line_no: line.line_no, quantity_e6: E6 }] }
  }),
  move(sales.creditNote, async (w) => {
    const row = await w.pick<{ id: string; line_no: number }>(
      `select i.id, l.line_no from sales_invoice i join sales_invoice_line l on l.invoice_id = i.id where i.kind = 'invoice' and l.gross_minor > 100
          and not exists (select 1 from sales_invoice r where r.reverses_id = i.id or r.original_id = i.id) order by i.id desc, l.line_no`,
    )
    return row && { invoice_id: row.id, lines: [{ invoice_line_no: row.line_no, amount_minor: 1 + w.roll(50) }] }
  }),
  move(sales.reverseDelivery, async (w) => {
    const row = await w.pick<Id>(
      `select d.id from sales_delivery d where d.kind = 'delivery' and d.is_direct = 0 and not exists (select 1 from sales_delivery r where r.reverses_id = d.id)
          and not exists (select 1 from sales_invoice_line l where l.delivery_id = d.id) order by d.id desc`,
    )
    return row && { delivery_id: row.id }
  }),
  move(sales.reverseInvoice, async (w) => {
    const row = await w.pick<Id>(
      `select i.id from sales_invoice i where i.kind <> 'reversal' and not exists (select 1 from sales_invoice r where r.reverses_id = i.id or r.original_id = i.id) order by i.id desc`,
    )
    return row && { invoice_id: row.id }
  }),
]
