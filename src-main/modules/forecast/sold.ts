import type { QueryCtx, Scope } from '../../kernel/operation.ts'
import { marks, type SqlValue } from '../../storage/db.ts'

type Ctx = Pick<QueryCtx, 'db' | 'scope'>

/** SQL that is true for the rows of the people whom a scope covers, by the user in `column`; all rows, also of nobody, where it covers all. */
export const ofPeople = (scope: Scope, column: string): { sql: string; params: SqlValue[] } =>
  scope.kind === 'all' ? { sql: '1 = 1', params: [] } : { sql: `${column} in (${marks(scope.user_ids)})`, params: [...scope.user_ids] }

export type Sold = { readonly user_id: string | null; readonly month: string; readonly sold_minor: number }

/** What was invoiced without tax, less credit notes and reversals, by salesperson and month, between two days. */
export function soldBy({ db, scope }: Ctx, { from, to }: { from: string; to: string }): Promise<Sold[]> {
  const seen = ofPeople(scope, 'i.salesperson_id')
  return db.all<Sold>(
    `select i.salesperson_id as user_id, substr(i.day, 1, 7) as month, sum(i.net_minor) as sold_minor from sales_invoice i
      where i.day >= ? and i.day <= ? and ${seen.sql} group by i.salesperson_id, substr(i.day, 1, 7) order by substr(i.day, 1, 7), i.salesperson_id`,
    [from, to, ...seen.params],
  )
}

export const sumBy = <T, K>(rows: readonly T[], keyOf: (row: T) => K, amountOf: (row: T) => number): Map<K, number> => {
  const sums = new Map<K, number>()
  for (const row of rows) sums.set(keyOf(row), (sums.get(keyOf(row)) ?? 0) + amountOf(row))
  return sums
}
