import { expect, test } from 'vitest'
import { receivePayment } from '../../../src-main/modules/accounting/contract.ts'
import {
  confirmOrder, createOrder, creditNote, deliver, deliverDirect, getInvoice, getOrder, postInvoice, returnGoods, reverseDelivery,
  reverseInvoice,
} from '../../../src-main/modules/sales/contract.ts'
import { delivery, deliveryLine, invoice, invoiceLine } from '../../../db/schema/sales.ts'
import { E6, openShop, price, type Shop } from './shop.ts'

const untouched = { receivable: 0, revenue: 0, output_tax: 0, cost_of_sales: 0, goods_delivered: 0, inventory: 272_000 }
const nobody = '00000000-0000-7000-8000-000000000000'
async function ordered(shop: Shop, quantity = 10): Promise<string> {
  const { order_id } = await shop.t.run(
    createOrder,
    { party_id: shop.customer, lines: [{ item_id: shop.water, quantity_e6: quantity * E6, price_e4: price(10.1) }] },
  )
  await shop.t.run(confirmOrder, { order_id })
  return order_id
}

test('a sale in one step is undone by its invoice: goods, cost, receivable, tax; its money is an advance again', async () => {
  const shop = await openShop()
  const { t, water, books, stock } = shop
  const order_id = await ordered(shop)
  const sold = await t.run(deliver, { order_id, payments: [{ method: 'cash', amount_minor: 4_000 }] })
  expect(await t.ask(getOrder, { order_id })).toMatchObject({ state: 'closed', paid: 'part' })
  expect(
    await t.refused(reverseDelivery, { delivery_id: sold.delivery_id! }),
  ).toMatchObject({ code: 'sales.reverseTheInvoice', details: { invoice_number: 'IN2026-00001' } })
  expect(
    await t.refused(reverseInvoice, { invoice_id: sold.invoice_id!, day: '2026-01-14' }),
  ).toMatchObject({ code: 'sales.reversalTooEarly' })
  t.today = '2026-01-16'
  const undone = await t.run(reverseInvoice, { invoice_id: sold.invoice_id!, reason: '开错客户' })
  expect(undone).toMatchObject({ number: 'IN2026-00002', delivery_number: 'DN2026-00002' })
  expect(await books()).toMatchObject({ ...untouched, customer_advances: -4_000 })
  expect(await stock(water)).toEqual({ on_hand_e6: 120 * E6, reserved_e6: 10 * E6, value_minor: 72_000 })
  const page = await t.ask(getOrder, { order_id })
  expect(page).toMatchObject({
    state: 'confirmed',
    delivered: 'none',
    invoiced: 'none',
    paid: 'none',
    reconciles: { is_ok: 1 },
    money: { open_minor: 0 },
  })
  expect(
    page.documents.map((d) => d.kind),
  ).toEqual(['delivery', 'delivery_reversal', 'invoice', 'invoice_reversal', 'receipt', 'entry', 'entry', 'entry', 'entry'])
  expect(await t.refused(reverseInvoice, { invoice_id: sold.invoice_id! })).toMatchObject({ code: 'sales.alreadyReversed' })
  expect(await t.refused(reverseInvoice, { invoice_id: undone.invoice_id })).toMatchObject({ code: 'sales.isReversal' })
  expect(await t.refused(reverseDelivery, { delivery_id: undone.delivery_id! })).toMatchObject({ code: 'sales.isReversal' })
  expect(
    await t.refused(creditNote, { invoice_id: sold.invoice_id!, lines: [{ invoice_line_no: 1, amount_minor: 1 }] }),
  ).toMatchObject({ code: 'sales.notAnInvoice' })
  // Delivered anew, the order is whole again.
  await t.run(deliver, { order_id })
  expect(await t.ask(getInvoice, { invoice_id: sold.invoice_id! })).toMatchObject({ open_minor: 0, reversed_by_id: undone.invoice_id })
  expect(await t.ask(getOrder, { order_id })).toMatchObject({ state: 'closed', reconciles: { is_ok: 1 } })
  expect(await t.refused(reverseInvoice, { invoice_id: nobody })).toMatchObject({ code: 'sales.invoiceNotFound' })
  expect(await t.refused(reverseDelivery, { delivery_id: nobody })).toMatchObject({ code: 'sales.deliveryNotFound' })
})

test('apart: the invoice goes first, then the delivery', async () => {
  const shop = await openShop()
  const { t, water, books, stock } = shop
  const order_id = await ordered(shop)
  const sent = await t.run(deliver, { order_id, invoice: 'apart' })
  const bill = await t.run(postInvoice, { lines: [{ order_id, order_line_no: 1, quantity_e6: 3 * E6 }], payments: [{ method: 'cash', amount_minor: 3_030 }] })
  // All that was asked for is paid, but not all was asked for.
  expect(await t.ask(getOrder, { order_id })).toMatchObject({ invoiced: 'part', paid: 'part' })
  expect(await t.refused(reverseDelivery, { delivery_id: sent.delivery_id! })).toMatchObject({ code: 'sales.deliveryInvoiced' })
  await t.run(reverseInvoice, { invoice_id: bill.invoice_id! })
  expect(await books()).toMatchObject({ receivable: 0, revenue: 0, cost_of_sales: 0, goods_delivered: 6_000 })
  await t.run(reverseDelivery, { delivery_id: sent.delivery_id! })
  expect(await books()).toMatchObject(untouched)
  expect(await stock(water)).toMatchObject({ on_hand_e6: 120 * E6, reserved_e6: 10 * E6 })
  expect(await t.refused(reverseDelivery, { delivery_id: sent.delivery_id! })).toMatchObject({ code: 'sales.alreadyReversed' })
})

