import { check, foreignKey, index, integer, primaryKey, sqliteTable, uniqueIndex, type SQLiteColumn } from 'drizzle-orm/sqlite-core'
import { sql } from 'drizzle-orm'
import { count, day, e6, e8, extra, flag, id, instant, json, minor, oneOf, optional, ref, schema, txt } from './columns.ts'
import { amounts, itemLine, numbered, posted, taxedLine, undone, withParty, written } from './documents.ts'
import { warehouse } from './inventory.ts'
import { entry } from './accounting.ts'
import { ofParties, type PersonalRows } from '../../src-main/kernel/personal.ts'

/** What every priced line of sales says: the discounts too. */
const pricedLine = {
  ...taxedLine,
  discount_rate_e8: e8(),
  /** This line's own discount. */
  discount_minor: minor(),
  /** This line's share of the document's discount. */
  order_discount_minor: minor(),
  /** The flash sale whose pieces these are. */
  promotion_id: ref(),
}

/** What every priced document of sales says. */
const pricedDocument = {
  id: id(),
  number: optional(),
  ...withParty,
  day: day().notNull(),
  ...amounts,
  /** The whole-order discount, already spread on the lines (抹零 too). */
  discount_minor: minor(),
  salesperson_id: ref(),
  note: optional(),
  extra: extra(),
  ...written,
}

/** Lines tell which line of an order they carry out, and which line they give back or undo. */
const whence = { order_id: ref(), order_line_no: integer(), original_id: ref(), original_line_no: integer() }

export const quote = sqliteTable(
  'sales_quote',
  { ...pricedDocument, state: txt(), version: count(), previous_id: ref(), valid_until: day(), lost_reason: optional() },
  (t) => [
    foreignKey({ columns: [t.previous_id], foreignColumns: [t.id] }),
    check('quote_state', oneOf(t.state, ['draft', 'sent', 'won', 'lost', 'replaced'])),
    uniqueIndex('quote_number').on(t.number, t.version),
    index('quote_party').on(t.party_id, t.day),
    index('quote_day').on(t.day, t.id),
    index('quote_gross').on(t.gross_minor),
    index('quote_previous').on(t.previous_id).where(sql`previous_id is not null`),
  ],
)

export const quoteLine = sqliteTable(
  'sales_quote_line',
  { quote_id: ref().notNull().references(() => quote.id), ...pricedLine },
  (t) => [primaryKey({ columns: [t.quote_id, t.line_no] }), index('quote_line_item').on(t.item_id)],
)

export const order = sqliteTable(
  'sales_order',
  {
    ...pricedDocument,
    state: txt(),
    quote_id: ref().references(() => quote.id),
    warehouse_id: ref().notNull().references(() => warehouse.id),
    /** The day the customer wants it. */
    wanted_on: day(),
    /** The day promised at confirmation from what is available. */
    promised_on: day(),
    ship_to: optional(),
    customer_reference: optional(),
    /** The coupon whose amount is in the discount; used up when the order is confirmed. */
    coupon_code: optional(),
    coupon_minor: minor(),
    confirmed_at: instant(),
    confirmed_by: ref(),
    revision: count(),
  },
  (t) => [
    check('order_state', oneOf(t.state, ['draft', 'confirmed', 'closed', 'cancelled'])),
    ...numbered('order', t, t.wanted_on),
    index('order_gross').on(t.gross_minor, t.id),
    index('order_wanted').on(t.wanted_on, t.id),
    index('order_reference').on(t.customer_reference).where(sql`customer_reference is not null`),
    index('order_party').on(t.party_id, t.day),
    index('order_state_day').on(t.state, t.day),
    index('order_quote').on(t.quote_id).where(sql`quote_id is not null`),
    index('order_warehouse').on(t.warehouse_id),
  ],
)

export const orderLine = sqliteTable(
  'sales_order_line',
  {
    order_id: ref().notNull().references(() => order.id),
    ...pricedLine,
    /** What was closed short, in base units. */
    closed_e6: e6(),
    /** Where it is another day than the order's. */
    promised_on: day(),
  },
  (t) => [primaryKey({ columns: [t.order_id, t.line_no] }), index('order_line_item').on(t.item_id)],
)

