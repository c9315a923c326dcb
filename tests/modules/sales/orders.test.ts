import { expect, test } from 'vitest'
import { deactivateItem, reactivateItem } from '../../../src-main/modules/catalog/contract.ts'
import { receivePayment } from '../../../src-main/modules/accounting/contract.ts'
import { deactivateParty } from '../../../src-main/modules/parties/contract.ts'
import {
  cancelOrder, changeOrder, closeOrder, confirmOrder, convertQuote, createOrder, createQuote, deliver, deliverDirect, getOrder, getQuote,
  listOrders,
  listQuotes, loseQuote, postInvoice, reverseInvoice, reviseQuote, sendQuote, updateOrder, updateQuote,
} from '../../../src-main/modules/sales/contract.ts'
import { E6, openShop, price, type Shop } from './shop.ts'

const lines = (shop: Shop, quantity = 10) => [{ item_id: shop.water, quantity_e6: quantity * E6, price_e4: price(10) }]
async function confirmed(shop: Shop, quantity = 10): Promise<string> {
  const { order_id } = await shop.t.run(createOrder, { party_id: shop.customer, lines: lines(shop, quantity) })
  await shop.t.run(confirmOrder, { order_id })
  return order_id
}
const nobody = '00000000-0000-7000-8000-000000000000'

test('a quote goes out, is revised, and becomes an order with the same terms', async () => {
  const shop = await openShop()
  const { t, customer } = shop
  const { quote_id } = await t.run(createQuote, { party_id: customer, lines: lines(shop), discount_minor: 100 })
  await t.run(updateQuote, { quote_id, party_id: customer, lines: lines(shop, 12), discount_minor: 100 })
  expect(await t.run(sendQuote, { quote_id })).toMatchObject({ number: 'QT2026-00001', version: 1 })
  expect(await t.refused(updateQuote, { quote_id, party_id: customer, lines: lines(shop) })).toMatchObject({ code: 'sales.quoteNotDraft' })
  const revised = await t.run(reviseQuote, { quote_id })
  expect(revised).toMatchObject({ number: 'QT2026-00001', version: 2 })
  expect(await t.refused(sendQuote, { quote_id })).toMatchObject({ code: 'sales.quoteStateForbids' })
  const { order_id } = await t.run(convertQuote, { quote_id: revised.quote_id })
  expect(
    await t.ask(getOrder, { order_id }),
  ).toMatchObject({ state: 'draft', number: null, gross_minor: 11_900, discount_minor: 100, quote_id: revised.quote_id })
  expect(
    await t.ask(getQuote, { quote_id: revised.quote_id }),
  ).toMatchObject({ state: 'won', versions: [{ version: 1, state: 'replaced' }, { version: 2, state: 'won' }], orders: [{ order_id }] })
  expect((await t.ask(listQuotes, { text: 'QT2026' })).rows.map((r) => r.state)).toEqual(['won', 'replaced'])
  const lost = await t.run(createQuote, { party_id: customer, lines: lines(shop) })
  await t.run(loseQuote, { quote_id: lost.quote_id, lost_reason: '价格高' })
  expect(await t.refused(convertQuote, { quote_id: lost.quote_id })).toMatchObject({ code: 'sales.quoteStateForbids' })
  expect(await t.refused(sendQuote, { quote_id: nobody })).toMatchObject({ code: 'sales.quoteNotFound' })
})

test('a draft holds no number and is replaced whole; a confirmed order is not', async () => {
  const shop = await openShop()
  const { t, customer } = shop
  const { order_id } = await t.run(createOrder, { party_id: customer, lines: lines(shop) })
  expect(
    await t.run(
      updateOrder,
      { order_id, party_id: customer, lines: [...lines(shop, 3), { item_id: shop.freight, quantity_e6: E6, price_e4: price(30) }] },
    ),
  ).toMatchObject({ gross_minor: 6_000 })
  await t.run(confirmOrder, { order_id })
  expect(await t.refused(updateOrder, { order_id, party_id: customer, lines: lines(shop) })).toMatchObject({ code: 'sales.orderNotDraft' })
  expect(
    await t.refused(confirmOrder, { order_id }),
  ).toMatchObject({ code: 'sales.orderStateForbids', details: { from: 'confirmed', to: 'confirmed' } })
  expect(await t.refused(confirmOrder, { order_id: nobody })).toMatchObject({ code: 'sales.orderNotFound' })
})