test('returns and credit notes are undone too, but not before their time', async () => {
  const shop = await openShop()
  const { t, lamp, customer, books } = shop
  const sold = await t.run(deliverDirect, { party_id: customer, lines: [{ item_id: lamp, quantity_e6: 4 * E6, price_e4: price(101) }] })
  const original = { delivery_id: sold.delivery_id!, delivery_line_no: 1 }
  const back = await t.run(returnGoods, { lines: [{ ...original, quantity_e6: E6 }] })
  expect(
    await t.refused(reverseInvoice, { invoice_id: sold.invoice_id! }),
  ).toMatchObject({ code: 'sales.invoiceCredited', details: { credit_number: 'CN2026-00001' } })
  const again = await t.run(reverseInvoice, { invoice_id: back.invoice_id! })
  expect(again).toMatchObject({ number: 'CN2026-00002', delivery_number: 'RT2026-00002' })
  expect(await books()).toMatchObject({ receivable: 40_400, cost_of_sales: 16_000 })

  const waiting = await t.run(returnGoods, { invoice: 'apart', lines: [{ ...original, quantity_e6: E6 }] })
  expect(await t.refused(reverseInvoice, { invoice_id: sold.invoice_id! })).toMatchObject({ code: 'sales.deliveryReturned' })
  const credit = await t.run(creditNote, { invoice_id: sold.invoice_id! })
  expect(await t.refused(reverseDelivery, { delivery_id: waiting.delivery_id! })).toMatchObject({ code: 'sales.deliveryInvoiced' })
  await t.run(reverseInvoice, { invoice_id: credit.invoice_id! })
  expect(await books()).toMatchObject({ receivable: 40_400, cost_of_sales: 16_000, goods_delivered: -4_000 })
  await t.run(reverseDelivery, { delivery_id: waiting.delivery_id! })
  const scrapped = await t.run(returnGoods, { lines: [{ ...original, quantity_e6: E6, disposition: 'scrap' }] })
  expect(await t.refused(reverseInvoice, { invoice_id: scrapped.invoice_id! })).toMatchObject({ code: 'sales.scrappedGoods' })
  expect(await books()).toMatchObject({ receivable: 30_300, cost_of_sales: 12_000, goods_delivered: 0, inventory_loss: 4_000 })
})

test('a delivery of which something came back is not undone whole', async () => {
  const shop = await openShop()
  const order_id = await ordered(shop)
  const { t } = shop
  const sent = await t.run(deliver, { order_id, invoice: 'apart' })
  await t.run(returnGoods, { invoice: 'apart', lines: [{ delivery_id: sent.delivery_id!, delivery_line_no: 1, quantity_e6: E6 }] })
  expect(await t.refused(reverseDelivery, { delivery_id: sent.delivery_id! })).toMatchObject({ code: 'sales.deliveryReturned' })
})

test('an invoice settled later is undone on the day of its settlement or after', async () => {
  const { t, water, customer } = await openShop()
  const sold = await t.run(deliverDirect, { party_id: customer, lines: [{ item_id: water, quantity_e6: E6, price_e4: price(10.1) }] })
  t.today = '2026-01-20'
  const [item] = (await t.ask(getInvoice, { invoice_id: sold.invoice_id! })).documents
  expect(item!.kind).toBe('delivery')
  const { open_item_id } = (await t.office.engine.read((db) => db.get<{ open_item_id: string }>(
    'select id as open_item_id from accounting_open_item where source_id = ?',
    [sold.invoice_id!],
  )))!
  await t.run(
    receivePayment,
    { party_id: customer, day: '2026-01-20', method: 'cash', amount_minor: 1_010, allocations: [{ open_item_id, amount_minor: 1_010 }] },
  )
  expect(
    await t.refused(reverseInvoice, { invoice_id: sold.invoice_id!, day: '2026-01-19' }),
  ).toMatchObject({ code: 'accounting.allocationTooEarly' })
  await t.run(reverseInvoice, { invoice_id: sold.invoice_id! })
})

test('posted documents are permanent, below all code', async () => {
  const { t, water, customer } = await openShop()
  await t.run(deliverDirect, { party_id: customer, lines: [{ item_id: water, quantity_e6: E6, price_e4: price(10.1) }] })
  const attempts = [
    [invoice, 'update sales_invoice set gross_minor = 1'],
    [invoice, 'delete from sales_invoice'],
    [invoiceLine, 'update sales_invoice_line set net_minor = 1'],
    [delivery, 'delete from sales_delivery'],
    [deliveryLine, 'update sales_delivery_line set quantity_e6 = 1'],
  ] as const
  for (const [table, sql] of attempts) {
    await expect(t.office.engine.write((db) => db.run(table, sql))).rejects.toMatchObject({ code: 'sales.postedIsPermanent' })
  }
})
