import { addDays } from '../../kernel/day.ts'
import { handle, type CommandCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { channelOf, suggestionAfter, workingDay, type Suggestion } from './activity.ts'
import { insertActivity, patchActivity } from './activity.store.ts'
import { correctActivity, logActivity, withdrawActivity } from './contract.ts'
import { visibleSubjects } from './query-parts.ts'
import { subjectOf, type Subject } from './subject.ts'
import { insertTask } from './task.store.ts'
import { moveTask } from './tasks.ts'

/** One follow-up: what was said is kept, the task that asked for it is done, and what comes next becomes a task of its own. */
export const logActivityHandler = handle(logActivity, async (ctx, input) => {
  const { kind, contact_name, minute, text, result, next_step, next_kind } = input
  const day = assertPast(ctx, input.day)
  const about = await subjectOf(ctx, input)
  const activity_id = ctx.newId()
  await insertActivity(ctx, {
    id: activity_id, ...about, kind, channel: channelOf(kind, input.channel), contact_name: contact_name || null, day, minute, text, result,
    user_id: ctx.actor.id, created_at: ctx.now, is_withdrawn: 0, withdrawn_reason: null,
  })
  if (input.task_id !== undefined) await moveTask(ctx, { task_id: input.task_id, to: 'done', by: activity_id })
  if (!next_step) return { activity_id, task_id: null, suggestion: await suggestionFor(ctx, { ...about, result }) }
  const due_on = input.next_on ?? workingDay(addDays(ctx.today, 1))
  if (due_on < ctx.today) throw new Refusal('crm.nextDayPast', { next_on: due_on, today: ctx.today })
  const task_id = ctx.newId()
  await insertTask(ctx, {
    id: task_id, kind: next_kind, title: next_step, ...about, activity_id, assignee_id: ctx.actor.id, due_on, priority: 2, state: 'open',
    created_by: ctx.actor.id, created_at: ctx.now,
  })
  return { activity_id, task_id, suggestion: null }
})

/** The day as said, or today. Refuses 'crm.activityInFuture': what is still to come is a task. */
function assertPast(ctx: CommandCtx, day: string | undefined): string {
  if (day !== undefined && day > ctx.today) throw new Refusal('crm.activityInFuture', { day, today: ctx.today })
  return day ?? ctx.today
}

/** What might come next, unless something is to be done with the customer already. */
async function suggestionFor(
  ctx: CommandCtx,
  { party_id, lead_id, result }: Subject & { result: Parameters<typeof suggestionAfter>[0]['result'] },
): Promise<Suggestion | null> {
  const [column, id] = party_id === null ? ['lead_id', lead_id] : ['party_id', party_id]
  const waiting = await ctx.db.get<{ id: string }>(`select id from crm_task where ${column} = ? and state = 'open' order by id limit 1`, [id])
  return waiting ? null : suggestionAfter({ result, today: ctx.today })
}

export const correctActivityHandler = handle(correctActivity, async (ctx, { activity_id, ...said }) => {
  const before = await ownActivity(ctx, activity_id)
  const { kind, contact_name, minute, text, result } = said
  const day = said.day === undefined ? before.day : assertPast(ctx, said.day)
  await patchActivity(ctx, activity_id, { kind, channel: channelOf(kind, said.channel), contact_name: contact_name || null, day, minute, text, result })
  return { activity_id }
})

export const withdrawActivityHandler = handle(withdrawActivity, async (ctx, { activity_id, reason }) => {
  await ownActivity(ctx, activity_id)
  await patchActivity(ctx, activity_id, { is_withdrawn: 1, withdrawn_reason: reason })
  return { activity_id }
})

/** A follow-up that the actor may change: his own, or anybody's for who assigns work. */
async function ownActivity(ctx: CommandCtx, activity_id: string): Promise<{ day: string }> {
  const { sql, params } = visibleSubjects(ctx.scope)
  const row = await ctx.db.get<{ day: string; party_id: string | null; lead_id: string | null; user_id: string; user_name: string; is_withdrawn: number }>(
    `select d.day, d.party_id, d.lead_id, d.user_id, u.name as user_name, d.is_withdrawn from crm_activity d join platform_user u on u.id = d.user_id where d.id = ? and ${sql}`,
    [activity_id, ...params],
  )
  if (!row) throw new Refusal('crm.activityNotFound', { activity_id })
  if (row.user_id !== ctx.actor.id && !ctx.may('crm.assign')) throw new Refusal('crm.activityOfOthers', { name: row.user_name })
  if (row.is_withdrawn === 1) throw new Refusal('crm.activityWithdrawn', { activity_id })
  return row
}
