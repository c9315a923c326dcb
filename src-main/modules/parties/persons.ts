import type { CommandCtx, QueryCtx } from '../../kernel/operation.ts'
import type { Person, PersonSubject } from '../../kernel/personal.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { nameKeyOf } from '../../kernel/text.ts'
import { marks } from '../../storage/db.ts'
import type { PartyDetail } from './contract.ts'
import { phoneKeyOf, unique } from './party.ts'
import { readDetail } from './party-detail.ts'

type Ctx = QueryCtx | CommandCtx

/** One letter or two of a Latin alphabet are in every text. */
const isTelling = (word: string): boolean => word.length >= (/^[\p{ASCII}]+$/u.test(word) ? 3 : 2)
/** A number or an address: no other person's by chance, as a name may be. */
const isDistinct = (word: string): boolean => /\d{6,}|@/.test(word)

type Said = Pick<PartyDetail, 'contacts' | 'handles' | 'addresses' | 'aliases'> & Pick<PartyDetail, 'name' | 'short_name' | 'phone' | 'email' | 'tax_no' | 'tax_title' | 'tax_phone' | 'tax_address' | 'bank_account'>

const wordsOfContact = (c: PartyDetail['contacts'][number]): (string | null)[] => [c.name, c.phone, phoneKeyOf(c.phone), c.email, c.wechat]
const wordsOf = (p: Said): (string | null)[] => [
  p.name, nameKeyOf(p.name), p.short_name, p.phone, phoneKeyOf(p.phone), p.email, p.tax_no, p.tax_title, p.tax_phone, phoneKeyOf(p.tax_phone), p.tax_address, p.bank_account,
  ...p.aliases,
  ...p.contacts.flatMap(wordsOfContact),
  ...p.handles.map((h) => h.value),
  ...p.addresses.flatMap((a) => [a.recipient, a.phone, phoneKeyOf(a.phone), a.street]),
]

/** The words of somebody, and those that nobody else in the books bears. */
export async function tellingWords({ db }: Ctx, { words, party_ids, contact_ids = [] }: { words: readonly (string | null | undefined)[]; party_ids: readonly string[]; contact_ids?: readonly string[] }): Promise<Pick<Person, 'words' | 'own_words'>> {
  const all = unique(words.map((w) => w ?? '')).filter(isTelling)
  const distinct = all.filter(isDistinct)
  const keys = unique(distinct.map((w) => phoneKeyOf(w) ?? ''))
  // Never an empty list: nothing is outside of one.
  const own = ['', ...party_ids]
  const others = await db.all<{ phone_key: string }>(
    `select phone_key from parties_party where phone_key in (${marks(keys)}) and id not in (${marks(own)})
     union select phone_key from parties_contact where phone_key in (${marks(keys)}) and (party_id not in (${marks(own)}) ${contact_ids.length > 0 ? `or id not in (${marks(contact_ids)})` : ''}) order by phone_key`,
    [...keys, ...own, ...keys, ...own, ...contact_ids],
  )
  const shared = new Set(others.map((o) => o.phone_key))
  return { words: all, own_words: distinct.filter((w) => !shared.has(phoneKeyOf(w) ?? '')) }
}

const labelOf = ({ company }: Ctx, code: string): string => (company.locale === 'zh-CN' ? `已删除 ${code}` : `Erased ${code}`)

/** A customer or supplier who is a natural person, with all that was merged into it. */
export const partySubject: PersonSubject = {
  kind: 'parties.party',
  refusal: 'parties.personErased',
  find: async (ctx, party_id) => {
    const party = await readDetail(ctx, party_id)
    if (party.is_cash === 1) throw new Refusal('parties.cashPartyIsNeeded', { name: party.name })
    const merged = await ctx.db.all<{ id: string; same_as: string }>('select id, same_as from parties_party where same_as = (select w.same_as from parties_party w where w.id = ?) order by id', [party_id])
    const party_ids = merged.map((m) => m.id)
    const [winner] = merged
    if (winner && winner.same_as !== party_id) {
      const into = await readDetail(ctx, winner.same_as)
      throw new Refusal('parties.partyIsMerged', { name: party.name, winner_name: into.name, winner_id: winner.same_as })
    }
    if (party.kind !== 'person') throw new Refusal('parties.notAPerson', { name: party.name })
    const whole: Said[] = []
    for (const id of party_ids) whole.push(await readDetail({ db: ctx.db, scope: { kind: 'all' } }, id))
    const words = await tellingWords(ctx, { words: whole.flatMap(wordsOf), party_ids })
    return { code: party.code, label: labelOf(ctx, party.code), party_ids, lead_ids: [], contact_ids: [], extent: 'whole', ...words }
  },
}

/** A person at a business: the business stays, and says nothing of them any more. */
export const contactSubject: PersonSubject = {
  kind: 'parties.contact',
  refusal: 'platform.alreadyErased',
  find: async (ctx, contact_id) => {
    const row = await ctx.db.get<{ party_id: string }>('select party_id from parties_contact where id = ?', [contact_id])
    if (!row) throw new Refusal('platform.noSuchPerson')
    const party = await readDetail(ctx, row.party_id)
    const contact = party.contacts.find((c) => c.id === contact_id)!
    const ids = { party_ids: [row.party_id], contact_ids: [contact_id] }
    const words = await tellingWords(ctx, { words: [...wordsOfContact(contact), nameKeyOf(contact.name)], ...ids })
    return { code: party.code, label: labelOf(ctx, party.code), ...ids, lead_ids: [], extent: 'part', ...words }
  },
}