/** A confirmed order as it was before a change. */
export const orderRevision = sqliteTable(
  'sales_order_revision',
  { order_id: ref().notNull().references(() => order.id), revision: count(), before: json(), reason: optional(), user_id: ref().notNull(), at: instant().notNull() },
  (t) => [primaryKey({ columns: [t.order_id, t.revision] })],
)

/** Goods that left for the customer (positive) or came back (negative): posted when made. */
export const delivery = sqliteTable(
  'sales_delivery',
  {
    ...posted,
    ...withParty,
    order_id: ref().references(() => order.id),
    warehouse_id: ref().notNull().references(() => warehouse.id),
    /** Delivered and invoiced in one step: the cost went straight to cost of sales. */
    is_direct: flag(),
    ship_to: optional(),
    tracking: optional(),
    note: optional(),
  },
  (t) => [
    foreignKey({ columns: [t.reverses_id], foreignColumns: [t.id] }),
    check('delivery_kind', oneOf(t.kind, ['delivery', 'return', 'reversal'])),
    ...numbered('delivery', t),
    ...undone('delivery', t),
    index('delivery_party').on(t.party_id, t.day),
    index('delivery_order').on(t.order_id).where(sql`order_id is not null`),
    index('delivery_warehouse').on(t.warehouse_id),
    index('delivery_tracking').on(t.tracking).where(sql`tracking is not null`),
  ],
)

export const deliveryLine = sqliteTable(
  'sales_delivery_line',
  {
    delivery_id: ref().notNull().references(() => delivery.id),
    ...itemLine,
    /** The delivery line that a return gives back or a reversal undoes is the original; quantities that came back are negative. */
    ...whence,
    disposition: optional(),
  },
  (t) => [
    primaryKey({ columns: [t.delivery_id, t.line_no] }),
    foreignKey({ columns: [t.order_id, t.order_line_no], foreignColumns: [orderLine.order_id, orderLine.line_no] }),
    foreignKey({ columns: [t.original_id, t.original_line_no], foreignColumns: [t.delivery_id, t.line_no] }),
    check('delivery_line_disposition', sql`disposition is null or disposition in ('restock', 'scrap')`),
    index('delivery_line_item').on(t.item_id),
    index('delivery_line_order').on(t.order_id, t.order_line_no).where(sql`order_id is not null`),
    index('delivery_line_original').on(t.original_id, t.original_line_no).where(sql`original_id is not null`),
  ],
)

/** Our own bill (positive) or credit note (negative amounts and quantities): posted when made. */
export const invoice = sqliteTable(
  'sales_invoice',
  {
    ...pricedDocument,
    ...posted,
    due_on: day().notNull(),
    order_id: ref().references(() => order.id),
    /** The invoice that a credit note or reversal corrects. */
    original_id: ref(),
    reference: optional(),
  },
  (t) => [
    foreignKey({ columns: [t.original_id], foreignColumns: [t.id] }),
    foreignKey({ columns: [t.reverses_id], foreignColumns: [t.id] }),
    check('invoice_kind', oneOf(t.kind, ['invoice', 'credit_note', 'reversal'])),
    ...numbered('invoice', t),
    index('invoice_gross').on(t.gross_minor),
    ...undone('invoice', t),
    index('invoice_party').on(t.party_id, t.day),
    index('invoice_order').on(t.order_id).where(sql`order_id is not null`),
    index('invoice_original').on(t.original_id).where(sql`original_id is not null`),
    index('invoice_reference').on(t.reference).where(sql`reference is not null`),
  ],
)

export const invoiceLine = sqliteTable(
  'sales_invoice_line',
  {
    invoice_id: ref().notNull().references(() => invoice.id),
    ...pricedLine,
    ...whence,
    delivery_id: ref(),
    delivery_line_no: integer(),
    /** What this line moved from goods delivered to cost of sales when it was posted (signed). */
    cost_minor: minor(),
  },
  (t) => [
    primaryKey({ columns: [t.invoice_id, t.line_no] }),
    foreignKey({ columns: [t.order_id, t.order_line_no], foreignColumns: [orderLine.order_id, orderLine.line_no] }),
    foreignKey({ columns: [t.delivery_id, t.delivery_line_no], foreignColumns: [deliveryLine.delivery_id, deliveryLine.line_no] }),
    foreignKey({ columns: [t.original_id, t.original_line_no], foreignColumns: [t.invoice_id, t.line_no] }),
    index('invoice_line_item').on(t.item_id),
    index('invoice_line_order').on(t.order_id, t.order_line_no).where(sql`order_id is not null`),
    index('invoice_line_delivery').on(t.delivery_id, t.delivery_line_no).where(sql`delivery_id is not null`),
    index('invoice_line_original').on(t.original_id, t.original_line_no).where(sql`original_id is not null`),
  ],
)

