import type { SqlValue } from '../../storage/db.ts'
import type { Condition } from './where.ts'

/**
 * SQL for what was open of every item at the end of a day: rows (id, open_minor), several of one item to be added up. Today's
 * open amount comes from the items; what was settled after the day is added back from the allocations, so that the cost is
 * that of what happened since, not of the whole history.
 */
export function openAmountsAt(as_of: string | undefined): { sql: string; params: SqlValue[] } {
  const now = 'select i.id, i.amount_minor - i.settled_minor as open_minor from accounting_open_item i where i.amount_minor <> i.settled_minor'
  if (as_of === undefined) return { sql: now, params: [] }
  return {
    sql: `${now} and i.day <= ?
      union all select a.positive_id, a.amount_minor + a.discount_minor from accounting_allocation a where a.day > ?
      union all select a.negative_id, -a.amount_minor from accounting_allocation a where a.day > ?`,
    params: [as_of, as_of, as_of],
  }
}

/**
 * The same as debts (party_id, due_on, amount_minor, open_minor) of the items `i` that fulfil the condition, in parts whose rows are to
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
