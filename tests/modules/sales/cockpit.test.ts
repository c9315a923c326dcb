import { expect, test } from 'vitest'
import {
  ageing, cash, ledger, lockPeriod, paySupplier, payments, receivePayment, trialBalance,
} from '../../../src-main/modules/accounting/contract.ts'
import { createItem, updateItem } from '../../../src-main/modules/catalog/contract.ts'
import { stock, valuation } from '../../../src-main/modules/inventory/contract.ts'
import { assignParty, createParty } from '../../../src-main/modules/parties/contract.ts'
import { postBill, postLateCost } from '../../../src-main/modules/purchasing/contract.ts'
import {
  confirmOrder, createOrder, createQuote, deliver, deliverDirect, home, listInvoices, listOrders, listQuotes, postInvoice, profit,
  returnGoods, reverseInvoice, sendQuote, trend,
} from '../../../src-main/modules/sales/contract.ts'
import { addUser, openToOthers } from '../../support/people.ts'
import type { TestOffice } from '../../support/office.ts'
import { clearOpening, E6, openShop, price, type Shop } from './shop.ts'

// Every figure of the start page is compared with the books, and with the list to which it leads.

const since = '2026-01-01'

/** Credit less debit of an account in a span, as the trial balance has it. */
async function turnoverOf(t: TestOffice, role: string, { from, to }: { from: string; to: string }): Promise<number> {
  const { account_id } = (await t.office.engine.read((db) => db.get<{ account_id: string }>(`select account_id from accounting_role where role = '${role}'`)))!
  const row = (await t.ask(trialBalance, { from, to })).rows.find((r) => r.account_id === account_id)
  return row ? row.credit_minor - row.debit_minor : 0
}

type Story = Shop & { readonly other: string; readonly supplier: string }

/** Three months of a shop: sales at once and apart, goods and money back, a bill whose freight comes late. */
async function threeMonths(): Promise<Story> {
  const shop = await openShop({ taxpayer: 'small' })
  const { t, water, lamp, freight, customer } = shop
  const other = (await t.run(createParty, { name: '晨光超市', kind: 'company', terms_days: 0 })).party_id
  const supplier = (await t.run(createParty, { name: '灯具厂', kind: 'company', is_customer: 0, is_supplier: 1, terms_days: 30 })).party_id
  t.today = '2026-01-20'
  const bill = await t.run(postBill, { party_id: supplier, day: t.today, prices_include_tax: 1, lines: [{ item_id: lamp, quantity_e6: 20 * E6, price_e4: price(46) }] })
  await t.run(deliverDirect, { party_id: customer, lines: [{ item_id: lamp, quantity_e6: 30 * E6, price_e4: price(99) }, { item_id: freight, quantity_e6: E6, price_e4: price(30) }] })
  t.today = '2026-02-05'
  const order = await t.run(createOrder, { party_id: other, wanted_on: '2026-02-06', lines: [{ item_id: water, quantity_e6: 40 * E6, price_e4: price(10) }, { item_id: lamp, quantity_e6: 5 * E6, price_e4: price(95) }] })
  await t.run(confirmOrder, { order_id: order.order_id })
  const sent = await t.run(deliver, { order_id: order.order_id, invoice: 'apart' })
  t.today = '2026-02-10'
  await t.run(postInvoice, { delivery_ids: [sent.delivery_id!] })
  // Freight of the lamps comes late: part of it belongs to lamps that are sold.
  await t.run(postLateCost, { bill_id: bill.bill_id, party_id: supplier, day: t.today, gross_minor: 7_000 })
  const sold = await t.run(deliverDirect, { party_id: other, lines: [{ item_id: lamp, quantity_e6: 6 * E6, price_e4: price(90) }] })
  t.today = '2026-03-03'
  await t.run(returnGoods, { lines: [{ delivery_id: sold.delivery_id!, delivery_line_no: 1, quantity_e6: 2 * E6, disposition: 'restock' }], reason: '破损', invoice: 'with' })
  const wrong = await t.run(deliverDirect, { party_id: customer, lines: [{ item_id: water, quantity_e6: 3 * E6, price_e4: price(10) }] })
  await t.run(reverseInvoice, { invoice_id: wrong.invoice_id!, reason: '开错' })
  t.today = '2026-03-12'
  await t.run(deliverDirect, { party_id: customer, lines: [{ item_id: water, quantity_e6: 12 * E6, price_e4: price(11) }] })
  await t.run(receivePayment, { party_id: other, day: t.today, method: 'wechat', amount_minor: 20_000, allocations: [] })
  await t.run(paySupplier, { party_id: supplier, day: t.today, method: 'bank', amount_minor: 50_000, allocations: [] })
  return { ...shop, other, supplier }
}

