import { handle } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { escalateDue, mergeTickets } from './contract.ts'
import { managerOf } from './deal.ts'
import { OVERDUE } from './list-tickets.ts'
import { assertMayGo, assertOpen, familyOf, ticketInHand, type Ticket } from './sight.ts'
import { addStep, patchTicket } from './ticket.store.ts'

/** The loser points at the winner, and so do all that were merged into it before; nothing is moved, so nothing is lost. */
export const mergeTicketsHandler = handle(mergeTickets, async (ctx, { ticket_id, into_id }) => {
  const loser = await ticketInHand(ctx, ticket_id)
  const winner = await ticketInHand(ctx, into_id)
  if (ticket_id === into_id) throw new Refusal('service.mergeWithItself', { number: loser.number })
  assertMayGo(loser, 'merged')
  assertOpen(winner)
  if (loser.party_id !== winner.party_id) throw new Refusal('service.otherCustomer', { name: winner.number })
  for (const id of await familyOf(ctx, ticket_id)) await patchTicket(ctx, id, { merged_into_id: into_id, state: 'merged', waiting_since: null })
  await addStep(ctx, { ...loser, state: 'merged' }, { kind: 'merge', text: winner.number })
  await addStep(ctx, winner, { kind: 'merge', text: loser.number })
  return { ticket_id: into_id }
})

type Late = Pick<Ticket, 'id' | 'state' | 'assignee_id'> & { readonly team_id: string | null }

export const escalateDueHandler = handle(escalateDue, async (ctx) => {
  const late = await ctx.db.all<Late>(
    `select t.id, t.state, t.assignee_id, c.team_id from service_ticket t join service_class c on c.id = t.class_id where t.escalated_at is null and ${OVERDUE} order by t.id limit 500`,
    [ctx.now, ctx.now],
  )
  for (const ticket of late) {
    await patchTicket(ctx, ticket.id, { escalated_at: ctx.now, escalated_to_id: await managerOf(ctx, ticket) })
    await addStep(ctx, ticket, { kind: 'escalate' })
  }
  return { count: late.length }
})
