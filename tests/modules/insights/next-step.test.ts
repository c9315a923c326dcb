import { describe, expect, test } from 'vitest'
import * as catalog from '../../../src-main/modules/catalog/contract.ts'
import * as crm from '../../../src-main/modules/crm/contract.ts'
import * as insights from '../../../src-main/modules/insights/contract.ts'
import { nextSteps, type Facts } from '../../../src-main/modules/insights/next-step.ts'
import * as inventory from '../../../src-main/modules/inventory/contract.ts'
import * as parties from '../../../src-main/modules/parties/contract.ts'
import * as sales from '../../../src-main/modules/sales/contract.ts'
import * as service from '../../../src-main/modules/service/contract.ts'
import { testOffice } from '../../support/office.ts'
import { addUser, openToOthers } from '../../support/people.ts'

const E6 = 1_000_000
const calm: Facts = {
  today: '2026-06-30', overdue: null, ticket: null, late_task: null, next_task_on: null, late_order: null, quote: null, opportunity: null, stalled_days: 30, last_contact_on: '2026-06-20',
  known_since: '2025-01-01', has_bought: true, score: null, next_item: null, recommended: null, offer: null,
}
const score = { expected_on: '2026-06-30', lapses_on: '2026-08-30', interval_days: 30, last_on: '2026-05-31', risk: 0, reasons: [], amount_minor: 1, amount_before_minor: 1 }
const ticket = { id: 'k', name: '破损', number: 'T1', day: '2026-06-28', is_new: true, is_late: false }
const quote = { id: 'q', number: 'QT1', day: '2026-06-20', amount_minor: 5_000, valid_until: null }

describe('the next step', () => {
  test('is none where all is well', () => expect(nextSteps(calm)).toEqual([]))

  // Each rule on both sides of its edge.
  test.each<[string, Partial<Facts>, string[]]>([
    ['a complaint is new', { ticket }, ['answerTicket']],
    ['it is worked on', { ticket: { ...ticket, is_new: false } }, []],
    ['it is late', { ticket: { ...ticket, is_new: false, is_late: true } }, ['answerTicket']],
    ['nobody sells to who waits for an answer', { ticket: { ...ticket, is_new: false }, recommended: { id: 'i', name: '茶杯', because: '绿茶', confidence_e8: 5e7 } }, []],
    ['money is overdue', { overdue: { amount_minor: 1, due_on: '2026-06-29' } }, ['collect']],
    ['what is overdue is nothing', { overdue: { amount_minor: 0, due_on: '2026-06-29' } }, []],
    ['a task was due yesterday', { late_task: { id: 't', name: '回电', due_on: '2026-06-29' } }, ['lateTask']],
    ['a task is due today', { late_task: { id: 't', name: '回电', due_on: '2026-06-30' } }, []],
    ['an order was promised for yesterday', { late_order: { ...quote, promised_on: '2026-06-29' } }, ['tellDelay']],
    ['an order is promised for today', { late_order: { ...quote, promised_on: '2026-06-30' } }, []],
    ['a quote ends in three days', { quote: { ...quote, day: '2026-06-28', valid_until: '2026-07-03' } }, ['quoteExpiring']],
    ['a quote ends in four', { quote: { ...quote, day: '2026-06-28', valid_until: '2026-07-04' } }, []],
    ['a quote ended yesterday', { quote: { ...quote, day: '2026-06-28', valid_until: '2026-06-29' } }, []],
    ['a quote is a week without a word', { quote: { ...quote, day: '2026-06-23' } }, ['quoteSilent']],
    ['six days', { quote: { ...quote, day: '2026-06-24' } }, []],
    ['somebody asked the day after', { quote: { ...quote, day: '2026-06-19' }, last_contact_on: '2026-06-20' }, []],
    ['their rhythm has come round', { score }, ['callAgain']],
    ['it comes tomorrow', { score: { ...score, expected_on: '2026-07-01' } }, []],
    ['they are given up today', { score: { ...score, lapses_on: '2026-06-30' } }, []],
    ['the risk is high', { score: { ...score, expected_on: null, risk: 60, reasons: ['gone'] } }, ['winBack']],
    ['the risk is nearly', { score: { ...score, expected_on: null, risk: 59, reasons: ['gone'] } }, []],
    ['an opportunity stood still for thirty days', { opportunity: { id: 'o', name: '团购', quiet_since: '2026-05-31' } }, ['dealStalled']],
    ['twenty-nine', { opportunity: { id: 'o', name: '团购', quiet_since: '2026-06-01' } }, []],
    ['they never bought', { has_bought: false, known_since: '2026-06-27' }, ['firstOrder']],
    ['they came the day before yesterday', { has_bought: false, known_since: '2026-06-28' }, []],
    ['they never bought, and have a quote', { has_bought: false, known_since: '2026-06-01', quote: { ...quote, day: '2026-06-28' } }, []],
    ['something goes with what they buy', { recommended: { id: 'i', name: '茶杯', because: '绿茶', confidence_e8: 5e7 } }, ['crossSell']],
    ['nobody spoke for sixty days', { last_contact_on: '2026-05-01' }, ['keepTouch']],
    ['fifty-nine', { last_contact_on: '2026-05-02' }, []],
    ['nobody ever spoke, a task is there', { last_contact_on: null, next_task_on: '2026-07-05' }, []],
    ['nobody ever spoke', { last_contact_on: null }, ['keepTouch']],
    ['debts come before selling', { score, overdue: { amount_minor: 9, due_on: '2026-06-01' }, recommended: { id: 'i', name: '茶杯', because: '绿茶', confidence_e8: 5e7 } }, ['collect', 'callAgain', 'crossSell']],
  ])('%s', (_, changed, steps) => expect(nextSteps({ ...calm, ...changed }).map((s) => s.what)).toEqual(steps))

  test('says with what facts', () => {
    expect(nextSteps({ ...calm, overdue: { amount_minor: 12_300, due_on: '2026-06-20' } })[0]).toEqual({ what: 'collect', how: 'call', because: { amount_minor: 12_300, days: 10 }, source: null })
    expect(nextSteps({ ...calm, score, next_item: { id: 'i', name: '绿茶' } })[0]).toEqual({ what: 'callAgain', how: 'call', because: { interval: 30, day: '2026-05-31', item: '绿茶' }, source: { kind: 'item', id: 'i' } })
  })
})

