import type { CommandCtx } from '../../kernel/operation.ts'
import { snapshotOf } from '../parties/index.ts'
import { settledExtra } from '../platform/index.ts'
import type { Prepared, PreparedLine } from './prepare.ts'

/** What formulas of custom fields may speak of, of any priced document. */
export const OFFER_FIGURES = ['net_minor', 'tax_minor', 'gross_minor', 'discount_minor'] as const
export const offerFigures = ({ net_minor, tax_minor, gross_minor, discount_minor }: Record<(typeof OFFER_FIGURES)[number], number>) => ({
  net_minor, tax_minor, gross_minor, discount_minor,
})

type Offer = {
  readonly prepared: Prepared
  readonly form: OfferHead
  readonly target: 'sales.quote' | 'sales.order'
  /** The custom fields as they were. */
  readonly before?: string
}

/** The columns that quotes and orders share, from a prepared document. */
export async function offerColumns(ctx: CommandCtx, { prepared, form, target, before }: Offer) {
  const { party, day, currency, prices_include_tax, discount_minor, net_minor, tax_minor, gross_minor } = prepared
  return {
    party_id: party.id,
    party_snapshot: snapshotOf(party),
    day,
    currency,
    prices_include_tax,
    discount_minor,
    net_minor,
    tax_minor,
    gross_minor,
    salesperson_id: form.salesperson_id === undefined ? ctx.actor.id : form.salesperson_id,
    note: form.note || null,
    extra: await settledExtra(ctx, { target, given: form.extra, figures: offerFigures(prepared), ...(before === undefined ? {} : { before }) }),
  }
}

type OfferHead = {
  readonly salesperson_id?: string | null
  readonly note: string | null
  readonly extra: Readonly<Record<string, string | number | null>>
}

/** The columns of a priced line, for any of its tables. */
export const lineColumns = (line: PreparedLine): PreparedLine => ({
  line_no: line.line_no,
  item_id: line.item_id,
  description: line.description,
  unit: line.unit,
  unit_numerator: line.unit_numerator,
  unit_denominator: line.unit_denominator,
  quantity_e6: line.quantity_e6,
  base_quantity_e6: line.base_quantity_e6,
  price_e4: line.price_e4,
  discount_rate_e8: line.discount_rate_e8,
  discount_minor: line.discount_minor,
  order_discount_minor: line.order_discount_minor,
  tax_code: line.tax_code,
  tax_rate_e8: line.tax_rate_e8,
  net_minor: line.net_minor,
  tax_minor: line.tax_minor,
  gross_minor: line.gross_minor,
})
