import { describe, expect, test } from 'vitest'
import * as parties from '../../../src-main/modules/parties/contract.ts'
import * as platform from '../../../src-main/modules/platform/contract.ts'
import { testOffice, type TestOffice } from '../../support/office.ts'
import { PASSWORD, addUser, openToOthers } from '../../support/people.ts'

const namesOf = (rows: readonly { name: string }[]): string[] => rows.map((r) => r.name).sort()
const unknownId = '01900000-0000-7000-8000-000000000000'

/** Amy and Bob sell, each with a customer; one customer belongs to nobody. */
async function twoSalespeople() {
  const t = await testOffice()
  const roles = await openToOthers(t)
  const amy = await addUser(t, { login: 'amy', role: 'sales' })
  const bob = await addUser(t, { login: 'bob', role: 'sales' })
  const ofAmy = await t.run(parties.createParty, { name: '甲茶庄', phone: '13800000001', tags: ['茶'], price_level: '批发' , assigned_to: amy })
  const ofBob = await t.run(parties.createParty, { name: '乙茶庄', phone: '13800000002', aliases: ['乙记'], tax_no: 'TAX2', tags: ['茶'], assigned_to: bob })
  const ofNobody = await t.run(parties.createParty, { name: '丙茶庄' })
  return { t, roles, amy, bob, ofAmy, ofBob, ofNobody }
}

const seenBy = async (t: TestOffice, user?: string) => ({
  list: namesOf((await t.ask(parties.listParties, {}, user)).rows),
  total: (await t.ask(parties.listParties, { limit: 1 }, user)).total,
  filtered: namesOf((await t.ask(parties.listParties, { text: '茶庄' }, user)).rows),
  found: namesOf((await t.ask(parties.searchParties, { text: '茶庄' }, user)).rows),
  everywhere: (await t.ask(platform.searchAll, { text: '茶庄' }, user)).rows.map((r) => r.title).sort(),
})

describe('a salesperson sees own and unassigned parties only', () => {
  test('in lists, searches, words and pages', async () => {
    const { t, amy, bob, ofAmy, ofBob } = await twoSalespeople()
    const all = ['丙茶庄', '乙茶庄', '甲茶庄']
    expect(await seenBy(t)).toEqual({ list: [...all, '零散客户'].sort(), total: 4, filtered: all, found: all, everywhere: all })
    const own = ['丙茶庄', '甲茶庄']
    expect(await seenBy(t, amy)).toEqual({ list: [...own, '零散客户'].sort(), total: 3, filtered: own, found: own, everywhere: own })
    expect((await t.ask(parties.partyWords, {}, amy)).tags).toEqual([{ tag: '茶', count: 1 }])
    expect((await t.ask(parties.partyWords, {}, bob)).price_levels).toEqual([])
    expect((await t.ask(parties.getParty, { party_id: ofAmy.party_id }, amy)).assignments).toMatchObject([{ user_id: amy, to_day: null }])
    expect((await t.refused(parties.getParty, { party_id: ofBob.party_id }, amy)).code).toBe('parties.partyNotFound')
  })

  test('duplicates out of sight are counted, not shown', async () => {
    const { t, amy, ofAmy } = await twoSalespeople()
    expect(await t.refused(parties.createParty, { name: '乙记' }, amy)).toEqual({
      code: 'parties.looksLikeDuplicate',
      details: { candidates: [], hidden_count: 1 },
    })
    const both = await t.ask(parties.findDuplicates, { name: '甲茶庄', phones: ['138 0000 0002'], tax_no: 'tax2' }, amy)
    expect(both).toMatchObject({ hidden_count: 1, candidates: [{ party_id: ofAmy.party_id, because: ['name'] }] })
  })

  test('and changes nothing else', async () => {
    const { t, amy, ofBob, ofAmy } = await twoSalespeople()
    const { party_id } = ofBob
    for (const [contract, input] of [
      [parties.updateParty, { party_id, name: 'x' }],
      [parties.deactivateParty, { party_id }],
      [parties.reactivateParty, { party_id }],
    ] as const) {
      expect((await t.refused(contract, input, amy)).code).toBe('parties.partyNotFound')
    }
    expect((await t.refused(parties.assignParty, { party_id, user_id: amy }, amy)).code).toBe('platform.notPermitted')
    await t.run(parties.updateParty, { party_id: ofAmy.party_id, note: '常客' }, amy)
  })

  test('what a salesperson adds is his own; giving it to others or granting terms is not his', async () => {
    const { t, amy, bob } = await twoSalespeople()
    const { party_id } = await t.run(parties.createParty, { name: '新客' }, amy)
    expect(await t.ask(parties.getParty, { party_id })).toMatchObject({ assigned_to: amy, assignments: [{ from_day: '2026-01-15' }] })
    expect((await t.refused(parties.createParty, { name: '又一客', assigned_to: bob }, amy)).code).toBe('parties.assignNotPermitted')
    expect((await t.refused(parties.createParty, { name: '又一客', assigned_to: unknownId })).code).toBe('parties.userNotFound')
    for (const terms of [{ credit_limit_minor: 1 }, { price_level: '批发' }, { terms_days: 1 }]) {
      expect((await t.refused(parties.createParty, { name: '赊账客', ...terms }, amy)).code).toBe('parties.termsNotPermitted')
      expect((await t.refused(parties.updateParty, { party_id, ...terms }, amy)).code).toBe('parties.termsNotPermitted')
    }
    await t.run(parties.updateParty, { party_id, terms_days: 30, credit_limit_minor: 100 })
    await t.run(parties.updateParty, { party_id, terms_days: 30, credit_limit_minor: 100, name: '新客户' }, amy)
  })

  test('a manager sees the team and the teams below', async () => {
    const { t, roles, amy, bob } = await twoSalespeople()
    const { role_id } = await t.run(platform.createRole, {
      code: 'lead',
      name_zh: '主管',
      name_en: 'Lead',
      grants: ['platform.use', 'parties.read', 'parties.write'].map((permission) => ({ permission, scope: 'team' as const })),
    })
    const { user_id: lead } = await t.run(platform.createUser, { login: 'lead', name: 'Lead', password: PASSWORD, role_ids: [role_id] })
    const upper = await t.run(platform.createTeam, { name: '华东', manager_id: lead })
    const lower = await t.run(platform.createTeam, { name: '上海', parent_id: upper.team_id })
    expect((await seenBy(t, lead)).found).toEqual(['丙茶庄'])
    await t.run(platform.updateUser, { user_id: bob, team_id: lower.team_id })
    expect((await seenBy(t, lead)).found).toEqual(['丙茶庄', '乙茶庄'])
    await t.run(platform.updateUser, { user_id: amy, team_id: upper.team_id })
    expect((await seenBy(t, lead)).found).toEqual(['丙茶庄', '乙茶庄', '甲茶庄'])
    expect((await seenBy(t, amy)).found).toEqual(['丙茶庄', '甲茶庄'])
    await t.run(platform.assignRoles, { user_id: lead, role_ids: [roles.get('sales')!] })
    expect((await seenBy(t, lead)).found).toEqual(['丙茶庄'])
  })
})

