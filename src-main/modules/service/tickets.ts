import type { InputOf } from '../../kernel/contract.ts'
import { handle, type CommandCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { itemsOf } from '../catalog/index.ts'
import { assertVisible, partyOf, winnerOf } from '../parties/index.ts'
import { takeNumber } from '../platform/index.ts'
import {
  answerTicket, assignTicket, closeTicket, createTicket, noteTicket, rateTicket, reopenTicket, resumeTicket, solvedReasons, solveTicket, takeTicket, updateTicket, type DealRule, type TicketState,
} from './contract.ts'
import { assertWorker, dealtTo } from './deal.ts'
import { documentOf } from './documents.ts'
import { duesOf, hoursOf, minutesTaken } from './hours.ts'
import { assertMayGo, assertOpen, ticketInHand, type Ticket } from './sight.ts'
import { addStep, indexTicket, insertTicket, linkTicket, patchTicket, type StepKind } from './ticket.store.ts'

type Class = { readonly id: string; readonly priority: number; readonly rule: DealRule; readonly team_id: string | null }

/** A class that takes tickets. Refuses 'service.classNotFound'. */
async function classOf(ctx: CommandCtx, class_id: string): Promise<Class> {
  const row = await ctx.db.get<Class & { is_active: number }>('select id, priority, rule, team_id, is_active from service_class where id = ?', [class_id])
  if (!row || row.is_active === 0) throw new Refusal('service.classNotFound', { class_id })
  return row
}

const orNull = (text: string | null): string | null => text || null

export const createTicketHandler = handle(createTicket, async (ctx, { class_id, source, ...form }) => {
  const ticketClass = await classOf(ctx, class_id)
  const party_id = await customerOf(ctx, { party_id: form.party_id, source })
  if (form.item_id !== null) await itemsOf(ctx, [form.item_id])
  if (form.assignee_id) await assertWorker(ctx, form.assignee_id)
  const dealt = form.assignee_id === undefined ? await dealtTo(ctx, { ticketClass, party_id }) : null
  const assignee_id = form.assignee_id ?? dealt
  const priority = form.priority ?? ticketClass.priority
  const ticket_id = ctx.newId()
  const number = await takeNumber(ctx, { series: 'service.ticket', day: ctx.today })
  const texts = { subject: form.subject, text: orNull(form.text) }
  await insertTicket(ctx, {
    id: ticket_id, number, class_id, ...texts, party_id, contact_name: orNull(form.contact_name), contact_phone: orNull(form.contact_phone), item_id: form.item_id, priority, state: 'new',
    assignee_id, ...duesOf(ctx, { created_at: ctx.now, priority, waited_minutes: 0 }), created_by: ctx.actor.id, created_on: ctx.today, created_at: ctx.now,
  })
  const opened = { id: ticket_id, state: 'new' as const, assignee_id: dealt === null ? assignee_id : null }
  await addStep(ctx, opened, { kind: 'open' })
  if (dealt !== null) await addStep(ctx, { ...opened, assignee_id: dealt }, { kind: 'dealt' })
  if (source) await linkTicket(ctx, { ticket_id, ...source })
  await indexTicket(ctx, { id: ticket_id, number, ...texts, solution: null })
  return { ticket_id, number, assignee_id }
})

/** Of the document, where there is one: the customer named must be the same. */
async function customerOf(ctx: CommandCtx, { party_id, source }: Pick<InputOf<typeof createTicket>, 'party_id' | 'source'>): Promise<string> {
  const named = party_id === undefined ? undefined : await winnerOf(ctx, party_id)
  const found = source ? (await documentOf(ctx, source)).party_id : named!
  if (party_id !== undefined && named !== found) throw new Refusal('service.otherCustomer', { name: (await partyOf(ctx, party_id)).name })
  await assertVisible(ctx, found)
  return found
}

export const updateTicketHandler = handle(updateTicket, async (ctx, { ticket_id, ...form }) => {
  const ticket = await ticketInHand(ctx, ticket_id)
  assertOpen(ticket)
  if (form.class_id !== ticket.class_id) await classOf(ctx, form.class_id)
  if (form.item_id !== null && form.item_id !== ticket.item_id) await itemsOf(ctx, [form.item_id])
  const { subject, priority, class_id, item_id } = form
  const dues = priority === ticket.priority ? {} : duesOf(ctx, { ...ticket, priority })
  const text = orNull(form.text)
  await patchTicket(ctx, ticket_id, { class_id, subject, text, contact_name: orNull(form.contact_name), contact_phone: orNull(form.contact_phone), item_id, priority, ...dues })
  await addStep(ctx, ticket, { kind: 'change' })
  await indexTicket(ctx, { ...ticket, subject, text })
  return { ticket_id }
})

export const assignTicketHandler = handle(assignTicket, async (ctx, { ticket_id, assignee_id, note }) => {
  const ticket = await ticketInHand(ctx, ticket_id)
  assertOpen(ticket)
  if (assignee_id !== null) await assertWorker(ctx, assignee_id)
  await patchTicket(ctx, ticket_id, { assignee_id })
  await addStep(ctx, { ...ticket, assignee_id }, { kind: 'assign', text: orNull(note) })
  return { ticket_id }
})

export const takeTicketHandler = handle(takeTicket, async (ctx, { ticket_id }) => {
  const ticket = await ticketInHand(ctx, ticket_id)
  assertOpen(ticket)
  if (ticket.assignee_id !== null) throw new Refusal('service.alreadyTaken', { number: ticket.number })
  const state = ticket.state === 'new' ? 'working' : ticket.state
  await patchTicket(ctx, ticket_id, { assignee_id: ctx.actor.id, state })
  await addStep(ctx, { ...ticket, state, assignee_id: ctx.actor.id }, { kind: 'assign' })
  return { ticket_id }
})

/** Takes a ticket to a state, with what else changes, and writes it down; a clock that stood goes on later by as much. */
async function go(ctx: CommandCtx, ticket: Ticket, to: TicketState, { kind, text = null, patch = {} }: { kind: StepKind; text?: string | null; patch?: Parameters<typeof patchTicket>[2] }): Promise<void> {
  await patchTicket(ctx, ticket.id, { state: to, ...(ticket.waiting_since !== null && to !== 'waiting' ? clockGoesOn(ctx, ticket, ticket.waiting_since) : {}), ...patch })
  await addStep(ctx, { ...ticket, state: to }, { kind, text })
}

function clockGoesOn(ctx: CommandCtx, ticket: Ticket, since: number) {
  const waited_minutes = ticket.waited_minutes + minutesTaken(hoursOf(ctx), { from: since, to: ctx.now })
  return { waiting_since: null, waited_minutes, resolve_due_at: duesOf(ctx, { ...ticket, waited_minutes }).resolve_due_at }
}

export const answerTicketHandler = handle(answerTicket, async (ctx, { ticket_id, text, waits }) => {
  const ticket = await ticketInHand(ctx, ticket_id)
  assertOpen(ticket)
  const answered = ticket.responded_at === null ? { responded_at: ctx.now } : {}
  const to = ticket.state === 'new' ? 'working' : ticket.state
  await patchTicket(ctx, ticket_id, { state: to, ...answered })
  await addStep(ctx, { ...ticket, state: to }, { kind: 'answer', text })
  if (waits === 0 || to === 'waiting') return { ticket_id }
  assertMayGo({ ...ticket, state: to }, 'waiting')
  await go(ctx, { ...ticket, state: to }, 'waiting', { kind: 'wait', patch: { waiting_since: ctx.now } })
  return { ticket_id }
})

export const noteTicketHandler = handle(noteTicket, async (ctx, { ticket_id, text }) => {
  await addStep(ctx, await ticketInHand(ctx, ticket_id), { kind: 'note', text })
  return { ticket_id }
})

export const resumeTicketHandler = handle(resumeTicket, async (ctx, { ticket_id }) => {
  const ticket = await ticketInHand(ctx, ticket_id)
  if (ticket.state !== 'waiting') throw new Refusal('service.ticketStateForbids', { number: ticket.number, from: ticket.state, to: 'working' })
  await go(ctx, ticket, 'working', { kind: 'resume' })
  return { ticket_id }
})

/** The end of both clocks: who was solved was answered too. */
const ended = ({ responded_at, resolved_at }: Ticket, now: number) => ({ responded_at: responded_at ?? now, resolved_at: resolved_at ?? now })

export const solveTicketHandler = handle(solveTicket, async (ctx, { ticket_id, solution }) => {
  const ticket = await ticketInHand(ctx, ticket_id)
  assertMayGo(ticket, 'solved')
  await go(ctx, ticket, 'solved', { kind: 'solve', text: solution, patch: { ...ended(ticket, ctx.now), solution } })
  await indexTicket(ctx, { ...ticket, solution })
  return { ticket_id }
})

export const closeTicketHandler = handle(closeTicket, async (ctx, { ticket_id, closing_reason, confirmed_by, score, score_text, ...form }) => {
  const ticket = await ticketInHand(ctx, ticket_id)
  assertMayGo(ticket, 'closed')
  const solution = orNull(form.solution) ?? ticket.solution
  if (solution === null && solvedReasons.includes(closing_reason)) throw new Refusal('service.solutionNeeded', { number: ticket.number })
  const asked = await ctx.db.get<{ id: string }>(
    `select r.id from service_refund r where r.state = 'asked' and r.ticket_id in (select id from service_ticket where id = ? or merged_into_id = ?) order by r.id limit 1`,
    [ticket_id, ticket_id],
  )
  if (asked) throw new Refusal('service.refundWaits', { number: ticket.number })
  const confirmed = confirmed_by ? { confirmed_by, confirmed_at: ctx.now } : {}
  await go(ctx, ticket, 'closed', {
    kind: 'close',
    text: orNull(score_text),
    patch: { ...ended(ticket, ctx.now), closed_at: ctx.now, closing_reason, solution, ...confirmed, score, score_text: score === null ? null : orNull(score_text) },
  })
  if (solution !== ticket.solution) await indexTicket(ctx, { ...ticket, solution })
  return { ticket_id }
})

export const rateTicketHandler = handle(rateTicket, async (ctx, { ticket_id, score, score_text, confirmed_by }) => {
  const ticket = await ticketInHand(ctx, ticket_id)
  if (ticket.state !== 'solved' && ticket.state !== 'closed') throw new Refusal('service.ticketStateForbids', { number: ticket.number, from: ticket.state, to: 'closed' })
  await patchTicket(ctx, ticket_id, { score, score_text: orNull(score_text), ...(confirmed_by ? { confirmed_by, confirmed_at: ctx.now } : {}) })
  await addStep(ctx, ticket, { kind: 'change', text: orNull(score_text) })
  return { ticket_id }
})

/** It was not well after all: both were too early, and the time since does not count. */
export const reopenTicketHandler = handle(reopenTicket, async (ctx, { ticket_id, reason }) => {
  const ticket = await ticketInHand(ctx, ticket_id)
  if (ticket.state !== 'solved' && ticket.state !== 'closed') throw new Refusal('service.ticketStateForbids', { number: ticket.number, from: ticket.state, to: 'working' })
  const stood = clockGoesOn(ctx, ticket, ticket.resolved_at!)
  await go(ctx, ticket, 'working', {
    kind: 'reopen',
    text: reason,
    patch: { ...stood, resolved_at: null, closed_at: null, closing_reason: null, confirmed_by: null, confirmed_at: null, score: null, score_text: null },
  })
  return { ticket_id }
})
