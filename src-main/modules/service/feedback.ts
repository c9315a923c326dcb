import type { OutputOf } from '../../kernel/contract.ts'
import { answer, handle, type CommandCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { assertMove } from '../../kernel/states.ts'
import { itemsOf } from '../catalog/index.ts'
import { takeNumber } from '../platform/index.ts'
import { createFeedback, decideFeedback, feedbackStates, getFeedback, joinFeedback, listFeedback, updateFeedback, type FeedbackState } from './contract.ts'
import { joined, textCondition, ticketInHand, visibleTickets, type Condition } from './sight.ts'
import { insertFeedback, joinTicket, patchFeedback } from './ticket.store.ts'

type Row = OutputOf<typeof listFeedback>['rows'][number]

async function feedbackInHand(ctx: CommandCtx, feedback_id: string): Promise<{ number: string; state: FeedbackState }> {
  const row = await ctx.db.get<{ number: string; state: FeedbackState }>('select number, state from service_feedback where id = ?', [feedback_id])
  if (!row) throw new Refusal('service.feedbackNotFound', { feedback_id })
  return row
}

export const createFeedbackHandler = handle(createFeedback, async (ctx, { ticket_id, ...form }) => {
  const ticket = ticket_id === undefined ? undefined : await ticketInHand(ctx, ticket_id)
  const item_id = form.item_id ?? ticket?.item_id ?? null
  if (item_id !== null) await itemsOf(ctx, [item_id])
  const feedback_id = ctx.newId()
  const number = await takeNumber(ctx, { series: 'service.feedback', day: ctx.today })
  await insertFeedback(ctx, { id: feedback_id, number, ...form, text: form.text || null, item_id, state: 'open', created_by: ctx.actor.id, created_on: ctx.today })
  if (ticket) await joinTicket(ctx, { feedback_id, ticket_id: ticket.id })
  return { feedback_id, number }
})

export const updateFeedbackHandler = handle(updateFeedback, async (ctx, { feedback_id, ...form }) => {
  await feedbackInHand(ctx, feedback_id)
  if (form.item_id !== null) await itemsOf(ctx, [form.item_id])
  await patchFeedback(ctx, feedback_id, { ...form, text: form.text || null })
  return { feedback_id }
})

export const joinFeedbackHandler = handle(joinFeedback, async (ctx, { feedback_id, ticket_id }) => {
  const { number } = await feedbackInHand(ctx, feedback_id)
  await ticketInHand(ctx, ticket_id)
  const known = await ctx.db.get<{ ticket_id: string }>('select ticket_id from service_feedback_ticket where feedback_id = ? and ticket_id = ?', [feedback_id, ticket_id])
  if (known) throw new Refusal('service.alreadyJoined', { number })
  await joinTicket(ctx, { feedback_id, ticket_id })
  return { feedback_id }
})

export const decideFeedbackHandler = handle(decideFeedback, async (ctx, { feedback_id, state, outcome }) => {
  const before = await feedbackInHand(ctx, feedback_id)
  assertMove(feedbackStates, { from: before.state, to: state, refusal: 'service.feedbackStateForbids' })
  const decided = state === 'open' ? { decided_by: null, decided_on: null } : { decided_by: ctx.actor.id, decided_on: ctx.today }
  await patchFeedback(ctx, feedback_id, { state, outcome: outcome || null, ...decided })
  return { feedback_id }
})

const COUNT = '(select count(*) from service_feedback_ticket x where x.feedback_id = f.id)'
const SELECT = `select f.id as feedback_id, f.number, f.title, f.text, f.item_id, i.code as item_code, i.name as item_name, f.priority, f.state, f.outcome, u.name as decided_name, f.decided_on, f.created_on,
  ${COUNT} as ticket_count from service_feedback f left join catalog_item i on i.id = f.item_id left join platform_user u on u.id = f.decided_by`

const sortColumns = { number: 'f.number', ticket_count: COUNT, priority: 'f.priority' } as const

export const listFeedbackHandler = answer(listFeedback, async (ctx, { text, show, item_id, sort, direction, limit, offset }) => {
  const conditions: Condition[] = []
  if (show === 'pending') conditions.push({ sql: `f.state in ('open', 'planned')`, params: [] })
  else if (show !== 'all') conditions.push({ sql: 'f.state = ?', params: [show] })
  if (item_id !== undefined) conditions.push({ sql: 'f.item_id = ?', params: [item_id] })
  if (text !== '') conditions.push(await textCondition(ctx, { text, columns: ['f.number', 'f.title', 'i.name'] }))
  const { where, params } = joined(conditions)
  const rows = await ctx.db.all<Row>(`${SELECT} where ${where} order by ${sortColumns[sort]} ${direction}, f.priority, f.id limit ? offset ?`, [...params, limit, offset])
  const total = await ctx.db.get<{ n: number }>(`select count(*) as n from service_feedback f left join catalog_item i on i.id = f.item_id where ${where}`, params)
  return { rows, total: total!.n }
})

export const getFeedbackHandler = answer(getFeedback, async (ctx, { feedback_id }) => {
  const row = await ctx.db.get<Row>(`${SELECT} where f.id = ?`, [feedback_id])
  if (!row) throw new Refusal('service.feedbackNotFound', { feedback_id })
  const seen = visibleTickets(ctx.scope, 't')
  const tickets = await ctx.db.all<OutputOf<typeof getFeedback>['tickets'][number]>(
    `select t.id as ticket_id, t.number, t.subject, p.name as party_name, t.state, t.created_on from service_feedback_ticket x join service_ticket t on t.id = x.ticket_id
       join parties_party p on p.id = t.party_id where x.feedback_id = ? and ${seen.sql} order by t.id desc limit 200`,
    [feedback_id, ...seen.params],
  )
  return { ...row, tickets }
})
