import { describe, expect, test } from 'vitest'
import type { CommandCtx } from '../../../src-main/kernel/operation.ts'
import {
  availability,
  plans,
  postAdjustment,
  promise,
  stock,
  updateWarehouse,
  warehouses,
} from '../../../src-main/modules/inventory/contract.ts'
import {
  availability as levelsOf,
  consumePlan,
  defaultWarehouseId,
  dropPlans,
  setPlans,
  stockLocationOf,
} from '../../../src-main/modules/inventory/index.ts'
import { testOffice, type TestOffice } from '../../support/office.ts'
import { item, post, refusedScene, rehearse, trade, units } from './rehearsal.ts'

const order = (n: number) => ({ kind: 'rehearsal.order', id: `01900000-0000-7000-8000-00000000000${n}` })
const here = async (ctx: CommandCtx) => stockLocationOf(ctx, await defaultWarehouseId(ctx))

/** Plans one line of an order and hears what was reserved and promised. */
async function plan(t: TestOffice, of: { order: number; item_id: string; quantity: number; due_on: string; direction?: 'in' | 'out' }) {
  const { result } = await rehearse(t, async (ctx) => {
    const line = {
      line_no: 1,
      direction: of.direction ?? 'out',
      item_id: of.item_id,
      location_id: await here(ctx),
      quantity_e6: units(of.quantity),
      due_on: of.due_on,
    } as const
    return setPlans(ctx, { source: order(of.order), lines: [line] })
  })
  return [result[0]!.reserved_e6 / 1e6, result[0]!.promised_on]
}
const levels = async (t: TestOffice, item_id: string) => {
  const [row] = (await t.ask(availability, { item_ids: [item_id] })).rows
  return [row!.on_hand_e6, row!.reserved_e6, row!.incoming_e6, row!.available_e6].map((q) => q / 1e6)
}
const reservedFor = async (t: TestOffice, n: number) => {
  const { rows } = await t.ask(plans, { source_kind: 'rehearsal.order', source_id: order(n).id })
  return rows.map((r) => [r.quantity_e6 / 1e6, r.reserved_e6 / 1e6])
}

