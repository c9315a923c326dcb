import { assert } from '../../kernel/assert.ts'
import { mulDiv, shareOf } from '../../kernel/math.ts'
import { lineAmount } from '../../kernel/money.ts'
import { fromBase } from '../../kernel/quantity.ts'
import type { LineInput } from '../accounting/index.ts'
import { taxed, type LineAmounts, type Totals } from './pricing.ts'

// Pure: which share of an order, invoice or cost a part takes, and what is posted for it. Minor units, base quantities in millionths.

/** A priced line as the tables keep it. */
export type PricedLine = LineAmounts & {
  readonly unit: string
  readonly unit_numerator: number
  readonly unit_denominator: number
  readonly quantity_e6: number
  readonly base_quantity_e6: number
  readonly price_e4: number
  readonly tax_rate_e8: number
}

/** What earlier parts took of a line, as positive numbers; `allowance_minor` is what of the gross went without a quantity. */
export type Taken = {
  readonly base_quantity_e6: number
  readonly order_discount_minor: number
  readonly net_minor: number
  readonly gross_minor: number
  readonly allowance_minor: number
}
export const nothingTaken: Taken = { base_quantity_e6: 0, order_discount_minor: 0, net_minor: 0, gross_minor: 0, allowance_minor: 0 }

/** The quantity of a part, in the unit that its line was entered in where that is exact, else in the base unit. */
export type Measure = Pick<PricedLine, 'unit' | 'unit_numerator' | 'unit_denominator' | 'quantity_e6' | 'price_e4'>
export function measureOf({ line, part_e6, base_unit }: { line: PricedLine; part_e6: number; base_unit: string }): Measure {
  const { unit, unit_numerator, unit_denominator, price_e4 } = line
  const quantity_e6 = fromBase(part_e6, { numerator: unit_numerator, denominator: unit_denominator })
  if (quantity_e6 !== undefined) return { unit, unit_numerator, unit_denominator, quantity_e6, price_e4 }
  const basePrice = mulDiv({ a: price_e4, b: unit_denominator, divisor: unit_numerator, rounding: 'halfUp' })
  return { unit: base_unit, unit_numerator: 1, unit_denominator: 1, quantity_e6: part_e6, price_e4: basePrice }
}

/**
 * A part's share of a line's total: its proportion of the whole, half up; the part that takes all the rest takes every cent of it, so that
 * parts sum to the whole. Where a price allowance has lowered what is left, the proportion is that of the rest. Beyond the rest (more
 * delivered than ordered) each unit adds its share of the whole.
 */
function shareOfLine(
  given: { whole_minor: number; taken_minor: number; whole_e6: number; takenPart_e6: number; part_e6: number; isLowered: boolean },
): number {
  const { whole_minor, taken_minor, whole_e6, takenPart_e6, part_e6, isLowered } = given
  const left_e6 = Math.max(0, whole_e6 - takenPart_e6)
  const rest_minor = whole_minor - taken_minor
  if (part_e6 <= left_e6) {
    return isLowered
      ? shareOf({ total_minor: rest_minor, part: part_e6, whole: left_e6, taken_minor: 0, takenPart: 0 })
      : shareOf({ total_minor: whole_minor, part: part_e6, whole: whole_e6, taken_minor, takenPart: takenPart_e6 })
  }
  const beyond_minor = mulDiv({ a: whole_minor, b: part_e6 - left_e6, divisor: whole_e6, rounding: 'halfUp' })
  return (left_e6 > 0 ? rest_minor : 0) + beyond_minor
}

/**
 * The amounts of a part of a line, when earlier parts took `taken`: an invoice for some of an order line, a credit for some of an invoice
 * line. Price and discounts follow the line; where the tax rate is another one on the part's day, its tax is worked out anew.
 * All numbers are positive; callers turn the sign for credits.
 */
export function partOfLine(given: {
  line: PricedLine
  taken: Taken
  part_e6: number
  measure: Measure
  tax_rate_e8: number
  prices_include_tax: number
  digits: number
}): LineAmounts {
  const { line, taken, part_e6, measure, tax_rate_e8, prices_include_tax, digits } = given
  assert(part_e6 > 0, 'a part is greater than nothing')
  const quantities = {
    whole_e6: line.base_quantity_e6,
    takenPart_e6: taken.base_quantity_e6,
    part_e6,
    isLowered: taken.allowance_minor !== 0,
  }
  const share = (whole_minor: number, taken_minor: number): number => shareOfLine({ whole_minor, taken_minor, ...quantities })
  const net_minor = share(line.net_minor, taken.net_minor)
  const gross_minor = share(line.gross_minor, taken.gross_minor)
  const agreed_minor = prices_include_tax === 1 ? gross_minor : net_minor
  const order_discount_minor = share(line.order_discount_minor, taken.order_discount_minor)
  const discount_minor = lineAmount({ ...measure, digits }) - order_discount_minor - agreed_minor
  const amounts: Totals =
    tax_rate_e8 === line.tax_rate_e8
      ? withTax({ agreed_minor, prices_include_tax, tax_minor: taxWithin({ line, taken, part_e6, tax_minor: gross_minor - net_minor }) })
      : taxed({ amount_minor: agreed_minor, prices_include_tax, rate_e8: tax_rate_e8 })
  return { discount_minor, order_discount_minor, ...amounts }
}

