import { check, index, integer, primaryKey, sqliteTable, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { sql } from 'drizzle-orm'
import { count, day, e8, id, instant, json, minor, oneOf, optional, ref, schema, txt } from './columns.ts'
import { entry, openItem } from './accounting.ts'
import { task } from './crm.ts'
import { party } from './parties.ts'
import { user } from './platform.ts'
import { LABEL, ofParties, type PersonalRows } from '../../src-main/kernel/personal.ts'

/** Somebody let a frozen customer order again, up to and with a day, and said why. */
export const release = sqliteTable(
  'credit_release',
  {
    id: id(),
    party_id: ref().notNull().references(() => party.id),
    until_on: day().notNull(),
    reason: txt(),
    released_on: day().notNull(),
    by_id: ref().notNull().references(() => user.id),
    at: instant().notNull(),
    /** Taken back before its day. */
    ended_at: instant(),
    ended_by: ref().references(() => user.id),
  },
  (t) => [
    check('release_ended', sql`(ended_at is null) = (ended_by is null)`),
    index('release_party').on(t.party_id, t.until_on),
    index('release_by').on(t.by_id),
    index('release_ended_by').on(t.ended_by).where(sql`ended_by is not null`),
  ],
)

/** Every change of a customer's credit limit: by rule, with the figures it went by, or by hand, with a reason. */
export const limitChange = sqliteTable(
  'credit_limit_change',
  {
    id: id(),
    party_id: ref().notNull().references(() => party.id),
    seq: count(),
    /** Empty: no limit. */
    before_minor: integer(),
    after_minor: integer(),
    how: txt(),
    reason: optional(),
    /** What the rule went by, as JSON. */
    facts: json(),
    /** Set by hand: the rule leaves it alone up to and with this day. */
    holds_until: day(),
    day: day().notNull(),
    by_id: ref().notNull().references(() => user.id),
    at: instant().notNull(),
  },
  (t) => [
    check('limit_change_how', oneOf(t.how, ['rule', 'manual', 'form'])),
    check('limit_change_reason', sql`how <> 'manual' or reason is not null`),
    uniqueIndex('limit_change_party').on(t.party_id, t.seq),
    index('limit_change_by').on(t.by_id),
  ],
)

/** A letter that asks for overdue money: what it said is kept in its lines. */
export const dunning = sqliteTable(
  'credit_dunning',
  {
    id: id(),
    number: txt(),
    party_id: ref().notNull().references(() => party.id),
    level: count(),
    day: day().notNull(),
    /** Until when it is to be paid. */
    pay_by: day().notNull(),
    total_minor: minor(),
    /** Interest for paying late up to its day that was not charged yet: told, not asked for. 0 where the company charges none. */
    interest_minor: minor(),
    interest_rate_e8: e8(),
    note: optional(),
    by_id: ref().notNull().references(() => user.id),
    at: instant().notNull(),
  },
  (t) => [
    check('dunning_level', sql`level between 1 and 3`),
    uniqueIndex('dunning_number').on(t.number),
    index('dunning_party').on(t.party_id, t.day),
    index('dunning_by').on(t.by_id),
  ],
)

export const dunningLine = sqliteTable(
  'credit_dunning_line',
  {
    dunning_id: ref().notNull().references(() => dunning.id),
    line_no: count(),
    open_item_id: ref().notNull().references(() => openItem.id),
    number: txt(),
    day: day().notNull(),
    due_on: day().notNull(),
    amount_minor: minor(),
    open_minor: minor(),
    overdue_days: count(),
  },
  (t) => [primaryKey({ columns: [t.dunning_id, t.line_no] }), index('dunning_line_item').on(t.open_item_id)],
)

/** Interest for paying late, charged as a document of its own: what is owed for it, and the entry behind it. */
export const interest = sqliteTable(
  'credit_interest',
  {
    id: id(),
    number: txt(),
    party_id: ref().notNull().references(() => party.id),
    day: day().notNull(),
    /** The last day that is charged. */
    through_on: day().notNull(),
    /** For each day. */
    rate_e8: e8(),
    tax_code: optional(),
    tax_rate_e8: e8(),
    net_minor: minor(),
    tax_minor: minor(),
    gross_minor: minor(),
    entry_id: ref().notNull().references(() => entry.id),
    note: optional(),
    by_id: ref().notNull().references(() => user.id),
    at: instant().notNull(),
    reversed_on: day(),
    reversed_reason: optional(),
  },
  (t) => [
    check('interest_gross', sql`net_minor + tax_minor = gross_minor and gross_minor > 0`),
    check('interest_reversed', sql`(reversed_on is null) = (reversed_reason is null)`),
    uniqueIndex('interest_number').on(t.number),
    index('interest_party').on(t.party_id, t.day),
    index('interest_entry').on(t.entry_id),
    index('interest_by').on(t.by_id),
  ],
)

/** Days of one invoice on which the same amount was open. */
export const interestLine = sqliteTable(
  'credit_interest_line',
  {
    interest_id: ref().notNull().references(() => interest.id),
    line_no: count(),
    open_item_id: ref().notNull().references(() => openItem.id),
    number: txt(),
    due_on: day().notNull(),
    from_on: day().notNull(),
    through_on: day().notNull(),
    days: count(),
    base_minor: minor(),
    interest_minor: minor(),
  },
  (t) => [primaryKey({ columns: [t.interest_id, t.line_no] }), index('interest_line_item').on(t.open_item_id), check('interest_line_days', sql`from_on <= through_on and days > 0`)],
)

/** What a customer promised to pay, in one part or in several: kept or broken is worked out from the receipts. */
export const promise = sqliteTable(
  'credit_promise',
  {
    id: id(),
    party_id: ref().notNull().references(() => party.id),
    total_minor: minor(),
    note: optional(),
    made_on: day().notNull(),
    by_id: ref().notNull().references(() => user.id),
    at: instant().notNull(),
    /** Counts no more: withdrawn, or another took its place. */
    ended_on: day(),
    ended_reason: optional(),
  },
  (t) => [
    check('promise_ended', sql`(ended_on is null) = (ended_reason is null)`),
    index('promise_party').on(t.party_id, t.made_on),
    index('promise_by').on(t.by_id),
  ],
)

export const promisePart = sqliteTable(
  'credit_promise_part',
  { promise_id: ref().notNull().references(() => promise.id), part_no: count(), due_on: day().notNull(), amount_minor: minor() },
  (t) => [primaryKey({ columns: [t.promise_id, t.part_no] }), check('promise_part_amount', sql`amount_minor > 0`)],
)

/** The task that was given to somebody because a customer is overdue. */
export const collectionTask = sqliteTable(
  'credit_collection_task',
  { task_id: ref().primaryKey().notNull().references(() => task.id), party_id: ref().notNull().references(() => party.id), day: day().notNull() },
  (t) => [index('collection_task_party').on(t.party_id)],
)

const of = ofParties('r.party_id')

/** Besides figures: what people wrote. */
const personal: readonly PersonalRows[] = [
  { kind: 'credit.release', table: release, of, becomes: { reason: LABEL } },
  { kind: 'credit.limitChange', table: limitChange, of, becomes: { reason: LABEL } },
  { kind: 'credit.dunning', table: dunning, of, becomes: { note: null } },
  { kind: 'credit.interest', table: interest, of, becomes: { note: null, reversed_reason: LABEL } },
  { kind: 'credit.promise', table: promise, of, becomes: { note: null, ended_reason: LABEL }, still: ['ended_on'] },
]

export const creditSchema = schema({
  module: 'credit',
  tables: [release, limitChange, dunning, dunningLine, interest, interestLine, promise, promisePart, collectionTask],
  guards: [
    { table: release, never: ['delete'], code: 'credit.recordIsPermanent' },
    { table: limitChange, never: ['update', 'delete'], code: 'credit.recordIsPermanent', yieldsTo: 'erasure' },
    { table: dunning, never: ['update', 'delete'], code: 'credit.recordIsPermanent', yieldsTo: 'erasure' },
    { table: dunningLine, never: ['update', 'delete'], code: 'credit.recordIsPermanent' },
    { table: interest, never: ['delete'], code: 'credit.recordIsPermanent' },
    { table: interestLine, never: ['update', 'delete'], code: 'credit.recordIsPermanent' },
    { table: promise, never: ['delete'], code: 'credit.recordIsPermanent' },
    { table: promisePart, never: ['update', 'delete'], code: 'credit.recordIsPermanent' },
  ],
  unlogged: [limitChange, dunningLine, interestLine, promisePart, collectionTask],
  bornWithParent: [],
  reference: [],
  clustered: [dunningLine, interestLine, promisePart, collectionTask],
  personal,
})
