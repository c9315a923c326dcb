import { expect, test } from 'vitest'
import { allocateItems, openItems, refundCustomer } from '../../../src-main/modules/accounting/contract.ts'
import { createParty } from '../../../src-main/modules/parties/contract.ts'
import {
  confirmOrder, createOrder, creditNote, deliver, deliverDirect, exchangeGoods, getDelivery, getInvoice, getOrder, listUninvoiced,
  postInvoice, returnGoods, reverseInvoice,
} from '../../../src-main/modules/sales/contract.ts'
import { E6, openShop, price, type Shop } from './shop.ts'

const nobody = '00000000-0000-7000-8000-000000000000'
async function ordered(shop: Shop, lines: { item_id: string; quantity_e6: number; price_e4: number; unit?: string }[]): Promise<string> {
  const { order_id } = await shop.t.run(createOrder, { party_id: shop.customer, lines })
  await shop.t.run(confirmOrder, { order_id })
  return order_id
}

test('a return of what was sold in one step comes back at its cost, with its share of the invoice', async () => {
  // 10 瓶 at 10.10 = 101.00: net 100.00, tax 1.00. Cost 60.00.
  const shop = await openShop()
  const { t, water, customer, books, stock } = shop
  const sold = await t.run(deliverDirect, { party_id: customer, lines: [{ item_id: water, quantity_e6: 10 * E6, price_e4: price(10.1) }] })
  const original = { delivery_id: sold.delivery_id!, delivery_line_no: 1 }
  expect(
    await t.refused(returnGoods, { lines: [{ ...original, quantity_e6: 11 * E6 }] }),
  ).toMatchObject({ code: 'sales.moreThanDelivered', details: { left_e6: 10 * E6, wanted_e6: 11 * E6 } })
  expect(
    await t.refused(returnGoods, { day: '2026-01-14', lines: [{ ...original, quantity_e6: E6 }] }),
  ).toMatchObject({ code: 'sales.beforeDelivery' })
  expect(
    await t.refused(returnGoods, { lines: [{ ...original, delivery_line_no: 4, quantity_e6: E6 }] }),
  ).toMatchObject({ code: 'sales.lineUnknown' })
  expect(
    await t.refused(returnGoods, { lines: [{ ...original, delivery_id: nobody, quantity_e6: E6 }] }),
  ).toMatchObject({ code: 'sales.deliveryNotFound' })
  const back = await t.run(returnGoods, { lines: [{ ...original, quantity_e6: 3 * E6 }], reason: '破损' })
  expect(back).toMatchObject({
    delivery_number: 'RT2026-00001',
    invoice_number: 'CN2026-00001',
    net_minor: -3_000,
    tax_minor: -30,
    gross_minor: -3_030,
    open_minor: -3_030,
  })
  expect(await stock(water)).toMatchObject({ on_hand_e6: 113 * E6, value_minor: 67_800 })
  expect(await books()).toMatchObject({ receivable: 7_070, revenue: -7_000, output_tax: -70, cost_of_sales: 4_200, goods_delivered: 0 })
  const rest = await t.run(returnGoods, { lines: [{ ...original, quantity_e6: 7 * E6 }], payments: [] })
  expect(rest).toMatchObject({ gross_minor: -7_070 })
  expect(await books()).toMatchObject({ receivable: 0, revenue: 0, output_tax: 0, cost_of_sales: 0 })
  expect(await t.refused(returnGoods, { lines: [{ ...original, quantity_e6: 1 }] })).toMatchObject({ code: 'sales.moreThanDelivered' })
  expect(
    await t.ask(getInvoice, { invoice_id: sold.invoice_id! }),
  ).toMatchObject({ lines: [{ credited_e6: 10 * E6, credited_gross_minor: 10_100 }] })
  expect(
    await t.ask(getDelivery, { delivery_id: sold.delivery_id! }),
  ).toMatchObject({ lines: [{ returned_e6: 10 * E6, to_invoice_e6: 0, cost_minor: 6_000, quantity_words: '10瓶' }] })
})