test('what an order may not say', async () => {
  const shop = await openShop()
  const { t, customer, water } = shop
  const order = (line: object, head: object = {}) => t.refused(
    createOrder,
    { party_id: customer, lines: [{ item_id: water, quantity_e6: E6, price_e4: price(10), ...line }], ...head },
  )
  expect(await order({ unit: '桶' })).toMatchObject({ code: 'catalog.unitUnknown' })
  expect(await order({}, { discount_minor: 1, total_minor: 900 })).toMatchObject({ code: 'sales.twoDiscounts' })
  expect(await order({}, { discount_minor: 1_001 })).toMatchObject({ code: 'sales.discountTooLarge', details: { max_minor: 1_000 } })
  expect(await order({ quantity_e6: 1e15, price_e4: 1e13 })).toMatchObject({ code: 'sales.amountTooLarge' })
  expect(await order({ unit: '箱', quantity_e6: 1e15 })).toMatchObject({ code: 'sales.quantityNotExact' })
  expect(await order({}, { party_id: nobody })).toMatchObject({ code: 'parties.partyNotFound' })
  expect(await t.answer(createOrder, { party_id: customer, lines: [] })).toMatchObject({ ok: false, kind: 'invalid' })
  expect(
    await t.answer(createOrder, { party_id: customer, lines: [{ ...lines(shop)[0], discount_rate_e8: 1_000_000, discount_minor: 5 }] }),
  ).toMatchObject({ kind: 'invalid' })
  const { order_id } = await t.run(createOrder, { party_id: customer, lines: lines(shop) })
  await t.run(deactivateItem, { item_id: water })
  expect(await order({})).toMatchObject({ code: 'sales.itemInactive', details: { item_name: '矿泉水' } })
  expect(await t.refused(confirmOrder, { order_id })).toMatchObject({ code: 'sales.itemInactive' })
  await t.run(reactivateItem, { item_id: water })
  await t.run(deactivateParty, { party_id: customer })
  expect(await t.refused(confirmOrder, { order_id })).toMatchObject({ code: 'sales.partyInactive', details: { party_name: '华美贸易' } })
  expect(await order({})).toMatchObject({ code: 'sales.partyInactive' })
})

test('the credit limit counts open receivables and open orders; a reason overrides it, a deposit helps', async () => {
  const shop = await openShop({}, { credit_limit_minor: 20_000 } as never)
  const { t, customer } = shop
  await t.run(deliverDirect, { party_id: customer, lines: lines(shop, 5) })
  await confirmed(shop, 10)
  const { order_id } = await t.run(createOrder, { party_id: customer, lines: lines(shop, 6) })
  expect(await t.refused(confirmOrder, { order_id })).toEqual({
    code: 'sales.creditLimitExceeded',
    details: { party_name: '华美贸易', limit_minor: 20_000, owed_minor: 15_000, order_minor: 6_000 },
  })
  await t.run(receivePayment, { party_id: customer, day: '2026-01-15', method: 'cash', amount_minor: 1_000 })
  await t.run(confirmOrder, { order_id })
  const more = await t.run(createOrder, { party_id: customer, lines: lines(shop, 1) })
  expect(await t.run(confirmOrder, { order_id: more.order_id, override_credit_reason: '老客户' })).toMatchObject({ number: 'SO2026-00003' })
  expect(
    await t.refused(changeOrder, { order_id: more.order_id, lines: [{ line_no: 1, ...lines(shop, 2)[0]! }] }),
  ).toMatchObject({ code: 'sales.creditLimitExceeded' })
})

test('short stock is promised when nobody can say otherwise, and goes to who asked first', async () => {
  const shop = await openShop()
  const { t, water } = shop
  await confirmed(shop, 100)
  const { order_id } = await t.run(createOrder, { party_id: shop.customer, lines: lines(shop, 50) })
  expect(await t.run(confirmOrder, { order_id })).toMatchObject({ promised_on: null, lines: [{ reserved_e6: 20 * E6, promised_on: null }] })
  expect(await shop.stock(water)).toMatchObject({ on_hand_e6: 120 * E6, reserved_e6: 120 * E6 })
  // Somebody else's counter sale may not take reserved goods.
  expect(await t.refused(deliverDirect, { lines: lines(shop, 1) })).toMatchObject({ code: 'inventory.notEnoughStock' })
  expect(await t.refused(deliver, { order_id })).toMatchObject({ code: 'inventory.notEnoughStock' })
  await t.run(deliver, { order_id, lines: [{ order_line_no: 1, quantity_e6: 20 * E6 }] })
})

