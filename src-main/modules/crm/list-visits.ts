import { daysBetween, firstOfMonth } from '../../kernel/day.ts'
import type { OutputOf } from '../../kernel/contract.ts'
import { answer } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { visibleParties } from '../parties/index.ts'
import { calendar, route, visitStatistics } from './contract.ts'
import { taskColumns, TASK_JOINS } from './list-tasks.ts'
import { joined, SUBJECT_JOINS, SUBJECT_NAME, visibleSubjects, visibleTasks, type Condition } from './query-parts.ts'

type Stop = OutputOf<typeof route>['stops'][number]
type Entry = OutputOf<typeof calendar>['entries'][number]
type Figures = OutputOf<typeof visitStatistics>['rows'][number]

/** The address that a party is visited at: the usual one, else the first. */
const ADDRESS = `coalesce((select coalesce(a.region, '') || a.street from parties_address a where a.party_id = d.party_id order by a.is_default desc, a.id limit 1), l.address)`

export const routeHandler = answer(route, async (ctx, { day, user_id = ctx.actor.id }) => {
  const { sql, params } = await taskColumns(ctx)
  const seen = visibleSubjects(ctx.scope)
  const sight = visibleTasks(ctx.scope)
  const stops = await ctx.db.all<Stop>(
    `select ${sql}, case when ${seen.sql} then ${ADDRESS} end as address, case when ${seen.sql} then coalesce(p.phone, l.phone) end as phone,
            r.id as activity_id, r.result, r.text as words
       ${TASK_JOINS} left join crm_activity r on r.id = d.done_activity_id and ${seen.sql}
      where d.assignee_id = ? and d.due_on = ? and d.kind = 'visit' and d.state <> 'dropped' and ${sight.sql}
      order by case when d.stop_no is null then 1 else 0 end, d.stop_no, d.minute, d.id`,
    [...params, ...seen.params, ...seen.params, ...seen.params, user_id, day, ...sight.params],
  )
  return { user_id, stops }
})

export const visitStatisticsHandler = answer(visitStatistics, async (ctx, { from = firstOfMonth(ctx.today), to = ctx.today }) => {
  if (from > to) throw new Refusal('crm.daysTurned', { from, to })
  const tasks = joined([visibleTasks(ctx.scope), { sql: `d.kind = 'visit' and d.due_on >= ? and d.due_on <= ?`, params: [from, to] }])
  const planned = await ctx.db.all<Omit<Figures, 'user_name' | 'unplanned' | 'subjects' | 'interested'>>(
    `select d.assignee_id as user_id, sum(case when d.state <> 'dropped' then 1 else 0 end) as planned, sum(case when d.state = 'done' then 1 else 0 end) as done,
            sum(case when d.state = 'open' and d.due_on < ? then 1 else 0 end) as missed, sum(case when d.state = 'dropped' then 1 else 0 end) as dropped
       from crm_task d where ${tasks.where} group by d.assignee_id order by d.assignee_id`,
    [ctx.today, ...tasks.params],
  )
  const told = joined([visibleSubjects(ctx.scope), { sql: `d.kind = 'visit' and d.is_withdrawn = 0 and d.day >= ? and d.day <= ?`, params: [from, to] }])
  const made = await ctx.db.all<Pick<Figures, 'user_id' | 'unplanned' | 'subjects' | 'interested'>>(
    `select d.user_id, sum(case when exists (select 1 from crm_task x where x.done_activity_id = d.id) then 0 else 1 end) as unplanned,
            count(distinct coalesce(d.party_id, d.lead_id)) as subjects, sum(case when d.result in ('interested', 'promised') then 1 else 0 end) as interested
       from crm_activity d where ${told.where} group by d.user_id order by d.user_id`,
    told.params,
  )
  const names = await ctx.db.all<{ id: string; name: string }>('select id, name from platform_user order by name, id')
  const rows = names.flatMap(({ id, name }): Figures[] => {
    const [plan, said] = [planned.find((p) => p.user_id === id), made.find((m) => m.user_id === id)]
    if (!plan && !said) return []
    const none = { planned: 0, done: 0, missed: 0, dropped: 0, unplanned: 0, subjects: 0, interested: 0 }
    return [{ ...none, ...plan, ...said, user_id: id, user_name: name }]
  })
  return { from, to, rows }
})

const MOST_DAYS = 93
const MOST_ENTRIES = 2_000

export const calendarHandler = answer(calendar, async (ctx, { from, to, whose, user_id }) => {
  if (from > to) throw new Refusal('crm.daysTurned', { from, to })
  if (daysBetween({ from, to }) >= MOST_DAYS) throw new Refusal('crm.daysTooMany', { limit: MOST_DAYS })
  const who = user_id ?? (whose === 'mine' ? ctx.actor.id : undefined)
  const of = (column: string): Condition[] => (who === undefined ? [] : [{ sql: `${column} = ?`, params: [who] }])
  const seen = visibleSubjects(ctx.scope)
  const tasks = joined([visibleTasks(ctx.scope), { sql: `d.state <> 'dropped' and d.due_on >= ? and d.due_on <= ?`, params: [from, to] }, ...of('d.assignee_id')])
  const todo = await ctx.db.all<Entry>(
    `select 'task' as kind, d.id, d.due_on as day, d.minute, d.kind as step, d.title, case when ${seen.sql} then ${SUBJECT_NAME} end as subject_name, u.name as user_name, d.state,
            case when d.state = 'open' and d.due_on < ? then 1 else 0 end as is_overdue
       from crm_task d join platform_user u on u.id = d.assignee_id ${SUBJECT_JOINS} where ${tasks.where} order by d.due_on, d.id limit ?`,
    [...seen.params, ctx.today, ...tasks.params, MOST_ENTRIES + 1],
  )
  const deals = joined([visibleParties(ctx.scope, 'o.party_id'), { sql: `o.state = 'open' and o.expected_on >= ? and o.expected_on <= ?`, params: [from, to] }, ...of('o.owner_id')])
  const expected = await ctx.db.all<Entry>(
    `select 'opportunity' as kind, o.id, o.expected_on as day, null as minute, null as step, o.name as title, p.name as subject_name, u.name as user_name, o.state,
            case when o.expected_on < ? then 1 else 0 end as is_overdue
       from crm_opportunity o join parties_party p on p.id = o.party_id join platform_user u on u.id = o.owner_id where ${deals.where} order by o.expected_on, o.id limit ?`,
    [ctx.today, ...deals.params, MOST_ENTRIES + 1],
  )
  const entries = [...todo, ...expected].sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : (a.minute ?? -1) - (b.minute ?? -1) || (a.id < b.id ? -1 : 1)))
  const has_more = entries.length > MOST_ENTRIES ? 1 : 0
  return { entries: entries.slice(0, MOST_ENTRIES), has_more } as const
})
