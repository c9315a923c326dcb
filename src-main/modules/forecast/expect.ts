import { addMonths, monthOf } from '../../kernel/day.ts'
import { mulDiv } from '../../kernel/math.ts'

// What is expected, pure.

/** So many closed opportunities weigh as much as the figure that somebody set for the stage. */
const WEIGHT_OF_SET = 10
const WHOLE_E8 = 100_000_000

/**
 * How likely an opportunity that stands in a stage is won (e8): of those that ever reached it and are closed, the share that was won, drawn to the
 * stage's own figure as if ten more had gone by it: (won + 10 × set) / (closed + 10), half up.
 */
export const probabilityOf = ({ set_e8, closed, won }: { set_e8: number; closed: number; won: number }): number =>
  Math.min(WHOLE_E8, mulDiv({ a: won * WHOLE_E8 + WEIGHT_OF_SET * set_e8, b: 1, divisor: closed + WEIGHT_OF_SET, rounding: 'halfUp' }))

/** An amount by a probability (e8), half up. */
export const weigh = (amount_minor: number, probability_e8: number): number => mulDiv({ a: amount_minor, b: probability_e8, divisor: WHOLE_E8, rounding: 'halfUp' })

/** The month in which an opportunity counts: its own; what should have come already counts now. Undefined without a day. */
export function monthFor(expected_on: string | null, today: string): string | undefined {
  if (expected_on === null) return undefined
  const [own, now] = [monthOf(expected_on), monthOf(today)]
  return own < now ? now : own
}

/** The months from this one on. */
export const monthsFrom = (month: string, count: number): string[] => Array.from({ length: count }, (_, i) => monthOf(addMonths(`${month}-01`, i)))

/** So many whole months were sold in since the first one, at most twelve, at least one. */
export function monthsSold(first: string | null, month: string): number {
  if (first === null) return 1
  let count = 0
  for (let m = month; count < 12; count++) {
    m = monthOf(addMonths(`${m}-01`, -1))
    if (m < first) break
  }
  return Math.max(1, count)
}

/** Older years tell of another business. */
const MOST_YEARS = 5

/** So many whole years of twelve months were sold in before this month, at most five. */
export function yearsSold(first: string | null, month: string): number {
  if (first === null || first >= month) return 0
  const months = (Number(month.slice(0, 4)) - Number(first.slice(0, 4))) * 12 + Number(month.slice(5)) - Number(first.slice(5))
  return Math.min(MOST_YEARS, Math.floor(months / 12))
}

/**
 * Indices of the calendar months 01 to 12 (e8; 1 is an average month): each month as a ratio to the mean of its year of twelve, averaged over
 * the years, half up. The years end with the month before `month`. Undefined under two years, and where a year came to nothing.
 */
export function seasonsOf(sold: ReadonlyMap<string, number>, { month, years }: { month: string; years: number }): Map<string, number> | undefined {
  if (years < 2) return undefined
  const ratios = new Map<string, bigint>()
  for (let year = 1; year <= years; year++) {
    const months = monthsFrom(monthOf(addMonths(`${month}-01`, -12 * year)), 12)
    const whole = months.reduce((sum, m) => sum + (sold.get(m) ?? 0), 0)
    if (whole <= 0) return undefined
    for (const m of months) ratios.set(m.slice(5), (ratios.get(m.slice(5)) ?? 0n) + (BigInt(sold.get(m) ?? 0) * 12n * BigInt(WHOLE_E8)) / BigInt(whole))
  }
  return new Map([...ratios].map(([m, sum]) => [m, Math.max(0, mulDiv({ a: Number(sum), b: 1, divisor: years, rounding: 'halfUp' }))]))
}

/** Part of a whole (e8), half up; null of nothing. */
export const shareE8 = (part: number, whole: number): number | null => (whole === 0 ? null : Math.round((part / whole) * WHOLE_E8))