test('each line tells its own day, the order the latest', async () => {
  const shop = await openShop()
  const { t, water, lamp, customer } = shop
  const { order_id } = await t.run(createOrder, {
    party_id: customer,
    lines: [{ item_id: lamp, quantity_e6: E6, price_e4: price(99) }, ...lines(shop, 200)],
  })
  expect(await t.run(confirmOrder, { order_id })).toMatchObject({ promised_on: null })
  expect(await t.ask(getOrder, { order_id })).toMatchObject({ promised_on: null, lines: [{ promised_on: '2026-01-15' }, { promised_on: null }] })
  await t.run(changeOrder, {
    order_id,
    lines: [{ line_no: 1, item_id: lamp, quantity_e6: E6, price_e4: price(99) }, { line_no: 2, item_id: water, quantity_e6: E6, price_e4: price(10) }],
  })
  const day = '2026-01-15'
  expect(await t.ask(getOrder, { order_id })).toMatchObject({ promised_on: day, lines: [{ promised_on: day }, { promised_on: day }] })
})

test('a confirmed order changes with its history kept, never below what was delivered', async () => {
  const shop = await openShop()
  const { t, water, lamp } = shop
  const order_id = await confirmed(shop, 10)
  await t.run(deliver, { order_id, lines: [{ order_line_no: 1, quantity_e6: 4 * E6 }], invoice: 'apart' })
  const line = { line_no: 1, ...lines(shop)[0]! }
  expect(
    await t.refused(changeOrder, { order_id, lines: [{ ...line, quantity_e6: 3 * E6 }] }),
  ).toMatchObject({ code: 'sales.belowDelivered', details: { delivered_e6: 4 * E6 } })
  expect(await t.refused(changeOrder, { order_id, lines: [{ ...line, item_id: lamp }] })).toMatchObject({ code: 'sales.belowDelivered' })
  expect(await t.refused(changeOrder, { order_id, lines: [{ ...line, line_no: 7 }] })).toMatchObject({ code: 'sales.lineUnknown' })
  expect(
    await t.refused(changeOrder, { order_id, lines: [{ item_id: lamp, quantity_e6: E6, price_e4: price(99) }] }),
  ).toMatchObject({ code: 'sales.belowDelivered' })
  const changed = await t.run(changeOrder, {
    order_id,
    reason: '客户加货',
    ship_to: '文三路 1 号',
    lines: [{ ...line, quantity_e6: 20 * E6, price_e4: price(9) }, { item_id: lamp, quantity_e6: 2 * E6, price_e4: price(99) }],
  })
  expect(changed).toMatchObject({ revision: 1, gross_minor: 18_000 + 19_800, promised_on: '2026-01-15' })
  expect(await shop.stock(water)).toMatchObject({ reserved_e6: 16 * E6 })
  const page = await t.ask(getOrder, { order_id })
  expect(page).toMatchObject({ ship_to: '文三路 1 号', revision: 1, delivered: 'part', reconciles: { is_ok: 1 } })
  expect(JSON.parse(page.revisions[0]!.before)).toMatchObject({ gross_minor: 10_000, lines: [{ line_no: 1, quantity_e6: 10 * E6 }] })
  expect(page.revisions[0]).toMatchObject({ reason: '客户加货', revision: 1 })

  // What is invoiced keeps its price; a line that nothing knows goes away; the remainder of the other is sold at the new price.
  await t.run(postInvoice, { order_ids: [order_id] })
  expect(
    await t.refused(changeOrder, { order_id, lines: [{ ...line, quantity_e6: 20 * E6, price_e4: price(8) }] }),
  ).toMatchObject({ code: 'sales.invoicedLineKeepsTerms' })
  const again = await t.run(
    changeOrder,
    {
      order_id,
      total_minor: 12_000,
      lines: [{ ...line, quantity_e6: 4 * E6, price_e4: price(9) }, { item_id: water, quantity_e6: 10 * E6, price_e4: price(9) }],
    },
  )
  expect(again).toMatchObject({ revision: 2, gross_minor: 12_000 })
  expect((await t.ask(getOrder, { order_id })).lines.map((l) => [l.line_no, l.gross_minor])).toEqual([[1, 3_600], [3, 8_400]])
  await t.run(deliver, { order_id })
  expect(await t.ask(getOrder, { order_id })).toMatchObject({
    state: 'closed',
    delivered: 'all',
    invoiced: 'all',
    money: { invoiced_minor: 12_000, open_minor: 12_000 },
    reconciles: { is_ok: 1 },
  })
  // A closed order opens again when more is wanted.
  await t.run(
    changeOrder,
    {
      order_id,
      lines: [
        { ...line, quantity_e6: 4 * E6, price_e4: price(9) },
        { line_no: 3, item_id: water, quantity_e6: 11 * E6, price_e4: price(9) },
      ],
      discount_minor: 600,
    },
  )
  expect(await t.ask(getOrder, { order_id })).toMatchObject({ state: 'confirmed', delivered: 'part' })
})

