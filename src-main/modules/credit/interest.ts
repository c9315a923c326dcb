import { addDays, daysBetween } from '../../kernel/day.ts'
import { mulDiv } from '../../kernel/math.ts'

// Pure: interest for paying late, on each day on what is open at its end. The day of a payment bears none.

/** A stretch of days on which the same amount was open. */
export type Stretch = {
  readonly from_on: string
  readonly through_on: string
  readonly days: number
  readonly base_minor: number
  /** base × daily rate × days, rounded half up to the minor unit. */
  readonly interest_minor: number
}

const ONE_E8 = 100_000_000

/** The stretches of one invoice from a day through another, both included; days on which nothing is open are left out. Settlements come by day. */
export function stretchesOf(given: {
  readonly amount_minor: number
  readonly settlements: readonly { readonly day: string; readonly settled_minor: number }[]
  readonly from_on: string
  readonly through_on: string
  readonly rate_e8: number
}): Stretch[] {
  const { amount_minor, settlements, from_on, through_on, rate_e8 } = given
  const openOn = (day: string): number => amount_minor - settlements.reduce((sum, s) => sum + (s.day <= day ? s.settled_minor : 0), 0)
  const starts = [...new Set([from_on, ...settlements.map((s) => s.day).filter((day) => day > from_on && day <= through_on)])].sort()
  return starts.flatMap((start, i): Stretch[] => {
    const end = i + 1 < starts.length ? addDays(starts[i + 1]!, -1) : through_on
    const base_minor = openOn(start)
    if (start > end || base_minor <= 0) return []
    const days = daysBetween({ from: start, to: end }) + 1
    return [{ from_on: start, through_on: end, days, base_minor, interest_minor: mulDiv({ a: base_minor, b: rate_e8 * days, divisor: ONE_E8, rounding: 'halfUp' }) }]
  })
}
