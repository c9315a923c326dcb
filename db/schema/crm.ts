import { check, index, integer, primaryKey, sqliteTable, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { sql } from 'drizzle-orm'
import { item } from './catalog.ts'
import { count, day, e4, e6, e8, extra, flag, id, instant, json, minor, oneOf, optional, ref, schema, txt } from './columns.ts'
import { party } from './parties.ts'
import { team, user } from './platform.ts'
import { LABEL, ofBoth, ofParties, ofPartiesOf, type PersonalRows, type Whose } from '../../src-main/kernel/personal.ts'
import { nameKeyOf } from '../../src-main/kernel/text.ts'

const kinds = ['call', 'visit', 'message', 'email', 'note']
const channels = ['phone', 'in_person', 'wechat', 'sms', 'qq', 'whatsapp', 'email', 'other']
const results = ['reached', 'no_answer', 'interested', 'promised', 'not_now', 'declined']

/** Somebody who may become a customer: not yet in the books, and counted by nobody but crm. */
export const lead = sqliteTable(
  'crm_lead',
  {
    id: id(),
    code: txt(),
    /** The person, the company, or both; one of them is there. */
    name: optional(),
    name_key: optional(),
    company: optional(),
    company_key: optional(),
    title: optional(),
    phone: optional(),
    phone_key: optional(),
    /** In small letters, as addresses are compared. */
    email: optional(),
    wechat: optional(),
    tax_no: optional(),
    address: optional(),
    source: optional(),
    campaign: optional(),
    /** The customer who sent them. */
    referrer_id: ref().references(() => party.id),
    note: optional(),
    extra: extra(),
    state: txt(),
    lost_reason: optional(),
    /** Empty: in the pool, where everybody sees it. */
    owner_id: ref().references(() => user.id),
    owned_since: day(),
    /** Who it became. */
    party_id: ref().references(() => party.id),
    converted_on: day(),
    created_by: ref().notNull(),
    created_on: day().notNull(),
    created_at: instant().notNull(),
  },
  (t) => [
    check('lead_state', oneOf(t.state, ['new', 'working', 'converted', 'lost'])),
    check('lead_named', sql`name is not null or company is not null`),
    uniqueIndex('lead_code').on(t.code),
    index('lead_name_key').on(t.name_key),
    index('lead_company_key').on(t.company_key),
    index('lead_phone_key').on(t.phone_key),
    index('lead_email').on(t.email),
    index('lead_tax_no').on(t.tax_no),
    index('lead_owner').on(t.owner_id, t.state),
    index('lead_state_day').on(t.state, t.created_on),
    index('lead_party').on(t.party_id).where(sql`party_id is not null`),
    index('lead_referrer').on(t.referrer_id).where(sql`referrer_id is not null`),
  ],
)

/** The keys by which a lead is met by who looks alike: derived, as those of parties. */
export const leadLikeness = sqliteTable(
  'crm_lead_likeness',
  { key: txt(), lead_id: ref().notNull().references(() => lead.id) },
  (t) => [primaryKey({ columns: [t.key, t.lead_id] }), index('lead_likeness_lead').on(t.lead_id)],
)

/** One step of the way from interest to order, as the company arranges it. */
export const stage = sqliteTable(
  'crm_stage',
  {
    id: id(),
    position: count(),
    name_zh: txt(),
    name_en: txt(),
    /** How likely an opportunity that stands here is won. */
    probability_e8: e8(),
    /** What an opportunity must have to stand here: JSON list of names. */
    required_fields: json(),
    is_active: flag(),
  },
  (t) => [index('stage_position').on(t.position)],
)

/** Somebody else who sells the same. */
export const competitor = sqliteTable(
  'crm_competitor',
  { id: id(), name: txt(), name_key: txt(), strengths: optional(), is_active: flag() },
  (t) => [uniqueIndex('competitor_name_key').on(t.name_key)],
)

/** A sale that may come. */
export const opportunity = sqliteTable(
  'crm_opportunity',
  {
    id: id(),
    number: txt(),
    name: txt(),
    party_id: ref().notNull().references(() => party.id),
    lead_id: ref().references(() => lead.id),
    stage_id: ref().notNull().references(() => stage.id),
    state: txt(),
    amount_minor: minor(),
    expected_on: day(),
    contact_name: optional(),
    owner_id: ref().notNull().references(() => user.id),
    note: optional(),
    /** Why it was won or lost, and to whom. */
    close_reason: optional(),
    lost_to_id: ref().references(() => competitor.id),
    closed_on: day(),
    /** Since when it stands in its stage. */
    stage_since: day().notNull(),
    created_by: ref().notNull(),
    created_on: day().notNull(),
    created_at: instant().notNull(),
  },
  (t) => [
    check('opportunity_state', oneOf(t.state, ['open', 'won', 'lost'])),
    uniqueIndex('opportunity_number').on(t.number),
    index('opportunity_party').on(t.party_id, t.state),
    index('opportunity_stage').on(t.stage_id, t.state, t.expected_on, t.id),
    index('opportunity_state_expected').on(t.state, t.expected_on),
    index('opportunity_created').on(t.created_on, t.id),
    index('opportunity_owner').on(t.owner_id, t.state),
    index('opportunity_lead').on(t.lead_id).where(sql`lead_id is not null`),
    index('opportunity_lost_to').on(t.lost_to_id).where(sql`lost_to_id is not null`),
  ],
)

export const opportunityLine = sqliteTable(
  'crm_opportunity_line',
  {
    opportunity_id: ref().notNull().references(() => opportunity.id),
    line_no: count(),
    item_id: ref().notNull().references(() => item.id),
    unit: txt(),
    quantity_e6: e6(),
    price_e4: e4(),
  },
  (t) => [primaryKey({ columns: [t.opportunity_id, t.line_no] }), index('opportunity_line_item').on(t.item_id)],
)

/** Against whom one sells, and how they stand. */
export const rival = sqliteTable(
  'crm_rival',
  { opportunity_id: ref().notNull().references(() => opportunity.id), competitor_id: ref().notNull().references(() => competitor.id), note: optional() },
  (t) => [primaryKey({ columns: [t.opportunity_id, t.competitor_id] }), index('rival_competitor').on(t.competitor_id)],
)

/** Every step of an opportunity: where it stood from which day on. */
export const stageMove = sqliteTable(
  'crm_stage_move',
  {
    opportunity_id: ref().notNull().references(() => opportunity.id),
    seq: count(),
    stage_id: ref().notNull().references(() => stage.id),
    state: txt(),
    day: day().notNull(),
    at: instant().notNull(),
    user_id: ref().notNull(),
  },
  (t) => [primaryKey({ columns: [t.opportunity_id, t.seq] }), index('stage_move_stage').on(t.stage_id)],
)

/** The quotes and orders that came of an opportunity: sales does not know of it. */
export const opportunityDocument = sqliteTable(
  'crm_opportunity_document',
  { opportunity_id: ref().notNull().references(() => opportunity.id), source_kind: txt(), source_id: txt() },
  (t) => [
    primaryKey({ columns: [t.opportunity_id, t.source_kind, t.source_id] }),
    check('opportunity_document_kind', oneOf(t.source_kind, ['sales.quote', 'sales.order'])),
    uniqueIndex('opportunity_document_source').on(t.source_kind, t.source_id),
  ],
)

/** One follow-up: a call, visit, message, letter or note, as it was told. It stays with the customer when its author leaves. */
export const activity = sqliteTable(
  'crm_activity',
  {
    id: id(),
    /** The customer, or the lead that is not yet one; a lead's follow-ups go along when it becomes a customer. */
    party_id: ref().references(() => party.id),
    lead_id: ref().references(() => lead.id),
    opportunity_id: ref().references(() => opportunity.id),
    kind: txt(),
    channel: optional(),
    /** With whom, as the name was then: contacts come and go. */
    contact_name: optional(),
    day: day().notNull(),
    /** Minutes since midnight on the wall clock; empty where nobody said. */
    minute: integer(),
    text: txt(),
    result: optional(),
    user_id: ref().notNull().references(() => user.id),
    created_at: instant().notNull(),
    is_withdrawn: flag(),
    withdrawn_reason: optional(),
  },
  (t) => [
    check('activity_about', sql`party_id is not null or lead_id is not null`),
    check('activity_kind', oneOf(t.kind, kinds)),
    check('activity_channel', oneOf(t.channel, channels)),
    check('activity_result', oneOf(t.result, results)),
    check('activity_minute', sql`minute between 0 and 1439`),
    index('activity_party').on(t.party_id, t.day),
    index('activity_lead').on(t.lead_id, t.day).where(sql`lead_id is not null`),
    index('activity_opportunity').on(t.opportunity_id, t.day).where(sql`opportunity_id is not null`),
    index('activity_user').on(t.user_id, t.day),
    index('activity_day').on(t.day, t.id),
  ],
)

/** Something to do on a day, for somebody; about a customer or about nobody. */
export const task = sqliteTable(
  'crm_task',
  {
    id: id(),
    kind: txt(),
    title: txt(),
    note: optional(),
    party_id: ref().references(() => party.id),
    lead_id: ref().references(() => lead.id),
    opportunity_id: ref().references(() => opportunity.id),
    /** The follow-up whose next step it is. */
    activity_id: ref().references(() => activity.id),
    assignee_id: ref().notNull().references(() => user.id),
    due_on: day().notNull(),
    /** Minutes since midnight on the wall clock, where a time was agreed. */
    minute: integer(),
    /** Its place on the day's route; only visits have one. */
    stop_no: integer(),
    /** When somebody arrived there, and what they noted at the door. */
    arrived_at: instant(),
    arrived_note: optional(),
    /** 1 high, 2 usual, 3 low: the order of work. */
    priority: integer().notNull(),
    state: txt(),
    done_at: instant(),
    done_by: ref(),
    /** The follow-up that did it. */
    done_activity_id: ref().references(() => activity.id),
    created_by: ref().notNull(),
    created_at: instant().notNull(),
  },
  (t) => [
    check('task_kind', oneOf(t.kind, [...kinds.slice(0, 4), 'todo'])),
    check('task_state', oneOf(t.state, ['open', 'done', 'dropped'])),
    check('task_priority', sql`priority between 1 and 3`),
    check('task_minute', sql`minute between 0 and 1439`),
    check('task_route', sql`kind = 'visit' or (stop_no is null and arrived_at is null and arrived_note is null)`),
    index('task_party').on(t.party_id, t.state),
    index('task_lead').on(t.lead_id, t.state).where(sql`lead_id is not null`),
    index('task_opportunity').on(t.opportunity_id, t.state).where(sql`opportunity_id is not null`),
    index('task_assignee').on(t.assignee_id, t.state, t.due_on, t.priority, t.minute, t.id),
    index('task_due').on(t.state, t.due_on, t.priority, t.minute, t.id),
    index('task_activity').on(t.activity_id).where(sql`activity_id is not null`),
    index('task_done_activity').on(t.done_activity_id).where(sql`done_activity_id is not null`),
  ],
)

/** What a lead's score is made of: so many points where something is true of it. */
export const scoreRule = sqliteTable(
  'crm_score_rule',
  {
    id: id(),
    position: count(),
    fact: txt(),
    word: optional(),
    number: integer(),
    /** May be below zero. */
    points: integer().notNull(),
    is_active: flag(),
  },
  (t) => [check('score_rule_points', sql`points between -1000 and 1000`), index('score_rule_position').on(t.position)],
)

/** To whom new leads go: the first rule that fits says it. */
export const routingRule = sqliteTable(
  'crm_routing_rule',
  {
    id: id(),
    position: count(),
    name: txt(),
    /** Where all that are given must fit: the source, a part of the address, a part of need or campaign. */
    source: optional(),
    region: optional(),
    word: optional(),
    method: txt(),
    user_id: ref().references(() => user.id),
    team_id: ref().references(() => team.id),
    /** Who got the last one; the next in turn is after them. */
    last_user_id: ref().references(() => user.id),
    is_active: flag(),
  },
  (t) => [
    check('routing_rule_method', oneOf(t.method, ['person', 'in_turn', 'least_load'])),
    check('routing_rule_to', sql`(method = 'person') = (user_id is not null) and (method = 'person') = (team_id is null)`),
    index('routing_rule_position').on(t.position),
    index('routing_rule_user').on(t.user_id),
    index('routing_rule_team').on(t.team_id),
    index('routing_rule_last').on(t.last_user_id),
  ],
)

/** Every time somebody took, got, gave back or lost a customer or lead. */
export const poolMove = sqliteTable(
  'crm_pool_move',
  {
    id: id(),
    party_id: ref().references(() => party.id),
    lead_id: ref().references(() => lead.id),
    why: txt(),
    from_user_id: ref().references(() => user.id),
    to_user_id: ref().references(() => user.id),
    reason: optional(),
    day: day().notNull(),
    at: instant().notNull(),
    by_id: ref().notNull(),
  },
  (t) => [
    check('pool_move_why', oneOf(t.why, ['claim', 'assign', 'return', 'recycle', 'hand_over', 'route'])),
    check('pool_move_about', sql`(party_id is null) <> (lead_id is null)`),
    index('pool_move_party').on(t.party_id, t.day),
    index('pool_move_lead').on(t.lead_id, t.day),
    index('pool_move_from').on(t.from_user_id, t.day),
    index('pool_move_to').on(t.to_user_id, t.day),
    index('pool_move_day').on(t.day, t.id),
  ],
)

/** Whom the recycling leaves alone, up to a day or for good. */
export const protection = sqliteTable(
  'crm_protection',
  {
    id: id(),
    party_id: ref().references(() => party.id),
    lead_id: ref().references(() => lead.id),
    until_on: day(),
    reason: txt(),
    by_id: ref().notNull(),
    at: instant().notNull(),
  },
  (t) => [
    check('protection_about', sql`(party_id is null) <> (lead_id is null)`),
    uniqueIndex('protection_party').on(t.party_id).where(sql`party_id is not null`),
    uniqueIndex('protection_lead').on(t.lead_id).where(sql`lead_id is not null`),
    index('protection_party_all').on(t.party_id),
    index('protection_lead_all').on(t.lead_id),
  ],
)

/** A lead that became a customer is erased as that customer. */
const ofSubject: Whose = { ...ofBoth('r.party_id', 'r.lead_id'), ids: 'r.party_id, r.lead_id, (select l.party_id from crm_lead l where l.id = r.lead_id)' }

const personal: readonly PersonalRows[] = [
  { kind: 'crm.activity', table: activity, of: ofSubject, becomes: { contact_name: null, text: LABEL, withdrawn_reason: LABEL }, still: ['is_withdrawn'] },
  { kind: 'crm.task', table: task, of: ofSubject, becomes: { title: LABEL, note: null, arrived_note: null }, still: ['state', 'due_on', 'arrived_at'] },
  { kind: 'crm.opportunity', table: rival, of: ofPartiesOf({ column: 'r.opportunity_id', table: 'crm_opportunity', party: 'x.party_id' }), becomes: { note: null } },
  { kind: 'crm.opportunity', table: opportunity, of: ofParties('r.party_id'), becomes: { name: LABEL, contact_name: null, note: null, close_reason: LABEL }, still: ['state', 'stage_id'] },
  { kind: 'crm.poolMove', table: poolMove, of: ofSubject, becomes: { reason: null }, added: 'bare' },
  { kind: 'crm.protection', table: protection, of: ofSubject, becomes: { reason: LABEL }, still: ['until_on'] },
  {
    kind: 'crm.lead',
    table: lead,
    of: ofBoth('r.party_id', 'r.id'),
    becomes: {
      name: LABEL, name_key: nameKeyOf, company: null, company_key: null, title: null, phone: null, phone_key: null, email: null, wechat: null, tax_no: null, address: null,
      note: null, extra: () => '{}', lost_reason: LABEL,
    },
    still: ['state'],
  },
]

export const crmSchema = schema({
  module: 'crm',
  tables: [lead, leadLikeness, stage, competitor, opportunity, opportunityLine, rival, stageMove, opportunityDocument, activity, task, scoreRule, routingRule, poolMove, protection],
  guards: [
    { table: activity, never: ['delete'], code: 'crm.activityIsPermanent' },
    { table: task, never: ['delete'], code: 'crm.taskIsPermanent' },
    { table: lead, never: ['delete'], code: 'crm.leadIsPermanent' },
    { table: poolMove, never: ['update', 'delete'], code: 'crm.poolMoveIsPermanent', yieldsTo: 'erasure' },
    { table: opportunity, never: ['delete'], code: 'crm.opportunityIsPermanent' },
    { table: stageMove, never: ['update', 'delete'], code: 'crm.opportunityIsPermanent' },
  ],
  unlogged: [leadLikeness, poolMove, opportunityLine, rival, stageMove, opportunityDocument],
  bornWithParent: [],
  reference: [],
  clustered: [leadLikeness, opportunityLine, rival, stageMove, opportunityDocument],
  personal,
})
