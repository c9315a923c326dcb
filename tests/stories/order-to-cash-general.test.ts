import { expect, test } from 'vitest'
import { openItems, receivePayment, refundCustomer } from '../../src-main/modules/accounting/contract.ts'
import { createItem } from '../../src-main/modules/catalog/contract.ts'
import {
  closeOrder, confirmOrder, convertQuote, createQuote, creditNote, deliver, getOrder, postInvoice, returnGoods, sendQuote,
} from '../../src-main/modules/sales/contract.ts'
import { E6, openShop, price } from '../modules/sales/shop.ts'

test('general taxpayer, prices without tax: quote, part deliveries, invoices, part payment, return, credit note, refund', async () => {
  /*
   * 13 %. Lines: 30 瓶 at 8.88 less 2 % = 266.40 − 5.33 = 261.07; 3 件 at 95.50 = 286.50; 1 service at 20.00 (6 %).
   * The whole order less 7.57: by size 261.07 : 286.50 : 20.00 of 567.57 → 3.48, 3.82, 0.27.
   * After it: 257.59 + 33.49 tax (257.59 × 13 % = 33.4867), 282.68 + 36.75 (36.7484), 19.73 + 1.18 (1.1838).
   * Net 560.00, tax 71.42, gross 631.42. Cost 6.00 a 瓶, 40.00 a 件.
   */
  const { t, water, lamp, customer, books, stock } = await openShop({ taxpayer: 'general', prices_include_tax: 0 })
  const fitting = (await t.run(createItem, { code: 'S6', name: '安装费', kind: 'service', base_unit: '次', price_e4: price(20) })).item_id
  const { quote_id, ...quoted } = await t.run(createQuote, {
    party_id: customer,
    discount_minor: 757,
    lines: [
      { item_id: water, quantity_e6: 30 * E6, price_e4: price(8.88), discount_rate_e8: 2_000_000 },
      { item_id: lamp, quantity_e6: 3 * E6, price_e4: price(95.5) },
      { item_id: fitting, quantity_e6: E6, price_e4: price(20) },
    ],
  })
  expect(quoted).toEqual({ net_minor: 56_000, tax_minor: 7_142, gross_minor: 63_142 })
  await t.run(sendQuote, { quote_id })
  const { order_id } = await t.run(convertQuote, { quote_id })
  await t.run(confirmOrder, { order_id })

  // 20 瓶 and 1 件 leave and are invoiced later: cost 120.00 + 40.00 waits on goods delivered.
  t.today = '2026-01-16'
  const first = await t.run(
    deliver,
    { order_id, invoice: 'apart', lines: [{ order_line_no: 1, quantity_e6: 20 * E6 }, { order_line_no: 2, quantity_e6: E6 }] },
  )
  expect(await books()).toMatchObject({ goods_delivered: 16_000, cost_of_sales: 0, receivable: 0, inventory: 256_000 })
  // 20/30 of line 1: net 171.73, gross 194.05 (of 291.08); 1/3 of line 2: net 94.23, gross 106.48 (of 319.43).
  const bill = await t.run(postInvoice, { delivery_ids: [first.delivery_id!] })
  expect(bill).toMatchObject({ net_minor: 17_173 + 9_423, gross_minor: 19_405 + 10_648 })
  expect(await books()).toMatchObject({
    goods_delivered: 0,
    cost_of_sales: 16_000,
    receivable: 30_053,
    revenue: -26_596,
    output_tax: -3_457,
  })

  // The rest of line 1 and the service in one step; what remains of line 2 is given up.
  t.today = '2026-01-18'
  const second = await t.run(
    deliver,
    { order_id, lines: [{ order_line_no: 1, quantity_e6: 10 * E6 }, { order_line_no: 3, quantity_e6: E6 }] },
  )
  expect(second).toMatchObject({ net_minor: 8_586 + 1_973, gross_minor: 9_703 + 2_091 })
  await t.run(closeOrder, { order_id, line_nos: [2] })
  expect(await stock(lamp)).toMatchObject({ on_hand_e6: 49 * E6, reserved_e6: 0 })
  expect(
    await t.ask(getOrder, { order_id }),
  ).toMatchObject({ state: 'closed', reconciles: { is_ok: 1 }, money: { invoiced_minor: 41_847, open_minor: 41_847 } })

  // 300.00 come in for the first invoice; the rest of both invoices with 0.47 rounded off.
  const open = (await t.ask(openItems, { party_id: customer })).rows
  const item = (number: string | null) => open.find((r) => r.number === number)!.open_item_id
  await t.run(
    receivePayment,
    {
      party_id: customer,
      day: '2026-01-20',
      method: 'bank',
      amount_minor: 30_000,
      allocations: [{ open_item_id: item(bill.invoice_number), amount_minor: 30_000 }],
    },
  )
  expect(await t.ask(getOrder, { order_id })).toMatchObject({ paid: 'part', money: { received_minor: 30_000, open_minor: 11_847 } })
  await t.run(receivePayment, {
    party_id: customer, day: '2026-01-21', method: 'bank', amount_minor: 11_800,
    allocations: [
      { open_item_id: item(bill.invoice_number), amount_minor: 53 },
      { open_item_id: item(second.invoice_number), amount_minor: 11_747, discount_minor: 47 },
    ],
  })
  expect(await books()).toMatchObject({ receivable: 0, settlement_discount: 47 })
  expect(
    await t.ask(getOrder, { order_id }),
  ).toMatchObject({ paid: 'all', money: { received_minor: 41_800, settlement_discount_minor: 47, open_minor: 0 } })

  // 5 瓶 of the first delivery come back first, are credited later: 5/20 of 171.73 and 194.05.
  t.today = '2026-01-25'
  await t.run(returnGoods, { invoice: 'apart', lines: [{ delivery_id: first.delivery_id!, delivery_line_no: 1, quantity_e6: 5 * E6 }] })
  expect(await books()).toMatchObject({ goods_delivered: -3_000, cost_of_sales: 22_000 })
  const credit = await t.run(creditNote, { invoice_id: bill.invoice_id!, day: '2026-01-26' })
  expect(credit).toMatchObject({ net_minor: -4_293, tax_minor: -558, gross_minor: -4_851 })
  const creditItem = (await t.ask(openItems, { party_id: customer })).rows.find((r) => r.number === credit.invoice_number)!
  await t.run(
    refundCustomer,
    {
      party_id: customer,
      day: '2026-01-27',
      method: 'cash',
      amount_minor: 4_851,
      allocations: [{ open_item_id: creditItem.open_item_id, amount_minor: 4_851 }],
    },
  )
  // Invoiced net 371.55 (265.96 + 105.59) less 42.93 credited; cost 180.00 + 40.00 less 30.00.
  expect(await books()).toMatchObject({
    receivable: 0,
    customer_advances: 0,
    goods_delivered: 0,
    cost_of_sales: 19_000,
    revenue: -(26_596 + 10_559 - 4_293),
    output_tax: -(3_457 + 1_235 - 558),
  })
  expect(await stock(water)).toEqual({ on_hand_e6: 95 * E6, reserved_e6: 0, value_minor: 57_000 })
  expect(
    await t.ask(getOrder, { order_id }),
  ).toMatchObject({ reconciles: { is_ok: 1 }, money: { credited_minor: -4_851, received_minor: 41_800 - 4_851, open_minor: 0 } })
})
