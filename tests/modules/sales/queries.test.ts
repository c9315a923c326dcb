import { expect, test } from 'vitest'
import { openItems, receivePayment } from '../../../src-main/modules/accounting/contract.ts'
import { createPriceList, setPrices } from '../../../src-main/modules/catalog/contract.ts'
import { assignParty, createParty, updateParty } from '../../../src-main/modules/parties/contract.ts'
import { findDocuments, setSetting } from '../../../src-main/modules/platform/contract.ts'
import {
  confirmOrder, createOrder, createQuote, customerHistory, deliver, deliverDirect, deliveryPrint, getDelivery, getInvoice,
  getOrder, getPrice, home,
  invoicePrint, listDeliveries, listInvoiceGroups, listInvoices, listOrderGroups, listOrders, listQuoteGroups, offerPrint, postInvoice, returnGoods, sendQuote,
} from '../../../src-main/modules/sales/contract.ts'
import { addUser, openToOthers } from '../../support/people.ts'
import { E6, openShop, price } from './shop.ts'

test('one call tells list price, last price, standard price and stock', async () => {
  const shop = await openShop()
  const { t, water, freight, customer } = shop
  const ask = (more: object = {}) => t.ask(getPrice, { party_id: customer, item_id: water, ...more })
  expect(await ask()).toMatchObject({
    price_e4: price(10),
    source: 'standard',
    list_price_e4: null,
    last_price_e4: null,
    tax_rate_e8: 1_000_000,
    on_hand_e6: 120 * E6,
    available_e6: 120 * E6,
    promised_on: '2026-01-15',
  })
  expect(await ask({ unit: '箱' })).toMatchObject({ price_e4: price(120), unit: '箱' })
  await t.run(
    deliverDirect,
    { party_id: customer, lines: [{ item_id: water, quantity_e6: 20 * E6, price_e4: price(9.5), discount_rate_e8: 5_000_000 }] },
  )
  expect(await ask()).toMatchObject({
    price_e4: price(9.5),
    source: 'last',
    last_discount_rate_e8: 5_000_000,
    last_sold_on: '2026-01-15',
    on_hand_e6: 100 * E6,
    reserved_e6: 0,
  })
  // A last price of another unit, of another customer or of the cash customer does not count.
  expect(await ask({ unit: '箱' })).toMatchObject({ source: 'standard' })
  expect(await t.ask(getPrice, { item_id: water })).toMatchObject({ source: 'standard' })
  await t.run(deliverDirect, { lines: [{ item_id: water, quantity_e6: E6, price_e4: price(1) }] })
  const cash = (await t.ask(listInvoices, {})).rows[0]!.party_id
  expect(await ask({ party_id: cash })).toMatchObject({ source: 'standard', last_price_e4: null })
  const { list_id } = await t.run(createPriceList, { name: '批发', level: '批发', from_day: '2026-01-01' })
  await t.run(
    setPrices,
    {
      list_id,
      items: [
        {
          item_id: water,
          prices: [{ unit: '瓶', min_quantity_e6: 0, price_e4: price(9) }, { unit: '瓶', min_quantity_e6: 50 * E6, price_e4: price(8) }],
        },
      ],
    },
  )
  expect(await ask()).toMatchObject({ source: 'last' })
  await t.run(updateParty, { party_id: customer, price_level: '批发' })
  expect(await ask()).toMatchObject({ price_e4: price(9), source: 'list', last_price_e4: price(9.5) })
  expect(await ask({ quantity_e6: 60 * E6 })).toMatchObject({ price_e4: price(8), source: 'list' })
  expect(await ask({ quantity_e6: 500 * E6 })).toMatchObject({ promised_on: null })
  expect(await ask({ item_id: freight })).toMatchObject({ price_e4: price(30), promised_on: '2026-01-15', available_e6: 0 })
})

