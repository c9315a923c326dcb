import { expect, test } from 'vitest'
import { receivePayment } from '../../../src-main/modules/accounting/contract.ts'
import { floorPrices, setFloorPrice } from '../../../src-main/modules/catalog/contract.ts'
import * as credit from '../../../src-main/modules/credit/contract.ts'
import * as parties from '../../../src-main/modules/parties/contract.ts'
import * as platform from '../../../src-main/modules/platform/contract.ts'
import * as sales from '../../../src-main/modules/sales/contract.ts'
import { newCommandId } from '../../../src-main/app/world.ts'
import type { TestOffice } from '../../support/office.ts'
import { addUser, openToOthers } from '../../support/people.ts'
import { E6, openShop, price } from '../sales/shop.ts'

const unknownId = '01900000-0000-7000-8000-000000000000'
const set = (t: TestOffice, key: string, value: number) => t.run(platform.setSetting, { key, value })

/** A shop with a salesperson, whose orders are judged. */
async function judged() {
  const shop = await openShop()
  const { t } = shop
  await openToOthers(t)
  const amy = await addUser(t, { login: 'amy', role: 'sales' })
  await set(t, 'credit.approves_orders', 1)
  /** A draft of so much freight, the total in minor units. */
  const draft = async (total_minor: number) =>
    (await t.run(sales.createOrder, { party_id: shop.customer, lines: [{ item_id: shop.freight, quantity_e6: E6, price_e4: total_minor * 100 }] }, amy)).order_id
  return { ...shop, amy, draft }
}
const waiting = async (t: TestOffice, as?: string) => (await t.ask(platform.listApprovals, { show: 'pending' }, as)).rows
const about = (order_id: string) => ({ source_kind: 'sales.order', source_id: order_id })
const pendingIn = async (t: TestOffice, order_id: string, as: string) => {
  const answer = await t.answer(sales.confirmOrder, { order_id }, as)
  if (answer.ok || answer.kind !== 'pending') throw new Error(`it did not wait: ${JSON.stringify(answer)}`)
  return answer.details
}

test('an order of 9,999.99 with good credit approves itself, and says by which rule; one of 10,000.00 waits for a person', async () => {
  const { t, amy, draft } = await judged()
  const small = await draft(999_999)
  await t.run(sales.confirmOrder, { order_id: small }, amy)
  expect((await t.ask(platform.approvalsOf, about(small), amy)).rows).toMatchObject([
    { state: 'by_rule', decided_name: null, reasons: [{ rule: 'credit.orderSmall', verdict: 'approved', values: { total_minor: 999_999, below_minor: 1_000_000, overdue_minor: 0, limit_minor: null } }] },
  ])

  const large = await draft(1_000_000)
  const asked = await pendingIn(t, large, amy)
  expect(asked).toMatchObject({ title: '华美贸易', reasons: [{ rule: 'credit.orderLarge', values: { total_minor: 1_000_000 } }] })
  expect((await t.ask(sales.getOrder, { order_id: large }, amy)).state).toBe('draft')
  expect(await t.ask(platform.approvalCounts, {}, amy)).toEqual({ to_decide: 0, decided: 0 })
  expect(await t.ask(platform.approvalCounts, {})).toEqual({ to_decide: 1, decided: 0 })
  expect(await waiting(t, amy)).toMatchObject([{ is_own: 1, may_decide: 0, asked_name: 'amy' }])

  expect((await t.refused(platform.approve, { approval_id: asked.approval_id }, amy)).code).toBe('platform.notPermitted')
  await t.run(platform.approve, { approval_id: asked.approval_id, note: '老客户' })
  const order = await t.ask(sales.getOrder, { order_id: large }, amy)
  expect(order).toMatchObject({ state: 'confirmed', confirmed_by_name: 'amy' })
  expect((await t.ask(platform.approvalsOf, about(large), amy)).rows).toMatchObject([{ state: 'approved', note: '老客户', reasons: [{ rule: 'credit.orderLarge' }] }])
  expect(await t.ask(platform.approvalCounts, {}, amy)).toEqual({ to_decide: 0, decided: 1 })
  expect(await t.run(platform.seeApprovals, {}, amy)).toEqual({ count: 1 })
  expect(await t.ask(platform.approvalCounts, {}, amy)).toEqual({ to_decide: 0, decided: 0 })
  expect((await t.refused(platform.approve, { approval_id: asked.approval_id })).code).toBe('platform.approvalStateForbids')
  // Asked and done are both in the audit: who asked, who approved, and what was then done in the asker's name.
  const audit = (await t.ask(platform.listAudit, { limit: 10 })).rows.map((r) => `${r.name} ${r.user_name}`)
  expect(audit).toEqual(expect.arrayContaining(['platform.askApproval amy', 'sales.confirmOrder amy', expect.stringMatching(/^platform\.approve /)]))
  await expect(t.office.engine.write(async (db) => db.run((await import('../../../db/schema/platform.ts')).approval, 'delete from platform_approval'))).rejects.toThrow('platform.approvalIsPermanent')
})

