import type { QueryCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { PartyDetail } from './contract.ts'
import { partyRowsWhere } from './party-rows.ts'
import { visibleParties } from './read-party.ts'

type Ctx = Pick<QueryCtx, 'db' | 'scope'>
type RestFields = 'email' | 'country' | 'tax_title' | 'tax_address' | 'tax_phone' | 'bank_name' | 'bank_account' | 'note'
type Rest = Pick<PartyDetail, RestFields> & { extra: string }

export type StoredParty = Omit<PartyDetail, 'extra_names'>

/** One party with everything that belongs to it. Refuses 'parties.partyNotFound', also where the actor may not see it. */
export async function readDetail(ctx: Ctx, party_id: string): Promise<StoredParty> {
  const visible = visibleParties(ctx.scope, 'p.id')
  const [row] = await partyRowsWhere(ctx.db, { where: `p.id = ? and ${visible.sql}`, params: [party_id, ...visible.params], order: 'p.id' })
  if (!row) throw new Refusal('parties.partyNotFound', { party_id })
  const rest = (await ctx.db.get<Rest>(
    `select email, country, tax_title, tax_address, tax_phone, bank_name, bank_account, note, extra from parties_party where id = ?`,
    [party_id],
  ))!
  return { ...row, ...rest, extra: JSON.parse(rest.extra) as PartyDetail['extra'], ...(await readSections(ctx, party_id)) }
}

type Sections = Pick<PartyDetail, 'aliases' | 'contacts' | 'handles' | 'addresses' | 'assignments'>

async function readSections({ db }: Ctx, party_id: string): Promise<Sections> {
  const aliases = await db.all<{ name: string }>('select name from parties_alias where party_id = ? order by name', [party_id])
  const contacts = await db.all<PartyDetail['contacts'][number]>(
    `select id, name, title, phone, email, wechat, is_primary, note from parties_contact where party_id = ?
      order by is_primary desc, name, id`,
    [party_id],
  )
  const handles = await db.all<PartyDetail['handles'][number]>(
    'select kind, value from parties_handle where party_id = ? order by kind, value',
    [party_id],
  )
  const addresses = await db.all<PartyDetail['addresses'][number]>(
    `select id, label, recipient, phone, region, street, postcode, is_default from parties_address where party_id = ?
      order by is_default desc, label, id`,
    [party_id],
  )
  const assignments = await db.all<PartyDetail['assignments'][number]>(
    `select a.user_id, u.name as user_name, a.from_day, a.to_day from parties_assignment a join platform_user u on u.id = a.user_id
      where a.party_id = ? order by a.seq desc`,
    [party_id],
  )
  return { aliases: aliases.map((a) => a.name), contacts, handles, addresses, assignments }
}