test('home, history, lists and the search by number tell the same story', async () => {
  const shop = await openShop()
  const { t, water, lamp, freight, customer } = shop
  t.today = '2026-01-10'
  await t.run(
    deliverDirect,
    {
      party_id: customer,
      due_on: '2026-01-12',
      lines: [{ item_id: water, quantity_e6: 10 * E6, price_e4: price(10.1) }],
      reference: '旧-0815',
    },
  )
  t.today = '2026-01-15'
  const sold = await t.run(
    deliverDirect,
    {
      lines: [{ item_id: lamp, quantity_e6: E6, price_e4: price(101) }, { item_id: freight, quantity_e6: E6, price_e4: 0 }],
      payments: [{ method: 'cash', amount_minor: 10_100 }],
    },
  )
  const { order_id } = await t.run(
    createOrder,
    {
      party_id: customer,
      wanted_on: '2026-01-14',
      lines: [{ item_id: lamp, quantity_e6: 60 * E6, price_e4: price(99) }],
      customer_reference: 'PO-7',
    },
  )
  await t.run(confirmOrder, { order_id })
  const { quote_id } = await t.run(createQuote, { party_id: customer, lines: [{ item_id: lamp, quantity_e6: E6, price_e4: price(99) }] })
  await t.run(sendQuote, { quote_id })
  expect(await t.ask(home, {})).toMatchObject({
    day: '2026-01-15', currency: 'CNY', today: { invoice_count: 1, gross_minor: 10_100 }, month: {
      invoice_count: 2,
      gross_minor: 20_200,
      net_minor: 20_000,
    },
    orders_to_deliver: 1, orders_late: 1, orders_to_invoice: 0, draft_orders: 0, draft_quotes: 0, open_quotes: 1,
    money: { received_today_minor: 10_100, receivable_minor: 10_100, overdue_minor: 10_100, overdue_count: 1 }, short_items: 1, negative_items: 0,
  })
  expect((await t.ask(home, {})).days.at(-6)).toEqual({ day: '2026-01-10', net_minor: 10_000, gross_minor: 10_100 })
  expect(await t.ask(customerHistory, { party_id: customer })).toMatchObject({
    first_sold_on: '2026-01-10', invoice_count: 1, sold_gross_minor: 10_100, open_minor: 10_100, overdue_minor: 10_100,
    owed_minor: 10_100 + 594_000,
    documents: [{ kind: 'quote' }, { kind: 'order', number: 'SO2026-00001' }, { kind: 'invoice' }, { kind: 'delivery' }],
    items: [{ item_code: 'W', quantity_e6: 10 * E6, last_price_e4: price(10.1) }],
  })
  const found = async (text: string) => (await t.ask(findDocuments, { text })).rows.map((r) => [r.kind, r.number])
  expect(await found('in2026-00002')).toEqual([['sales.invoice', 'IN2026-00002']])
  const kinds = async (text: string) => [...new Set((await found(text)).map(([kind]) => kind))].sort()
  expect(await kinds('1')).toEqual(['accounting.payment', 'inventory.adjustment', 'sales.delivery', 'sales.invoice', 'sales.order', 'sales.quote'])
  expect(await kinds('¥101.00')).toEqual(['accounting.payment', 'sales.invoice'])
  expect(await kinds('101')).toEqual(['accounting.payment', 'sales.invoice'])
  expect(await kinds('PO-7')).toEqual(['sales.order'])
  expect(await found('记-1')).toEqual([['accounting.entry', '记-1']])
  expect(await found('记1')).toEqual([['accounting.entry', '记-1']])
  expect(await found('旧-08')).toEqual([['sales.invoice', 'IN2026-00001']])
  expect(await found('XX')).toEqual([])
  expect(
    await t.ask(listInvoices, { due: 'overdue' }),
  ).toMatchObject({ total: 1, open_minor: 10_100, rows: [{ number: 'IN2026-00001', is_overdue: 1, paid: 'none', reference: '旧-0815' }] })
  expect(
    await t.ask(listInvoices, { kind: 'invoice' }),
  ).toMatchObject({ total: 2, gross_minor: 20_200, rows: [{ number: 'IN2026-00002', paid: 'all' }, {}] })
  expect(await t.ask(listDeliveries, { text: 'DN2026-00002' })).toMatchObject({ total: 1, rows: [{ is_direct: 1, order_number: null }] })
  expect(await t.ask(listDeliveries, { text: '2' })).toMatchObject({ total: 1, rows: [{ number: 'DN2026-00002' }] })
  expect((await t.ask(listOrders, { text: 'PO-7' })).rows).toMatchObject([{ is_late: 1, promised_on: null }])
  expect(
    await t.ask(getInvoice, { invoice_id: sold.invoice_id! }),
  ).toMatchObject({ documents: [{ kind: 'delivery' }, { kind: 'receipt', amount_minor: 10_100 }, { kind: 'entry' }] })
})

