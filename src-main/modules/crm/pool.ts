import { addDays } from '../../kernel/day.ts'
import { handle, type CommandCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { assertVisible, giveParty, partyOf } from '../parties/index.ts'
import { isErased } from '../platform/index.ts'
import { assignTo, claim, handOver, protect, recycle, returnToPool, unprotect } from './contract.ts'
import { HELD, heldParams, recycledOn, type Held } from './held.ts'
import { patchLead } from './lead.store.ts'
import { insertPoolMoves, putProtection, removeProtection, turnOverOpportunities, turnOverTasks } from './pool.store.ts'
import { claimsADay, coolDownDays, heldAtMost, recycleIdleDays, recycleNoDealDays } from './rules.ts'
import { leadInHand } from './subject.ts'
import { assertColleague } from './tasks.ts'

type Asked = { readonly party_id?: string | undefined; readonly lead_id?: string | undefined }
type About = { readonly party_id: string | null; readonly lead_id: string | null; readonly name: string; readonly owner_id: string | null; readonly isOpen: boolean }
type Why = 'claim' | 'assign' | 'return' | 'recycle' | 'hand_over' | 'route'

/** The customer or lead as it is now. Refuses whom the actor may not see. */
async function aboutOf(ctx: CommandCtx, { party_id, lead_id }: Asked): Promise<About> {
  if (lead_id !== undefined) {
    const lead = await leadInHand(ctx, lead_id)
    return { party_id: null, lead_id, name: lead.company ?? lead.name ?? '', owner_id: lead.owner_id, isOpen: lead.state === 'new' || lead.state === 'working' }
  }
  await assertVisible(ctx, party_id!)
  const { name, is_active } = await partyOf(ctx, party_id!)
  const row = await ctx.db.get<{ user_id: string }>('select user_id from parties_assignment where party_id = ? and to_day is null', [party_id!])
  return { party_id: party_id!, lead_id: null, name, owner_id: row?.user_id ?? null, isOpen: is_active === 1 }
}

/** Gives it to somebody or nobody, and writes the move down. */
async function turnOver(ctx: CommandCtx, about: Omit<About, 'name' | 'isOpen'>, { to, why, reason = null }: { to: string | null; why: Why; reason?: string | null }): Promise<void> {
  const { party_id, lead_id, owner_id } = about
  // What is said of a whole hand-over is not said of somebody whose data were erased.
  const said = (await isErased(ctx, (party_id ?? lead_id)!)) ? null : reason
  if (party_id !== null) await giveParty(ctx, { party_id, user_id: to })
  else await patchLead(ctx, lead_id!, { owner_id: to, owned_since: to === null ? null : ctx.today })
  await insertPoolMoves(ctx, [{ id: ctx.newId(), party_id, lead_id, why, from_user_id: owner_id, to_user_id: to, reason: said, day: ctx.today, at: ctx.now, by_id: ctx.actor.id }])
}
/** Gives a lead of nobody to whom a rule of the company says. */
export const giveLead = (ctx: CommandCtx, { lead_id, to, rule }: { lead_id: string; to: string; rule: string }): Promise<void> =>
  turnOver(ctx, { party_id: null, lead_id, owner_id: null }, { to, why: 'route', reason: rule })

const answerOf = ({ party_id, lead_id }: About) => ({ party_id, lead_id })

export const claimHandler = handle(claim, async (ctx, asked) => {
  const about = await aboutOf(ctx, asked)
  if (about.owner_id !== null || !about.isOpen) throw new Refusal('crm.notInPool', { name: about.name })
  await assertWithinLimits(ctx, about)
  await turnOver(ctx, about, { to: ctx.actor.id, why: 'claim' })
  return answerOf(about)
})

/** How many of these the actor holds now. */
export const heldBy = async ({ db }: Pick<CommandCtx, 'db'> | { db: { get: CommandCtx['db']['get'] } }, user_id: string): Promise<number> =>
  (await db.get<{ n: number }>(
    `select (select count(*) from parties_assignment a join parties_party p on p.id = a.party_id where a.user_id = ? and a.to_day is null and p.is_customer = 1 and p.is_active = 1)
          + (select count(*) from crm_lead where owner_id = ? and state in ('new', 'working')) as n`,
    [user_id, user_id],
  ))!.n

async function assertWithinLimits(ctx: CommandCtx, { party_id, lead_id, name }: About): Promise<void> {
  const { id } = ctx.actor
  const [a_day, at_most, cool] = [ctx.setting(claimsADay), ctx.setting(heldAtMost), ctx.setting(coolDownDays)]
  if (a_day > 0) {
    const today = await ctx.db.get<{ n: number }>(`select count(*) as n from crm_pool_move where why = 'claim' and to_user_id = ? and day = ?`, [id, ctx.today])
    if (today!.n >= a_day) throw new Refusal('crm.claimLimit', { limit: a_day })
  }
  if (at_most > 0 && (await heldBy(ctx, id)) >= at_most) throw new Refusal('crm.holdLimit', { limit: at_most })
  const [column, value] = party_id === null ? ['lead_id', lead_id!] : ['party_id', party_id]
  const lost = await ctx.db.get<{ day: string | null }>(`select max(day) as day from crm_pool_move where ${column} = ? and from_user_id = ? and why in ('return', 'recycle')`, [value, id])
  if (cool > 0 && lost?.day && addDays(lost.day, cool) > ctx.today) throw new Refusal('crm.coolingDown', { name, until: addDays(lost.day, cool) })
}

export const returnToPoolHandler = handle(returnToPool, async (ctx, { reason, ...asked }) => {
  const about = await aboutOf(ctx, asked)
  const isMine = about.owner_id === ctx.actor.id || (about.owner_id !== null && ctx.may('crm.assign'))
  if (!isMine || !about.isOpen) throw new Refusal('crm.notHeld', { name: about.name })
  await turnOver(ctx, about, { to: null, why: 'return', reason })
  return answerOf(about)
})

export const assignToHandler = handle(assignTo, async (ctx, { user_id, ...asked }) => {
  const about = await aboutOf(ctx, asked)
  await assertColleague(ctx, user_id)
  if (!about.isOpen || about.owner_id === user_id) throw new Refusal('crm.notHeld', { name: about.name })
  await turnOver(ctx, about, { to: user_id, why: 'assign' })
  return answerOf(about)
})

/** Somebody leaves: nothing is lost, and every customer has an owner the same day. */
export const handOverHandler = handle(handOver, async (ctx, { from_user_id, to_user_id, reason }) => {
  if (from_user_id === to_user_id) throw new Refusal('crm.handOverToSelf', {})
  if (!(await ctx.db.get<{ id: string }>('select id from platform_user where id = ?', [from_user_id]))) throw new Refusal('crm.userNotFound', { user_id: from_user_id })
  await assertColleague(ctx, to_user_id)
  const parties = await ctx.db.all<{ party_id: string }>('select party_id from parties_assignment where user_id = ? and to_day is null order by party_id', [from_user_id])
  const leads = await ctx.db.all<{ id: string }>(`select id from crm_lead where owner_id = ? and state <> 'converted' order by id`, [from_user_id])
  for (const { party_id } of parties) await turnOver(ctx, { party_id, lead_id: null, owner_id: from_user_id }, { to: to_user_id, why: 'hand_over', reason })
  for (const { id } of leads) await turnOver(ctx, { party_id: null, lead_id: id, owner_id: from_user_id }, { to: to_user_id, why: 'hand_over', reason })
  const opportunities = await turnOverOpportunities(ctx, { from_user_id, to_user_id })
  const tasks = await turnOverTasks(ctx, { from_user_id, to_user_id })
  return { parties: parties.length, leads: leads.length, opportunities, tasks }
})

export const protectHandler = handle(protect, async (ctx, { until_on, reason, ...asked }) => {
  const about = await aboutOf(ctx, asked)
  await putProtection(ctx, { id: ctx.newId(), party_id: about.party_id, lead_id: about.lead_id, until_on, reason, by_id: ctx.actor.id, at: ctx.now })
  return answerOf(about)
})

export const unprotectHandler = handle(unprotect, async (ctx, asked) => {
  const about = await aboutOf(ctx, asked)
  if ((await removeProtection(ctx, about)) === 0) throw new Refusal('crm.notProtected', { name: about.name })
  return answerOf(about)
})

/** By ctx.today alone: run on another desk, or twice a day, it does the same. */
export const recycleHandler = handle(recycle, async (ctx) => {
  if (ctx.setting(recycleIdleDays) === 0 && ctx.setting(recycleNoDealDays) === 0) throw new Refusal('crm.recyclingOff', {})
  const held = await ctx.db.all<Held>(`select h.id, h.kind, h.owner_id, h.owned_since, h.last_on, h.last_sold_on, h.is_protected from (${HELD}) h where h.owner_id is not null order by h.kind, h.id`, heldParams(ctx))
  const due = held.filter((h) => (recycledOn(ctx, h) ?? '9999-12-31') <= ctx.today)
  for (const h of due) {
    const about = { party_id: h.kind === 'party' ? h.id : null, lead_id: h.kind === 'lead' ? h.id : null, owner_id: h.owner_id }
    await turnOver(ctx, about, { to: null, why: 'recycle' })
  }
  return { parties: due.filter((h) => h.kind === 'party').length, leads: due.filter((h) => h.kind === 'lead').length }
})
