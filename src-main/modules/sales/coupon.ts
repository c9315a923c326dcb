import { handle, type CommandCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { couponOffer } from '../promotions/index.ts'
import { applyCoupon, removeCoupon } from './contract.ts'
import { totalBefore } from './confirm-order.ts'
import { lineColumns } from './offer-rows.ts'
import { patchOrder, replaceLines } from './order.store.ts'
import { digitsOf, document, prepareOffer, type Prepared, type PreparedLine } from './prepare.ts'
import { priceLines } from './pricing.ts'
import { orderInHand, type Order } from './read-order.ts'

type Offer = Parameters<typeof prepareOffer>[1] & { readonly coupon_code?: string }
type Coupon = { readonly code: string; readonly total_minor: number; readonly amount_minor: number }

/** Works out a sale as sent, its coupon taken off as part of the whole discount. */
export async function withCoupon(ctx: CommandCtx, { coupon_code = '', ...offer }: Offer): Promise<{ prepared: Prepared; coupon: Coupon | undefined }> {
  const prepared = await prepareOffer(ctx, offer)
  if (coupon_code === '') return { prepared, coupon: undefined }
  if (offer.total_minor !== null) throw new Refusal('sales.twoDiscounts')
  const total_minor = prepared.prices_include_tax === 1 ? prepared.gross_minor : prepared.net_minor
  const { amount_minor } = await couponOffer(ctx, { code: coupon_code, party_id: offer.party_id, total_minor })
  return { prepared: await prepareOffer(ctx, { ...offer, discount_minor: offer.discount_minor + amount_minor }), coupon: { code: coupon_code, total_minor, amount_minor } }
}

async function draftInHand(ctx: CommandCtx, order_id: string): Promise<Order> {
  const order = await orderInHand(ctx, order_id)
  if (order.state !== 'draft') throw new Refusal('sales.orderNotDraft', { number: order.number, state: order.state })
  return order
}

/** The draft's amounts anew, with another discount on the whole. */
async function reprice(ctx: CommandCtx, { order, discount_minor, coupon_code, coupon_minor }: { order: Order; discount_minor: number; coupon_code: string | null; coupon_minor: number }) {
  const terms = order.lines.map((l) => ({ ...l, discount_minor: l.discount_rate_e8 === 0 ? l.discount_minor : null }))
  const amounts = priceLines(terms, { digits: digitsOf(ctx), prices_include_tax: order.prices_include_tax, discount_minor, total_minor: null })
  const lines: PreparedLine[] = order.lines.map((line, i) => ({ ...line, ...amounts[i]! }))
  const { net_minor, tax_minor, gross_minor } = document(lines)
  await patchOrder(ctx, order.id, { discount_minor, net_minor, tax_minor, gross_minor, coupon_code, coupon_minor })
  await replaceLines(ctx, order.id, lines.map((line) => ({ order_id: order.id, ...lineColumns(line) })))
  return { order_id: order.id, net_minor, tax_minor, gross_minor, coupon_minor }
}

/** A draft order gets the coupon's amount off; the coupon is used up when the order is confirmed. */
export const applyCouponHandler = handle(applyCoupon, async (ctx, { order_id, code }) => {
  const order = await draftInHand(ctx, order_id)
  if (order.coupon_code !== null) throw new Refusal('sales.couponApplied', { code: order.coupon_code })
  const { amount_minor } = await couponOffer(ctx, { code, party_id: order.party_id, total_minor: totalBefore(order) })
  return reprice(ctx, { order, discount_minor: order.discount_minor + amount_minor, coupon_code: code, coupon_minor: amount_minor })
})

export const removeCouponHandler = handle(removeCoupon, async (ctx, { order_id }) => {
  const order = await draftInHand(ctx, order_id)
  return reprice(ctx, { order, discount_minor: order.discount_minor - order.coupon_minor, coupon_code: null, coupon_minor: 0 })
})
