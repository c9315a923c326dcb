import { feedback, labour, parts, refund, step, ticket } from '../../../db/schema/service.ts'
import { on } from '../../kernel/operation.ts'
import { LABEL, among, ofParties, type ErasureObstacle, type Person, type PersonalRows } from '../../kernel/personal.ts'
import { personErased } from '../platform/index.ts'
import { indexTicket } from './ticket.store.ts'

const ofTickets = (person: Person) => {
  const of = among('t.party_id', person.party_ids)
  return { sql: `r.ticket_id in (select t.id from service_ticket t where ${of.sql})`, params: of.params }
}

/** What service holds of a person. Parts went out of stock and refunds out of the till: their papers stay. */
export const personalRows: readonly PersonalRows[] = [
  { kind: 'service.step', table: step, of: ofTickets, becomes: { text: LABEL } },
  { kind: 'service.labour', table: labour, of: ofTickets, becomes: { note: null } },
  { kind: 'service.parts', table: parts, of: ofTickets, becomes: 'kept' },
  { kind: 'service.refund', table: refund, of: ofTickets, becomes: 'kept' },
  {
    kind: 'service.feedback',
    table: feedback,
    of: (person) => {
      const of = among('t.party_id', person.party_ids)
      return { sql: `r.id in (select f.feedback_id from service_feedback_ticket f join service_ticket t on t.id = f.ticket_id where ${of.sql})`, params: of.params }
    },
    becomes: { text: null },
  },
  {
    kind: 'service.ticket',
    table: ticket,
    of: ofParties('r.party_id'),
    becomes: { subject: LABEL, text: null, contact_name: null, contact_phone: null, solution: LABEL, confirmed_by: LABEL, score_text: null },
  },
]

export const erasureObstacles: readonly ErasureObstacle[] = [
  {
    refusal: 'service.ticketsOpen',
    count: (person) => ({ sql: `select count(*) as n from service_ticket where state not in ('closed', 'merged') and ${among('party_id', person.party_ids).sql}`, params: person.party_ids }),
  },
]

type Left = { id: string; number: string; subject: string; text: string | null; solution: string | null }

/** Tickets are found by what they say now. */
export const followErasure = on(personErased, async (ctx, { party_ids }) => {
  const of = among('party_id', party_ids)
  for (const row of await ctx.db.all<Left>(`select id, number, subject, text, solution from service_ticket where ${of.sql} order by id`, of.params)) await indexTicket(ctx, row)
})
