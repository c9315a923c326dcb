import { expect, test } from 'vitest'
import * as crm from '../../../src-main/modules/crm/contract.ts'
import * as forecast from '../../../src-main/modules/forecast/contract.ts'
import { monthFor, monthsFrom, monthsSold, probabilityOf, seasonsOf, shareE8, weigh, yearsSold } from '../../../src-main/modules/forecast/expect.ts'
import * as parties from '../../../src-main/modules/parties/contract.ts'
import * as sales from '../../../src-main/modules/sales/contract.ts'
import { addUser, openToOthers } from '../../support/people.ts'
import { E6, openShop, price } from '../sales/shop.ts'

const unknownId = '01900000-0000-7000-8000-000000000000'

async function team() {
  const shop = await openShop({ taxpayer: 'none' })
  await openToOthers(shop.t)
  const amy = await addUser(shop.t, { login: 'amy', role: 'sales' })
  const bob = await addUser(shop.t, { login: 'bob', role: 'sales' })
  await shop.t.run(parties.assignParty, { party_id: shop.customer, user_id: amy })
  /** So much freight without tax, sold over the counter. */
  const sell = (major: number, as: string) => shop.t.run(sales.deliverDirect, { lines: [{ item_id: shop.freight, quantity_e6: E6, price_e4: price(major) }], payments: [{ method: 'cash', amount_minor: major * 100 }] }, as)
  return { ...shop, amy, bob, sell }
}

test('a likelihood is drawn from the figure that was set to what happened; months roll on and end', () => {
  expect(probabilityOf({ set_e8: 50_000_000, closed: 0, won: 0 })).toBe(50_000_000)
  expect(probabilityOf({ set_e8: 50_000_000, closed: 10, won: 10 })).toBe(75_000_000)
  expect(probabilityOf({ set_e8: 50_000_000, closed: 10, won: 0 })).toBe(25_000_000)
  expect(probabilityOf({ set_e8: 100_000_000, closed: 3, won: 3 })).toBe(100_000_000)
  expect(weigh(100_001, 50_000_000)).toBe(50_001)
  expect([monthFor('2026-03-31', '2026-04-01'), monthFor('2026-04-30', '2026-04-01'), monthFor(null, '2026-04-01')]).toEqual(['2026-04', '2026-04', undefined])
  expect(monthsFrom('2026-11', 3)).toEqual(['2026-11', '2026-12', '2027-01'])
  expect([monthsSold(null, '2026-03'), monthsSold('2026-03', '2026-03'), monthsSold('2026-01', '2026-03'), monthsSold('2020-01', '2026-03')]).toEqual([1, 1, 2, 12])
  expect([shareE8(50, 100), shareE8(1, 0)]).toEqual([50_000_000, null])
})

test('seasons are ratios to the mean of each year of twelve, averaged over the years', () => {
  expect([yearsSold(null, '2026-03'), yearsSold('2026-03', '2026-03'), yearsSold('2024-04', '2026-03'), yearsSold('2024-03', '2026-03'), yearsSold('2001-01', '2026-03')]).toEqual([0, 0, 1, 2, 5])
  const sold = new Map<string, number>()
  // Twice as much as usual each December, nothing each February; the second year sells double.
  for (const m of monthsFrom('2024-01', 24)) sold.set(m, (m < '2025-01' ? 100 : 200) * (m.endsWith('-12') ? 2 : m.endsWith('-02') ? 0 : 1))
  const indices = seasonsOf(sold, { month: '2026-01', years: 2 })!
  expect([indices.get('12'), indices.get('02'), indices.get('07')]).toEqual([200_000_000, 0, 100_000_000])
  expect([...indices.values()].reduce((a, b) => a + b, 0)).toBe(1_200_000_000)
  expect(seasonsOf(sold, { month: '2026-01', years: 1 })).toBeUndefined()
  expect(seasonsOf(new Map(), { month: '2026-01', years: 2 })).toBeUndefined()
})

test('with two years of history the base follows the season; before that each month is an average one', async () => {
  const { t, amy, sell } = await team()
  for (const m of monthsFrom('2026-01', 24)) {
    t.today = `${m}-10`
    await sell(m.endsWith('-12') ? 1_300 : 100, amy)
    if (m === '2027-11') expect(await t.ask(forecast.getForecast, { months: 1 })).toMatchObject({ season_years: 0, months: [{ season_e8: null, base_minor: 20_000 }] })
  }
  t.today = '2028-01-05'
  const { season_years, months } = await t.ask(forecast.getForecast, { months: 12 })
  expect(season_years).toBe(2)
  // 2,400.00 a year: an average month is 200.00, a December six and a half of it.
  expect(months.map((m) => [m.season_e8, m.base_minor]).filter((_, i) => i === 0 || i === 11)).toEqual([[50_000_000, 10_000], [650_000_000, 130_000]])
})

