import { expect, test } from 'vitest'
import { account } from '../../../db/schema/accounting.ts'
import { item } from '../../../db/schema/catalog.ts'
import { accounts, postVoucher } from '../../../src-main/modules/accounting/contract.ts'
import { createItem, floorPrices, setFloorPrice } from '../../../src-main/modules/catalog/contract.ts'
import { createParty } from '../../../src-main/modules/parties/contract.ts'
import { createOrder, updateOrder } from '../../../src-main/modules/sales/contract.ts'
import type { Writer } from '../../../src-main/storage/db.ts'
import { testOffice, type TestOffice } from '../../support/office.ts'

// Reference tables are kept in memory (decisions/0006): what is remembered must never be older than the books.

async function voucherFor(t: TestOffice) {
  const { rows } = await t.ask(accounts, {})
  const idOf = (code: string): string => rows.find((a) => a.code === code)!.account_id
  const lines = [
    { account_id: idOf('1001'), debit_minor: 100, credit_minor: 0 },
    { account_id: idOf('5001'), debit_minor: 0, credit_minor: 100 },
  ]
  return { day: '2026-01-15', summary: 'cash', lines }
}

test('what another program changed in a reference table holds at once; what it took back was never seen', async () => {
  const t = await testOffice()
  const voucher = await voucherFor(t)
  await t.run(postVoucher, voucher)
  const use = (db: Writer, is_active: 0 | 1): Promise<number> => db.run(account, `update accounting_account set is_active = ? where code = '1001'`, [is_active])
  const takenBack = t.office.engine.write(async (db) => {
    await use(db, 0)
    throw new Error('taken back')
  })
  await expect(takenBack).rejects.toThrow('taken back')
  await t.run(postVoucher, voucher)
  await t.office.engine.write((db) => use(db, 0))
  expect((await t.refused(postVoucher, voucher)).code).toBe('accounting.accountInactive')
  await t.office.engine.write((db) => use(db, 1))
  await t.run(postVoucher, voucher)
})

test('an item that was sold a moment ago is known as it is now, whoever changed it, also within a command that was taken back', async () => {
  const t = await testOffice()
  const { party_id } = await t.run(createParty, { name: '李记', kind: 'company', is_customer: 1, is_supplier: 0 })
  const { item_id } = await t.run(createItem, { name: '米', kind: 'stocked', base_unit: '袋', price_e4: 10_0000 })
  const order = { party_id, lines: [{ item_id, quantity_e6: 1_000_000, price_e4: 10_0000 }] }
  await t.run(createOrder, order)
  const use = (db: Writer, is_active: 0 | 1): Promise<number> => db.run(item, 'update catalog_item set is_active = ? where id = ?', [is_active, item_id])
  await expect(t.office.engine.write((db) => use(db, 0).then(() => Promise.reject(new Error('taken back'))))).rejects.toThrow('taken back')
  await t.run(createOrder, order)
  await t.office.engine.write((db) => use(db, 0))
  expect((await t.refused(createOrder, order)).code).toBe('sales.itemInactive')
  await t.office.engine.write((db) => use(db, 1))
  await t.run(setFloorPrice, { item_id, floor_price_e4: 5_0000 })
  expect((await t.ask(floorPrices, { item_ids: [item_id] })).rows).toEqual([{ item_id, floor_price_e4: 5_0000 }])
  await t.run(createOrder, order)
})

test('lines born with their order are logged only when something happens to them later', async () => {
  const t = await testOffice()
  const { party_id } = await t.run(createParty, { name: '李记', kind: 'company', is_customer: 1, is_supplier: 0 })
  const { item_id } = await t.run(createItem, { name: '米', kind: 'stocked', base_unit: '袋', price_e4: 10_0000 })
  const line = { item_id, quantity_e6: 1_000_000, price_e4: 10_0000 }
  const { order_id } = await t.run(createOrder, { party_id, lines: [line, line] })
  const logged = async (tbl: string): Promise<string[]> =>
    (await t.office.engine.read((db) => db.all<{ op: string }>('select op from platform_change where tbl = ? order by seq', [tbl]))).map((r) => r.op)
  expect(await logged('sales_order')).toEqual(['i'])
  expect(await logged('sales_order_line')).toEqual([])
  await t.run(updateOrder, { order_id, party_id, lines: [line] })
  expect(await logged('sales_order_line')).toContain('d')
})
