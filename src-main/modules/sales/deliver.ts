import { handle, type CommandCtx } from '../../kernel/operation.ts'
import { mulDiv } from '../../kernel/math.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { partyOf } from '../parties/index.ts'
import { lineOf } from './close-order.ts'
import { deliver } from './contract.ts'
import { invoiceParts, type OrderPart } from './invoice-parts.ts'
import { remaining } from './order.ts'
import { payFor } from './pay.ts'
import { measureOf } from './posting.ts'
import { postDelivery, type DeliveryLineDraft, type DeliveryPosted } from './post-delivery.ts'
import { measure } from './prepare.ts'
import { orderInHand, type Order, type OrderLine } from './read-order.ts'
import { saleResultOf } from './result.ts'
import { invoiceWithDelivery, overDeliveryRate } from './rules.ts'
import { settleState } from './settle-state.ts'

type Wanted = { readonly line: OrderLine; readonly base_quantity_e6: number }

/** Goods leave for a customer who ordered them, reservation and all; invoiced in the same step or later. */
export const deliverHandler = handle(deliver, async (ctx, input) => {
  const order = await orderInHand(ctx, input.order_id)
  if (order.state !== 'confirmed') throw new Refusal('sales.orderStateForbids', { from: order.state, to: 'confirmed' })
  const isInvoiced = withInvoice(ctx, input.invoice)
  if (!isInvoiced && input.payments.length > 0) throw new Refusal('sales.paymentNeedsInvoice')
  const day = input.day ?? ctx.today
  const wanted = wantedParts(ctx, { order, parts: input.lines })
  const goods = wanted.filter((w) => w.line.kind === 'stocked')
  const services = wanted.filter((w) => w.line.kind === 'service')
  if (goods.length === 0 && (!isInvoiced || services.length === 0)) throw new Refusal('sales.nothingToDeliver', { number: order.number })

  const delivered = goods.length === 0 ? undefined : await deliverGoods(
    ctx,
    { order, goods, day, is_direct: isInvoiced ? 1 : 0, head: input },
  )
  if (!isInvoiced) {
    await settleState(ctx, [order])
    return saleResultOf({ delivered })
  }
  const invoice = await invoiceParts(ctx, {
    parts: wanted.map((w) => partOf(
      order,
      w,
      delivered && goods.includes(w) ? { delivery_id: delivered.delivery_id, line_no: goods.indexOf(w) + 1 } : undefined,
    )),
    head: { day, due_on: input.due_on, note: input.note },
  })
  const paid = await payFor(ctx, { document: invoice, party_id: order.party_id, day, payments: input.payments, order_ids: [order.id] })
  await settleState(ctx, [order])
  return saleResultOf({ delivered, invoice, paid })
})

type Head = { readonly ship_to?: string | null; readonly tracking: string | null; readonly note: string | null }

async function deliverGoods(
  ctx: CommandCtx,
  { order, goods, day, is_direct, head }: { order: Order; goods: readonly Wanted[]; day: string; is_direct: 0 | 1; head: Head },
): Promise<DeliveryPosted> {
  const posted = await postDelivery(ctx, {
    kind: 'delivery',
    party: await partyOf(ctx, order.party_id),
    day,
    warehouse_id: order.warehouse_id,
    is_direct,
    order_id: order.id,
    ship_to: head.ship_to === undefined ? order.ship_to : head.ship_to,
    tracking: head.tracking,
    note: head.note,
    lines: goods.map((w, i) => goodsLine(order, w, i + 1)),
  })
  for (const { line, base_quantity_e6 } of goods) line.delivered_e6 += base_quantity_e6
  return posted
}

function goodsLine(order: Order, { line, base_quantity_e6 }: Wanted, line_no: number): DeliveryLineDraft {
  const { price_e4: _price, ...measured } = measureOf({ line, part_e6: base_quantity_e6, base_unit: line.item.base_unit })
  return {
    line_no,
    item_id: line.item_id,
    description: line.description,
    ...measured,
    base_quantity_e6,
    order_id: order.id,
    order_line_no: line.line_no,
    plan: { kind: 'sales.order', id: order.id, line_no: line.line_no },
  }
}

const partOf = (
  order: Order,
  { line, base_quantity_e6 }: Wanted,
  delivery: OrderPart['delivery'],
): OrderPart => ({ order, line, part_e6: base_quantity_e6, delivery })

/** In one step or apart: as asked, else as the company does it. Invoicing against the company's way needs the right to invoice. */
export function withInvoice(ctx: CommandCtx, asked: 'with' | 'apart' | undefined): boolean {
  const usual = ctx.setting(invoiceWithDelivery) === 1
  if (asked === 'with' && !usual && !ctx.may('sales.invoice')) throw new Refusal('platform.notPermitted', { permission: 'sales.invoice' })
  return asked === undefined ? usual : asked === 'with'
}

/** What is to go now: the named parts, or all that remains. Refuses more than was ordered beyond what the company tolerates. */
function wantedParts(
  ctx: CommandCtx,
  { order, parts }: { order: Order; parts: readonly { order_line_no: number; quantity_e6: number }[] | undefined },
): Wanted[] {
  if (parts === undefined) {
    return order.lines.filter((line) => remaining(line) > 0).map((line) => ({ line, base_quantity_e6: remaining(line) }))
  }
  const taken = new Map<number, number>()
  return parts.map(({ order_line_no, quantity_e6 }) => {
    const line = lineOf(order.lines, order_line_no)
    const { base_quantity_e6 } = measure(line.item, { line_no: order_line_no, unit: line.unit, quantity_e6 })
    const before = taken.get(order_line_no) ?? 0
    taken.set(order_line_no, before + base_quantity_e6)
    assertOrdered(ctx, { line, wanted_e6: before + base_quantity_e6 })
    return { line, base_quantity_e6 }
  })
}

function assertOrdered(ctx: CommandCtx, { line, wanted_e6 }: { line: OrderLine; wanted_e6: number }): void {
  const beyond_e6 = mulDiv({ a: line.base_quantity_e6, b: ctx.setting(overDeliveryRate), divisor: 100_000_000, rounding: 'floor' })
  const done_e6 = line.kind === 'stocked' ? line.delivered_e6 : line.invoiced_e6
  const left_e6 = line.base_quantity_e6 - line.closed_e6 - done_e6
  if (wanted_e6 <= Math.max(0, left_e6 + (line.kind === 'stocked' ? beyond_e6 : 0))) return
  const { line_no, item } = line
  throw new Refusal(
    'sales.moreThanOrdered',
    { line_no, item_name: item.name, left_e6: Math.max(0, left_e6), wanted_e6, unit: item.base_unit },
  )
}