test('a box sold, bottles back', async () => {
  // 1 箱 at 100.00; 5 瓶 back are 5/12: 41.67; 7 more take the rest, 58.33.
  const shop = await openShop()
  const { t, water, customer } = shop
  const sold = await t.run(
    deliverDirect,
    { party_id: customer, lines: [{ item_id: water, unit: '箱', quantity_e6: E6, price_e4: price(100) }] },
  )
  const original = { delivery_id: sold.delivery_id!, delivery_line_no: 1, unit: '瓶' }
  const first = await t.run(returnGoods, { lines: [{ ...original, quantity_e6: 5 * E6 }] })
  expect(first.gross_minor).toBe(-4_167)
  expect(
    await t.ask(getInvoice, { invoice_id: first.invoice_id! }),
  ).toMatchObject({ lines: [{ unit: '瓶', quantity_e6: -5 * E6, quantity_words: '-5瓶' }], open_minor: -4_167, paid: 'none' })
  expect((await t.run(returnGoods, { lines: [{ ...original, quantity_e6: 7 * E6 }] })).gross_minor).toBe(-5_833)
})

test('a return without an original comes back at the current cost and is credited at the price given', async () => {
  const shop = await openShop()
  const { t, lamp, customer, books, stock } = shop
  const form = { lines: [{ item_id: lamp, quantity_e6: 2 * E6, price_e4: price(101) }] }
  expect(await t.refused(returnGoods, form)).toMatchObject({ code: 'sales.partyNeeded' })
  expect(
    await t.refused(returnGoods, { ...form, party_id: customer, invoice: 'apart' }),
  ).toMatchObject({ code: 'sales.returnNeedsCreditNote' })
  const back = await t.run(returnGoods, { ...form, party_id: customer, payments: [{ method: 'cash', amount_minor: 20_200 }] })
  expect(back).toMatchObject({ gross_minor: -20_200, net_minor: -20_000, open_minor: 0 })
  expect(await stock(lamp)).toMatchObject({ on_hand_e6: 52 * E6, value_minor: 208_000 })
  expect(await books()).toMatchObject({ receivable: 0, revenue: 20_000, output_tax: 200, cost_of_sales: -8_000 })
  expect(
    await t.refused(returnGoods, { ...form, party_id: customer, payments: [{ method: 'cash', amount_minor: 20_201 }] }),
  ).toMatchObject({ code: 'sales.paidTooMuch' })
})

test('broken goods are scrapped in the same step: through 1901 in Chinese books', async () => {
  const shop = await openShop()
  const { t, lamp, customer, books, stock } = shop
  const sold = await t.run(deliverDirect, { party_id: customer, lines: [{ item_id: lamp, quantity_e6: 2 * E6, price_e4: price(101) }] })
  await t.run(returnGoods, { lines: [{ delivery_id: sold.delivery_id!, delivery_line_no: 1, quantity_e6: E6, disposition: 'scrap' }] })
  expect(await stock(lamp)).toMatchObject({ on_hand_e6: 48 * E6, value_minor: 192_000 })
  expect(await books()).toMatchObject({ inventory: 72_000 + 192_000, cost_of_sales: 4_000, inventory_loss: 4_000, pending_property: 0 })
})

test('apart: what was not invoiced comes back without a credit note, what was invoiced waits for it', async () => {
  // 10 瓶 at 10.10 delivered apart (cost 60.00), 6 invoiced (60.60), 5 come back: 4 were not invoiced, 1 is to be credited.
  const shop = await openShop()
  const { t, water, books } = shop
  const order_id = await ordered(shop, [{ item_id: water, quantity_e6: 10 * E6, price_e4: price(10.1) }])
  const sent = await t.run(deliver, { order_id, invoice: 'apart' })
  expect(await books()).toMatchObject({ goods_delivered: 6_000, cost_of_sales: 0 })
  const bill = await t.run(postInvoice, { lines: [{ order_id, order_line_no: 1, quantity_e6: 6 * E6 }] })
  expect(await books()).toMatchObject({ goods_delivered: 2_400, cost_of_sales: 3_600, receivable: 6_060 })
  const original = { delivery_id: sent.delivery_id!, delivery_line_no: 1 }
  expect(
    await t.refused(
      returnGoods,
      { invoice: 'apart', lines: [{ ...original, quantity_e6: E6 }], payments: [{ method: 'cash', amount_minor: 1 }] },
    ),
  ).toMatchObject({ code: 'sales.paymentNeedsInvoice' })
  const back = await t.run(returnGoods, { invoice: 'apart', lines: [{ ...original, quantity_e6: 5 * E6 }] })
  expect(back).toMatchObject({ invoice_id: null, delivery_number: 'RT2026-00001' })
  expect(await books()).toMatchObject({ goods_delivered: -600, cost_of_sales: 3_600, receivable: 6_060 })
  expect(await t.ask(listUninvoiced, {})).toMatchObject({ total: 1, rows: [{ to_invoice_e6: -E6, gross_minor: -1_010 }] })
  // Only what came back may be credited by quantity.
  const line = { invoice_line_no: 1 }
  expect(
    await t.refused(creditNote, { invoice_id: bill.invoice_id!, lines: [{ ...line, quantity_e6: 2 * E6 }] }),
  ).toMatchObject({ code: 'sales.nothingToCredit', details: { returned_e6: E6 } })
  const credit = await t.run(creditNote, { invoice_id: bill.invoice_id! })
  expect(credit).toMatchObject({ gross_minor: -1_010, invoice_number: 'CN2026-00001' })
  expect(await books()).toMatchObject({ goods_delivered: 0, cost_of_sales: 3_000, receivable: 5_050 })
  expect(await t.refused(creditNote, { invoice_id: bill.invoice_id! })).toMatchObject({ code: 'sales.nothingToCredit' })
  expect(await t.ask(getOrder, { order_id })).toMatchObject({
    state: 'closed',
    reconciles: { is_ok: 1 },
    money: { invoiced_minor: 6_060, credited_minor: -1_010, open_minor: 5_050 },
  })
})

