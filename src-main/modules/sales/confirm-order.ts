import type { InputOf } from '../../kernel/contract.ts'
import { handle, type CommandCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { setPlans, stockLocationOf, type PlanSet } from '../inventory/index.ts'
import { partyOf, type PartyInfo } from '../parties/index.ts'
import { takePieces, useCoupon, watchStock, writeClaims } from '../promotions/index.ts'
import { assertExtraComplete, takeNumber } from '../platform/index.ts'
import { confirmOrder } from './contract.ts'
import { owedBy } from './credit.ts'
import { assertConfirmable, latestPromise, toDeliver } from './order.ts'
import { confirmDraft } from './order.store.ts'
import { orderInHand, type Order } from './read-order.ts'

/** A draft becomes a promise: it is checked, its goods are reserved, and it gets its number. */
export const confirmOrderHandler = handle(confirmOrder, async (ctx, input) => {
  const order = await confirmable(ctx, input)
  const source = { kind: 'sales.order', id: order.id }
  const pieces = await takePieces(ctx, order)
  const plans = await planGoods(ctx, order)
  await writeClaims(ctx, { rows: pieces, source })
  if (order.coupon_code !== null) await useCoupon(ctx, { code: order.coupon_code, party_id: order.party_id, amount_minor: order.coupon_minor, total_minor: totalBefore(order), source })
  const promised_on = latestPromise(plans)
  const number = await takeNumber(ctx, { series: 'sales.order', day: order.day })
  await confirmDraft(ctx, { order, number, promised_on, plans })
  await watchStock(ctx, goodsOf(order))
  return { order_id: order.id, number, promised_on, lines: plans }
})

/** A draft that could be confirmed now: nothing is written. Refuses what confirming it refuses. */
export async function confirmable(ctx: CommandCtx, { order_id, override_credit_reason }: InputOf<typeof confirmOrder>): Promise<Order> {
  const order = await orderInHand(ctx, order_id)
  // A closed order also goes back to confirmed, by itself, when a delivery is undone: only a draft is confirmed by a person.
  if (order.state !== 'draft') throw new Refusal('sales.orderStateForbids', { from: order.state, to: 'confirmed' })
  // A draft made of a quote or of a file was asked for nothing.
  assertExtraComplete(ctx, { target: 'sales.order', extra: order.extra })
  const party = await partyOf(ctx, order.party_id)
  assertConfirmable({
    party,
    items: order.lines.map(({ line_no, item }) => ({ line_no, ...item })),
    owed_minor: await owedWhereLimited(ctx, party),
    order_minor: order.gross_minor,
    overridesCredit: override_credit_reason !== undefined && ctx.may('sales.overrideCredit'),
  })
  return order
}

/** The order's total before its coupon, in its kind of price: what the coupon's least is measured by. */
export const totalBefore = ({ prices_include_tax, net_minor, gross_minor, coupon_minor }: Pick<Order, 'prices_include_tax' | 'net_minor' | 'gross_minor' | 'coupon_minor'>): number =>
  (prices_include_tax === 1 ? gross_minor : net_minor) + coupon_minor

/** The items of an order that are kept in stock. */
export const goodsOf = (order: Order): string[] => order.lines.filter((l) => l.kind === 'stocked').map((l) => l.item_id)

/** What the customer owes is read only where a limit asks for it. */
export const owedWhereLimited = async (ctx: CommandCtx, party: PartyInfo): Promise<number> =>
  party.credit_limit_minor === null ? 0 : owedBy(ctx.db, party.id)

/** Plans what is still to deliver, so that inventory reserves what is there and promises a day for what is not. */
export async function planGoods(ctx: CommandCtx, order: Order): Promise<PlanSet[]> {
  const location_id = await stockLocationOf(ctx, order.warehouse_id)
  const due_on = order.wanted_on ?? order.day
  const goods = order.lines.filter((line) => line.kind === 'stocked')
  const plans = await setPlans(ctx, {
    source: { kind: 'sales.order', id: order.id },
    lines: goods.map((line) => ({
      line_no: line.line_no,
      direction: 'out',
      item_id: line.item_id,
      location_id,
      quantity_e6: toDeliver(line),
      due_on,
    })),
  })
  return plans.filter((_, i) => toDeliver(goods[i]!) > 0)
}
