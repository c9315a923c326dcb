import { describe, expect, test } from 'vitest'
import * as crm from '../../../src-main/modules/crm/contract.ts'
import { bottleneckOf, funnelOf, linesAmount, weighted } from '../../../src-main/modules/crm/opportunity.ts'
import * as parties from '../../../src-main/modules/parties/contract.ts'
import * as platform from '../../../src-main/modules/platform/contract.ts'
import * as sales from '../../../src-main/modules/sales/contract.ts'
import { createItem } from '../../../src-main/modules/catalog/contract.ts'
import { twoSalespeople } from '../../support/people.ts'

const unknownId = '01900000-0000-7000-8000-000000000000'
const E6 = 1_000_000

async function shop() {
  const { t, amy, bob } = await twoSalespeople()
  const { party_id } = await t.run(parties.createParty, { name: '甲茶庄', assigned_to: amy })
  const { item_id } = await t.run(createItem, { name: '绿茶', kind: 'service', base_unit: '盒', units: [{ name: '箱', numerator: 12, denominator: 1 }], price_e4: 880_000 })
  const stages = (await t.ask(crm.listStages, {})).rows
  const lines = [{ item_id, unit: '箱', quantity_e6: 2 * E6, price_e4: 10_000_000 }]
  return { t, amy, bob, party_id, item_id, stages, lines }
}

