import type { OutputOf } from '../../kernel/contract.ts'
import { answer } from '../../kernel/operation.ts'
import { marks } from '../../storage/db.ts'
import { docsSharing } from '../platform/index.ts'
import { similarTickets } from './contract.ts'
import { visibleTickets } from './sight.ts'
import { likenesses, tellingGrams } from './similar.ts'

type Row = Omit<OutputOf<typeof similarTickets>['rows'][number], 'likeness_e8'>

/** The newest so many that share anything are compared. */
const COMPARED = 400
/** What shares less is not called similar. */
const LEAST = 0.2
/** The same item says much, the same class and customer a little. */
const BONUS = { item_id: 0.2, class_id: 0.05, party_id: 0.05 } as const

export const similarTicketsHandler = answer(similarTickets, async (ctx, { text, except_id, limit, ...same }) => {
  const asked = tellingGrams(text)
  const found = likenesses(asked, await docsSharing(ctx.db, { kind: 'ticket', grams: asked, limit: COMPARED })).filter((f) => f.likeness >= LEAST && f.ref_id !== except_id)
  if (found.length === 0) return { rows: [] }
  const seen = visibleTickets(ctx.scope, 't')
  const ids = found.map((f) => f.ref_id)
  const rows = await ctx.db.all<Row & { item_id: string | null; class_id: string; party_id: string }>(
    `select t.id as ticket_id, t.number, t.subject, p.name as party_name, i.name as item_name, t.state, t.solution, t.closing_reason, t.score, t.created_on, t.item_id, t.class_id, t.party_id
       from service_ticket t join parties_party p on p.id = t.party_id left join catalog_item i on i.id = t.item_id
      where t.state <> 'merged' and t.id in (${marks(ids)}) and ${seen.sql} order by t.id desc`,
    [...ids, ...seen.params],
  )
  const likenessOf = new Map(found.map((f) => [f.ref_id, f.likeness]))
  const rated = rows.map(({ item_id, class_id, party_id, ...row }) => {
    const bonus = Object.entries(BONUS).reduce((sum, [key, points]) => (same[key as keyof typeof BONUS] !== null && same[key as keyof typeof BONUS] === { item_id, class_id, party_id }[key] ? sum + points : sum), 0)
    return { ...row, likeness_e8: Math.round(Math.min(1, likenessOf.get(row.ticket_id)! + bonus) * 100_000_000) }
  })
  return { rows: rated.sort((a, b) => b.likeness_e8 - a.likeness_e8 || (a.ticket_id < b.ticket_id ? 1 : -1)).slice(0, limit) }
})
