import { expect, test } from 'vitest'
import { lockPeriod, postOpeningBalances } from '../../../src-main/modules/accounting/contract.ts'
import { createItem } from '../../../src-main/modules/catalog/contract.ts'
import { postAdjustment, reverseAdjustment } from '../../../src-main/modules/inventory/contract.ts'
import { testOffice } from '../../support/office.ts'

test('opening stock belongs to the first month', async () => {
  const t = await testOffice()
  const { item_id } = await t.run(createItem, { name: '茶', base_unit: '盒' })
  const opening = { kind: 'opening' as const, reason: '期初', lines: [{ item_id, quantity_e6: 5_000_000, value_minor: 5000 }] }
  const { adjustment_id } = await t.run(postAdjustment, { ...opening, day: '2026-01-01' })
  t.today = '2026-02-10'
  expect((await t.refused(postAdjustment, { ...opening, day: t.today })).code).toBe('inventory.openingIsClosed')
  expect((await t.refused(reverseAdjustment, { adjustment_id, day: t.today, reason: '录错' })).code).toBe('inventory.openingIsClosed')
  await t.run(reverseAdjustment, { adjustment_id, day: '2026-01-31', reason: '录错' })
})

test('opening stock is final once its month is closed', async () => {
  const t = await testOffice()
  const { item_id } = await t.run(createItem, { name: '茶', base_unit: '盒' })
  const opening = { kind: 'opening' as const, reason: '期初', lines: [{ item_id, quantity_e6: 5_000_000, value_minor: 5000 }] }
  const { adjustment_id } = await t.run(postAdjustment, { ...opening, day: '2026-01-01' })
  const capital = await t.office.engine.read((db) => db.get<{ id: string }>(`select id from accounting_account where code = '3001'`))
  await t.run(postOpeningBalances, { lines: [{ account_id: capital!.id, credit_minor: 5000 }] })
  t.today = '2026-02-10'
  await t.run(lockPeriod, { through: '2026-01-31' })
  const closed = { code: 'inventory.openingIsClosed', details: { first_day: '2026-01-01' } }
  expect(await t.refused(reverseAdjustment, { adjustment_id, day: t.today, reason: '录错' })).toEqual(closed)
  expect(await t.refused(postAdjustment, { ...opening, day: '2026-01-01' })).toEqual(closed)
})
