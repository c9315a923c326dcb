import { describe, expect, test, vi } from 'vitest'
import { newCommandId } from '../../../src-main/app/world.ts'
import * as catalog from '../../../src-main/modules/catalog/contract.ts'
import * as crm from '../../../src-main/modules/crm/contract.ts'
import * as insights from '../../../src-main/modules/insights/contract.ts'
import * as inventory from '../../../src-main/modules/inventory/contract.ts'
import * as parties from '../../../src-main/modules/parties/contract.ts'
import * as platform from '../../../src-main/modules/platform/contract.ts'
import * as sales from '../../../src-main/modules/sales/contract.ts'
import * as service from '../../../src-main/modules/service/contract.ts'
import { testOffice, type TestOffice } from '../../support/office.ts'
import { addUser, openToOthers, PASSWORD } from '../../support/people.ts'
import { seesPlanted } from '../../support/planted.ts'

const E6 = 1_000_000
const unknownId = '01900000-0000-7000-8000-000000000000'

/** A tea merchant with three customers: one who comes every 30 days, one who came once, one who never did. */
async function shop() {
  const t = await testOffice()
  const item = async (name: string) => (await t.run(catalog.createItem, { name, kind: 'stocked', base_unit: '盒', costing: 'average', price_e4: 1_000_000 })).item_id
  const tea = await item('绿茶')
  const cup = await item('茶杯')
  await t.run(inventory.postAdjustment, { kind: 'opening', day: '2026-01-01', reason: '期初', lines: [tea, cup].map((item_id) => ({ item_id, quantity_e6: 1000 * E6, value_minor: 4_000_000 })) })
  const party = async (name: string, more: object = {}) => (await t.run(parties.createParty, { name, ...more })).party_id
  const regular = await party('常来茶楼')
  const once = await party('路过酒店')
  const never = await party('没来公司')
  const sell = (party_id: string, day: string, items = [tea, cup], count = 1) => {
    t.today = day
    return t.run(sales.deliverDirect, { party_id, day, lines: items.map((item_id) => ({ item_id, quantity_e6: count * E6, price_e4: 1_000_000 })) })
  }
  for (const day of ['2026-01-10', '2026-02-09', '2026-03-11', '2026-04-10']) await sell(regular, day)
  await sell(once, '2026-02-20', [tea])
  return { t, tea, cup, regular, once, never, sell }
}
const rule = (t: TestOffice, key: string, value: number | number[]) => t.run(platform.setSetting, { key: `insights.${key}`, value })
const rowOf = async (t: TestOffice, party_id: string, as?: string) => (await t.ask(insights.getCustomer, { party_id }, as)).score!
const tierNamed = async (t: TestOffice, name: string) => (await t.ask(insights.listTiers, {})).rows.find((x) => x.name_zh === name)!

