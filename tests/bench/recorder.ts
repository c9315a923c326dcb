import Database from 'better-sqlite3'
import type { Engine, NewRow, Patch, SqlValue, Table, Writer } from '../../src-main/storage/db.ts'
import { deleteSql, insertSql, metaOf, onConflictSql, updateSql, valuesOf } from '../../src-main/storage/table-meta.ts'

/** One statement a careful programmer would have prepared by hand, with its parameters already in place. */
export type RawWrite = { readonly sql: string; readonly params: readonly SqlValue[] }

/** What the full path keeps beside the business rows; the raw yardstick does without. */
const NOT_BUSINESS = /^platform_(audit|change|search|session)/

/** An engine that remembers the business rows which each transaction wrote; they become single-row statements when they are taken, outside the measured time. */
export function recording(engine: Engine): { engine: Engine; take: () => RawWrite[][] } {
  let transactions: (() => RawWrite)[][] = []
  const recorded: Engine = {
    ...engine,
    write: (work, touched) =>
      engine.write(async (db) => {
        const writes: (() => RawWrite)[] = []
        const result = await work(recorder(db, writes))
        transactions.push(writes)
        return result
      }, touched),
  }
  const take = (): RawWrite[][] => {
    const taken = transactions
    transactions = []
    return taken.map((writes) => writes.map((write) => write()))
  }
  return { engine: recorded, take }
}

function recorder(db: Writer, writes: (() => RawWrite)[]): Writer {
  const note = (table: Table, write: () => RawWrite): void => {
    if (!NOT_BUSINESS.test(metaOf(table).name)) writes.push(write)
  }
  const rows = <T extends Table>(table: T, list: readonly NewRow<T>[], tail: () => string): void => {
    const sql = () => insertSql(metaOf(table), 1) + tail()
    for (const row of list) note(table, () => ({ sql: sql(), params: valuesOf(metaOf(table), row as Record<string, unknown>) }))
  }
  const none = () => ''
  const deleting = <T extends Table>(table: T, match: Patch<T>) =>
    note(table, () => ({ sql: deleteSql(metaOf(table), Object.keys(match)), params: Object.values(match) as SqlValue[] }))
  return {
    ...db,
    insert: (table, row) => (rows(table, [row], none), db.insert(table, row)),
    insertMany: (table, list) => (rows(table, list, none), db.insertMany(table, list)),
    put: (table, list) => (rows(table, list, () => onConflictSql(metaOf(table), undefined)), db.put(table, list)),
    add: (table, list, columns) => (rows(table, list, () => onConflictSql(metaOf(table), columns)), db.add(table, list, columns)),
    update: <T extends Table>(table: T, key: Patch<T>, patch: Patch<T>) => {
      const params = () => [...Object.values(patch), ...Object.values(key)] as SqlValue[]
      note(table, () => ({ sql: updateSql(metaOf(table), Object.keys(patch), Object.keys(key)), params: params() }))
      return db.update(table, key, patch)
    },
    remove: <T extends Table>(table: T, key: Patch<T>) => (deleting(table, key), db.remove(table, key)),
    removeWhere: <T extends Table>(table: T, match: Patch<T>) => (deleting(table, match), db.removeWhere(table, match)),
    run: (table, sql, params = []) => (note(table, () => ({ sql, params })), db.run(table, sql, params)),
  }
}

/** The yardstick: the same rows into the same tables, indexes and foreign keys by prepared statements, one durable transaction each. */
export class RawBooks {
  private readonly db: Database.Database
  private readonly prepared = new Map<string, Database.Statement<SqlValue[]>>()

  /** `file` is a copy of the product's books; its triggers (guards, change log) are taken out. */
  constructor(file: string) {
    this.db = new Database(file, { fileMustExist: true })
    for (const pragma of ['journal_mode = WAL', 'synchronous = FULL', 'foreign_keys = ON', 'mmap_size = 0', 'temp_store = MEMORY', 'cache_size = -16384', 'wal_autocheckpoint = 8000']) this.db.pragma(pragma)
    for (const name of this.db.prepare(`select name from sqlite_schema where type = 'trigger'`).pluck().all()) this.db.exec(`drop trigger "${String(name)}"`)
  }

  /** Prepares outside the measured time. */
  prepare(transactions: readonly (readonly RawWrite[])[]): void {
    for (const { sql } of transactions.flat()) if (!this.prepared.has(sql)) this.prepared.set(sql, this.db.prepare(sql))
  }

  /** Writes the transactions; gives the milliseconds it took. */
  write(transactions: readonly (readonly RawWrite[])[]): number {
    const start = performance.now()
    for (const writes of transactions) {
      this.db.exec('begin immediate')
      for (const { sql, params } of writes) this.prepared.get(sql)!.run(...params)
      this.db.exec('commit')
    }
    return performance.now() - start
  }

  close(): void {
    this.db.close()
  }
}
