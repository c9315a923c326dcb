import type { SqlValue, Table } from './db.ts'
import { depthOf, insertSql, metaOf, pushValues, type TableMeta } from './table-meta.ts'

/** Rows a statement: large enough to save round trips, small enough to keep few prepared shapes. */
export const ROWS_A_STATEMENT = 16
/** Rows held back at most. */
const ROWS_HELD = 2_048

type Execute = (sql: string, params: readonly SqlValue[]) => Promise<number>
/** The values of the rows of one table, one row behind the other. */
type Held = { readonly meta: TableMeta; readonly depth: number; readonly values: SqlValue[] }

/**
 * Inserted rows on their way to the tables. They are held back a little and written parents first, in full statements: a row whose parent
 * is already there costs the engine one look, a row that comes before its parent makes it search again later.
 */
export class HeldRows {
  private readonly execute: Execute
  private readonly tables = new Map<Table, Held>()
  private count = 0

  constructor(execute: Execute) {
    this.execute = execute
  }

  /** Takes rows in; they are read now, so that what happens to the objects later does not matter. */
  async hold(table: Table, rows: readonly object[]): Promise<void> {
    if (rows.length === 0) return
    let held = this.tables.get(table)
    if (!held) this.tables.set(table, (held = { meta: metaOf(table), depth: depthOf(table), values: [] }))
    pushValues(held.meta, rows as readonly Record<string, unknown>[], held.values)
    this.count += rows.length
    if (this.count >= ROWS_HELD) await this.write()
  }

  /** Does a statement see a table whose rows are held, or the change log that writing them fills? */
  concerns(sql: string): boolean {
    if (this.count === 0) return false
    for (const { meta } of this.tables.values()) if (sql.includes(meta.name)) return true
    return sql.includes('platform_change')
  }

  /** Writes all held rows, parents before children. */
  async write(): Promise<void> {
    if (this.count === 0) return
    const all = [...this.tables.values()].sort((a, b) => a.depth - b.depth)
    this.tables.clear()
    this.count = 0
    for (const { meta, values } of all) await writeValues(this.execute, { meta, values, tail: '' })
  }
}

/** Inserts rows given as values, so many a statement; `tail` says what happens to a row that is already there. */
export async function writeValues(execute: Execute, { meta, values, tail }: { meta: TableMeta; values: readonly SqlValue[]; tail: string }): Promise<void> {
  const chunk = meta.written.length * ROWS_A_STATEMENT
  for (let from = 0; from < values.length; from += chunk) {
    const params = values.length <= chunk ? values : values.slice(from, from + chunk)
    await execute(insertSqlOf(meta, { count: params.length / meta.written.length, tail }), params)
  }
}

const insertCache = new WeakMap<TableMeta, Map<string, string[]>>()

function insertSqlOf(meta: TableMeta, { count, tail }: { count: number; tail: string }): string {
  let tails = insertCache.get(meta)
  if (!tails) insertCache.set(meta, (tails = new Map()))
  let known = tails.get(tail)
  if (!known) tails.set(tail, (known = []))
  return (known[count] ??= insertSql(meta, count) + tail)
}
