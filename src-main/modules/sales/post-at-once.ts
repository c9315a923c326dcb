import { addDays } from '../../kernel/day.ts'
import type { CommandCtx } from '../../kernel/operation.ts'
import { itemsOf } from '../catalog/index.ts'
import type { Basis } from '../inventory/index.ts'
import { postDelivery, type DeliveryPosted } from './post-delivery.ts'
import { negated, postInvoice, type InvoiceLineDraft, type InvoicePosted } from './post-invoice.ts'
import type { PreparedLine, Prepared } from './prepare.ts'

export type SaleDraft = {
  readonly prepared: Prepared
  readonly warehouse_id: string
  readonly head: {
    readonly due_on?: string
    readonly ship_to?: string | null
    readonly reference?: string | null
    readonly salesperson_id?: string | null
    readonly note?: string | null
    readonly extra?: string
  }
}

type Posted = { readonly delivered: DeliveryPosted | undefined; readonly invoice: InvoicePosted }

/**
 * Posts a sale in one step: a delivery of its goods, where it has any, and its invoice, whose lines name the delivery's. Imports call it
 * once for each document: reference data is read once in a command.
 */
export const postSale = (ctx: CommandCtx, draft: SaleDraft): Promise<Posted> =>
  postAtOnce(ctx, draft, {
    delivery: 'delivery',
    invoice: 'invoice',
    due_on: addDays(draft.prepared.day, draft.prepared.party.terms_days),
    lines: draft.prepared.lines,
    more: () => ({}),
  })

/**
 * Posts a return without an original in one step: its goods come back at the current cost, where it has any, and its credit note gives
 * the prepared amounts back. `prepared` has positive lines; `given_costs` (minor units, by line number) says what goods are worth whose
 * item has no cost yet. Imports call it once for each document.
 */
export const postReturn = (ctx: CommandCtx, draft: SaleDraft & { readonly given_costs?: ReadonlyMap<number, number> }): Promise<Posted> =>
  postAtOnce(ctx, draft, {
    delivery: 'return',
    invoice: 'credit_note',
    due_on: draft.prepared.day,
    lines: draft.prepared.lines.map(negated),
    more: (line_no) => ({ disposition: 'restock', basis: basisOf(draft.given_costs?.get(line_no)) }),
  })

const basisOf = (
  value_minor: number | undefined,
): Basis => (value_minor === undefined ? { kind: 'current' } : { kind: 'given', value_minor })

type Direction = {
  readonly delivery: 'delivery' | 'return'
  readonly invoice: 'invoice' | 'credit_note'
  readonly due_on: string
  /** Signed: negative comes back. */
  readonly lines: readonly PreparedLine[]
  /** What goods of a line say besides. */
  readonly more: (line_no: number) => { readonly disposition?: 'restock'; readonly basis?: Basis }
}

async function postAtOnce(ctx: CommandCtx, { prepared, warehouse_id, head }: SaleDraft, { lines, ...way }: Direction): Promise<Posted> {
  const { party, day, prices_include_tax } = prepared
  const items = await itemsOf(ctx, lines.map((l) => l.item_id))
  const goods = lines.filter((line) => items.get(line.item_id)!.kind === 'stocked')
  const delivered =
    goods.length === 0
      ? undefined
      : await postDelivery(ctx, {
          kind: way.delivery,
          party,
          day,
          warehouse_id,
          is_direct: 1,
          ship_to: head.ship_to,
          note: head.note,
          lines: goods.map(({ line_no, item_id, description, unit, unit_numerator, unit_denominator, quantity_e6, base_quantity_e6 }) => ({
            line_no, item_id, description, unit, unit_numerator, unit_denominator, quantity_e6, base_quantity_e6, ...way.more(line_no),
          })),
        })
  const invoice = await postInvoice(ctx, {
    kind: way.invoice,
    party,
    day,
    due_on: head.due_on ?? way.due_on,
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