test('the whole customer: what stands open, what to do next, and only what the reader may know', async () => {
  const t = await testOffice()
  await openToOthers(t)
  const amy = await addUser(t, { login: 'amy', role: 'sales' })
  const bob = await addUser(t, { login: 'bob', role: 'sales' })
  const { party_id } = await t.run(parties.createParty, { name: '茶楼', terms_days: 5, assigned_to: amy })
  const { item_id } = await t.run(catalog.createItem, { name: '绿茶', kind: 'stocked', base_unit: '盒', costing: 'average', price_e4: 1_000_000 })
  const whole = (as?: string) => t.ask(insights.wholeCustomer, { party_id }, as)
  expect(await whole()).toEqual({ steps: [], may_phrase: 0, open: [] })
  t.today = '2026-01-18'
  expect((await whole()).steps).toMatchObject([{ what: 'firstOrder', because: { days: 3 } }])
  await t.run(inventory.postAdjustment, { kind: 'opening', day: '2026-01-01', reason: '期初', lines: [{ item_id, quantity_e6: 5 * E6, value_minor: 20_000 }] })
  const lines = [{ item_id, quantity_e6: 4 * E6, price_e4: 1_000_000 }]
  const { quote_id } = await t.run(sales.createQuote, { party_id, lines, valid_until: '2026-02-20' })
  await t.run(sales.sendQuote, { quote_id })
  await t.run(sales.deliverDirect, { party_id, lines: [{ item_id, quantity_e6: E6, price_e4: 1_000_000 }] })
  const { order_id } = await t.run(sales.createOrder, { party_id, lines, wanted_on: '2026-01-22' })
  await t.run(sales.confirmOrder, { order_id })
  await t.run(crm.createOpportunity, { name: '团购', party_id })
  await t.run(crm.createTask, { title: '回电', party_id, due_on: '2026-01-20' })
  expect((await whole()).open.map((o) => [o.kind, o.title ?? o.number])).toEqual([
    ['quote', expect.stringMatching(/^QT/)], ['order', expect.stringMatching(/^SO/)], ['opportunity', '团购'], ['task', '回电'],
  ])
  t.today = '2026-01-26'
  expect((await whole()).steps.map((s) => s.what)).toEqual(['collect', 'lateTask', 'tellDelay', 'quoteSilent', 'keepTouch'])
  // Amy may see her customers' documents; whether she sees debts her role says. Bob sees nothing of them.
  expect((await whole(amy)).open.length).toBe(4)
  expect((await t.refused(insights.wholeCustomer, { party_id }, bob)).code).toBe('parties.partyNotFound')
  const { delivery_id } = await t.run(sales.deliver, { order_id, invoice: 'apart' })
  expect((await whole()).open.filter((o) => o.kind === 'order' || o.kind === 'delivery').map((o) => o.id)).toEqual([delivery_id])
  await t.run(sales.postInvoice, { delivery_ids: [delivery_id!] })
  const { class_id } = (await t.ask(service.listClasses, {})).rows[0]!
  await t.run(service.createTicket, { party_id, class_id, subject: '包装破损', assignee_id: null })
  expect((await whole()).steps[0]).toMatchObject({ what: 'answerTicket', because: { title: '包装破损', days: 0 } })
  await t.run(sales.loseQuote, { quote_id, lost_reason: '太贵' })
  expect((await whole()).open.map((o) => o.kind)).toEqual(['ticket', 'opportunity', 'task'])
})
