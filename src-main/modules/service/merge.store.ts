import { ticket } from '../../../db/schema/service.ts'
import { on } from '../../kernel/operation.ts'
import { partiesMerged, partiesParted, relink, unlink } from '../parties/index.ts'

const LINK = { table: ticket, table_name: 'service_ticket', column: 'party_id' } as const

const followMerge = on(partiesMerged, (ctx, merging) => relink(ctx, merging, LINK))

const followParting = on(partiesParted, async (ctx, merging) => {
  await unlink(ctx, merging, LINK)
  // Tickets merged meanwhile stay with the one they live on in.
  await ctx.db.run(
    ticket,
    `update service_ticket set party_id = (select w.party_id from service_ticket w where w.id = service_ticket.merged_into_id)
      where party_id in (?, ?) and exists (select 1 from service_ticket w where w.id = service_ticket.merged_into_id and w.party_id <> service_ticket.party_id)`,
    [merging.winner_id, merging.loser_id],
  )
})

export const mergeReactions = [followMerge, followParting]
