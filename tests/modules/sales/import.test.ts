import { expect, test } from 'vitest'
import { createParty } from '../../../src-main/modules/parties/contract.ts'
import { importInvoices, listInvoices } from '../../../src-main/modules/sales/contract.ts'
import { stageRows } from '../../support/staging.ts'
import { E6, openShop, price } from './shop.ts'

const command = 'sales.importInvoices'
const row = (
  number: string,
  item: string,
  quantity: number,
  more: object = {},
) => ({ number, day: '2026-01-10', item, quantity_e6: quantity * E6, price_e4: price(10.1), ...more })

test('rows of one number are one document, wherever they stand; negative rows are its credit note', async () => {
  const shop = await openShop()
  const { t, water, books, stock } = shop
  await t.run(createParty, { code: 'C-9', name: '同名店' })
  const staging_id = stageRows(t, {
    command,
    rows: [
      row('A1', 'W', 10, { customer: '华美贸易' }),
      row('A2', 'L', 1, { price_e4: price(101), customer: 'C-9', note: '补录' }),
      row('A1', 'F', 1, { price_e4: price(30.3), description: '送货' }),
      row('A3', 'W', -2),
      row('A1', 'W', 1, { unit: '箱', price_e4: price(121.2), discount_rate_e8: 50_000_000 }),
      row('A4', 'W', 5),
      row('A4', 'W', -1),
    ],
  })
  expect(await t.run(importInvoices, { staging_id })).toEqual({
    invoices: 3, credit_notes: 2, deliveries: 3, returns: 2, gross_minor: 10_100 + 3_030 + 6_060 + 10_100 - 2_020 + 5_050 - 1_010,
    sha256: 'a'.repeat(64),
  })
  expect(await stock(water)).toMatchObject({ on_hand_e6: (120 - 10 - 12 - 5 + 3) * E6 })
  expect(await books()).toMatchObject({ receivable: 31_310, revenue: -31_000, goods_delivered: 0, cost_of_sales: 4_000 + 24 * 600 })
  const { rows } = await t.ask(listInvoices, { text: 'A1' })
  expect(rows).toMatchObject([{ reference: 'A1', number: 'IN2026-00001', gross_minor: 19_190, party_name: '华美贸易', day: '2026-01-10' }])
  const [note] = (await t.ask(listInvoices, { text: 'A2' })).rows
  expect(note).toMatchObject({ note: '补录', party_name: '同名店' })
})

test('one bad row and nothing is posted; every problem is told', async () => {
  const { t, books } = await openShop()
  for (const code of ['D-1', 'D-2']) await t.run(createParty, { code, name: '重名', accept_duplicate: 1 })
  const staging_id = stageRows(t, {
    command,
    rows: [
      row('B1', 'W', 1),
      row('B2', 'X', 1),
      row('B3', 'W', 1, { customer: '没有' }),
      row('B4', 'W', 1, { customer: '重名' }),
      row('B5', 'W', 0),
      row('B6', 'W', 1, { price_e4: -1 }),
    ],
  })
  const no = await t.refused(importInvoices, { staging_id })
  expect(no.code).toBe('sales.importRejected')
  expect((no.details as {
    problems: { source_row: number; reason_code: string }[],
  }).problems.map((p) => [p.source_row, p.reason_code])).toEqual([
    [3, 'sales.importItemUnknown'], [4, 'sales.importCustomerUnknown'], [
      5,
      'sales.importCustomerAmbiguous',
    ], [6, 'sales.importQuantityZero'], [7, 'sales.importPriceNegative'],
  ])
  expect(await books()).toMatchObject({ receivable: 0, revenue: 0 })
  const more = stageRows(t, { command, rows: [row('C1', 'W', 100), row('C2', 'W', 21)] })
  expect(await t.refused(importInvoices, { staging_id: more })).toMatchObject({ code: 'inventory.notEnoughStock' })
  expect((await t.ask(listInvoices, {})).total).toBe(0)
})
