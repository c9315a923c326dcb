import { sql, type SQL } from 'drizzle-orm'
import type { PersonalRows } from '../../src-main/kernel/personal.ts'
import { integer, text, type SQLiteColumn, type SQLiteTable } from 'drizzle-orm/sqlite-core'

// The vocabulary of columns: every table is made of these, so that a unit is written the same way everywhere.

/** Primary key: an id made by the kernel. */
export const id = () => text().primaryKey().notNull()
/** A reference that may be empty; the tables add `.notNull()` and `.references()`. */
export const ref = () => text()
export const txt = () => text().notNull()
export const optional = () => text()
/** A calendar day, YYYY-MM-DD. */
export const day = () => text()
/** An instant in UTC milliseconds. */
export const instant = () => integer()
/** Money in minor units. */
export const minor = () => integer().notNull().default(0)
/** Quantity in millionths. */
export const e6 = () => integer().notNull().default(0)
/** Unit price in ten-thousandths of the major unit. */
export const e4 = () => integer().notNull().default(0)
/** Rate in hundred-millionths. */
export const e8 = () => integer().notNull().default(0)
/** 0 or 1; the table adds `isFlag` to its checks through `schema()`. */
export const flag = () => integer().notNull().default(0)
export const count = () => integer().notNull().default(0)
/** The values of custom fields as one JSON object. */
export const extra = () => text().notNull().default('{}')
/** Any JSON document. */
export const json = () => text().notNull()

/** CHECK that a column holds one of the words. */
export const oneOf = (column: SQLiteColumn, words: readonly string[]): SQL =>
  sql`${column} in (${sql.raw(words.map((w) => `'${w.replaceAll("'", "''")}'`).join(', '))})`

/**
 * A sentence the database itself enforces by triggers, below all code.
 * - never: the operations that no row of the table may ever suffer
 *   `yieldsTo: 'erasure'`: but for the command that erases what is personal, while it runs (platform_erasing)
 * - refuse: an operation is refused while the condition holds (SQL over `old.` and `new.`, same text on both engines)
 */
export type Guard =
  | { readonly table: SQLiteTable; readonly never: readonly ('update' | 'delete')[]; readonly code: string; readonly yieldsTo?: 'erasure' }
  | { readonly table: SQLiteTable; readonly on: 'insert' | 'update' | 'delete'; readonly when: string; readonly code: string }

/** What one module contributes to the database. */
export type ModuleSchema = {
  readonly module: string
  readonly tables: readonly SQLiteTable[]
  readonly guards: readonly Guard[]
  /** Derived tables, and child rows inserted with their parent: the change log leaves them out. */
  readonly unlogged: readonly SQLiteTable[]
  /** Logged children whose insert goes with their parent's: only what happens to them later is logged. */
  readonly bornWithParent: readonly SQLiteTable[]
  /** Small tables that nearly every operation reads and few change: programs keep them in memory, and triggers count their changes. */
  readonly reference: readonly SQLiteTable[]
  /** Tables clustered by their key on SQLite (composite keys, narrow rows). */
  readonly clustered: readonly SQLiteTable[]
  /** Rows that tell of persons: what an erasure makes of them, and triggers keep so. Rows that lead to others come first. */
  readonly personal?: readonly PersonalRows[]
}

export const schema = (s: ModuleSchema): ModuleSchema => s