test('sales by month, by day and side by side equal the invoices listed and the revenue in the books', async () => {
  const { t } = await threeMonths()
  const seen = await t.ask(trend, {})
  expect(seen.months).toHaveLength(13)
  expect(seen.months.filter((m) => m.gross_minor !== 0).map((m) => m.month)).toEqual(['2026-01', '2026-02', '2026-03'])
  for (const span of [...seen.months, seen.today, seen.this_month, seen.last_month, seen.last_month_so_far]) {
    expect(span.gross_minor).toBe((await t.ask(listInvoices, { from: span.from, to: span.to })).gross_minor)
    expect(span.net_minor).toBe(await turnoverOf(t, 'revenue', span))
  }
  expect(seen.this_month).toMatchObject({ from: '2026-03-01', to: '2026-03-12' })
  expect(seen.last_month_so_far).toMatchObject({ from: '2026-02-01', to: '2026-02-12' })
  expect(seen.year_ago).toMatchObject({ from: '2025-03-01', to: '2025-03-31', gross_minor: 0 })
  const summed = (column: 'this_month_minor' | 'last_month_minor') => seen.days.reduce((sum, d) => sum + (d[column] ?? 0), 0)
  expect([summed('this_month_minor'), summed('last_month_minor')]).toEqual([seen.this_month.gross_minor, seen.last_month.gross_minor])
  expect(seen.days[11]!.this_month_minor).not.toBeNull()
  expect(seen.days[12]!.this_month_minor).toBeNull()
  expect(seen.days[28]).toMatchObject({ last_month_minor: null, year_ago_minor: 0 })
  t.today = '2026-03-31'
  expect((await t.ask(trend, {})).last_month_so_far).toMatchObject({ to: '2026-02-28' })
})

test('customers, items and documents earn what revenue less cost of sales says, month by month', async () => {
  const { t, lamp, customer, other } = await threeMonths()
  for (const span of [{ from: since, to: t.today }, { from: '2026-01-01', to: '2026-01-31' }, { from: '2026-02-01', to: '2026-02-28' }, { from: '2026-03-01', to: '2026-03-31' }]) {
    const cost_minor = -(await turnoverOf(t, 'cost_of_sales', span))
    const net_minor = await turnoverOf(t, 'revenue', span)
    const { gross_minor } = await t.ask(listInvoices, span)
    const whole = { gross_minor, net_minor, cost_minor, margin_minor: net_minor - cost_minor }
    expect(cost_minor).not.toBe(0)
    for (const by of ['party', 'item', 'document'] as const) {
      const report = await t.ask(profit, { by, ...span })
      expect(report).toMatchObject(whole)
      expect(report.rows.reduce((sum, r) => sum + r.margin_minor!, 0)).toBe(whole.margin_minor)
    }
  }
  // Each row leads to documents whose totals are the row.
  const span = { from: since, to: t.today }
  const parties = (await t.ask(profit, { by: 'party', ...span })).rows
  expect(parties.map((r) => r.id)).toEqual([customer, other])
  for (const { id, gross_minor, net_minor, cost_minor, margin_minor } of parties) {
    expect(await t.ask(profit, { by: 'document', party_id: id, ...span })).toMatchObject({ gross_minor, net_minor, cost_minor, margin_minor })
    expect((await t.ask(listInvoices, { party_id: id, ...span })).gross_minor).toBe(gross_minor)
  }
  const items = await t.ask(profit, { by: 'item', sort: 'margin', ...span })
  expect(items.rows.map((r) => r.code)).toEqual(['L', 'W', 'F'])
  const { gross_minor, margin_minor } = items.rows[0]!
  const documents = await t.ask(profit, { by: 'document', item_id: lamp, ...span })
  expect(documents).toMatchObject({ gross_minor, margin_minor })
  expect(documents.rows[0]).toMatchObject({ kind: 'invoice', code: 'IN2026-00001', name: '华美贸易', day: '2026-01-20' })
  expect((await t.ask(profit, { by: 'document', limit: 1, offset: 1, ...span })).rows).toHaveLength(1)
})

