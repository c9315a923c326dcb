import { assert } from '../../kernel/assert.ts'
import { addDays } from '../../kernel/day.ts'
import type { CommandCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { taxRateOn } from '../catalog/index.ts'
import { partyOf } from '../parties/index.ts'
import { excessCost, type DeliveredLine, type LineKey } from './delivered.ts'
import { releaseAccruals } from './held-cost.ts'
import { postInvoice, type InvoiceLineDraft, type InvoicePosted } from './post-invoice.ts'
import { measureOf, partOfLine } from './posting.ts'
import { digitsOf } from './prepare.ts'
import type { Order, OrderLine } from './read-order.ts'

/** Some of an order's line that is to be invoiced now. */
export type OrderPart = {
  readonly order: Order
  readonly line: OrderLine
  /** Base units, above zero. */
  readonly part_e6: number
  /** The delivery line it left with; none for services. */
  readonly delivery: LineKey | undefined
  /** What happened to that delivery line, where it was delivered apart: its cost follows the invoice. */
  readonly delivered?: DeliveredLine
}

type Head = { readonly day: string; readonly due_on?: string; readonly reference?: string | null; readonly note?: string | null }

/**
 * Invoices parts of orders of one customer as one document: each takes its share of the order line's amounts, so that all parts together
 * come to the line, and, where the goods left earlier, the cost that goods delivered hold for it.
 */
export async function invoiceParts(ctx: CommandCtx, { parts, head }: { parts: readonly OrderPart[]; head: Head }): Promise<InvoicePosted> {
  const first = oneKindOf(parts)
  const party = await partyOf(ctx, first.party_id)
  const lines: InvoiceLineDraft[] = []
  for (const part of parts) lines.push(await invoiceLine(ctx, { part, line_no: lines.length + 1, day: head.day }))
  const order_ids = new Set(parts.map((p) => p.order.id))
  const posted = await postInvoice(ctx, {
    kind: 'invoice',
    party,
    day: head.day,
    due_on: head.due_on ?? addDays(head.day, party.terms_days),
    prices_include_tax: first.prices_include_tax,
    order_id: order_ids.size === 1 ? first.id : null,
    reference: head.reference,
    salesperson_id: first.salesperson_id,
    note: head.note,
    extra_of_order: first.extra,
    lines,
  })
  await releaseAccruals(ctx, {
    day: head.day,
    source: { kind: 'sales.invoice', id: posted.invoice_id, number: posted.number },
    lines: [...new Set(parts.map((p) => p.delivered).filter((d) => d !== undefined))],
  })
  return posted
}

/** The first order of parts that fit on one invoice. Refuses 'sales.cannotCombine' for several customers or kinds of price. */
function oneKindOf(parts: readonly OrderPart[]): Order {
  const first = parts[0]?.order
  assert(first, 'an invoice has lines')
  for (const { order } of parts) {
    if (order.party_id !== first.party_id || order.prices_include_tax !== first.prices_include_tax) {
      throw new Refusal('sales.cannotCombine', { number: first.number, other_number: order.number })
    }
  }
  return first
}

async function invoiceLine(
  ctx: CommandCtx,
  { part, line_no, day }: { part: OrderPart; line_no: number; day: string },
): Promise<InvoiceLineDraft> {
  const { order, line, part_e6, delivery, delivered } = part
  const measure = measureOf({ line, part_e6, base_unit: line.item.base_unit })
  const tax_rate_e8 = await taxRateOn(ctx, { tax_code: line.tax_code, day })
  const { prices_include_tax } = order
  const amounts = partOfLine({ line, taken: line.taken, part_e6, measure, tax_rate_e8, prices_include_tax, digits: digitsOf(ctx) })
  line.taken = {
    ...line.taken,
    base_quantity_e6: line.taken.base_quantity_e6 + part_e6,
    order_discount_minor: line.taken.order_discount_minor + amounts.order_discount_minor,
    net_minor: line.taken.net_minor + amounts.net_minor,
    gross_minor: line.taken.gross_minor + amounts.gross_minor,
  }
  line.invoiced_e6 += part_e6
  return {
    line_no,
    item_id: line.item_id,
    description: line.description,
    ...measure,
    base_quantity_e6: part_e6,
    discount_rate_e8: line.discount_rate_e8,
    tax_code: line.tax_code,
    tax_rate_e8,
    ...amounts,
    order_id: order.id,
    order_line_no: line.line_no,
    delivery_id: delivery?.delivery_id,
    delivery_line_no: delivery?.line_no,
    cost_minor: delivered ? costFor(delivered, part_e6) : 0,
  }
}

/** The cost that follows this part to cost of sales; its line knows from now on that the part is invoiced. */
function costFor(delivered: DeliveredLine, part_e6: number): number {
  delivered.invoiced_e6 += part_e6
  const cost_minor = excessCost(delivered)
  delivered.held_minor -= cost_minor
  return cost_minor
}
