import { handle, type CommandCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { reverseDelivery } from './contract.ts'
import { uninvoiced } from './delivered.ts'
import { settleHeld } from './held-cost.ts'
import { assertGoodsThere, assertReversible, deliveryToUndo, reopenOrders, rootOf, undoDelivery, type ToUndo } from './reversal.ts'

/** The goods are back where they were, as if they had never moved; what was invoiced must be undone by its invoice first. */
export const reverseDeliveryHandler = handle(reverseDelivery, async (ctx, input) => {
  const day = input.day ?? ctx.today
  const work = await deliveryToUndo(ctx, input.delivery_id)
  assertReversible(work.head, day)
  await assertApart(ctx, work)
  assertGoodsThere(work)
  assertNotInvoiced(work)

  const posted = await undoDelivery(ctx, { work, day, note: input.reason })
  const source = { kind: 'sales.delivery', id: posted.delivery_id, number: posted.number }
  await settleHeld(ctx, { day, source, lines: [...work.delivered.values()] })
  await reopenOrders(ctx, work.lines.map((l) => l.order_id))
  return { delivery_id: posted.delivery_id, number: posted.number }
})

/** Refuses a delivery that was invoiced in the same step: both go together, by the invoice. */
async function assertApart(ctx: CommandCtx, { head }: ToUndo): Promise<void> {
  if (head.is_direct === 0) return
  const invoice = await ctx.db.get<{ id: string; number: string }>(
    `select i.id, i.number from sales_invoice_line l join sales_invoice i on i.id = l.invoice_id where l.delivery_id = ?
           and i.kind <> 'reversal' order by i.id`,
    [head.id],
  )
  throw new Refusal('sales.reverseTheInvoice', { number: head.number, invoice_id: invoice?.id, invoice_number: invoice?.number })
}

function assertNotInvoiced(work: ToUndo): void {
  const { head, lines } = work
  for (const line of lines) {
    const root = rootOf(work, line)
    if (!root) throw new Refusal('sales.deliveryInvoiced', { number: head.number })
    // A return still waits for its credit note where at least its own quantity is not credited.
    const isCredited = root.credited_e6 > 0 && -uninvoiced(root) < -line.base_quantity_e6
    if (head.kind === 'delivery' ? root.invoiced_e6 !== root.credited_e6 : isCredited) throw new Refusal(
      'sales.deliveryInvoiced',
      { number: head.number },
    )
  }
}