test('one step on goods that were delivered apart: what was invoiced is credited at once', async () => {
  const shop = await openShop()
  const { t, water, books } = shop
  const order_id = await ordered(shop, [{ item_id: water, quantity_e6: 10 * E6, price_e4: price(10.1) }])
  const sent = await t.run(deliver, { order_id, invoice: 'apart' })
  await t.run(postInvoice, { lines: [{ order_id, order_line_no: 1, quantity_e6: 6 * E6 }] })
  const back = await t.run(returnGoods, { lines: [{ delivery_id: sent.delivery_id!, delivery_line_no: 1, quantity_e6: 7 * E6 }] })
  expect(back).toMatchObject({ gross_minor: -3_030 })
  expect(await books()).toMatchObject({ goods_delivered: 0, cost_of_sales: 1_800, receivable: 3_030 })
})

test('what is credited belongs to the invoice that stands, not to one that was reversed', async () => {
  const shop = await openShop()
  const { t, water } = shop
  const order_id = await ordered(shop, [{ item_id: water, quantity_e6: 10 * E6, price_e4: price(10.1) }])
  const sent = await t.run(deliver, { order_id, invoice: 'apart' })
  const wrong = await t.run(postInvoice, { order_ids: [order_id], day: '2026-01-15' })
  await t.run(reverseInvoice, { invoice_id: wrong.invoice_id! })
  const right = await t.run(postInvoice, { order_ids: [order_id] })
  const back = await t.run(returnGoods, { lines: [{ delivery_id: sent.delivery_id!, delivery_line_no: 1, quantity_e6: E6 }] })
  expect(
    await t.ask(getInvoice, { invoice_id: back.invoice_id! }),
  ).toMatchObject({ original_id: right.invoice_id, lines: [{ original_id: right.invoice_id }] })
})

test('a price allowance lowers what is owed and what can still be credited', async () => {
  const shop = await openShop()
  const { t, water, freight, customer, books } = shop
  const sold = await t.run(
    deliverDirect,
    {
      party_id: customer,
      lines: [
        { item_id: water, quantity_e6: 10 * E6, price_e4: price(10.1) },
        { item_id: freight, quantity_e6: E6, price_e4: price(30.3) },
      ],
    },
  )
  const invoice_id = sold.invoice_id!
  const credit = (lines: object[], more: object = {}) => t.run(creditNote, { invoice_id, lines: lines as never, ...more })
  expect(
    await credit([{ invoice_line_no: 1, amount_minor: 2_020 }], { reason: '包装磨损' }),
  ).toMatchObject({ gross_minor: -2_020, net_minor: -2_000, tax_minor: -20, delivery_id: null })
  expect(await credit([{ invoice_line_no: 2, quantity_e6: E6 }])).toMatchObject({ gross_minor: -3_030 })
  const no = (lines: object[]) => t.refused(creditNote, { invoice_id, lines })
  expect(await no([{ invoice_line_no: 2, quantity_e6: E6 }])).toMatchObject({ code: 'sales.moreThanInvoiced' })
  expect(await no([{ invoice_line_no: 1, amount_minor: 8_081 }])).toMatchObject({ code: 'sales.moreThanInvoiced' })
  expect(await no([{ invoice_line_no: 9, amount_minor: 1 }])).toMatchObject({ code: 'sales.lineUnknown' })
  // Half of the goods come back: half of what is left of the line.
  expect(
    await t.run(returnGoods, { lines: [{ delivery_id: sold.delivery_id!, delivery_line_no: 1, quantity_e6: 5 * E6 }] }),
  ).toMatchObject({ gross_minor: -4_040 })
  expect(await books()).toMatchObject({ receivable: 4_040, revenue: -4_000, output_tax: -40 })
  const credits = (await t.ask(getInvoice, { invoice_id })).documents.filter((d) => d.kind === 'credit_note')
  expect(credits).toHaveLength(3)
  expect(await t.refused(creditNote, { invoice_id: credits[0]!.id })).toMatchObject({ code: 'sales.notAnInvoice' })
  expect(await t.refused(creditNote, { invoice_id: nobody })).toMatchObject({ code: 'sales.invoiceNotFound' })
  expect(await t.refused(creditNote, { invoice_id, day: '2026-01-14' })).toMatchObject({ code: 'sales.beforeInvoice' })
})