describe('reservations', () => {
  test('first come, first served; what is not free waits and is promised from arrivals in turn', async () => {
    const t = await testOffice()
    const a = await item(t, 'A')
    await trade(t, { day: '2026-01-02', item_id: a, receive: 10, value_minor: 5000 })
    expect(await plan(t, { order: 1, item_id: a, quantity: 7, due_on: '2026-01-20' })).toEqual([7, '2026-01-15'])
    expect(await plan(t, { order: 2, item_id: a, quantity: 5, due_on: '2026-01-18' })).toEqual([3, null])
    expect(await plan(t, { order: 8, item_id: a, quantity: 4, due_on: '2026-01-25', direction: 'in' })).toEqual([0, '2026-01-25'])
    expect(await plan(t, { order: 9, item_id: a, quantity: 4, due_on: '2026-02-01', direction: 'in' })).toEqual([0, '2026-02-01'])
    expect(await levels(t, a)).toEqual([10, 10, 8, 0])
    // Said again, nothing changes but the promise; the third waits behind the second: 2 + 3 need both arrivals.
    expect(await plan(t, { order: 2, item_id: a, quantity: 5, due_on: '2026-01-18' })).toEqual([3, '2026-01-25'])
    expect(await plan(t, { order: 3, item_id: a, quantity: 3, due_on: '2026-01-19' })).toEqual([0, '2026-02-01'])
    const asked = async (quantity: number) =>
      (await t.ask(promise, { lines: [{ item_id: a, quantity_e6: units(quantity) }] })).lines[0]!.promised_on
    expect([await asked(3), await asked(4)]).toEqual(['2026-02-01', null])
    expect((await t.ask(availability, { item_ids: [a] })).rows[0]!.arrivals.map((x) => x.due_on)).toEqual(['2026-01-25', '2026-02-01'])
    expect((await t.ask(stock, { show: 'short' })).rows.map((r) => r.item_code)).toEqual(['A'])
  })

  test('arrived and freed goods go to those who wait, by due day', async () => {
    const t = await testOffice()
    const a = await item(t, 'A')
    await trade(t, { day: '2026-01-02', item_id: a, receive: 10, value_minor: 5000 })
    await plan(t, { order: 1, item_id: a, quantity: 10, due_on: '2026-01-20' })
    await plan(t, { order: 2, item_id: a, quantity: 5, due_on: '2026-01-19' })
    await plan(t, { order: 3, item_id: a, quantity: 5, due_on: '2026-01-18' })
    await trade(t, { day: '2026-01-03', item_id: a, receive: 6, value_minor: 3000 })
    expect([await reservedFor(t, 2), await reservedFor(t, 3)]).toEqual([[[5, 1]], [[5, 5]]])
    await plan(t, { order: 1, item_id: a, quantity: 8, due_on: '2026-01-20' })
    expect(await reservedFor(t, 2)).toEqual([[5, 3]])
    await rehearse(t, (ctx) => dropPlans(ctx, { source: order(1) }))
    expect([await reservedFor(t, 1), await reservedFor(t, 2)]).toEqual([[], [[5, 5]]])
    expect(await levels(t, a)).toEqual([16, 10, 0, 6])
  })

  test('goods reserved by others are not free; a delivery uses its own reservation first', async () => {
    const t = await testOffice()
    const a = await item(t, 'A')
    await trade(t, { day: '2026-01-02', item_id: a, receive: 10, value_minor: 5000 })
    await plan(t, { order: 1, item_id: a, quantity: 6, due_on: '2026-01-20' })
    expect(await refusedScene(t, (ctx) => post(ctx, { day: '2026-01-15', item_id: a, deliver: 5 }))).toMatchObject({
      code: 'inventory.notEnoughStock',
      details: { wanted_e6: units(5), available_e6: units(4) },
    })
    await trade(t, { day: '2026-01-15', item_id: a, deliver: 2, plan: { ...order(1), line_no: 1 } })
    expect([await reservedFor(t, 1), await levels(t, a)]).toEqual([[[4, 4]], [8, 4, 0, 4]])
    await trade(t, { day: '2026-01-15', item_id: a, deliver: 7, plan: { ...order(1), line_no: 1 } })
    expect([await reservedFor(t, 1), await levels(t, a)]).toEqual([[], [1, 0, 0, 1]])
    await rehearse(t, (ctx) => consumePlan(ctx, { source: order(7), line_no: 1, quantity_e6: units(1) }))
  })

  test('lost goods take reservations with them, the last in turn first, and say so', async () => {
    const t = await testOffice()
    const a = await item(t, 'A')
    await trade(t, { day: '2026-01-02', item_id: a, receive: 10, value_minor: 5000 })
    await plan(t, { order: 1, item_id: a, quantity: 6, due_on: '2026-01-20' })
    await plan(t, { order: 2, item_id: a, quantity: 4, due_on: '2026-01-18' })
    const lost = await t.run(postAdjustment, { day: '2026-01-15', reason: '破损', lines: [{ item_id: a, quantity_e6: units(-3) }] })
    expect(lost.warnings).toMatchObject([{ code: 'inventory.reservationTaken', wanted_e6: units(3) }])
    expect([await reservedFor(t, 1), await reservedFor(t, 2)]).toEqual([[[6, 3]], [[4, 4]]])
    expect(await levels(t, a)).toEqual([7, 7, 0, 0])
  })

  test('where stock may fall below zero, goods promised to others can be taken, with a warning', async () => {
    const t = await testOffice()
    const a = await item(t, 'A')
    const { warehouse_id } = (await t.ask(warehouses, {})).rows[0]!
    await t.run(updateWarehouse, { warehouse_id, negative_stock: 'allow' })
    await trade(t, { day: '2026-01-02', item_id: a, receive: 10, value_minor: 5000 })
    await plan(t, { order: 1, item_id: a, quantity: 10, due_on: '2026-01-20' })
    const out = await trade(t, { day: '2026-01-03', item_id: a, deliver: 12 })
    expect(out.warnings).toMatchObject([{ code: 'inventory.reservationTaken', wanted_e6: units(10) }])
    expect([await reservedFor(t, 1), await levels(t, a)]).toEqual([[[10, 0]], [-2, 0, 0, -2]])
  })

  test('inside one command plans see moves and each other', async () => {
    const t = await testOffice()
    const a = await item(t, 'A')
    const { result } = await rehearse(t, async (ctx) => {
      await post(ctx, { day: '2026-01-15', item_id: a, receive: 5, value_minor: 100 })
      const location_id = await here(ctx)
      const line = (quantity: number) =>
        ({ line_no: 1, direction: 'out', item_id: a, location_id, quantity_e6: units(quantity), due_on: '2026-01-20' }) as const
      const [first] = await setPlans(ctx, { source: order(1), lines: [line(4)] })
      const [second] = await setPlans(ctx, { source: order(2), lines: [line(4)] })
      const free = (await levelsOf(ctx, { item_ids: [a] })).get(a)!.available_e6
      await dropPlans(ctx, { source: order(1) })
      return [first!.reserved_e6, second!.reserved_e6, free]
    })
    expect(result).toEqual([units(4), units(1), 0])
    expect(await reservedFor(t, 2)).toEqual([[4, 4]])
  })
})
