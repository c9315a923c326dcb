import { handle } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { updateOrder } from './contract.ts'
import { warehouseOf } from './create-order.ts'
import { lineColumns, offerColumns, offerExtra } from './offer-rows.ts'
import { patchOrder, replaceLines } from './order.store.ts'
import { prepareOffer } from './prepare.ts'
import { orderInHand } from './read-order.ts'

export const updateOrderHandler = handle(updateOrder, async (ctx, input) => {
  const { order_id } = input
  const order = await orderInHand(ctx, order_id)
  if (order.state !== 'draft') throw new Refusal('sales.orderNotDraft', { number: order.number, state: order.state })
  // The discount that is sent back holds the coupon's amount: it is taken off first.
  if (order.coupon_code !== null) throw new Refusal('sales.couponApplied', { code: order.coupon_code })
  const prepared = await prepareOffer(ctx, input)
  const warehouse_id = await warehouseOf(ctx, input.warehouse_id)
  const { wanted_on, ship_to, customer_reference } = input
  const extra = await offerExtra(ctx, { target: 'sales.order', prepared, given: input.extra, before: order.extra })
  const head = offerColumns(ctx, { prepared, form: input, extra })
  await patchOrder(
    ctx,
    order_id,
    { ...head, warehouse_id, wanted_on, ship_to: ship_to || null, customer_reference: customer_reference || null },
  )
  await replaceLines(ctx, order_id, prepared.lines.map((line) => ({ order_id, ...lineColumns(line) })))
  const { net_minor, tax_minor, gross_minor } = prepared
  return { order_id, net_minor, tax_minor, gross_minor }
})