test('what a closing only accrues stands in the books apart, and in no invoice', async () => {
  const { t, other, lamp } = await threeMonths()
  await clearOpening(t)
  t.today = '2026-03-25'
  const order = await t.run(createOrder, { party_id: other, lines: [{ item_id: lamp, quantity_e6: 3 * E6, price_e4: price(101) }] })
  await t.run(confirmOrder, { order_id: order.order_id })
  await t.run(deliver, { order_id: order.order_id, invoice: 'apart' })
  const march = { from: '2026-03-01', to: '2026-03-31' }
  const before = await t.ask(profit, { by: 'party', ...march })
  t.today = '2026-04-02'
  for (const through of ['2026-01-31', '2026-02-28', '2026-03-31']) await t.run(lockPeriod, { through })
  const accrued = (await t.office.engine.read((db) => db.get<{ revenue: number; cost: number }>(
    'select sum(revenue_minor) as revenue, sum(cost_minor) as cost from sales_accrual',
  )))!
  expect(accrued.revenue).toBeGreaterThan(0)
  expect(await t.ask(profit, { by: 'party', ...march })).toEqual(before)
  expect(await turnoverOf(t, 'revenue', march)).toBe(before.net_minor + accrued.revenue)
  expect(-(await turnoverOf(t, 'cost_of_sales', march))).toBe(before.cost_minor! + accrued.cost)
})

test('cash and bank stand as their ledgers do, day by day', async () => {
  const { t } = await threeMonths()
  const seen = await t.ask(cash, {})
  expect(seen).toMatchObject({ from: '2026-02-11', to: '2026-03-12', balance_minor: 20_000 - 50_000 })
  expect(seen.days).toHaveLength(30)
  expect(seen.days.at(-1)).toEqual({ day: '2026-03-12', debit_minor: 20_000, credit_minor: 50_000, balance_minor: -30_000 })
  expect(seen.days.at(-2)).toMatchObject({ balance_minor: 0 })
  let sum = 0
  for (const { account_id, balance_minor } of seen.accounts) {
    const { closing } = await t.ask(ledger, { account_id, from: seen.from, to: seen.to })
    const signed = closing.direction === 'credit' ? -closing.balance_minor : closing.balance_minor
    expect(signed).toBe(balance_minor)
    sum += signed
  }
  expect(sum).toBe(seen.balance_minor)
})

test('what waits is what the lists show', async () => {
  const { t, lamp, water, customer, other } = await threeMonths()
  const order = await t.run(createOrder, { party_id: other, wanted_on: '2026-03-01', lines: [{ item_id: lamp, quantity_e6: 90 * E6, price_e4: price(99) }] })
  await t.run(confirmOrder, { order_id: order.order_id })
  await t.run(createOrder, { party_id: customer, lines: [{ item_id: water, quantity_e6: E6, price_e4: price(10) }] })
  await t.run(createQuote, { party_id: customer, lines: [{ item_id: water, quantity_e6: E6, price_e4: price(10) }] })
  const { quote_id } = await t.run(createQuote, { party_id: customer, lines: [{ item_id: water, quantity_e6: E6, price_e4: price(10) }] })
  await t.run(sendQuote, { quote_id })
  const seen = await t.ask(home, {})
  expect(seen).toMatchObject({ orders_to_deliver: 1, orders_late: 1, draft_orders: 1, draft_quotes: 1, open_quotes: 1, short_items: 1 })
  for (const todo of ['to_deliver', 'late', 'to_invoice'] as const) {
    expect((await t.ask(listOrders, { todo })).total).toBe({ to_deliver: seen.orders_to_deliver, late: seen.orders_late, to_invoice: seen.orders_to_invoice }[todo])
  }
  expect((await t.ask(listOrders, { todo: 'late' })).rows[0]).toMatchObject({ is_late: 1 })
  expect((await t.ask(listQuotes, { state: 'sent' })).total).toBe(seen.open_quotes)
  expect((await t.ask(stock, { show: 'short' })).total).toBe(seen.short_items)
  expect((await t.ask(stock, { show: 'negative' })).total).toBe(seen.negative_items)
  // An item is low when less of it is free than its minimum: what is promised to others does not count.
  expect(seen.low_items).toBe(0)
  const { available_e6 } = (await t.ask(stock, {})).rows.find((r) => r.item_id === water)!
  await t.run(updateItem, { item_id: water, minimum_e6: available_e6 })
  expect((await t.ask(home, {})).low_items).toBe(0)
  await t.run(updateItem, { item_id: water, minimum_e6: available_e6 + 1 })
  await t.run(updateItem, { item_id: lamp, minimum_e6: E6 })
  const low = await t.ask(stock, { show: 'low', sort: 'available' })
  expect(low.rows.map((r) => r.item_id)).toEqual([lamp, water])
  expect((await t.ask(home, {})).low_items).toBe(low.total)
  const { totals } = await t.ask(ageing, { side: 'receivable', as_of: t.today })
  expect(totals.overdue_minor.reduce((a, b) => a + b, 0)).toBe(seen.money!.overdue_minor)
  expect(totals.total_minor).toBe(seen.money!.receivable_minor)
  expect((await t.ask(payments, { kind: 'receipt', from: t.today, to: t.today })).amount_minor).toBe(seen.money!.received_today_minor)
})

