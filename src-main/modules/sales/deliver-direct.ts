import { handle, type CommandCtx } from '../../kernel/operation.ts'
import { cashPartyId } from '../parties/index.ts'
import { settledExtra } from '../platform/index.ts'
import { deliverDirect } from './contract.ts'
import { warehouseOf } from './create-order.ts'
import { offerFigures } from './offer-rows.ts'
import { payFor } from './pay.ts'
import { postSale } from './post-at-once.ts'
import { prepareOffer } from './prepare.ts'
import { saleResultOf } from './result.ts'
import { takePieces, useCoupon, watchStock, writeClaims } from '../promotions/index.ts'
import { withCoupon } from './coupon.ts'

/** A sale over the counter, or by an invoice that nobody ordered before: goods leave, the invoice is made, money is taken. */
export const deliverDirectHandler = handle(deliverDirect, async (ctx, input) => {
  const { delivered, invoice, party_id, day } = await sell(ctx, input)
  const paid = await payFor(ctx, { document: invoice, party_id, day, payments: input.payments, order_ids: [] })
  return saleResultOf({ delivered, invoice, paid })
})

type SaleForm = Omit<Parameters<typeof prepareOffer>[1], 'party_id'> & {
  readonly coupon_code?: string
  readonly party_id?: string
  readonly warehouse_id?: string
  readonly due_on?: string
  readonly ship_to: string | null
  readonly reference: string | null
  readonly salesperson_id?: string | null
  readonly note: string | null
  readonly extra: Readonly<Record<string, string | number | null>>
}

/** Works out the sale as sent and posts it. */
export async function sell(ctx: CommandCtx, form: SaleForm) {
  const party_id = form.party_id ?? (await cashPartyId(ctx))
  const { prepared, coupon } = await withCoupon(ctx, { ...form, party_id })
  const warehouse_id = await warehouseOf(ctx, form.warehouse_id)
  const { due_on, ship_to, reference, note } = form
  const extra = await settledExtra(ctx, { target: 'sales.invoice', given: form.extra, figures: offerFigures(prepared) })
  const salesperson_id = form.salesperson_id === undefined ? ctx.actor.id : form.salesperson_id
  const pieces = await takePieces(ctx, { party_id, warehouse_id, lines: prepared.lines.map((l) => ({ ...l, promotion_id: l.promotion_id ?? null })) })
  const posted = await postSale(ctx, { prepared, warehouse_id, head: { due_on, ship_to, reference, note, extra, salesperson_id } })
  const source = { kind: 'sales.invoice', id: posted.invoice.invoice_id }
  await writeClaims(ctx, { rows: pieces, source })
  if (coupon) await useCoupon(ctx, { ...coupon, party_id, source })
  await watchStock(ctx, prepared.lines.map((l) => l.item_id))
  return { ...posted, party_id, day: prepared.day }
}
