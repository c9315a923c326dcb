import { describe, expect, test } from 'vitest'
import { openItems, receivePayment, reversePayment } from '../../../src-main/modules/accounting/contract.ts'
import * as credit from '../../../src-main/modules/credit/contract.ts'
import { limitByRule } from '../../../src-main/modules/credit/limit.ts'
import { dunningLevel, partStates, promiseState } from '../../../src-main/modules/credit/promise.ts'
import * as crm from '../../../src-main/modules/crm/contract.ts'
import * as parties from '../../../src-main/modules/parties/contract.ts'
import * as platform from '../../../src-main/modules/platform/contract.ts'
import * as sales from '../../../src-main/modules/sales/contract.ts'
import { addUser, openToOthers } from '../../support/people.ts'
import { E6, openShop, price } from '../sales/shop.ts'

const unknownId = '01900000-0000-7000-8000-000000000000'

/** A shop with a salesperson who looks after the customer. */
async function lending() {
  const shop = await openShop()
  const { t, customer, freight } = shop
  await openToOthers(t)
  const amy = await addUser(t, { login: 'amy', role: 'sales' })
  await t.run(parties.assignParty, { party_id: customer, user_id: amy })
  /** An invoice of so much, in the major unit. */
  const owe = (major: number, due_on: string) => t.run(sales.deliverDirect, { party_id: customer, lines: [{ item_id: freight, quantity_e6: E6, price_e4: price(major) }], due_on })
  const pay = (amount_minor: number, day = t.today) => t.run(receivePayment, { party_id: customer, day, method: 'bank', amount_minor })
  return { ...shop, amy, owe, pay }
}

describe('the rule of limits', () => {
  const history = { invoiced_minor: 12_000_000, invoices: 3, paid: [{ amount_minor: 100, days_late: 0 }], isFrozen: false }
  const limit = (more: object) => limitByRule({ ...history, ...more })?.limit_minor
  test('gives months of sales by how late payments come, weighted by amount and down to the hundred', () => {
    expect(limitByRule(history)).toEqual({ limit_minor: 3_000_000, facts: { invoices: 3, monthly_minor: 1_000_000, days_late: 0, months_e2: 300 } })
    expect(limit({ invoices: 2 })).toBeUndefined()
    const late = (days_late: number) => limit({ paid: [{ amount_minor: 100, days_late }] })
    expect([0, 1, 7, 8, 15, 16, 30, 31].map(late)).toEqual([3_000_000, 2_000_000, 2_000_000, 1_500_000, 1_500_000, 1_000_000, 1_000_000, 500_000])
    // 1.00 was 30 days late, 99.00 on time: 0.3 days on the average, which is late.
    expect(limit({ paid: [{ amount_minor: 100, days_late: 30 }, { amount_minor: 9_900, days_late: 0 }] })).toBe(2_000_000)
    expect(limit({ isFrozen: true })).toBe(0)
    expect(limit({ paid: [] })).toBe(3_000_000)
    expect(limit({ invoiced_minor: 12_119_988 })).toBe(3_020_000)
    expect(limit({ invoiced_minor: -500 })).toBe(0)
  })
})

test('a promise is kept in parts by what came until then, and broken the day after', () => {
  const parts = [{ due_on: '2026-03-10', amount_minor: 500 }, { due_on: '2026-04-10', amount_minor: 500 }]
  const states = (today: string, receipts: { day: string; amount_minor: number }[]) => partStates(parts, { receipts, today })
  expect(states('2026-03-10', [])).toEqual(['open', 'open'])
  expect(states('2026-03-11', [])).toEqual(['broken', 'open'])
  expect(states('2026-03-11', [{ day: '2026-03-10', amount_minor: 499 }])).toEqual(['broken', 'open'])
  expect(states('2026-03-11', [{ day: '2026-03-10', amount_minor: 500 }])).toEqual(['kept', 'open'])
  expect(states('2026-03-11', [{ day: '2026-03-11', amount_minor: 1_000 }])).toEqual(['broken', 'kept'])
  expect(states('2026-03-09', [{ day: '2026-03-09', amount_minor: 1_000 }])).toEqual(['kept', 'kept'])
  expect([promiseState(['kept', 'broken']), promiseState(['kept', 'open']), promiseState(['kept', 'kept'])]).toEqual(['broken', 'open', 'kept'])
  expect([0, 1, 14, 15, 29, 30].map((days) => dunningLevel(days, [1, 15, 30]))).toEqual([0, 1, 1, 2, 2, 3])
})