test('a deposit is used by the order\'s invoices, oldest first; the page shows quantities, documents and money side by side', async () => {
  const shop = await openShop()
  const { t, water, freight, customer, books } = shop
  const { order_id } = await t.run(
    createOrder,
    {
      party_id: customer,
      lines: [
        { item_id: water, quantity_e6: 10 * E6, price_e4: price(10.1) },
        { item_id: freight, quantity_e6: E6, price_e4: price(30.3) },
      ],
    },
  )
  await t.run(confirmOrder, { order_id })
  for (const amount_minor of [2_000, 3_000]) await t.run(
    receivePayment,
    { party_id: customer, day: '2026-01-15', method: 'cash', amount_minor, source: { kind: 'sales.order', id: order_id } },
  )
  expect(
    await t.ask(getOrder, { order_id }),
  ).toMatchObject({ money: { deposit_minor: 5_000, open_minor: 0 }, documents: [{ kind: 'receipt' }, { kind: 'receipt' }] })
  const first = await t.run(deliver, { order_id, lines: [{ order_line_no: 1, quantity_e6: 4 * E6 }] })
  expect(first).toMatchObject({ gross_minor: 4_040, open_minor: 0 })
  const deposits = (await t.ask(openItems, { party_id: customer })).rows.map((r) => [r.number, r.open_minor])
  expect(deposits).toEqual([['RC2026-00002', -960]])
  const rest = await t.run(deliver, { order_id, payments: [{ method: 'cash', amount_minor: 1_000 }] })
  expect(rest).toMatchObject({ gross_minor: 9_090, open_minor: 9_090 - 960 - 1_000 })
  expect(await books()).toMatchObject({ receivable: 7_130, customer_advances: 0 })
  await t.run(returnGoods, { lines: [{ delivery_id: rest.delivery_id!, delivery_line_no: 1, quantity_e6: 2 * E6 }] })
  expect(await t.ask(getOrder, { order_id })).toMatchObject({
    state: 'closed', delivered: 'all', invoiced: 'all', paid: 'part', reconciles: { is_ok: 1, differences: [] },
    money: {
      order_minor: 13_130,
      delivered_minor: 11_110,
      invoiced_minor: 13_130,
      credited_minor: -2_020,
      received_minor: 6_000,
      settlement_discount_minor: 0,
      deposit_minor: 0,
      open_minor: 5_110,
    },
    lines: [
      { delivered_e6: 10 * E6, returned_e6: 2 * E6, invoiced_e6: 10 * E6, credited_e6: 2 * E6, remaining_e6: 0, to_invoice_e6: 0 },
      { delivered_e6: 0, invoiced_e6: E6, item_kind: 'service' },
    ],
  })
})

test('a month of deliveries on one invoice', async () => {
  const shop = await openShop()
  const { t, water, customer } = shop
  const ids: string[] = []
  for (const day of ['2026-01-12', '2026-01-13']) {
    const { order_id } = await t.run(
      createOrder,
      { party_id: customer, day, lines: [{ item_id: water, quantity_e6: 3 * E6, price_e4: price(10.1) }] },
    )
    await t.run(confirmOrder, { order_id })
    ids.push((await t.run(deliver, { order_id, day, invoice: 'apart' })).delivery_id!)
  }
  const { party_id } = await t.run(createParty, { name: '别家' })
  const other = await t.run(createOrder, { party_id, lines: [{ item_id: water, quantity_e6: E6, price_e4: price(10.1) }] })
  await t.run(confirmOrder, { order_id: other.order_id })
  const theirs = (await t.run(deliver, { order_id: other.order_id, invoice: 'apart' })).delivery_id!
  expect(await t.refused(postInvoice, { delivery_ids: [...ids, theirs] })).toMatchObject({ code: 'sales.cannotCombine' })
  expect(await t.refused(postInvoice, { delivery_ids: ids, day: '2026-01-12' })).toMatchObject({ code: 'sales.beforeDelivery' })
  expect(
    await t.refused(postInvoice, { delivery_ids: ['00000000-0000-7000-8000-000000000000'] }),
  ).toMatchObject({ code: 'sales.deliveryNotFound' })
  expect(
    await t.refused(postInvoice, { lines: [{ order_id: other.order_id, order_line_no: 2, quantity_e6: E6 }] }),
  ).toMatchObject({ code: 'sales.lineUnknown' })
  expect(
    await t.refused(postInvoice, { lines: [{ order_id: other.order_id, order_line_no: 1, quantity_e6: 2 * E6 }] }),
  ).toMatchObject({ code: 'sales.nothingToInvoice', details: { left_e6: E6 } })
  const bill = await t.run(postInvoice, { delivery_ids: [...ids, ids[0]!] })
  expect(bill).toMatchObject({ gross_minor: 6_060 })
  expect(
    await t.ask(getInvoice, { invoice_id: bill.invoice_id! }),
  ).toMatchObject({ order_id: null, lines: [{ delivery_id: ids[0] }, { delivery_id: ids[1] }] })
  expect(await t.refused(postInvoice, { delivery_ids: ids })).toMatchObject({ code: 'sales.nothingToInvoice' })
})