describe('customers worked out', () => {
  test('are not worked out before anything was sold', async () => {
    const t = await testOffice()
    expect((await t.refused(insights.recompute, {})).code).toBe('insights.nothingSold')
    expect(await t.ask(insights.overview, {})).toMatchObject({ run: null, cells: [], standings: [] })
  })

  test('are worked out while others go on working, once however often it is asked, and may be stopped and begun again', async () => {
    const { t, regular, sell } = await shop()
    // Three years of books are read month by month: whoever comes meanwhile comes long before the end.
    await sell(regular, '2029-04-10')
    t.today = '2029-04-15'
    const { userId, desk } = { userId: (await t.office.bus.people()).ownerId!, desk: 'test' }
    const start = (commandId: string) => t.office.run({ name: insights.recompute.name, input: { again: 1 }, commandId }, { desk, userId })
    const runs = async () => (await t.office.engine.read((db) => db.get<{ n: number }>('select count(*) as n from insights_run')))!.n
    const ends: string[] = []
    const stopped = newCommandId()
    const cancelled = start(stopped)
    t.office.cancel(stopped)
    expect(await cancelled).toMatchObject({ ok: false, code: 'insights.stopped' })
    expect(await runs()).toBe(0)
    const commandId = newCommandId()
    const [first, again] = [start(commandId), start(commandId)].map((answer) => answer.finally(() => ends.push('worked out')))
    await vi.waitFor(() => expect(t.office.progressOf(commandId)).toMatchObject({ total: expect.any(Number) }), { interval: 0 })
    await t.run(parties.createParty, { name: '新来的客户' }).finally(() => ends.push('new customer'))
    expect(await first).toEqual(await again)
    expect(ends).toEqual(['new customer', 'worked out', 'worked out'])
    expect(await runs()).toBe(1)
    expect(await rowOf(t, regular)).toMatchObject({ standing: 'scored' })
    // Somebody who enters one thing after the other does not come in the way of its end.
    let isOver = false
    const third = start(newCommandId()).finally(() => (isOver = true))
    const entering = [1, 2, 3].map(async () => {
      while (!isOver) {
        await t.run(crm.logActivity, { party_id: regular, kind: 'note', text: '又来了' })
        await new Promise((resolve) => setImmediate(resolve))
      }
    })
    expect(await third).toMatchObject({ ok: true })
    await Promise.all(entering)
    expect(await t.office.engine.read((db) => db.all('select name, answer from platform_audit where command_id in (?, ?)', [stopped, commandId]))).toMatchObject([{ name: 'insights.recompute' }])
  })

  test('are scored, tiered and expected by what stands on their invoices; what was reversed never was', async () => {
    const { t, regular, once, never, sell } = await shop()
    const wrong = await sell(once, '2026-04-12', undefined, 50)
    await t.run(sales.reverseInvoice, { invoice_id: wrong.invoice_id!, reason: '开错' })
    t.today = '2026-04-15'
    await rule(t, 'uses_thresholds', 1)
    await rule(t, 'm_minor', [20_000, 30_000, 40_000, 70_000])
    expect(await t.run(insights.recompute, { again: 1 })).toMatchObject({ scored: 2, quiet: 0, not_positive: 0, no_invoice: 1, moved: 2 })
    // Four invoices of 200 within five days: R5, F3, M5 → the first tier that holds them is 忠诚客户.
    expect(await rowOf(t, regular)).toMatchObject({
      standing: 'scored', r: 5, f: 3, m: 5, tier_zh: '忠诚客户', invoice_count: 4, purchase_days: 4, interval_days: 30, first_on: '2026-01-10', last_on: '2026-04-10',
      expected_on: '2026-05-10', lapses_on: '2026-07-09', risk: 0, risk_level: 'low', alive_e8: null, future_minor: null, computed_on: '2026-04-15',
    })
    const regularNow = await rowOf(t, regular)
    expect(regularNow.margin_minor).toBe(regularNow.total_minor - 4 * 2 * 4_000)
    expect(await rowOf(t, once)).toMatchObject({ r: 4, f: 1, tier_zh: '潜力客户', invoice_count: 1, purchase_days: 1, interval_days: null, expected_on: null })
    expect(await rowOf(t, never)).toMatchObject({ standing: 'no_invoice', tier_id: null, r: null, risk: 0 })
    expect((await t.ask(insights.getCustomer, { party_id: regular })).next_items).toMatchObject([{ purchase_days: 4, interval_days: 30, expected_on: '2026-05-10', quantity_e6: E6 }, { purchase_days: 4 }])
    expect((await t.refused(insights.recompute, {}))).toEqual({ code: 'insights.doneToday', details: { today: '2026-04-15' } })
    // Half a year on: out of the window of 90 days, out of the tiers, and every move is kept.
    await rule(t, 'window_days', 90)
    t.today = '2026-10-15'
    expect(await t.run(insights.recompute, {})).toMatchObject({ scored: 0, quiet: 2, no_invoice: 1, moved: 2 })
    expect(await rowOf(t, regular)).toMatchObject({ standing: 'quiet', tier_id: null, risk_reasons: ['silent'], risk_level: 'watch' })
    expect((await t.ask(insights.listTierMoves, { party_id: regular })).rows).toMatchObject([
      { day: '2026-10-15', from_zh: '忠诚客户', to_zh: null, direction: 'out' }, { day: '2026-04-15', from_zh: null, to_zh: '忠诚客户', direction: 'in' },
    ])
    expect((await t.ask(insights.listTierMoves, { from: '2026-05-01' })).total).toBe(2)
    expect((await t.ask(insights.listCustomers, { standing: 'quiet' })).total).toBe(2)
    expect((await t.ask(insights.listCustomers, { risk: 'watch' })).rows.map((r) => r.name)).toEqual(['常来茶楼', '路过酒店'].slice(0, 1))
    expect(await t.ask(insights.overview, {})).toMatchObject({ run: { day: '2026-10-15', moved: 2 }, cells: [], standings: [{ standing: 'no_invoice', customers: 1 }, { standing: 'quiet', customers: 2 }], models: { buying: null } })
    // Guards of the database: 'insights.tierMoveIsPermanent', 'insights.tierIsPermanent'.
    const { tier, tierMove } = await import('../../../db/schema/insights.ts')
    await expect(t.office.engine.write((db) => db.run(tierMove, 'delete from insights_tier_move'))).rejects.toThrow('insights.tierMoveIsPermanent')
    await expect(t.office.engine.write((db) => db.run(tier, 'delete from insights_tier'))).rejects.toThrow('insights.tierIsPermanent')
  })

  test('get what their tier gives: price level, visits; what a person set stays', async () => {
    const { t, regular, once } = await shop()
    const kept = (await t.run(parties.createParty, { name: '老友茶行', price_level: '老友' })).party_id
    await t.run(sales.deliverDirect, { party_id: kept, lines: [{ item_id: (await t.ask(catalog.listItems, {})).rows[0]!.item_id, quantity_e6: E6, price_e4: 100_000 }] })
    for (const { is_active: _, ...tier } of (await t.ask(insights.listTiers, {})).rows) {
      await t.run(insights.updateTier, { ...tier, price_level: '批发', visit_days: 20, is_active: 1 })
    }
    expect(await t.run(insights.recompute, { again: 1 })).toMatchObject({ levels_set: 2, levels_kept: 1, tasks_raised: 3 })
    const levelOf = async (party_id: string) => (await t.ask(parties.getParty, { party_id })).price_level
    expect([await levelOf(regular), await levelOf(once), await levelOf(kept)]).toEqual(['批发', '批发', '老友'])
    expect(await rowOf(t, regular)).toMatchObject({ price_level: '批发', is_level_applied: 1 })
    expect(await rowOf(t, kept)).toMatchObject({ price_level: '老友', is_level_applied: 0 })
    await t.run(parties.updateParty, { party_id: once, price_level: '特价' })
    expect(await t.run(insights.recompute, { again: 1 })).toMatchObject({ levels_set: 0, levels_kept: 2, tasks_raised: 0 })
    expect(await levelOf(once)).toBe('特价')
    const visits = (await t.ask(crm.listTasks, {})).rows
    expect(visits.map((v) => [v.kind, v.title])).toEqual([['visit', '按等级节奏回访'], ['visit', '按等级节奏回访'], ['visit', '按等级节奏回访']])
    // Seen today: the next visit is due in twenty days, not before; the others were asked for today.
    for (const { task_id } of visits) await t.run(crm.finishTask, { task_id })
    await t.run(crm.logActivity, { party_id: regular, kind: 'visit', text: '看过了' })
    const later = (days: number) => new Date(Date.parse('2026-02-20T00:00:00Z') + days * 86_400_000).toISOString().slice(0, 10)
    t.today = later(19)
    expect(await t.run(insights.raiseTasks, {})).toMatchObject({ visits: 0 })
    t.today = later(20)
    expect(await t.run(insights.raiseTasks, {})).toMatchObject({ visits: 3 })
  })

  test('are called when their rhythm has passed, once for each time, by whoever owns them', async () => {
    const { t, regular, once, sell, tea } = await shop()
    await openToOthers(t)
    const amy = await addUser(t, { login: 'amy', role: 'sales' })
    await t.run(parties.assignParty, { party_id: regular, user_id: amy })
    t.today = '2026-05-12'
    expect(await t.run(insights.recompute, { again: 1 })).toMatchObject({ tasks_raised: 0 })
    t.today = '2026-05-13'
    const due = (await t.ask(insights.nextPurchases, {})).rows
    expect(due).toMatchObject([{ name: '常来茶楼', expected_on: '2026-05-10', late_days: 3, task_id: null, items: [{ item_name: expect.any(String), interval_days: 30 }, {}] }])
    expect(await t.run(insights.recompute, { again: 1 })).toMatchObject({ tasks_raised: 1 })
    expect(await t.run(insights.raiseTasks, {})).toEqual({ calls: 0, visits: 0 })
    const [task] = (await t.ask(crm.listTasks, { whose: 'mine' }, amy)).rows
    expect(task).toMatchObject({ kind: 'call', title: '回访：该再买了', assignee_name: 'amy', subject_name: '常来茶楼', due_on: '2026-05-13' })
    expect(task!.note).toContain('通常每 30 天买一次，上次 2026-04-10，预计 2026-05-10 再买')
    expect((await t.ask(insights.nextPurchases, {})).rows[0]!.task_id).toBe(task!.task_id)
    expect(await t.refused(insights.raiseCall, { party_id: regular })).toEqual({ code: 'insights.callRaised', details: { name: '常来茶楼' } })
    expect(await t.refused(insights.raiseCall, { party_id: once })).toEqual({ code: 'insights.notExpected', details: { name: '路过酒店' } })
    expect((await t.refused(insights.raiseCall, { party_id: unknownId })).code).toBe('parties.partyNotFound')
    await t.run(crm.finishTask, { task_id: task!.task_id }, amy)
    expect(await t.run(insights.raiseTasks, {})).toEqual({ calls: 0, visits: 0 })
    // They bought after the call: it counts, and the next call waits for the next time.
    await sell(regular, '2026-05-20', [tea])
    expect((await t.ask(insights.overview, {})).calls).toEqual({ raised: 1, done: 1, bought: 1 })
    await t.run(insights.recompute, { again: 1 })
    expect(await rowOf(t, regular)).toMatchObject({ expected_on: '2026-06-19' })
    // Given up for good: nobody is sent after them.
    t.today = '2026-12-31'
    expect(await t.run(insights.recompute, { again: 1 })).toMatchObject({ tasks_raised: 0 })
    expect((await t.ask(insights.nextPurchases, { show: 'all' })).total).toBe(0)
  })

  test('who became one customer is known as one, and parted again as two', async () => {
    const { t, regular, once } = await shop()
    t.today = '2026-04-15'
    await t.run(insights.recompute, {})
    const { merge_id } = await t.run(parties.mergeParties, { winner_id: regular, loser_id: once })
    expect((await t.ask(insights.listCustomers, {})).rows.map((r) => r.name)).toEqual(['常来茶楼', '没来公司'])
    expect(await t.run(insights.recompute, { again: 1 })).toMatchObject({ scored: 1, no_invoice: 1 })
    expect(await rowOf(t, regular)).toMatchObject({ invoice_count: 5, purchase_days: 5, interval_days: 25 })
    expect((await t.ask(insights.getCustomer, { party_id: regular })).next_items).toMatchObject([{ purchase_days: 5 }, { purchase_days: 4 }])
    expect((await t.ask(insights.listTierMoves, { party_id: once })).rows[0]).toMatchObject({ direction: 'out' })
    expect((await t.ask(insights.previewSegment, { conditions: [{ kind: 'bought', min_count: 5 }] })).rows.map((r) => r.name)).toEqual(['常来茶楼'])
    await t.run(parties.partParties, { merge_id })
    expect(await t.run(insights.recompute, { again: 1 })).toMatchObject({ scored: 2 })
    expect(await rowOf(t, regular)).toMatchObject({ invoice_count: 4 })
  })

  test('a call that was raised for who became another is the other one\'s, and goes back when they are parted', async () => {
    const { t, regular, once } = await shop()
    t.today = '2026-05-20'
    expect(await t.run(insights.recompute, { again: 1 })).toMatchObject({ tasks_raised: 1 })
    const called = async (party_id: string) => (await t.ask(insights.nextPurchases, { show: 'all' })).rows.find((row) => row.party_id === party_id)?.task_id
    const task_id = (await called(regular))!
    const { merge_id } = await t.run(parties.mergeParties, { winner_id: once, loser_id: regular })
    expect(await t.run(insights.recompute, { again: 1 })).toMatchObject({ tasks_raised: 0 })
    expect(await called(once)).toBe(task_id)
    expect((await t.refused(insights.raiseCall, { party_id: once })).code).toBe('insights.callRaised')
    expect(await t.ask(crm.getTask, { task_id })).toMatchObject({ party_id: once })
    await t.run(parties.partParties, { merge_id })
    expect(await t.run(insights.recompute, { again: 1 })).toMatchObject({ tasks_raised: 0 })
    expect([await called(regular), await called(once)]).toEqual([task_id, undefined])
    expect(await t.ask(crm.getTask, { task_id })).toMatchObject({ party_id: regular })
  })

  test('what is bought together is recommended with its reason', async () => {
    const { t, tea, cup, once } = await shop()
    t.today = '2026-04-15'
    await t.run(insights.recompute, { again: 1 })
    // Tea is on all five invoices, cups on four: together by chance alone.
    expect((await t.ask(insights.listTogether, { sort: 'lift' })).rows).toEqual([])
    const { item_id: honey } = await t.run(catalog.createItem, { name: '蜂蜜', kind: 'service', base_unit: '瓶', price_e4: 1 })
    const more = async (count: number) => {
      for (let i = 0; i < count; i++) await t.run(sales.deliverDirect, { party_id: once, lines: [{ item_id: honey, quantity_e6: E6, price_e4: 100_000 }] })
      await t.run(insights.recompute, { again: 1 })
    }
    // Services are not among goods, and their invoices not among baskets.
    await more(1)
    expect((await t.ask(insights.overview, {})).run).toMatchObject({ baskets: 5 })
    const { item_id: pot } = await t.run(catalog.createItem, { name: '茶壶', kind: 'stocked', base_unit: '把', costing: 'average', price_e4: 1 })
    await t.run(inventory.postAdjustment, { kind: 'opening', day: '2026-01-01', reason: '期初', lines: [{ item_id: pot, quantity_e6: 10 * E6, value_minor: 100 }] })
    for (let i = 0; i < 5; i++) await t.run(sales.deliverDirect, { party_id: once, lines: [{ item_id: pot, quantity_e6: E6, price_e4: 100_000 }] })
    await t.run(insights.recompute, { again: 1 })
    // Four of ten with both; four of the five with tea; cups on four of ten: twice as likely with tea.
    expect((await t.ask(insights.listTogether, { item_id: tea })).rows).toMatchObject([{ other_id: cup, both_count: 4, item_count: 5, support_e8: 40_000_000, confidence_e8: 80_000_000, lift_e6: 2_000_000 }])
    expect((await t.ask(insights.listTogether, { text: '绿茶' })).total).toBe(1)
    expect((await t.ask(insights.recommendForItems, { item_ids: [tea] })).rows).toMatchObject([{ item_id: cup, because_name: '绿茶', both_count: 4 }])
    expect((await t.ask(insights.recommendForItems, { item_ids: [tea, cup] })).rows).toEqual([])
    // Who took tea only is told of the cups.
    expect((await t.ask(insights.getCustomer, { party_id: once })).recommended).toMatchObject([{ item_id: cup, because_id: tea }])
  })
})

