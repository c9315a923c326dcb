import { expect, test } from 'vitest'
import * as insights from '../../../src-main/modules/insights/contract.ts'
import * as parties from '../../../src-main/modules/parties/contract.ts'
import * as sales from '../../../src-main/modules/sales/contract.ts'
import { furnish } from '../../support/furnish.ts'
import { testOffice, type TestOffice } from '../../support/office.ts'
import { addUser, openToOthers } from '../../support/people.ts'

const E6 = 1_000_000
const sell = async (t: TestOffice, { party_id, day, item_id, price_e4 = 1_000_000 }: { party_id: string; day: string; item_id: string; price_e4?: number }) => {
  t.today = day
  return t.run(sales.deliverDirect, { party_id, day, lines: [{ item_id, quantity_e6: E6, price_e4 }] })
}

test('cohorts by the month of the first purchase, who came back, and who was new', async () => {
  const t = await testOffice()
  await openToOthers(t)
  const amy = await addUser(t, { login: 'amy', role: 'sales' })
  const { services } = await furnish(t)
  const item_id = services[0]!
  const made: string[] = []
  for (const name of ['甲店', '乙店', '丙店', '丁店', '戊店']) made.push((await t.run(parties.createParty, { name })).party_id)
  const [a, b, c, d, twin] = made as [string, string, string, string, string]
  // Furnishing has sold to one customer in January; these begin in February.
  await sell(t, { party_id: a, day: '2026-02-03', item_id })
  await sell(t, { party_id: b, day: '2026-02-10', item_id })
  const wrong = await sell(t, { party_id: c, day: '2026-02-20', item_id })
  await t.run(sales.reverseInvoice, { invoice_id: wrong.invoice_id!, reason: '开错了' })
  await sell(t, { party_id: a, day: '2026-02-03', item_id })
  await sell(t, { party_id: a, day: '2026-03-05', item_id })
  await sell(t, { party_id: d, day: '2026-03-06', item_id, price_e4: 3_000_000 })
  await sell(t, { party_id: b, day: '2026-04-30', item_id })
  await sell(t, { party_id: twin, day: '2026-04-30', item_id })
  t.today = '2026-05-02'
  const asked = { from: '2026-02-01', to: '2026-05-31', within_days: 30 }
  const told = await t.ask(insights.retention, asked)
  // Net of 1 % tax. The reversed invoice made nobody a customer; two purchases on one day are one.
  expect(told.rows.map(({ cells, ...r }) => ({ ...r, cells: cells.map((x) => [x.month, x.customers, x.net_minor]) }))).toEqual([
    { cohort: '2026-02', customers: 2, ripe: 2, back: 1, back_e8: 50_000_000, middle_days: 30, cells: [['2026-02', 2, 29_703], ['2026-03', 1, 9_901], ['2026-04', 1, 9_901], ['2026-05', 0, 0]] },
    { cohort: '2026-03', customers: 1, ripe: 1, back: 0, back_e8: 0, middle_days: null, cells: [['2026-03', 1, 29_703], ['2026-04', 0, 0], ['2026-05', 0, 0]] },
    { cohort: '2026-04', customers: 1, ripe: 0, back: 0, back_e8: null, middle_days: null, cells: [['2026-04', 1, 9_901], ['2026-05', 0, 0]] },
  ])
  expect(told.whole).toMatchObject({ customers: 4, ripe: 3, back: 1, back_e8: 33_333_333, middle_days: 30 })
  // The last months are told of the cohorts that are so old.
  expect(told.whole.cells.map((x) => [x.customers, x.customers_e8])).toEqual([[4, 100_000_000], [1, 25_000_000], [1, 33_333_333], [0, 0]])
  expect((await t.ask(insights.retention, { ...asked, within_days: 79 })).rows[0]).toMatchObject({ back: 2, ripe: 2 })
  expect((await t.ask(insights.retention, { ...asked, within_days: 78 })).rows[0]).toMatchObject({ back: 1, ripe: 2 })
  // Who was new in February counts as returning in March, also where the report begins later.
  expect((await t.ask(insights.returning, { from: '2026-03-15', to: '2026-04-01' })).rows).toEqual([
    { month: '2026-03', new_customers: 1, returning_customers: 1, returning_e8: 50_000_000, new_net_minor: 29_703, returning_net_minor: 9_901 },
    { month: '2026-04', new_customers: 1, returning_customers: 1, returning_e8: 50_000_000, new_net_minor: 9_901, returning_net_minor: 9_901 },
  ])
  const names = async (input: Parameters<typeof t.ask<typeof insights.listCohort>>[1]) => (await t.ask(insights.listCohort, input)).rows.map((r) => r.name).sort()
  expect(await names({ cohort: '2026-02' })).toEqual(['乙店', '甲店'])
  expect(await names({ cohort: '2026-02', month: '2026-03', show: 'bought' })).toEqual(['甲店'])
  expect(await names({ cohort: '2026-02', month: '2026-03', show: 'away' })).toEqual(['乙店'])
  expect(await names({ month: '2026-04', show: 'returning' })).toEqual(['乙店'])
  expect(await names({ cohort: '2026-02', show: 'back', within_days: 30 })).toEqual(['甲店'])
  expect(await names({ cohort: '2026-02', show: 'not_back', within_days: 30 })).toEqual(['乙店'])
  expect(await t.ask(insights.listCohort, { cohort: '2026-02', limit: 1, offset: 1 })).toMatchObject({ total: 2, net_minor: 49_505, rows: [{ name: '乙店', first_on: '2026-02-10', second_on: '2026-04-30', invoices: 2, month_net_minor: null }] })
  expect((await t.answer(insights.listCohort, { show: 'bought' })).ok).toBe(false)
  expect((await t.answer(insights.retention, { from: '2026-05-01', to: '2026-04-30' })).ok).toBe(false)
  // Who turns out to be somebody else is one customer with them, from the first purchase on.
  await t.run(parties.mergeParties, { winner_id: twin, loser_id: a, reason: '同一家' })
  expect((await t.ask(insights.retention, asked)).rows.map((r) => [r.cohort, r.customers])).toEqual([['2026-02', 2], ['2026-03', 1]])
  expect((await t.ask(insights.retention, asked)).rows[0]!.cells.map((x) => x.customers)).toEqual([2, 1, 2, 0])
  // A salesperson's report is that of the own customers.
  await t.run(parties.assignParty, { party_id: b, user_id: (await t.office.bus.people()).ownerId! })
  await t.run(parties.assignParty, { party_id: d, user_id: amy })
  expect((await t.ask(insights.retention, asked, amy)).rows.map((r) => [r.cohort, r.customers])).toEqual([['2026-02', 1], ['2026-03', 1]])
  expect((await t.ask(insights.returning, { from: '2026-02-01', to: '2026-02-28' }, amy)).rows).toMatchObject([{ new_customers: 1 }])
  expect((await t.ask(insights.listCohort, { cohort: '2026-02' }, amy)).rows.map((r) => r.party_id)).toEqual([twin])
})
