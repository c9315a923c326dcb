import { assert } from '../../kernel/assert.ts'
import { big, divide } from '../../kernel/math.ts'

// The rule by which a credit limit follows from how somebody pays. Pure.

/** How a customer bought and paid in the last year, in minor units and days. */
export type PaymentHistory = {
  /** Invoices of the last 365 days, less their credit notes. */
  readonly invoiced_minor: number
  /** How many invoices that were. */
  readonly invoices: number
  /** What was paid, and what is overdue and open: by how many days late each amount was, or is. */
  readonly paid: readonly { readonly amount_minor: number; readonly days_late: number }[]
  /** Something is overdue now by more than the days that freeze. */
  readonly isFrozen: boolean
}
/** The figures that the rule went by, kept with the change. */
export type LimitFacts = { readonly invoices: number; readonly monthly_minor: number; readonly days_late: number; readonly months_e2: number }

/** Fewer invoices say nothing about somebody. */
const LEAST_INVOICES = 3
/** Limits are round: down to the hundred. */
const STEP_MINOR = 10_000
/** Up to so many days late on the average, so many months of sales (hundredths) may be owed. */
const MONTHS: readonly (readonly [days: number, months_e2: number])[] = [[0, 300], [7, 200], [15, 150], [30, 100]]
const MONTHS_BEYOND_E2 = 50

/**
 * The limit is what the customer buys in a month, times months by how late payments came on the average, weighted by amount (rounded up to
 * whole days: one day late is late): on time 3, up to 7 days 2, 15 days 1.5, 30 days 1, later 0.5; 0 while something is overdue for so long
 * that it freezes. Rounded down to 100.00. Undefined where fewer than three invoices say too little.
 */
export function limitByRule(history: PaymentHistory): { readonly limit_minor: number; readonly facts: LimitFacts } | undefined {
  const { invoiced_minor, invoices, paid, isFrozen } = history
  if (invoices < LEAST_INVOICES) return undefined
  const monthly_minor = Math.max(0, Number(divide({ dividend: big(invoiced_minor), divisor: big(12), rounding: 'halfUp' })))
  const days_late = averageDays(paid)
  const months_e2 = isFrozen ? 0 : (MONTHS.find(([days]) => days_late <= days)?.[1] ?? MONTHS_BEYOND_E2)
  const whole = Number((big(monthly_minor) * big(months_e2)) / big(100))
  return { limit_minor: whole - (whole % STEP_MINOR), facts: { invoices, monthly_minor, days_late, months_e2 } }
}

/** Whole days, rounded up, weighted by amount; nothing paid and nothing overdue is on time. */
function averageDays(paid: PaymentHistory['paid']): number {
  let [weight, days] = [big(0), big(0)]
  for (const { amount_minor, days_late } of paid) {
    assert(days_late >= 0, 'early is not late')
    if (amount_minor <= 0) continue
    weight += big(amount_minor)
    days += big(amount_minor) * big(days_late)
  }
  return weight === big(0) ? 0 : Number(divide({ dividend: days, divisor: weight, rounding: 'ceil' }))
}
