import { setFloorPrice } from '../../../src-main/modules/catalog/contract.ts'
import * as credit from '../../../src-main/modules/credit/contract.ts'
import * as platform from '../../../src-main/modules/platform/contract.ts'
import { confirmOrder } from '../../../src-main/modules/sales/contract.ts'
import { anyItem, move, type Move, type Walk } from './walk.ts'

type Id = { id: string }
const later = (w: Walk, days: number): string => new Date(Date.parse(`${w.t.today}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
/** Somebody who owes something beyond its day. */
const debtor = (w: Walk) =>
  w.pick<Id>(
    `select i.party_id as id from accounting_open_item i join parties_party p on p.id = i.party_id and p.is_cash = 0
      where i.side = 'receivable' and i.amount_minor > i.settled_minor and i.amount_minor > 0 and i.due_on < '${w.t.today}' order by i.due_on, i.id`,
  )
const set = (w: Walk, key: string, value: number) => w.t.run(platform.setSetting, { key, value })

/** Somebody who may not approve. */
const salesperson = (w: Walk) =>
  w.pick<Id>(
    `select u.id from platform_user u where u.is_active = 1 and exists (select 1 from platform_user_role x join platform_role r on r.id = x.role_id where x.user_id = u.id and r.code = 'sales')
        and not exists (select 1 from platform_user_role x join platform_role r on r.id = x.role_id where x.user_id = u.id and r.code = 'owner') order by u.id desc`,
  )

/** A request that waits: one that is there, or a draft order that a salesperson would confirm while orders are judged. */
async function request(w: Walk): Promise<(Id & { asked_by: string }) | undefined> {
  const waiting = () => w.pick<Id & { asked_by: string }>(`select id, asked_by from platform_approval where state = 'pending' order by id desc`)
  const known = await waiting()
  if (known) return known
  const [asker, draft] = [await salesperson(w), await w.pick<Id>(`select id from sales_order where state = 'draft' order by id desc`)]
  if (!asker || !draft) return undefined
  await set(w, 'credit.approves_orders', 1)
  await set(w, 'credit.approved_below_minor', 0)
  await w.t.answer(confirmOrder, { order_id: draft.id }, asker.id)
  await set(w, 'credit.approves_orders', 0)
  return waiting()
}

const decision = <C extends Move['contract']>(contract: C, more: object = {}): Move => move(contract, async (w) => {
  const found = await request(w)
  return found && ({ approval_id: found.id, ...more } as never)
})

export const creditMoves: readonly Move[] = [
  decision(platform.approve),
  decision(platform.rejectApproval, { reason: 'not now' }),
  { ...decision(platform.withdrawApproval), as: async (w) => (await request(w))?.asked_by },
  move(platform.seeApprovals, async () => ({})),
  move(setFloorPrice, async (w) => ({ item_id: await anyItem(w), floor_price_e4: w.chance(2) ? 0 : w.roll(100_000) })),
  move(credit.releaseCustomer, async (w) => {
    await set(w, 'credit.freezes', 1)
    await set(w, 'credit.freeze_days', 0)
    const party = await debtor(w)
    const until_on = later(w, w.roll(10))
    return party && { party_id: party.id, until_on, reason: 'promised' }
  }),
  move(credit.chargeInterest, async (w) => {
    await set(w, 'credit.charges_interest', 1)
    await set(w, 'credit.interest_rate_e8', 1_000_000)
    const party = await debtor(w)
    return party && { party_id: party.id, of: w.one(['open', 'open', 'paid'] as const), ...(w.chance(3) ? { through_on: later(w, 1 - w.roll(20)) } : {}), ...(w.chance(3) ? { tax_code: null } : {}) }
  }),
  move(credit.reverseInterest, async (w) => {
    const row = await w.pick<Id>(`select id from credit_interest ${w.chance(9) ? '' : 'where reversed_on is null'} order by id desc`)
    return row && { interest_id: row.id, reason: 'forgiven' }
  }),
  move(credit.endRelease, async (w) => {
    const row = await w.pick<Id>(`select party_id as id from credit_release where ended_at is null and until_on >= '${w.t.today}' order by id desc`)
    await set(w, 'credit.freezes', 0)
    return row && { party_id: row.id }
  }),
  move(credit.applyLimits, async (w) => {
    const [row] = (await w.t.ask(credit.limitProposals, { limit: 1 })).rows
    return row && { rows: [{ party_id: row.party_id, proposed_minor: w.chance(5) ? 1 : row.proposed_minor }] }
  }),
  move(credit.setLimit, async (w) => {
    const party = await debtor(w)
    return party && { party_id: party.id, limit_minor: w.chance(2) ? null : 100_000_000 + w.roll(1_000_000), reason: 'known', holds_until: later(w, w.roll(30)) }
  }),
  move(credit.giveTasks, async (w) => {
    await set(w, 'credit.collects', w.chance(4) ? 0 : 1)
    return {}
  }),
  move(credit.dun, async (w) => {
    const party = await debtor(w)
    return party && { party_id: party.id, note: w.chance(2) ? 'please' : null }
  }),
  move(credit.promiseToPay, async (w) => {
    const party = await debtor(w)
    return party && { party_id: party.id, parts: [{ due_on: later(w, w.roll(5)), amount_minor: 1 + w.roll(10_000) }, { due_on: later(w, 5 + w.roll(20)), amount_minor: 1 + w.roll(10_000) }] }
  }),
  move(credit.withdrawPromise, async (w) => {
    const row = await w.pick<Id>('select id from credit_promise where ended_on is null order by id desc')
    return row && { promise_id: row.id, reason: 'talked again' }
  }),
]