/** What happens to a delivered line between its delivery and its invoice, step by step. */
const ofDelivered = {
  delivery_id: ref().notNull(),
  delivery_line_no: integer().notNull(),
  seq: count(),
  day: day().notNull(),
  cost_minor: minor(),
  entry_id: ref().notNull().references(() => entry.id),
}
const deliveredKey = (t: { delivery_id: SQLiteColumn; delivery_line_no: SQLiteColumn; seq: SQLiteColumn }) => [
  primaryKey({ columns: [t.delivery_id, t.delivery_line_no, t.seq] }),
  foreignKey({ columns: [t.delivery_id, t.delivery_line_no], foreignColumns: [deliveryLine.delivery_id, deliveryLine.line_no] }),
]

/** Revenue and cost of goods delivered but not invoiced when a period was locked; undone when invoiced. */
export const accrual = sqliteTable(
  'sales_accrual',
  {
    ...ofDelivered,
    /** Base units accrued (positive) or taken back (negative). */
    quantity_e6: e6(),
    revenue_minor: minor(),
  },
  (t) => [...deliveredKey(t), index('accrual_entry').on(t.entry_id)],
)

/**
 * Cost (negative: it went back) that went on from goods delivered to cost of sales apart from an invoice: adjustments of what was
 * invoiced already, cents of rounding.
 */
export const costShift = sqliteTable('sales_cost_shift', ofDelivered, (t) => [...deliveredKey(t), index('cost_shift_entry').on(t.entry_id)])

const notLocked = 'new.day <= (select locked_through from accounting_lock)'
const permanent = 'sales.postedIsPermanent'

const of = ofParties('r.party_id')
const emptySnapshot = (label: string): string =>
  JSON.stringify({ name: label, code: '', phone: null, tax_title: null, tax_no: null, tax_address: null, tax_phone: null, bank_name: null, bank_account: null })

/** Orders that were carried out, deliveries and invoices stay: they are what the books lean on. */
const personal: readonly PersonalRows[] = [
  { kind: 'sales.quote', table: quote, of, becomes: { party_snapshot: emptySnapshot, note: null, extra: () => '{}', lost_reason: null }, still: ['state'] },
  {
    kind: 'sales.order',
    table: order,
    of,
    kept: `r.state in ('confirmed', 'closed')`,
    becomes: { party_snapshot: emptySnapshot, note: null, extra: () => '{}', ship_to: null, customer_reference: null },
    still: ['state'],
  },
  { kind: 'sales.delivery', table: delivery, of, becomes: 'kept' },
  { kind: 'sales.invoice', table: invoice, of, becomes: 'kept' },
]

export const salesSchema = schema({
  module: 'sales',
  tables: [quote, quoteLine, order, orderLine, orderRevision, delivery, deliveryLine, invoice, invoiceLine, accrual, costShift],
  guards: [
    { table: delivery, never: ['update', 'delete'], code: permanent },
    { table: delivery, on: 'insert', when: notLocked, code: 'accounting.periodLocked' },
    { table: deliveryLine, never: ['update', 'delete'], code: permanent },
    { table: invoice, never: ['update', 'delete'], code: permanent },
    { table: invoice, on: 'insert', when: notLocked, code: 'accounting.periodLocked' },
    { table: invoiceLine, never: ['update', 'delete'], code: permanent },
    { table: accrual, never: ['update', 'delete'], code: permanent },
    { table: costShift, never: ['update', 'delete'], code: permanent },
    { table: orderRevision, never: ['update', 'delete'], code: permanent },
    { table: order, on: 'delete', when: "old.state <> 'draft'", code: permanent },
  ],
  unlogged: [quoteLine, deliveryLine, invoiceLine, accrual, costShift],
  bornWithParent: [orderLine],
  reference: [],
  clustered: [quoteLine, orderLine, orderRevision, deliveryLine, invoiceLine, accrual, costShift],
  personal,
})
