import type { SqlValue } from '../../storage/db.ts'

/** One condition of a WHERE with its parameters in place. */
export type Condition = { readonly sql: string; readonly params: readonly SqlValue[] }

/** A condition that holds only where the question names a value. */
export const when = (value: SqlValue | undefined, sql: string): Condition | undefined =>
  value === undefined ? undefined : { sql, params: [value] }

/** All conditions that were named, joined; '1 = 1' where none was. */
export function allOf(conditions: readonly (Condition | undefined)[]): { sql: string; params: SqlValue[] } {
  const named = conditions.filter((c) => c !== undefined)
  if (named.length === 0) return { sql: '1 = 1', params: [] }
  return { sql: named.map((c) => `(${c.sql})`).join(' and '), params: named.flatMap((c) => [...c.params]) }
}

/** A piece of text as a LIKE pattern that matches it anywhere, whatever case; for `lower(column) like ? escape '!'`. */
export const anywhere = (text: string): string => `%${text.toLowerCase().replaceAll(/[!%_]/g, '!$&')}%`