test('bad credit waits however small the order: something overdue, or beyond the limit', async () => {
  const { t, amy, draft, customer, freight } = await judged()
  await t.run(sales.deliverDirect, { party_id: customer, lines: [{ item_id: freight, quantity_e6: E6, price_e4: price(300) }], due_on: '2026-01-20' })
  const order_id = await draft(10_000)
  t.today = '2026-01-20'
  await t.run(sales.confirmOrder, { order_id }, amy)
  t.today = '2026-01-21'
  const late = await pendingIn(t, await draft(10_000), amy)
  expect(late.reasons).toMatchObject([{ rule: 'credit.orderOverdue', values: { overdue_minor: 30_000, overdue_days: 1 } }])
  await set(t, 'credit.good_credit_days', 1)
  await t.run(sales.confirmOrder, { order_id: await draft(10_000) }, amy)
  // Owed: 300.00 invoiced and 200.00 ordered. The limit itself is kept by sales, for whoever may go beyond it.
  await t.run(parties.updateParty, { party_id: customer, credit_limit_minor: 50_000 })
  expect((await t.refused(sales.confirmOrder, { order_id: await draft(1) }, amy)).code).toBe('sales.creditLimitExceeded')
  const { grants } = (await t.ask(platform.listRoles, {})).rows.find((r) => r.code === 'sales')!
  const role_id = (await t.ask(platform.listRoles, {})).rows.find((r) => r.code === 'sales')!.role_id
  await t.run(platform.setGrants, { role_id, grants: [...grants, { permission: 'sales.overrideCredit', scope: 'own' }] })
  const beyond = await draft(1)
  const answer = await t.answer(sales.confirmOrder, { order_id: beyond, override_credit_reason: '急单' }, amy)
  expect(answer).toMatchObject({ ok: false, kind: 'pending', details: { reasons: [{ rule: 'credit.orderOverLimit', values: { owed_minor: 50_000, limit_minor: 50_000 } }] } })
})

