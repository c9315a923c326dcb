import { z } from 'zod'
import { command, day, flag, id, instant, line, name, page, query, text } from '../../kernel/contract.ts'
import { aboutOne, leadStateNames, subject } from './contract-subject.ts'

// Follow-ups: what was said to whom, and what comes next.

export const activityKinds = ['call', 'visit', 'message', 'email', 'note'] as const
export type ActivityKind = (typeof activityKinds)[number]
/** By which way somebody was spoken to. */
export const channels = ['phone', 'in_person', 'wechat', 'sms', 'qq', 'whatsapp', 'email', 'other'] as const
export type Channel = (typeof channels)[number]
/** What came of it. */
export const activityResults = ['reached', 'no_answer', 'interested', 'promised', 'not_now', 'declined'] as const
export type ActivityResult = (typeof activityResults)[number]
/** What a next step may be: the words for it are the workbench's. */
export const stepKinds = ['call', 'visit', 'message', 'email', 'todo'] as const
export type StepKind = (typeof stepKinds)[number]
/** Steps that the program proposes. */
export const proposals = ['callAgain', 'sendOffer', 'askForPromise', 'keepInTouch', 'followUp'] as const

const kind = z.enum(activityKinds)
const channel = z.enum(channels)
const result = z.enum(activityResults)
/** Minutes since midnight on the wall clock. */
const minute = z.int().min(0).max(1439)

const said = {
  kind,
  /** Left out: the usual one of its kind. */
  channel: channel.nullable().optional(),
  contact_name: line(100).nullable().default(null),
  day: day().optional(),
  minute: minute.nullable().default(null),
  text: text(2000).default(''),
  result: result.nullable().default(null),
}
const saysSomething = (a: { text: string; result: string | null }): boolean => a.text !== '' || a.result !== null

/** Logs a follow-up, with its next step as a task, and says at once what might come next where nobody said. */
export const logActivity = command({
  name: 'crm.logActivity',
  permission: 'crm.log',
  input: z
    .strictObject({
      ...subject,
      ...said,
      next_step: line(200).nullable().default(null),
      next_kind: z.enum(stepKinds).default('call'),
      /** Left out with a step: tomorrow's working day. */
      next_on: day().nullable().default(null),
      /** The task that this follow-up has done. */
      task_id: id().optional(),
    })
    .refine(...aboutOne)
    .refine(saysSomething, { path: ['text'], message: 'a text or a result' })
    .refine((a) => a.next_on === null || a.next_step !== null, { path: ['next_step'], message: 'a day is for a step' }),
  output: z.object({
    activity_id: id(),
    task_id: id().nullable(),
    suggestion: z.object({ step: z.enum(proposals), kind: z.enum(stepKinds), due_on: day() }).nullable(),
  }),
  refusals: ['parties.partyNotFound', 'parties.personErased', 'crm.leadErased', 'crm.leadNotFound', 'crm.opportunityNotFound', 'crm.activityInFuture', 'crm.nextDayPast', 'crm.taskNotFound', 'crm.taskStateForbids'],
})

/** Puts right what was told; only its author does, or who may assign work. */
export const correctActivity = command({
  name: 'crm.correctActivity',
  permission: 'crm.log',
  input: z.strictObject({ activity_id: id(), ...said }).refine(saysSomething, { path: ['text'], message: 'a text or a result' }),
  output: z.object({ activity_id: id() }),
  refusals: ['crm.activityNotFound', 'crm.activityOfOthers', 'crm.activityWithdrawn', 'crm.activityInFuture', 'crm.leadErased', 'parties.personErased'],
})

/** Takes a follow-up back that never was: it stays in the history, crossed out, with the reason. */
export const withdrawActivity = command({
  name: 'crm.withdrawActivity',
  permission: 'crm.log',
  input: z.strictObject({ activity_id: id(), reason: name(300) }),
  output: z.object({ activity_id: id() }),
  refusals: ['crm.activityNotFound', 'crm.activityOfOthers', 'crm.activityWithdrawn', 'crm.leadErased', 'parties.personErased'],
})

