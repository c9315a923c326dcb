import type { InputOf } from '../../kernel/contract.ts'
import { handle, type CommandCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { assertMove } from '../../kernel/states.ts'
import { fold } from '../../kernel/text.ts'
import { marks } from '../../storage/db.ts'
import { partiesOfSegment } from '../insights/index.ts'
import { visibleParties } from '../parties/index.ts'
import { takeNumber } from '../platform/index.ts'
import { addMembers, campaignStates, createCampaign, moveCampaign, recordResponse, removeMember, updateCampaign, type CampaignState } from './contract.ts'
import { deleteMember, insertCampaign, insertMembers, patchCampaign, patchMember } from './marketing.store.ts'

export const keyOf = (name: string): string => fold(name).trim()

type Form = Omit<InputOf<typeof createCampaign>, never>

async function columnsOf(ctx: CommandCtx, { owner_id, note, ...form }: Form, except: string) {
  const known = await ctx.db.get<{ number: string }>('select number from marketing_campaign where name_key = ? and id <> ?', [keyOf(form.name), except])
  if (known) throw new Refusal('marketing.campaignKnown', { name: form.name, number: known.number })
  if (owner_id !== undefined && !(await ctx.db.get<{ id: string }>('select id from platform_user where id = ? and is_active = 1', [owner_id]))) throw new Refusal('marketing.userNotFound', { user_id: owner_id })
  return { ...form, name_key: keyOf(form.name), note: note || null }
}

export const createCampaignHandler = handle(createCampaign, async (ctx, form) => {
  const columns = await columnsOf(ctx, form, '')
  const campaign_id = ctx.newId()
  const number = await takeNumber(ctx, { series: 'marketing.campaign', day: ctx.today })
  await insertCampaign(ctx, { id: campaign_id, number, ...columns, state: 'planned', owner_id: form.owner_id ?? ctx.actor.id, created_by: ctx.actor.id, created_at: ctx.now })
  return { campaign_id, number }
})

type Campaign = { readonly id: string; readonly name: string; readonly state: CampaignState; readonly owner_id: string }
/** Refuses 'marketing.campaignNotFound'. */
export async function campaignInHand({ db }: Pick<CommandCtx, 'db'>, campaign_id: string): Promise<Campaign> {
  const row = await db.get<Campaign>('select id, name, state, owner_id from marketing_campaign where id = ?', [campaign_id])
  if (!row) throw new Refusal('marketing.campaignNotFound', { campaign_id })
  return row
}

export const updateCampaignHandler = handle(updateCampaign, async (ctx, { campaign_id, ...form }) => {
  const { owner_id } = await campaignInHand(ctx, campaign_id)
  await patchCampaign(ctx, campaign_id, { ...(await columnsOf(ctx, form, campaign_id)), owner_id: form.owner_id ?? owner_id })
  return { campaign_id }
})

export const moveCampaignHandler = handle(moveCampaign, async (ctx, { campaign_id, state }) => {
  const campaign = await campaignInHand(ctx, campaign_id)
  assertMove(campaignStates, { from: campaign.state, to: state, refusal: 'marketing.campaignStateForbids' })
  await patchCampaign(ctx, campaign_id, { state })
  return { campaign_id }
})

type Party = { id: string; name: string; party_email: string | null; contact_name: string | null; contact_email: string | null; region: string | null; street: string | null; postcode: string | null }
const IDS_A_STATEMENT = 400

/** Makes those of these parties members who are customers in sight and are not members yet. */
export async function takeIn(ctx: CommandCtx, { campaign_id, ids }: { campaign_id: string; ids: readonly string[] }): Promise<{ added: number; without_email: number }> {
  const seen = visibleParties(ctx.scope, 'p.id')
  let [added, without_email] = [0, 0]
  for (let from = 0; from < ids.length; from += IDS_A_STATEMENT) {
    const some = ids.slice(from, from + IDS_A_STATEMENT)
    const rows = await ctx.db.all<Party>(
      `select p.id, p.name, p.email as party_email, c.name as contact_name, c.email as contact_email, a.region, a.street, a.postcode
         from parties_party p left join parties_contact c on c.party_id = p.id and c.is_primary = 1 left join parties_address a on a.party_id = p.id and a.is_default = 1
        where p.id in (${marks(some)}) and p.is_customer = 1 and p.is_cash = 0 and p.is_active = 1 and p.same_as = p.id and ${seen.sql}
          and not exists (select 1 from marketing_member m where m.campaign_id = ? and m.party_id = p.id) order by p.id`,
      [...some, ...seen.params, campaign_id],
    )
    const members = rows.map((p) => ({
      id: ctx.newId(), campaign_id, party_id: p.id, name: p.name, contact_name: p.contact_name, email: p.contact_email || p.party_email || null,
      address: [p.postcode, p.region, p.street].filter(Boolean).join(' ') || null, added_at: ctx.now,
    }))
    await insertMembers(ctx, members)
    added += members.length
    without_email += members.filter((m) => m.email === null).length
  }
  return { added, without_email }
}

/** The audience is fixed here: a later change of the segment, the address or the owner changes no letter that is on its way. */
export const addMembersHandler = handle(addMembers, async (ctx, { campaign_id, segment_id, party_ids }) => {
  const campaign = await campaignInHand(ctx, campaign_id)
  if (campaign.state === 'closed') throw new Refusal('marketing.campaignStateForbids', { from: 'closed', to: 'running' })
  return takeIn(ctx, { campaign_id, ids: segment_id === undefined ? [...new Set(party_ids)] : await partiesOfSegment(ctx, segment_id) })
})

async function memberInHand(ctx: CommandCtx, member_id: string): Promise<{ id: string; party_id: string; name: string }> {
  const seen = visibleParties(ctx.scope, 'm.party_id')
  const row = await ctx.db.get<{ id: string; party_id: string; name: string }>(`select m.id, m.party_id, m.name from marketing_member m where m.id = ? and ${seen.sql}`, [member_id, ...seen.params])
  if (!row) throw new Refusal('marketing.memberNotFound', { member_id })
  return row
}

export const removeMemberHandler = handle(removeMember, async (ctx, { member_id }) => {
  const { name } = await memberInHand(ctx, member_id)
  if (await ctx.db.get<{ id: string }>('select id from marketing_mail where member_id = ? union all select id from marketing_walk where member_id = ? limit 1', [member_id, member_id])) throw new Refusal('marketing.memberWasWritten', { name })
  await deleteMember(ctx, member_id)
  return { member_id }
})

export const recordResponseHandler = handle(recordResponse, async (ctx, { member_id, responded_on = ctx.today, answer, ...said }) => {
  await memberInHand(ctx, member_id)
  if (responded_on > ctx.today) throw new Refusal('marketing.responseInFuture', { day: responded_on, today: ctx.today })
  await patchMember(ctx, member_id, { ...said, responded_on, answer: answer || null })
  return { member_id }
})
