import { handle, type CommandCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { arrangeRoute, checkIn, planVisits } from './contract.ts'
import { visibleTasks } from './query-parts.ts'
import { subjectIn } from './subject.ts'
import { insertTask, patchTask } from './task.store.ts'
import { assigneeOf, taskInHand } from './tasks.ts'

export const planVisitsHandler = handle(planVisits, async (ctx, { day, stops, ...form }) => {
  if (day < ctx.today) throw new Refusal('crm.planInPast', { day, today: ctx.today })
  const assignee_id = await assigneeOf(ctx, form)
  const before = await stopsOf(ctx, { day, assignee_id })
  const task_ids: string[] = []
  for (const [i, { title, minute, note, ...asked }] of stops.entries()) {
    const about = await subjectIn(ctx, asked)
    const id = ctx.newId()
    await insertTask(ctx, {
      id, kind: 'visit', title, note: note || null, ...about, assignee_id, due_on: day, minute, stop_no: before.length + i + 1, priority: 2, state: 'open',
      created_by: ctx.actor.id, created_at: ctx.now,
    })
    task_ids.push(id)
  }
  return { task_ids }
})

export const arrangeRouteHandler = handle(arrangeRoute, async (ctx, { day, assignee_id, task_ids }) => {
  const standing = (await stopsOf(ctx, { day, assignee_id })).map((stop) => stop.id)
  const stray = task_ids.find((id) => !standing.includes(id))
  if (stray !== undefined) throw new Refusal('crm.notOnRoute', { task_id: stray, day })
  const order = [...task_ids, ...standing.filter((id) => !task_ids.includes(id))]
  for (const [i, id] of order.entries()) await patchTask(ctx, id, { stop_no: i + 1 })
  return {}
})

export const checkInHandler = handle(checkIn, async (ctx, { task_id, note }) => {
  const task = await taskInHand(ctx, task_id)
  const { kind, state, title, due_on, assignee_id, assignee_name, arrived_at } = task
  if (kind !== 'visit') throw new Refusal('crm.notAVisit', { title })
  if (state !== 'open') throw new Refusal('crm.taskStateForbids', { from: state, to: 'open' })
  if (assignee_id !== ctx.actor.id) throw new Refusal('crm.visitOfOthers', { name: assignee_name })
  if (due_on > ctx.today) throw new Refusal('crm.visitNotYet', { due_on })
  if (arrived_at !== null) throw new Refusal('crm.visitBegun', { title })
  await patchTask(ctx, task_id, { arrived_at: ctx.now, arrived_note: note || null })
  return { task_id, arrived_at: ctx.now }
})

/** A day's visits of somebody, those that were dropped left out, in the order of the route; who has no place yet comes last. */
async function stopsOf(ctx: CommandCtx, { day, assignee_id }: { day: string; assignee_id: string }): Promise<{ id: string }[]> {
  const { sql, params } = visibleTasks(ctx.scope)
  return ctx.db.all<{ id: string }>(
    `select d.id from crm_task d where d.assignee_id = ? and d.due_on = ? and d.kind = 'visit' and d.state <> 'dropped' and ${sql}
      order by case when d.stop_no is null then 1 else 0 end, d.stop_no, d.minute, d.id`,
    [assignee_id, day, ...params],
  )
}
