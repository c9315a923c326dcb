import { check, index, integer, primaryKey, sqliteTable, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { sql } from 'drizzle-orm'
import { item } from './catalog.ts'
import { count, day, e4, e6, id, instant, minor, oneOf, optional, ref, schema, txt } from './columns.ts'
import { opportunity, task } from './crm.ts'
import { party } from './parties.ts'
import { user } from './platform.ts'
import { order, quote } from './sales.ts'
import { LABEL, ofParties, ofPartiesOf, type PersonalRows } from '../../src-main/kernel/personal.ts'

/** What was agreed with a customer for a term: for how much, to be paid in which parts. */
export const contract = sqliteTable(
  'contracts_contract',
  {
    id: id(),
    /** Taken when it is signed; a draft has none. */
    number: optional(),
    title: txt(),
    party_id: ref().notNull().references(() => party.id),
    opportunity_id: ref().references(() => opportunity.id),
    quote_id: ref().references(() => quote.id),
    /** The contract that this one renews. */
    renews_id: ref(),
    amount_minor: minor(),
    starts_on: day().notNull(),
    ends_on: day().notNull(),
    /** So many days before its end somebody is reminded; empty: nobody. */
    remind_days: integer(),
    owner_id: ref().notNull().references(() => user.id),
    note: optional(),
    state: txt(),
    signed_on: day(),
    ended_on: day(),
    end_reason: optional(),
    /** The draft order that it became. */
    order_id: ref().references(() => order.id),
    /** The task that reminds of its end. */
    reminder_id: ref().references(() => task.id),
    created_by: ref().notNull(),
    created_at: instant().notNull(),
  },
  (t) => [
    check('contract_state', oneOf(t.state, ['draft', 'active', 'terminated'])),
    check('contract_number', sql`state <> 'active' or number is not null`),
    check('contract_signed', sql`(number is null) = (signed_on is null)`),
    check('contract_terminated', sql`(state = 'terminated') = (ended_on is not null)`),
    check('contract_term', sql`ends_on >= starts_on`),
    uniqueIndex('contract_number_once').on(t.number).where(sql`number is not null`),
    index('contract_party').on(t.party_id, t.state),
    index('contract_ends').on(t.state, t.ends_on),
    index('contract_owner').on(t.owner_id),
    index('contract_opportunity').on(t.opportunity_id).where(sql`opportunity_id is not null`),
    index('contract_quote').on(t.quote_id).where(sql`quote_id is not null`),
    index('contract_order').on(t.order_id).where(sql`order_id is not null`),
    index('contract_reminder').on(t.reminder_id).where(sql`reminder_id is not null`),
    uniqueIndex('contract_renews').on(t.renews_id).where(sql`renews_id is not null`),
  ],
)

export const contractLine = sqliteTable(
  'contracts_line',
  {
    contract_id: ref().notNull().references(() => contract.id),
    line_no: count(),
    item_id: ref().notNull().references(() => item.id),
    unit: txt(),
    quantity_e6: e6(),
    price_e4: e4(),
  },
  (t) => [primaryKey({ columns: [t.contract_id, t.line_no] }), index('contract_line_item').on(t.item_id)],
)

/** When which part of the amount is to be paid. */
export const instalment = sqliteTable(
  'contracts_instalment',
  { contract_id: ref().notNull().references(() => contract.id), part_no: count(), due_on: day().notNull(), amount_minor: minor(), note: optional() },
  (t) => [primaryKey({ columns: [t.contract_id, t.part_no] }), check('instalment_amount', sql`amount_minor > 0`)],
)

/** One that was signed is kept as books are. */
const personal: readonly PersonalRows[] = [
  { kind: 'contracts.contract', table: instalment, of: ofPartiesOf({ column: 'r.contract_id', table: 'contracts_contract', party: 'x.party_id', where: 'x.number is null' }), becomes: { note: null } },
  { kind: 'contracts.contract', table: contract, of: ofParties('r.party_id'), kept: 'r.number is not null', becomes: { title: LABEL, note: null, end_reason: LABEL }, still: ['state', 'number'] },
]

export const contractsSchema = schema({
  module: 'contracts',
  tables: [contract, contractLine, instalment],
  guards: [{ table: contract, never: ['delete'], code: 'contracts.contractIsPermanent' }],
  unlogged: [contractLine, instalment],
  bornWithParent: [],
  reference: [],
  clustered: [contractLine, instalment],
  personal,
})
