import { address, alias, contact, handle, merge, mergeRow, party, tag } from '../../../db/schema/parties.ts'
import { on } from '../../kernel/operation.ts'
import { LABEL, among, ofParties, type PersonalRows } from '../../kernel/personal.ts'
import { indexForSearch, personErased } from '../platform/index.ts'
import { nameKeyOf } from './party.ts'
import { readDetail } from './party-detail.ts'
import { settleFirsts } from './merge.store.ts'
import { renewLikeness } from './profiles.ts'
import { forgetParty } from './read-party.ts'
import { searchEntryOf } from './search-party.ts'

const OWN = { kind: 'parties.party', of: ofParties('r.party_id'), becomes: 'removed' } as const

/** What parties hold of a person: told once for preview, erasure, change log and proof. */
export const personalRows: readonly PersonalRows[] = [
  {
    kind: 'parties.party',
    table: party,
    of: ofParties('r.id'),
    extent: 'whole',
    becomes: {
      name: LABEL, name_key: nameKeyOf, short_name: null, phone: null, phone_key: null, email: null, country: null, tax_title: null, tax_no: null, tax_address: null,
      tax_phone: null, bank_name: null, bank_account: null, note: null, extra: () => '{}', is_active: () => 0,
    },
  },
  { ...OWN, kind: 'parties.contact', table: contact, of: (person) => among('r.id', person.contact_ids), extent: 'record' },
  { ...OWN, kind: 'parties.contact', table: contact, words: ['name', 'phone', 'phone_key', 'email', 'wechat', 'note'] },
  { ...OWN, kind: 'parties.address', table: address, words: ['label', 'recipient', 'phone'] },
  { ...OWN, kind: 'parties.handle', table: handle, words: ['value'] },
  { ...OWN, kind: 'parties.name', table: alias, extent: 'whole' },
  { ...OWN, kind: 'parties.tag', table: tag, extent: 'whole' },
  {
    kind: 'parties.merge',
    table: merge,
    of: (person) => {
      const [winner, loser] = [among('r.winner_id', person.party_ids), among('r.loser_id', person.party_ids)]
      return { sql: `(${winner.sql} or ${loser.sql})`, params: [...winner.params, ...loser.params] }
    },
    becomes: { reason: null },
  },
  {
    kind: 'parties.merge',
    table: mergeRow,
    of: (person) => {
      const winner = among('m.winner_id', person.party_ids)
      return { sql: `r.merge_id in (select m.id from parties_merge m where ${winner.sql})`, params: winner.params }
    },
    becomes: 'removed',
    words: ['key', 'before', 'after'],
  },
]

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