describe('tiers', () => {
  test('are made, moved and retired; a retired one takes nobody', async () => {
    const { t, regular } = await shop()
    const bounds = { r_from: 1, r_to: 5, f_from: 1, f_to: 5, m_from: 1, m_to: 5 }
    const { tier_id } = await t.run(insights.createTier, { name_zh: '贵宾', ...bounds, offer: '免运费', service_priority: 1 })
    await t.run(insights.updateTier, { tier_id, name_zh: '贵宾', ...bounds, offer: '免运费', service_priority: 1, position: 1, is_active: 1 })
    expect((await t.ask(insights.listTiers, {})).rows.map((x) => `${x.position} ${x.name_zh}`).slice(0, 2)).toEqual(['1 贵宾', '2 高价值客户'])
    await t.run(insights.recompute, { again: 1 })
    expect(await t.ask(insights.getCustomer, { party_id: regular })).toMatchObject({ score: { tier_zh: '贵宾' }, policy: { offer: '免运费', service_priority: 1, visit_days: null } })
    await t.run(insights.updateTier, { tier_id, name_zh: '贵宾', ...bounds, position: 1, is_active: 0 })
    expect(await t.run(insights.recompute, { again: 1 })).toMatchObject({ moved: 2 })
    expect((await rowOf(t, regular)).tier_zh).not.toBe('贵宾')
    expect((await t.ask(insights.listTierMoves, { from_tier_id: tier_id })).rows[0]).toMatchObject({ direction: 'down' })
    expect((await t.refused(insights.updateTier, { tier_id: unknownId, name_zh: 'x', ...bounds, position: 1, is_active: 1 })).code).toBe('insights.tierNotFound')
    expect(await t.answer(insights.createTier, { name_zh: '反', ...bounds, r_from: 5, r_to: 1 })).toMatchObject({ ok: false, kind: 'invalid' })
    expect(await t.answer(insights.createTier, bounds)).toMatchObject({ ok: false, kind: 'invalid' })
    // The one that was put away does not count.
    for (let i = 0; i < 14; i++) await t.run(insights.createTier, { name_en: `T${i}`, ...bounds })
    expect(await t.refused(insights.createTier, { name_en: 'one more', ...bounds })).toEqual({ code: 'insights.tooManyTiers', details: { most: 20 } })
    expect((await t.refused(insights.updateTier, { tier_id, name_zh: '贵宾', ...bounds, position: 1, is_active: 1 })).code).toBe('insights.tooManyTiers')
  })
})

