import type { CommandCtx } from '../../kernel/operation.ts'
import { itemsOf } from '../catalog/index.ts'
import type { Basis } from '../inventory/index.ts'
import type { SaleDraft } from './deliver-direct.ts'
import { postDelivery, type DeliveryPosted } from './post-delivery.ts'
import { negated, postInvoice, type InvoiceLineDraft, type InvoicePosted } from './post-invoice.ts'

/**
 * Posts a return without an original in one step: its goods come back at the current cost, where it has any, and its credit note gives
 * the prepared amounts back. `prepared` has positive lines; `given_costs` (minor units, by line number) says what goods are worth whose
 * item has no cost yet. Imports call it once for each document.
 */
export async function postReturn(
  ctx: CommandCtx,
  { prepared, warehouse_id, head, given_costs }: SaleDraft & { readonly given_costs?: ReadonlyMap<number, number> },
): Promise<{ delivered: DeliveryPosted | undefined; invoice: InvoicePosted }> {
  const { party, day, prices_include_tax } = prepared
  const items = await itemsOf(ctx, prepared.lines.map((l) => l.item_id))
  const lines = prepared.lines.map(negated)
  const goods = lines.filter((line) => items.get(line.item_id)!.kind === 'stocked')
  const delivered =
    goods.length === 0
      ? undefined
      : await postDelivery(ctx, {
          kind: 'return',
          party,
          day,
          warehouse_id,
          is_direct: 1,
          note: head.note,
          lines: goods.map(({ line_no, item_id, description, unit, unit_numerator, unit_denominator, quantity_e6, base_quantity_e6 }) => ({
            line_no, item_id, description, unit, unit_numerator, unit_denominator, quantity_e6, base_quantity_e6, disposition: 'restock',
            basis: basisOf(given_costs?.get(line_no)),
          })),
        })
  const invoice = await postInvoice(ctx, {
    kind: 'credit_note',
    party,
    day,
    due_on: head.due_on ?? day,
    prices_include_tax,
    reference: head.reference,
    salesperson_id: head.salesperson_id,
    note: head.note,
    extra: head.extra,
    lines: lines.map((line): InvoiceLineDraft => {
      const isGoods = delivered !== undefined && items.get(line.item_id)!.kind === 'stocked'
      return isGoods ? { ...line, delivery_id: delivered.delivery_id, delivery_line_no: line.line_no } : line
    }),
  })
  return { delivered, invoice }
}

const basisOf = (
  value_minor: number | undefined,
): Basis => (value_minor === undefined ? { kind: 'current' } : { kind: 'given', value_minor })
