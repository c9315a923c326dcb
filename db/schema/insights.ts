import { check, index, integer, primaryKey, sqliteTable, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { sql } from 'drizzle-orm'
import { item } from './catalog.ts'
import { count, day, e6, e8, flag, id, instant, json, minor, oneOf, optional, ref, schema, txt } from './columns.ts'
import { task } from './crm.ts'
import { party } from './parties.ts'
import { user } from './platform.ts'

/** A score from 1 to 5, empty where somebody is not scored. */
const score = () => integer()
const bound = () => integer().notNull()
const bounds = (letter: string) => sql.raw(`${letter}_from between 1 and ${letter}_to and ${letter}_to <= 5`)

/** A named tier: the first, in their order, whose bounds hold somebody's three scores. What applies to whom is in it. */
export const tier = sqliteTable(
  'insights_tier',
  {
    id: id(),
    position: count(),
    name_zh: txt(),
    name_en: txt(),
    r_from: bound(),
    r_to: bound(),
    f_from: bound(),
    f_to: bound(),
    m_from: bound(),
    m_to: bound(),
    /** The price level of who is in it; empty: theirs is left alone. */
    price_level: optional(),
    /** What is offered to them alone, as it is told. */
    offer: optional(),
    /** 1 first, 2 usual, 3 last; empty: nothing is said. */
    service_priority: integer(),
    /** They are seen again after so many days; empty: no rhythm. */
    visit_days: integer(),
    is_active: flag(),
  },
  (t) => [
    check('tier_r', bounds('r')),
    check('tier_f', bounds('f')),
    check('tier_m', bounds('m')),
    check('tier_priority', sql`service_priority between 1 and 3`),
    check('tier_visits', sql`visit_days > 0`),
    index('tier_position').on(t.position),
  ],
)

/** What is known of a customer from what they bought, as of the day it was worked out: made anew from posted documents each time. */
export const customerScore = sqliteTable(
  'insights_score',
  {
    party_id: ref().primaryKey().notNull().references(() => party.id),
    standing: txt(),
    tier_id: ref().references(() => tier.id),
    r: score(),
    f: score(),
    m: score(),
    /** Of the window: invoices that stand, and what they came to, net of credits and tax. */
    invoice_count: count(),
    amount_minor: minor(),
    /** What the window before this one came to. */
    amount_before_minor: minor(),
    /** Of all time. */
    first_on: day(),
    last_on: day(),
    /** Days on which they bought. */
    purchase_days: count(),
    total_minor: minor(),
    margin_minor: minor(),
    /** Days between purchases, the middle of them; empty before the second. */
    interval_days: integer(),
    expected_on: day(),
    /** From this day on they are taken for gone, should they not come. */
    lapses_on: day(),
    /** The probability that they are still customers; empty where no model could be fitted. */
    alive_e8: integer(),
    /** Purchases to expect within the horizon. */
    expected_e6: integer(),
    /** What one of them may come to. */
    spend_minor: integer(),
    /** The margin to expect within the horizon, discounted to today. */
    future_minor: integer(),
    /** Margin so far and to come: lifetime value. */
    lifetime_minor: minor(),
    /** 0 to 100. */
    risk: count(),
    /** Names of the reasons: JSON list. */
    risk_reasons: json(),
    /** The price level that was put on them by a tier's policy. */
    applied_level: optional(),
    computed_on: day().notNull(),
  },
  (t) => [
    check('score_standing', oneOf(t.standing, ['scored', 'quiet', 'not_positive', 'no_invoice'])),
    check('score_scored', sql`(standing = 'scored') = (r is not null and f is not null and m is not null)`),
    check('score_tier', sql`tier_id is null or standing = 'scored'`),
    index('score_tier').on(t.tier_id, t.party_id),
    index('score_amount').on(t.amount_minor, t.party_id),
    index('score_lifetime').on(t.lifetime_minor, t.party_id),
    index('score_risk').on(t.risk, t.party_id),
    index('score_expected').on(t.expected_on, t.lapses_on, t.party_id),
  ],
)

/** Every change of a tier, from the first. */
export const tierMove = sqliteTable(
  'insights_tier_move',
  {
    id: id(),
    party_id: ref().notNull().references(() => party.id),
    from_tier_id: ref().references(() => tier.id),
    to_tier_id: ref().references(() => tier.id),
    day: day().notNull(),
    at: instant().notNull(),
  },
  (t) => [
    check('tier_move_moves', sql`coalesce(from_tier_id, '') <> coalesce(to_tier_id, '')`),
    index('tier_move_party').on(t.party_id, t.day),
    index('tier_move_from').on(t.from_tier_id, t.day),
    index('tier_move_to').on(t.to_tier_id, t.day),
    index('tier_move_day').on(t.day, t.id),
  ],
)

/** Each time customers were looked at anew: of which window, how they stood, and what the models came to. */
export const run = sqliteTable(
  'insights_run',
  {
    id: id(),
    day: day().notNull(),
    from_on: day().notNull(),
    at: instant().notNull(),
    by_id: ref().notNull().references(() => user.id),
    scored: count(),
    quiet: count(),
    not_positive: count(),
    no_invoice: count(),
    moved: count(),
    /** Invoices among which goods bought together were counted. */
    baskets: count(),
    /** Parameters of the models, as they were estimated: JSON. */
    models: json(),
  },
  (t) => [index('run_day').on(t.day, t.id), index('run_by').on(t.by_id)],
)

/** Goods that are bought with other goods, of the invoices of the window; made anew each time. */
export const together = sqliteTable(
  'insights_together',
  {
    item_id: ref().notNull().references(() => item.id),
    other_id: ref().notNull().references(() => item.id),
    /** Invoices with the item, and with both. */
    item_count: count(),
    both_count: count(),
    /** Of all invoices, those with both; of the item's, those with the other too. */
    support_e8: e8(),
    confidence_e8: e8(),
    /** How many times likelier the other is with the item than at all. */
    lift_e6: e6(),
  },
  (t) => [primaryKey({ columns: [t.item_id, t.other_id] }), index('together_other').on(t.other_id), index('together_lift').on(t.lift_e6)],
)

/** A group of customers by what is true of them, asked anew whenever it is used. */
export const segment = sqliteTable(
  'insights_segment',
  {
    id: id(),
    name: txt(),
    name_key: txt(),
    note: optional(),
    match: txt(),
    /** JSON list of conditions, as the contract checks them. */
    conditions: json(),
    created_by: ref().notNull().references(() => user.id),
    created_at: instant().notNull(),
  },
  (t) => [check('segment_match', oneOf(t.match, ['all', 'any'])), uniqueIndex('segment_name_key').on(t.name_key), index('segment_by').on(t.created_by)],
)

/** A task that was raised because a purchase or a visit was due. */
export const raisedTask = sqliteTable(
  'insights_raised',
  {
    task_id: ref().primaryKey().notNull().references(() => task.id),
    party_id: ref().notNull().references(() => party.id),
    why: txt(),
    /** The day that was due. */
    expected_on: day().notNull(),
    raised_on: day().notNull(),
  },
  (t) => [check('raised_why', oneOf(t.why, ['repurchase', 'visit'])), index('raised_party').on(t.party_id, t.why, t.expected_on), index('raised_day').on(t.raised_on)],
)

export const insightsSchema = schema({
  module: 'insights',
  tables: [tier, customerScore, tierMove, run, together, segment, raisedTask],
  guards: [
    { table: tierMove, never: ['update', 'delete'], code: 'insights.tierMoveIsPermanent' },
    { table: tier, never: ['delete'], code: 'insights.tierIsPermanent' },
  ],
  unlogged: [customerScore, tierMove, run, together, raisedTask],
  bornWithParent: [],
  reference: [],
  clustered: [together],
})
