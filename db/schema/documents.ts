import { sql } from 'drizzle-orm'
import { index, integer, uniqueIndex, type SQLiteColumn } from 'drizzle-orm/sqlite-core'
import { count, day, e4, e6, e8, flag, id, instant, json, minor, optional, ref, txt } from './columns.ts'
import { entry } from './accounting.ts'
import { item } from './catalog.ts'
import { party } from './parties.ts'

// What documents of all modules have in common, so that a column means the same wherever it stands.

/** Who wrote a document, and when. */
export const written = { created_by: ref().notNull(), created_at: instant().notNull() }

/** A document that is posted when it is made; undone by another one, never changed. */
export const posted = {
  id: id(),
  number: txt(),
  kind: txt(),
  day: day().notNull(),
  /** The document that this one undoes. */
  reverses_id: ref(),
  entry_id: ref().references(() => entry.id),
  ...written,
}

/** The other side of a document. */
export const withParty = {
  party_id: ref().notNull().references(() => party.id),
  /** Name and tax data as they were: JSON. */
  party_snapshot: json(),
}

/** How a document's prices are meant, and what they come to. */
export const amounts = { currency: txt(), prices_include_tax: flag(), net_minor: minor(), tax_minor: minor(), gross_minor: minor() }

/** A line that speaks of a quantity of an item, in the unit entered. */
export const itemLine = {
  line_no: integer().notNull(),
  item_id: ref().notNull().references(() => item.id),
  description: optional(),
  unit: txt(),
  unit_numerator: count(),
  unit_denominator: count(),
  /** In the unit entered. */
  quantity_e6: e6(),
  /** In the item's base unit. */
  base_quantity_e6: e6(),
}

/** An item line with its price, its tax and its amounts after discount. */
export const taxedLine = {
  ...itemLine,
  /** Per unit entered; with or without tax as the document says. */
  price_e4: e4(),
  tax_code: optional(),
  tax_rate_e8: e8(),
  net_minor: minor(),
  tax_minor: minor(),
  gross_minor: minor(),
}

type Column<Name extends string> = Record<Name, SQLiteColumn>

/** By number, and by day for lists. `name` is the table's, without its module; what a long list sums and sorts by is `carried` so that it never reads the rows. */
export const numbered = (name: string, t: Column<'number' | 'day' | 'id'>, ...carried: SQLiteColumn[]) => [
  uniqueIndex(`${name}_number`).on(t.number),
  index(`${name}_day`).on(t.day, t.id, ...carried),
]

/** A document is undone once at most; its entry leads back to it. */
export const undone = (name: string, t: Column<'entry_id' | 'reverses_id'>) => [
  index(`${name}_entry`).on(t.entry_id).where(sql`entry_id is not null`),
  uniqueIndex(`${name}_reverses`).on(t.reverses_id).where(sql`reverses_id is not null`),
]
