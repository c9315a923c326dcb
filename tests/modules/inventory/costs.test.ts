import { describe, expect, test } from 'vitest'
import { accountIdOf as role, postEntry } from '../../../src-main/modules/accounting/index.ts'
import { lockPeriod } from '../../../src-main/modules/accounting/contract.ts'
import { itemLedger, negative, stock, updateWarehouse, valuation, warehouses } from '../../../src-main/modules/inventory/contract.ts'
import type { CommandCtx } from '../../../src-main/kernel/operation.ts'
import {
  adjustCosts,
  costOfMoves,
  defaultWarehouseId,
  outsideLocation,
  postMoves,
  stockLocationOf,
} from '../../../src-main/modules/inventory/index.ts'
import { testOffice, type TestOffice } from '../../support/office.ts'
import { costsHold, freight, item, refusedScene, rehearse, standing, trade, units, post } from './rehearsal.ts'

const mainOf = async (t: TestOffice) => (await t.ask(warehouses, {})).rows[0]!.warehouse_id
const allow = async (t: TestOffice, negative_stock: 'warn' | 'allow') =>
  void (await t.run(updateWarehouse, { warehouse_id: await mainOf(t), negative_stock }))
const poolOf = async (t: TestOffice, item_id: string, as_of?: string) => {
  const row = (await t.ask(valuation, { as_of })).rows.find((r) => r.item_id === item_id)
  return row ? [row.quantity_e6 / 1e6, row.value_minor] : [0, 0]
}

describe('the vectors of appendix D, posted', () => {
  test('moving average: the issue costs 48.00, 14 stay at 92.00, and the ledger shows each step', async () => {
    const t = await testOffice()
    const a = await item(t, 'A')
    await trade(t, { day: '2026-01-02', item_id: a, receive: 10, value_minor: 5000 })
    await trade(t, { day: '2026-01-03', item_id: a, receive: 10, value_minor: 7000 })
    expect((await trade(t, { day: '2026-01-04', item_id: a, deliver: 8 })).value_minor).toBe(4800)
    await trade(t, { day: '2026-01-05', item_id: a, receive: 2, value_minor: 2000 })
    expect(await poolOf(t, a)).toEqual([14, 9200])
    expect(await poolOf(t, a, '2026-01-03')).toEqual([20, 12000])
    expect(await standing(t, 'inventory')).toBe(9200)
    const ledger = await t.ask(itemLedger, { item_id: a, from: '2026-01-03' })
    expect(ledger.opening).toEqual({ quantity_e6: units(10), value_minor: 5000 })
    expect(
      ledger.rows.map((r) => [r.day, r.kind, r.quantity_e6 / 1e6, r.value_minor, r.running_quantity_e6 / 1e6, r.running_value_minor]),
    ).toEqual([
      ['2026-01-03', 'in', 10, 7000, 20, 12000],
      ['2026-01-04', 'out', -8, -4800, 12, 7200],
      ['2026-01-05', 'in', 2, 2000, 14, 9200],
    ])
    expect(ledger.rows[0]).toMatchObject({
      source_number: 'R-1',
      entry_word: '记',
      entry_number: 2,
      from_kind: 'supplier',
      to_kind: 'internal',
    })
    expect(ledger.closing).toEqual({ quantity_e6: units(14), value_minor: 9200 })
    await costsHold(t)
  })

  test('FIFO: the issue costs 40.00; left 2@5 + 10@7 + 2@10', async () => {
    const t = await testOffice()
    const a = await item(t, 'A', { costing: 'fifo' })
    await trade(t, { day: '2026-01-02', item_id: a, receive: 10, value_minor: 5000 })
    await trade(t, { day: '2026-01-03', item_id: a, receive: 10, value_minor: 7000 })
    expect((await trade(t, { day: '2026-01-04', item_id: a, deliver: 8 })).value_minor).toBe(4000)
    await trade(t, { day: '2026-01-05', item_id: a, receive: 2, value_minor: 2000 })
    expect(await poolOf(t, a)).toEqual([14, 10000])
    const layers = await t.office.engine.read((db) =>
      db.all<{ quantity_e6: number; value_minor: number }>('select quantity_e6, value_minor from inventory_layer order by day, seq'),
    )
    expect(layers.map((l) => [l.quantity_e6 / 1e6, l.value_minor])).toEqual([
      [2, 1000],
      [10, 7000],
      [2, 2000],
    ])
    await trade(t, { day: '2026-01-06', item_id: a, deliver: 13 })
    expect(await poolOf(t, a)).toEqual([1, 1000])
    await costsHold(t)
  })
})