describe('an opportunity', () => {
  test('goes through its stages, is quoted in two versions, and won into a draft order with nothing retyped', async () => {
    const { t, amy, party_id, stages, lines } = await shop()
    expect(stages.map((s) => [s.name_zh, s.probability_e8 / E6])).toEqual([['初步接洽', 10], ['需求确认', 25], ['方案报价', 50], ['商务谈判', 75]])
    const lead = await t.run(crm.createLead, { company: '甲茶庄', source: '展会', accept_duplicate: 1 }, amy)
    await t.run(crm.convertLead, { lead_id: lead.lead_id, party_id }, amy)
    const { opportunity_id, number } = await t.run(crm.createOpportunity, { name: '春茶团购', party_id, lead_id: lead.lead_id, lines, contact_name: '陈姐' }, amy)
    expect(number).toBe('OP2026-00001')
    expect(await t.ask(crm.getOpportunity, { opportunity_id }, amy)).toMatchObject({ amount_minor: 200_000, weighted_minor: 20_000, stage_name_zh: '初步接洽', owner_name: 'amy', lead: { code: 'L00001' } })
    await t.run(crm.logActivity, { opportunity_id, kind: 'visit', text: '试喝', next_step: '报价' }, amy)
    expect((await t.ask(crm.timeline, { opportunity_id }, amy)).rows).toHaveLength(1)
    expect((await t.ask(crm.timeline, { party_id }, amy)).rows.map((r) => r.text)).toContain('试喝')
    t.today = '2026-01-20'
    await t.run(crm.moveOpportunity, { opportunity_id, stage_id: stages[1]!.stage_id }, amy)
    expect(await t.refused(crm.moveOpportunity, { opportunity_id, stage_id: stages[2]!.stage_id }, amy)).toMatchObject({ code: 'crm.stageNeedsFields', details: { missing: ['expected_on'], name_zh: '方案报价' } })
    await t.run(crm.updateOpportunity, { opportunity_id, name: '春茶团购', lines, contact_name: '陈姐', expected_on: '2026-02-28' }, amy)
    await t.run(crm.moveOpportunity, { opportunity_id, stage_id: stages[2]!.stage_id }, amy)
    const { quote_id } = await t.run(crm.quoteOpportunity, { opportunity_id }, amy)
    await t.run(sales.sendQuote, { quote_id }, amy)
    const second = await t.run(sales.reviseQuote, { quote_id }, amy)
    await t.run(sales.sendQuote, { quote_id: second.quote_id }, amy)
    const won = await t.run(crm.winOpportunity, { opportunity_id, close_reason: '价格合适' }, amy)
    const order = await t.ask(sales.getOrder, { order_id: won.order_id! }, amy)
    expect(order).toMatchObject({ state: 'draft', party_id, gross_minor: 200_000, salesperson_name: 'amy', lines: [{ unit: '箱', quantity_e6: 2 * E6, price_e4: 10_000_000 }] })
    const after = await t.ask(crm.getOpportunity, { opportunity_id }, amy)
    expect(after).toMatchObject({ state: 'won', closed_on: '2026-01-20', probability_e8: 100_000_000, close_reason: '价格合适' })
    expect(after.history.map((h) => [h.name_zh, h.state, h.days])).toEqual([['初步接洽', 'open', 5], ['需求确认', 'open', 0], ['方案报价', 'open', 0], ['方案报价', 'won', 0]])
    expect(after.documents.map((d) => [d.source_kind, d.state])).toEqual([['sales.quote', 'replaced'], ['sales.quote', 'won'], ['sales.order', 'draft']])
    // From any of them back to where it came from.
    for (const [source_kind, source_id] of [['sales.quote', quote_id], ['sales.quote', second.quote_id], ['sales.order', won.order_id!]] as const) {
      expect(await t.ask(crm.originOfDocument, { source_kind, source_id }, amy)).toMatchObject({ opportunity: { number }, lead: { code: 'L00001', source: '展会' } })
    }
  })

  test('is won without a quote from its own lines, or without an order; closed ones open again', async () => {
    const { t, amy, party_id, lines } = await shop()
    const make = async (more: object) => (await t.run(crm.createOpportunity, { name: '团购', party_id, ...more }, amy)).opportunity_id
    const bare = await make({ amount_minor: 500 })
    expect((await t.refused(crm.winOpportunity, { opportunity_id: bare }, amy)).code).toBe('crm.nothingToOffer')
    expect((await t.refused(crm.quoteOpportunity, { opportunity_id: bare }, amy)).code).toBe('crm.nothingToOffer')
    expect(await t.run(crm.winOpportunity, { opportunity_id: bare, order: 'none' }, amy)).toEqual({ opportunity_id: bare, order_id: null })
    for (const contract of [crm.winOpportunity, crm.quoteOpportunity]) expect((await t.refused(contract, { opportunity_id: bare }, amy)).code).toBe('crm.opportunityStateForbids')
    expect((await t.refused(crm.updateOpportunity, { opportunity_id: bare, name: 'x' }, amy)).code).toBe('crm.opportunityStateForbids')
    await t.run(crm.reopenOpportunity, { opportunity_id: bare }, amy)
    expect(await t.ask(crm.getOpportunity, { opportunity_id: bare }, amy)).toMatchObject({ state: 'open', closed_on: null })
    const { order_id } = await t.run(crm.winOpportunity, { opportunity_id: await make({ lines }) }, amy)
    expect(await t.ask(sales.getOrder, { order_id: order_id! }, amy)).toMatchObject({ gross_minor: 200_000 })
    // A quote that was turned over to another customer is not what was won.
    const astray = await make({ lines })
    const turned = await t.run(crm.quoteOpportunity, { opportunity_id: astray }, amy)
    const other = await t.run(parties.createParty, { name: '别家', assigned_to: amy })
    await t.run(sales.updateQuote, { quote_id: turned.quote_id, party_id: other.party_id, lines: [{ ...lines[0]!, price_e4: 1 }] }, amy)
    await t.run(sales.sendQuote, { quote_id: turned.quote_id }, amy)
    expect(await t.ask(crm.originOfDocument, { source_kind: 'sales.quote', source_id: turned.quote_id }, amy)).toEqual({ opportunity: null, lead: null })
    const own = await t.run(crm.winOpportunity, { opportunity_id: astray }, amy)
    expect(await t.ask(sales.getOrder, { order_id: own.order_id! }, amy)).toMatchObject({ party_id, gross_minor: 200_000 })
    expect((await t.ask(crm.getOpportunity, { opportunity_id: astray }, amy)).documents).toMatchObject([{ source_id: own.order_id }])
    const { competitor_id } = await t.run(crm.createCompetitor, { name: '金鹏', strengths: '便宜' }, amy)
    const lost = await make({ amount_minor: 700, rivals: [{ competitor_id }] })
    expect((await t.refused(crm.loseOpportunity, { opportunity_id: lost, close_reason: 'x', lost_to_id: unknownId }, amy)).code).toBe('crm.competitorNotFound')
    await t.run(crm.loseOpportunity, { opportunity_id: lost, close_reason: '太贵', lost_to_id: competitor_id }, amy)
    expect(await t.ask(crm.getOpportunity, { opportunity_id: lost }, amy)).toMatchObject({ state: 'lost', lost_to_name: '金鹏', weighted_minor: 0 })
    expect((await t.ask(crm.listCompetitors, {}, amy)).rows).toMatchObject([{ name: '金鹏', met: 1, won: 0, lost: 1, lost_to_them: 1 }])
    expect((await t.refused(crm.createCompetitor, { name: '金 鹏' }, amy)).code).toBe('crm.competitorKnown')
    await t.run(crm.updateCompetitor, { competitor_id, name: '金鹏商行', is_active: 0 }, amy)
    expect((await t.refused(crm.updateCompetitor, { competitor_id: unknownId, name: 'x', is_active: 1 }, amy)).code).toBe('crm.competitorNotFound')
    await t.run(crm.reopenOpportunity, { opportunity_id: lost }, amy)
    expect((await t.refused(crm.reopenOpportunity, { opportunity_id: lost }, amy)).code).toBe('crm.opportunityStateForbids')
  })

  test('refuses what is not there, and what the actor may not see or make', async () => {
    const { t, amy, bob, party_id, stages, lines } = await shop()
    const make = (more: object, as = amy) => t.refused(crm.createOpportunity, { name: 'x', party_id, ...more }, as)
    expect((await make({}, bob)).code).toBe('parties.partyNotFound')
    expect((await make({ stage_id: unknownId })).code).toBe('crm.stageNotFound')
    expect((await make({ stage_id: stages[2]!.stage_id })).code).toBe('crm.stageNeedsFields')
    expect((await make({ owner_id: unknownId })).code).toBe('crm.userNotFound')
    expect((await make({ rivals: [{ competitor_id: unknownId }] })).code).toBe('crm.competitorNotFound')
    expect((await make({ lines: [{ ...lines[0]!, item_id: unknownId }] })).code).toBe('catalog.itemNotFound')
    expect((await make({ lines: [{ ...lines[0]!, unit: '吨' }] })).code).toBe('catalog.unitUnknown')
    expect((await make({ lines: [{ ...lines[0]!, quantity_e6: 1_000_000_000_000_000, price_e4: 10_000_000_000_000 }] })).code).toBe('crm.linesTooLarge')
    expect((await make({ lead_id: unknownId })).code).toBe('crm.leadNotFound')
    const { opportunity_id, number } = await t.run(crm.createOpportunity, { name: '密', party_id, lines }, amy)
    for (const [contract, input] of [
      [crm.getOpportunity, {}],
      [crm.updateOpportunity, { name: 'x' }],
      [crm.moveOpportunity, { stage_id: stages[1]!.stage_id }],
      [crm.quoteOpportunity, {}],
      [crm.winOpportunity, {}],
      [crm.loseOpportunity, { close_reason: 'x' }],
      [crm.reopenOpportunity, {}],
      [crm.timeline, {}],
      [crm.contactHabits, {}],
      [crm.logActivity, { kind: 'call', text: 'x' }],
      [crm.createTask, { title: 'x', due_on: '2026-01-15' }],
    ] as const) {
      expect((await t.refused(contract, { opportunity_id, ...input }, bob)).code, contract.name).toBe('crm.opportunityNotFound')
    }
    expect((await t.ask(crm.listOpportunities, { text: '密' }, bob)).total).toBe(0)
    expect((await t.ask(crm.board, {}, bob)).columns.map((c) => c.count)).toEqual([0, 0, 0, 0])
    expect((await t.ask(crm.funnel, {}, bob)).stages[0]!.reached).toBe(0)
    expect((await t.ask(platform.findDocuments, { text: number }, bob)).rows).toEqual([])
    expect((await t.ask(platform.findDocuments, { text: number }, amy)).rows).toMatchObject([{ kind: 'crm.opportunity', title: '甲茶庄' }])
    const { role_id } = await t.run(platform.createRole, { code: 'presales', name_zh: '售前', name_en: 'Presales', grants: ['crm.deal', 'crm.read', 'parties.read'].map((permission) => ({ permission, scope: 'all' as const })) })
    const { user_id } = await t.run(platform.createUser, { login: 'cai', name: 'cai', password: 'correct horse', role_ids: [role_id] })
    expect(await t.refused(crm.winOpportunity, { opportunity_id }, user_id)).toEqual({ code: 'crm.orderNotPermitted', details: { number } })
    expect((await t.refused(crm.quoteOpportunity, { opportunity_id }, user_id)).code).toBe('crm.quoteNotPermitted')
    // Guard of the database: 'crm.opportunityIsPermanent'.
    const { stageMove } = await import('../../../db/schema/crm.ts')
    for (const sql of ['delete from crm_opportunity', 'delete from crm_stage_move', 'update crm_stage_move set seq = 9']) {
      await expect(t.office.engine.write((db) => db.run(stageMove, sql))).rejects.toThrow('crm.opportunityIsPermanent')
    }
  })

  test('begins with the conversion of a lead', async () => {
    const { t, amy } = await shop()
    const { lead_id } = await t.run(crm.createLead, { company: '新店', name: '王芳' }, amy)
    const made = await t.run(crm.convertLead, { lead_id, opportunity: { name: '开业首单', amount_minor: 90_000 } }, amy)
    expect(await t.ask(crm.getOpportunity, { opportunity_id: made.opportunity_id! }, amy)).toMatchObject({ party_id: made.party_id, party_name: '新店', contact_name: '王芳', lead: { lead_id } })
  })
})