test('limits follow how a customer paid, proposals are applied as they were seen, and a limit set by hand holds until its day', async () => {
  const { t, amy, customer, owe } = await lending()
  for (const [day, major] of [['2026-01-20', 4_000], ['2026-02-20', 4_000], ['2026-03-20', 4_000]] as const) {
    t.today = day
    await owe(major, day)
    t.today = day.replace(/20$/, '25')
    const [item] = (await t.ask(openItems, { party_id: customer, side: 'receivable' })).rows
    await t.run(receivePayment, { party_id: customer, day: t.today, method: 'bank', amount_minor: major * 100, allocations: [{ open_item_id: item!.open_item_id, amount_minor: major * 100 }] })
  }
  expect((await t.refused(credit.limitProposals, {}, amy)).code).toBe('platform.notPermitted')
  const { rows } = await t.ask(credit.limitProposals, {})
  expect(rows).toMatchObject([{ party_name: '华美贸易', limit_minor: null, proposed_minor: 200_000, facts: { invoices: 3, monthly_minor: 100_000, days_late: 5, months_e2: 200 } }])
  expect(await t.refused(credit.applyLimits, { rows: [{ party_id: customer, proposed_minor: 300_000 }] })).toEqual({ code: 'credit.proposalChanged', details: { party_name: '华美贸易' } })
  expect(await t.run(credit.applyLimits, { rows: [{ party_id: customer, proposed_minor: 200_000 }] })).toEqual({ count: 1 })
  expect((await t.ask(credit.limitProposals, {})).total).toBe(0)
  expect((await t.ask(parties.getParty, { party_id: customer })).credit_limit_minor).toBe(200_000)
  // A document is overdue: the rule takes the limit back, unless somebody says otherwise.
  await owe(10, '2026-03-30')
  t.today = '2026-05-01'
  expect((await t.ask(credit.limitProposals, {})).rows).toMatchObject([{ proposed_minor: 0 }])
  expect((await t.refused(credit.setLimit, { party_id: customer, limit_minor: 1, reason: 'x', holds_until: '2026-04-30' })).code).toBe('credit.dayPassed')
  await t.run(credit.setLimit, { party_id: customer, limit_minor: 500_000, reason: '老板担保', holds_until: '2026-05-10' })
  expect((await t.ask(credit.limitProposals, {})).total).toBe(0)
  t.today = '2026-05-11'
  expect((await t.ask(credit.limitProposals, {})).total).toBe(1)
  await t.run(parties.updateParty, { party_id: customer, credit_limit_minor: null })
  await t.run(parties.updateParty, { party_id: customer, note: '同上' })
  expect((await t.ask(credit.limitHistory, { party_id: customer }, amy)).rows.map((r) => `${r.seq} ${r.how} ${r.before_minor ?? '-'}>${r.after_minor ?? '-'} ${r.reason ?? ''}`)).toEqual([
    '3 form 500000>- ', '2 manual 200000>500000 老板担保', '1 rule ->200000 ',
  ])
  expect((await t.refused(credit.limitHistory, { party_id: unknownId }, amy)).code).toBe('parties.partyNotFound')
})

