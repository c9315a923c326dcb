import { assert, safe } from './assert.ts'

/** How a division ends: `halfUp` takes a half away from zero (so −x mirrors x), `floor` towards −∞, `ceil` towards +∞. */
export type Rounding = 'halfUp' | 'floor' | 'ceil'

/** Widens a whole number for exact arithmetic. Throws Defect for fractions and for numbers that have already lost digits. */
export function big(value: number): bigint {
  assert(Number.isSafeInteger(value), `${value} is not a safe integer`)
  return BigInt(value)
}

/** 10 to the power of a small exponent (0..20), exact. */
export function powerOfTen(exponent: number): bigint {
  const power = POWERS_OF_TEN[exponent]
  assert(power !== undefined, `${exponent} is no exponent between 0 and 20`)
  return power
}

const POWERS_OF_TEN: readonly bigint[] = Array.from({ length: 21 }, (_, exponent) => 10n ** BigInt(exponent))

/** dividend / divisor as a whole number, rounded as named. Throws Defect for the divisor 0. */
export function divide({ dividend, divisor, rounding }: { dividend: bigint; divisor: bigint; rounding: Rounding }): bigint {
  assert(divisor !== 0n, 'division by zero')
  const [n, d] = divisor < 0n ? [-dividend, -divisor] : [dividend, divisor]
  const quotient = n / d
  const remainder = n % d
  if (remainder === 0n) return quotient
  const sign = n < 0n ? -1n : 1n
  if (rounding === 'floor') return sign < 0n ? quotient - 1n : quotient
  if (rounding === 'ceil') return sign < 0n ? quotient : quotient + 1n
  return remainder * sign * 2n >= d ? quotient + sign : quotient
}

/** a × b / divisor without losing a digit on the way. Throws Defect for the divisor 0 and for a result beyond the safe integers. */
export function mulDiv({ a, b, divisor, rounding }: { a: number; b: number; divisor: number; rounding: Rounding }): number {
  const product = a * b
  // A product that is a safe integer was not rounded, so plain numbers say the same; most lines of most documents are this small.
  const isExact = Number.isSafeInteger(product) && Number.isSafeInteger(a) && Number.isSafeInteger(b) && Number.isSafeInteger(divisor) && divisor > 0
  if (isExact) return divideExactly({ dividend: product, divisor, rounding })
  return safe(divide({ dividend: big(a) * big(b), divisor: big(divisor), rounding }))
}

/** `divide` for safe integers: the remainder of two of them is exact, and so is everything that follows from it. */
function divideExactly({ dividend, divisor, rounding }: { dividend: number; divisor: number; rounding: Rounding }): number {
  const remainder = dividend % divisor
  // `+ 0` turns −0 into 0.
  const quotient = (dividend - remainder) / divisor + 0
  if (remainder === 0) return quotient
  const sign = dividend < 0 ? -1 : 1
  if (rounding === 'floor') return sign < 0 ? quotient - 1 : quotient
  if (rounding === 'ceil') return sign < 0 ? quotient : quotient + 1
  // Written without doubling, which could leave the safe integers.
  return remainder * sign >= divisor - remainder * sign ? quotient + sign : quotient
}

/**
 * Cuts a total (minor units, either sign) into parts in proportion to the weights (whole, not negative), by largest remainder:
 * every part is within one unit of its exact share, ties go to the lower index, and the parts sum to the total.
 * When all weights are 0 the last part takes everything. Throws Defect when there is something to cut and nobody to take it.
 */
export function allocate(total_minor: number, weights: readonly number[]): number[] {
  assert(weights.length > 0 || total_minor === 0, 'nobody to take the total')
  assert(weights.every((w) => w >= 0), 'a weight is negative')
  const whole = weights.reduce((sum, w) => sum + big(w), 0n)
  if (whole === 0n) return weights.map((_, i) => (i === weights.length - 1 ? total_minor : 0))
  const sign = total_minor < 0 ? -1n : 1n
  const total = big(total_minor) * sign
  const shares = weights.map((w, index) => {
    const exact = total * big(w)
    return { index, part: exact / whole, remainder: exact % whole }
  })
  let left = total - shares.reduce((sum, s) => sum + s.part, 0n)
  const byRemainder = shares.toSorted((x, y) => (x.remainder === y.remainder ? x.index - y.index : x.remainder > y.remainder ? -1 : 1))
  for (const share of byRemainder) {
    if (left === 0n) break
    share.part += 1n
    left -= 1n
  }
  return shares.map((s) => safe(s.part * sign))
}

/**
 * What `part` of `whole` units takes of a total (minor units, either sign) when `takenPart` units have already taken `taken_minor`.
 * Each part takes its proportional share, half up, but never more than is left; the part that completes the whole takes the remainder,
 * so credits, deliveries and invoices in parts sum to their original. Throws Defect when more than the whole would be taken.
 */
export function shareOf(share: { total_minor: number; part: number; whole: number; taken_minor: number; takenPart: number }): number {
  const { total_minor, part, whole, taken_minor, takenPart } = share
  assert(whole > 0 && part >= 0 && takenPart >= 0, 'parts of a whole are not negative')
  assert(takenPart + part <= whole, `${takenPart} + ${part} is more than the whole ${whole}`)
  if (part === 0) return 0
  const left = safe(big(total_minor) - big(taken_minor))
  if (takenPart + part === whole) return left
  const proportional = mulDiv({ a: total_minor, b: part, divisor: whole, rounding: 'halfUp' })
  return total_minor >= 0 ? Math.min(proportional, Math.max(left, 0)) : Math.max(proportional, Math.min(left, 0))
}