test('the list and the board count and sum by stage; what stands too long is stalled', async () => {
  const { t, amy, party_id, stages } = await shop()
  const make = (name: string, amount_minor: number, more: object = {}) => t.run(crm.createOpportunity, { name, party_id, amount_minor, contact_name: 'x', ...more }, amy)
  await make('一', 1000)
  await make('二', 2001, { stage_id: stages[1]!.stage_id, expected_on: '2026-01-31' })
  const third = await make('三', 4000, { stage_id: stages[2]!.stage_id, expected_on: '2026-06-30' })
  const board = await t.ask(crm.board, {}, amy)
  expect(board.columns.map((c) => [c.count, c.amount_minor, c.weighted_minor])).toEqual([[1, 1000, 100], [1, 2001, 500], [1, 4000, 2000], [0, 0, 0]])
  expect(await t.ask(crm.listOpportunities, {}, amy)).toMatchObject({ total: 3, amount_minor: 7001, weighted_minor: 2600, rows: [{ name: '二' }, { name: '三' }, { name: '一', is_stalled: 0 }] })
  t.today = '2026-02-14'
  expect((await t.ask(crm.listOpportunities, { show: 'stalled' }, amy)).rows).toMatchObject([{ name: '二', is_stalled: 1, days_in_stage: 30 }])
  t.today = '2026-02-15'
  expect((await t.ask(crm.listOpportunities, { show: 'stalled' }, amy)).total).toBe(3)
  await t.run(crm.loseOpportunity, { opportunity_id: third.opportunity_id, close_reason: '没预算' }, amy)
  expect((await t.ask(crm.listOpportunities, { text: '甲茶', sort: 'amount_minor', direction: 'desc' }, amy)).rows.map((r) => r.name)).toEqual(['二', '一'])
  expect((await t.ask(crm.listOpportunities, { show: 'lost' }, amy)).rows).toMatchObject([{ name: '三', close_reason: '没预算' }])
  expect((await t.ask(crm.listOpportunities, { stage_id: stages[1]!.stage_id, whose: 'mine', party_id }, amy)).total).toBe(1)
})

