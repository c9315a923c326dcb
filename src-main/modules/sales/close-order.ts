import { handle } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { planGoods } from './confirm-order.ts'
import { closeOrder } from './contract.ts'
import { remaining, stateAfter } from './order.ts'
import { closeLines, patchOrder } from './order.store.ts'
import { orderInHand, type OrderLine } from './read-order.ts'
import { takePieces, writeClaims } from '../promotions/index.ts'

/** What is still expected is given up, of the whole order or of some lines; its stock is free again. */
export const closeOrderHandler = handle(closeOrder, async (ctx, { order_id, line_nos }) => {
  const order = await orderInHand(ctx, order_id)
  if (order.state !== 'confirmed') throw new Refusal('sales.orderStateForbids', { from: order.state, to: 'closed' })
  const wanted = line_nos === undefined ? order.lines : line_nos.map((line_no) => lineOf(order.lines, line_no))
  const closing = wanted.filter((line) => remaining(line) > 0)
  if (closing.length === 0) throw new Refusal('sales.nothingToClose', { number: order.number })

  for (const line of closing) line.closed_e6 += remaining(line)
  const pieces = await takePieces(ctx, { ...order, lines: order.lines.map((l) => ({ ...l, base_quantity_e6: l.base_quantity_e6 - l.closed_e6 })), source_id: order_id })
  await closeLines(ctx, { order_id, lines: closing })
  await planGoods(ctx, order)
  await writeClaims(ctx, { rows: pieces, source: { kind: 'sales.order', id: order_id } })
  const state = stateAfter(order.lines)
  if (state === 'closed') await patchOrder(ctx, order_id, { state })
  return { order_id, state }
})

/** The line of an order with this number. Refuses 'sales.lineUnknown'. */
export function lineOf(lines: readonly OrderLine[], line_no: number): OrderLine {
  const line = lines.find((l) => l.line_no === line_no)
  if (!line) throw new Refusal('sales.lineUnknown', { line_no })
  return line
}
