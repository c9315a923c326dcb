import { describe, expect, test } from 'vitest'
import * as crm from '../../../src-main/modules/crm/contract.ts'
import * as parties from '../../../src-main/modules/parties/contract.ts'
import * as platform from '../../../src-main/modules/platform/contract.ts'
import { deliverDirect } from '../../../src-main/modules/sales/contract.ts'
import * as service from '../../../src-main/modules/service/contract.ts'
import { createItem } from '../../../src-main/modules/catalog/contract.ts'
import { nextInTurn } from '../../../src-main/modules/crm/routing.ts'
import { testOffice, type TestOffice } from '../../support/office.ts'
import { addUser, openToOthers } from '../../support/people.ts'

const unknownId = '01900000-0000-7000-8000-000000000000'
const lead = (t: TestOffice, input: object, as?: string) => t.run(crm.createLead, { accept_duplicate: 1, ...input }, as)
const scored = async (t: TestOffice, input: object = {}, as?: string) => (await t.ask(crm.listLeads, { sort: 'score', ...input }, as)).rows.map((r) => `${r.company ?? r.name} ${r.score}`)

describe('the score of a lead', () => {
  test('is the sum of the rules that are true of it, with the reasons, and sorts the list', async () => {
    const t = await testOffice()
    const { party_id } = await t.run(parties.createParty, { name: '老客' })
    const { lead_id: warm } = await lead(t, { company: '暖客', phone: '139 0000 0001', referrer_id: party_id })
    await lead(t, { name: '冷客' })
    expect(await scored(t)).toEqual(['暖客 40', '冷客 0'])
    await t.run(crm.logActivity, { lead_id: warm, kind: 'call', text: '聊', result: 'interested' })
    await t.run(crm.logActivity, { lead_id: warm, kind: 'call', text: '再聊', result: 'not_now' })
    // The last result counts, and two follow-ups do.
    expect(await t.ask(crm.getLead, { lead_id: warm })).toMatchObject({
      score: 50,
      reasons: [{ fact: 'has_phone', points: 10 }, { fact: 'has_company', points: 10 }, { fact: 'is_referred', points: 20 }, { fact: 'followed_up', number: 2, points: 10 }],
    })
    t.today = '2026-01-28'
    expect(await scored(t)).toEqual(['暖客 50', '冷客 0'])
    t.today = '2026-01-29'
    expect(await scored(t, { direction: 'asc' })).toEqual(['冷客 -20', '暖客 30'])
  })

  test('follows the rules as they are changed, moved, switched off and removed', async () => {
    const t = await testOffice()
    for (const { rule_id } of (await t.ask(crm.scoreRules, {})).rows) await t.run(crm.removeScoreRule, { rule_id })
    await lead(t, { company: '展会来的', source: '展会', campaign: '春交会', address: '杭州市西湖区', note: '要 500 斤 50%_x' })
    expect(await scored(t)).toEqual(['展会来的 null'])
    const of = async (form: object) => (await t.run(crm.saveScoreRule, form as never)).rule_id
    const source = await of({ fact: 'source_is', word: '展会', points: 7 })
    await of({ fact: 'campaign_is', word: '春交会', points: 3 })
    await of({ fact: 'address_has', word: '西湖', points: 100 })
    await of({ fact: 'note_has', word: '50%_', points: 1000 })
    const last = await of({ fact: 'younger_days', number: 1, points: -1, position: 1 })
    expect((await t.ask(crm.scoreRules, {})).rows.map((r) => [r.position, r.fact])).toEqual([[1, 'younger_days'], [2, 'source_is'], [3, 'campaign_is'], [4, 'address_has'], [5, 'note_has']])
    expect(await scored(t)).toEqual(['展会来的 1109'])
    await of({ rule_id: source, fact: 'source_is', word: '展会', points: 7, is_active: 0 })
    expect(await scored(t)).toEqual(['展会来的 1102'])
    t.today = '2026-01-16'
    expect(await scored(t)).toEqual(['展会来的 1103'])
    expect((await t.refused(crm.removeScoreRule, { rule_id: unknownId })).code).toBe('crm.ruleNotFound')
    expect((await t.refused(crm.saveScoreRule, { rule_id: unknownId, fact: 'has_phone', points: 1 })).code).toBe('crm.ruleNotFound')
    for (const wrong of [{ fact: 'source_is', points: 1 }, { fact: 'has_phone', word: 'x', points: 1 }, { fact: 'idle_days', points: 1 }, { fact: 'last_result', word: 'happy', points: 1 }, { fact: 'has_phone', points: 0 }]) {
      expect(await t.answer(crm.saveScoreRule, wrong as never)).toMatchObject({ ok: false, kind: 'invalid' })
    }
    for (let n = 5; n < 40; n++) await of({ fact: 'has_tax_no', points: 1 })
    expect(await t.refused(crm.saveScoreRule, { fact: 'has_tax_no', points: 1 })).toEqual({ code: 'crm.tooManyRules', details: { most: 40 } })
    await t.run(crm.removeScoreRule, { rule_id: last })
    await t.verify()
  })

  test('calls one who is hot and for whom nothing is planned, from the edge on', async () => {
    const t = await testOffice()
    await openToOthers(t)
    const amy = await addUser(t, { login: 'amy', role: 'sales' })
    const { lead_id } = await lead(t, { company: '热客', phone: '139 0000 0001' }, amy)
    await t.run(platform.setSetting, { key: 'crm.hot_score', value: 21 })
    const hot = async (as?: string) => (await t.ask(crm.hotLeads, {}, as)).count
    expect(await hot(amy)).toBe(0)
    await t.run(platform.setSetting, { key: 'crm.hot_score', value: 20 })
    expect([await hot(amy), await hot()]).toEqual([1, 0])
    expect(await scored(t, { show: 'hot' }, amy)).toEqual(['热客 20'])
    const { task_id } = await t.run(crm.createTask, { title: '快打', kind: 'call', lead_id, due_on: '2026-01-16' }, amy)
    expect(await hot(amy)).toBe(0)
    await t.run(crm.finishTask, { task_id }, amy)
    expect(await hot(amy)).toBe(1)
    await t.run(platform.setSetting, { key: 'crm.hot_score', value: 0 })
    expect([await hot(amy), await scored(t, { show: 'hot' }, amy)]).toEqual([0, []])
  })
})