test('the papers say all that is on them', async () => {
  const shop = await openShop({}, { tax_no: '91330106MA27XXXXXX', tax_title: '杭州华美贸易有限公司' } as never)
  const { t, water, customer } = shop
  const { order_id } = await t.run(
    createOrder,
    {
      party_id: customer,
      total_minor: 60_000,
      ship_to: '文三路 1 号',
      lines: [{ item_id: water, quantity_e6: 41 * E6, price_e4: price(14.65) }],
    },
  )
  await t.run(confirmOrder, { order_id })
  expect(await t.ask(offerPrint, { kind: 'order', id: order_id })).toMatchObject({
    kind: 'order',
    number: 'SO2026-00001',
    gross_minor: 60_000,
    discount_minor: 65,
    amount_in_words: '陆佰元整',
    ship_to: '文三路 1 号',
    party: { tax_no: '91330106MA27XXXXXX' },
  })
  const sold = await t.run(deliver, { order_id })
  // The paper keeps the customer as it was.
  await t.run(updateParty, { party_id: customer, name: '华美集团' })
  expect(await t.ask(invoicePrint, { invoice_id: sold.invoice_id! })).toMatchObject({
    locale: 'zh-CN', number: 'IN2026-00001', party: {
      name: '华美贸易',
      tax_title: '杭州华美贸易有限公司',
    }, company: { name: '测试商行' }, gross_minor: 60_000,
    amount_in_words: '陆佰元整', taxes: [
      { tax_rate_e8: 1_000_000, net_minor: 59_406, tax_minor: 594 },
    ], order_numbers: ['SO2026-00001'], delivery_numbers: ['DN2026-00001'],
    paid: 'none', settled_minor: 0, open_minor: 60_000, lines: [{ quantity_words: '3箱5瓶', unit: '瓶', gross_minor: 60_000 }],
  })
  expect(
    await t.ask(invoicePrint, { invoice_id: sold.invoice_id!, locale: 'en' }),
  ).toMatchObject({ amount_in_words: 'Six hundred Chinese yuan only' })
  expect(
    await t.ask(deliveryPrint, { delivery_id: sold.delivery_id! }),
  ).toMatchObject({ number: 'DN2026-00001', order_number: 'SO2026-00001', lines: [{ quantity_words: '3箱5瓶' }], ship_to: '文三路 1 号' })
})