test('an order is cancelled while nothing stands, and its stock is free', async () => {
  const shop = await openShop()
  const { t, water } = shop
  const order_id = await confirmed(shop, 10)
  const sold = await t.run(deliver, { order_id, lines: [{ order_line_no: 1, quantity_e6: E6 }] })
  expect(await t.refused(cancelOrder, { order_id })).toMatchObject({ code: 'sales.orderHasDocuments' })
  await t.run(reverseInvoice, { invoice_id: sold.invoice_id! })
  expect(await shop.stock(water)).toMatchObject({ reserved_e6: 10 * E6 })
  await t.run(cancelOrder, { order_id })
  expect(await shop.stock(water)).toMatchObject({ on_hand_e6: 120 * E6, reserved_e6: 0, value_minor: 72_000 })
  expect(await t.refused(cancelOrder, { order_id })).toMatchObject({ code: 'sales.orderStateForbids' })
  expect(await t.refused(deliver, { order_id })).toMatchObject({ code: 'sales.orderStateForbids' })
  expect(await t.refused(postInvoice, { order_ids: [order_id] })).toMatchObject({ code: 'sales.orderStateForbids' })
  const draft = await t.run(createOrder, { party_id: shop.customer, lines: lines(shop) })
  await t.run(cancelOrder, { order_id: draft.order_id })
})

test('the remainder is closed, by line or as a whole', async () => {
  const shop = await openShop()
  const { t, water, lamp, customer } = shop
  const { order_id } = await t.run(
    createOrder,
    { party_id: customer, lines: [...lines(shop), { item_id: lamp, quantity_e6: 2 * E6, price_e4: price(99) }] },
  )
  await t.run(confirmOrder, { order_id })
  await t.run(deliver, { order_id, lines: [{ order_line_no: 1, quantity_e6: 4 * E6 }] })
  expect(await t.refused(closeOrder, { order_id, line_nos: [9] })).toMatchObject({ code: 'sales.lineUnknown' })
  expect(await t.run(closeOrder, { order_id, line_nos: [2] })).toMatchObject({ state: 'confirmed' })
  expect(await t.refused(closeOrder, { order_id, line_nos: [2] })).toMatchObject({ code: 'sales.nothingToClose' })
  expect(await t.run(closeOrder, { order_id })).toMatchObject({ state: 'closed' })
  expect(await shop.stock(water)).toMatchObject({ reserved_e6: 0 })
  expect(
    await t.ask(getOrder, { order_id }),
  ).toMatchObject({ state: 'closed', delivered: 'all', invoiced: 'all', lines: [{ closed_e6: 6 * E6 }, { closed_e6: 2 * E6 }] })
  expect(await t.refused(closeOrder, { order_id })).toMatchObject({ code: 'sales.orderStateForbids' })
  // It would take a second number.
  expect(await t.refused(confirmOrder, { order_id })).toMatchObject({ code: 'sales.orderStateForbids' })
})

test('lists find orders by number, customer and what is to do', async () => {
  const shop = await openShop()
  const { t } = shop
  const first = await confirmed(shop, 5)
  const second = await confirmed(shop, 6)
  await t.run(deliver, { order_id: second, invoice: 'apart' })
  const ids = async (input: object) => (await t.ask(listOrders, input)).rows.map((r) => r.order_id)
  expect(await ids({})).toEqual([second, first])
  expect(await ids({ text: 'so2026-00001' })).toEqual([first])
  expect(await ids({ text: '华美' })).toEqual([second, first])
  expect(await ids({ text: 'hmmy' })).toEqual([second, first])
  expect(await ids({ text: '没有' })).toEqual([])
  expect(await ids({ todo: 'to_deliver' })).toEqual([first])
  expect(await ids({ todo: 'to_invoice' })).toEqual([second])
  expect(await t.ask(listOrders, { sort: 'gross_minor', direction: 'asc', limit: 1 })).toMatchObject({
    total: 2,
    gross_minor: 11_000,
    rows: [{ order_id: first, delivered: 'none', invoiced: 'none', paid: 'none', is_late: 0 }],
  })
  expect((await t.ask(listOrders, { text: 'SO2026-00002' })).rows[0]).toMatchObject({
    delivered: 'all',
    invoiced: 'none',
    party_name: '华美贸易',
  })
})