describe('stages', () => {
  test('are made, moved, renamed and put away while nothing stands in them', async () => {
    const { t, amy, party_id, stages } = await shop()
    await t.run(crm.createOpportunity, { name: '一', party_id }, amy)
    const { stage_id } = await t.run(crm.createStage, { name_zh: '试用', probability_e8: 60 * E6, required_fields: ['rivals'] })
    expect((await t.refused(crm.createStage, { name_zh: 'x', probability_e8: 0 }, amy)).code).toBe('platform.notPermitted')
    await t.run(crm.updateStage, { stage_id, name_zh: '试用期', probability_e8: 55 * E6, position: 2, is_active: 1 })
    expect((await t.ask(crm.listStages, {})).rows.map((s) => `${s.position} ${s.name_zh} ${s.open_count}`)).toEqual(['1 初步接洽 1', '2 试用期 0', '3 需求确认 0', '4 方案报价 0', '5 商务谈判 0'])
    const put = (s: { stage_id: string }, is_active: 0 | 1) => ({ stage_id: s.stage_id, name_zh: 'x', probability_e8: 0, position: 1, is_active })
    expect(await t.refused(crm.updateStage, put(stages[0]!, 0))).toMatchObject({ code: 'crm.stageInUse', details: { count: 1 } })
    expect((await t.refused(crm.updateStage, put({ stage_id: unknownId }, 1))).code).toBe('crm.stageNotFound')
    for (const s of [...stages.slice(1), { stage_id }]) await t.run(crm.updateStage, put(s, 0))
    expect((await t.refused(crm.updateStage, put(stages[0]!, 0))).code).toBe('crm.stageNeeded')
    // Those that were put away do not count.
    for (let i = 1; i < 20; i++) await t.run(crm.createStage, { name_en: `S${i}`, probability_e8: 0 })
    expect((await t.refused(crm.createStage, { name_en: 'S', probability_e8: 0 })).code).toBe('crm.tooManyStages')
    expect((await t.refused(crm.updateStage, put({ stage_id }, 1))).code).toBe('crm.tooManyStages')
  })
})

