import { z } from 'zod'
import { command, day, flag, id, instant, name, query, text } from '../../kernel/contract.ts'
import { aboutOne, subject } from './contract-subject.ts'
import { taskRow } from './contract-tasks.ts'
import { activityResults } from './contract-activities.ts'

// Visits: tasks of that kind, planned as one day's route, with the arrival at the door; what came of a visit is a follow-up. And the calendar.

const STOPS = 50
const taskIds = z.array(id()).min(1).max(STOPS)

/** Plans one day's visits of somebody at once: tasks in the order of the route, after those that stand on it already. */
export const planVisits = command({
  name: 'crm.planVisits',
  permission: 'crm.log',
  input: z.strictObject({
    day: day(),
    /** Left out: whoever plans. */
    assignee_id: id().optional(),
    stops: z
      .array(z.strictObject({ ...subject, title: name(200), minute: z.int().min(0).max(1439).nullable().default(null), note: text(2000).nullable().default(null) }).refine(...aboutOne))
      .min(1)
      .max(STOPS),
  }),
  output: z.object({ task_ids: z.array(id()) }),
  refusals: ['parties.partyNotFound', 'crm.leadNotFound', 'crm.opportunityNotFound', 'crm.userNotFound', 'crm.planInPast'],
})

/** Puts a day's visits into another order: the named ones come first, as named; who is not named follows as before. */
export const arrangeRoute = command({
  name: 'crm.arrangeRoute',
  permission: 'crm.log',
  input: z.strictObject({ day: day(), assignee_id: id(), task_ids: taskIds }).refine((r) => new Set(r.task_ids).size === r.task_ids.length, { path: ['task_ids'], message: 'a visit twice' }),
  output: z.object({}),
  refusals: ['crm.notOnRoute'],
})

/** Arrived at the customer's: the moment is kept, with what was noted at the door. Only who goes there says so. */
export const checkIn = command({
  name: 'crm.checkIn',
  permission: 'crm.log',
  input: z.strictObject({ task_id: id(), note: text(500).nullable().default(null) }),
  output: z.object({ task_id: id(), arrived_at: instant() }),
  refusals: ['crm.taskNotFound', 'crm.taskStateForbids', 'crm.notAVisit', 'crm.visitOfOthers', 'crm.visitNotYet', 'crm.visitBegun', 'parties.personErased', 'crm.leadErased'],
})

/** One person's visits of a day, in the order of the route. */
export const route = query({
  name: 'crm.route',
  permission: 'crm.read',
  input: z.strictObject({ day: day(), user_id: id().optional() }),
  output: z.object({
    user_id: id(),
    stops: z.array(
      taskRow.extend({
        /** Where it is and who answers there, for who may see the customer. */
        address: z.string().nullable(),
        phone: z.string().nullable(),
        /** The follow-up that came of it. */
        activity_id: id().nullable(),
        result: z.enum(activityResults).nullable(),
        words: z.string().nullable(),
      }),
    ),
  }),
  reads: ['crm_task', 'crm_activity', 'crm_lead', 'crm_opportunity', 'crm_score_rule', 'parties_party', 'parties_address', 'parties_assignment', 'platform_user'],
  scope: 'rows',
})

/** Visits by person over a time: planned, made, missed, made without a plan, and to how many customers. Without days: this month up to today. */
export const visitStatistics = query({
  name: 'crm.visitStatistics',
  permission: 'crm.read',
  input: z.strictObject({ from: day().optional(), to: day().optional() }),
  output: z.object({
    from: day(),
    to: day(),
    rows: z.array(
      z.object({
        user_id: id(),
        user_name: z.string(),
        planned: z.int(),
        done: z.int(),
        missed: z.int(),
        dropped: z.int(),
        unplanned: z.int(),
        subjects: z.int(),
        interested: z.int(),
      }),
    ),
  }),
  reads: ['crm_task', 'crm_activity', 'crm_lead', 'parties_party', 'parties_assignment', 'platform_user'],
  refusals: ['crm.daysTurned'],
  scope: 'rows',
})

/** What stands on which day: tasks, and the days on which opportunities are expected. At most three months, 2,000 entries. */
export const calendar = query({
  name: 'crm.calendar',
  permission: 'crm.read',
  input: z.strictObject({ from: day(), to: day(), whose: z.enum(['mine', 'all']).default('mine'), user_id: id().optional() }),
  output: z.object({
    entries: z.array(
      z.object({
        kind: z.enum(['task', 'opportunity']),
        id: id(),
        day: day(),
        minute: z.int().nullable(),
        /** The kind of a task; null for an opportunity. */
        step: taskRow.shape.kind.nullable(),
        title: z.string(),
        subject_name: z.string().nullable(),
        user_name: z.string(),
        state: z.string(),
        is_overdue: flag(),
      }),
    ),
    has_more: flag(),
  }),
  reads: ['crm_task', 'crm_opportunity', 'crm_lead', 'parties_party', 'parties_assignment', 'platform_user'],
  refusals: ['crm.daysTurned', 'crm.daysTooMany'],
  scope: 'rows',
})
