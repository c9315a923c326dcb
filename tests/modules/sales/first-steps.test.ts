import { expect, test } from 'vitest'
import { createItem } from '../../../src-main/modules/catalog/contract.ts'
import { createParty } from '../../../src-main/modules/parties/contract.ts'
import { listSettings, setSetting, updateCompany } from '../../../src-main/modules/platform/contract.ts'
import { confirmOrder, createOrder, deliver, firstSteps } from '../../../src-main/modules/sales/contract.ts'
import { postAdjustment } from '../../../src-main/modules/inventory/contract.ts'
import { testOffice } from '../../support/office.ts'
import { addUser, openToOthers } from '../../support/people.ts'
import { E6, price } from './shop.ts'

test('the first steps tick themselves off one by one, from what is really there', async () => {
  const t = await testOffice()
  const done = async () => Object.entries(await t.ask(firstSteps, {})).filter(([, is]) => is === 1).map(([key]) => key.slice(4))
  expect(await done()).toEqual([])
  await t.run(updateCompany, { phone: '0571-8888' })
  expect(await done()).toEqual(['company'])
  const { item_id } = await t.run(createItem, { name: '龙井', base_unit: '盒', price_e4: price(128), kind: 'stocked', costing: 'average' })
  expect(await done()).toEqual(['company', 'item'])
  await t.run(postAdjustment, { kind: 'opening', day: '2026-01-01', reason: '期初', lines: [{ item_id, quantity_e6: 10 * E6, value_minor: 60_000 }] })
  expect(await done()).toEqual(['company', 'item', 'stock'])
  const { party_id } = await t.run(createParty, { name: '华美' })
  expect(await done()).toContain('customer')
  const { order_id } = await t.run(createOrder, { party_id, lines: [{ item_id, quantity_e6: E6, price_e4: price(128) }] })
  expect(await done()).not.toContain('order')
  await t.run(confirmOrder, { order_id })
  expect(await done()).toContain('order')
  await t.run(deliver, { order_id, invoice: 'with' })
  expect(await done()).toEqual(['company', 'item', 'stock', 'customer', 'order', 'invoice'])
  await openToOthers(t)
  const amy = await addUser(t, { login: 'amy', role: 'sales' })
  expect(await done()).toContain('colleague')
  // Put away for all, by who may change settings.
  const key = 'sales.first_steps_put_away'
  expect((await t.refused(setSetting, { key, value: 1 }, amy)).code).toBe('platform.notPermitted')
  await t.run(setSetting, { key, value: 1 })
  expect((await t.ask(listSettings, {}, amy)).rows.find((s) => s.key === key)).toMatchObject({ value: 1, may_change: 0 })
})
