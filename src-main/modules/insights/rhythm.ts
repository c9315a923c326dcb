import { addDays, daysBetween } from '../../kernel/day.ts'

// The rhythm in which somebody buys, and what speaks for their being about to leave.

/** Nobody is given up before they are so many days late. */
const GRACE_DAYS = 30
const GIVEN_UP = 3

/** Days between purchases: the middle of all gaps, so that one long holiday does not make a rhythm; undefined before the second purchase. */
export function intervalOf(days: readonly string[]): number | undefined {
  const gaps = days.slice(1).map((day, i) => daysBetween({ from: days[i]!, to: day })).sort((a, b) => a - b)
  if (gaps.length === 0) return undefined
  const middle = gaps.length >> 1
  return gaps.length % 2 === 1 ? gaps[middle]! : Math.round((gaps[middle - 1]! + gaps[middle]!) / 2)
}

/** When they buy next if they keep their rhythm, and from when on nobody waits for them any more. */
export const nextOf = ({ last_on, interval_days }: { last_on: string; interval_days: number }): { expected_on: string; lapses_on: string } => ({
  expected_on: addDays(last_on, interval_days),
  lapses_on: addDays(last_on, Math.max(GIVEN_UP * interval_days, interval_days + GRACE_DAYS)),
})

export const riskReasons = ['silent', 'late', 'once', 'gone', 'doubtful', 'falling'] as const
export type RiskReason = (typeof riskReasons)[number]
export type Watched = {
  readonly today: string
  readonly last_on: string
  readonly interval_days: number | undefined
  /** The probability that they are still customers, 0 to 1; undefined without a model. */
  readonly alive: number | undefined
  readonly amount_minor: number
  readonly amount_before_minor: number
}

/** What each reason weighs; 100 at most together. */
const WEIGHTS: Readonly<Record<RiskReason, number>> = { silent: 45, late: 20, once: 25, gone: 40, doubtful: 20, falling: 20 }
/** A single purchase is forgotten after half a year. */
const ONCE_DAYS = 180
/** A rhythm of days forgives two weeks. */
const PATIENCE_DAYS = 14

/** Why somebody may be leaving. */
function reasonsOf({ today, last_on, interval_days, alive, amount_minor, amount_before_minor }: Watched): RiskReason[] {
  const silent_days = daysBetween({ from: last_on, to: today })
  const reasons: RiskReason[] = []
  if (interval_days === undefined) {
    if (silent_days > ONCE_DAYS) reasons.push('once')
  } else if (silent_days - interval_days >= PATIENCE_DAYS) {
    if (silent_days >= 2 * interval_days) reasons.push('silent')
    else if (2 * silent_days >= 3 * interval_days) reasons.push('late')
  }
  if (alive !== undefined && alive < 0.5) reasons.push(alive < 0.2 ? 'gone' : 'doubtful')
  if (amount_before_minor > 0 && amount_minor * 2 < amount_before_minor) reasons.push('falling')
  return reasons
}

/** How likely somebody is to be leaving, 0 to 100, and why. */
export function riskOf(watched: Watched): { risk: number; reasons: RiskReason[] } {
  const reasons = reasonsOf(watched)
  return { risk: Math.min(100, reasons.reduce((sum, reason) => sum + WEIGHTS[reason], 0)), reasons }
}

/** From here on a risk is called high, or to be watched. */
export const RISK_HIGH = 60
export const RISK_WATCH = 30