describe('a new lead', () => {
  test('goes by the first rule that fits: to a person, to each of a team in turn, or to whom has least; who captures it keeps what no rule fits', async () => {
    const t = await testOffice()
    await openToOthers(t)
    const { team_id } = await t.run(platform.createTeam, { name: '华东组' })
    const [amy, bob] = [await addUser(t, { login: 'amy', role: 'sales', team_id }), await addUser(t, { login: 'bob', role: 'sales', team_id })]
    const cat = await addUser(t, { login: 'cat', role: 'sales' })
    expect((await t.refused(crm.routeLeads, {})).code).toBe('crm.noRoutingRules')
    await t.run(crm.saveRoutingRule, { name: '官网给小猫', source: '官网', method: 'person', user_id: cat })
    await t.run(crm.saveRoutingRule, { name: '杭州轮流', region: '杭州', method: 'in_turn', team_id })
    await t.run(crm.saveRoutingRule, { name: '大单给闲的', word: '吨', method: 'least_load', team_id })
    const of = async (input: object, as?: string) => (await lead(t, { company: '某店', ...input }, as)).owner_id
    expect(await of({ source: '官网', address: '杭州' })).toBe(cat)
    expect([await of({ address: '浙江杭州' }, cat), await of({ address: '杭州' }), await of({ address: '杭州' })]).toEqual([amy, bob, amy])
    // amy has two, bob one: bob has least, then both have two and the first is asked.
    expect([await of({ note: '要一吨' }), await of({ campaign: '吨位活动' })]).toEqual([bob, amy])
    expect(await of({ source: '电话' }, cat)).toBe(cat)
    expect(await of({ address: '杭州', owner_id: cat })).toBe(cat)
    expect((await t.ask(crm.listPoolMoves, {})).rows.map((m) => `${m.why} ${m.to_name} ${m.reason}`).slice(-2)).toEqual(['route amy 杭州轮流', 'route cat 官网给小猫'])
    // Who has left gets nothing more; the next in turn does.
    await t.run(platform.deactivateUser, { user_id: bob })
    expect(await of({ address: '杭州' })).toBe(amy)
    await t.run(platform.deactivateUser, { user_id: cat })
    const owner = (await t.office.bus.people()).ownerId
    expect(await of({ source: '官网' })).toBe(owner)
    await t.verify()
  })

  test('of the pool is routed by one command, and an imported one as it comes', async () => {
    const t = await testOffice()
    await openToOthers(t)
    const amy = await addUser(t, { login: 'amy', role: 'sales' })
    await lead(t, { company: '公海一', source: '展会', owner_id: null })
    await lead(t, { company: '公海二', owner_id: null })
    const { rule_id } = await t.run(crm.saveRoutingRule, { name: '展会给 amy', source: '展会', method: 'person', user_id: amy })
    expect(await t.run(crm.routeLeads, {})).toEqual({ routed: 1, left: 1 })
    expect(await t.run(crm.routeLeads, {})).toEqual({ routed: 0, left: 1 })
    expect((await t.ask(crm.routingRules, {})).rows).toMatchObject([{ name: '展会给 amy', to_name: 'amy', last_name: null, position: 1 }])
    expect((await t.refused(crm.routeLeads, {}, amy)).code).toBe('platform.notPermitted')
    expect((await t.refused(crm.saveRoutingRule, { name: 'x', method: 'person', user_id: unknownId })).code).toBe('crm.userNotFound')
    expect((await t.refused(crm.saveRoutingRule, { name: 'x', method: 'in_turn', team_id: unknownId })).code).toBe('platform.teamNotFound')
    expect(await t.answer(crm.saveRoutingRule, { name: 'x', method: 'in_turn', user_id: amy })).toMatchObject({ ok: false, kind: 'invalid' })
    await t.run(crm.removeRoutingRule, { rule_id })
    expect((await t.refused(crm.removeRoutingRule, { rule_id })).code).toBe('crm.ruleNotFound')
    expect((await t.refused(crm.routeLeads, {})).code).toBe('crm.noRoutingRules')
  })

  test('keeps the team that it goes to from being taken away', async () => {
    const t = await testOffice()
    const { team_id } = await t.run(platform.createTeam, { name: '华东组' })
    const { rule_id } = await t.run(crm.saveRoutingRule, { name: '轮流', method: 'in_turn', team_id })
    expect(await t.refused(platform.removeTeam, { team_id })).toEqual({ code: 'platform.teamHasDuties', details: { name: '华东组', duty: '轮流' } })
    await t.run(crm.removeRoutingRule, { rule_id })
    const { class_id, ...row } = (await t.ask(service.listClasses, {})).rows[0]!
    const form = { name_zh: row.name_zh, name_en: row.name_en, kind: row.kind, rule: row.rule, is_active: row.is_active }
    await t.run(service.updateClass, { class_id, ...form, team_id })
    expect((await t.refused(platform.removeTeam, { team_id })).details).toMatchObject({ duty: '产品质量' })
    await t.run(service.updateClass, { class_id, ...form, team_id: null })
    await t.run(platform.removeTeam, { team_id })
  })

  test('is for the next in turn after the last, who may be gone', () => {
    expect([nextInTurn(['a', 'c'], null), nextInTurn(['a', 'c'], 'a'), nextInTurn(['a', 'c'], 'b'), nextInTurn(['a', 'c'], 'c'), nextInTurn([], 'a')]).toEqual(['a', 'c', 'c', 'a', undefined])
  })
})

