import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  applyIn,
  applyOut,
  currentCost,
  emptyPool,
  replay,
  shareOfOriginal,
  type CostMove,
  type CostingMethod,
  type Original,
  type Pool,
} from '../../../src-main/modules/inventory/costing.ts'

const units = (n: number) => n * 1_000_000
/** Moves are written as a list; seq and day follow the order unless said. */
function history(...moves: (Partial<CostMove> & Pick<CostMove, 'direction' | 'quantity_e6'>)[]): CostMove[] {
  return moves.map((m, i) => ({
    seq: i + 1,
    day: `2026-01-${String(i + 1).padStart(2, '0')}`,
    given_minor: 0,
    original_seq: null,
    basis: m.direction === 'in' ? 'given' : 'computed',
    ...m,
  }))
}
const receipt = (n: number, given_minor: number) => ({ direction: 'in', quantity_e6: units(n), given_minor }) as const
const issue = (n: number) => ({ direction: 'out', quantity_e6: units(n) }) as const
const valuesOf = (method: CostingMethod, moves: CostMove[]) => {
  const { pool, values } = replay(method, moves)
  return {
    values: [...values.values()],
    quantity: pool.quantity_e6 / 1e6,
    value: pool.value_minor,
    layers: pool.layers.map((l) => [l.quantity_e6 / 1e6, l.value_minor]),
  }
}

// Amounts in cents. features.md appendix D: +10@5, +10@7, -8, +2@10.
describe('the vectors of appendix D', () => {
  const moves = history(receipt(10, 5000), receipt(10, 7000), issue(8), receipt(2, 2000))
  test('moving average: the issue of 8 costs 48.00, 14 stay at 92.00', () => {
    expect(valuesOf('average', moves)).toEqual({ values: [5000, 7000, 4800, 2000], quantity: 14, value: 9200, layers: [] })
  })
  test('FIFO: the issue of 8 costs 40.00; left 2@5 + 10@7 + 2@10 = 100.00', () => {
    expect(valuesOf('fifo', moves)).toEqual({
      values: [5000, 7000, 4000, 2000],
      quantity: 14,
      value: 10000,
      layers: [
        [2, 1000],
        [10, 7000],
        [2, 2000],
      ],
    })
  })
})

describe('what changes the past', () => {
  test('a backdated receipt between receipt and issue raises the average cost of the issue by 8.00', () => {
    const [first, late, out] = history(receipt(10, 5000), receipt(10, 7000), issue(8))
    expect(valuesOf('average', [first!, out!]).values).toEqual([5000, 4000])
    expect(valuesOf('average', [first!, late!, out!])).toMatchObject({ values: [5000, 7000, 4800], value: 7200 })
    expect(valuesOf('fifo', [first!, late!, out!])).toMatchObject({ values: [5000, 7000, 4000], value: 8000 })
  })
  test('a late cost of 10.00 on a receipt of which 8 of 10 are gone: 8.00 flows on, 2.00 stays', () => {
    for (const method of ['average', 'fifo'] as const) {
      expect(valuesOf(method, history(receipt(10, 6000), issue(8)))).toMatchObject({ values: [6000, 4800], quantity: 2, value: 1200 })
    }
  })
  test('an issue below zero takes the last known cost until a receipt tells the real one', () => {
    for (const method of ['average', 'fifo'] as const) {
      // 2 @ 5.00 there, 5 go: 10.00 + 3 × 5.00 = 25.00; then 10 @ 8.00 cover 3 of them: 3 × 8.00 instead of 15.00.
      expect(valuesOf(method, history(receipt(2, 1000), issue(5)))).toMatchObject({ values: [1000, 2500], quantity: -3, value: -1500 })
      expect(valuesOf(method, history(receipt(2, 1000), issue(5), receipt(10, 8000)))).toMatchObject({
        values: [1000, 3400, 8000],
        quantity: 7,
        value: 5600,
      })
    }
  })
  test('two debts are paid oldest first, the second by two receipts', () => {
    // Nothing known: 0. 4 and 6 go; 5 @ 3.00 pay 4 and 1 of the 6; 5 @ 2.00 pay the rest.
    const moves = history(issue(4), issue(6), receipt(5, 1500), receipt(5, 1000))
    expect(valuesOf('average', moves)).toEqual({ values: [1200, 1300, 1500, 1000], quantity: 0, value: 0, layers: [] })
    expect([...replay('fifo', moves.slice(0, 3)).unknown]).toEqual([2])
    expect([...replay('fifo', moves).unknown]).toEqual([])
  })
})