describe('what changes the past', () => {
  test('a backdated receipt: the issue after it becomes 8.00 dearer by an adjustment of its own day', async () => {
    const t = await testOffice()
    const a = await item(t, 'A')
    await trade(t, { day: '2026-01-02', item_id: a, receive: 10, value_minor: 5000 })
    const out = await trade(t, { day: '2026-01-05', item_id: a, deliver: 8 })
    expect(out.value_minor).toBe(4000)
    const late = await trade(t, { day: '2026-01-03', item_id: a, receive: 10, value_minor: 7000 })
    expect(late.heard.adjusted).toMatchObject([
      { corrected_seq: out.seq, delta_minor: 800, day: '2026-01-05', direction: 'out', source_id: out.source_id, source_line_no: 1 },
    ])
    expect(await poolOf(t, a)).toEqual([12, 7200])
    expect(await standing(t, 'inventory')).toBe(7200)
    expect(await standing(t, 'cost_of_sales', '2026-01-04')).toBe(-12000)
    expect(await standing(t, 'cost_of_sales')).toBe(-7200)
    const costs = await t.office.engine.read((db) => costOfMoves(db, { source_kind: 'rehearsal.document', source_id: out.source_id }))
    expect(costs).toMatchObject([
      { line_no: 1, direction: 'out', quantity_e6: units(8), value_minor: 4000, adjusted_minor: 800, returned_e6: 0 },
    ])
    const ledger = await t.ask(itemLedger, { item_id: a })
    expect(ledger.rows.map((r) => [r.day, r.kind, r.value_minor, r.adjusted_minor, r.running_value_minor])).toEqual([
      ['2026-01-02', 'in', 5000, 0, 5000],
      ['2026-01-03', 'in', 7000, 0, 12000],
      ['2026-01-05', 'out', -4000, -800, 8000],
      ['2026-01-05', 'adjustment', -800, 0, 7200],
    ])
    await costsHold(t)
  })

  test('in closed books the adjustment is dated the first open day', async () => {
    const t = await testOffice({}, { today: '2026-02-10' })
    const a = await item(t, 'A')
    await trade(t, { day: '2026-01-10', item_id: a, receive: 10, value_minor: 5000 })
    await trade(t, { day: '2026-01-20', item_id: a, deliver: 8 })
    const receipt = await trade(t, { day: '2026-01-31', item_id: a, receive: 10, value_minor: 5000 })
    await trade(t, { day: '2026-02-02', item_id: a, deliver: 6 })
    await allow(t, 'allow')
    const b = await item(t, 'B')
    const short = await trade(t, { day: '2026-01-20', item_id: b, deliver: 3 })
    await t.run(lockPeriod, { through: '2026-01-31' })
    // What January did not know is posted on the first open day.
    const told = await trade(t, { day: '2026-02-05', item_id: b, receive: 3, value_minor: 900 })
    expect(told.heard.adjusted).toMatchObject([{ corrected_seq: short.seq, delta_minor: 900, day: '2026-02-01' }])
    expect(await refusedScene(t, (ctx) => post(ctx, { day: '2026-01-31', item_id: a, deliver: 1 }))).toMatchObject({
      code: 'accounting.periodLocked',
    })
    // 12 pieces for 60.00 become 12 for 72.00: the 6 delivered since take 6.00 of the late 12.00.
    const { heard } = await rehearse(t, (ctx) => freight(ctx, { day: '2026-02-03', receipt_seq: receipt.seq, delta_minor: 1200 }))
    expect(heard.adjusted.map((x) => [x.day, x.delta_minor])).toEqual([['2026-02-03', 600]])
    expect(await poolOf(t, a)).toEqual([6, 3600])
    await costsHold(t)
  })

  test('a late cost of 10.00 on 10 pieces of which 8 are gone: 8.00 flows on, 2.00 stays; taken back, all is as before', async () => {
    for (const costing of ['average', 'fifo'] as const) {
      const t = await testOffice()
      const a = await item(t, 'A', { costing })
      const receipt = await trade(t, { day: '2026-01-02', item_id: a, receive: 10, value_minor: 5000 })
      const out = await trade(t, { day: '2026-01-03', item_id: a, deliver: 8 })
      const late = (delta_minor: number, day: string) => rehearse(t, (ctx) => freight(ctx, { day, receipt_seq: receipt.seq, delta_minor }))
      expect((await late(1000, '2026-01-09')).heard.adjusted).toMatchObject([
        { corrected_seq: out.seq, delta_minor: 800, day: '2026-01-09' },
      ])
      expect(await poolOf(t, a)).toEqual([2, 1200])
      expect(await poolOf(t, a, '2026-01-08')).toEqual([2, 1000])
      await costsHold(t)
      expect((await late(-1000, '2026-01-10')).heard.adjusted).toMatchObject([{ delta_minor: -800 }])
      expect(await poolOf(t, a)).toEqual([2, 1000])
      await costsHold(t)
      const no = await refusedScene(t, async (ctx) =>
        adjustCosts(ctx, {
          source: { kind: 'x', id: ctx.newId() },
          day: '2026-01-11',
          entry_id: ctx.newId(),
          lines: [{ line_no: 1, receipt_seq: receipt.seq, delta_minor: -5001, counter_account_id: await role(ctx, 'payable') }],
        }),
      )
      expect(no).toMatchObject({ code: 'inventory.costBelowZero', details: { cost_minor: 5000, delta_minor: -5001 } })
    }
  })

  test('below zero: forbidden by name, warned about, then told its real cost by the receipt', async () => {
    const t = await testOffice()
    const a = await item(t, 'A')
    await trade(t, { day: '2026-01-02', item_id: a, receive: 2, value_minor: 1000 })
    expect(await refusedScene(t, (ctx) => post(ctx, { day: '2026-01-03', item_id: a, deliver: 5 }))).toMatchObject({
      code: 'inventory.notEnoughStock',
      details: { item_code: 'A', wanted_e6: units(5), available_e6: units(2), day: '2026-01-03' },
    })
    await allow(t, 'warn')
    const out = await trade(t, { day: '2026-01-03', item_id: a, deliver: 5 })
    expect(out).toMatchObject({ value_minor: 2500, warnings: [{ code: 'inventory.stockBelowZero', available_e6: units(2) }] })
    expect(await poolOf(t, a)).toEqual([-3, -1500])
    expect((await t.ask(negative, {})).rows).toMatchObject([{ item_code: 'A', on_hand_e6: units(-3), is_cost_unknown: 0 }])
    expect((await t.ask(stock, { show: 'negative' })).rows).toHaveLength(1)
    const receipt = await trade(t, { day: '2026-01-06', item_id: a, receive: 10, value_minor: 8000 })
    expect(receipt.heard.adjusted).toMatchObject([{ corrected_seq: out.seq, delta_minor: 900, day: '2026-01-03' }])
    expect(await poolOf(t, a)).toEqual([7, 5600])
    expect(await standing(t, 'cost_of_sales')).toBe(-5600)
    await costsHold(t)
  })

  test('a cost that nobody knows is 0 and said aloud, until a receipt tells it', async () => {
    const t = await testOffice()
    await allow(t, 'allow')
    const a = await item(t, 'A', { costing: 'fifo' })
    const out = await trade(t, { day: '2026-01-02', item_id: a, deliver: 4 })
    expect(out).toMatchObject({ value_minor: 0, warnings: [{ code: 'inventory.costUnknown' }] })
    expect((await t.ask(negative, {})).rows[0]).toMatchObject({ is_cost_unknown: 1 })
    await trade(t, { day: '2026-01-03', item_id: a, deliver: 6 })
    await trade(t, { day: '2026-01-04', item_id: a, receive: 5, value_minor: 1500 })
    await trade(t, { day: '2026-01-05', item_id: a, receive: 5, value_minor: 1000 })
    expect(await poolOf(t, a)).toEqual([0, 0])
    const ledger = await t.ask(itemLedger, { item_id: a })
    expect(ledger.rows.filter((r) => r.kind === 'out').map((r) => r.adjusted_minor)).toEqual([-1200, -1300])
    await costsHold(t)
  })

  test('an issue dated back may not take goods that later days need', async () => {
    const t = await testOffice()
    const a = await item(t, 'A')
    await trade(t, { day: '2026-01-02', item_id: a, receive: 10, value_minor: 5000 })
    await trade(t, { day: '2026-01-05', item_id: a, deliver: 8 })
    await trade(t, { day: '2026-01-08', item_id: a, receive: 20, value_minor: 20000 })
    expect(await refusedScene(t, (ctx) => post(ctx, { day: '2026-01-03', item_id: a, deliver: 3 }))).toMatchObject({
      code: 'inventory.notEnoughStock',
      details: { available_e6: units(2), day: '2026-01-03' },
    })
    expect(await refusedScene(t, (ctx) => post(ctx, { day: '2026-01-01', item_id: a, deliver: 1 }))).toMatchObject({
      details: { available_e6: 0 },
    })
    await trade(t, { day: '2026-01-03', item_id: a, deliver: 2 })
    expect(await poolOf(t, a)).toEqual([20, 20000])
    await costsHold(t)
  })
})

