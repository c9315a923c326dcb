import { mail, member, unsubscribed } from '../../../db/schema/marketing.ts'
import { on } from '../../kernel/operation.ts'
import { LABEL, among, ofParties, type Person, type PersonalRows } from '../../kernel/personal.ts'
import { personErased } from '../platform/index.ts'
import { patchMail } from './marketing.store.ts'

const ofMembers = (person: Person) => {
  const of = among('m.party_id', person.party_ids)
  return { sql: `r.member_id in (select m.id from marketing_member m where ${of.sql})`, params: of.params }
}

/** What marketing holds of a person: how they were written to, the letters themselves, what they answered, and that they wanted no more of them. */
export const personalRows: readonly PersonalRows[] = [
  { kind: 'marketing.mail', table: mail, of: ofMembers, becomes: { email: LABEL, email_key: LABEL, address: LABEL, name: LABEL, subject: LABEL, body: LABEL, reply: null } },
  { kind: 'marketing.member', table: member, of: ofParties('r.party_id'), becomes: { name: LABEL, contact_name: null, email: null, address: null, answer: null } },
  {
    kind: 'marketing.unsubscribed',
    table: unsubscribed,
    of: (person) => {
      const [party, address] = [among('r.party_id', person.party_ids), among('r.email_key', person.own_words.map((w) => w.toLowerCase()))]
      return { sql: `(${party.sql} or ${address.sql})`, params: [...party.params, ...address.params] }
    },
    becomes: { email_key: LABEL, reason: null },
  },
]

/** Nothing is sent to somebody any more whose address is not known. */
export const followErasure = on(personErased, async (ctx, { party_ids, extent }) => {
  if (extent === 'part') return
  const of = among('m.party_id', party_ids)
  const waiting = await ctx.db.all<{ id: string }>(`select x.id from marketing_mail x join marketing_member m on m.id = x.member_id where x.state = 'waiting' and ${of.sql} order by x.id`, of.params)
  for (const { id } of waiting) await patchMail(ctx, id, { state: 'skipped' })
})
