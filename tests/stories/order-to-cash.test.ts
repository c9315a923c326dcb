import { expect, test } from 'vitest'
import { confirmOrder, createOrder, deliver } from '../../src-main/modules/sales/contract.ts'
import { E6, openShop, price } from '../modules/sales/shop.ts'

test('a small shop sells in one step: stock, cost, receivable and tax are right at once', async () => {
  // Small-scale, 1 %, prices with tax. 24 瓶 at 10.30 = 247.20: net 244.75 + 2.45 (247.20 / 1.01 = 244.752…). Cost 24 × 6.00 = 144.00.
  const { t, water, customer, books, stock } = await openShop()
  const { order_id, ...totals } = await t.run(
    createOrder,
    { party_id: customer, lines: [{ item_id: water, unit: '箱', quantity_e6: 2 * E6, price_e4: price(123.6) }] },
  )
  expect(totals).toEqual({ gross_minor: 24_720, net_minor: 24_475, tax_minor: 245 })
  const confirmed = await t.run(confirmOrder, { order_id })
  expect(confirmed).toMatchObject({ number: 'SO2026-00001', promised_on: '2026-01-15', lines: [{ line_no: 1, reserved_e6: 24 * E6 }] })
  expect(await stock(water)).toEqual({ on_hand_e6: 120 * E6, reserved_e6: 24 * E6, value_minor: 72_000 })

  const sold = await t.run(deliver, { order_id })
  expect(sold).toMatchObject({
    delivery_number: 'DN2026-00001',
    invoice_number: 'IN2026-00001',
    gross_minor: 24_720,
    open_minor: 0 + 24_720,
  })
  expect(await stock(water)).toEqual({ on_hand_e6: 96 * E6, reserved_e6: 0, value_minor: 57_600 })
  expect(await books()).toMatchObject({
    inventory: 200_000 + 57_600,
    receivable: 24_720,
    revenue: -24_475,
    output_tax: -245,
    cost_of_sales: 14_400,
    goods_delivered: 0,
  })
})