describe('goods that come back', () => {
  test('parts of an original take its cost, adjustments included; more than it held is refused', async () => {
    const t = await testOffice()
    const a = await item(t, 'A')
    await trade(t, { day: '2026-01-02', item_id: a, receive: 10, value_minor: 5000 })
    const out = await trade(t, { day: '2026-01-05', item_id: a, deliver: 8 })
    await trade(t, { day: '2026-01-03', item_id: a, receive: 10, value_minor: 7000 })
    // 8 now cost 48.00.
    expect((await trade(t, { day: '2026-01-10', item_id: a, takeBack: 3, seq: out.seq })).value_minor).toBe(1800)
    expect(await refusedScene(t, (ctx) => post(ctx, { day: '2026-01-11', item_id: a, takeBack: 6, seq: out.seq }))).toMatchObject({
      code: 'inventory.moreThanOriginal',
      details: { wanted_e6: units(6), available_e6: units(5) },
    })
    expect(await refusedScene(t, (ctx) => post(ctx, { day: '2026-01-04', item_id: a, takeBack: 1, seq: out.seq }))).toMatchObject({
      code: 'inventory.beforeOriginal',
    })
    const rest = await trade(t, { day: '2026-01-11', item_id: a, takeBack: 5, seq: out.seq })
    expect(rest.value_minor).toBe(3000)
    expect(await poolOf(t, a)).toEqual([20, 12000])
    const [costs] = await t.office.engine.read((db) => costOfMoves(db, { source_kind: 'rehearsal.document', source_id: out.source_id }))
    expect(costs).toMatchObject({ returned_e6: units(8) })
    // The return itself is undone: what it brought leaves again, and can come back once more.
    expect((await trade(t, { day: '2026-01-12', item_id: a, giveBack: 5, seq: rest.seq })).value_minor).toBe(3000)
    expect((await trade(t, { day: '2026-01-13', item_id: a, takeBack: 5, seq: out.seq })).value_minor).toBe(3000)
    await costsHold(t)
  })

  test('two lines of one return give back no more than the original together', async () => {
    const t = await testOffice()
    const a = await item(t, 'A')
    await trade(t, { day: '2026-01-02', item_id: a, receive: 5, value_minor: 1000 })
    const out = await trade(t, { day: '2026-01-03', item_id: a, deliver: 5 })
    const takeBack = (quantities: readonly number[]) => async (ctx: CommandCtx) => {
      const [from_location_id, to_location_id] = [
        await outsideLocation(ctx, 'customer'),
        await stockLocationOf(ctx, await defaultWarehouseId(ctx)),
      ]
      const entry_id = ctx.newId()
      const counter_account_id = await role(ctx, 'cost_of_sales')
      const moves = quantities.map((n, i) => ({
        line_no: i + 1,
        item_id: a,
        quantity_e6: units(n),
        from_location_id,
        to_location_id,
        basis: { kind: 'original' as const, seq: out.seq },
        counter_account_id,
      }))
      const { posted } = await postMoves(ctx, { source: { kind: 'rehearsal.return', id: ctx.newId() }, day: '2026-01-04', entry_id, moves })
      const value_minor = posted.reduce((sum, p) => sum + p.value_minor, 0)
      const lines = [
        { role: 'inventory' as const, debit_minor: value_minor },
        { account_id: counter_account_id, credit_minor: value_minor },
      ]
      await postEntry(ctx, { id: entry_id, day: '2026-01-04', kind: 'document', summary: 'return', lines })
      return posted.map((p) => p.value_minor)
    }
    expect(await refusedScene(t, takeBack([3, 3]))).toMatchObject({
      code: 'inventory.moreThanOriginal',
      details: { line_no: 2, available_e6: units(2) },
    })
    expect((await rehearse(t, takeBack([3, 2]))).result).toEqual([600, 400])
    await costsHold(t)
  })

  test('what a late cost adds to an issue, its return gives back in part', async () => {
    const t = await testOffice()
    const a = await item(t, 'A')
    const receipt = await trade(t, { day: '2026-01-02', item_id: a, receive: 10, value_minor: 5000 })
    const out = await trade(t, { day: '2026-01-03', item_id: a, deliver: 10 })
    const back = await trade(t, { day: '2026-01-05', item_id: a, takeBack: 4, seq: out.seq })
    const { heard } = await rehearse(t, (ctx) => freight(ctx, { day: '2026-01-04', receipt_seq: receipt.seq, delta_minor: 1000 }))
    // 10.00 on the 10 that left, 4.00 of it on the 4 that came back: 24.00 in stock, 36.00 sold.
    expect(heard.adjusted.map((x) => [x.corrected_seq, x.direction, x.delta_minor, x.day])).toEqual([
      [out.seq, 'out', 1000, '2026-01-04'],
      [back.seq, 'in', 400, '2026-01-05'],
    ])
    expect(await poolOf(t, a)).toEqual([4, 2400])
    expect([await standing(t, 'cost_of_sales'), await standing(t, 'inventory'), await standing(t, 'inventory', '2026-01-04')]).toEqual([
      -5000 + 3600,
      2400,
      0,
    ])
    await costsHold(t)
  })

  test('a receipt given back under FIFO leaves from its own layer', async () => {
    const t = await testOffice()
    const a = await item(t, 'A', { costing: 'fifo' })
    await trade(t, { day: '2026-01-02', item_id: a, receive: 10, value_minor: 5000 })
    const second = await trade(t, { day: '2026-01-03', item_id: a, receive: 10, value_minor: 7000 })
    expect((await trade(t, { day: '2026-01-04', item_id: a, giveBack: 10, seq: second.seq })).value_minor).toBe(7000)
    expect(await poolOf(t, a)).toEqual([10, 5000])
    // Found goods without original: under FIFO at the newest layer's cost.
    expect((await trade(t, { day: '2026-01-05', item_id: a, takeBack: 2 })).value_minor).toBe(1000)
    await costsHold(t)
  })
})

