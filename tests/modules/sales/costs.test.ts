import { expect, test } from 'vitest'
import { accounts, createAccount, lockPeriod, setAccountRole } from '../../../src-main/modules/accounting/contract.ts'
import { createParty } from '../../../src-main/modules/parties/contract.ts'
import { postBill } from '../../../src-main/modules/purchasing/contract.ts'
import {
  confirmOrder,
  createOrder,
  creditNote,
  deliver,
  getDelivery,
  listUninvoiced,
  postInvoice,
  returnGoods,
  reverseInvoice,
} from '../../../src-main/modules/sales/contract.ts'
import { E6, clearOpening, openShop, price, type Shop } from './shop.ts'

async function ordered(shop: Shop, quantity: number, day = '2026-01-15'): Promise<string> {
  const { order_id } = await shop.t.run(
    createOrder,
    { party_id: shop.customer, day, lines: [{ item_id: shop.water, quantity_e6: quantity * E6, price_e4: price(10.1) }] },
  )
  await shop.t.run(confirmOrder, { order_id })
  return order_id
}
const invoice = (shop: Shop, order_id: string, quantity: number, day?: string) =>
  shop.t.run(postInvoice, { lines: [{ order_id, order_line_no: 1, quantity_e6: quantity * E6 }], day })
/** 120 more bottles at 9.00, dated back to the 10th: from 6.00 each the average becomes 7.50. */
async function lateBill(shop: Shop): Promise<void> {
  const { party_id } = await shop.t.run(createParty, { name: '通天批发', is_supplier: 1, is_customer: 0 })
  await shop.t.run(
    postBill,
    { party_id, day: '2026-01-10', lines: [{ item_id: shop.water, quantity_e6: 120 * E6, price_e4: price(9), tax_rate_e8: 0 }] },
  )
}

test('a cost that turns out later follows the invoiced share, and the last invoice takes the rest', async () => {
  const shop = await openShop()
  const { t, books } = shop
  const order_id = await ordered(shop, 10)
  const sent = await t.run(deliver, { order_id, invoice: 'apart' })
  await invoice(shop, order_id, 4)
  expect(await books()).toMatchObject({ goods_delivered: 3_600, cost_of_sales: 2_400 })
  await lateBill(shop)
  expect(await books()).toMatchObject({ goods_delivered: 4_500, cost_of_sales: 3_000 })
  expect(await t.ask(getDelivery, { delivery_id: sent.delivery_id! })).toMatchObject({ lines: [{ cost_minor: 7_500 }] })
  await invoice(shop, order_id, 3)
  expect(await books()).toMatchObject({ goods_delivered: 2_250, cost_of_sales: 5_250 })
  await invoice(shop, order_id, 3)
  expect(await books()).toMatchObject({ goods_delivered: 0, cost_of_sales: 7_500 })
})

test('a cost that turns out after the last invoice goes to cost of sales at once', async () => {
  const shop = await openShop()
  const { t, books } = shop
  const order_id = await ordered(shop, 10)
  await t.run(deliver, { order_id, invoice: 'apart' })
  await invoice(shop, order_id, 10)
  await lateBill(shop)
  expect(await books()).toMatchObject({ goods_delivered: 0, cost_of_sales: 7_500 })
})

test('a later cost of goods that came back and wait for their credit note', async () => {
  const shop = await openShop()
  const { t, books } = shop
  const order_id = await ordered(shop, 10)
  const sent = await t.run(deliver, { order_id, invoice: 'apart' })
  const bill = await invoice(shop, order_id, 10)
  await t.run(returnGoods, { invoice: 'apart', lines: [{ delivery_id: sent.delivery_id!, delivery_line_no: 1, quantity_e6: 4 * E6 }] })
  expect(await books()).toMatchObject({ goods_delivered: -2_400, cost_of_sales: 6_000 })
  await lateBill(shop)
  expect(await books()).toMatchObject({ goods_delivered: -3_000, cost_of_sales: 7_500 })
  const credit = await t.run(creditNote, { invoice_id: bill.invoice_id! })
  expect(await books()).toMatchObject({ goods_delivered: 0, cost_of_sales: 4_500 })
  await t.run(reverseInvoice, { invoice_id: credit.invoice_id! })
  expect(await books()).toMatchObject({ goods_delivered: -3_000, cost_of_sales: 7_500 })
})

test('another account waits for invoices from now on: what comes late for the former one still goes on', async () => {
  const shop = await openShop()
  const { t, books } = shop
  const order_id = await ordered(shop, 10)
  await t.run(deliver, { order_id, invoice: 'apart' })
  await invoice(shop, order_id, 10)
  const former = (await t.ask(accounts, {})).rows.find((a) => a.roles.includes('goods_delivered'))!
  const code = `${former.code.slice(0, -2)}77`
  const { account_id } = await t.run(createAccount, { code, name_zh: '发出商品', parent_id: former.parent_id ?? undefined })
  await t.run(setAccountRole, { role: 'goods_delivered', account_id })
  await lateBill(shop)
  expect(await books()).toMatchObject({ cost_of_sales: 7_500 })
})

