import type { SqlValue } from '../../storage/db.ts'
import type { Condition } from './where.ts'

// What was open of an item at the end of a day is what is open today plus what was settled after the day: the cost is that of
// what happened since, not of the whole history.

/** SQL of what is open of the item `i`, today or at the end of a day, with its parameters in place. */
export function openAt(as_of: string | undefined): { sql: string; params: SqlValue[] } {
  const now = 'i.amount_minor - i.settled_minor'
  if (as_of === undefined) return { sql: now, params: [] }
  const since = (side: 'positive' | 'negative', settled: string): string =>
    `coalesce((select sum(${settled}) from accounting_allocation a where a.${side}_id = i.id and a.day > ?), 0)`
  return { sql: `${now} + ${since('positive', 'a.amount_minor + a.discount_minor')} - ${since('negative', 'a.amount_minor')}`, params: [as_of, as_of] }
}

/**
 * Debts (party_id, due_on, amount_minor, open_minor) of the items `i` that fulfil the condition at the end of a day, in parts whose rows are to
 * be added up: what is open today, then what was settled after the day (the few allocations first, hence the cross join).
 */
export function openDebtsAt(as_of: string, where: Condition): { sql: string; params: SqlValue[] }[] {
  const item = 'i.party_id, i.due_on, i.amount_minor'
  const since = (side: 'positive' | 'negative', settled: string) => ({
    sql: `select ${item}, ${settled} as open_minor from accounting_allocation a cross join accounting_open_item i
      where i.id = a.${side}_id and a.day > ? and ${where.sql}`,
    params: [as_of, ...where.params],
  })
  return [
    {
      sql: `select ${item}, i.amount_minor - i.settled_minor as open_minor from accounting_open_item i where i.amount_minor <> i.settled_minor and ${where.sql}`,
      params: [...where.params],
    },
    since('positive', 'a.amount_minor + a.discount_minor'),
    since('negative', '-a.amount_minor'),
  ]
}
