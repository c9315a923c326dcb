import type { Dialect, NewRow, Patch, SqlValue, Table, Writer } from './db.ts'
import { deleteSql, insertSql, metaOf, onConflictSql, updateSql, valuesOf } from './table-meta.ts'

/** What an engine must be able to do for the typed writer above it. */
export interface Statements {
  readonly dialect: Dialect
  rows<R>(sql: string, params: readonly SqlValue[]): Promise<R[]>
  /** Runs a write and gives the number of changed rows. */
  execute(sql: string, params: readonly SqlValue[]): Promise<number>
}

/** Rows a statement: large enough to save round trips, small enough to keep few prepared shapes. */
const ROWS_A_STATEMENT = 16

/** The typed writer over any engine's statements. `touched` collects the tables written. */
export function typedWriter(statements: Statements, touched: Set<string>): Writer {
  const writeRows = async <T extends Table>(table: T, rows: readonly NewRow<T>[], tail: string): Promise<void> => {
    if (rows.length === 0) return
    const meta = metaOf(table)
    touched.add(meta.name)
    for (let from = 0; from < rows.length; from += ROWS_A_STATEMENT) {
      const chunk = rows.slice(from, from + ROWS_A_STATEMENT)
      const params: SqlValue[] = []
      for (const row of chunk) for (const value of valuesOf(meta, row as Record<string, unknown>)) params.push(value)
      await statements.execute(insertSqlOf(table, chunk.length) + tail, params)
    }
  }
  const oneRow = (changed: number, what: string): void => {
    if (changed !== 1) throw new Error(`${what} changed ${changed} rows instead of one`)
  }
  return {
    dialect: statements.dialect,
    all: (sql, params = []) => statements.rows(sql, params),
    get: async <R>(sql: string, params: readonly SqlValue[] = []) => (await statements.rows<R>(sql, params))[0],
    insert: (table, row) => writeRows(table, [row], ''),
    insertMany: (table, rows) => writeRows(table, rows, ''),
    put: (table, rows) => writeRows(table, rows, onConflictSql(metaOf(table), undefined)),
    add: (table, rows, columns) => writeRows(table, rows, onConflictSql(metaOf(table), columns)),
    update: async <T extends Table>(table: T, key: Patch<T>, patch: Patch<T>) => {
      const meta = metaOf(table)
      const columns = Object.keys(patch)
      if (columns.length === 0) return
      touched.add(meta.name)
      const keys = Object.keys(key)
      const params = [...Object.values(patch), ...Object.values(key)] as SqlValue[]
      oneRow(await statements.execute(updateSql(meta, columns, keys), params), `update of ${meta.name}`)
    },
    remove: async <T extends Table>(table: T, key: Patch<T>) => {
      const meta = metaOf(table)
      touched.add(meta.name)
      oneRow(await statements.execute(deleteSql(meta, Object.keys(key)), Object.values(key) as SqlValue[]), `delete from ${meta.name}`)
    },
    removeWhere: async <T extends Table>(table: T, match: Patch<T>) => {
      const meta = metaOf(table)
      touched.add(meta.name)
      return statements.execute(deleteSql(meta, Object.keys(match)), Object.values(match) as SqlValue[])
    },
    run: async (table, sql, params = []) => {
      touched.add(metaOf(table).name)
      return statements.execute(sql, params)
    },
  }
}

const insertCache = new WeakMap<Table, string[]>()

function insertSqlOf(table: Table, count: number): string {
  let known = insertCache.get(table)
  if (!known) insertCache.set(table, (known = []))
  return (known[count] ??= insertSql(metaOf(table), count))
}
