import { z } from 'zod'
import { command, day, flag, id, instant, line, name, page, query, text } from '../../kernel/contract.ts'
import type { StateTable } from '../../kernel/states.ts'
import { stepKinds } from './contract-activities.ts'
import { aboutAtMostOne } from './contract-subject.ts'

export type TaskState = 'open' | 'done' | 'dropped'
/** Done or dropped by mistake, a task opens again. */
export const taskStates: StateTable<TaskState> = { open: ['done', 'dropped'], done: ['open'], dropped: ['open'] }

const state = z.enum(['open', 'done', 'dropped'])
/** 1 high, 2 usual, 3 low. */
const priority = z.union([z.literal(1), z.literal(2), z.literal(3)])

const minute = z.int().min(0).max(1439)

const taskForm = {
  title: name(200),
  kind: z.enum(stepKinds).default('todo'),
  note: text(2000).nullable().default(null),
  party_id: id().nullable().default(null),
  lead_id: id().nullable().default(null),
  opportunity_id: id().nullable().default(null),
  /** Left out: whoever writes it. */
  assignee_id: id().optional(),
  due_on: day(),
  /** Minutes since midnight, where a time was agreed. */
  minute: minute.nullable().default(null),
  priority: priority.default(2),
}
const formRefusals = ['parties.partyNotFound', 'parties.personErased', 'crm.leadErased', 'crm.leadNotFound', 'crm.opportunityNotFound', 'crm.userNotFound'] as const
const one = z.strictObject({ task_id: id() })
const taskId = z.object({ task_id: id() })
const moves = ['crm.taskNotFound', 'crm.taskStateForbids'] as const

export const createTask = command({ name: 'crm.createTask', permission: 'crm.log', input: z.strictObject(taskForm).refine(...aboutAtMostOne), output: taskId, refusals: [...formRefusals] })

/** Replaces an open task whole. */
export const updateTask = command({
  name: 'crm.updateTask',
  permission: 'crm.log',
  input: z.strictObject({ task_id: id(), ...taskForm }).refine(...aboutAtMostOne),
  output: taskId,
  refusals: [...moves, ...formRefusals, 'crm.stepKeepsCustomer', 'crm.visitBegun'],
})

export const finishTask = command({ name: 'crm.finishTask', permission: 'crm.log', input: one, output: taskId, refusals: [...moves] })
/** It is not to be done any more. */
export const dropTask = command({ name: 'crm.dropTask', permission: 'crm.log', input: one, output: taskId, refusals: [...moves] })
export const reopenTask = command({ name: 'crm.reopenTask', permission: 'crm.log', input: one, output: taskId, refusals: [...moves] })

export const taskRow = z.object({
  task_id: id(),
  title: z.string(),
  kind: z.enum(stepKinds),
  note: z.string().nullable(),
  /** Null: about nobody, or about somebody whom the reader may not see. */
  party_id: id().nullable(),
  lead_id: id().nullable(),
  opportunity_id: id().nullable(),
  subject_name: z.string().nullable(),
  assignee_id: id(),
  assignee_name: z.string(),
  due_on: day(),
  minute: z.int().nullable(),
  /** Of a visit: when somebody arrived, and what they noted at the door. */
  arrived_at: instant().nullable(),
  arrived_note: z.string().nullable(),
  is_overdue: flag(),
  priority,
  state,
  done_at: instant().nullable(),
  /** What hangs on it: the opportunity's amount and day, the lead's score, and when its customer or lead was last spoken to. */
  amount_minor: z.int().nullable(),
  expected_on: day().nullable(),
  score: z.int().nullable(),
  last_on: day().nullable(),
  created_name: z.string().nullable(),
  created_at: instant(),
})

export const listTasks = query({
  name: 'crm.tasks',
  permission: 'crm.read',
  input: z.strictObject({
    text: line(100).default(''),
    /** 'escalated': left undone for longer than the company's days by those whom the reader leads. */
    show: z.enum(['open', 'now', 'today', 'overdue', 'week', 'escalated', 'done', 'all']).default('open'),
    whose: z.enum(['mine', 'all']).default('all'),
    assignee_id: id().optional(),
    party_id: id().optional(),
    lead_id: id().optional(),
    opportunity_id: id().optional(),
    sort: z.enum(['due_on', 'priority', 'created_at', 'amount_minor', 'expected_on', 'score', 'last_on']).default('due_on'),
    direction: z.enum(['asc', 'desc']).default('asc'),
    ...page,
  }),
  output: z.object({ rows: z.array(taskRow), total: z.int() }),
  reads: ['crm_task', 'crm_lead', 'crm_opportunity', 'crm_activity', 'crm_score_rule', 'parties_party', 'parties_assignment', 'platform_user', 'platform_search_doc'],
  scope: 'rows',
})

export const getTask = query({
  name: 'crm.task',
  permission: 'crm.read',
  input: one,
  output: taskRow.extend({ activity_id: id().nullable(), activity_text: z.string().nullable() }),
  reads: ['crm_task', 'crm_lead', 'crm_opportunity', 'crm_activity', 'crm_score_rule', 'parties_party', 'parties_assignment', 'platform_user'],
  refusals: ['crm.taskNotFound'],
  scope: 'rows',
})

/** One's own open tasks in numbers: what is late, what is for today, what comes within a week; and what those whom one leads leave undone. */
export const taskCounts = query({
  name: 'crm.taskCounts',
  permission: 'crm.read',
  input: z.strictObject({}),
  output: z.object({ overdue: z.int(), today: z.int(), week: z.int(), escalated: z.int() }),
  reads: ['crm_task', 'platform_user', 'platform_team', 'platform_setting'],
  scope: 'rows',
})