describe('assignment is dated', () => {
  test('from hand to hand with its history', async () => {
    const { t, amy, bob, ofAmy } = await twoSalespeople()
    const { party_id } = ofAmy
    t.today = '2026-03-10'
    await t.run(parties.assignParty, { party_id, user_id: bob, from_day: '2026-03-01' })
    await t.run(parties.assignParty, { party_id, user_id: bob })
    expect((await seenBy(t, amy)).found).toEqual(['丙茶庄'])
    t.today = '2026-04-01'
    await t.run(parties.assignParty, { party_id, user_id: null })
    expect((await seenBy(t, amy)).found).toEqual(['丙茶庄', '甲茶庄'])
    await t.run(parties.assignParty, { party_id, user_id: amy })
    const { assignments, assigned_name } = await t.ask(parties.getParty, { party_id })
    expect(assigned_name).toBe('amy')
    expect(assignments.map((a) => [a.user_name, a.from_day, a.to_day])).toEqual([
      ['amy', '2026-04-01', null],
      ['bob', '2026-03-01', '2026-03-31'],
      ['amy', '2026-01-15', '2026-02-28'],
    ])
    expect((await t.ask(parties.listParties, { assigned_to: amy })).rows).toMatchObject([{ party_id }])
  })

  test('not before the running one, not in the future, not to strangers, not the cash customer', async () => {
    const { t, bob, ofAmy } = await twoSalespeople()
    const { party_id } = ofAmy
    const code = async (input: object) => (await t.refused(parties.assignParty, { party_id, user_id: bob, ...input })).code
    expect(await code({ from_day: '2026-01-14' })).toBe('parties.assignmentTooEarly')
    expect(await code({ from_day: '2026-01-16' })).toBe('parties.assignmentInFuture')
    expect(await code({ user_id: unknownId })).toBe('parties.userNotFound')
    expect(await code({ party_id: unknownId })).toBe('parties.partyNotFound')
    const cash = (await t.ask(parties.listParties, { text: 'CASH' })).rows[0]!.party_id
    expect(await code({ party_id: cash })).toBe('parties.cashPartyIsNeeded')
    await t.run(parties.assignParty, { party_id, user_id: null })
    expect(await code({ from_day: '2026-01-14' })).toBe('parties.assignmentTooEarly')
    await t.run(parties.assignParty, { party_id, user_id: bob, from_day: '2026-01-15' })
  })
})
