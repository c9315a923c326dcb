import { SQL, is } from 'drizzle-orm'
import { getTableConfig } from 'drizzle-orm/sqlite-core'
import type { SqlValue, Table } from './db.ts'

export type TableMeta = {
  readonly name: string
  readonly columns: readonly string[]
  readonly key: readonly string[]
  /** Value for a column that a row leaves out; undefined for the key that the engine makes. */
  readonly defaults: readonly SqlValue[]
  /** Columns written by insert: all but an autoincrement key. */
  readonly written: readonly string[]
  /** Where each written column stands among them. */
  readonly positions: ReadonlyMap<string, number>
}

const cache = new WeakMap<Table, TableMeta>()

/** Names, key and defaults of a table, read from the schema once. */
export function metaOf(table: Table): TableMeta {
  const known = cache.get(table)
  if (known) return known
  const config = getTableConfig(table)
  const generated = config.columns.filter((c) => 'autoIncrement' in c && c.autoIncrement === true).map((c) => c.name)
  const written = config.columns.filter((c) => !generated.includes(c.name))
  const own = config.columns.filter((c) => c.primary).map((c) => c.name)
  const meta: TableMeta = {
    name: config.name,
    columns: config.columns.map((c) => c.name),
    key: config.primaryKeys[0]?.columns.map((c) => c.name) ?? own,
    defaults: written.map((c) => {
      if (is(c.default, SQL)) throw new Error(`${config.name}.${c.name}: defaults are plain values`)
      return (c.default as SqlValue | undefined) ?? null
    }),
    written: written.map((c) => c.name),
    positions: new Map(written.map((c, i) => [c.name, i])),
  }
  cache.set(table, meta)
  return meta
}

const depths = new WeakMap<Table, number>()

/** How many tables stand above a table by foreign keys: parents have a smaller number than their children. Keys to itself do not count. */
export function depthOf(table: Table): number {
  const known = depths.get(table)
  if (known !== undefined) return known
  const parents = getTableConfig(table).foreignKeys.map((key) => key.reference().foreignTable as Table)
  const depth = Math.max(0, ...parents.filter((parent) => parent !== table).map((parent) => depthOf(parent) + 1))
  depths.set(table, depth)
  return depth
}

export const quoted = (name: string): string => `"${name}"`

/** Appends the values of rows in the order of `meta.written`; an unknown key is a defect, so that no misspelt column is lost. */
export function pushValues(meta: TableMeta, rows: readonly Record<string, unknown>[], into: SqlValue[]): void {
  const { defaults, positions } = meta
  for (const row of rows) {
    const base = into.length
    for (let i = 0; i < defaults.length; i++) into.push(defaults[i]!)
    for (const column in row) {
      const value = row[column] as SqlValue | undefined
      if (value === undefined) continue
      const position = positions.get(column)
      if (position === undefined) throw new Error(`${meta.name} has no column ${column}`)
      into[base + position] = value
    }
  }
}

/** The values of one row in the order of `meta.written`. */
export function valuesOf(meta: TableMeta, row: Record<string, unknown>): SqlValue[] {
  const values: SqlValue[] = []
  pushValues(meta, [row], values)
  return values
}

/** INSERT for `count` rows. */
export const insertSql = (meta: TableMeta, count: number): string => {
  const row = `(${meta.written.map(() => '?').join(', ')})`
  return `insert into ${quoted(meta.name)} (${meta.written.map(quoted).join(', ')}) values ${new Array(count).fill(row).join(', ')}`
}

const tails = new WeakMap<TableMeta, Map<string, string>>()

/** The tail of an upsert: replace the whole row, or add to some columns. Made once: a text that stays the same is found again without reading it. */
export function onConflictSql(meta: TableMeta, adding: readonly string[] | undefined): string {
  let known = tails.get(meta)
  if (!known) tails.set(meta, (known = new Map()))
  const key = adding?.join() ?? ''
  let tail = known.get(key)
  if (tail === undefined) known.set(key, (tail = conflictSql(meta, adding)))
  return tail
}

const conflictSql = (meta: TableMeta, adding: readonly string[] | undefined): string => {
  const rest = meta.written.filter((c) => !meta.key.includes(c))
  const sets = adding
    ? adding.map((c) => `${quoted(c)} = ${quoted(meta.name)}.${quoted(c)} + excluded.${quoted(c)}`)
    : rest.map((c) => `${quoted(c)} = excluded.${quoted(c)}`)
  return ` on conflict (${meta.key.map(quoted).join(', ')}) do update set ${sets.join(', ')}`
}

export const updateSql = (meta: TableMeta, columns: readonly string[], key: readonly string[]): string =>
  `update ${quoted(meta.name)} set ${columns.map((c) => `${quoted(c)} = ?`).join(', ')} where ${key.map((c) => `${quoted(c)} = ?`).join(' and ')}`

export const deleteSql = (meta: TableMeta, key: readonly string[]): string =>
  `delete from ${quoted(meta.name)} where ${key.map((c) => `${quoted(c)} = ?`).join(' and ')}`
