import { big, divide, powerOfTen } from '../../kernel/math.ts'
import { lineAmount } from '../../kernel/money.ts'
import type { Judgement } from '../../kernel/operation.ts'

// Decisions of credit, pure.

/** What a customer owes beyond its day, in minor units and days. */
export type Standing = {
  readonly owed_minor: number
  readonly limit_minor: number | null
  /** Overdue by more than the days of good credit. */
  readonly overdue_minor: number
  readonly overdue_days: number
}

/**
 * An order is approved by rule where its total is below the bound and the customer's credit is good: nothing overdue beyond the days,
 * and what is owed stays within the limit with it. Everything else waits for a person.
 */
export function judgeOrder({ total_minor, more_minor, below_minor, standing }: {
  readonly total_minor: number
  readonly more_minor: number
  readonly below_minor: number
  readonly standing: Standing
}): Judgement {
  const { owed_minor, limit_minor, overdue_minor, overdue_days } = standing
  const values = { total_minor, below_minor, owed_minor, limit_minor, overdue_minor, overdue_days }
  const permission = 'credit.approveOrders'
  if (total_minor >= below_minor) return { rule: 'credit.orderLarge', verdict: 'waits', permission, values }
  if (overdue_minor > 0) return { rule: 'credit.orderOverdue', verdict: 'waits', permission, values }
  if (limit_minor !== null && owed_minor + more_minor > limit_minor) return { rule: 'credit.orderOverLimit', verdict: 'waits', permission, values }
  return { rule: 'credit.orderSmall', verdict: 'approved', permission, values }
}

export type PricedAgainstFloor = {
  readonly price_e4: number
  readonly unit_numerator: number
  readonly unit_denominator: number
  readonly base_quantity_e6: number
  /** The line's amount after all discounts, in the document's kind of price. */
  readonly amount_minor: number
  readonly isDiscounted: boolean
  readonly tax_rate_e8: number
  readonly prices_include_tax: number
}

/** The floor (per base unit, in the company's kind of price) as the document counts, per unit of the line; half up. */
export function floorOfLine(line: PricedAgainstFloor, { floor_price_e4, includesTax }: { floor_price_e4: number; includesTax: number }): number {
  const inUnit = big(floor_price_e4) * big(line.unit_numerator)
  const [whole, rate] = [powerOfTen(8), big(line.tax_rate_e8)]
  const taxed =
    line.prices_include_tax === includesTax ? [inUnit, big(line.unit_denominator)] as const
    : includesTax === 1 ? [inUnit * whole, big(line.unit_denominator) * (whole + rate)] as const
    : [inUnit * (whole + rate), big(line.unit_denominator) * whole] as const
  return Number(divide({ dividend: taxed[0], divisor: taxed[1], rounding: 'halfUp' }))
}

/** Is the line cheaper than its floor: by its price, or, with discounts (its own or its share of the document's), by what is left? */
export function isBelowFloor(line: PricedAgainstFloor, { floor_e4, quantity_e6, digits }: { floor_e4: number; quantity_e6: number; digits: number }): boolean {
  if (quantity_e6 <= 0) return false
  if (line.price_e4 < floor_e4) return true
  return line.isDiscounted && line.amount_minor < lineAmount({ price_e4: floor_e4, quantity_e6, digits })
}
