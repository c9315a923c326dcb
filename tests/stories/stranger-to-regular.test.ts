import { expect, test } from 'vitest'
import { openItems, receivePayment } from '../../src-main/modules/accounting/contract.ts'
import { addDays } from '../../src-main/kernel/day.ts'
import { createItem } from '../../src-main/modules/catalog/contract.ts'
import * as contracts from '../../src-main/modules/contracts/contract.ts'
import * as crm from '../../src-main/modules/crm/contract.ts'
import * as insights from '../../src-main/modules/insights/contract.ts'
import { postAdjustment } from '../../src-main/modules/inventory/contract.ts'
import { createParty, getParty } from '../../src-main/modules/parties/contract.ts'
import * as platform from '../../src-main/modules/platform/contract.ts'
import { postBill } from '../../src-main/modules/purchasing/contract.ts'
import * as sales from '../../src-main/modules/sales/contract.ts'
import * as service from '../../src-main/modules/service/contract.ts'
import { testOffice, type TestOffice } from '../support/office.ts'
import { addUser, openToOthers } from '../support/people.ts'

const E6 = 1_000_000
const set = (t: TestOffice, key: string, value: number | string) => t.run(platform.setSetting, { key, value })

/** A tea merchant with a salesperson, a bookkeeper and somebody in the warehouse; 60 boxes in stock at 200.00. */
async function shop() {
  const t = await testOffice()
  await openToOthers(t)
  const amy = await addUser(t, { login: 'amy', role: 'sales' })
  const kim = await addUser(t, { login: 'kim', role: 'bookkeeper' })
  const wu = await addUser(t, { login: 'wu', role: 'warehouse' })
  const { item_id } = await t.run(createItem, { name: '明前龙井', kind: 'stocked', base_unit: '盒', costing: 'average', price_e4: 3_800_000 })
  await t.run(postAdjustment, { kind: 'opening', day: '2026-01-01', reason: '期初', lines: [{ item_id, quantity_e6: 60 * E6, value_minor: 1_200_000 }] })
  const supplier = (await t.run(createParty, { name: '梅家坞茶厂', is_customer: 0, is_supplier: 1 })).party_id
  await set(t, 'credit.approves_orders', 1)
  await set(t, 'insights.uses_thresholds', 1)
  return { t, amy, kim, wu, item_id, supplier }
}

/** From the first e-mail to the signed contract: lead, two visits, customer, opportunity, a quote in two versions. */
async function won({ t, amy, item_id }: Awaited<ReturnType<typeof shop>>) {
  const { lead_id } = await t.run(crm.createLead, { email: 'lin@shanyecha.example', source: '官网', name: '林小姐' }, amy)
  // All that was known was an address; the first visit tells who they are.
  const { task_ids } = await t.run(crm.planVisits, { day: '2026-01-16', stops: [{ lead_id, title: '带样品认识一下', minute: 600 }] }, amy)
  t.today = '2026-01-16'
  await t.run(crm.checkIn, { task_id: task_ids[0]!, note: '茶馆在二楼' }, amy)
  const first = await t.run(crm.logActivity, { lead_id, kind: 'visit', text: '山野茶馆，想换一款口粮茶', result: 'interested', task_id: task_ids[0]!, next_step: '带新茶再去', next_kind: 'visit', next_on: '2026-01-19' }, amy)
  await t.run(crm.updateLead, { lead_id, name: '林小姐', company: '山野茶馆', email: 'lin@shanyecha.example', phone: '0571 8800 1234', source: '官网' }, amy)
  t.today = '2026-01-19'
  await t.run(crm.checkIn, { task_id: first.task_id! }, amy)
  await t.run(crm.logActivity, { lead_id, kind: 'visit', text: '试喝满意，要报价', result: 'promised', task_id: first.task_id! }, amy)
  expect(await t.ask(crm.getLead, { lead_id }, amy)).toMatchObject({ state: 'working', score: 70, owner_name: 'amy' })
  const { party_id, opportunity_id: begun } = await t.run(crm.convertLead, { lead_id, opportunity: { name: '口粮茶年约', expected_on: '2026-02-10' } }, amy)
  const opportunity_id = begun!
  await t.run(crm.updateOpportunity, { opportunity_id, name: '口粮茶年约', contact_name: '林小姐', expected_on: '2026-02-10', lines: [{ item_id, quantity_e6: 100 * E6, price_e4: 3_800_000 }] }, amy)
  const { quote_id } = await t.run(crm.quoteOpportunity, { opportunity_id }, amy)
  await t.run(sales.sendQuote, { quote_id }, amy)
  const second = await t.run(sales.reviseQuote, { quote_id }, amy)
  await t.run(sales.updateQuote, { quote_id: second.quote_id, party_id, lines: [{ item_id, quantity_e6: 100 * E6, price_e4: 3_600_000 }] }, amy)
  await t.run(sales.sendQuote, { quote_id: second.quote_id }, amy)
  const { contract_id } = await t.run(contracts.draftContract, { quote_id: second.quote_id }, amy)
  await t.run(contracts.signContract, { contract_id, signed_on: '2026-01-19' }, amy)
  const { order_id } = await t.run(contracts.orderContract, { contract_id }, amy)
  await t.run(crm.winOpportunity, { opportunity_id, order: 'none', close_reason: '口感' }, amy)
  return { lead_id, party_id, opportunity_id, quotes: [quote_id, second.quote_id] as const, contract_id, order_id }
}

