import { describe, expect, test } from 'vitest'
import { journal, trialBalance } from '../../../src-main/modules/accounting/contract.ts'
import { updateItem, createItem } from '../../../src-main/modules/catalog/contract.ts'
import {
  adjustment,
  adjustments,
  createLocation,
  createWarehouse,
  itemLedger,
  postAdjustment,
  reverseAdjustment,
  stock,
  transfer,
  transfers,
  updateWarehouse,
  valuation,
  warehouses,
} from '../../../src-main/modules/inventory/contract.ts'
import { testOffice, type TestOffice } from '../../support/office.ts'
import { costsHold, item, standing, trade, units } from './rehearsal.ts'

const unknownId = '01900000-0000-7000-8000-000000000000'
const box = { units: [{ name: '箱', numerator: 12 }] }

describe('opening stock and adjustments', () => {
  test('opening stock stands against the clearing account, found and lost goods pass through 1901', async () => {
    const t = await testOffice()
    const a = await item(t, 'A', box)
    const opening = await t.run(postAdjustment, {
      kind: 'opening',
      day: '2026-01-01',
      reason: '期初',
      lines: [{ item_id: a, unit: '箱', quantity_e6: units(2), value_minor: 12_000 }],
    })
    expect(opening).toMatchObject({ number: 'AD2026-00001', value_minor: 12_000, warnings: [] })
    const posted = await t.run(postAdjustment, {
      day: '2026-01-10',
      reason: '盘点',
      reference: 'PD-7',
      lines: [
        { item_id: a, quantity_e6: units(-3), note: '摔碎' },
        { item_id: a, quantity_e6: units(1) },
        { item_id: a, quantity_e6: units(2), value_minor: 700 },
      ],
    })
    // 24 for 120.00: 3 lost at 5.00, 1 found at 5.00, 2 found for 7.00.
    expect(posted.value_minor).toBe(-1500 + 500 + 700)
    expect(await standing(t, 'inventory')).toBe(11_700)
    expect([
      await standing(t, 'opening_clearing'),
      await standing(t, 'inventory_loss'),
      await standing(t, 'inventory_gain'),
      await standing(t, 'pending_property'),
    ]).toEqual([-12_000, 1500, -1200, 0])
    const { rows } = await t.ask(journal, { source_id: posted.adjustment_id })
    expect(rows[0]!.lines.map((l) => [l.account_code, l.debit_minor, l.credit_minor])).toEqual(
      [
        ['1405.01', 1200, 0],
        ['1901', 0, 1200],
        ['1901', 1200, 0],
        ['5301', 0, 1200],
        ['1901', 1500, 0],
        ['1405.01', 0, 1500],
        ['5711', 1500, 0],
        ['1901', 0, 1500],
      ].map(([code, debit, credit]) => [expect.stringContaining(String(code).slice(0, 4)), debit, credit]),
    )
    const shown = await t.ask(adjustment, { adjustment_id: posted.adjustment_id })
    expect(shown).toMatchObject({ reference: 'PD-7', kind: 'adjustment', reversed_by_id: null, entry_word: '记' })
    expect(shown.lines.map((l) => [l.line_no, l.quantity_e6 / 1e6, l.value_minor, l.note])).toEqual([
      [1, -3, -1500, '摔碎'],
      [2, 1, 500, null],
      [3, 2, 700, null],
    ])
    expect(await t.ask(adjustments, { search: 'pd-7' })).toMatchObject({
      total: 1, total_value_minor: -300, rows: [{ number: 'AD2026-00002', line_count: 3, value_minor: -300 }],
    })
    expect(await t.ask(adjustments, { limit: 1 })).toMatchObject({ total: 2, total_value_minor: 11_700 })
    const [row] = (await t.ask(stock, {})).rows
    expect(row).toMatchObject({ on_hand_e6: units(24), value_minor: 11_700, units: [{ name: '箱', numerator: 12, denominator: 1 }] })
    await costsHold(t)
  })

  test('without 1901 elsewhere', async () => {
    const t = await testOffice({ profile: 'international', locale: 'en' })
    const a = await item(t, 'A')
    await t.run(postAdjustment, { day: '2026-01-02', reason: 'Count', lines: [{ item_id: a, quantity_e6: units(3), value_minor: 900 }] })
    await t.run(postAdjustment, { day: '2026-01-03', reason: 'Broken', lines: [{ item_id: a, quantity_e6: units(-1) }] })
    expect([await standing(t, 'inventory'), await standing(t, 'inventory_gain'), await standing(t, 'inventory_loss')]).toEqual([
      600, -900, 300,
    ])
    expect((await t.ask(journal, {})).rows.map((r) => [r.lines.length, r.summary])).toEqual([
      [2, 'Stock adjustment: Broken'],
      [2, 'Stock adjustment: Count'],
    ])
  })

  test('a reversal brings goods and books back, in red, at the cost of today', async () => {
    const t = await testOffice()
    const a = await item(t, 'A')
    await trade(t, { day: '2026-01-02', item_id: a, receive: 10, value_minor: 5000 })
    const lost = await t.run(postAdjustment, { day: '2026-01-05', reason: '被盗', lines: [{ item_id: a, quantity_e6: units(-4) }] })
    // A receipt dated back makes the loss dearer: 4 × 6.00 instead of 4 × 5.00.
    await trade(t, { day: '2026-01-03', item_id: a, receive: 10, value_minor: 7000 })
    expect(await standing(t, 'inventory_loss')).toBe(2400)
    expect((await t.refused(reverseAdjustment, { adjustment_id: lost.adjustment_id, day: '2026-01-04', reason: '找到' })).code).toBe(
      'inventory.beforeOriginal',
    )
    const back = await t.run(reverseAdjustment, { adjustment_id: lost.adjustment_id, day: '2026-01-06', reason: '找到' })
    expect([await standing(t, 'inventory_loss'), await standing(t, 'inventory'), await standing(t, 'pending_property')]).toEqual([
      0, 12_000, 0,
    ])
    expect((await t.ask(journal, { source_id: back.adjustment_id })).rows[0]).toMatchObject({
      kind: 'reversal',
      reverses_id: null,
      total_minor: -4800,
    })
    const memo = await t.run(postAdjustment, { day: '2026-01-06', reason: '多记', lines: [{ item_id: a, quantity_e6: units(-1) }] })
    const undone = await t.run(reverseAdjustment, { adjustment_id: memo.adjustment_id, day: '2026-01-06', reason: '多记' })
    expect((await t.ask(journal, { source_id: undone.adjustment_id })).rows[0]).toMatchObject({
      reverses_id: memo.entry_id,
      total_minor: -1200,
    })
    expect(await t.refused(reverseAdjustment, { adjustment_id: lost.adjustment_id, day: '2026-01-07', reason: 'x' })).toMatchObject({
      code: 'inventory.adjustmentAlreadyReversed',
      details: { reversed_by: 'AD2026-00002' },
    })
    expect((await t.refused(reverseAdjustment, { adjustment_id: back.adjustment_id, day: '2026-01-07', reason: 'x' })).code).toBe(
      'inventory.adjustmentIsReversal',
    )
    expect((await t.refused(reverseAdjustment, { adjustment_id: unknownId, day: '2026-01-07', reason: 'x' })).code).toBe(
      'inventory.adjustmentNotFound',
    )
    const found = await t.run(postAdjustment, {
      day: '2026-01-08',
      reason: '盘盈',
      lines: [{ item_id: a, quantity_e6: units(5), value_minor: 3000 }],
    })
    await trade(t, { day: '2026-01-09', item_id: a, deliver: 24 })
    expect((await t.refused(reverseAdjustment, { adjustment_id: found.adjustment_id, day: '2026-01-09', reason: 'x' })).code).toBe(
      'inventory.notEnoughStock',
    )
    await costsHold(t)
  })

  test('opening stock taken back after the average moved: its account is clear, what was sold bears the rest', async () => {
    const t = await testOffice()
    const a = await item(t, 'A')
    const opening = await t.run(postAdjustment, {
      kind: 'opening',
      day: '2026-01-01',
      reason: '期初',
      lines: [{ item_id: a, quantity_e6: units(5), value_minor: 2500 }],
    })
    await trade(t, { day: '2026-01-02', item_id: a, receive: 15, value_minor: 10_500 })
    // 20 for 130.00: 10 sold for 65.00. The opening's 5 leave at their 25.00, the 5 that stay keep 40.00.
    await trade(t, { day: '2026-01-03', item_id: a, deliver: 10 })
    await t.run(reverseAdjustment, { adjustment_id: opening.adjustment_id, day: '2026-01-04', reason: '录错' })
    expect([await standing(t, 'opening_clearing'), await standing(t, 'inventory')]).toEqual([0, 4000])
    const again = await t.run(postAdjustment, {
      kind: 'opening',
      day: '2026-01-01',
      reason: '期初',
      lines: [{ item_id: a, quantity_e6: units(5), value_minor: 2500 }],
    })
    await trade(t, { day: '2026-01-05', item_id: a, deliver: 5 })
    const before = await standing(t, 'cost_of_sales')
    const left = await standing(t, 'inventory')
    await t.run(reverseAdjustment, { adjustment_id: again.adjustment_id, day: '2026-01-06', reason: '录错' })
    // It empties the pool and takes what is there: no longer the 25.00 that it brought.
    expect(left).not.toBe(2500)
    expect([await standing(t, 'opening_clearing'), await standing(t, 'inventory'), await standing(t, 'cost_of_sales')]).toEqual([
      0,
      0,
      before + left - 2500,
    ])
    await costsHold(t)
  })

  test('a memo moves nothing, goods without cost post nothing, services hold no stock', async () => {
    const t = await testOffice()
    const a = await item(t, 'A')
    const { item_id: service } = await t.run(createItem, { name: '运费', base_unit: '次', kind: 'service' })
    const memo = await t.run(postAdjustment, {
      kind: 'memo',
      day: '2026-01-02',
      reason: 'CRUK',
      lines: [{ item_id: service, quantity_e6: units(-1) }],
    })
    expect(memo).toMatchObject({ entry_id: null, value_minor: 0 })
    expect((await t.ask(adjustment, { adjustment_id: memo.adjustment_id })).lines).toMatchObject([
      { quantity_e6: units(-1), value_minor: 0 },
    ])
    const free = await t.run(postAdjustment, { day: '2026-01-02', reason: '赠品', lines: [{ item_id: a, quantity_e6: units(5) }] })
    expect(free).toMatchObject({ entry_id: null, warnings: [{ code: 'inventory.costUnknown' }] })
    await t.run(reverseAdjustment, { adjustment_id: memo.adjustment_id, day: '2026-01-03', reason: 'x' })
    expect(
      (await t.refused(postAdjustment, { day: '2026-01-02', reason: 'x', lines: [{ item_id: service, quantity_e6: units(1) }] })).code,
    ).toBe('inventory.itemNotStocked')
    for (const line of [{ quantity_e6: 0 }, { quantity_e6: units(-1), value_minor: 5 }]) {
      expect(await t.answer(postAdjustment, { day: '2026-01-02', reason: 'x', lines: [{ item_id: a, ...line }] })).toMatchObject({
        ok: false,
        kind: 'invalid',
      })
    }
    expect(
      await t.answer(postAdjustment, { kind: 'opening', day: '2026-01-02', reason: 'x', lines: [{ item_id: a, quantity_e6: units(1) }] }),
    ).toMatchObject({ ok: false, kind: 'invalid' })
  })

  test('what cannot be is refused by name', async () => {
    const t = await testOffice()
    const a = await item(t, 'A', { units: [{ name: '克', numerator: 1, denominator: 3 } as never] })
    const no = async (input: object) =>
      (await t.refused(postAdjustment, { day: '2026-01-02', reason: 'x', lines: [{ item_id: a, quantity_e6: units(1) }], ...input })).code
    expect(await no({ warehouse_id: unknownId })).toBe('inventory.warehouseNotFound')
    expect(await no({ day: '2025-12-31' })).toBe('accounting.periodLocked')
    expect(await no({ lines: [{ item_id: unknownId, quantity_e6: units(1) }] })).toBe('catalog.itemNotFound')
    expect(await no({ lines: [{ item_id: a, unit: '吨', quantity_e6: units(1) }] })).toBe('catalog.unitUnknown')
    expect(await no({ lines: [{ item_id: a, unit: '克', quantity_e6: units(1) }] })).toBe('inventory.quantityNotExact')
    expect(await no({ lines: [{ item_id: a, quantity_e6: units(-1) }] })).toBe('inventory.notEnoughStock')
  })

  test('posted moves are permanent below all code, and items stay as their moves are counted', async () => {
    const t = await testOffice()
    const a = await item(t, 'A')
    await trade(t, { day: '2026-01-02', item_id: a, receive: 1, value_minor: 100 })
    const broken = t.office.engine.write((db) => db.all(`update inventory_move set value_minor = 1 returning seq`))
    await expect(broken).rejects.toMatchObject({ code: 'inventory.movesArePermanent' })
    for (const change of [{ base_unit: '箱' }, { costing: 'fifo' }, { kind: 'service' }]) {
      expect((await t.refused(updateItem, { item_id: a, ...change })).code).toBe('inventory.itemHasMoves')
    }
  })
})