const activityRow = z.object({
  activity_id: id(),
  party_id: id().nullable(),
  lead_id: id().nullable(),
  opportunity_id: id().nullable(),
  /** The customer's name, else the lead's. */
  subject_name: z.string(),
  kind,
  channel: channel.nullable(),
  contact_name: z.string().nullable(),
  day: day(),
  minute: z.int().nullable(),
  text: z.string(),
  result: result.nullable(),
  user_id: id(),
  user_name: z.string(),
  is_withdrawn: flag(),
  withdrawn_reason: z.string().nullable(),
  /** The next step that was agreed, and where it stands. */
  next_step: z.string().nullable(),
  next_on: day().nullable(),
  next_state: z.enum(['open', 'done', 'dropped']).nullable(),
  created_at: instant(),
})

export const listActivities = query({
  name: 'crm.activities',
  permission: 'crm.read',
  input: z.strictObject({
    /** Part of the customer's name or of what was said. */
    text: line(100).default(''),
    party_id: id().optional(),
    lead_id: id().optional(),
    opportunity_id: id().optional(),
    user_id: id().optional(),
    kind: kind.optional(),
    from: day().optional(),
    to: day().optional(),
    sort: z.enum(['day']).default('day'),
    direction: z.enum(['asc', 'desc']).default('desc'),
    ...page,
  }),
  output: z.object({ rows: z.array(activityRow), total: z.int() }),
  reads: ['crm_activity', 'crm_task', 'crm_lead', 'parties_party', 'parties_assignment', 'platform_user', 'platform_search_doc'],
  scope: 'rows',
})

/** Documents of the customer that stand in the timeline beside what was said. */
export const timelineKinds = ['crm.activity', 'crm.task', 'sales.quote', 'sales.order', 'sales.delivery', 'sales.invoice', 'accounting.payment', 'marketing.letter'] as const

/** All that happened with a customer, the latest first: follow-ups, tasks, and the documents that the reader may see. */
export const timeline = query({
  name: 'crm.timeline',
  permission: 'crm.read',
  input: z.strictObject({ ...subject, limit: z.int().min(1).max(500).default(50) }).refine(...aboutOne),
  output: z.object({
    rows: z.array(
      z.object({
        source_kind: z.enum(timelineKinds),
        source_id: id(),
        day: day(),
        minute: z.int().nullable(),
        number: z.string().nullable(),
        /** The kind of a follow-up, document or payment, in the words of its module. */
        kind: z.string().nullable(),
        state: z.string().nullable(),
        text: z.string().nullable(),
        amount_minor: z.int().nullable(),
        user_name: z.string().nullable(),
        activity: activityRow.nullable(),
      }),
    ),
    /** More than what is shown happened earlier. */
    has_more: flag(),
  }),
  reads: ['crm_activity', 'crm_task', 'crm_lead', 'parties_party', 'parties_assignment', 'platform_user', 'sales_quote', 'sales_order', 'sales_delivery', 'sales_invoice', 'accounting_payment'],
  refusals: ['parties.partyNotFound', 'crm.leadNotFound', 'crm.opportunityNotFound'],
  scope: 'rows',
})

/** How and when a customer is best reached, worked out from the follow-ups of the last year; and when somebody last spoke to them. */
export const contactHabits = query({
  name: 'crm.contactHabits',
  permission: 'crm.read',
  input: z.strictObject(subject).refine(...aboutOne),
  output: z.object({
    last_on: day().nullable(),
    last_user_name: z.string().nullable(),
    count: z.int(),
    channel: channel.nullable(),
    /** The hour (0 to 23) in which they were reached most often; null until they were reached at least twice. */
    best_hour: z.int().nullable(),
    reached: z.int(),
    tried: z.int(),
    next: z.object({ task_id: id(), title: z.string(), due_on: day(), assignee_name: z.string() }).nullable(),
    /** People one may have spoken to. */
    contact_names: z.array(z.string()),
    /** The lead that the customer once was: where they came from. */
    origin: z
      .object({
        lead_id: id(),
        code: z.string(),
        state: z.enum(leadStateNames),
        source: z.string().nullable(),
        campaign: z.string().nullable(),
        referrer_id: id().nullable(),
        referrer_name: z.string().nullable(),
      })
      .nullable(),
  }),
  reads: ['crm_activity', 'crm_task', 'crm_lead', 'parties_party', 'parties_contact', 'parties_assignment', 'platform_user'],
  refusals: ['parties.partyNotFound', 'crm.leadNotFound', 'crm.opportunityNotFound'],
  scope: 'rows',
})
