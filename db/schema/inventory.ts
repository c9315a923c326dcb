import { check, foreignKey, index, integer, primaryKey, sqliteTable, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { sql } from 'drizzle-orm'
import { count, day, e6, flag, id, instant, minor, oneOf, optional, ref, schema, txt } from './columns.ts'
import { item } from './catalog.ts'
import { account, entry } from './accounting.ts'
import { numbered, posted, undone, written } from './documents.ts'

export const warehouse = sqliteTable(
  'inventory_warehouse',
  { id: id(), code: txt(), name: txt(), negative_stock: txt(), is_default: flag(), is_active: flag() },
  (t) => [
    check('warehouse_negative_stock', oneOf(t.negative_stock, ['inherit', 'forbid', 'warn', 'allow'])),
    uniqueIndex('warehouse_code').on(t.code),
  ],
)

/** Where goods are: shelves of a warehouse, or the world outside (suppliers, customers, loss, opening). */
export const location = sqliteTable(
  'inventory_location',
  { id: id(), warehouse_id: ref().references(() => warehouse.id), kind: txt(), code: txt(), name: txt(), is_default: flag(), is_active: flag() },
  (t) => [
    check('location_kind', oneOf(t.kind, ['internal', 'supplier', 'customer', 'loss', 'opening', 'production'])),
    uniqueIndex('location_code').on(t.code),
    index('location_warehouse').on(t.warehouse_id),
  ],
)

/**
 * Every movement of goods, from a location to a location; never changed. Order is (day, seq).
 * A value-only adjustment has quantity 0 and points at the move it corrects; its value is signed.
 */
export const move = sqliteTable(
  'inventory_move',
  {
    seq: integer().primaryKey().notNull(),
    day: day().notNull(),
    item_id: ref().notNull().references(() => item.id),
    from_location_id: ref().notNull().references(() => location.id),
    to_location_id: ref().notNull().references(() => location.id),
    quantity_e6: e6(),
    value_minor: minor(),
    kind: txt(),
    /** How an incoming move got its value: given by a document, the current unit cost, or a share of an original issue. */
    cost_basis: txt(),
    /** The issue that this return gives back, or the move that this adjustment corrects. */
    original_seq: integer(),
    /** Where the other side of the value was posted. */
    counter_account_id: ref().references(() => account.id),
    source_kind: txt(),
    source_id: ref().notNull(),
    source_line_no: count(),
    entry_id: ref().references(() => entry.id),
    posted_at: instant().notNull(),
  },
  (t) => [
    foreignKey({ columns: [t.original_seq], foreignColumns: [t.seq] }),
    check('move_kind', oneOf(t.kind, ['in', 'out', 'transfer', 'adjustment'])),
    check('move_cost_basis', oneOf(t.cost_basis, ['given', 'current', 'original', 'computed'])),
    check('move_quantity', sql`quantity_e6 >= 0 and (kind = 'adjustment') = (quantity_e6 = 0)`),
    index('move_item').on(t.item_id, t.day, t.seq),
    index('move_source').on(t.source_kind, t.source_id, t.source_line_no),
    index('move_original').on(t.original_seq).where(sql`original_seq is not null`),
    index('move_from').on(t.from_location_id),
    index('move_to').on(t.to_location_id),
    index('move_counter').on(t.counter_account_id).where(sql`counter_account_id is not null`),
    index('move_entry').on(t.entry_id).where(sql`entry_id is not null`),
  ],
)

/** One cost pool per item and company: quantity and value owned. Derived from the moves. */
export const pool = sqliteTable(
  'inventory_pool',
  {
    item_id: ref().primaryKey().notNull().references(() => item.id),
    quantity_e6: e6(),
    value_minor: minor(),
    /** The last known cost as a fraction: value of that quantity; 0 quantity: none known. */
    last_cost_quantity_e6: e6(),
    last_cost_value_minor: minor(),
    last_day: day().notNull(),
    last_seq: integer().notNull(),
  },
)

/** FIFO: what is left of each incoming move, oldest first. Derived. */
export const layer = sqliteTable(
  'inventory_layer',
  { item_id: ref().notNull().references(() => item.id), day: day().notNull(), seq: integer().notNull(), quantity_e6: e6(), value_minor: minor() },
  (t) => [primaryKey({ columns: [t.item_id, t.day, t.seq] })],
)

/** On hand, reserved and incoming per item and location of a warehouse: derived, kept by every move and plan. */
export const stock = sqliteTable(
  'inventory_stock',
  {
    item_id: ref().notNull().references(() => item.id),
    location_id: ref().notNull().references(() => location.id),
    on_hand_e6: e6(),
    reserved_e6: e6(),
    incoming_e6: e6(),
  },
  (t) => [primaryKey({ columns: [t.item_id, t.location_id] }), index('stock_location').on(t.location_id)],
)

/** Planned movements: what is promised to customers (out, reserved in whole or part) and what is on its way (in). */
export const plan = sqliteTable(
  'inventory_plan',
  {
    id: id(),
    direction: txt(),
    item_id: ref().notNull().references(() => item.id),
    location_id: ref().notNull().references(() => location.id),
    /** What is still to move. */
    quantity_e6: e6(),
    /** What of it is reserved from stock on hand. */
    reserved_e6: e6(),
    due_on: day().notNull(),
    source_kind: txt(),
    source_id: ref().notNull(),
    source_line_no: count(),
    planned_at: instant().notNull(),
  },
  (t) => [
    check('plan_direction', oneOf(t.direction, ['in', 'out'])),
    check('plan_quantities', sql`quantity_e6 >= 0 and reserved_e6 >= 0 and reserved_e6 <= quantity_e6`),
    uniqueIndex('plan_source').on(t.source_kind, t.source_id, t.source_line_no),
    index('plan_item').on(t.item_id, t.location_id, t.due_on),
    index('plan_location').on(t.location_id),
  ],
)

/** Opening stock, found and written-off goods, memos: posted when made. */
export const adjustment = sqliteTable(
  'inventory_adjustment',
  {
    ...posted,
    warehouse_id: ref().notNull().references(() => warehouse.id),
    reason: txt(),
    reference: optional(),
  },
  (t) => [
    foreignKey({ columns: [t.reverses_id], foreignColumns: [t.id] }),
    check('adjustment_kind', oneOf(t.kind, ['opening', 'adjustment', 'memo'])),
    ...numbered('adjustment', t),
    ...undone('adjustment', t),
    index('adjustment_warehouse').on(t.warehouse_id),
  ],
)

export const adjustmentLine = sqliteTable(
  'inventory_adjustment_line',
  {
    adjustment_id: ref().notNull().references(() => adjustment.id),
    line_no: integer().notNull(),
    item_id: ref().notNull().references(() => item.id),
    /** Base units, signed: found is positive, written off negative. */
    quantity_e6: e6(),
    value_minor: minor(),
    note: optional(),
  },
  (t) => [primaryKey({ columns: [t.adjustment_id, t.line_no] }), index('adjustment_line_item').on(t.item_id)],
)

/** Goods carried from one location to another; its lines are the moves. */
export const transfer = sqliteTable(
  'inventory_transfer',
  {
    id: id(),
    number: txt(),
    day: day().notNull(),
    from_location_id: ref().notNull().references(() => location.id),
    to_location_id: ref().notNull().references(() => location.id),
    note: optional(),
    ...written,
  },
  (t) => [
    ...numbered('transfer', t),
    index('transfer_from').on(t.from_location_id),
    index('transfer_to').on(t.to_location_id),
  ],
)

const notLocked = 'new.day <= (select locked_through from accounting_lock)'

export const inventorySchema = schema({
  module: 'inventory',
  tables: [warehouse, location, move, pool, layer, stock, plan, adjustment, adjustmentLine, transfer],
  guards: [
    { table: move, never: ['update', 'delete'], code: 'inventory.movesArePermanent' },
    { table: move, on: 'insert', when: notLocked, code: 'accounting.periodLocked' },
    { table: adjustment, never: ['update', 'delete'], code: 'inventory.movesArePermanent' },
    { table: adjustmentLine, never: ['update', 'delete'], code: 'inventory.movesArePermanent' },
    { table: transfer, never: ['update', 'delete'], code: 'inventory.movesArePermanent' },
  ],
  unlogged: [move, pool, layer, stock, plan, adjustmentLine],
  bornWithParent: [],
  reference: [warehouse, location],
  clustered: [pool, layer, stock, adjustmentLine],
})