describe('warehouses and transfers', () => {
  const second = async (t: TestOffice) => t.run(createWarehouse, { code: 'EAST', name: '东仓' })

  test('goods carried from one warehouse to another keep their cost', async () => {
    const t = await testOffice()
    const a = await item(t, 'A', box)
    await trade(t, { day: '2026-01-02', item_id: a, receive: 30, value_minor: 15_000 })
    const east = await second(t)
    const main = (await t.ask(warehouses, {})).rows[0]!
    const carried = { from_location_id: main.locations[0]!.location_id, to_location_id: east.location_id }
    const done = await t.run(transfer, {
      day: '2026-01-04',
      ...carried,
      note: '补货',
      lines: [{ item_id: a, unit: '箱', quantity_e6: units(1) }],
    })
    expect(done).toMatchObject({ number: 'TR2026-00001', warnings: [] })
    expect((await t.ask(stock, { warehouse_id: east.warehouse_id })).rows).toMatchObject([{ on_hand_e6: units(12), value_minor: 6000 }])
    expect(await t.ask(stock, { warehouse_id: main.warehouse_id })).toMatchObject({ total_value_minor: 9000 })
    expect((await t.ask(transfers, { item_id: a })).rows).toMatchObject([
      { number: 'TR2026-00001', from_location_name: '主仓库', to_location_name: '东仓', lines: [{ quantity_e6: units(12) }] },
    ])
    expect((await t.ask(itemLedger, { item_id: a, warehouse_id: east.warehouse_id })).rows).toMatchObject([
      { kind: 'transfer', quantity_e6: units(12), running_quantity_e6: units(12), running_value_minor: 15_000 },
    ])
    expect((await t.ask(itemLedger, { item_id: a })).total).toBe(1)
    expect(
      (await t.refused(transfer, { day: '2026-01-03', ...carried, lines: [{ item_id: a, quantity_e6: units(19) }] })).details,
    ).toMatchObject({ available_e6: units(18) })
    // Dated back it may take what later days do not need; the day before the receipt there was nothing.
    expect((await t.refused(transfer, { day: '2026-01-01', ...carried, lines: [{ item_id: a, quantity_e6: units(1) }] })).code).toBe(
      'inventory.notEnoughStock',
    )
    expect(
      (
        await t.refused(transfer, {
          day: '2026-01-05',
          ...carried,
          to_location_id: carried.from_location_id,
          lines: [{ item_id: a, quantity_e6: units(1) }],
        })
      ).code,
    ).toBe('inventory.sameLocation')
    expect(
      (
        await t.refused(transfer, {
          day: '2026-01-05',
          ...carried,
          to_location_id: unknownId,
          lines: [{ item_id: a, quantity_e6: units(1) }],
        })
      ).code,
    ).toBe('inventory.locationNotFound')
    expect((await t.ask(trialBalance, { from: '2026-01-01', to: '2026-01-31' })).totals.debit_minor).toBe(15_000)
    await costsHold(t)
  })

  test('warehouses: codes are unique, one is the default, and none rests while it holds goods', async () => {
    const t = await testOffice()
    const a = await item(t, 'A')
    const east = await second(t)
    const main = (await t.ask(warehouses, {})).rows[0]!
    expect((await t.refused(createWarehouse, { code: 'EAST', name: 'x' })).code).toBe('inventory.warehouseCodeTaken')
    expect((await t.refused(createLocation, { warehouse_id: east.warehouse_id, code: 'MAIN', name: 'x' })).code).toBe(
      'inventory.locationCodeTaken',
    )
    expect((await t.refused(createLocation, { warehouse_id: unknownId, code: 'N', name: 'x' })).code).toBe('inventory.warehouseNotFound')
    await t.run(createLocation, { warehouse_id: east.warehouse_id, code: 'E-1', name: '一号架' })
    expect((await t.refused(updateWarehouse, { warehouse_id: main.warehouse_id, is_active: 0 })).code).toBe(
      'inventory.defaultWarehouseStays',
    )
    await t.run(postAdjustment, {
      day: '2026-01-02',
      warehouse_id: east.warehouse_id,
      reason: 'x',
      lines: [{ item_id: a, quantity_e6: units(1), value_minor: 1 }],
    })
    expect((await t.refused(updateWarehouse, { warehouse_id: east.warehouse_id, is_active: 0 })).code).toBe('inventory.warehouseHoldsStock')
    await t.run(postAdjustment, {
      day: '2026-01-02',
      warehouse_id: east.warehouse_id,
      reason: 'x',
      lines: [{ item_id: a, quantity_e6: units(-1) }],
    })
    await t.run(updateWarehouse, { warehouse_id: east.warehouse_id, is_active: 0 })
    expect((await t.refused(updateWarehouse, { warehouse_id: east.warehouse_id, is_default: 1 })).code).toBe('inventory.warehouseInactive')
    expect(
      (
        await t.refused(postAdjustment, {
          day: '2026-01-02',
          warehouse_id: east.warehouse_id,
          reason: 'x',
          lines: [{ item_id: a, quantity_e6: units(1) }],
        })
      ).code,
    ).toBe('inventory.warehouseInactive')
    await t.run(updateWarehouse, { warehouse_id: east.warehouse_id, is_active: 1, is_default: 1, name: '东大仓' })
    expect((await t.ask(warehouses, {})).rows.map((w) => [w.name, w.is_default, w.locations.length])).toEqual([
      ['东大仓', 1, 2],
      ['主仓库', 0, 1],
    ])
  })

  test('the policy of the warehouse goes before the company’s', async () => {
    const t = await testOffice()
    const a = await item(t, 'A')
    const east = await t.run(createWarehouse, { code: 'EAST', name: '东仓', negative_stock: 'warn' })
    const out = await trade(t, { day: '2026-01-02', item_id: a, deliver: 1, warehouse_id: east.warehouse_id })
    expect(out.warnings.map((w) => w.code)).toEqual(['inventory.stockBelowZero', 'inventory.costUnknown'])
    await trade(t, { day: '2026-01-03', item_id: a, receive: 3, value_minor: 300, warehouse_id: east.warehouse_id })
    expect((await t.ask(valuation, { as_of: '2026-01-03' })).total_value_minor).toBe(200)
  })
})
