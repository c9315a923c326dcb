import { addDays } from '../../kernel/day.ts'
import { handle, type CommandCtx } from '../../kernel/operation.ts'
import { itemsOf } from '../catalog/index.ts'
import { cashPartyId } from '../parties/index.ts'
import { deliverDirect } from './contract.ts'
import { warehouseOf } from './create-order.ts'
import { payFor } from './pay.ts'
import { postDelivery, type DeliveryPosted } from './post-delivery.ts'
import { postInvoice, type InvoiceLineDraft, type InvoicePosted } from './post-invoice.ts'
import { prepareOffer, type Prepared } from './prepare.ts'
import { saleResultOf } from './result.ts'

/** A sale over the counter, or by an invoice that nobody ordered before: goods leave, the invoice is made, money is taken. */
export const deliverDirectHandler = handle(deliverDirect, async (ctx, input) => {
  const { delivered, invoice, party_id, day } = await sell(ctx, input)
  const paid = await payFor(ctx, { document: invoice, party_id, day, payments: input.payments, order_ids: [] })
  return saleResultOf({ delivered, invoice, paid })
})

type SaleForm = Omit<Parameters<typeof prepareOffer>[1], 'party_id'> & {
  readonly party_id?: string
  readonly warehouse_id?: string
  readonly due_on?: string
  readonly ship_to: string | null
  readonly reference: string | null
  readonly salesperson_id?: string | null
  readonly note: string | null
  readonly extra: Readonly<Record<string, unknown>>
}

/** Works out the sale as sent and posts it. */
export async function sell(ctx: CommandCtx, form: SaleForm) {
  const party_id = form.party_id ?? (await cashPartyId(ctx))
  const prepared = await prepareOffer(ctx, { ...form, party_id })
  const warehouse_id = await warehouseOf(ctx, form.warehouse_id)
  const { due_on, ship_to, reference, note, extra } = form
  const salesperson_id = form.salesperson_id === undefined ? ctx.actor.id : form.salesperson_id
  const posted = await postSale(ctx, { prepared, warehouse_id, head: { due_on, ship_to, reference, note, extra, salesperson_id } })
  return { ...posted, party_id, day: prepared.day }
}

export type SaleDraft = {
  readonly prepared: Prepared
  readonly warehouse_id: string
  readonly head: {
    readonly due_on?: string
    readonly ship_to?: string | null
    readonly reference?: string | null
    readonly salesperson_id?: string | null
    readonly note?: string | null
    readonly extra?: Readonly<Record<string, unknown>>
  }
}

/**
 * Posts a sale in one step: a delivery of its goods, where it has any, and its invoice, whose lines name the delivery's. Imports call it
 * once for each document: reference data is read once in a command.
 */
export async function postSale(
  ctx: CommandCtx,
  { prepared, warehouse_id, head }: SaleDraft,
): Promise<{ delivered: DeliveryPosted | undefined; invoice: InvoicePosted }> {
  const { party, day, prices_include_tax, lines } = prepared
  const items = await itemsOf(ctx, lines.map((l) => l.item_id))
  const goods = lines.filter((line) => items.get(line.item_id)!.kind === 'stocked')
  const delivered =
    goods.length === 0
      ? undefined
      : await postDelivery(ctx, {
          kind: 'delivery',
          party,
          day,
          warehouse_id,
          is_direct: 1,
          ship_to: head.ship_to,
          note: head.note,
          lines: goods.map(({ line_no, item_id, description, unit, unit_numerator, unit_denominator, quantity_e6, base_quantity_e6 }) => ({
            line_no, item_id, description, unit, unit_numerator, unit_denominator, quantity_e6, base_quantity_e6,
          })),
        })
  const invoice = await postInvoice(ctx, {
    kind: 'invoice',
    party,
    day,
    due_on: head.due_on ?? addDays(day, party.terms_days),
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
