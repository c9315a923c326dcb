import { discountableAmount, lineDiscount, spreadDiscount } from '../../kernel/discount.ts'
import { big, powerOfTen } from '../../kernel/math.ts'
import { lineAmount } from '../../kernel/money.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { addExclusive, splitInclusive } from '../../kernel/tax.ts'

/** What decides a line's amount. The quantity may be negative (goods taken back); a discount amount then carries the same sign. */
export type LineTerms = {
  readonly line_no: number
  readonly quantity_e6: number
  readonly price_e4: number
  readonly discount_rate_e8: number
  /** The line's own discount as an amount; null: the rate says it. */
  readonly discount_minor: number | null
  readonly tax_rate_e8: number
}

export type LineAmounts = {
  readonly discount_minor: number
  readonly order_discount_minor: number
  readonly net_minor: number
  readonly tax_minor: number
  readonly gross_minor: number
}

export type Totals = { readonly net_minor: number; readonly tax_minor: number; readonly gross_minor: number }

export type PriceRules = {
  /** Decimals of the currency. */
  readonly digits: number
  readonly prices_include_tax: number
  /** The whole document's discount in minor units, in the document's kind of price; negative rounds up. */
  readonly discount_minor: number
  /** Or what the customer pays in all, tax included (抹零). */
  readonly total_minor: number | null
}

/** As the contracts bound money; sums of it stay exact. */
const LARGEST_MINOR = 90_000_000_000_000

/**
 * The amounts of a document's lines, in minor units: price × quantity half up per line, less its own discount, less its share of the
 * document's discount spread to the cent; then tax per line (features TX-02, DF-18): inclusive net = round(gross / (1 + rate)),
 * exclusive tax = round(net × rate). Where a total was agreed on exclusive prices, the discount is spread on the gross amounts and the
 * tax is worked out from within, so that the total is met exactly.
 * Refuses amounts beyond the contract's bound, two discounts at once, and a discount greater than the lines that carry it.
 */
export function priceLines(lines: readonly LineTerms[], rules: PriceRules): LineAmounts[] {
  if (rules.total_minor !== null && rules.discount_minor !== 0) throw new Refusal('sales.twoDiscounts')
  const own = lines.map((line) => amountBefore(line, rules.digits))
  const before = own.map((o) => o.before_minor)
  const { prices_include_tax } = rules
  if (rules.total_minor === null) {
    const shares = spread(rules.discount_minor, before)
    return lines.map((line, i) => ({
      discount_minor: own[i]!.discount_minor,
      order_discount_minor: shares[i]!,
      ...taxed({ amount_minor: before[i]! - shares[i]!, prices_include_tax, rate_e8: line.tax_rate_e8 }),
    }))
  }
  const whole = lines.map((line, i) => taxed({ amount_minor: before[i]!, prices_include_tax, rate_e8: line.tax_rate_e8 }))
  const shares = spread(totalsOf(whole).gross_minor - rules.total_minor, whole.map((w) => w.gross_minor))
  return lines.map((line, i) => {
    const amounts = shares[i] === 0 ? whole[i]! : inclusive(whole[i]!.gross_minor - shares[i]!, line.tax_rate_e8)
    const agreed = prices_include_tax === 1 ? amounts.gross_minor : amounts.net_minor
    return { discount_minor: own[i]!.discount_minor, order_discount_minor: before[i]! - agreed, ...amounts }
  })
}

/**
 * The amounts of the `free` lines of a document whose other lines are `kept` as they are, because they are invoiced: the document's
 * discount, or the agreed total, is met by the free lines alone. Refuses like `priceLines`.
 */
export function priceFreeLines({ free, kept, rules }: {
  free: readonly LineTerms[]
  kept: readonly LineAmounts[]
  rules: PriceRules
}): LineAmounts[] {
  const keptDiscount = kept.reduce((sum, k) => sum + k.order_discount_minor, 0)
  const keptGross = kept.reduce((sum, k) => sum + k.gross_minor, 0)
  if (rules.total_minor === null) {
    const discount_minor = rules.discount_minor - keptDiscount
    if (free.length === 0 && discount_minor !== 0) throw new Refusal('sales.discountTooLarge', { max_minor: keptDiscount })
    return priceLines(free, { ...rules, discount_minor })
  }
  if (rules.total_minor < keptGross) throw new Refusal('sales.discountTooLarge', { max_minor: 0 })
  return priceLines(free, { ...rules, total_minor: rules.total_minor - keptGross })
}