test('the funnel: what went on from each stage, how long it took, and the narrowest stage by name', async () => {
  const { t, amy, party_id, stages } = await shop()
  const ids: string[] = []
  for (let i = 0; i < 5; i++) ids.push((await t.run(crm.createOpportunity, { name: `商机${i}`, party_id, amount_minor: 1000, contact_name: 'x', expected_on: '2026-03-01' }, amy)).opportunity_id)
  t.today = '2026-01-19'
  for (const opportunity_id of ids.slice(0, 4)) await t.run(crm.moveOpportunity, { opportunity_id, stage_id: stages[1]!.stage_id }, amy)
  await t.run(crm.loseOpportunity, { opportunity_id: ids[4]!, close_reason: '没需求' }, amy)
  t.today = '2026-01-29'
  for (const opportunity_id of ids.slice(1, 4)) await t.run(crm.loseOpportunity, { opportunity_id, close_reason: '太贵' }, amy)
  await t.run(crm.winOpportunity, { opportunity_id: ids[0]!, order: 'none' }, amy)
  const told = await t.ask(crm.funnel, {}, amy)
  expect(told.stages.map((s) => [s.reached, s.advanced, s.lost, s.open, s.conversion_e8, s.days_e1])).toEqual([
    [5, 4, 1, 0, 80_000_000, 40],
    [4, 1, 3, 0, 25_000_000, 100],
    [0, 0, 0, 0, null, null],
    [0, 0, 0, 0, null, null],
  ])
  expect(told).toMatchObject({ won: 1, won_minor: 1000, lost: 4, bottleneck_id: stages[1]!.stage_id, reasons: [{ close_reason: '太贵', count: 3, amount_minor: 3000 }, { close_reason: '没需求', count: 1 }] })
  expect((await t.ask(crm.funnel, { from: '2026-01-16' }, amy)).stages[0]!.reached).toBe(0)
})

test('sums of lines and weights are exact; a bottleneck needs three that left', () => {
  expect(linesAmount([{ price_e4: 33_333, quantity_e6: 3 * E6 }, { price_e4: 50, quantity_e6: E6 }], 2)).toBe(1001n)
  expect([weighted(333, 50 * E6), weighted(1, 49_999_999), weighted(90_000_000_000_000, 100 * E6)]).toEqual([167, 0, 90_000_000_000_000])
  const lost = (n: number, highest: number) => Array.from({ length: n }, (_, i) => ({ opportunity_id: `${highest} ${i}`, state: 'lost', amount_minor: 1, position: highest, highest }))
  expect(bottleneckOf(funnelOf([1, 2], { told: lost(2, 1), stays: [] }))).toBeNull()
  expect(bottleneckOf(funnelOf([1, 2], { told: lost(3, 2), stays: [] }))).toBe(1)
})