test('quotas by person and month are met by what was invoiced without tax, and each sees their own', async () => {
  const { t, amy, bob, sell } = await team()
  await sell(1_000, amy)
  await sell(500, bob)
  const rows = [{ user_id: amy, month: '2026-01', amount_minor: 200_000 }, { user_id: amy, month: '2026-02', amount_minor: 100_000 }]
  expect((await t.refused(forecast.setQuotas, { rows }, amy)).code).toBe('platform.notPermitted')
  expect((await t.refused(forecast.setQuotas, { rows: [{ ...rows[0]!, user_id: unknownId }] })).code).toBe('forecast.userNotFound')
  expect((await t.refused(forecast.setQuotas, { rows: [rows[0]!, rows[0]!] })).code).toBe('forecast.quotaTwice')
  await t.run(forecast.setQuotas, { rows })
  const own = await t.ask(forecast.listQuotas, { year: 2026 }, amy)
  expect(own.rows.map((r) => r.name)).toEqual(['amy'])
  expect(own.rows[0]).toMatchObject({ quota_minor: 300_000, sold_minor: 100_000, attained_e8: 33_333_333 })
  expect(own.rows[0]!.months.slice(0, 3)).toEqual([
    { month: '2026-01', quota_minor: 200_000, sold_minor: 100_000 }, { month: '2026-02', quota_minor: 100_000, sold_minor: 0 }, { month: '2026-03', quota_minor: 0, sold_minor: 0 },
  ])
  expect((await t.ask(forecast.listQuotas, { year: 2026 })).rows.find((r) => r.name === 'bob')).toMatchObject({ sold_minor: 50_000, attained_e8: null })
  await t.run(forecast.setQuotas, { rows: [{ user_id: amy, month: '2026-02', amount_minor: 0 }] })
  expect((await t.ask(forecast.listQuotas, { year: 2026 }, amy)).rows[0]!.quota_minor).toBe(200_000)
})

test('the coming months are the base of what sells by itself and the pipeline by its stages; what was kept is held against what came', async () => {
  const { t, amy, bob, sell, customer, water, lamp } = await team()
  // January and February: 600.00 and 300.00 without an opportunity, in the average 450.00.
  await sell(600, amy)
  t.today = '2026-02-10'
  await sell(300, bob)
  t.today = '2026-03-05'
  const stages = (await t.ask(crm.listStages, {})).rows.filter((s) => s.is_active === 1)
  await t.run(crm.updateStage, { ...stage(stages[0]!), probability_e8: 40_000_000, required_fields: [] })
  const deal = async (more: object, as: string) => (await t.run(crm.createOpportunity, { name: '团购', party_id: customer, ...more } as never, as)).opportunity_id
  const lines = [{ item_id: water, quantity_e6: 10 * E6, price_e4: price(10) }, { item_id: lamp, quantity_e6: 3 * E6, price_e4: price(100) }]
  await deal({ lines, expected_on: '2026-04-20' }, amy)
  await deal({ amount_minor: 100_000, expected_on: '2026-02-01' }, amy)
  await deal({ amount_minor: 70_000 }, amy)
  const seen = await t.ask(forecast.getForecast, { months: 3 })
  expect(seen.stages[0]).toMatchObject({ set_e8: 40_000_000, closed: 0, probability_e8: 40_000_000 })
  expect(seen.months).toMatchObject([
    { month: '2026-03', base_minor: 45_000, pipeline_minor: 40_000, expected_minor: 85_000, quota_minor: 0, sold_minor: 0 },
    { month: '2026-04', base_minor: 45_000, pipeline_minor: 16_000, expected_minor: 61_000, quota_minor: 0, sold_minor: 0 },
    { month: '2026-05', base_minor: 45_000, pipeline_minor: 0, expected_minor: 45_000, quota_minor: 0, sold_minor: 0 },
  ])
  expect(seen.undated_minor).toBe(70_000)
  expect(seen.people).toMatchObject([{ name: 'amy', base_minor: 90_000, pipeline_minor: 56_000 }, { name: 'bob', base_minor: 45_000, pipeline_minor: 0 }])
  expect(seen.items.map((i) => [i.item_name, i.base_minor, i.pipeline_minor])).toEqual([['送货费', 135_000, 0], [null, 0, 40_000], ['台灯', 0, 12_000], ['矿泉水', 0, 4_000]])
  expect((await t.ask(forecast.getForecast, { months: 1 }, bob)).months).toMatchObject([{ base_minor: 15_000, pipeline_minor: 0 }])

  expect((await t.run(forecast.keepForecast, {})).count).toBeGreaterThan(0)
  expect(await t.refused(forecast.keepForecast, {})).toEqual({ code: 'forecast.keptAlready', details: { month: '2026-03' } })
  // A deal is won: what comes of it is no base, and teaches the stage.
  const won = await deal({ lines, expected_on: '2026-03-10' }, amy)
  const { order_id } = await t.run(crm.winOpportunity, { opportunity_id: won }, amy)
  await t.run(sales.confirmOrder, { order_id: order_id! }, amy)
  await t.run(sales.deliver, { order_id: order_id!, invoice: 'with' })
  t.today = '2026-04-01'
  const april = await t.ask(forecast.getForecast, { months: 1 })
  expect(april.stages[0]).toMatchObject({ closed: 1, won: 1, probability_e8: 45_454_545 })
  expect(april.months[0]!.base_minor).toBe(30_000)
  expect((await t.run(forecast.keepForecast, {})).count).toBeGreaterThan(0)
  const { rows } = await t.ask(forecast.listAccuracy, {})
  expect(rows.find((r) => r.month === '2026-03')).toEqual({ month: '2026-03', kept_in: '2026-03', base_minor: 45_000, pipeline_minor: 40_000, expected_minor: 85_000, sold_minor: 40_000, is_open: 0, deviation_e8: -52_941_176 })
  expect(rows.filter((r) => r.month === '2026-04').map((r) => [r.kept_in, r.is_open])).toEqual([['2026-04', 1], ['2026-03', 1]])
  expect((await t.ask(forecast.listAccuracy, {}, bob)).rows.find((r) => r.month === '2026-03')).toMatchObject({ base_minor: 15_000, sold_minor: 0 })
  const { kept } = await import('../../../db/schema/forecast.ts')
  await expect(t.office.engine.write((db) => db.run(kept, 'delete from forecast_kept'))).rejects.toThrow('forecast.keptIsPermanent')
})

type Stage = { stage_id: string; name_zh: string; name_en: string; position: number; is_active: 0 | 1 }
const stage = ({ stage_id, name_zh, name_en, position, is_active }: Stage) => ({ stage_id, name_zh, name_en, position, is_active })
