import type { SQLiteTable } from 'drizzle-orm/sqlite-core'

/** What a parameter may be, and what a column gives back. Integers are safe integers; anything else is a defect. */
export type SqlValue = string | number | null

export type Dialect = 'sqlite' | 'postgres'

/** Any table of db/schema. Its TypeScript keys are its column names. */
export type Table = SQLiteTable
/** A whole row as `insert` takes it: columns with a default, and nullable ones, may be left out. */
export type NewRow<T extends Table> = T['$inferInsert']
export type Row<T extends Table> = T['$inferSelect']
export type Patch<T extends Table> = Partial<Row<T>>

/**
 * Reading: hand-written SQL with `?` parameters that runs unchanged on both engines.
 * Lists as parameters: `in (${marks(list)})` with the list spread into the parameters.
 */
export interface Reader {
  readonly dialect: Dialect
  all<R>(sql: string, params?: readonly SqlValue[]): Promise<R[]>
  get<R>(sql: string, params?: readonly SqlValue[]): Promise<R | undefined>
}

/** Writing: held by the command runner only. Every write is typed by the schema and prepared once. */
export interface Writer extends Reader {
  insert<T extends Table>(table: T, row: NewRow<T>): Promise<void>
  /** Rows of one table in few statements; keeps the order. */
  insertMany<T extends Table>(table: T, rows: readonly NewRow<T>[]): Promise<void>
  /** Changes exactly the row with this key; a missing row is a defect. `key` holds the primary-key columns. */
  update<T extends Table>(table: T, key: Patch<T>, patch: Patch<T>): Promise<void>
  /** Deletes exactly the row with this key; a missing row is a defect. */
  remove<T extends Table>(table: T, key: Patch<T>): Promise<void>
  /** Deletes the rows whose columns equal `match`; gives their number. */
  removeWhere<T extends Table>(table: T, match: Patch<T>): Promise<number>
  /** Inserts, or replaces the whole row of the same primary key. At most one row a key. */
  put<T extends Table>(table: T, rows: readonly NewRow<T>[]): Promise<void>
  /** Inserts, or adds `columns` to the row of the same primary key. At most one row a key. */
  add<T extends Table>(table: T, rows: readonly NewRow<T>[], columns: readonly (keyof Row<T> & string)[]): Promise<void>
  /** A hand-written write, for what the typed ones cannot say; gives the number of changed rows. Names the table it changes. */
  run(table: Table, sql: string, params?: readonly SqlValue[]): Promise<number>
}

/** One open database. */
export interface Engine {
  readonly dialect: Dialect
  /** Statements executed since opening: read by tests and benchmarks. */
  readonly statements: () => number
  /** One durable transaction at a time; rolled back when `work` throws. `touched` is filled with the tables it wrote. */
  write<T>(work: (db: Writer) => Promise<T>, touched?: Set<string>): Promise<T>
  /** One consistent snapshot. */
  read<T>(work: (db: Reader) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** `?, ?, ?` for a list parameter. An empty list gives `null`, which equals nothing. */
export const marks = (list: readonly unknown[]): string => (list.length === 0 ? 'null' : list.map(() => '?').join(', '))