describe('goods that come back', () => {
  const back = (n: number, original_seq: number) => ({ direction: 'in', quantity_e6: units(n), basis: 'original', original_seq }) as const
  const found = (n: number) => ({ direction: 'in', quantity_e6: units(n), basis: 'current' }) as const
  test('parts of an original take their share, the last part what is left', () => {
    // 3 for 10.00: issue of 3 costs 10.00; back come 1 + 1 + 1 at 3.33, 3.33, 3.34.
    expect(valuesOf('average', history(receipt(3, 1000), issue(3), back(1, 2), back(1, 2), back(1, 2))).values).toEqual([
      1000, 1000, 333, 333, 334,
    ])
  })
  test('found goods take the average, under FIFO the cost of the newest layer, in a layer of their own', () => {
    const moves = history(receipt(10, 5000), receipt(10, 7000), issue(8), found(2))
    expect(valuesOf('average', moves)).toMatchObject({ values: [5000, 7000, 4800, 1200], quantity: 14, value: 8400 })
    expect(valuesOf('fifo', moves)).toMatchObject({
      values: [5000, 7000, 4000, 1400],
      layers: [
        [2, 1000],
        [10, 7000],
        [2, 1400],
      ],
    })
  })
  test('a receipt undone leaves at its own value, under FIFO from its own layer', () => {
    const undo = { direction: 'out', quantity_e6: units(10), basis: 'original', original_seq: 2 } as const
    expect(valuesOf('average', history(receipt(10, 5000), receipt(10, 7000), undo))).toMatchObject({ quantity: 10, value: 5000 })
    expect(valuesOf('fifo', history(receipt(10, 5000), receipt(10, 7000), undo)).layers).toEqual([[10, 5000]])
    // 15 of 20 @ 6.00 are sold: the 5 left hold 30.00, the receipt of 5 @ 7.00 undone empties the pool and takes just that.
    expect(valuesOf('average', history(receipt(15, 8500), receipt(5, 3500), issue(15), { ...undo, quantity_e6: units(5) }))).toMatchObject({
      quantity: 0,
      value: 0,
    })
  })
  test('a return that was undone can be returned again', () => {
    const original: Original = {
      quantity_e6: units(4),
      value_minor: 1000,
      parts: [{ quantity_e6: units(4), value_minor: 1000, undone_e6: units(4) }],
    }
    expect(shareOfOriginal(original, units(4))).toBe(1000)
    expect(shareOfOriginal({ ...original, parts: [{ quantity_e6: units(3), value_minor: 750, undone_e6: 0 }] }, units(1))).toBe(250)
  })
  test('without any known cost found goods count 0 and say so', () => {
    expect(currentCost(emptyPool('average'), units(1))).toEqual({ value_minor: 0, is_cost_unknown: 1 })
  })
})

type Step = { kind: 'receipt' | 'found' | 'issue' | 'back' | 'undo'; quantity: number; value: number; pick: number }
const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom('receipt', 'receipt', 'issue', 'issue', 'found', 'back', 'undo'),
  quantity: fc.integer({ min: 1, max: 12 }),
  value: fc.integer({ min: 0, max: 5000 }),
  pick: fc.nat(1000),
})

