import { handle, type CommandCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { assertMove } from '../../kernel/states.ts'
import { createTask, dropTask, finishTask, reopenTask, taskStates, updateTask, type TaskState } from './contract.ts'
import { visibleTasks } from './query-parts.ts'
import { subjectIn } from './subject.ts'
import { insertTask, patchTask } from './task.store.ts'

type Task = { readonly title: string; readonly kind: string; readonly due_on: string; readonly arrived_at: number | null; readonly assignee_name: string; readonly state: TaskState; readonly party_id: string | null; readonly lead_id: string | null; readonly opportunity_id: string | null; readonly activity_id: string | null; readonly assignee_id: string }
type Form = { readonly assignee_id?: string | undefined }

export const createTaskHandler = handle(createTask, async (ctx, input) => {
  const { title, kind, note, due_on, minute, priority } = input
  const assignee_id = await assigneeOf(ctx, input)
  const about = await subjectIn(ctx, input)
  const task_id = ctx.newId()
  await insertTask(ctx, {
    id: task_id, title, kind, note: note || null, ...about, assignee_id, due_on, minute, priority, state: 'open', created_by: ctx.actor.id, created_at: ctx.now,
  })
  return { task_id }
})

type Raised = { readonly title: string; readonly note: string | null; readonly kind: 'call' | 'visit' | 'todo'; readonly party_id: string; readonly assignee_id: string; readonly due_on: string; readonly priority: 1 | 2 | 3 }

/** A task about a customer that a rule of an upper floor raises. The caller answers for whether the actor may see the customer. */
export async function raiseTask(ctx: CommandCtx, { title, party_id, ...rest }: Raised): Promise<string> {
  const id = ctx.newId()
  await insertTask(ctx, { id, title: title.slice(0, 200), party_id, lead_id: null, opportunity_id: null, ...rest, state: 'open', created_by: ctx.actor.id, created_at: ctx.now })
  return id
}

export const updateTaskHandler = handle(updateTask, async (ctx, { task_id, ...form }) => {
  const before = await taskInHand(ctx, task_id)
  if (before.state !== 'open') throw new Refusal('crm.taskStateForbids', { from: before.state, to: 'open' })
  const { title, kind, note, due_on, minute, priority } = form
  if (kind !== 'visit' && before.arrived_at !== null) throw new Refusal('crm.visitBegun', { title: before.title })
  const assignee_id = form.assignee_id === undefined || form.assignee_id === before.assignee_id ? before.assignee_id : await assigneeOf(ctx, form)
  const isSame = isAbout(before, form)
  if (!isSame && before.activity_id !== null) throw new Refusal('crm.stepKeepsCustomer', { title })
  const about = isSame ? { party_id: before.party_id, lead_id: before.lead_id, opportunity_id: before.opportunity_id } : await subjectIn(ctx, form)
  await patchTask(ctx, task_id, {
    title, kind, note: note || null, due_on, minute, priority, ...about, assignee_id,
    // Another day or person is another route.
    ...(kind === 'visit' && due_on === before.due_on && assignee_id === before.assignee_id ? {} : { stop_no: null }),
  })
  return { task_id }
})

type About = { readonly party_id: string | null; readonly lead_id: string | null; readonly opportunity_id: string | null }
/** Does a form mean whom the task is about already? It names the nearest: the opportunity, else the customer, else the lead. */
const isAbout = (task: About, form: About): boolean =>
  form.opportunity_id !== null || task.opportunity_id !== null
    ? form.opportunity_id === task.opportunity_id
    : form.party_id === task.party_id && (form.party_id !== null || form.lead_id === task.lead_id)

export const finishTaskHandler = handle(finishTask, (ctx, { task_id }) => moveTask(ctx, { task_id, to: 'done' }))
export const dropTaskHandler = handle(dropTask, (ctx, { task_id }) => moveTask(ctx, { task_id, to: 'dropped' }))
export const reopenTaskHandler = handle(reopenTask, (ctx, { task_id }) => moveTask(ctx, { task_id, to: 'open' }))

/** Takes a task to another state; who closed it and when is kept while it is closed. */
export async function moveTask(ctx: CommandCtx, { task_id, to, by = null }: { task_id: string; to: TaskState; /** The follow-up that does it. */ by?: string | null }): Promise<{ task_id: string }> {
  const { state } = await taskInHand(ctx, task_id)
  assertMove(taskStates, { from: state, to, refusal: 'crm.taskStateForbids' })
  const closed = to === 'open' ? { done_at: null, done_by: null, done_activity_id: null } : { done_at: ctx.now, done_by: ctx.actor.id, done_activity_id: by }
  await patchTask(ctx, task_id, { state: to, ...closed })
  return { task_id }
}

/** A task that the actor may see. */
export async function taskInHand(ctx: CommandCtx, task_id: string): Promise<Task> {
  const { sql, params } = visibleTasks(ctx.scope)
  const row = await ctx.db.get<Task>(`select d.title, d.kind, d.due_on, d.arrived_at, u.name as assignee_name, d.state, d.party_id, d.lead_id, d.opportunity_id, d.activity_id, d.assignee_id
       from crm_task d join platform_user u on u.id = d.assignee_id where d.id = ? and ${sql}`, [task_id, ...params])
  if (!row) throw new Refusal('crm.taskNotFound', { task_id })
  return row
}

/** Who is to do it: the one named, who must still work here, else the actor. */
export async function assigneeOf(ctx: CommandCtx, { assignee_id }: Form): Promise<string> {
  if (assignee_id === undefined) return ctx.actor.id
  await assertColleague(ctx, assignee_id)
  return assignee_id
}

/** Refuses 'crm.userNotFound' for somebody who is unknown or no longer here. */
export async function assertColleague(ctx: CommandCtx, user_id: string): Promise<void> {
  const row = await ctx.db.get<{ id: string }>('select id from platform_user where id = ? and is_active = 1', [user_id])
  if (!row) throw new Refusal('crm.userNotFound', { user_id })
}
