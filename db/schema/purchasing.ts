import { check, foreignKey, index, primaryKey, sqliteTable } from 'drizzle-orm/sqlite-core'
import { sql } from 'drizzle-orm'
import { day, extra, minor, oneOf, optional, ref, schema } from './columns.ts'
import { amounts, numbered, posted, taxedLine, undone, withParty } from './documents.ts'
import { warehouse } from './inventory.ts'
import { ofParties, type PersonalRows } from '../../src-main/kernel/personal.ts'

/** Goods received together with the supplier's bill (positive), its reversal (negative), or a late cost on it: posted when made. */
export const bill = sqliteTable(
  'purchasing_bill',
  {
    ...posted,
    ...withParty,
    ...amounts,
    supplier_reference: optional(),
    warehouse_id: ref().notNull().references(() => warehouse.id),
    due_on: day().notNull(),
    note: optional(),
    extra: extra(),
    /** The bill whose goods a late cost (freight, duty) makes dearer. */
    late_cost_of_id: ref(),
  },
  (t) => [
    foreignKey({ columns: [t.reverses_id], foreignColumns: [t.id] }),
    foreignKey({ columns: [t.late_cost_of_id], foreignColumns: [t.id] }),
    check('bill_kind', oneOf(t.kind, ['bill', 'late_cost', 'reversal'])),
    ...numbered('bill', t),
    ...undone('bill', t),
    index('bill_party').on(t.party_id, t.day),
    index('bill_warehouse').on(t.warehouse_id),
    index('bill_gross').on(t.gross_minor),
    index('bill_reference').on(t.supplier_reference).where(sql`supplier_reference is not null`),
    index('bill_late_cost').on(t.late_cost_of_id).where(sql`late_cost_of_id is not null`),
  ],
)

export const billLine = sqliteTable(
  'purchasing_bill_line',
  {
    bill_id: ref().notNull().references(() => bill.id),
    ...taxedLine,
    /** What went into stock or expense: net for a general taxpayer, gross for others. */
    cost_minor: minor(),
  },
  (t) => [primaryKey({ columns: [t.bill_id, t.line_no] }), index('bill_line_item').on(t.item_id)],
)

/** Bills are posted and stay. */
const personal: readonly PersonalRows[] = [{ kind: 'purchasing.bill', table: bill, of: ofParties('r.party_id'), becomes: 'kept' }]

export const purchasingSchema = schema({
  module: 'purchasing',
  tables: [bill, billLine],
  guards: [
    { table: bill, never: ['update', 'delete'], code: 'purchasing.postedIsPermanent' },
    { table: bill, on: 'insert', when: 'new.day <= (select locked_through from accounting_lock)', code: 'accounting.periodLocked' },
    { table: billLine, never: ['update', 'delete'], code: 'purchasing.postedIsPermanent' },
  ],
  unlogged: [billLine],
  bornWithParent: [],
  reference: [],
  clustered: [billLine],
  personal,
})