test('overdue money becomes a task for the salesperson, a letter that gets louder, a promise that is kept or broken', async () => {
  const { t, amy, customer, owe, pay } = await lending()
  expect((await t.refused(credit.giveTasks, {})).code).toBe('credit.collectingOff')
  await t.run(platform.setSetting, { key: 'credit.collects', value: 1 })
  const { invoice_number } = await owe(1_000, '2026-01-31')
  t.today = '2026-01-31'
  expect(await t.run(credit.giveTasks, {})).toEqual({ count: 0 })
  expect((await t.refused(credit.dun, { party_id: customer })).code).toBe('credit.nothingOverdue')
  expect((await t.refused(credit.promiseToPay, { party_id: customer, parts: [{ due_on: '2026-02-10', amount_minor: 1 }] })).code).toBe('credit.nothingOverdue')
  t.today = '2026-02-01'
  expect(await t.run(credit.giveTasks, {})).toEqual({ count: 1 })
  expect(await t.run(credit.giveTasks, {})).toEqual({ count: 0 })
  const [task] = (await t.ask(crm.listTasks, { party_id: customer }, amy)).rows
  expect(task).toMatchObject({ title: '催款：逾期 1 天', assignee_name: 'amy', kind: 'call', priority: 1, due_on: '2026-02-01' })
  expect((await t.ask(credit.listCollections, {}, amy)).rows).toMatchObject([{ party_name: '华美贸易', overdue_minor: 100_000, overdue_days: 1, level: 1, last_level: null, promise_state: null, task_id: task!.task_id }])

  expect((await t.refused(credit.dun, { party_id: customer, pay_by: '2026-01-31' }, amy)).code).toBe('credit.dayPassed')
  const { dunning_id, number } = await t.run(credit.dun, { party_id: customer }, amy)
  expect(await t.ask(credit.getDunning, { dunning_id }, amy)).toMatchObject({
    number, level: 1, pay_by: '2026-02-08', total_minor: 100_000, lines: [{ number: invoice_number, due_on: '2026-01-31', open_minor: 100_000, overdue_days: 1 }],
  })
  expect((await t.refused(credit.getDunning, { dunning_id: unknownId })).code).toBe('credit.dunningNotFound')
  expect((await t.ask(credit.listCollections, { show: 'to_dun' })).total).toBe(0)

  const promise = { party_id: customer, parts: [{ due_on: '2026-02-10', amount_minor: 40_000 }, { due_on: '2026-02-20', amount_minor: 60_000 }], note: '老板娘电话里说的' }
  expect((await t.refused(credit.promiseToPay, { ...promise, parts: promise.parts.toReversed() }, amy)).code).toBe('credit.partsOutOfOrder')
  expect((await t.refused(credit.promiseToPay, { ...promise, parts: [{ due_on: '2026-01-31', amount_minor: 1 }] }, amy)).code).toBe('credit.dayPassed')
  await t.run(credit.promiseToPay, { ...promise, parts: [{ due_on: '2026-02-05', amount_minor: 100_000 }] }, amy)
  await t.run(credit.promiseToPay, promise, amy)
  await t.run(crm.finishTask, { task_id: task!.task_id }, amy)
  t.today = '2026-02-10'
  const receipt = await pay(40_000)
  t.today = '2026-02-16'
  expect(await t.run(credit.giveTasks, {})).toEqual({ count: 0 })
  expect((await t.ask(credit.listCollections, { show: 'promised' })).rows).toMatchObject([{ promise_state: 'open', promised_on: '2026-02-20', level: 2, last_level: 1 }])
  t.today = '2026-02-21'
  expect((await t.ask(credit.listCollections, { show: 'broken' })).rows).toMatchObject([{ promise_state: 'broken', overdue_minor: 60_000 }])
  expect(await t.run(credit.giveTasks, {})).toEqual({ count: 1 })
  expect((await t.ask(crm.listTasks, { party_id: customer, show: 'open' }, amy)).rows).toMatchObject([{ title: '承诺未付，催款：逾期 21 天' }])
  expect((await t.ask(credit.customerCollection, { party_id: customer }, amy)).promises).toMatchObject([
    { state: 'broken', parts: [{ state: 'kept' }, { state: 'broken' }], ended_on: null },
    { ended_on: '2026-02-01', ended_reason: '另有新的承诺' },
  ])
  // The money is taken back: what was kept is not.
  await t.run(reversePayment, { payment_id: receipt.payment_id, day: '2026-02-10', reason: '退票' })
  const [broken] = (await t.ask(credit.customerCollection, { party_id: customer }, amy)).promises
  expect(broken!.parts.map((p) => p.state)).toEqual(['broken', 'broken'])
  await t.run(credit.withdrawPromise, { promise_id: broken!.promise_id, reason: '重新谈' }, amy)
  expect((await t.refused(credit.withdrawPromise, { promise_id: broken!.promise_id, reason: 'x' }, amy)).code).toBe('credit.promiseEnded')
  expect((await t.refused(credit.withdrawPromise, { promise_id: unknownId, reason: 'x' }, amy)).code).toBe('credit.promiseNotFound')
  expect(await t.run(credit.dun, { party_id: customer, level: 3, note: '附对账单' })).toMatchObject({ level: 3 })
  // An advance counts against what is overdue, in the letter too.
  await pay(30_000)
  expect((await t.ask(credit.customerCollection, { party_id: customer })).letters.map((l) => [l.level, l.total_minor])).toEqual([[3, 100_000], [1, 100_000]])
})
