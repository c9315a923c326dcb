import { order, quote } from '../../../db/schema/sales.ts'
import { on } from '../../kernel/operation.ts'
import { partiesMerged, partiesParted, partyOf, relink, snapshotOf, unlink } from '../parties/index.ts'

/** What is still being written or offered becomes the winner's; confirmed orders keep the customer they were confirmed for. */
const LINKS = [
  { table: order, table_name: 'sales_order', column: 'party_id', where: `state = 'draft'` },
  { table: quote, table_name: 'sales_quote', column: 'party_id', where: `state in ('draft', 'sent')` },
] as const

export const mergeReactions = [
  on(partiesMerged, async (ctx, merging) => {
    const also = { party_snapshot: snapshotOf(await partyOf(ctx, merging.winner_id)) }
    for (const link of LINKS) await relink(ctx, merging, { ...link, also })
  }),
  on(partiesParted, async (ctx, merging) => {
    for (const link of LINKS) await unlink(ctx, merging, link)
  }),
]