test('the same commandId asks once; asking again replaces, changing outdates, and a request is withdrawn or rejected with a reason', async () => {
  const { t, amy, draft, customer, freight } = await judged()
  const order_id = await draft(2_000_000)
  const commandId = newCommandId()
  const send = (input: object = { order_id }) => t.office.run({ name: 'sales.confirmOrder', input, commandId }, { desk: 'test', userId: amy })
  const first = await send()
  expect(await send()).toEqual(first)
  expect(await waiting(t)).toHaveLength(1)
  expect(await send({ order_id, override_credit_reason: 'x' })).toMatchObject({ ok: false, kind: 'invalid' })

  const second = await pendingIn(t, order_id, amy)
  expect((await waiting(t)).map((r) => r.approval_id)).toEqual([second.approval_id])
  await t.run(sales.updateOrder, { order_id, party_id: customer, lines: [{ item_id: freight, quantity_e6: 2 * E6, price_e4: price(20_000) }] }, amy)
  expect(await t.refused(platform.approve, { approval_id: second.approval_id })).toEqual({ code: 'platform.approvalOutdated', details: { title: '华美贸易' } })
  expect((await waiting(t))[0]!.state).toBe('pending')

  const third = await pendingIn(t, order_id, amy)
  expect((await t.refused(platform.withdrawApproval, { approval_id: third.approval_id })).code).toBe('platform.approvalNotFound')
  await t.run(platform.withdrawApproval, { approval_id: third.approval_id }, amy)
  const fourth = await pendingIn(t, order_id, amy)
  const bob = await addUser(t, { login: 'bob', role: 'sales' })
  expect((await t.refused(platform.rejectApproval, { approval_id: fourth.approval_id, reason: '不行' }, bob)).code).toBe('platform.approvalNotFound')
  expect((await t.refused(platform.rejectApproval, { approval_id: unknownId, reason: '不行' })).code).toBe('platform.approvalNotFound')
  await t.run(platform.rejectApproval, { approval_id: fourth.approval_id, reason: '先收旧账' })
  expect((await t.ask(platform.approvalsOf, about(order_id), amy)).rows.map((r) => `${r.state} ${r.note ?? ''}`)).toEqual(['rejected 先收旧账', 'withdrawn ', 'replaced ', 'replaced '])
  expect((await t.ask(platform.listApprovals, { show: 'decided' }, bob)).total).toBe(0)
  expect((await t.ask(platform.listApprovals, { show: 'own' }, amy)).total).toBe(4)
  expect((await t.ask(platform.listApprovals, { show: 'to_decide' })).total).toBe(0)
})

test('what the command itself refuses is refused at approval too, and the request goes on waiting; nobody acts for who has left', async () => {
  const { t, amy, draft, customer } = await judged()
  const asked = await pendingIn(t, await draft(2_000_000), amy)
  await t.run(parties.deactivateParty, { party_id: customer })
  expect((await t.refused(platform.approve, { approval_id: asked.approval_id })).code).toBe('sales.partyInactive')
  expect(await waiting(t)).toHaveLength(1)
  await t.run(parties.reactivateParty, { party_id: customer })
  await t.run(platform.deactivateUser, { user_id: amy })
  expect((await t.refused(platform.approve, { approval_id: asked.approval_id })).code).toBe('platform.approvalAskerGone')
})

test('who may approve need not ask for his own, unless the company wants four eyes', async () => {
  const { t, draft } = await judged()
  const own = await draft(2_000_000)
  await t.run(sales.confirmOrder, { order_id: own })
  expect((await t.ask(platform.approvalsOf, about(own))).rows).toMatchObject([{ state: 'approved', is_own: 1, reasons: [{ rule: 'credit.orderLarge', verdict: 'waits' }] }])
  await set(t, 'platform.approvers_decide_own', 0)
  const owner = (await t.office.bus.people()).ownerId!
  const { approval_id } = await pendingIn(t, await draft(2_000_000), owner)
  expect((await t.refused(platform.approve, { approval_id })).code).toBe('platform.approvalOwn')
  expect(await t.ask(platform.approvalCounts, {})).toMatchObject({ to_decide: 0 })
})

test('a confirmed order that grows is judged as it shall be; one that shrinks is not', async () => {
  const { t, amy, draft, freight } = await judged()
  const order_id = await draft(900_000)
  await t.run(sales.confirmOrder, { order_id }, amy)
  const to = (major: number) => ({ order_id, lines: [{ line_no: 1, item_id: freight, quantity_e6: E6, price_e4: price(major) }] })
  await t.run(sales.changeOrder, to(8_000), amy)
  const answer = await t.answer(sales.changeOrder, to(10_000), amy)
  if (answer.ok || answer.kind !== 'pending') throw new Error(JSON.stringify(answer))
  await t.run(platform.approve, { approval_id: answer.details.approval_id })
  expect((await t.ask(sales.getOrder, { order_id }, amy)).gross_minor).toBe(1_000_000)
})

