import type { InputOf, OutputOf } from '../../kernel/contract.ts'
import { answer, type QueryCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { marks, type SqlValue } from '../../storage/db.ts'
import { getTicket, listTickets, ticketsWaiting } from './contract.ts'
import { nowParty } from '../parties/index.ts'
import { documentsOf } from './documents.ts'
import { hoursOf, minutesTaken } from './hours.ts'
import { familyOf, joined, textCondition, visibleTickets, type Condition } from './sight.ts'

type Row = OutputOf<typeof listTickets>['rows'][number]
type Detail = OutputOf<typeof getTicket>

/** Somebody has to do something about the ticket `t` and is late; two parameters: now. */
export const OVERDUE = `t.state in ('new', 'working') and ((t.responded_at is null and t.respond_due_at < ?) or t.resolve_due_at < ?)`
/** What the clock says next. */
const DUE = `case when t.state not in ('new', 'working') then null when t.responded_at is null and t.respond_due_at < t.resolve_due_at then t.respond_due_at else t.resolve_due_at end`
const FROM = `service_ticket t join service_class c on c.id = t.class_id join parties_party p on p.id = t.party_id left join catalog_item i on i.id = t.item_id
  left join platform_user u on u.id = t.assignee_id`

const COLUMNS = `t.id as ticket_id, t.number, t.class_id, c.name_zh as class_name_zh, c.name_en as class_name_en, c.kind, t.subject, t.party_id, p.name as party_name, t.item_id, i.name as item_name,
  t.priority, t.state, t.assignee_id, u.name as assignee_name, t.respond_due_at, t.resolve_due_at, t.responded_at, t.resolved_at, ${DUE} as due_at,
  case when t.state <> 'merged' and coalesce(t.responded_at, ?) > t.respond_due_at then 1 else 0 end as is_respond_late,
  case when t.state <> 'merged' and coalesce(t.resolved_at, t.waiting_since, ?) > t.resolve_due_at then 1 else 0 end as is_resolve_late,
  case when ${OVERDUE} then 1 else 0 end as is_overdue, case when t.escalated_at is null then 0 else 1 end as is_escalated, t.closing_reason, t.score, t.created_on, t.created_at`
const columnParams = (now: number): SqlValue[] => [now, now, now, now]

function shown(ctx: QueryCtx, show: InputOf<typeof listTickets>['show']): Condition {
  const open = `t.state in ('new', 'working', 'waiting')`
  switch (show) {
    case 'open':
      return { sql: open, params: [] }
    case 'mine':
      return { sql: `${open} and t.assignee_id = ?`, params: [ctx.actor.id] }
    case 'unassigned':
      return { sql: `${open} and t.assignee_id is null`, params: [] }
    case 'overdue':
      return { sql: OVERDUE, params: [ctx.now, ctx.now] }
    case 'escalated':
      return { sql: `${open} and t.escalated_to_id = ?`, params: [ctx.actor.id] }
    case 'all':
      return { sql: '1 = 1', params: [] }
    default:
      return { sql: 't.state = ?', params: [show] }
  }
}

const sortColumns = { created_at: 't.created_at', due_at: `case when ${DUE} is null then 1 else 0 end, ${DUE}`, priority: 't.priority' } as const

export const listTicketsHandler = answer(listTickets, async (ctx, input) => {
  const { text, show, kind, class_id, party_id, item_id, assignee_id, sort, direction, limit, offset } = input
  const conditions: Condition[] = [visibleTickets(ctx.scope, 't'), shown(ctx, show)]
  const only = (column: string, value: string | undefined): void => void (value !== undefined && conditions.push({ sql: `${column} = ?`, params: [value] }))
  only('c.kind', kind)
  only('t.class_id', class_id)
  if (party_id !== undefined) conditions.push({ sql: `t.party_id = ${nowParty('?')}`, params: [party_id] })
  only('t.item_id', item_id)
  only('t.assignee_id', assignee_id)
  if (text !== '') conditions.push(await textCondition(ctx, { text, columns: ['t.number', 't.subject', 't.contact_name'], party: 't.party_id' }))
  const { where, params } = joined(conditions)
  const rows = await ctx.db.all<Row>(`select ${COLUMNS} from ${FROM} where ${where} order by ${sortColumns[sort]} ${direction}, t.id limit ? offset ?`, [
    ...columnParams(ctx.now), ...params, limit, offset,
  ])
  const total = await ctx.db.get<{ n: number }>(`select count(*) as n from service_ticket t join service_class c on c.id = t.class_id where ${where}`, params)
  return { rows, total: total!.n }
})

type Rest = Pick<Detail, 'text' | 'contact_name' | 'contact_phone' | 'waiting_since' | 'solution' | 'closed_at' | 'confirmed_by' | 'confirmed_at' | 'score_text' | 'escalated_at' | 'escalated_to_name' | 'created_name'> & {
  waited_minutes: number
  merged_into_id: string | null
  merged_into_number: string | null
}

export const getTicketHandler = answer(getTicket, async (ctx, { ticket_id }) => {
  const seen = visibleTickets(ctx.scope, 't')
  const row = await ctx.db.get<Row & Rest>(
    `select ${COLUMNS}, t.text, t.contact_name, t.contact_phone, t.waiting_since, t.waited_minutes, t.solution, t.closed_at, t.confirmed_by, t.confirmed_at, t.score_text, t.escalated_at,
            e.name as escalated_to_name, w.name as created_name, t.merged_into_id, m.number as merged_into_number
       from ${FROM} left join platform_user e on e.id = t.escalated_to_id join platform_user w on w.id = t.created_by left join service_ticket m on m.id = t.merged_into_id
      where t.id = ? and ${seen.sql}`,
    [...columnParams(ctx.now), ticket_id, ...seen.params],
  )
  if (!row) throw new Refusal('service.ticketNotFound', { ticket_id })
  const { merged_into_id, merged_into_number, waited_minutes, ...rest } = row
  const family = await familyOf(ctx, ticket_id)
  const merged = await ctx.db.all<Detail['merged'][number]>('select id as ticket_id, number, subject from service_ticket where merged_into_id = ? order by id', [ticket_id])
  const steps = await ctx.db.all<Detail['steps'][number]>(
    `select s.ticket_id, case when s.ticket_id = ? then null else t.number end as number, s.seq, s.kind, s.state, a.name as assignee_name, s.text, s.at, b.name as by_name
       from service_step s join service_ticket t on t.id = s.ticket_id left join platform_user a on a.id = s.assignee_id join platform_user b on b.id = s.by_id
      where s.ticket_id in (${marks(family)}) order by s.at desc, s.ticket_id, s.seq desc`,
    [ticket_id, ...family],
  )
  const feedback = await ctx.db.all<Detail['feedback'][number]>(
    `select distinct f.id as feedback_id, f.number, f.title from service_feedback f join service_feedback_ticket x on x.feedback_id = f.id where x.ticket_id in (${marks(family)}) order by f.number, f.id`,
    family,
  )
  const hours = hoursOf(ctx)
  const { created_at, responded_at, resolved_at } = row
  return {
    ...rest,
    respond_minutes: responded_at === null ? null : minutesTaken(hours, { from: created_at, to: responded_at }),
    resolve_minutes: resolved_at === null ? null : minutesTaken(hours, { from: created_at, to: resolved_at, waited_minutes }),
    merged_into: merged_into_id === null ? null : { ticket_id: merged_into_id, number: merged_into_number! },
    merged,
    steps,
    documents: await documentsOf(ctx, ticket_id),
    feedback,
  }
})

export const ticketsWaitingHandler = answer(ticketsWaiting, async (ctx) => {
  const count = async (sql: string, params: readonly SqlValue[]): Promise<number> => (await ctx.db.get<{ n: number }>(`select count(*) as n from service_ticket t where ${sql}`, params))!.n
  const seen = visibleTickets(ctx.scope, 't')
  const { now, actor } = ctx
  const mine = await ctx.db.get<{ n: number; fresh: number | null; late: number | null }>(
    `select count(*) as n, sum(case when t.responded_at is null then 1 else 0 end) as fresh, sum(case when ${OVERDUE} then 1 else 0 end) as late
       from service_ticket t where t.assignee_id = ? and t.state in ('new', 'working', 'waiting')`,
    [now, now, actor.id],
  )
  const deals = ctx.may('service.assign')
  const refunds = ctx.may('service.refund')
    ? (await ctx.db.get<{ n: number }>(`select count(*) as n from service_refund r join service_ticket t on t.id = r.ticket_id where r.state = 'asked' and ${seen.sql}`, seen.params))!.n
    : null
  return {
    mine: mine!.n,
    mine_new: mine!.fresh ?? 0,
    mine_overdue: mine!.late ?? 0,
    escalated: await count(`t.escalated_to_id = ? and t.state in ('new', 'working', 'waiting')`, [actor.id]),
    unassigned: deals ? await count(`t.state in ('new', 'working', 'waiting') and t.assignee_id is null and ${seen.sql}`, seen.params) : null,
    overdue: deals ? await count(`${OVERDUE} and ${seen.sql}`, [now, now, ...seen.params]) : null,
    refunds,
  }
})
