import { check, index, integer, sqliteTable, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { sql } from 'drizzle-orm'
import { day, extra, flag, id, instant, oneOf, optional, ref, schema, txt } from './columns.ts'
import { party } from './parties.ts'
import { user } from './platform.ts'

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

/** One follow-up: a call, visit, message, letter or note, as it was told. It stays with the customer when its author leaves. */
export const activity = sqliteTable(
  'crm_activity',
  {
    id: id(),
    /** The customer, or the lead that is not yet one; a lead's follow-ups go along when it becomes a customer. */
    party_id: ref().references(() => party.id),
    lead_id: ref().references(() => lead.id),
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
    /** The follow-up whose next step it is. */
    activity_id: ref().references(() => activity.id),
    assignee_id: ref().notNull().references(() => user.id),
    due_on: day().notNull(),
    /** 1 high, 2 usual, 3 low: the order of work. */
    priority: integer().notNull(),
    state: txt(),
    done_at: instant(),
    done_by: ref(),
    created_by: ref().notNull(),
    created_at: instant().notNull(),
  },
  (t) => [
    check('task_kind', oneOf(t.kind, [...kinds.slice(0, 4), 'todo'])),
    check('task_state', oneOf(t.state, ['open', 'done', 'dropped'])),
    check('task_priority', sql`priority between 1 and 3`),
    index('task_party').on(t.party_id, t.state),
    index('task_lead').on(t.lead_id, t.state).where(sql`lead_id is not null`),
    index('task_assignee').on(t.assignee_id, t.state, t.due_on),
    index('task_due').on(t.state, t.due_on),
    index('task_activity').on(t.activity_id).where(sql`activity_id is not null`),
  ],
)

export const crmSchema = schema({
  module: 'crm',
  tables: [lead, activity, task],
  guards: [
    { table: activity, never: ['delete'], code: 'crm.activityIsPermanent' },
    { table: task, never: ['delete'], code: 'crm.taskIsPermanent' },
    { table: lead, never: ['delete'], code: 'crm.leadIsPermanent' },
  ],
  unlogged: [],
  bornWithParent: [],
  reference: [],
  clustered: [],
})
