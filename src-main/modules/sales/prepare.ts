import type { CommandCtx } from '../../kernel/operation.ts'
import { currencyOf } from '../../kernel/money.ts'
import { toBase } from '../../kernel/quantity.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { itemsOf, ratioOf, taxRateOn, type ItemInfo } from '../catalog/index.ts'
import { assertVisible, partyOf, type PartyInfo } from '../parties/index.ts'
import type { LineForm } from './contract-forms.ts'
import { priceLines, totalsOf, type LineTerms, type PriceRules, type Totals } from './pricing.ts'
import type { PricedLine } from './posting.ts'

/** A line with its terms looked up and its amounts worked out. */
export type PreparedLine = PricedLine & {
  readonly line_no: number
  readonly item_id: string
  readonly description: string | null
  readonly discount_rate_e8: number
  readonly tax_code: string | null
  /** The flash sale whose pieces these are. */
  readonly promotion_id?: string | null
}

/** A line before its amounts: what was sent, with the item's unit and tax. */
export type MeasuredLine = LineTerms & Omit<PreparedLine, keyof Totals | 'discount_minor' | 'order_discount_minor'>

export type Prepared = Totals & {
  readonly party: PartyInfo
  readonly day: string
  readonly currency: string
  readonly prices_include_tax: number
  /** The whole document's discount, the sum of its lines' shares. */
  readonly discount_minor: number
  readonly lines: readonly PreparedLine[]
}

type Offer = {
  readonly party_id: string
  readonly day?: string
  readonly prices_include_tax?: number
  readonly discount_minor: number
  readonly total_minor: number | null
  readonly lines: readonly LineForm[]
}

/** Decimals of the company's money. */
export const digitsOf = (ctx: Pick<CommandCtx, 'company'>): number => currencyOf(ctx.company.currency).digits

/** The customer of a new document: known, visible to the actor, and still dealt with. */
export async function customerOf(ctx: CommandCtx, party_id: string): Promise<PartyInfo> {
  const party = await partyOf(ctx, party_id)
  await assertVisible(ctx, party_id)
  if (party.is_active === 0) throw new Refusal('sales.partyInactive', { party_name: party.name })
  return party
}

/** Works out a document as sent: items, units, tax rates of its day, amounts and discounts to the cent. Lines are numbered as they come. */
export async function prepareOffer(ctx: CommandCtx, offer: Offer): Promise<Prepared> {
  const party = await customerOf(ctx, offer.party_id)
  const day = offer.day ?? ctx.today
  const prices_include_tax = offer.prices_include_tax ?? ctx.company.prices_include_tax
  const lines = offer.lines.map((line, i) => ({ ...line, line_no: i + 1 }))
  await assertSold(ctx, lines)
  const measured = await measureLines(ctx, { lines, day })
  const { discount_minor, total_minor } = offer
  const rules: PriceRules = { digits: digitsOf(ctx), prices_include_tax, discount_minor, total_minor }
  const amounts = priceLines(measured, rules)
  return {
    party,
    day,
    currency: ctx.company.currency,
    prices_include_tax,
    ...document(measured.map((line, i) => ({ ...line, ...amounts[i]! }))),
  }
}

/** The sums of a document over its lines. */
export function document(lines: readonly PreparedLine[]): Totals & {
  readonly discount_minor: number
  readonly lines: readonly PreparedLine[]
} {
  return { ...totalsOf(lines), discount_minor: lines.reduce((sum, l) => sum + l.order_discount_minor, 0), lines }
}

/** Refuses 'sales.itemInactive' for what is not sold any more. */
export async function assertSold(ctx: CommandCtx, lines: readonly { readonly line_no: number; readonly item_id: string }[]): Promise<void> {
  const items = await itemsOf(ctx, lines.map((l) => l.item_id))
  for (const { line_no, item_id } of lines) {
    const item = items.get(item_id)!
    if (item.is_active === 0) throw new Refusal('sales.itemInactive', { line_no, item_code: item.code, item_name: item.name })
  }
}

/** Looks up item, unit and tax rate of each line. Refuses unknown units, and quantities that are no whole millionth. */
export async function measureLines(
  ctx: CommandCtx,
  { lines, day }: { lines: readonly (LineForm & { line_no: number })[]; day: string },
): Promise<MeasuredLine[]> {
  const items = await itemsOf(ctx, lines.map((l) => l.item_id))
  const measured: MeasuredLine[] = []
  for (const line of lines) {
    const item = items.get(line.item_id)!
    const tax_code = line.tax_code ?? item.tax_code
    measured.push({
      line_no: line.line_no,
      item_id: item.id,
      description: line.description === '' ? null : line.description,
      ...measure(item, line),
      price_e4: line.price_e4,
      discount_rate_e8: line.discount_rate_e8,
      discount_minor: line.discount_minor,
      tax_code,
      tax_rate_e8: await taxRateOn(ctx, { tax_code, day }),
      promotion_id: line.promotion_id ?? null,
    })
  }
  return measured
}

const LARGEST_E6 = 1_000_000_000_000_000

/** The quantity of a line in its unit and in base units. Refuses a quantity that is not exact, or beyond the contract's bound. */
export function measure(item: ItemInfo, line: { readonly line_no: number; readonly unit: string | null; readonly quantity_e6: number }) {
  const unit = line.unit ?? item.base_unit
  const ratio = ratioOf(item, unit)
  const base_quantity_e6 = toBase(line.quantity_e6, ratio)
  if (base_quantity_e6 === undefined || Math.abs(base_quantity_e6) > LARGEST_E6) {
    throw new Refusal('sales.quantityNotExact', { line_no: line.line_no, item_name: item.name, unit, quantity_e6: line.quantity_e6 })
  }
  return { unit, unit_numerator: ratio.numerator, unit_denominator: ratio.denominator, quantity_e6: line.quantity_e6, base_quantity_e6 }
}