test('the sources tell what came of their leads, and who sent whom', async () => {
  const t = await testOffice()
  await openToOthers(t)
  const amy = await addUser(t, { login: 'amy', role: 'sales' })
  const old = (await t.run(parties.createParty, { name: '老客' })).party_id
  const { lead_id } = await lead(t, { company: '新客', source: '转介绍', referrer_id: old })
  await lead(t, { company: '没成', source: '转介绍' })
  const { lead_id: lost } = await lead(t, { company: '丢了' })
  await t.run(crm.loseLead, { lead_id: lost, lost_reason: '太远' })
  const { party_id } = await t.run(crm.convertLead, { lead_id })
  const { item_id } = await t.run(createItem, { name: '品鉴', kind: 'service', base_unit: '次', price_e4: 1_000_000 })
  await t.run(deliverDirect, { party_id, lines: [{ item_id, quantity_e6: 1_000_000, price_e4: 1_000_000 }] })
  const { rows, converted, converted_referred, referrers } = await t.ask(crm.leadSources, {})
  const net_minor = rows[0]!.net_minor
  expect(net_minor).toBeGreaterThan(0)
  expect(rows).toEqual([
    { source: '转介绍', leads: 2, open: 1, lost: 0, converted: 1, bought: 1, net_minor },
    { source: null, leads: 1, open: 0, lost: 1, converted: 0, bought: 0, net_minor: 0 },
  ])
  expect([converted, converted_referred]).toEqual([1, 1])
  expect(referrers).toEqual([{ party_id: old, name: '老客', leads: 1, converted: 1, net_minor }])
  expect(await t.ask(crm.leadSources, {}, amy)).toMatchObject({ rows: [], converted: 0, referrers: [] })
  expect((await t.refused(crm.leadSources, { from: '2026-02-01', to: '2026-01-01' })).code).toBe('crm.daysTurned')
})