test('from a stranger to a regular: every step follows from the one before, and every link is followed both ways', { timeout: 60_000 }, async () => {
  const house = await shop()
  const { t, amy, kim, wu, item_id, supplier } = house
  const { lead_id, party_id, opportunity_id, quotes, contract_id, order_id } = await won(house)

  // 100 boxes at 360.00 are more than goes without asking.
  const asked = await t.answer(sales.confirmOrder, { order_id }, amy)
  if (asked.ok || asked.kind !== 'pending') throw new Error(JSON.stringify(asked))
  expect(asked.details).toMatchObject({ title: '山野茶馆', reasons: [{ rule: 'credit.orderLarge', values: { total_minor: 3_600_000 } }] })
  await t.run(platform.approve, { approval_id: asked.details.approval_id as string, note: '年约客户' })
  expect((await t.ask(platform.approvalsOf, { source_kind: 'sales.order', source_id: order_id }, amy)).rows).toMatchObject([{ state: 'approved', note: '年约客户' }])

  // 60 of 100 are there: they go at once, and the rest gets a day.
  const steps = async () => (await t.ask(sales.lifecycle, { kind: 'order', id: order_id }, amy)).steps
  expect((await steps()).find((s) => s.step === 'goods')?.stuck).toMatchObject([{ reason: 'short', day: null }])
  await t.run(sales.deliver, { order_id, lines: [{ order_line_no: 1, quantity_e6: 60 * E6 }], invoice: 'with' }, wu)
  const order = await t.ask(sales.getOrder, { order_id }, amy)
  await t.run(sales.changeOrder, { order_id, reason: '余下40盒等新茶到货', wanted_on: '2026-02-02', lines: order.lines.map(({ line_no, item_id: item, quantity_e6, price_e4 }) => ({ line_no, item_id: item, quantity_e6, price_e4 })) }, amy)
  expect(await t.ask(sales.getOrder, { order_id }, amy)).toMatchObject({ wanted_on: '2026-02-02', state: 'confirmed' })
  t.today = '2026-02-01'
  await t.run(postBill, { party_id: supplier, day: '2026-02-01', lines: [{ item_id, quantity_e6: 50 * E6, price_e4: 2_000_000 }] })
  t.today = '2026-02-02'
  const rest = await t.run(sales.deliver, { order_id, invoice: 'with' }, wu)
  expect((await steps()).map((s) => [s.step, s.progress])).toMatchObject([['quote', 'all'], ['order', 'all'], ['goods', 'all'], ['delivered', 'all'], ['invoiced', 'all'], ['paid', 'none']])
  t.today = '2026-02-10'
  const owed = await t.ask(openItems, { party_id, side: 'receivable' }, kim)
  const gross = owed.open_minor
  const allocations = owed.rows.map(({ open_item_id, open_minor }) => ({ open_item_id, amount_minor: open_minor }))
  await t.run(receivePayment, { party_id, day: '2026-02-10', method: 'bank', amount_minor: gross, allocations }, kim)
  expect(await t.ask(contracts.getContract, { contract_id }, amy)).toMatchObject({ paid_minor: gross, plan: [{ state: 'paid' }] })

  // Five boxes of the second delivery were damp: complaint, refund, and the links between them.
  t.today = '2026-02-12'
  const class_id = (await t.ask(service.listClasses, {})).rows[0]!.class_id
  const source = { source_kind: 'sales.invoice', source_id: rest.invoice_id! } as const
  const { ticket_id, number } = await t.run(service.createTicket, { class_id, source, subject: '五盒受潮', item_id }, amy)
  const { refund_id } = await t.run(service.askRefund, { ticket_id, invoice_id: rest.invoice_id!, reason: '受潮', lines: [{ invoice_line_no: 1, amount_minor: 180_000 }] }, amy)
  const refund = await t.run(service.postRefund, { refund_id, method: 'bank' }, kim)
  await t.run(service.closeTicket, { ticket_id, closing_reason: 'refunded', solution: '退款并换了防潮包装', score: 5, confirmed_by: '林小姐' }, amy)
  for (const document of [source, { source_kind: 'sales.invoice', source_id: refund.credit_note_id }, { source_kind: 'accounting.payment', source_id: refund.payment_id! }] as const) {
    expect((await t.ask(service.ticketsOfDocument, document, amy)).rows.map((r) => r.number)).toEqual([number])
  }
  expect((await t.ask(service.getTicket, { ticket_id }, amy)).documents.map((d) => d.kind)).toEqual(expect.arrayContaining(['invoice', 'credit_note']))

  // They come back every month or so; the tier follows, then they fall silent and somebody calls.
  await t.run(insights.recompute, {})
  const before = (await t.ask(insights.getCustomer, { party_id }, amy)).score!
  await t.run(postAdjustment, { day: '2026-02-12', reason: '新茶入库', lines: [{ item_id, quantity_e6: 500 * E6, value_minor: 10_000_000 }] })
  for (const day of ['2026-03-12', '2026-04-11', '2026-05-12']) {
    t.today = day
    await t.run(sales.deliverDirect, { party_id, day, lines: [{ item_id, quantity_e6: 20 * E6, price_e4: 3_600_000 }], payments: [{ method: 'bank', amount_minor: 720_000 }] }, amy)
  }
  await t.run(insights.recompute, { again: 1 })
  const after = await t.ask(insights.getCustomer, { party_id }, amy)
  expect(after.score!.tier_zh).not.toBe(before.tier_zh)
  expect(after.moves.length).toBeGreaterThan(1)
  // Three days after the day they were expected.
  t.today = addDays(after.score!.expected_on!, 2)
  await t.run(insights.recompute, { again: 1 })
  expect((await t.ask(crm.listTasks, { party_id }, amy)).rows).toEqual([])
  t.today = addDays(t.today, 1)
  await t.run(insights.recompute, { again: 1 })
  expect((await t.ask(crm.listTasks, { party_id }, amy)).rows[0]).toMatchObject({ kind: 'call', subject_name: '山野茶馆', assignee_name: 'amy', state: 'open' })

  // Every link, both ways.
  for (const [source_kind, source_id] of [['sales.quote', quotes[0]], ['sales.quote', quotes[1]]] as const) {
    expect(await t.ask(crm.originOfDocument, { source_kind, source_id }, amy)).toMatchObject({ opportunity: { opportunity_id }, lead: { source: '官网' } })
  }
  for (const of of [{ opportunity_id }, { quote_id: quotes[1] }, { order_id }, { party_id }]) {
    expect((await t.ask(contracts.listContracts, { ...of, show: 'all' }, amy)).rows.map((r) => r.contract_id)).toEqual([contract_id])
  }
  expect(await t.ask(contracts.getContract, { contract_id }, amy)).toMatchObject({ opportunity: { id: opportunity_id }, quote: { id: quotes[1] }, order: { id: order_id }, party_id })
  expect((await t.ask(crm.getOpportunity, { opportunity_id }, amy)).documents.map((d) => d.source_kind)).toEqual(expect.arrayContaining(['sales.quote']))
  expect(await t.ask(crm.getLead, { lead_id }, amy)).toMatchObject({ party_id, party_name: '山野茶馆', state: 'converted' })
  expect((await t.ask(crm.contactHabits, { party_id }, amy)).origin).toMatchObject({ lead_id, source: '官网' })
  const happened = (await t.ask(crm.timeline, { party_id, limit: 100 }, amy)).rows.map((r) => r.source_kind)
  expect(new Set(happened)).toEqual(new Set(['crm.activity', 'crm.task', 'sales.quote', 'sales.order', 'sales.delivery', 'sales.invoice', 'accounting.payment']))
  const page = await t.ask(sales.getOrder, { order_id }, amy)
  expect(page.documents.map((d) => d.kind)).toEqual(expect.arrayContaining(['delivery', 'invoice', 'receipt', 'credit_note']))
  for (const { kind, id } of page.documents.filter((d) => d.kind === 'invoice')) {
    expect((await t.ask(sales.getInvoice, { invoice_id: id }, amy)).documents.map((d) => d.id), kind).toContain(order_id)
  }
  expect(await t.ask(getParty, { party_id }, amy)).toMatchObject({ name: '山野茶馆', assigned_name: 'amy' })
  await t.verify()
})
