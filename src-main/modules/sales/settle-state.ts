import type { CommandCtx } from '../../kernel/operation.ts'
import { assertMove } from '../../kernel/states.ts'
import { orderStates } from './contract.ts'
import { stateAfter } from './order.ts'
import { patchOrder } from './order.store.ts'
import type { Order } from './read-order.ts'

/** Closes orders of which nothing is left to deliver or to invoice, and opens those again where something is. */
export async function settleState(ctx: CommandCtx, orders: Iterable<Order>): Promise<void> {
  for (const order of orders) {
    const state = stateAfter(order.lines)
    if (state === order.state) continue
    assertMove(orderStates, { from: order.state, to: state, refusal: 'sales.orderStateForbids' })
    await patchOrder(ctx, order.id, { state })
    order.state = state
  }
}
