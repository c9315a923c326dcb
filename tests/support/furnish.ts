import { createItem } from '../../src-main/modules/catalog/contract.ts'
import { postAdjustment } from '../../src-main/modules/inventory/contract.ts'
import { createParty } from '../../src-main/modules/parties/contract.ts'
import { confirmOrder, createOrder, deliver } from '../../src-main/modules/sales/contract.ts'
import type { TestOffice } from './office.ts'

export type Furnished = { readonly customers: string[]; readonly suppliers: string[]; readonly items: string[]; readonly services: string[]; readonly orders: string[] }

const E6 = 1_000_000

/** A few customers, suppliers, goods with opening stock, services and orders in several states: somewhere for a test to begin. */
export async function furnish(t: TestOffice): Promise<Furnished> {
  const day = (await t.office.bus.company()).first_day
  const made: Furnished = { customers: [], suppliers: [], items: [], services: [], orders: [] }
  for (const name of ['华美贸易', '金龙商行', 'Atlas Trading', '鼎盛建材']) {
    made.customers.push((await t.run(createParty, { name, kind: 'company', is_customer: 1, is_supplier: 0, terms_days: 30 })).party_id)
  }
  for (const name of ['通天批发', 'Northern Supplies']) {
    made.suppliers.push((await t.run(createParty, { name, kind: 'company', is_customer: 0, is_supplier: 1 })).party_id)
  }
  for (const [name, unit, costing, price_e4] of [['矿泉水', '瓶', 'average', 20_000], ['绿茶', '盒', 'fifo', 880_000], ['陶瓷杯', '个', 'average', 155_000], ['Bearing', 'pc', 'fifo', 1_234_567]] as const) {
    const units = unit === '瓶' ? [{ name: '箱', numerator: 12, denominator: 1 }] : []
    made.items.push((await t.run(createItem, { name, kind: 'stocked', base_unit: unit, costing, price_e4, units })).item_id)
  }
  made.services.push((await t.run(createItem, { name: '送货费', kind: 'service', base_unit: '次', price_e4: 300_000 })).item_id)
  const lines = made.items.map((item_id, i) => ({ item_id, quantity_e6: 500 * E6, value_minor: 50_000 * (i + 1) }))
  await t.run(postAdjustment, { kind: 'opening', day, reason: '期初库存', lines })
  for (const [i, party_id] of made.customers.entries()) {
    const order = await t.run(createOrder, { party_id, lines: made.items.map((item_id) => ({ item_id, quantity_e6: (i + 1) * E6, price_e4: 250_000 })) })
    made.orders.push(order.order_id)
    if (i > 0) await t.run(confirmOrder, { order_id: order.order_id })
    if (i > 1) await t.run(deliver, { order_id: order.order_id, invoice: i === 2 ? 'with' : 'apart' })
  }
  return made
}
