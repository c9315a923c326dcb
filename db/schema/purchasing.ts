import { check, foreignKey, index, integer, primaryKey, sqliteTable, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { sql } from 'drizzle-orm'
import { count, day, e4, e6, e8, flag, id, instant, json, minor, oneOf, optional, ref, schema, txt } from './columns.ts'
import { party } from './parties.ts'
import { item } from './catalog.ts'
import { warehouse } from './inventory.ts'
import { entry } from './accounting.ts'

/** Goods received together with the supplier's bill (positive), its reversal (negative), or a late cost on it: posted when made. */
export const bill = sqliteTable(
  'purchasing_bill',
  {
    id: id(),
    number: txt(),
    kind: txt(),
    party_id: ref().notNull().references(() => party.id),
    party_snapshot: json(),
    supplier_reference: optional(),
    warehouse_id: ref().notNull().references(() => warehouse.id),
    day: day().notNull(),
    due_on: day().notNull(),
    currency: txt(),
    prices_include_tax: flag(),
    net_minor: minor(),
    tax_minor: minor(),
    gross_minor: minor(),
    note: optional(),
    /** The bill that a reversal undoes. */
    reverses_id: ref(),
    /** The bill whose goods a late cost (freight, duty) makes dearer. */
    late_cost_of_id: ref(),
    entry_id: ref().references(() => entry.id),
    created_by: ref().notNull(),
    created_at: instant().notNull(),
  },
  (t) => [
    foreignKey({ columns: [t.reverses_id], foreignColumns: [t.id] }),
    foreignKey({ columns: [t.late_cost_of_id], foreignColumns: [t.id] }),
    check('bill_kind', oneOf(t.kind, ['bill', 'late_cost', 'reversal'])),
    uniqueIndex('bill_number').on(t.number),
    index('bill_party').on(t.party_id, t.day),
    index('bill_day').on(t.day, t.id),
    index('bill_warehouse').on(t.warehouse_id),
    index('bill_entry').on(t.entry_id).where(sql`entry_id is not null`),
    uniqueIndex('bill_reverses').on(t.reverses_id).where(sql`reverses_id is not null`),
    index('bill_late_cost').on(t.late_cost_of_id).where(sql`late_cost_of_id is not null`),
  ],
)

export const billLine = sqliteTable(
  'purchasing_bill_line',
  {
    bill_id: ref().notNull().references(() => bill.id),
    line_no: integer().notNull(),
    item_id: ref().notNull().references(() => item.id),
    description: optional(),
    unit: txt(),
    unit_numerator: count(),
    unit_denominator: count(),
    quantity_e6: e6(),
    base_quantity_e6: e6(),
    price_e4: e4(),
    tax_code: optional(),
    tax_rate_e8: e8(),
    net_minor: minor(),
    tax_minor: minor(),
    gross_minor: minor(),
    /** What went into stock or expense: net for a general taxpayer, gross for others. */
    cost_minor: minor(),
  },
  (t) => [primaryKey({ columns: [t.bill_id, t.line_no] }), index('bill_line_item').on(t.item_id)],
)

export const purchasingSchema = schema({
  module: 'purchasing',
  tables: [bill, billLine],
  guards: [
    { table: bill, never: ['update', 'delete'], code: 'purchasing.postedIsPermanent' },
    { table: bill, on: 'insert', when: 'new.day <= (select locked_through from accounting_lock)', code: 'accounting.periodLocked' },
    { table: billLine, never: ['update', 'delete'], code: 'purchasing.postedIsPermanent' },
  ],
  unlogged: [billLine],
  clustered: [billLine],
})
