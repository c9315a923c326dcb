import { expect, test } from 'vitest'
import { lock } from '../../../db/schema/accounting.ts'
import { accounts, postVoucher } from '../../../src-main/modules/accounting/contract.ts'
import { createItem } from '../../../src-main/modules/catalog/contract.ts'
import { createParty } from '../../../src-main/modules/parties/contract.ts'
import { createOrder, updateOrder } from '../../../src-main/modules/sales/contract.ts'
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
  const close = (): Promise<number> => t.office.engine.write((db) => db.run(lock, `update accounting_lock set locked_through = '2026-01-31'`))
  await expect(
    t.office.engine.write(async (db) => {
      await db.run(lock, `update accounting_lock set locked_through = '2026-01-31'`)
      throw new Error('taken back')
    }),
  ).rejects.toThrow('taken back')
  await t.run(postVoucher, voucher)
  await close()
  expect((await t.refused(postVoucher, voucher)).code).toBe('accounting.periodLocked')
  await t.office.engine.write((db) => db.run(lock, `update accounting_lock set locked_through = '2025-12-31'`))
  await t.run(postVoucher, voucher)
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
