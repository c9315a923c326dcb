import type { Dialect, Patch, SqlValue, Table, Writer } from './db.ts'
import { HeldRows, writeValues } from './held-rows.ts'
import { deleteSql, metaOf, onConflictSql, pushValues, updateSql } from './table-meta.ts'

/** What an engine must be able to do for the typed writer above it. */
export interface Statements {
  readonly dialect: Dialect
  rows<R>(sql: string, params: readonly SqlValue[]): Promise<R[]>
  /** Runs a write and gives the number of changed rows. */
  execute(sql: string, params: readonly SqlValue[]): Promise<number>
}

/** The typed writer of one transaction. */
export interface TypedWriter extends Writer {
  /** Writes the rows that are held back: before the commit, at the latest. */
  settle(): Promise<void>
}

/**
 * The typed writer over any engine's statements. `touched` collects the tables written. Inserted rows are held back and written in batches,
 * parents first, at the latest before a statement that could see or meet them: so a constraint may speak up later than its insert.
 */
export function typedWriter(statements: Statements, touched: Set<string>): TypedWriter {
  const execute = (sql: string, params: readonly SqlValue[]): Promise<number> => statements.execute(sql, params)
  const held = new HeldRows(execute)
  const rows = <R>(sql: string, params: readonly SqlValue[]): Promise<R[]> =>
    held.concerns(sql) ? held.write().then(() => statements.rows<R>(sql, params)) : statements.rows<R>(sql, params)
  const hold = (table: Table, list: readonly object[]): Promise<void> => {
    if (list.length > 0) touched.add(metaOf(table).name)
    return held.hold(table, list)
  }
  const upsert = async (table: Table, list: readonly object[], tail: string): Promise<void> => {
    if (list.length === 0) return
    const meta = metaOf(table)
    touched.add(meta.name)
    const values: SqlValue[] = []
    pushValues(meta, list as readonly Record<string, unknown>[], values)
    await held.write()
    await writeValues(execute, { meta, values, tail })
  }
  const change = async (table: Table, sql: string, params: readonly SqlValue[]): Promise<number> => {
    touched.add(metaOf(table).name)
    await held.write()
    return statements.execute(sql, params)
  }
  const oneRow = (changed: number, what: string): void => {
    if (changed !== 1) throw new Error(`${what} changed ${changed} rows instead of one`)
  }
  return {
    dialect: statements.dialect,
    settle: () => held.write(),
    all: (sql, params = []) => rows(sql, params),
    get: async <R>(sql: string, params: readonly SqlValue[] = []) => (await rows<R>(sql, params))[0],
    insert: (table, row) => hold(table, [row]),
    insertMany: (table, list) => hold(table, list),
    put: (table, list) => upsert(table, list, onConflictSql(metaOf(table), undefined)),
    add: (table, list, columns) => upsert(table, list, onConflictSql(metaOf(table), columns)),
    update: async <T extends Table>(table: T, key: Patch<T>, patch: Patch<T>) => {
      const meta = metaOf(table)
      // What is undefined was not said: it stays as it is.
      const said = Object.entries(patch).filter(([, value]) => value !== undefined)
      const columns = said.map(([column]) => column)
      if (columns.length === 0) return
      const params = [...said.map(([, value]) => value), ...Object.values(key)] as SqlValue[]
      oneRow(await change(table, updateSql(meta, columns, Object.keys(key)), params), `update of ${meta.name}`)
    },
    remove: async <T extends Table>(table: T, key: Patch<T>) => {
      const meta = metaOf(table)
      oneRow(await change(table, deleteSql(meta, Object.keys(key)), Object.values(key) as SqlValue[]), `delete from ${meta.name}`)
    },
    removeWhere: <T extends Table>(table: T, match: Patch<T>) =>
      change(table, deleteSql(metaOf(table), Object.keys(match)), Object.values(match) as SqlValue[]),
    run: (table, sql, params = []) => change(table, sql, params),
  }
}