/** The amounts of an invoiced line whose quantity alone changes: its share of the document's discount stays. */
export function amountsWithShare(
  line: LineTerms,
  { order_discount_minor, rules }: { order_discount_minor: number; rules: PriceRules },
): LineAmounts {
  const { discount_minor, before_minor } = amountBefore(line, rules.digits)
  if (Math.abs(order_discount_minor) > Math.abs(before_minor)) {
    throw new Refusal('sales.discountTooLarge', { line_no: line.line_no, max_minor: Math.abs(before_minor) })
  }
  const amount_minor = before_minor - order_discount_minor
  const { prices_include_tax } = rules
  return { discount_minor, order_discount_minor, ...taxed({ amount_minor, prices_include_tax, rate_e8: line.tax_rate_e8 }) }
}

/** The sums of a document. Refuses a document beyond the contract's bound. */
export function totalsOf(lines: readonly Totals[]): Totals {
  const totals = lines.reduce(
    (sum, l) => ({
      net_minor: sum.net_minor + l.net_minor,
      tax_minor: sum.tax_minor + l.tax_minor,
      gross_minor: sum.gross_minor + l.gross_minor,
    }),
    { net_minor: 0, tax_minor: 0, gross_minor: 0 },
  )
  if (Math.abs(totals.gross_minor) > LARGEST_MINOR) throw new Refusal('sales.amountTooLarge')
  return totals
}

/** Splits an amount in the document's kind of price into net, tax and gross. */
export function taxed(given: { amount_minor: number; prices_include_tax: number; rate_e8: number }): Totals {
  return given.prices_include_tax === 1 ? inclusive(given.amount_minor, given.rate_e8) : exclusive(given.amount_minor, given.rate_e8)
}

const inclusive = (gross_minor: number, rate_e8: number): Totals => ({ ...splitInclusive({ gross_minor, rate_e8 }), gross_minor })
const exclusive = (net_minor: number, rate_e8: number): Totals => ({ net_minor, ...addExclusive({ net_minor, rate_e8 }) })

/** Price × quantity less the line's own discount, before the document's. */
function amountBefore(line: LineTerms, digits: number): { discount_minor: number; before_minor: number } {
  const { line_no, price_e4, quantity_e6 } = line
  const size = (big(price_e4) * big(Math.abs(quantity_e6)) * powerOfTen(digits)) / powerOfTen(10)
  if (size > big(LARGEST_MINOR)) throw new Refusal('sales.amountTooLarge', { line_no })
  const entered_minor = lineAmount({ price_e4, quantity_e6, digits })
  const discount_minor = line.discount_minor ?? lineDiscount({ gross_minor: entered_minor, rate_e8: line.discount_rate_e8 })
  if (Math.abs(discount_minor) > Math.abs(entered_minor)) {
    throw new Refusal('sales.discountTooLarge', { line_no, max_minor: Math.abs(entered_minor) })
  }
  return { discount_minor, before_minor: entered_minor - discount_minor }
}

/** Spreads the document's discount to the cent; refuses one that its lines cannot carry. */
function spread(discount_minor: number, amounts: readonly number[]): number[] {
  if (discount_minor === 0) return amounts.map(() => 0)
  const most = discountableAmount({ sign: discount_minor < 0 ? -1 : 1, line_amounts_minor: amounts })
  const isSurcharge = most === 0 && amounts.some((amount) => amount !== 0)
  if (!isSurcharge && Math.abs(discount_minor) > Math.abs(most)) throw new Refusal('sales.discountTooLarge', { max_minor: Math.abs(most) })
  return spreadDiscount({ discount_minor, line_amounts_minor: amounts })
}
