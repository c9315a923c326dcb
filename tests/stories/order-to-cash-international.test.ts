import { expect, test } from 'vitest'
import { receivePayment } from '../../src-main/modules/accounting/contract.ts'
import { createItem, setTaxRate } from '../../src-main/modules/catalog/contract.ts'
import { postAdjustment } from '../../src-main/modules/inventory/contract.ts'
import { createParty } from '../../src-main/modules/parties/contract.ts'
import { setSetting } from '../../src-main/modules/platform/contract.ts'
import { postBill, postLateCost } from '../../src-main/modules/purchasing/contract.ts'
import {
  changeOrder, confirmOrder, createOrder, deliver, getOrder, invoicePrint, postInvoice, returnGoods, reverseDelivery, reverseInvoice,
} from '../../src-main/modules/sales/contract.ts'
import { E6, openShop, price } from '../modules/sales/shop.ts'

const rate = (
  tax_code: string,
  rate_e8: number,
  from_day = '2026-01-01',
) => ({ tax_code, taxpayer: 'general' as const, from_day, rate_e8, source: 'test' })

test('an English company that invoices apart: first in first out, freight that comes later, a rate that changes on the way', async () => {
  /*
   * 20 %, prices without tax. Kettles FIFO: 10 at 12.00 on hand, 10 more at 15.00. 16 ordered at 29.99, 12 delivered on 20 January:
   * 10 × 12.00 + 2 × 15.00 = 150.00. Freight of 20.00 for the second lot: 2.00 each, 4.00 of it on what left.
   */
  const { t, customer, books, stock } = await openShop({
    profile: 'international',
    currency: 'GBP',
    locale: 'en',
    taxpayer: 'general',
    prices_include_tax: 0,
    name: 'Kettle & Sons',
  })
  await t.run(setSetting, { key: 'sales.invoice_with_delivery', value: 0 })
  await t.run(setTaxRate, rate('STANDARD', 20_000_000))
  const kettle = (await t.run(createItem, { code: 'K', name: 'Kettle', kind: 'stocked', base_unit: 'pc', costing: 'fifo' })).item_id
  await t.run(
    postAdjustment,
    { kind: 'opening', day: '2026-01-01', reason: 'Opening', lines: [{ item_id: kettle, quantity_e6: 10 * E6, value_minor: 12_000 }] },
  )
  const { party_id: supplier } = await t.run(createParty, { name: 'Northern Supplies', is_supplier: 1, is_customer: 0 })
  const bill = await t.run(
    postBill,
    { party_id: supplier, day: '2026-01-10', lines: [{ item_id: kettle, quantity_e6: 10 * E6, price_e4: price(15) }] },
  )

  const { order_id } = await t.run(
    createOrder,
    { party_id: customer, day: '2026-01-15', lines: [{ item_id: kettle, quantity_e6: 16 * E6, price_e4: price(29.99) }] },
  )
  await t.run(confirmOrder, { order_id })
  t.today = '2026-01-20'
  const sent = await t.run(deliver, { order_id, lines: [{ order_line_no: 1, quantity_e6: 12 * E6 }], tracking: 'RM 123' })
  expect(sent).toMatchObject({ invoice_id: null, delivery_number: 'DN2026-00001' })
  expect(await books()).toMatchObject({ goods_delivered: 15_000, revenue: 0 })

  // 5 of 16: net 149.95 of 479.84, gross 179.94 of 575.81; cost 5/12 of 150.00 = 62.50.
  const first = await t.run(postInvoice, { lines: [{ order_id, order_line_no: 1, quantity_e6: 5 * E6 }] })
  expect(first).toMatchObject({ net_minor: 14_995, tax_minor: 2_999, gross_minor: 17_994 })
  expect(await books()).toMatchObject({
    goods_delivered: 8_750,
    cost_of_sales: 6_250,
    receivable: 17_994,
    revenue: -14_995,
    output_tax: -2_999,
  })

  // 4.00 of the freight belong to what left; 5/12 of 154.00 = 64.17 are invoiced.
  await t.run(postLateCost, { bill_id: bill.bill_id, party_id: supplier, day: '2026-01-21', gross_minor: 2_000 })
  expect(await books()).toMatchObject({ goods_delivered: 15_400 - 6_417, cost_of_sales: 6_417 })

  // From February the rate is 10 %: what is invoiced then bears it, at the agreed net price. 7 of 16: 209.93.
  await t.run(setTaxRate, rate('STANDARD', 10_000_000, '2026-02-01'))
  t.today = '2026-02-03'
  const second = await t.run(postInvoice, { delivery_ids: [sent.delivery_id!] })
  expect(second).toMatchObject({ net_minor: 20_993, tax_minor: 2_099, gross_minor: 23_092 })
  expect(await books()).toMatchObject({ goods_delivered: 0, cost_of_sales: 15_400 })

  // The customer wants 2 fewer, and gets the last 2: they are from the second lot, 17.00 each with freight.
  await t.run(
    changeOrder,
    { order_id, reason: 'customer wants fewer', lines: [{ line_no: 1, item_id: kettle, quantity_e6: 14 * E6, price_e4: price(29.99) }] },
  )
  const last = await t.run(deliver, { order_id })
  expect(await books()).toMatchObject({ goods_delivered: 3_400 })
  await t.run(reverseDelivery, { delivery_id: last.delivery_id!, reason: 'wrong address' })
  expect(await stock(kettle)).toEqual({ on_hand_e6: 8 * E6, reserved_e6: 2 * E6, value_minor: 13_600 })
  const again = await t.run(deliver, { order_id, invoice: 'with' })
  // 14 × 29.99 = 419.86 in all; 149.95 and 209.93 were invoiced, 59.98 are left, with 10 %.
  expect(again).toMatchObject({ net_minor: 5_998, tax_minor: 600 })
  expect(
    await t.ask(getOrder, { order_id }),
  ).toMatchObject({ state: 'closed', revision: 1, delivered: 'all', invoiced: 'all', reconciles: { is_ok: 1 } })

  // 3 of the first delivery come back to FIFO at what they cost (154.00 × 3/12), are credited with the first invoice, and undone again.
  const back = await t.run(
    returnGoods,
    { invoice: 'with', lines: [{ delivery_id: sent.delivery_id!, delivery_line_no: 1, quantity_e6: 3 * E6 }] },
  )
  expect(back).toMatchObject({ net_minor: -8_997, tax_minor: -1_799, gross_minor: -10_796 })
  expect(await stock(kettle)).toMatchObject({ on_hand_e6: 9 * E6, value_minor: 10_200 + 3_850 })
  await t.run(reverseInvoice, { invoice_id: back.invoice_id! })
  expect(await stock(kettle)).toMatchObject({ on_hand_e6: 6 * E6, value_minor: 10_200 })

  await t.run(receivePayment, { party_id: customer, day: '2026-02-03', method: 'bank', amount_minor: 100_000 })
  expect(await books()).toMatchObject({ customer_advances: -100_000, cost_of_sales: 15_400 + 3_400, goods_delivered: 0 })
  expect(await t.ask(invoicePrint, { invoice_id: first.invoice_id! })).toMatchObject({
    locale: 'en', currency: 'GBP', amount_in_words: 'One hundred seventy-nine British pounds and 94/100 only', prices_include_tax: 0,
    taxes: [{ tax_rate_e8: 20_000_000, net_minor: 14_995, tax_minor: 2_999 }],
  })
})
