import type { CommandCtx } from '../../kernel/operation.ts'
import { snapshotOf } from '../parties/index.ts'
import { settledExtra } from '../platform/index.ts'
import type { Prepared, PreparedLine } from './prepare.ts'

/** What formulas of custom fields may speak of, of any priced document. */
export const OFFER_FIGURES = ['net_minor', 'tax_minor', 'gross_minor', 'discount_minor'] as const
export const offerFigures = ({ net_minor, tax_minor, gross_minor, discount_minor }: Record<(typeof OFFER_FIGURES)[number], number>) => ({
  net_minor, tax_minor, gross_minor, discount_minor,
})

type Settling = {
  readonly target: 'sales.quote' | 'sales.order'
  readonly prepared: Prepared
  readonly given: Readonly<Record<string, string | number | null>>
  /** The custom fields as they were. */
  readonly before?: string
}

/** The column of custom fields, from what was sent and the document's sums. */
export const offerExtra = (ctx: CommandCtx, { prepared, ...rest }: Settling): Promise<string> =>
  settledExtra(ctx, { ...rest, figures: offerFigures(prepared) })

/** The columns that quotes and orders share, from a prepared document. */
export function offerColumns(ctx: CommandCtx, { prepared, form, extra }: { prepared: Prepared; form: OfferHead; extra: string }) {
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
    extra,
  }
}

type OfferHead = {
  readonly salesperson_id?: string | null
  readonly note: string | null
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
  promotion_id: line.promotion_id ?? null,
})