test('a salesperson sees own customers only, the warehouse delivers but sees no cost, and money needs its own right', async () => {
  const shop = await openShop()
  const { t, water, customer } = shop
  await openToOthers(t)
  const [anna, ben, wu] = [
    await addUser(t, { login: 'anna', role: 'sales' }),
    await addUser(t, { login: 'ben', role: 'sales' }),
    await addUser(t, { login: 'wu', role: 'warehouse' }),
  ]
  await t.run(assignParty, { party_id: customer, user_id: anna })
  const lines = [{ item_id: water, quantity_e6: E6, price_e4: price(10.1) }]
  const { order_id } = await t.run(createOrder, { party_id: customer, lines }, anna)
  await t.run(confirmOrder, { order_id }, anna)
  expect(await t.refused(createOrder, { party_id: customer, lines }, ben)).toMatchObject({ code: 'parties.partyNotFound' })
  expect(await t.refused(deliver, { order_id }, ben)).toMatchObject({ code: 'sales.orderNotFound' })
  expect(await t.refused(getOrder, { order_id }, ben)).toMatchObject({ code: 'sales.orderNotFound' })
  expect((await t.ask(listOrders, {}, ben)).total).toBe(0)
  expect((await t.ask(findDocuments, { text: 'SO' }, ben)).rows).toEqual([])
  const sold = await t.run(deliver, { order_id }, wu)
  expect(sold).toMatchObject({ invoice_number: 'IN2026-00001' })
  expect(await t.ask(getDelivery, { delivery_id: sold.delivery_id! }, wu)).toMatchObject({ lines: [{ cost_minor: null }] })
  expect(await t.refused(getInvoice, { invoice_id: sold.invoice_id! }, ben)).toMatchObject({ code: 'sales.invoiceNotFound' })
  expect(await t.refused(invoicePrint, { invoice_id: sold.invoice_id! }, ben)).toMatchObject({ code: 'sales.invoiceNotFound' })
  expect(
    await t.refused(
      returnGoods,
      {
        lines: [{ delivery_id: sold.delivery_id!, delivery_line_no: 1, quantity_e6: E6 }],
        payments: [{ method: 'cash', amount_minor: 1_010 }],
      },
      wu,
    ),
  ).toMatchObject({ code: 'platform.notPermitted' })
  expect((await t.ask(home, {}, ben)).month.invoice_count).toBe(0)
  expect((await t.ask(home, {}, wu)).money).toBeNull()
  // Where the company invoices apart, the warehouse cannot invoice by itself.
  await t.run(setSetting, { key: 'sales.invoice_with_delivery', value: 0 })
  const next = await t.run(createOrder, { party_id: customer, lines }, anna)
  await t.run(confirmOrder, { order_id: next.order_id }, anna)
  expect(await t.refused(deliver, { order_id: next.order_id, invoice: 'with' }, wu)).toMatchObject({ code: 'platform.notPermitted' })
  expect(await t.run(deliver, { order_id: next.order_id }, wu)).toMatchObject({ invoice_id: null })
})

test('over-delivery within what the company tolerates is invoiced at the order\'s terms', async () => {
  const shop = await openShop()
  const { t, water, customer } = shop
  const { order_id } = await t.run(
    createOrder,
    { party_id: customer, lines: [{ item_id: water, quantity_e6: 10 * E6, price_e4: price(10.1) }] },
  )
  await t.run(confirmOrder, { order_id })
  const lines = [{ order_line_no: 1, quantity_e6: 11 * E6 }]
  expect(
    await t.refused(deliver, { order_id, lines }),
  ).toMatchObject({ code: 'sales.moreThanOrdered', details: { left_e6: 10 * E6, wanted_e6: 11 * E6 } })
  await t.run(setSetting, { key: 'sales.over_delivery_rate_e8', value: 10_000_000 })
  expect(await t.run(deliver, { order_id, lines })).toMatchObject({ gross_minor: 11_110 })
  expect(
    await t.ask(getOrder, { order_id }),
  ).toMatchObject({ delivered: 'over', invoiced: 'over', state: 'closed', reconciles: { is_ok: 1 } })
})

test('services are invoiced without a delivery', async () => {
  const shop = await openShop()
  const { t, freight, customer, books } = shop
  const { order_id } = await t.run(
    createOrder,
    { party_id: customer, lines: [{ item_id: freight, quantity_e6: 2 * E6, price_e4: price(30.3) }] },
  )
  await t.run(confirmOrder, { order_id })
  expect(await t.refused(deliver, { order_id, invoice: 'apart' })).toMatchObject({ code: 'sales.nothingToDeliver' })
  expect(
    await t.run(postInvoice, { lines: [{ order_id, order_line_no: 1, quantity_e6: E6 }] }),
  ).toMatchObject({ delivery_id: null, gross_minor: 3_030 })
  expect(await t.run(deliver, { order_id })).toMatchObject({ delivery_id: null, invoice_number: 'IN2026-00002', gross_minor: 3_030 })
  expect(await books()).toMatchObject({ receivable: 6_060, revenue: -6_000, cost_of_sales: 0 })
  expect(await t.ask(getOrder, { order_id })).toMatchObject({ state: 'closed', delivered: 'all', invoiced: 'all' })
})