test('many documents in one command, backdated among them, cost what they cost one by one', async () => {
  const t = await testOffice()
  const [a, b] = [await item(t, 'A'), await item(t, 'B', { costing: 'fifo' })]
  await allow(t, 'allow')
  const scenes = [a, b].flatMap((item_id) => [
    { day: '2026-01-02', item_id, receive: 10, value_minor: 5000 },
    { day: '2026-01-04', item_id, deliver: 14 },
    { day: '2026-01-03', item_id, receive: 3, value_minor: 2100 },
    { day: '2026-01-05', item_id, receive: 10, value_minor: 8000 },
    { day: '2026-01-05', item_id, deliver: 2 },
    { day: '2026-01-01', item_id, receive: 1, value_minor: 900 },
  ])
  const { result } = await rehearse(t, async (ctx) => {
    const values: number[] = []
    for (const scene of scenes) values.push((await post(ctx, scene)).value_minor)
    return values
  })
  // A: 14 of 10 go: 50.00 + 4 × 5.00; with 3 more there, 1 short. B likewise. The last known of A is then (50.00 + 21.00) / 13.
  expect(result.slice(0, 2)).toEqual([5000, 7000])
  expect((await t.ask(valuation, {})).rows.map((r) => r.quantity_e6 / 1e6)).toEqual([8, 8])
  await costsHold(t)
})