describe('segments', () => {
  test('hold whoever fits today, by fields, purchases and what is known', async () => {
    const { t, tea, cup, regular, once, never } = await shop()
    t.today = '2026-04-15'
    const { category_id } = await t.run(catalog.createCategory, { name: '茶具' })
    const below = await t.run(catalog.createCategory, { name: '杯', parent_id: category_id })
    await t.run(catalog.updateItem, { item_id: cup, category_id: below.category_id })
    await t.run(platform.createField, { target: 'parties.party', key: 'shops', label: '门店数', kind: 'number' })
    await t.run(parties.updateParty, { party_id: regular, tags: ['连锁'], phone: '139', extra: { shops_e6: 3 * E6 } })
    await t.run(crm.logActivity, { party_id: once, kind: 'call', text: '问问' })
    await t.run(crm.createOpportunity, { name: '大单', party_id: never })
    await t.run(insights.recompute, { again: 1 })
    type Rule = Parameters<typeof previewOf>[1]
    const previewOf = async (match: 'all' | 'any', conditions: { kind: string; is_not?: 0 | 1; [more: string]: unknown }[]) =>
      (await t.ask(insights.previewSegment, { match, conditions: conditions as never })).rows.map((r) => r.party_id).sort()
    const holds = async (conditions: Rule, who: string[], match: 'all' | 'any' = 'all') => expect(await previewOf(match, conditions), JSON.stringify(conditions)).toEqual(who.sort())
    const all = [regular, once, never]
    await holds([{ kind: 'field', field: 'name', value: '茶' }], [regular])
    await holds([{ kind: 'field', field: 'phone', value: '' }], [once, never])
    await holds([{ kind: 'field', is_not: 1, field: 'phone', value: '' }], [regular])
    await holds([{ kind: 'party_kind', value: 'person' }], [])
    await holds([{ kind: 'tag', tag: '连锁' }], [regular])
    await holds([{ kind: 'tag', is_not: 1, tag: '连锁' }], [once, never])
    await holds([{ kind: 'owner', user_id: null }], all)
    await holds([{ kind: 'created', within_days: 400 }], all)
    await holds([{ kind: 'extra', key: 'shops_e6', from: 2 * E6 }], [regular])
    await holds([{ kind: 'extra', is_not: 1, key: 'shops_e6', from: 2 * E6 }], [once, never])
    await holds([{ kind: 'bought' }], [regular, once])
    await holds([{ kind: 'bought', item_id: cup }], [regular])
    await holds([{ kind: 'bought', category_id }], [regular])
    await holds([{ kind: 'bought', within_days: 30, item_id: tea }], [regular])
    await holds([{ kind: 'bought', is_not: 1, within_days: 30 }], [once, never])
    await holds([{ kind: 'bought', min_count: 4 }], [regular])
    await holds([{ kind: 'bought', min_count: 5 }], [])
    const net = (await rowOf(t, regular)).total_minor
    await holds([{ kind: 'bought', min_minor: net }], [regular])
    await holds([{ kind: 'bought', min_minor: net + 1 }], [])
    await holds([{ kind: 'tier', tier_ids: [(await rowOf(t, regular)).tier_id] }], [regular])
    await holds([{ kind: 'standing', standing: 'no_invoice' }], [never])
    await holds([{ kind: 'risk', risk: 'low' }], [regular, once])
    await holds([{ kind: 'expected', within_days: 25 }], [regular])
    await holds([{ kind: 'expected', within_days: 24 }], [])
    await holds([{ kind: 'lifetime', min_minor: 1 }], [regular, once])
    await holds([{ kind: 'overdue', min_days: 54 }], [regular, once])
    await holds([{ kind: 'overdue', min_days: 55 }], [regular])
    await holds([{ kind: 'overdue', min_days: 1, min_minor: 20_001 }], [regular])
    await holds([{ kind: 'contacted', within_days: 0 }], [once])
    await holds([{ kind: 'opportunity', state: 'open' }], [never])
    await holds([{ kind: 'ticket', within_days: 30 }], [])
    await t.run(service.createTicket, { party_id: once, class_id: (await t.ask(service.listClasses, {})).rows[0]!.class_id, subject: '破损', assignee_id: null })
    await holds([{ kind: 'ticket', within_days: 30 }], [once])
    await holds([{ kind: 'bought', item_id: cup }, { kind: 'opportunity', state: 'open' }], [regular, never], 'any')
    await holds([{ kind: 'bought', item_id: cup }, { kind: 'opportunity', state: 'open' }], [])
    expect((await t.refused(insights.previewSegment, { conditions: [{ kind: 'extra', key: 'nobody' }] })).code).toBe('platform.fieldUnknown')
    expect((await t.refused(insights.previewSegment, { conditions: [{ kind: 'extra', key: 'shops_e6', value: 'x' }] })).code).toBe('platform.fieldValueUnfit')
    expect(await t.answer(insights.previewSegment, { conditions: [] })).toMatchObject({ ok: false, kind: 'invalid' })
  })

  test('are saved, used in lists and reports, and tell nobody what is not theirs', async () => {
    const { t, regular, once, cup } = await shop()
    await openToOthers(t)
    const amy = await addUser(t, { login: 'amy', role: 'sales' })
    const bob = await addUser(t, { login: 'bob', role: 'sales' })
    await t.run(parties.assignParty, { party_id: regular, user_id: amy })
    await t.run(parties.assignParty, { party_id: once, user_id: bob })
    const buyers = { name: '成交客户', conditions: [{ kind: 'bought' as const }] }
    const { segment_id } = await t.run(insights.createSegment, buyers, amy)
    expect(await t.refused(insights.createSegment, buyers)).toEqual({ code: 'insights.segmentNameTaken', details: { name: '成交客户' } })
    const names = async (as?: string) => (await t.ask(parties.listParties, { segment_id }, as)).rows.map((r) => r.name).sort()
    expect([await names(), await names(amy), await names(bob)]).toEqual([['常来茶楼', '路过酒店'], ['常来茶楼'], ['路过酒店']])
    expect((await t.ask(insights.listSegments, {}, amy)).rows).toMatchObject([{ name: '成交客户', customers: 1, created_name: 'amy' }])
    expect((await t.ask(sales.profit, { by: 'party', from: '2026-01-01', to: '2026-12-31', segment_id }, bob)).rows.map((r) => r.name)).toEqual(['路过酒店'])
    expect((await t.ask(insights.previewSegment, { conditions: buyers.conditions }, amy)).total).toBe(1)
    // A salesperson sees no costs and nobody's debts but through the rights they have: a count would tell.
    expect(await t.refused(insights.createSegment, { name: '值钱', conditions: [{ kind: 'lifetime', min_minor: 1 }] }, amy)).toEqual({ code: 'parties.segmentNotPermitted', details: { permission: 'sales.cost' } })
    const worth = await t.run(insights.createSegment, { name: '值钱', conditions: [{ kind: 'lifetime', min_minor: 1 }] })
    expect((await t.refused(parties.listParties, { segment_id: worth.segment_id }, amy)).code).toBe('parties.segmentNotPermitted')
    expect(new Map((await t.ask(insights.listSegments, {}, amy)).rows.map((r) => [r.name, r.customers]))).toEqual(new Map([['值钱', null], ['成交客户', 1]]))
    await t.run(insights.recompute, { again: 1 })
    expect(await rowOf(t, regular, amy)).toMatchObject({ margin_minor: null, lifetime_minor: null, future_minor: null })
    expect((await t.ask(insights.listCustomers, {}, amy))).toMatchObject({ total: 2, rows: [{ name: '常来茶楼' }, { name: '没来公司' }], margin_minor: null, lifetime_minor: null })
    expect((await t.ask(insights.nextPurchases, { show: 'all' }, bob)).total).toBe(0)
    expect((await t.refused(insights.getCustomer, { party_id: regular }, bob)).code).toBe('parties.partyNotFound')
    expect((await t.refused(insights.recompute, { again: 1 }, amy)).code).toBe('platform.notPermitted')
    // A role of one's own may compute, yet sees its own customers only: 'insights.wholeCompanyOnly'.
    const { role_id } = await t.run(platform.createRole, { code: 'reckoner', name_zh: '算账的', name_en: 'Reckoner', grants: [{ permission: 'insights.compute', scope: 'own' }] })
    const { user_id: cai } = await t.run(platform.createUser, { login: 'cai', name: 'cai', password: PASSWORD, team_id: null, role_ids: [role_id] })
    expect((await t.refused(insights.recompute, { again: 1 }, cai)).code).toBe('insights.wholeCompanyOnly')
    await t.run(insights.updateSegment, { segment_id, name: '买过杯子', conditions: [{ kind: 'bought', item_id: cup }] })
    expect(await t.ask(insights.getSegment, { segment_id })).toMatchObject({ name: '买过杯子', customers: 1, names: { [cup]: '茶杯' } })
    expect((await t.refused(insights.updateSegment, { segment_id: unknownId, ...buyers })).code).toBe('parties.segmentNotFound')
    await t.run(insights.removeSegment, { segment_id })
    expect((await t.refused(parties.listParties, { segment_id })).code).toBe('parties.segmentNotFound')
  })
})

