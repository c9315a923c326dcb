import { addDays } from '../../kernel/day.ts'
import type { InputOf, OutputOf } from '../../kernel/contract.ts'
import { answer, type QueryCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { SqlValue } from '../../storage/db.ts'
import { getTask, listTasks, taskCounts } from './contract.ts'
import { countOf, joined, SUBJECT_JOINS, SUBJECT_NAME, textCondition, visibleSubjects, visibleTasks, type Condition } from './query-parts.ts'
import { ofParty } from '../parties/index.ts'

type Row = OutputOf<typeof listTasks>['rows'][number]
type Show = InputOf<typeof listTasks>['show']

export const TASK_JOINS = `from crm_task d join platform_user u on u.id = d.assignee_id left join platform_user w on w.id = d.created_by ${SUBJECT_JOINS}`
const sortColumns = { due_on: 'd.due_on', priority: 'd.priority', created_at: 'd.id' } as const

/** The columns of a task; a customer whom the reader may not see is not named. */
export function taskColumns(ctx: QueryCtx): { sql: string; params: SqlValue[] } {
  const seen = visibleSubjects(ctx.scope)
  return {
    sql: `d.id as task_id, d.title, d.kind, d.note, case when ${seen.sql} then d.party_id end as party_id,
      case when ${seen.sql} then d.lead_id end as lead_id, case when ${seen.sql} then d.opportunity_id end as opportunity_id, case when ${seen.sql} then ${SUBJECT_NAME} end as subject_name,
      d.assignee_id, u.name as assignee_name, d.due_on, d.minute, d.arrived_at, d.arrived_note, case when d.state = 'open' and d.due_on < ? then 1 else 0 end as is_overdue, d.priority, d.state, d.done_at,
      w.name as created_name, d.created_at`,
    params: [...seen.params, ...seen.params, ...seen.params, ...seen.params, ctx.today],
  }
}

function shown(show: Show, today: string): Condition {
  const open = `d.state = 'open'`
  switch (show) {
    case 'open':
      return { sql: open, params: [] }
    case 'now':
      return { sql: `${open} and d.due_on <= ?`, params: [today] }
    case 'today':
      return { sql: `${open} and d.due_on = ?`, params: [today] }
    case 'overdue':
      return { sql: `${open} and d.due_on < ?`, params: [today] }
    case 'week':
      return { sql: `${open} and d.due_on > ? and d.due_on <= ?`, params: [today, addDays(today, 7)] }
    case 'done':
      return { sql: `d.state = 'done'`, params: [] }
    case 'all':
      return { sql: '1 = 1', params: [] }
  }
}

export const listTasksHandler = answer(listTasks, async (ctx, input) => {
  const { text, show, whose, assignee_id, party_id, lead_id, opportunity_id, sort, direction, limit, offset } = input
  const conditions: Condition[] = [visibleTasks(ctx.scope), shown(show, ctx.today)]
  if (whose === 'mine') conditions.push({ sql: 'd.assignee_id = ?', params: [ctx.actor.id] })
  if (assignee_id !== undefined) conditions.push({ sql: 'd.assignee_id = ?', params: [assignee_id] })
  if (party_id !== undefined) conditions.push({ sql: ofParty('d.party_id'), params: [party_id] }, visibleSubjects(ctx.scope))
  if (lead_id !== undefined) conditions.push({ sql: 'd.lead_id = ?', params: [lead_id] }, visibleSubjects(ctx.scope))
  if (opportunity_id !== undefined) conditions.push({ sql: 'd.opportunity_id = ?', params: [opportunity_id] }, visibleSubjects(ctx.scope))
  if (text !== '') conditions.push(await textCondition(ctx, { text, columns: ['d.title'] }))
  const { where, params } = joined(conditions)
  const { sql, params: first } = taskColumns(ctx)
  const rows = await ctx.db.all<Row>(
    `select ${sql} ${TASK_JOINS} where ${where} order by ${sortColumns[sort]} ${direction}, d.priority, d.due_on, d.minute, d.id limit ? offset ?`,
    [...first, ...params, limit, offset],
  )
  return { rows, total: await countOf(ctx.db, { from: 'crm_task d', where, params }) }
})

export const getTaskHandler = answer(getTask, async (ctx, { task_id }) => {
  const { sql, params: first } = taskColumns(ctx)
  const seen = visibleTasks(ctx.scope)
  const about = visibleSubjects(ctx.scope)
  const row = await ctx.db.get<OutputOf<typeof getTask>>(
    `select ${sql}, a.id as activity_id, a.text as activity_text ${TASK_JOINS} left join crm_activity a on a.id = d.activity_id and ${about.sql} where d.id = ? and ${seen.sql}`,
    [...first, ...about.params, task_id, ...seen.params],
  )
  if (!row) throw new Refusal('crm.taskNotFound', { task_id })
  return row
})

export const taskCountsHandler = answer(taskCounts, async (ctx) => {
  const { today } = ctx
  const row = await ctx.db.get<{ overdue: number | null; today: number | null; week: number | null }>(
    `select sum(case when due_on < ? then 1 else 0 end) as overdue, sum(case when due_on = ? then 1 else 0 end) as today,
            sum(case when due_on > ? then 1 else 0 end) as week
       from crm_task where assignee_id = ? and state = 'open' and due_on <= ?`,
    [today, today, today, ctx.actor.id, addDays(today, 7)],
  )
  return { overdue: row?.overdue ?? 0, today: row?.today ?? 0, week: row?.week ?? 0 }
})
