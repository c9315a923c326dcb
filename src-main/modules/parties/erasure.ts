import { on } from '../../kernel/operation.ts'
import { indexForSearch, personErased } from '../platform/index.ts'
import { readDetail } from './party-detail.ts'
import { settleFirsts } from './merge.store.ts'
import { renewLikeness } from './profiles.ts'
import { forgetParty } from './read-party.ts'
import { searchEntryOf } from './search-party.ts'

/** Keys, search and the first contact of who is left, from what the books say now. */
export const followErasure = on(personErased, async (ctx, { party_ids }) => {
  for (const party_id of party_ids) forgetParty(ctx, party_id)
  await renewLikeness(ctx, party_ids)
  for (const party_id of party_ids) {
    await settleFirsts(ctx, party_id)
    const written = await readDetail({ db: ctx.db, scope: { kind: 'all' } }, party_id)
    const merged = await ctx.db.get<{ id: string }>('select id from parties_party where id = ? and same_as <> id', [party_id])
    if (!merged) await indexForSearch(ctx, [searchEntryOf({ ...written, id: party_id, own_words: [] })])
  }
})
