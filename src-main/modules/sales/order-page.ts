import { mulDiv } from '../../kernel/math.ts'
import { answer, type QueryCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { availability } from '../inventory/index.ts'
import { visibleParties } from '../parties/index.ts'
import { getOrder } from './contract.ts'
import type { OutputOf } from '../../kernel/contract.ts'
import { linksOfOrder } from './links.ts'
import { orderRows } from './list-orders.ts'
import { moneyOfOrder } from './order-money.ts'
import { remaining, toInvoice } from './order.ts'
import { LINE_COLUMNS } from './query-parts.ts'
import { deliveredOf, invoicedOf } from './read-order.ts'
import { differencesOf } from './reconcile.ts'

type Output = OutputOf<typeof getOrder>
export type PageLine = Output['lines'][number]

/** The one page of an order: what was agreed, what moved, which documents there are, what was paid, and whether all of it agrees. */
export const getOrderHandler = answer(getOrder, async (ctx, { order_id }) => {
  const visible = visibleParties(ctx.scope, 'd.party_id')
  const seen = await ctx.db.all<{ id: string }>(`select d.id from sales_order d where d.id = ? and ${visible.sql}`, [order_id, ...visible.params])
  const [head] = await orderRows(ctx, seen.map((row) => row.id))
  if (!head) throw new Refusal('sales.orderNotFound', { order_id })
  const more = (await ctx.db.get<More>(
    `select d.ship_to, d.coupon_code, d.coupon_minor, d.quote_id, d.revision, d.confirmed_at, u.name as confirmed_by_name
       from sales_order d left join platform_user u on u.id = d.confirmed_by where d.id = ?`,
    [order_id],
  ))!
  const lines = await linesOfOrder(ctx, { order_id, warehouse_id: head.warehouse_id })
  const money = await moneyOfOrder(ctx.db, { order_id, order_minor: head.gross_minor, delivered_minor: deliveredValue(lines) })
  const differences = await differencesOf(
    ctx.db,
    { order_id, isConfirmed: head.state === 'confirmed', prices_include_tax: head.prices_include_tax, lines },
  )
  return {
    ...head,
    ...more,
    lines,
    documents: await linksOfOrder(ctx.db, { order_id, quote_id: more.quote_id }),
    money,
    reconciles: { is_ok: differences.length === 0 ? (1 as const) : (0 as const), differences },
    revisions: await revisionsOf(ctx, order_id),
  }
})

type More = {
  coupon_code: string | null
  coupon_minor: number
  ship_to: string | null
  quote_id: string | null
  revision: number
  confirmed_at: number | null
  confirmed_by_name: string | null
}

async function linesOfOrder(ctx: QueryCtx, { order_id, warehouse_id }: { order_id: string; warehouse_id: string }): Promise<PageLine[]> {
  type Done = 'delivered_e6' | 'returned_e6' | 'invoiced_e6' | 'credited_e6' | 'remaining_e6' | 'to_invoice_e6'
  type Row = Omit<PageLine, Done | 'on_hand_e6' | 'available_e6' | 'incoming_e6'>
  const rows = await ctx.db.all<Row>(
    `select ${LINE_COLUMNS}, l.closed_e6, case when t.kind = 'stocked' then coalesce(l.promised_on, o.promised_on) end as promised_on,
            coalesce(n.reserved_e6, 0) as reserved_e6
       from sales_order_line l join sales_order o on o.id = l.order_id join catalog_item t on t.id = l.item_id
       left join inventory_plan n on n.source_kind = 'sales.order' and n.source_id = l.order_id and n.source_line_no = l.line_no
      where l.order_id = ? order by l.line_no`,
    [order_id],
  )
  const delivered = await deliveredOf(ctx.db, [order_id])
  const invoiced = await invoicedOf(ctx.db, [order_id])
  const place = await ctx.db.get<{ id: string }>(
    'select id from inventory_location where warehouse_id = ? and is_default = 1',
    [warehouse_id],
  )
  const levels = await availability(ctx, { item_ids: rows.map((r) => r.item_id), location_id: place?.id })
  return rows.map((row): PageLine => {
    const d = delivered.get(`${order_id} ${row.line_no}`)
    const i = invoiced.get(`${order_id} ${row.line_no}`)
    const done = {
      delivered_e6: d?.delivered_e6 ?? 0,
      returned_e6: d?.returned_e6 ?? 0,
      invoiced_e6: i?.invoiced_e6 ?? 0,
      credited_e6: i?.credited_e6 ?? 0,
    }
    const line = { ...row, ...done, kind: row.item_kind }
    const { on_hand_e6, available_e6, incoming_e6 } = levels.get(row.item_id)!
    return { ...row, ...done, remaining_e6: remaining(line), to_invoice_e6: toInvoice(line), on_hand_e6, available_e6, incoming_e6 }
  })
}

/** What left and stayed with the customer, at the order's terms; services count as invoiced. */
function deliveredValue(lines: readonly PageLine[]): number {
  return lines.reduce((sum, line) => {
    if (line.base_quantity_e6 === 0) return sum
    const kept_e6 = line.item_kind === 'stocked' ? line.delivered_e6 - line.returned_e6 : line.invoiced_e6 - line.credited_e6
    return sum + mulDiv({ a: line.gross_minor, b: kept_e6, divisor: line.base_quantity_e6, rounding: 'halfUp' })
  }, 0)
}

const revisionsOf = (ctx: QueryCtx, order_id: string): Promise<Output['revisions']> =>
  ctx.db.all<Output['revisions'][number]>(
    `select r.revision, r.at, u.name as user_name, r.reason, r.before
       from sales_order_revision r join platform_user u on u.id = r.user_id where r.order_id = ? order by r.revision desc`,
    [order_id],
  )