test('cents: a cost of 1.00 for three pieces is invoiced as 33, 34, 33 and nothing stays', async () => {
  const shop = await openShop()
  const { t, books, lamp, customer } = shop
  const { party_id } = await t.run(createParty, { name: '供应商', is_supplier: 1, is_customer: 0 })
  const { createItem } = await import('../../../src-main/modules/catalog/contract.ts')
  const pin = (await t.run(createItem, { code: 'P', name: '别针', kind: 'stocked', base_unit: '个' })).item_id
  await t.run(postBill, { party_id, day: '2026-01-05', lines: [{ item_id: pin, quantity_e6: 3 * E6, price_e4: 3_333, tax_rate_e8: 0 }] })
  const { order_id } = await t.run(createOrder, { party_id: customer, lines: [{ item_id: pin, quantity_e6: 3 * E6, price_e4: price(1) }] })
  await t.run(confirmOrder, { order_id })
  await t.run(deliver, { order_id, invoice: 'apart' })
  const held: number[] = []
  for (const _ of [1, 2, 3]) {
    await invoice(shop, order_id, 1)
    held.push((await books()).goods_delivered!)
  }
  expect(held).toEqual([67, 33, 0])
  expect((await books()).cost_of_sales).toBe(100)
  void lamp
})

test('locking a period accrues what is delivered and not invoiced; invoices take it back on their own day', async () => {
  // 10 瓶 at 10.10 with 1 % inside: net 100.00, cost 60.00. Delivered on 20 January, 3 invoiced on 25 January, 2 on 3 February.
  const shop = await openShop()
  const { t, books } = shop
  await clearOpening(t)
  t.today = '2026-02-05'
  const order_id = await ordered(shop, 10, '2026-01-20')
  const sent = await t.run(deliver, { order_id, day: '2026-01-20', invoice: 'apart' })
  await invoice(shop, order_id, 3, '2026-01-25')
  await invoice(shop, order_id, 2, '2026-02-03')
  expect(
    await t.ask(listUninvoiced, { through: '2026-01-31' }),
  ).toMatchObject({ total: 1, net_minor: 7_000, rows: [{ to_invoice_e6: 7 * E6, delivery_number: 'DN2026-00001' }] })
  await t.run(lockPeriod, { through: '2026-01-31' })
  const january = await balancesThrough(shop, '2026-01-31')
  expect(january).toMatchObject({
    revenue: -10_000,
    cost_of_sales: 6_000,
    goods_delivered: 0,
    accrued_receivable: 7_000,
    receivable: 3_030,
  })
  expect(await books()).toMatchObject({
    revenue: -10_000,
    cost_of_sales: 6_000,
    goods_delivered: 0,
    accrued_receivable: 5_000,
    receivable: 5_050,
  })

  await invoice(shop, order_id, 2)
  expect(await books()).toMatchObject({ revenue: -10_000, cost_of_sales: 6_000, accrued_receivable: 3_000, receivable: 7_070 })
  await t.run(returnGoods, { invoice: 'apart', lines: [{ delivery_id: sent.delivery_id!, delivery_line_no: 1, quantity_e6: E6 }] })
  expect(await books()).toMatchObject({ revenue: -9_000, cost_of_sales: 5_400, accrued_receivable: 2_000 })
  t.today = '2026-03-02'
  await t.run(lockPeriod, { through: '2026-02-28' })
  expect(await books()).toMatchObject({ revenue: -9_000, accrued_receivable: 2_000 })
  await t.run(postInvoice, { order_ids: [order_id] })
  expect(await books()).toMatchObject({
    revenue: -9_000,
    cost_of_sales: 5_400,
    goods_delivered: 0,
    accrued_receivable: 0,
    receivable: 9_090,
  })
  expect(await t.refused(deliver, { order_id, day: '2026-01-31' })).toMatchObject({ code: 'sales.orderStateForbids' })
  const late = await ordered(shop, 1, '2026-03-01')
  expect(await t.refused(deliver, { order_id: late, day: '2026-02-28' })).toMatchObject({ code: 'accounting.periodLocked' })
})

async function balancesThrough({ t }: Shop, day: string): Promise<Record<string, number>> {
  const rows = await t.office.engine.read((db) =>
    db.all<{ role: string; balance: number }>(
      `select r.role, coalesce(sum(l.debit_minor - l.credit_minor), 0) as balance
         from accounting_role r left join accounting_line l on l.account_id = r.account_id and l.day <= ? group by r.role order by r.role`,
      [day],
    ),
  )
  return Object.fromEntries(rows.map((r) => [r.role, r.balance]))
}
