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

/** Part of a whole (e8), half up; null of nothing. */
export const shareE8 = (part: number, whole: number): number | null => (whole === 0 ? null : Math.round((part / whole) * WHOLE_E8))