/** Turns random steps into a history that a company could have: what comes back was issued, what is undone was received. */
function historyOf(steps: readonly Step[]): CostMove[] {
  const moves: CostMove[] = []
  const left = new Map<number, number>()
  for (const s of steps) {
    const seq = moves.length + 1
    const head = { seq, day: `2026-02-${String(1 + (seq % 28)).padStart(2, '0')}`, given_minor: 0, original_seq: null as number | null }
    const from = moves.filter(
      (m) => m.direction === (s.kind === 'back' ? 'out' : 'in') && m.basis !== 'original' && (left.get(m.seq) ?? 0) > 0,
    )
    const original = from[s.pick % Math.max(from.length, 1)]
    if (s.kind === 'back' || s.kind === 'undo') {
      if (!original) continue
      const quantity_e6 = Math.min(units(s.quantity), left.get(original.seq)!)
      left.set(original.seq, left.get(original.seq)! - quantity_e6)
      moves.push({ ...head, direction: s.kind === 'back' ? 'in' : 'out', quantity_e6, basis: 'original', original_seq: original.seq })
      continue
    }
    left.set(seq, units(s.quantity))
    if (s.kind === 'receipt') moves.push({ ...head, direction: 'in', quantity_e6: units(s.quantity), basis: 'given', given_minor: s.value })
    if (s.kind === 'found') moves.push({ ...head, direction: 'in', quantity_e6: units(s.quantity), basis: 'current' })
    if (s.kind === 'issue') moves.push({ ...head, direction: 'out', quantity_e6: units(s.quantity), basis: 'computed' })
  }
  return moves
}

/** What the working set does: one pool, step by step, values corrected as coverages come. */
function stepByStep(method: CostingMethod, moves: readonly CostMove[]): { pool: Pool; values: Map<number, number> } {
  const pool = emptyPool(method)
  const values = new Map<number, number>()
  for (const m of moves) {
    const parts = moves
      .filter((p) => p.seq < m.seq && p.original_seq === m.original_seq && m.original_seq !== null)
      .map((p) => ({ quantity_e6: p.quantity_e6, value_minor: values.get(p.seq)!, undone_e6: 0 }))
    const original = moves.find((o) => o.seq === m.original_seq)
    const share =
      original && shareOfOriginal({ quantity_e6: original.quantity_e6, value_minor: values.get(original.seq)!, parts }, m.quantity_e6)
    if (m.direction === 'in') {
      const value_minor = m.basis === 'given' ? m.given_minor : (share ?? currentCost(pool, m.quantity_e6).value_minor)
      values.set(m.seq, value_minor)
      const origin = m.basis === 'given' ? 'told' : m.basis === 'original' ? 'original' : 'current'
      for (const c of applyIn(pool, { ...m, value_minor, origin })) values.set(c.seq, values.get(c.seq)! + c.delta_minor)
    } else {
      values.set(
        m.seq,
        applyOut(pool, { ...m, ...(original ? { given_back: { value_minor: share!, layer_seq: original.seq } } : {}) }).value_minor,
      )
    }
    checkPool(pool)
  }
  return { pool, values }
}

function checkPool(pool: Pool): void {
  if (pool.quantity_e6 === 0) expect(pool.value_minor).toBe(0)
  if (pool.quantity_e6 > 0) expect(pool.debts).toEqual([])
  if (pool.quantity_e6 < 0) expect(pool.layers).toEqual([])
  if (pool.quantity_e6 >= 0) expect(pool.value_minor).toBeGreaterThanOrEqual(0)
  if (pool.quantity_e6 < 0) {
    expect(pool.debts.reduce((s, d) => s + d.quantity_e6, 0)).toBe(0 - pool.quantity_e6)
    expect(pool.debts.reduce((s, d) => s + d.value_minor, 0)).toBe(0 - pool.value_minor)
  }
  if (pool.method === 'fifo' && pool.quantity_e6 >= 0) {
    expect(pool.layers.reduce((s, l) => s + l.quantity_e6, 0)).toBe(pool.quantity_e6)
    expect(pool.layers.reduce((s, l) => s + l.value_minor, 0)).toBe(pool.value_minor)
  }
}

describe('for any history', () => {
  for (const method of ['average', 'fifo'] as const) {
    test(`${method}: step by step is the replay, and no value is made or lost`, () => {
      fc.assert(
        fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
          const moves = historyOf(steps)
          const { pool, values } = stepByStep(method, moves)
          const again = replay(method, moves)
          expect(again.pool).toEqual(pool)
          expect([...again.values]).toEqual([...values])
          const sign = (m: CostMove) => (m.direction === 'in' ? 1 : -1)
          expect(moves.reduce((s, m) => s + sign(m) * m.quantity_e6, 0)).toBe(pool.quantity_e6)
          expect(moves.reduce((s, m) => s + sign(m) * values.get(m.seq)!, 0)).toBe(pool.value_minor)
          for (const v of values.values()) expect(v).toBeGreaterThanOrEqual(0)
        }),
        { numRuns: 300 },
      )
    })
  }
})
