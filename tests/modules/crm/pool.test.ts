import { describe, expect, test } from 'vitest'
import * as crm from '../../../src-main/modules/crm/contract.ts'
import * as parties from '../../../src-main/modules/parties/contract.ts'
import * as platform from '../../../src-main/modules/platform/contract.ts'
import { testOffice, type TestOffice } from '../../support/office.ts'
import { addUser, openToOthers } from '../../support/people.ts'

const unknownId = '01900000-0000-7000-8000-000000000000'
const rule = (t: TestOffice, key: string, value: number) => t.run(platform.setSetting, { key: `crm.${key}`, value })

async function shop() {
  const t = await testOffice()
  await openToOthers(t)
  const amy = await addUser(t, { login: 'amy', role: 'sales' })
  const bob = await addUser(t, { login: 'bob', role: 'sales' })
  const { party_id } = await t.run(parties.createParty, { name: '甲茶庄' })
  const { lead_id } = await t.run(crm.createLead, { company: '新店', owner_id: null })
  return { t, amy, bob, party_id, lead_id }
}
const namesIn = async (t: TestOffice, input: object = {}, as?: string) => (await t.ask(crm.listPool, input, as)).rows.map((r) => r.name)

describe('the pool', () => {
  test('is claimed from and given back to, within limits and after a cool-down, every move written down', async () => {
    const { t, amy, bob, party_id, lead_id } = await shop()
    expect(await namesIn(t, {}, amy)).toEqual(['新店', '甲茶庄'])
    expect(await namesIn(t, { kind: 'lead' }, amy)).toEqual(['新店'])
    expect(await namesIn(t, { text: '甲茶' }, amy)).toEqual(['甲茶庄'])
    await t.run(crm.claim, { party_id }, amy)
    expect((await t.ask(parties.getParty, { party_id }, amy)).assigned_name).toBe('amy')
    expect((await t.refused(crm.claim, { party_id }, bob)).code).toBe('parties.partyNotFound')
    expect(await t.refused(crm.claim, { party_id }, amy)).toEqual({ code: 'crm.notInPool', details: { name: '甲茶庄' } })
    await rule(t, 'claims_a_day', 1)
    expect(await t.refused(crm.claim, { lead_id }, amy)).toEqual({ code: 'crm.claimLimit', details: { limit: 1 } })
    await rule(t, 'claims_a_day', 0)
    await rule(t, 'held_at_most', 1)
    expect(await t.refused(crm.claim, { lead_id }, amy)).toEqual({ code: 'crm.holdLimit', details: { limit: 1 } })
    expect(await t.ask(crm.poolLimits, {}, amy)).toEqual({ held: 1, held_at_most: 1, claimed_today: 1, claims_a_day: 0, soon: 0 })
    await rule(t, 'held_at_most', 0)
    await t.run(crm.claim, { lead_id }, bob)
    expect((await t.refused(crm.returnToPool, { lead_id, reason: 'x' }, amy)).code).toBe('crm.leadNotFound')
    t.today = '2026-01-16'
    await t.run(crm.returnToPool, { party_id, reason: '不做茶了' }, amy)
    expect((await t.refused(crm.returnToPool, { party_id, reason: 'x' }, amy)).code).toBe('crm.notHeld')
    expect(await t.refused(crm.claim, { party_id }, amy)).toEqual({ code: 'crm.coolingDown', details: { name: '甲茶庄', until: '2026-01-23' } })
    t.today = '2026-01-22'
    expect((await t.refused(crm.claim, { party_id }, amy)).code).toBe('crm.coolingDown')
    t.today = '2026-01-23'
    await t.run(crm.claim, { party_id }, amy)
    await t.run(crm.assignTo, { party_id, user_id: bob })
    expect((await t.refused(crm.assignTo, { party_id, user_id: bob })).code).toBe('crm.notHeld')
    expect((await t.refused(crm.assignTo, { party_id, user_id: unknownId })).code).toBe('crm.userNotFound')
    expect((await t.refused(crm.assignTo, { party_id, user_id: bob }, amy)).code).toBe('platform.notPermitted')
    expect((await t.ask(crm.listPoolMoves, {})).rows.map((m) => `${m.name} ${m.why} ${m.from_name ?? ''}>${m.to_name ?? ''} ${m.reason ?? ''}`)).toEqual([
      '甲茶庄 assign amy>bob ', '甲茶庄 claim >amy ', '甲茶庄 return amy> 不做茶了', '新店 claim >bob ', '甲茶庄 claim >amy ',
    ])
    expect((await t.ask(crm.listPoolMoves, {}, amy)).total).toBe(0)
    const cash = (await t.ask(parties.listParties, { text: '零散客户' })).rows[0]!
    expect((await t.refused(crm.claim, { party_id: cash.party_id }, amy)).code).toBe('parties.cashPartyIsNeeded')
    // Guard of the database: 'crm.poolMoveIsPermanent'.
    const { poolMove } = await import('../../../db/schema/crm.ts')
    await expect(t.office.engine.write((db) => db.run(poolMove, 'delete from crm_pool_move'))).rejects.toThrow('crm.poolMoveIsPermanent')
  })

  test('takes back whom nobody followed up, on the day and not before; the protected stay, and the owner is told a week ahead', async () => {
    const { t, amy, party_id, lead_id } = await shop()
    expect((await t.refused(crm.recycle, {})).code).toBe('crm.recyclingOff')
    await t.run(crm.claim, { party_id }, amy)
    await t.run(crm.claim, { lead_id }, amy)
    const kept = await t.run(parties.createParty, { name: '护着的', assigned_to: amy })
    await t.run(crm.protect, { party_id: kept.party_id, reason: '战略客户' })
    await rule(t, 'recycle_idle_days', 30)
    t.today = '2026-01-20'
    await t.run(crm.logActivity, { lead_id, kind: 'call', text: '聊过' }, amy)
    // Claimed on the 15th: due on 14 February. Talked to on the 20th: due on the 19th.
    t.today = '2026-02-06'
    expect(await namesIn(t, { show: 'soon' }, amy)).toEqual([])
    t.today = '2026-02-07'
    expect((await t.ask(crm.listPool, { show: 'soon' }, amy)).rows).toMatchObject([{ name: '甲茶庄', recycled_on: '2026-02-14', is_protected: 0 }])
    expect((await t.ask(crm.poolLimits, {}, amy)).soon).toBe(1)
    t.today = '2026-02-13'
    expect(await t.run(crm.recycle, {})).toEqual({ parties: 0, leads: 0 })
    t.today = '2026-02-14'
    expect(await t.run(crm.recycle, {})).toEqual({ parties: 1, leads: 0 })
    expect(await t.run(crm.recycle, {})).toEqual({ parties: 0, leads: 0 })
    expect((await t.refused(crm.claim, { party_id }, amy)).code).toBe('crm.coolingDown')
    t.today = '2026-02-19'
    expect(await t.run(crm.recycle, {})).toEqual({ parties: 0, leads: 1 })
    expect(await namesIn(t, { show: 'held' }, amy)).toEqual(['护着的'])
    await t.run(crm.unprotect, { party_id: kept.party_id })
    expect((await t.refused(crm.unprotect, { party_id: kept.party_id })).code).toBe('crm.notProtected')
    await t.run(crm.protect, { party_id: kept.party_id, until_on: '2026-02-20', reason: '再等等' })
    t.today = '2026-02-21'
    await rule(t, 'recycle_idle_days', 0)
    await rule(t, 'recycle_no_deal_days', 365)
    expect(await t.run(crm.recycle, {})).toEqual({ parties: 0, leads: 0 })
    t.today = '2027-01-15'
    expect(await t.run(crm.recycle, {})).toEqual({ parties: 1, leads: 0 })
  })

  test('takes back by itself, once a day while the program is open, as the owner and from a desk of its own', async () => {
    const { t, amy, party_id } = await shop()
    await t.run(crm.claim, { party_id }, amy)
    await t.office.dailyDuties()
    expect((await t.ask(crm.listPoolMoves, {})).rows.map((m) => m.why)).toEqual(['claim'])
    await rule(t, 'recycle_idle_days', 30)
    t.today = '2026-02-14'
    await t.office.dailyDuties()
    expect((await t.ask(crm.listPoolMoves, {})).rows.map((m) => m.why)).toEqual(['recycle', 'claim'])
    await t.run(crm.assignTo, { party_id, user_id: amy })
    const runs = async (): Promise<{ n: number } | undefined> => t.office.engine.read((db) => db.get(`select count(*) as n from platform_audit where name = 'crm.recycle' and desk = 'daily'`))
    expect(await runs()).toEqual({ n: 1 })
    await t.office.dailyDuties()
    expect(await runs()).toEqual({ n: 1 })
    t.today = '2026-02-15'
    await t.office.dailyDuties()
    expect(await runs()).toEqual({ n: 2 })
  })
})

