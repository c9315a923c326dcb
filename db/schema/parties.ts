import { check, foreignKey, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { sql } from 'drizzle-orm'
import { count, day, extra, flag, id, instant, json, oneOf, optional, ref, schema, txt } from './columns.ts'
import { user } from './platform.ts'
import { LABEL, among, ofEither, ofParties, ofPartiesOf, type PersonalRows } from '../../src-main/kernel/personal.ts'
import { nameKeyOf } from '../../src-main/kernel/text.ts'

/** A customer, a supplier, or both: one row, roles as flags. */
export const party = sqliteTable(
  'parties_party',
  {
    id: id(),
    /** The party that this one is: itself, or the one that it was merged into. One step at most. */
    same_as: ref().notNull(),
    /** Whose branch or customer it is: a dealer stands above the ends it sells to. No circle. */
    parent_id: ref(),
    /** What it is in the chain of sales; empty where nobody says. */
    chain_role: optional(),
    code: txt(),
    name: txt(),
    /** The name folded, without spaces and punctuation: equal keys look like one party. */
    name_key: txt(),
    short_name: optional(),
    kind: txt(),
    is_customer: flag(),
    is_supplier: flag(),
    /** The walk-in customer of counter sales; one per company. */
    is_cash: flag(),
    is_active: flag(),
    phone: optional(),
    /** The phone's digits without the country code of China. */
    phone_key: optional(),
    email: optional(),
    country: optional(),
    price_level: optional(),
    /** Days from invoice to due day. */
    terms_days: count(),
    /** Minor units; empty: no limit. */
    credit_limit_minor: integer(),
    tax_title: optional(),
    tax_no: optional(),
    tax_address: optional(),
    tax_phone: optional(),
    bank_name: optional(),
    bank_account: optional(),
    note: optional(),
    extra: extra(),
    created_at: instant().notNull(),
  },
  (t) => [
    foreignKey({ columns: [t.same_as], foreignColumns: [t.id] }),
    foreignKey({ columns: [t.parent_id], foreignColumns: [t.id] }),
    check('party_chain_role', oneOf(t.chain_role, ['head', 'dealer', 'end'])),
    check('party_parent', sql`parent_id <> id`),
    index('party_parent_id').on(t.parent_id).where(sql`parent_id is not null`),
    check('party_kind', oneOf(t.kind, ['company', 'person'])),
    check('party_merged', sql`same_as = id or is_active = 0`),
    index('party_same_as').on(t.same_as),
    uniqueIndex('party_code').on(t.code),
    index('party_name').on(t.name),
    /** Few: lists of who is known leave them out without looking each one up. */
    index('party_gone').on(t.id).where(sql`is_active = 0`),
    index('party_merged').on(t.id).where(sql`same_as <> id`),
    index('party_name_key').on(t.name_key),
    index('party_phone_key').on(t.phone_key),
    index('party_tax_no').on(t.tax_no),
    uniqueIndex('party_cash').on(t.is_cash).where(sql`is_cash = 1`),
  ],
)

export const alias = sqliteTable(
  'parties_alias',
  { party_id: ref().notNull().references(() => party.id), name: txt(), name_key: txt() },
  (t) => [primaryKey({ columns: [t.party_id, t.name] }), index('alias_name_key').on(t.name_key)],
)

export const contact = sqliteTable(
  'parties_contact',
  {
    id: id(),
    party_id: ref().notNull().references(() => party.id),
    name: txt(),
    title: optional(),
    phone: optional(),
    phone_key: optional(),
    email: optional(),
    wechat: optional(),
    is_primary: flag(),
    note: optional(),
  },
  (t) => [index('contact_party').on(t.party_id), index('contact_phone_key').on(t.phone_key)],
)

/** WeChat, QQ, WhatsApp, web and other handles of a party. */
export const handle = sqliteTable(
  'parties_handle',
  { party_id: ref().notNull().references(() => party.id), kind: txt(), value: txt() },
  (t) => [primaryKey({ columns: [t.party_id, t.kind, t.value] }), index('handle_value').on(t.value)],
)

export const address = sqliteTable(
  'parties_address',
  {
    id: id(),
    party_id: ref().notNull().references(() => party.id),
    label: txt(),
    recipient: optional(),
    phone: optional(),
    region: optional(),
    street: txt(),
    postcode: optional(),
    is_default: flag(),
  },
  (t) => [index('address_party').on(t.party_id)],
)

/** Who owned the party from which day to which: ownership is dated and never a column of documents. */
export const assignment = sqliteTable(
  'parties_assignment',
  {
    party_id: ref().notNull().references(() => party.id),
    user_id: ref().notNull().references(() => user.id),
    from_day: day().notNull(),
    /** Empty while it lasts. */
    to_day: day(),
    seq: count(),
  },
  (t) => [
    primaryKey({ columns: [t.party_id, t.seq] }),
    index('assignment_user').on(t.user_id, t.to_day),
    uniqueIndex('assignment_current').on(t.party_id).where(sql`to_day is null`),
  ],
)

export const tag = sqliteTable(
  'parties_tag',
  { party_id: ref().notNull().references(() => party.id), tag: txt() },
  (t) => [primaryKey({ columns: [t.party_id, t.tag] }), index('tag_word').on(t.tag)],
)

/** The keys by which a party is met by those that look alike: derived from its names, phones and tax number (resemblance.ts). */
export const likeness = sqliteTable(
  'parties_likeness',
  { key: txt(), party_id: ref().notNull().references(() => party.id) },
  (t) => [primaryKey({ columns: [t.key, t.party_id] }), index('likeness_party').on(t.party_id)],
)

/** Two that are probably one, with how surely and why: derived by weighing those who share keys (resemblance.ts). The lower id comes first. */
export const alike = sqliteTable(
  'parties_alike',
  {
    one_id: ref().notNull().references(() => party.id),
    other_id: ref().notNull().references(() => party.id),
    score: integer().notNull(),
    because: json(),
  },
  (t) => [primaryKey({ columns: [t.one_id, t.other_id] }), index('alike_other').on(t.other_id), index('alike_score').on(t.score, t.one_id, t.other_id), check('alike_order', sql`one_id < other_id`)],
)

/** Who is new or changed and was not weighed against the others yet. */
export const unweighed = sqliteTable('parties_unweighed', { party_id: ref().primaryKey().notNull().references(() => party.id) })

/** How many parties were dealt with on a day, and of how many the data were complete and right. */
export const quality = sqliteTable('parties_quality', { day: text().primaryKey().notNull(), total: count(), faultless: count() })

/** Two that look alike and are not one, because somebody looked: never asked about again. The lower id comes first. */
export const distinct = sqliteTable(
  'parties_distinct',
  {
    one_id: ref().notNull().references(() => party.id),
    other_id: ref().notNull().references(() => party.id),
    user_id: ref().notNull().references(() => user.id),
    at: instant().notNull(),
  },
  (t) => [primaryKey({ columns: [t.one_id, t.other_id] }), index('distinct_other').on(t.other_id), index('distinct_user').on(t.user_id), check('distinct_order', sql`one_id < other_id`)],
)

/** A party that turned out to be another one. Taken back by parting them: the row stays and says so. */
export const merge = sqliteTable(
  'parties_merge',
  {
    id: id(),
    winner_id: ref().notNull().references(() => party.id),
    loser_id: ref().notNull().references(() => party.id),
    merged_by: ref().notNull().references(() => user.id),
    merged_at: instant().notNull(),
    reason: optional(),
    parted_by: ref().references(() => user.id),
    parted_at: instant(),
  },
  (t) => [
    check('merge_two', sql`winner_id <> loser_id`),
    check('merge_parted', sql`(parted_by is null) = (parted_at is null)`),
    index('merge_winner').on(t.winner_id),
    index('merge_loser').on(t.loser_id),
    uniqueIndex('merge_standing').on(t.loser_id).where(sql`parted_at is null`),
    index('merge_merged_by').on(t.merged_by),
    index('merge_parted_by').on(t.parted_by).where(sql`parted_by is not null`),
  ],
)

/** Every row that a merge changed, of any module, with what its columns held before: how it is taken back. */
export const mergeRow = sqliteTable(
  'parties_merge_row',
  {
    merge_id: ref().notNull().references(() => merge.id),
    seq: count(),
    table_name: txt(),
    /** JSON of the columns that name the row. */
    key: json(),
    /** JSON of the columns that were changed, as they were. */
    before: json(),
    /** And as the merge left them. */
    after: json(),
  },
  (t) => [primaryKey({ columns: [t.merge_id, t.seq] })],
)

const ofParty = { kind: 'parties.party', of: ofParties('r.party_id'), becomes: 'removed' } as const

const personal: readonly PersonalRows[] = [
  {
    kind: 'parties.party',
    table: party,
    of: ofParties('r.id'),
    extent: 'whole',
    becomes: {
      name: LABEL, name_key: nameKeyOf, short_name: null, phone: null, phone_key: null, email: null, country: null, tax_title: null, tax_no: null, tax_address: null,
      tax_phone: null, bank_name: null, bank_account: null, note: null, extra: () => '{}', is_active: () => 0,
    },
    still: ['code'],
  },
  { ...ofParty, kind: 'parties.contact', table: contact, of: { rows: (person) => among('r.id', person.contact_ids), ids: 'r.id' }, extent: 'record' },
  { ...ofParty, kind: 'parties.contact', table: contact, words: ['name', 'phone', 'phone_key', 'email', 'wechat', 'note'] },
  { ...ofParty, kind: 'parties.address', table: address, words: ['label', 'recipient', 'phone'] },
  { ...ofParty, kind: 'parties.handle', table: handle, words: ['value'] },
  { ...ofParty, kind: 'parties.name', table: alias, extent: 'whole' },
  { ...ofParty, kind: 'parties.tag', table: tag, extent: 'whole' },
  { kind: 'parties.merge', table: merge, of: ofEither('r.winner_id', 'r.loser_id'), becomes: { reason: null }, still: ['parted_at'] },
  { kind: 'parties.merge', table: mergeRow, of: ofPartiesOf({ column: 'r.merge_id', table: 'parties_merge', party: 'x.winner_id' }), becomes: 'removed', words: ['key', 'before', 'after'] },
]

export const partiesSchema = schema({
  module: 'parties',
  tables: [party, alias, contact, handle, address, assignment, tag, likeness, alike, unweighed, quality, distinct, merge, mergeRow],
  guards: [
    { table: party, never: ['delete'], code: 'parties.partyIsPermanent' },
    { table: merge, never: ['delete'], code: 'parties.mergeIsPermanent' },
    { table: mergeRow, never: ['update', 'delete'], code: 'parties.mergeIsPermanent', yieldsTo: 'erasure' },
  ],
  unlogged: [likeness, alike, unweighed, quality, mergeRow],
  bornWithParent: [],
  reference: [],
  clustered: [alias, handle, assignment, tag, likeness, alike, unweighed, distinct, mergeRow],
  personal,
})
