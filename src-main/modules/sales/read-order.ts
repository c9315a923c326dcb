import type { order, orderLine } from '../../../db/schema/sales.ts'
import type { CommandCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { marks, type Reader, type Row } from '../../storage/db.ts'
import { itemsOf, type ItemInfo } from '../catalog/index.ts'
import { assertVisible } from '../parties/index.ts'
import type { OrderState } from './contract.ts'
import type { LineProgress } from './order.ts'
import type { Taken } from './posting.ts'

/** One line of an order in hand: its terms, and what was done of it. The numbers of what was done change as the command goes on. */
export type OrderLine = Omit<Row<typeof orderLine>, 'order_id'> &
  LineProgress & {
    readonly order_id: string
    readonly item: ItemInfo
    delivered_e6: number
    returned_e6: number
    invoiced_e6: number
    credited_e6: number
    closed_e6: number
    /** Deliveries or invoices name this line, be they undone or not. */
    readonly hasDocuments: boolean
    /** What invoices took of the line's amounts, credit notes not counted. */
    taken: Taken
  }

export type Order = Omit<Row<typeof order>, 'state'> & { state: OrderState; readonly lines: readonly OrderLine[] }

const ORDER_COLUMNS = `id, number, party_id, party_snapshot, day, currency, prices_include_tax, discount_minor, net_minor, tax_minor,
  gross_minor,
  salesperson_id, note, extra, created_by, created_at, state, quote_id, warehouse_id, wanted_on, promised_on, ship_to, customer_reference,
  coupon_code, coupon_minor, confirmed_at, confirmed_by, revision`
const LINE_COLUMNS = `l.order_id, l.item_id, l.line_no, l.description, l.unit, l.unit_numerator, l.unit_denominator, l.quantity_e6,
  l.base_quantity_e6,
  l.price_e4, l.discount_rate_e8, l.discount_minor, l.order_discount_minor, l.tax_code, l.tax_rate_e8, l.net_minor, l.tax_minor,
    l.gross_minor,
  l.closed_e6, l.promised_on, l.promotion_id`

type LineRow = Row<typeof orderLine> & { order_id: string; item_id: string }
type Delivered = { order_id: string; order_line_no: number; delivered_e6: number; returned_e6: number }
type Invoiced = Taken & { order_id: string; order_line_no: number; invoiced_e6: number; credited_e6: number; credited_gross_minor: number }

/** The order to work on, with its lines and what was done of them. Refuses 'sales.orderNotFound', also where the actor may not see it. */
export async function orderInHand(ctx: CommandCtx, order_id: string): Promise<Order> {
  return (await ordersInHand(ctx, [order_id])).get(order_id)!
}

/** Several orders at once, in few statements. */
export async function ordersInHand(ctx: CommandCtx, ids: readonly string[]): Promise<Map<string, Order>> {
  const orders = await readOrders(ctx, [...new Set(ids)])
  for (const order_id of ids) {
    const found = orders.get(order_id)
    if (!found) throw new Refusal('sales.orderNotFound', { order_id })
    await assertVisible(ctx, found.party_id, () => new Refusal('sales.orderNotFound', { order_id }))
  }
  return orders
}

async function readOrders(ctx: CommandCtx, ids: readonly string[]): Promise<Map<string, Order>> {
  const { db } = ctx
  const rows = await db.all<Row<typeof order>>(`select ${ORDER_COLUMNS} from sales_order where id in (${marks(ids)}) order by id`, ids)
  const lineRows = await db.all<LineRow>(
    `select ${LINE_COLUMNS} from sales_order_line l where l.order_id in (${marks(ids)}) order by l.order_id, l.line_no`,
    ids,
  )
  const items = await itemsOf(ctx, lineRows.map((l) => l.item_id))
  const begun = rows.filter((r) => r.confirmed_at !== null).map((r) => r.id)
  const delivered = begun.length === 0 ? new Map<string, Delivered>() : await deliveredOf(db, begun)
  const invoiced = begun.length === 0 ? new Map<string, Invoiced>() : await invoicedOf(db, begun)
  const linesOf = Map.groupBy(lineRows, (l) => l.order_id)
  return new Map(
    rows.map((row) => {
      const lines = (linesOf.get(row.id) ?? []).map((l): OrderLine => {
        const key = `${l.order_id} ${l.line_no}`
        const item = items.get(l.item_id)!
        return { ...l, item, kind: item.kind, ...progressFrom(delivered.get(key), invoiced.get(key)) }
      })
      return [row.id, { ...row, state: row.state as OrderState, lines }]
    }),
  )
}

function progressFrom(delivered: Delivered | undefined, invoiced: Invoiced | undefined) {
  const taken: Taken = {
    base_quantity_e6: invoiced?.invoiced_e6 ?? 0,
    order_discount_minor: invoiced?.order_discount_minor ?? 0,
    net_minor: invoiced?.net_minor ?? 0,
    gross_minor: invoiced?.gross_minor ?? 0,
    allowance_minor: 0,
  }
  return {
    delivered_e6: delivered?.delivered_e6 ?? 0,
    returned_e6: delivered?.returned_e6 ?? 0,
    invoiced_e6: invoiced?.invoiced_e6 ?? 0,
    credited_e6: invoiced?.credited_e6 ?? 0,
    taken,
    hasDocuments: delivered !== undefined || invoiced !== undefined,
  }
}

/** Delivered and returned base quantities of orders' lines, net of reversals, by `order_id line_no`. */
export async function deliveredOf(db: Reader, order_ids: readonly string[]): Promise<Map<string, Delivered>> {
  const rows = await db.all<Delivered>(
    `select l.order_id, l.order_line_no,
            sum(case when d.kind = 'return' or u.kind = 'return' then 0 else l.base_quantity_e6 end) as delivered_e6,
            sum(case when d.kind = 'return' or u.kind = 'return' then -l.base_quantity_e6 else 0 end) as returned_e6
       from sales_delivery_line l join sales_delivery d on d.id = l.delivery_id left join sales_delivery u on u.id = d.reverses_id
      where l.order_id in (${marks(order_ids)}) group by l.order_id, l.order_line_no order by l.order_id, l.order_line_no`,
    order_ids,
  )
  return new Map(rows.map((r) => [`${r.order_id} ${r.order_line_no}`, r]))
}

/** What invoices and credit notes took of orders' lines, net of reversals, by `order_id line_no`. */
export async function invoicedOf(db: Reader, order_ids: readonly string[]): Promise<Map<string, Invoiced>> {
  const credit = `i.kind = 'credit_note' or u.kind = 'credit_note'`
  const rows = await db.all<Invoiced>(
    `select l.order_id, l.order_line_no, 0 as base_quantity_e6, 0 as allowance_minor,
            sum(case when ${credit} then 0 else l.base_quantity_e6 end) as invoiced_e6,
            sum(case when ${credit} then -l.base_quantity_e6 else 0 end) as credited_e6,
            sum(case when ${credit} then 0 else l.order_discount_minor end) as order_discount_minor,
            sum(case when ${credit} then 0 else l.net_minor end) as net_minor,
            sum(case when ${credit} then 0 else l.gross_minor end) as gross_minor,
            sum(case when ${credit} then l.gross_minor else 0 end) as credited_gross_minor
       from sales_invoice_line l join sales_invoice i on i.id = l.invoice_id left join sales_invoice u on u.id = i.reverses_id
      where l.order_id in (${marks(order_ids)}) group by l.order_id, l.order_line_no order by l.order_id, l.order_line_no`,
    order_ids,
  )
  return new Map(rows.map((r) => [`${r.order_id} ${r.order_line_no}`, r]))
}
