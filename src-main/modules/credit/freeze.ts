import { addDays, daysBetween } from '../../kernel/day.ts'
import { answer, handle, type QueryCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { assertVisible, ofParty, partyOf, visibleParties } from '../parties/index.ts'
import { owedBy } from '../sales/index.ts'
import { customerCredit, endRelease, listFrozen, releaseCustomer } from './contract.ts'
import { endReleases, insertRelease } from './credit.store.ts'
import { freezeDays, freezes } from './rules.ts'
import { assertSeen, frostOf, lateBy, releasedUntil } from './standing.ts'

export const releaseCustomerHandler = handle(releaseCustomer, async (ctx, { party_id, until_on, reason }) => {
  await assertVisible(ctx, party_id)
  const party = await partyOf(ctx, party_id)
  if (until_on < ctx.today) throw new Refusal('credit.dayPassed', { day: until_on })
  if (!(await frostOf(ctx, party_id))) throw new Refusal('credit.notFrozen', { party_name: party.name })
  await endReleases(ctx, { party_id, today: ctx.today, at: ctx.now, by_id: ctx.actor.id })
  const release_id = ctx.newId()
  await insertRelease(ctx, { id: release_id, party_id, until_on, reason, released_on: ctx.today, by_id: ctx.actor.id, at: ctx.now })
  return { release_id }
})

export const endReleaseHandler = handle(endRelease, async (ctx, { party_id }) => {
  await assertVisible(ctx, party_id)
  const party = await partyOf(ctx, party_id)
  if ((await endReleases(ctx, { party_id, today: ctx.today, at: ctx.now, by_id: ctx.actor.id })) === 0) throw new Refusal('credit.notReleased', { party_name: party.name })
  return {}
})

type Frozen = { party_id: string; party_code: string; party_name: string; overdue_minor: number; oldest_on: string; released_until: string | null }

export const listFrozenHandler = answer(listFrozen, async (ctx, { limit, offset }) => {
  if (ctx.setting(freezes) === 0) return { rows: [], total: 0, waiting: 0 }
  const bound = addDays(ctx.today, -ctx.setting(freezeDays))
  const visible = visibleParties(ctx.scope, 'i.party_id')
  const late = 'sum(case when i.amount_minor > 0 and i.due_on < ? then i.amount_minor - i.settled_minor else 0 end)'
  const inFavour = 'sum(case when i.amount_minor < 0 then i.amount_minor - i.settled_minor else 0 end)'
  const frozen = `select s.same_as as party_id, ${late} + ${inFavour} as overdue_minor, min(case when i.amount_minor > 0 then i.due_on end) as oldest_on,
      (select max(r.until_on) from credit_release r where ${ofParty('r.party_id', 's.same_as')} and r.ended_at is null and r.until_on >= ?) as released_until
    from accounting_open_item i join parties_party s on s.id = i.party_id where i.side = 'receivable' and i.amount_minor <> i.settled_minor and ${visible.sql}
    group by s.same_as having ${late} > 0 and ${late} + ${inFavour} > 0`
  const params = [bound, ctx.today, ...visible.params, bound, bound]
  const rows = await ctx.db.all<Frozen>(
    `select f.party_id, p.code as party_code, p.name as party_name, f.overdue_minor, f.oldest_on, f.released_until
       from (${frozen}) f join parties_party p on p.id = f.party_id order by f.oldest_on, f.party_id limit ? offset ?`,
    [...params, limit, offset],
  )
  const counts = await ctx.db.get<{ total: number; waiting: number }>(
    `select count(*) as total, coalesce(sum(case when f.released_until is null then 1 else 0 end), 0) as waiting from (${frozen}) f`,
    params,
  )
  return {
    rows: await withNumbers(ctx, rows),
    ...counts!,
  }
})

/** The document that is overdue for longest, of each customer on the page. */
async function withNumbers(ctx: QueryCtx, rows: readonly Frozen[]) {
  const shown = []
  for (const { oldest_on, ...row } of rows) {
    const oldest = await ctx.db.get<{ number: string }>(
      `select number from accounting_open_item where side = 'receivable' and ${ofParty('party_id')} and amount_minor > 0 and amount_minor <> settled_minor and due_on = ? order by id limit 1`,
      [row.party_id, oldest_on],
    )
    shown.push({ ...row, number: oldest!.number, overdue_days: daysBetween({ from: oldest_on, to: ctx.today }) })
  }
  return shown
}

type ReleaseRow = { release_id: string; until_on: string; reason: string; by_name: string; at: number; ended_at: number | null }

export const customerCreditHandler = answer(customerCredit, async (ctx, { party_id }) => {
  const party = await assertSeen(ctx, party_id)
  const late = await lateBy(ctx, { party_id, days: 0 })
  const releases = await ctx.db.all<ReleaseRow>(
    `select r.id as release_id, r.until_on, r.reason, u.name as by_name, r.at, r.ended_at from credit_release r join platform_user u on u.id = r.by_id
      where ${ofParty('r.party_id')} order by r.at desc, r.id desc limit 50`,
    [party_id],
  )
  return {
    ...party,
    owed_minor: await owedBy(ctx.db, party_id),
    overdue_minor: late.overdue_minor,
    overdue_days: late.overdue_days,
    oldest_number: late.number,
    is_frozen: (await frostOf(ctx, party_id)) ? (1 as const) : (0 as const),
    released_until: await releasedUntil(ctx, party_id),
    releases,
  }
})
