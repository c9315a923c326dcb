import { assert } from '../kernel/assert.ts'
import type { Dialect } from './db.ts'

/** SQL of the value that a record's column of custom fields holds under a key: text, or a whole number. Null where there is none. */
export function extraValue({ dialect, column, key, as }: { dialect: Dialect; column: string; key: string; as: 'text' | 'number' }): string {
  assert(/^[a-z][a-z0-9_]{0,59}$/.test(key), `${key} is no key of a custom field`)
  if (dialect === 'sqlite') return `json_extract(${column}, '$.${key}')`
  const text = `(cast(${column} as json) ->> '${key}')`
  return as === 'number' ? `cast(${text} as bigint)` : `${text} collate "C"`
}
