import { addDays } from '../../kernel/day.ts'
import type { InputOf, OutputOf } from '../../kernel/contract.ts'
import { answer, type QueryCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { marks, type SqlValue } from '../../storage/db.ts'
import { getTask, listTasks, taskCounts } from './contract.ts'
import { countOf, joined, SUBJECT_JOINS, SUBJECT_NAME, textCondition, visibleSubjects, visibleTasks, type Condition } from './query-parts.ts'
import { escalateDays } from './rules.ts'
import { scoreRulesIn, scoringOf } from './score.ts'
import { ofParty } from '../parties/index.ts'

type Row = OutputOf<typeof listTasks>['rows'][number]
type Show = InputOf<typeof listTasks>['show']

export const TASK_JOINS = `from crm_task d join platform_user u on u.id = d.assignee_id left join platform_user w on w.id = d.created_by ${SUBJECT_JOINS} left join crm_opportunity o on o.id = d.opportunity_id`
const sortColumns = { due_on: 'd.due_on', priority: 'd.priority', created_at: 'd.id', amount_minor: 'amount_minor', expected_on: 'expected_on', score: 'score', last_on: 'last_on' } as const
/** What not every task has: those without it come last either way. */
const mayBeMissing: ReadonlySet<string> = new Set(['amount_minor', 'expected_on', 'score', 'last_on'])
const LAST_ON = `coalesce((select max(a.day) from crm_activity a where a.party_id = d.party_id and a.is_withdrawn = 0),
  (select max(a.day) from crm_activity a where a.lead_id = d.lead_id and a.is_withdrawn = 0))`

/** The columns of a task; a customer whom the reader may not see is not named. */
export async function taskColumns(ctx: QueryCtx): Promise<{ sql: string; params: SqlValue[] }> {
  const seen = visibleSubjects(ctx.scope)
  const { score } = scoringOf(await scoreRulesIn(ctx.db), ctx.today)
  return {
    sql: `d.id as task_id, d.title, d.kind, d.note, case when ${seen.sql} then d.party_id end as party_id,
      case when ${seen.sql} then d.lead_id end as lead_id, case when ${seen.sql} then d.opportunity_id end as opportunity_id, case when ${seen.sql} then ${SUBJECT_NAME} end as subject_name,
      d.assignee_id, u.name as assignee_name, d.due_on, d.minute, d.arrived_at, d.arrived_note, case when d.state = 'open' and d.due_on < ? then 1 else 0 end as is_overdue, d.priority, d.state, d.done_at,
      case when ${seen.sql} then o.amount_minor end as amount_minor, case when ${seen.sql} then o.expected_on end as expected_on,
      case when l.id is not null and ${seen.sql} then ${score.sql} end as score, case when ${seen.sql} then ${LAST_ON} end as last_on, w.name as created_name, d.created_at`,
    params: [
      ...seen.params, ...seen.params, ...seen.params, ...seen.params, ctx.today, ...seen.params, ...seen.params, ...seen.params, ...score.params, ...seen.params,
    ],
  }
}

function shown(ctx: QueryCtx, show: Show): Condition {
  const { today } = ctx
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
    case 'escalated':
      return escalated(ctx)
    case 'done':
      return { sql: `d.state = 'done'`, params: [] }
    case 'all':
      return { sql: '1 = 1', params: [] }
  }
}

/** Tasks `d` left undone for longer than the company's days, of those whom the reader leads: of everybody for who assigns all work. */
function escalated(ctx: QueryCtx): Condition {
  const most = ctx.setting(escalateDays)
  if (most === 0) return { sql: '1 = 0', params: [] }
  const late: Condition = { sql: `d.state = 'open' and d.due_on < ? and d.assignee_id <> ?`, params: [addDays(ctx.today, -most), ctx.actor.id] }
  const { scope } = ctx
  const led: Condition = scope.kind === 'users' ? { sql: `d.assignee_id in (${marks(scope.user_ids)})`, params: [...scope.user_ids] } : { sql: ctx.may('crm.assign') ? '1 = 1' : '1 = 0', params: [] }
  const { where, params } = joined([late, led])
  return { sql: where, params }
}

export const listTasksHandler = answer(listTasks, async (ctx, input) => {
  const { text, show, whose, assignee_id, party_id, lead_id, opportunity_id, sort, direction, limit, offset } = input
  const conditions: Condition[] = [visibleTasks(ctx.scope), shown(ctx, show)]
  if (whose === 'mine') conditions.push({ sql: 'd.assignee_id = ?', params: [ctx.actor.id] })
  if (assignee_id !== undefined) conditions.push({ sql: 'd.assignee_id = ?', params: [assignee_id] })
  if (party_id !== undefined) conditions.push({ sql: ofParty('d.party_id'), params: [party_id] }, visibleSubjects(ctx.scope))
  if (lead_id !== undefined) conditions.push({ sql: 'd.lead_id = ?', params: [lead_id] }, visibleSubjects(ctx.scope))
  if (opportunity_id !== undefined) conditions.push({ sql: 'd.opportunity_id = ?', params: [opportunity_id] }, visibleSubjects(ctx.scope))
  if (text !== '') conditions.push(await textCondition(ctx, { text, columns: ['d.title'] }))
  const { where, params } = joined(conditions)
  const { sql, params: first } = await taskColumns(ctx)
  const isOwn = !mayBeMissing.has(sort)
  const then = ['d.priority', 'd.due_on', 'd.minute', 'd.id'].filter((column) => column !== sortColumns[sort])
  const order = `order by ${[`${sortColumns[sort]} ${direction}${isOwn ? '' : ' nulls last'}`, ...then].join(', ')}`
  // By what the task itself says the page is picked first: what is said of whom it is about is worked out for its rows alone.
  const tail = isOwn ? `where d.id in (select d.id from crm_task d where ${where} ${order} limit ? offset ?) ${order}` : `where ${where} ${order} limit ? offset ?`
  const rows = await ctx.db.all<Row>(`select ${sql} ${TASK_JOINS} ${tail}`, [...first, ...params, limit, offset])
  return { rows, total: await countOf(ctx.db, { from: 'crm_task d', where, params }) }
})

export const getTaskHandler = answer(getTask, async (ctx, { task_id }) => {
  const { sql, params: first } = await taskColumns(ctx)
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
  const { sql, params } = escalated(ctx)
  const undone = await countOf(ctx.db, { from: 'crm_task d', where: sql, params })
  return { overdue: row?.overdue ?? 0, today: row?.today ?? 0, week: row?.week ?? 0, escalated: undone }
})
