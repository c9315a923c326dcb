import { compareDays } from '../../kernel/day.ts'
import { assertVisible } from '../parties/index.ts'
import { handle, type CommandCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { marks } from '../../storage/db.ts'
import { lineOf } from './close-order.ts'
import { postInvoice } from './contract.ts'
import { deliveredLines, keyOf, uninvoiced, type DeliveredLine } from './delivered.ts'
import { invoiceParts, type OrderPart } from './invoice-parts.ts'
import { toInvoice } from './order.ts'
import { payFor } from './pay.ts'
import { measure } from './prepare.ts'
import { ordersInHand, type Order, type OrderLine } from './read-order.ts'
import { saleResultOf } from './result.ts'
import { settleState } from './settle-state.ts'

type Input = {
  readonly order_ids: readonly string[]
  readonly delivery_ids: readonly string[]
  readonly lines: readonly { readonly order_id: string; readonly order_line_no: number; readonly quantity_e6: number }[]
}

/** What was delivered apart, and services, are invoiced: of whole orders, whole deliveries, or by the line. */
export const postInvoiceHandler = handle(postInvoice, async (ctx, input) => {
  const day = input.day ?? ctx.today
  const delivered = await gather(ctx, input)
  const orders = await ordersInHand(
    ctx,
    [...new Set([...delivered.values()].map((d) => d.order_id).filter((i) => i !== null).concat(orderIdsOf(input)))],
  )
  for (const order of orders.values()) {
    if (order.state === 'draft' || order.state === 'cancelled') throw new Refusal(
      'sales.orderStateForbids',
      { from: order.state, to: 'confirmed' },
    )
  }
  const parts = choose({ input, orders, delivered })
  if (parts.length === 0) throw new Refusal('sales.nothingToInvoice')
  for (const { delivered: d } of parts) if (d && d.day > day) throw new Refusal('sales.beforeDelivery', { day, delivery_day: d.day })

  const invoice = await invoiceParts(ctx, { parts, head: { ...input, day } })
  const order_ids = [...new Set(parts.map((p) => p.order.id))]
  const paid = await payFor(ctx, { document: invoice, party_id: parts[0]!.order.party_id, day, payments: input.payments, order_ids })
  await settleState(ctx, orders.values())
  return saleResultOf({ invoice, paid })
})

const orderIdsOf = ({ order_ids, lines }: Input): string[] => [...order_ids, ...lines.map((l) => l.order_id)]

/** The delivered lines that may be invoiced: of the named deliveries, and of all deliveries of the named orders, oldest first. */
async function gather(ctx: CommandCtx, input: Input): Promise<Map<string, DeliveredLine>> {
  const ids = [...new Set(input.delivery_ids)]
  const known = await ctx.db.all<{ id: string; party_id: string }>(
    `select id, party_id from sales_delivery where kind = 'delivery' and id in (${marks(ids)}) order by id`,
    ids,
  )
  const missing = ids.find((delivery_id) => !known.some((k) => k.id === delivery_id))
  if (missing !== undefined) throw new Refusal('sales.deliveryNotFound', { delivery_id: missing })
  for (const { id, party_id } of known) await assertVisible(ctx, party_id, () => new Refusal('sales.deliveryNotFound', { delivery_id: id }))
  const order_ids = [...new Set(orderIdsOf(input))]
  const ofOrders = await ctx.db.all<{ id: string }>(
    `select distinct d.id, d.day from sales_delivery_line l join sales_delivery d on d.id = l.delivery_id
      where l.order_id in (${marks(order_ids)}) and d.kind = 'delivery' order by d.day, d.id`,
    order_ids,
  )
  const lines = await deliveredLines(ctx.db, [...ids, ...ofOrders.map((d) => d.id)])
  const ordered = [...lines].filter(([, line]) => line.order_id !== null)
  return new Map(ordered.toSorted(([, a], [, b]) => compareDays(a.day, b.day)))
}

/** Chooses the parts to invoice, each unit once however often it is named. */
function choose({ input, orders, delivered }: {
  input: Input
  orders: Map<string, Order>
  delivered: Map<string, DeliveredLine>
}): OrderPart[] {
  const parts: OrderPart[] = []
  const left = new Map([...delivered].map(([key, line]) => [key, Math.max(0, uninvoiced(line))]))
  const served = new Map<OrderLine, number>()

  const takeDelivered = (line: DeliveredLine, most_e6: number): number => {
    const part_e6 = Math.min(most_e6, left.get(keyOf(line))!)
    if (part_e6 === 0) return 0
    left.set(keyOf(line), left.get(keyOf(line))! - part_e6)
    const order = orders.get(line.order_id!)!
    parts.push({ order, line: lineOf(order.lines, line.order_line_no!), part_e6, delivery: line, delivered: line })
    return part_e6
  }
  const take = (order: Order, line: OrderLine, most_e6: number): void => {
    if (line.kind === 'service') {
      const part_e6 = Math.min(most_e6, toInvoice(line) - (served.get(line) ?? 0))
      served.set(line, (served.get(line) ?? 0) + part_e6)
      if (part_e6 > 0) parts.push({ order, line, part_e6, delivery: undefined })
      return
    }
    let rest = most_e6
    for (const d of delivered.values()) if (d.order_id === order.id && d.order_line_no === line.line_no) rest -= takeDelivered(d, rest)
  }

  for (const d of delivered.values()) if (input.delivery_ids.includes(d.delivery_id)) takeDelivered(d, Number.MAX_SAFE_INTEGER)
  for (const { order_id, order_line_no, quantity_e6 } of input.lines) {
    const order = orders.get(order_id)!
    const line = lineOf(order.lines, order_line_no)
    const wanted_e6 = measure(line.item, { line_no: order_line_no, unit: line.unit, quantity_e6 }).base_quantity_e6
    assertInvoiceable(line, { wanted_e6, taken_e6: parts.filter((p) => p.line === line).reduce((sum, p) => sum + p.part_e6, 0) })
    take(order, line, wanted_e6)
  }
  for (const order_id of input.order_ids) for (const line of orders.get(order_id)!.lines) take(
    orders.get(order_id)!,
    line,
    Number.MAX_SAFE_INTEGER,
  )
  return parts
}

function assertInvoiceable(line: OrderLine, { wanted_e6, taken_e6 }: { wanted_e6: number; taken_e6: number }): void {
  const left_e6 = Math.max(0, toInvoice(line) - taken_e6)
  if (wanted_e6 > left_e6) {
    throw new Refusal(
      'sales.nothingToInvoice',
      { line_no: line.line_no, item_name: line.item.name, wanted_e6, left_e6, unit: line.item.base_unit },
    )
  }
}
