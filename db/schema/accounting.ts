import { check, foreignKey, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { sql } from 'drizzle-orm'
import { count, day, flag, id, instant, json, minor, oneOf, optional, ref, schema, txt } from './columns.ts'
import { party } from './parties.ts'
import { among, ofParties, type PersonalRows } from '../../src-main/kernel/personal.ts'

export const account = sqliteTable(
  'accounting_account',
  {
    id: id(),
    code: txt(),
    name_zh: txt(),
    name_en: txt(),
    class: txt(),
    /** The side on which the balance usually stands. */
    direction: txt(),
    parent_id: ref(),
    /** Control accounts are fed by documents only: receivable, payable, inventory, … */
    control: optional(),
    is_active: flag(),
    allows_manual: flag(),
  },
  (t) => [
    foreignKey({ columns: [t.parent_id], foreignColumns: [t.id] }),
    check('account_class', oneOf(t.class, ['asset', 'liability', 'equity', 'cost', 'income', 'expense'])),
    check('account_direction', oneOf(t.direction, ['debit', 'credit'])),
    uniqueIndex('account_code').on(t.code),
    index('account_parent').on(t.parent_id),
  ],
)

/** Which account plays a part in automatic postings: 'receivable', 'revenue', 'output_tax', … */
export const accountRole = sqliteTable(
  'accounting_role',
  { role: text().primaryKey().notNull(), account_id: ref().notNull().references(() => account.id) },
  (t) => [index('role_account').on(t.account_id)],
)

/** One row: no entry may be dated on or before this day. */
export const lock = sqliteTable(
  'accounting_lock',
  { id: id(), locked_through: day().notNull() },
  (t) => [check('lock_single', oneOf(t.id, ['lock']))],
)

export const lockEvent = sqliteTable('accounting_lock_event', {
  id: id(),
  locked_through: day().notNull(),
  previous: day().notNull(),
  reason: optional(),
  user_id: ref().notNull(),
  at: instant().notNull(),
})

/** A voucher: balanced, immutable, numbered without gaps per word and period. */
export const entry = sqliteTable(
  'accounting_entry',
  {
    id: id(),
    word: txt(),
    period: txt(),
    number: count(),
    day: day().notNull(),
    kind: txt(),
    summary: txt(),
    source_kind: optional(),
    source_id: ref(),
    source_number: optional(),
    reverses_id: ref(),
    total_minor: minor(),
    attachments: count(),
    posted_by: ref().notNull(),
    posted_at: instant().notNull(),
  },
  (t) => [
    foreignKey({ columns: [t.reverses_id], foreignColumns: [t.id] }),
    check('entry_kind', oneOf(t.kind, ['document', 'manual', 'opening', 'accrual', 'adjustment', 'reversal'])),
    uniqueIndex('entry_number').on(t.period, t.word, t.number),
    index('entry_day').on(t.day, t.id),
    index('entry_opening').on(t.day).where(sql`kind = 'opening'`),
    index('entry_source').on(t.source_kind, t.source_id),
    index('entry_reverses').on(t.reverses_id).where(sql`reverses_id is not null`),
  ],
)

export const entryLine = sqliteTable(
  'accounting_line',
  {
    entry_id: ref().notNull().references(() => entry.id),
    line_no: integer().notNull(),
    /** The entry's day again, so that an account's ledger is one index range. */
    day: day().notNull(),
    account_id: ref().notNull().references(() => account.id),
    party_id: ref().references(() => party.id),
    debit_minor: minor(),
    credit_minor: minor(),
    summary: optional(),
  },
  (t) => [
    primaryKey({ columns: [t.entry_id, t.line_no] }),
    check('line_sides', sql`(debit_minor = 0) <> (credit_minor = 0) or (debit_minor = 0 and credit_minor = 0)`),
    index('line_account').on(t.account_id, t.day, t.entry_id, t.line_no, t.debit_minor, t.credit_minor),
    index('line_party').on(t.party_id, t.account_id, t.day).where(sql`party_id is not null`),
  ],
)

/** Monthly turnover per account: derived from the lines, kept by every posting. */
export const balance = sqliteTable(
  'accounting_balance',
  { account_id: ref().notNull().references(() => account.id), period: txt(), debit_minor: minor(), credit_minor: minor() },
  (t) => [primaryKey({ columns: [t.account_id, t.period] })],
)

/** 审核: an appended mark, never a gate. */
export const review = sqliteTable(
  'accounting_review',
  { id: id(), entry_id: ref().notNull().references(() => entry.id), user_id: ref().notNull(), at: instant().notNull(), note: optional() },
  (t) => [index('review_entry').on(t.entry_id)],
)

export const paymentMethod = sqliteTable(
  'accounting_payment_method',
  {
    code: text().primaryKey().notNull(),
    name_zh: txt(),
    name_en: txt(),
    account_id: ref().notNull().references(() => account.id),
    is_active: flag(),
    position: count(),
  },
  (t) => [index('method_account').on(t.account_id)],
)

/** Money received from or paid to a party; posted when made, corrected by a reversal. */
export const payment = sqliteTable(
  'accounting_payment',
  {
    id: id(),
    number: txt(),
    /** receipt: from a customer; refund: back to a customer; payment: to a supplier; supplier_refund: back from a supplier; each negative twin is a row with reverses_id. */
    kind: txt(),
    party_id: ref().notNull().references(() => party.id),
    party_name: txt(),
    day: day().notNull(),
    method: ref().notNull().references(() => paymentMethod.code),
    amount_minor: minor(),
    note: optional(),
    reference: optional(),
    /** The document for which the money came, e.g. a sales order's deposit. */
    source_kind: optional(),
    source_id: ref(),
    reverses_id: ref(),
    entry_id: ref().notNull().references(() => entry.id),
    created_by: ref().notNull(),
    created_at: instant().notNull(),
  },
  (t) => [
    foreignKey({ columns: [t.reverses_id], foreignColumns: [t.id] }),
    check('payment_kind', oneOf(t.kind, ['receipt', 'refund', 'payment', 'supplier_refund'])),
    uniqueIndex('payment_number').on(t.number),
    index('payment_party').on(t.party_id, t.day),
    index('payment_day').on(t.day, t.id),
    index('payment_amount').on(t.amount_minor),
    index('payment_reference').on(t.reference).where(sql`reference is not null`),
    index('payment_method_code').on(t.method),
    index('payment_source').on(t.source_kind, t.source_id).where(sql`source_id is not null`),
    uniqueIndex('payment_reverses').on(t.reverses_id).where(sql`reverses_id is not null`),
    index('payment_entry').on(t.entry_id),
  ],
)

/**
 * What a party owes or is owed, document by document. Receivable side: invoices and refunds are positive, credit notes and
 * receipts negative. Payable side: bills and supplier refunds are positive, payments negative.
 */
export const openItem = sqliteTable(
  'accounting_open_item',
  {
    id: id(),
    side: txt(),
    party_id: ref().notNull().references(() => party.id),
    account_id: ref().notNull().references(() => account.id),
    source_kind: txt(),
    source_id: ref().notNull(),
    number: txt(),
    day: day().notNull(),
    due_on: day().notNull(),
    amount_minor: minor(),
    /** The part that allocations have settled, same sign as the amount: derived. */
    settled_minor: minor(),
  },
  (t) => [
    check('open_item_side', oneOf(t.side, ['receivable', 'payable'])),
    index('open_item_party').on(t.party_id, t.side, t.due_on),
    index('open_item_source').on(t.source_kind, t.source_id),
    index('open_item_account').on(t.account_id),
    index('open_item_open').on(t.side, t.party_id, t.day, t.due_on, t.amount_minor, t.settled_minor).where(sql`amount_minor <> settled_minor`),
  ],
)

/** Settles a positive item against a negative one; a settlement discount settles the positive item further. Undone by a row with negative amounts. */
export const allocation = sqliteTable(
  'accounting_allocation',
  {
    id: id(),
    positive_id: ref().notNull().references(() => openItem.id),
    negative_id: ref().notNull().references(() => openItem.id),
    day: day().notNull(),
    amount_minor: minor(),
    discount_minor: minor(),
    undoes_id: ref(),
    /** 1: the item and its reversal, settled for good and never undone. */
    is_final: flag(),
    entry_id: ref().references(() => entry.id),
    created_by: ref().notNull(),
    created_at: instant().notNull(),
  },
  (t) => [
    index('allocation_day').on(t.day),
    foreignKey({ columns: [t.undoes_id], foreignColumns: [t.id] }),
    index('allocation_positive').on(t.positive_id),
    index('allocation_negative').on(t.negative_id),
    index('allocation_entry').on(t.entry_id).where(sql`entry_id is not null`),
    uniqueIndex('allocation_undoes').on(t.undoes_id).where(sql`undoes_id is not null`),
  ],
)

/** A draft of a manual voucher: holds no number until posted. */
export const voucherDraft = sqliteTable('accounting_voucher_draft', {
  id: id(),
  day: day().notNull(),
  summary: txt(),
  attachments: count(),
  lines: json(),
  created_by: ref().notNull(),
  created_at: instant().notNull(),
})

const notLocked = 'new.day <= (select locked_through from accounting_lock)'

/** Books are kept as they are. */
const personal: readonly PersonalRows[] = [
  { kind: 'accounting.payment', table: payment, of: ofParties('r.party_id'), becomes: 'kept' },
  {
    kind: 'accounting.entry',
    table: entry,
    of: {
      rows: (person) => {
        const of = among('l.party_id', person.party_ids)
        return { sql: `r.id in (select l.entry_id from accounting_line l where ${of.sql})`, params: of.params }
      },
      ids: 'select l.party_id from accounting_line l where l.entry_id = r.id',
    },
    becomes: 'kept',
  },
]

export const accountingSchema = schema({
  module: 'accounting',
  tables: [account, accountRole, lock, lockEvent, entry, entryLine, balance, review, paymentMethod, payment, openItem, allocation, voucherDraft],
  guards: [
    { table: entry, never: ['update', 'delete'], code: 'accounting.postedIsPermanent' },
    { table: entry, on: 'insert', when: notLocked, code: 'accounting.periodLocked' },
    { table: entryLine, never: ['update', 'delete'], code: 'accounting.postedIsPermanent' },
    { table: entryLine, on: 'insert', when: notLocked, code: 'accounting.periodLocked' },
    { table: payment, never: ['update', 'delete'], code: 'accounting.postedIsPermanent' },
    { table: payment, on: 'insert', when: notLocked, code: 'accounting.periodLocked' },
    { table: allocation, never: ['update', 'delete'], code: 'accounting.postedIsPermanent' },
    { table: allocation, on: 'insert', when: notLocked, code: 'accounting.periodLocked' },
    { table: review, never: ['update', 'delete'], code: 'accounting.postedIsPermanent' },
    { table: lockEvent, never: ['update', 'delete'], code: 'accounting.postedIsPermanent' },
    { table: openItem, never: ['delete'], code: 'accounting.postedIsPermanent' },
    {
      table: openItem,
      on: 'update',
      when: 'old.amount_minor <> new.amount_minor or old.party_id <> new.party_id or old.account_id <> new.account_id or old.day <> new.day or old.source_id <> new.source_id',
      code: 'accounting.postedIsPermanent',
    },
    { table: lock, never: ['delete'], code: 'accounting.postedIsPermanent' },
    { table: account, never: ['delete'], code: 'accounting.accountIsPermanent' },
  ],
  unlogged: [entryLine, balance],
  bornWithParent: [openItem, allocation],
  reference: [account, accountRole, lock, paymentMethod],
  clustered: [accountRole, entryLine, balance, paymentMethod],
  personal,
})
