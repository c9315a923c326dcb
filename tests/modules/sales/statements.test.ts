import { expect, test } from 'vitest'
import { createItem } from '../../../src-main/modules/catalog/contract.ts'
import { receivePayment } from '../../../src-main/modules/accounting/contract.ts'
import { postAdjustment } from '../../../src-main/modules/inventory/contract.ts'
import {
  changeOrder,
  confirmOrder,
  createOrder,
  deliver,
  deliverDirect,
  getInvoice,
  getOrder,
  postInvoice,
  returnGoods,
  reverseInvoice,
} from '../../../src-main/modules/sales/contract.ts'
import { E6, openShop, price } from './shop.ts'

test('no step of a five-line order needs more than 60 statements', async () => {
  const { t, customer } = await openShop({}, { credit_limit_minor: 100_000_000 } as never)
  const items: string[] = []
  for (let i = 0; i < 5; i++) items.push(
    (await t.run(createItem, { code: `S${i}`, name: `货${i}`, kind: 'stocked', base_unit: '件' })).item_id,
  )
  await t.run(
    postAdjustment,
    {
      kind: 'opening',
      day: '2026-01-01',
      reason: '期初',
      lines: items.map((item_id) => ({ item_id, quantity_e6: 100 * E6, value_minor: 50_000 })),
    },
  )
  const counts: Record<string, number> = {}
  const counted = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    const before = t.office.engine.statements()
    const result = await work()
    counts[name] = t.office.engine.statements() - before
    return result
  }
  const lines = items.map((item_id) => ({ item_id, quantity_e6: 2 * E6, price_e4: price(10) }))
  const make = async () => (await t.run(createOrder, { party_id: customer, lines })).order_id
  const { order_id } = await counted('createOrder', () => t.run(createOrder, { party_id: customer, lines }))
  await counted('confirmOrder', () => t.run(confirmOrder, { order_id }))
  await counted(
    'changeOrder',
    () => t.run(changeOrder, { order_id, lines: lines.map((l, i) => ({ ...l, line_no: i + 1, quantity_e6: 3 * E6 })) }),
  )
  const sold = await counted('deliver', () => t.run(deliver, { order_id }))
  const apart = await make()
  await t.run(confirmOrder, { order_id: apart })
  await counted('deliver apart', () => t.run(deliver, { order_id: apart, invoice: 'apart' }))
  await counted('postInvoice', () => t.run(postInvoice, { order_ids: [apart] }))
  await counted(
    'deliverDirect',
    () => t.run(deliverDirect, { party_id: customer, lines, payments: [{ method: 'cash', amount_minor: 10_000 }] }),
  )
  const { open_item_id } = (await t.office.engine.read((db) => db.get<{ open_item_id: string }>(
    'select id as open_item_id from accounting_open_item where source_id = ?',
    [sold.invoice_id!],
  )))!
  await counted(
    'receivePayment',
    () => t.run(
      receivePayment,
      {
        party_id: customer,
        day: '2026-01-15',
        method: 'cash',
        amount_minor: 15_000,
        allocations: [{ open_item_id, amount_minor: 15_000 }],
      },
    ),
  )
  await counted(
    'returnGoods',
    () => t.run(
      returnGoods,
      { lines: items.map((_, i) => ({ delivery_id: sold.delivery_id!, delivery_line_no: i + 1, quantity_e6: E6 })) },
    ),
  )
  const wrong = await t.run(deliverDirect, { party_id: customer, lines })
  await counted('reverseInvoice', () => t.run(reverseInvoice, { invoice_id: wrong.invoice_id! }))
  await counted('order page', () => t.ask(getOrder, { order_id }))
  await counted('invoice page', () => t.ask(getInvoice, { invoice_id: sold.invoice_id! }))
  for (const [name, count] of Object.entries(counts)) expect(count, name).toBeLessThanOrEqual(60)
})