test('who leaves hands over customers, leads, opportunities and tasks in one command; nothing is lost', async () => {
  const { t, amy, bob, party_id, lead_id } = await shop()
  await t.run(crm.claim, { party_id }, amy)
  await t.run(crm.claim, { lead_id }, amy)
  const { opportunity_id } = await t.run(crm.createOpportunity, { name: '团购', party_id }, amy)
  const { task_id } = await t.run(crm.logActivity, { party_id, kind: 'call', text: '问价', next_step: '报价' }, amy)
  await t.run(platform.deactivateUser, { user_id: amy })
  expect((await t.refused(crm.handOver, { from_user_id: amy, to_user_id: amy, reason: 'x' })).code).toBe('crm.handOverToSelf')
  expect((await t.refused(crm.handOver, { from_user_id: bob, to_user_id: amy, reason: 'x' })).code).toBe('crm.userNotFound')
  expect((await t.refused(crm.handOver, { from_user_id: unknownId, to_user_id: bob, reason: 'x' })).code).toBe('crm.userNotFound')
  expect(await t.run(crm.handOver, { from_user_id: amy, to_user_id: bob, reason: '离职' })).toEqual({ parties: 1, leads: 1, opportunities: 1, tasks: 1 })
  expect(await t.run(crm.handOver, { from_user_id: amy, to_user_id: bob, reason: '离职' })).toEqual({ parties: 0, leads: 0, opportunities: 0, tasks: 0 })
  expect(await namesIn(t, { show: 'held' }, bob)).toEqual(['新店', '甲茶庄'])
  expect(await t.ask(crm.getOpportunity, { opportunity_id }, bob)).toMatchObject({ owner_name: 'bob' })
  expect(await t.ask(crm.getTask, { task_id: task_id! }, bob)).toMatchObject({ assignee_name: 'bob', subject_name: '甲茶庄' })
  expect((await t.ask(crm.timeline, { party_id }, bob)).rows).toMatchObject([{ text: '问价', user_name: 'amy' }, {}].slice(0, 1))
  expect((await t.ask(crm.listPoolMoves, {}, bob)).rows.filter((m) => m.why === 'hand_over')).toMatchObject([{ from_name: 'amy', to_name: 'bob', reason: '离职' }, { from_name: 'amy', to_name: 'bob' }])
})