test('every invariant of insights sees its violation', async () => {
  const { t, regular } = await shop()
  await t.run(insights.recompute, { again: 1 })
  const { segment_id } = await t.run(insights.createSegment, { name: '成交', conditions: [{ kind: 'bought' }] })
  const other = (await tierNamed(t, '沉睡客户')).tier_id
  const planted: Record<string, [string, string[]][]> = {
    'insights: a customer stands in the tier to which the last move took them': [['update insights_score set tier_id = ? where party_id = ?', [other, regular]]],
    'insights: each move of a tier begins where the one before it ended': [
      [`insert into insights_tier_move (id, party_id, from_tier_id, to_tier_id, day, at) values ('${unknownId.replace('019', 'fff')}', ?, ?, null, '2026-12-31', 1)`, [regular, other]],
    ],
    'insights: tiers are numbered without gaps': [['update insights_tier set position = 40 where id = ?', [other]]],
    'insights: every condition of a segment is one that can be asked': [[`update insights_segment set conditions = '[{"kind":"magic"}]' where id = ?`, [segment_id]]],
  }
  const names = t.office.registry.invariants.map((i) => i.name).filter((name) => name.startsWith('insights:'))
  expect(Object.keys(planted).sort()).toEqual(names.sort())
  for (const [invariant, plant] of Object.entries(planted)) expect(await seesPlanted(t, { invariant, plant }), invariant).toBe(true)
})