const withTax = ({ agreed_minor, prices_include_tax, tax_minor }: {
  agreed_minor: number
  prices_include_tax: number
  tax_minor: number
}): Totals =>
  prices_include_tax === 1
    ? { net_minor: agreed_minor - tax_minor, tax_minor, gross_minor: agreed_minor }
    : { net_minor: agreed_minor, tax_minor, gross_minor: agreed_minor + tax_minor }

/** Net and gross are rounded each for itself: where next to no tax is left, their difference may leave its bounds by a cent. */
function taxWithin({ line, taken, part_e6, tax_minor }: { line: PricedLine; taken: Taken; part_e6: number; tax_minor: number }): number {
  const isBeyond = part_e6 > line.base_quantity_e6 - taken.base_quantity_e6
  const left_minor = line.gross_minor - line.net_minor - (taken.gross_minor - taken.net_minor)
  return Math.max(0, isBeyond ? tax_minor : Math.min(tax_minor, left_minor))
}

/**
 * A price allowance on a line of which `left` is not credited yet: `amount_minor` in the document's kind of price. The tax follows the
 * line; an allowance of all that is left takes every cent. Undefined when it is more than is left.
 */
export function allowanceOf(
  given: { amount_minor: number; left: Totals; rate_e8: number; prices_include_tax: number },
): Totals | undefined {
  const { amount_minor, left, rate_e8, prices_include_tax } = given
  const left_minor = prices_include_tax === 1 ? left.gross_minor : left.net_minor
  if (amount_minor > left_minor) return undefined
  if (amount_minor === left_minor) return left
  const split = taxed({ amount_minor, prices_include_tax, rate_e8 })
  const tax_minor = Math.min(split.tax_minor, left.tax_minor)
  return withTax({ agreed_minor: amount_minor, prices_include_tax, tax_minor })
}

/**
 * The cost that belongs in "goods delivered, not invoiced" for one delivery line: its cost for the units not invoiced (negative: returned
 * and not credited). What the account holds beyond it goes on to cost of sales, so that nothing stays when all is invoiced.
 */
export function heldCost(given: { cost_minor: number; delivered_e6: number; uninvoiced_e6: number }): number {
  const { cost_minor, delivered_e6, uninvoiced_e6 } = given
  if (uninvoiced_e6 === 0) return 0
  return mulDiv({ a: cost_minor, b: uninvoiced_e6, divisor: delivered_e6, rounding: 'halfUp' })
}


/** Goods leave at this cost (negative, in red: they come back); to cost of sales where they are invoiced in the same step. */
export function deliveryEntry({ cost_minor, is_direct }: { cost_minor: number; is_direct: number }): LineInput[] {
  return [
    { role: is_direct === 1 ? 'cost_of_sales' : 'goods_delivered', debit_minor: cost_minor },
    { role: 'inventory', credit_minor: cost_minor },
  ]
}

/** Cost goes on from goods delivered to cost of sales (negative: back). */
export function costEntry(cost_minor: number): LineInput[] {
  return [
    { role: 'cost_of_sales', debit_minor: cost_minor },
    { role: 'goods_delivered', credit_minor: cost_minor },
  ]
}

/** An invoice, or in red a credit note: the customer owes the gross, net is revenue, tax is owed; the cost of goods sent apart follows. */
export function invoiceEntry({ party_id, totals, cost_minor }: { party_id: string; totals: Totals; cost_minor: number }): LineInput[] {
  return [
    { role: 'receivable', party_id, debit_minor: totals.gross_minor },
    { role: 'revenue', credit_minor: totals.net_minor },
    { role: 'output_tax', credit_minor: totals.tax_minor },
    ...costEntry(cost_minor),
  ]
}

/** Revenue and cost of goods delivered and not invoiced when books are closed (negative: taken back when they are invoiced). */
export function accrualEntry({ party_id, revenue_minor, cost_minor }: {
  party_id: string
  revenue_minor: number
  cost_minor: number
}): LineInput[] {
  return [
    { role: 'accrued_receivable', party_id, debit_minor: revenue_minor },
    { role: 'revenue', credit_minor: revenue_minor },
    ...costEntry(cost_minor),
  ]
}

/** Scrapped goods: lost at this cost; Chinese books pass losses of property through 1901 first. */
export function scrapEntry({ cost_minor, profile }: { cost_minor: number; profile: string }): LineInput[] {
  const loss: LineInput = { role: 'inventory_loss', debit_minor: cost_minor }
  const stock: LineInput = { role: 'inventory', credit_minor: cost_minor }
  if (profile !== 'cn-small') return [loss, stock]
  return [{ role: 'pending_property', debit_minor: cost_minor }, stock, loss, { role: 'pending_property', credit_minor: cost_minor }]
}