test('a credit note is refunded or set against an invoice', async () => {
  const shop = await openShop()
  const { t, water, customer } = shop
  const sell = () => t.run(deliverDirect, { party_id: customer, lines: [{ item_id: water, quantity_e6: 10 * E6, price_e4: price(10.1) }] })
  const first = await sell()
  await sell()
  const back = await t.run(returnGoods, { lines: [{ delivery_id: first.delivery_id!, delivery_line_no: 1, quantity_e6: 2 * E6 }] })
  const { rows } = await t.ask(openItems, { party_id: customer })
  const credit = rows.find((r) => r.number === back.invoice_number)!
  const invoice = rows.find((r) => r.number === first.invoice_number)!
  await t.run(
    allocateItems,
    {
      party_id: customer,
      day: '2026-01-15',
      pairs: [{ positive_id: invoice.open_item_id, negative_id: credit.open_item_id, amount_minor: 1_020 }],
    },
  )
  await t.run(
    refundCustomer,
    {
      party_id: customer,
      day: '2026-01-15',
      method: 'cash',
      amount_minor: 1_000,
      allocations: [{ open_item_id: credit.open_item_id, amount_minor: 1_000 }],
    },
  )
  expect(await t.ask(getInvoice, { invoice_id: back.invoice_id! })).toMatchObject({ open_minor: 0, paid: 'all' })
  expect(await t.ask(getInvoice, { invoice_id: first.invoice_id! })).toMatchObject({ open_minor: 9_080, paid: 'part' })
})

test('an exchange is one step: the credit note pays for the new goods, the difference is paid or refunded', async () => {
  const shop = await openShop()
  const { t, water, lamp, customer, books } = shop
  const sold = await t.run(
    deliverDirect,
    {
      party_id: customer,
      lines: [{ item_id: water, quantity_e6: 10 * E6, price_e4: price(10.1) }],
      payments: [{ method: 'cash', amount_minor: 10_100 }],
    },
  )
  const returned = [{ delivery_id: sold.delivery_id!, delivery_line_no: 1, quantity_e6: 5 * E6 }]
  const swap = await t.run(
    exchangeGoods,
    { returned, lines: [{ item_id: lamp, quantity_e6: E6, price_e4: price(101) }], payments: [{ method: 'cash', amount_minor: 5_050 }] },
  )
  expect(swap).toMatchObject({ returned: { gross_minor: -5_050, open_minor: 0 }, sold: { gross_minor: 10_100, open_minor: 0 } })
  const cheaper = await t.run(
    exchangeGoods,
    {
      returned: [{ delivery_id: swap.sold.delivery_id!, delivery_line_no: 1, quantity_e6: E6 }],
      lines: [{ item_id: water, quantity_e6: E6, price_e4: price(10.1) }],
      payments: [{ method: 'cash', amount_minor: 9_090 }],
    },
  )
  expect(cheaper).toMatchObject({ returned: { open_minor: 0 }, sold: { open_minor: 0 } })
  expect(await books()).toMatchObject({ receivable: 0, customer_advances: 0, revenue: -6_000, cost_of_sales: 3_600 })
  const other = (await t.run(createParty, { name: '别家', is_customer: 1 })).party_id
  expect(
    await t.refused(
      exchangeGoods,
      { party_id: other, returned: [{ ...returned[0]!, quantity_e6: E6 }], lines: [{ item_id: lamp, quantity_e6: E6, price_e4: 0 }] },
    ),
  ).toMatchObject({ code: 'sales.cannotCombine' })
})