test('stock is worth what the books say; what nobody moved for 90 days is slow', async () => {
  const { t, lamp } = await threeMonths()
  await t.run(createItem, { code: 'S', name: '旧款台灯', base_unit: '件', kind: 'stocked', costing: 'average', price_e4: price(50) })
  const { account_id } = (await t.office.engine.read((db) => db.get<{ account_id: string }>(`select account_id from accounting_role where role = 'inventory'`)))!
  const worth = async () => (await t.ask(trialBalance, { from: since, to: t.today })).rows.find((r) => r.account_id === account_id)!.closing_debit_minor
  const whole = await t.ask(stock, {})
  expect(whole.total_value_minor).toBe(await worth())
  expect(whole.total_value_minor).toBe((await t.ask(valuation, {})).total_value_minor)
  expect((await t.ask(stock, { show: 'slow' })).rows).toEqual([])
  t.today = '2026-06-08'
  // The lamps last moved on 3 March, the water on 12 March.
  const slow = await t.ask(stock, { show: 'slow', sort: 'value', descending: 1 })
  expect(slow.rows.map((r) => r.item_id)).toEqual([lamp])
  expect(slow.total_value_minor).toBe(slow.rows[0]!.value_minor)
  t.today = '2026-06-11'
  expect((await t.ask(stock, { show: 'slow' })).total_value_minor).toBe(await worth())
})

test('a salesperson sees the figures of own customers, and no cost', async () => {
  const { t, customer, other } = await threeMonths()
  await openToOthers(t)
  const amy = await addUser(t, { login: 'amy', role: 'sales' })
  const bob = await addUser(t, { login: 'bob', role: 'sales' })
  const books = await addUser(t, { login: 'books', role: 'bookkeeper' })
  await t.run(assignParty, { party_id: customer, user_id: amy })
  await t.run(assignParty, { party_id: other, user_id: bob })
  const span = { from: since, to: t.today }
  const whole = await t.ask(profit, { by: 'party', ...span })
  const own = await t.ask(profit, { by: 'party', ...span }, amy)
  expect(own.rows).toEqual([{ ...whole.rows.find((r) => r.id === customer)!, cost_minor: null, margin_minor: null }])
  expect(own).toMatchObject({ total: 1, cost_minor: null, margin_minor: null })
  expect(await t.ask(profit, { by: 'party', party_id: other, ...span }, amy)).toMatchObject({ total: 0, gross_minor: 0 })
  const sums = await Promise.all([amy, bob].map(async (user) => (await t.ask(trend, {}, user)).months.reduce((sum, m) => sum + m.gross_minor, 0)))
  expect(sums[0]).toBe(own.gross_minor)
  expect(sums[0]! + sums[1]!).toBe(whole.gross_minor)
  expect((await t.ask(profit, { by: 'item', ...span }, books)).margin_minor).toBe(whole.margin_minor)
  // An order by margin tells nothing to who may not see it.
  expect((await t.ask(profit, { by: 'item', sort: 'margin', ...span }, bob)).rows.map((r) => r.margin_minor)).toEqual([null, null])
  expect(await t.refused(cash, {}, amy)).toMatchObject({ code: 'platform.notPermitted' })
})