test('documents are put together by customer, month, salesperson or state, with the sums of the whole filter', async () => {
  const { t, water, lamp, customer } = await openShop()
  const other = (await t.run(createParty, { name: '乙店', kind: 'company', is_customer: 1, is_supplier: 0 })).party_id
  const order = (party_id: string, price_e4: number, item_id = water) => t.run(createOrder, { party_id, lines: [{ item_id, quantity_e6: 2 * E6, price_e4 }] })
  t.today = '2026-01-20'
  const first = await order(customer, price(10))
  await order(customer, price(20))
  t.today = '2026-02-03'
  await order(other, price(101), lamp)
  await t.run(confirmOrder, { order_id: first.order_id })
  const groups = (by: 'party' | 'month' | 'salesperson' | 'state', more: object = {}) => t.ask(listOrderGroups, { by, ...more })
  const list = await t.ask(listOrders, {})
  expect(await groups('party')).toMatchObject({
    total: 2, count: 3, gross_minor: list.gross_minor,
    rows: [{ key: other, label: '乙店', count: 1, gross_minor: 20_200 }, { key: customer, count: 2, gross_minor: 6_000 }],
  })
  expect((await groups('month', { sort: 'label', direction: 'asc' })).rows).toMatchObject([{ key: '2026-01', label: '2026-01', count: 2 }, { key: '2026-02', count: 1 }])
  expect((await groups('state', { sort: 'count' })).rows).toMatchObject([{ key: 'draft', label: null, count: 2 }, { key: 'confirmed', count: 1, gross_minor: 2_000 }])
  expect(await groups('party', { from: '2026-02-01' })).toMatchObject({ total: 1, count: 1, gross_minor: 20_200 })
  expect(await groups('party', { limit: 1, offset: 1 })).toMatchObject({ total: 2, count: 3, rows: [{ key: customer }] })
  // Every way of sorting gives all of them, page by page.
  for (const sort of ['day', 'number', 'wanted_on', 'gross_minor', 'party'] as const) {
    const whole = (await t.ask(listOrders, { sort, direction: 'asc' })).rows
    const paged = [await t.ask(listOrders, { sort, direction: 'asc', limit: 2 }), await t.ask(listOrders, { sort, direction: 'asc', limit: 2, offset: 2 })]
    expect(paged.flatMap((page) => page.rows)).toEqual(whole)
    expect((await t.ask(listOrders, { sort, direction: 'desc' })).rows).toEqual(whole.toReversed())
  }
  expect((await t.ask(listOrders, { sort: 'gross_minor', direction: 'desc' })).rows.map((r) => r.gross_minor)).toEqual([20_200, 4_000, 2_000])
  expect((await t.ask(listOrders, { sort: 'party', direction: 'asc' })).rows.map((r) => r.party_name).at(-1)).toBe((await t.ask(listOrders, { sort: 'party' })).rows[0]!.party_name)
  // A group opens as the list of its documents.
  const [person] = (await groups('salesperson')).rows
  expect((await t.ask(listOrders, { salesperson_id: person!.key })).gross_minor).toBe(person!.gross_minor)
  await t.run(createQuote, { party_id: customer, lines: [{ item_id: lamp, quantity_e6: E6, price_e4: price(99) }] })
  expect(await t.ask(listQuoteGroups, { by: 'state' })).toMatchObject({ total: 1, count: 1, rows: [{ key: 'draft', gross_minor: 9_900 }] })
  await t.run(deliverDirect, { party_id: customer, lines: [{ item_id: water, quantity_e6: E6, price_e4: price(10.1) }] })
  expect(await t.ask(listInvoiceGroups, { by: 'state', kind: 'invoice' })).toMatchObject({ total: 1, rows: [{ key: 'invoice', count: 1, gross_minor: 1_010 }] })
  // Salespeople see the groups of what they may see.
  await openToOthers(t)
  const [anna, ben] = [await addUser(t, { login: 'anna', role: 'sales' }), await addUser(t, { login: 'ben', role: 'sales' })]
  await t.run(assignParty, { party_id: other, user_id: anna, from_day: '2026-02-03' })
  await t.run(assignParty, { party_id: customer, user_id: ben, from_day: '2026-02-03' })
  expect(await t.ask(listOrderGroups, { by: 'party' }, anna)).toMatchObject({ total: 1, count: 1, rows: [{ key: other }] })
})