test('a price at the floor passes and one e4 under it waits, for quotes, orders and the counter; the floor itself is for who may know it', async () => {
  const { t, amy, customer, water } = await judged()
  await set(t, 'credit.approves_orders', 0)
  await t.run(setFloorPrice, { item_id: water, floor_price_e4: 80_000 })
  expect((await t.refused(floorPrices, { item_ids: [water] }, amy)).code).toBe('platform.notPermitted')
  expect(await t.ask(floorPrices, { item_ids: [water] })).toEqual({ rows: [{ item_id: water, floor_price_e4: 80_000 }] })
  // Floor and cost stand beside the line for who may know them: a box of twelve, 6.00 a bottle.
  const asked = { item_id: water, unit: '箱' }
  expect(await t.ask(sales.getPrice, asked)).toMatchObject({ floor_price_e4: 960_000, cost_e4: 720_000 })
  expect(await t.ask(sales.getPrice, asked, amy)).toMatchObject({ floor_price_e4: null, cost_e4: null })
  const offer = (price_e4: number, more: object = {}) => ({ party_id: customer, lines: [{ item_id: water, quantity_e6: 10 * E6, price_e4, ...more }] })
  const quote = async (price_e4: number) => (await t.run(sales.createQuote, offer(price_e4), amy)).quote_id
  const held = await quote(80_000)
  await t.run(sales.sendQuote, { quote_id: held }, amy)
  expect((await t.ask(platform.approvalsOf, { source_kind: 'sales.quote', source_id: held }, amy)).rows).toMatchObject([{ state: 'by_rule', reasons: [{ rule: 'credit.pricesHold', values: { lines: 1 } }] }])
  const low = await t.answer(sales.sendQuote, { quote_id: await quote(79_999) }, amy)
  expect(low).toMatchObject({ ok: false, kind: 'pending', details: { reasons: [{ rule: 'credit.priceBelowFloor' }] } })
  if (low.ok || low.kind !== 'pending') throw new Error()
  expect(Object.keys(low.details.reasons[0]!.values)).not.toContain('floor_e4')
  expect((await waiting(t))[0]!.reasons[0]!.values).toMatchObject({ line_no: 1, item_name: '矿泉水', price_e4: 79_999, floor_e4: 80_000 })
  await t.run(platform.approve, { approval_id: low.details.approval_id })

  // In a box of 12: 96.0000 is the floor.
  const box = async (price_e4: number) => (await t.run(sales.createOrder, offer(price_e4, { unit: '箱', quantity_e6: E6 }), amy)).order_id
  await t.run(sales.confirmOrder, { order_id: await box(960_000) }, amy)
  expect((await pendingIn(t, await box(959_999), amy)).reasons).toMatchObject([{ rule: 'credit.priceBelowFloor', values: { price_e4: 959_999 } }])
  // A discount goes below it as well as a price: 10 at 9.00 less 10.00 is 80.00 in all, less 10.01 is not.
  const reduced = async (discount_minor: number) => (await t.run(sales.createOrder, { ...offer(90_000), discount_minor }, amy)).order_id
  await t.run(sales.confirmOrder, { order_id: await reduced(1_000) }, amy)
  await pendingIn(t, await reduced(1_001), amy)
  const counter = await t.answer(sales.deliverDirect, offer(79_999), amy)
  if (counter.ok || counter.kind !== 'pending') throw new Error(JSON.stringify(counter))
  await t.run(platform.approve, { approval_id: counter.details.approval_id })
  expect((await t.ask(sales.listInvoices, {}, amy)).rows).toMatchObject([{ gross_minor: 8_000 }])
})

