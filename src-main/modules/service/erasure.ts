import { on } from '../../kernel/operation.ts'
import { among, type ErasureObstacle } from '../../kernel/personal.ts'
import { personErased } from '../platform/index.ts'
import { indexTicket } from './ticket.store.ts'

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
