import { check, index, integer, primaryKey, sqliteTable, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { sql } from 'drizzle-orm'
import { count, day, extra, flag, id, instant, oneOf, optional, ref, schema, txt } from './columns.ts'
import { user } from './platform.ts'

/** A customer, a supplier, or both: one row, roles as flags. */
export const party = sqliteTable(
  'parties_party',
  {
    id: id(),
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
    check('party_kind', oneOf(t.kind, ['company', 'person'])),
    uniqueIndex('party_code').on(t.code),
    index('party_name').on(t.name),
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

export const partiesSchema = schema({
  module: 'parties',
  tables: [party, alias, contact, handle, address, assignment, tag],
  guards: [{ table: party, never: ['delete'], code: 'parties.partyIsPermanent' }],
  unlogged: [],
  bornWithParent: [],
  reference: [],
  clustered: [alias, handle, assignment, tag],
})
