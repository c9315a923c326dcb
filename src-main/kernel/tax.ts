import { assert } from './assert.ts'
import { mulDiv } from './math.ts'

const ONE_E8 = 100_000_000

/**
 * Splits a tax-inclusive amount: net = gross / (1 + rate) half up, tax = gross − net, so both sum to the gross (either sign).
 * 1,030.00 at 1 % is 1,019.80 + 10.20, never gross × 0.99 (features DF-18).
 */
export function splitInclusive(given: { gross_minor: number; rate_e8: number }): { net_minor: number; tax_minor: number } {
  const { gross_minor, rate_e8 } = given
  assert(rate_e8 >= 0, 'a tax rate is not negative')
  const net_minor = mulDiv({ a: gross_minor, b: ONE_E8, divisor: ONE_E8 + rate_e8, rounding: 'halfUp' })
  return { net_minor, tax_minor: gross_minor - net_minor }
}

/** Adds tax to a tax-exclusive amount: tax = net × rate half up, gross = net + tax (either sign). */
export function addExclusive({ net_minor, rate_e8 }: { net_minor: number; rate_e8: number }): { tax_minor: number; gross_minor: number } {
  assert(rate_e8 >= 0, 'a tax rate is not negative')
  const tax_minor = mulDiv({ a: net_minor, b: rate_e8, divisor: ONE_E8, rounding: 'halfUp' })
  return { tax_minor, gross_minor: net_minor + tax_minor }
}
