import { handle } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { assertMove } from '../../kernel/states.ts'
import { dropPlans } from '../inventory/index.ts'
import { giveCouponBack, takePieces, writeClaims } from '../promotions/index.ts'
import { cancelOrder, orderStates } from './contract.ts'
import { isUntouched } from './order.ts'
import { patchOrder } from './order.store.ts'
import { orderInHand } from './read-order.ts'

/** The promise is taken back: nothing of it was posted, and its stock is free again. A deposit stays the customer's money. */
export const cancelOrderHandler = handle(cancelOrder, async (ctx, { order_id }) => {
  const order = await orderInHand(ctx, order_id)
  assertMove(orderStates, { from: order.state, to: 'cancelled', refusal: 'sales.orderStateForbids' })
  if (!isUntouched(order.lines)) throw new Refusal('sales.orderHasDocuments', { number: order.number })
  const source = { kind: 'sales.order', id: order_id }
  if (order.state === 'confirmed') {
    const pieces = await takePieces(ctx, { ...order, lines: [], source_id: order_id })
    await dropPlans(ctx, { source })
    await writeClaims(ctx, { rows: pieces, source })
    await giveCouponBack(ctx, order_id)
  }
  await patchOrder(ctx, order_id, { state: 'cancelled' })
  return { order_id }
})