test('more than 30 days overdue freezes new orders, and says which document; a release with a reason lets them through until its day', async () => {
  const { t, amy, draft, customer, freight } = await judged()
  await set(t, 'credit.approves_orders', 0)
  await set(t, 'credit.freezes', 1)
  const { invoice_number } = await t.run(sales.deliverDirect, { party_id: customer, lines: [{ item_id: freight, quantity_e6: E6, price_e4: price(300) }], due_on: '2026-01-20' })
  t.today = '2026-02-19'
  await t.run(sales.confirmOrder, { order_id: await draft(10_000) }, amy)
  expect((await t.ask(credit.listFrozen, {})).total).toBe(0)
  expect((await t.refused(credit.releaseCustomer, { party_id: customer, until_on: '2026-02-25', reason: 'x' })).code).toBe('credit.notFrozen')
  t.today = '2026-02-20'
  const order_id = await draft(10_000)
  expect(await t.refused(sales.confirmOrder, { order_id }, amy)).toEqual({
    code: 'credit.customerFrozen',
    details: { party_name: '华美贸易', number: invoice_number, days: 31, overdue_minor: 30_000, most_days: 30 },
  })
  const sale = { party_id: customer, lines: [{ item_id: freight, quantity_e6: E6, price_e4: price(30) }] }
  expect((await t.refused(sales.deliverDirect, sale, amy)).code).toBe('credit.customerFrozen')
  // Who pays at once owes nothing more.
  await t.run(sales.deliverDirect, { ...sale, payments: [{ method: 'cash', amount_minor: 3_000 }] })
  expect(await t.ask(credit.listFrozen, {}, amy)).toMatchObject({ total: 1, waiting: 1, rows: [{ party_name: '华美贸易', number: invoice_number, overdue_days: 31, overdue_minor: 30_000, released_until: null }] })

  expect((await t.refused(credit.releaseCustomer, { party_id: customer, until_on: '2026-02-25', reason: '已承诺' }, amy)).code).toBe('platform.notPermitted')
  expect((await t.refused(credit.releaseCustomer, { party_id: customer, until_on: '2026-02-19', reason: '已承诺' })).code).toBe('credit.dayPassed')
  expect((await t.refused(credit.endRelease, { party_id: customer })).code).toBe('credit.notReleased')
  await t.run(credit.releaseCustomer, { party_id: customer, until_on: '2026-02-25', reason: '已承诺周内付' })
  t.today = '2026-02-25'
  await t.run(sales.confirmOrder, { order_id }, amy)
  expect(await t.ask(credit.listFrozen, {})).toMatchObject({ total: 1, waiting: 0, rows: [{ released_until: '2026-02-25' }] })
  t.today = '2026-02-26'
  expect((await t.refused(sales.confirmOrder, { order_id: await draft(10_000) }, amy)).code).toBe('credit.customerFrozen')
  await t.run(credit.releaseCustomer, { party_id: customer, until_on: '2026-03-25', reason: '再等' })
  await t.run(credit.endRelease, { party_id: customer })
  expect(await t.ask(credit.customerCredit, { party_id: customer }, amy)).toMatchObject({
    is_frozen: 1, released_until: null, overdue_minor: 30_000, overdue_days: 37, oldest_number: invoice_number,
    releases: [{ reason: '再等', until_on: '2026-03-25' }, { reason: '已承诺周内付', ended_at: null }],
  })
  await t.run(receivePayment, { party_id: customer, day: '2026-02-26', method: 'bank', amount_minor: 30_000 })
  await t.run(sales.confirmOrder, { order_id: await draft(10_000) }, amy)
  expect(await t.ask(credit.customerCredit, { party_id: customer }, amy)).toMatchObject({ is_frozen: 0, overdue_minor: 0 })
  const other = await t.run(parties.createParty, { name: '别人的', assigned_to: (await t.office.bus.people()).ownerId! })
  expect((await t.refused(credit.customerCredit, { party_id: other.party_id }, amy)).code).toBe('parties.partyNotFound')
  const { release } = await import('../../../db/schema/credit.ts')
  await expect(t.office.engine.write((db) => db.run(release, 'delete from credit_release'))).rejects.toThrow('credit.recordIsPermanent')
})
