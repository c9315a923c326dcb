import { assert } from './assert.ts'
import { allocate, mulDiv } from './math.ts'

/** What a discount rate takes off a line, half up, with the line's sign. `rate_e8` runs from 0 to 100 % (100,000,000). */
export function lineDiscount({ gross_minor, rate_e8 }: { gross_minor: number; rate_e8: number }): number {
  assert(rate_e8 >= 0 && rate_e8 <= 100_000_000, 'a discount lies between 0 and 100 %')
  return mulDiv({ a: gross_minor, b: rate_e8, divisor: 100_000_000, rounding: 'halfUp' })
}

/**
 * The most that can be taken off these lines as one discount of this sign: the sum of the lines that carry that sign.
 * Callers refuse a greater discount by name before they spread it.
 */
export function discountableAmount({ sign, line_amounts_minor }: { sign: 1 | -1; line_amounts_minor: readonly number[] }): number {
  return line_amounts_minor.reduce((sum, amount) => (amount * sign > 0 ? sum + amount : sum), 0)
}

/**
 * Spreads one discount over the lines in proportion to their amounts, to the last minor unit: the parts sum to the discount and none
 * exceeds its line. A discount goes to the lines of its own sign only, so goods taken back inside a sale keep their amount.
 * Where no line has its sign it is a surcharge (rounding up) and goes to all lines by size.
 * Throws Defect when it exceeds its lines, or when there is no line to carry it.
 */
export function spreadDiscount(given: { discount_minor: number; line_amounts_minor: readonly number[] }): number[] {
  const { discount_minor, line_amounts_minor } = given
  if (discount_minor === 0) return line_amounts_minor.map(() => 0)
  const sign = discount_minor < 0 ? -1 : 1
  const carrying = discountableAmount({ sign, line_amounts_minor })
  const isSurcharge = carrying === 0
  const weights = line_amounts_minor.map((amount) => (isSurcharge || amount * sign > 0 ? Math.abs(amount) : 0))
  assert(weights.some((w) => w > 0), 'no line can carry the discount')
  assert(isSurcharge || Math.abs(discount_minor) <= Math.abs(carrying), `discount ${discount_minor} exceeds its lines ${carrying}`)
  return allocate(discount_minor, weights)
}
