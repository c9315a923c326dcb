import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { CommandCtx } from '../../../src-main/kernel/operation.ts'
import { Refusal } from '../../../src-main/kernel/refusal.ts'
import { updateWarehouse, warehouses } from '../../../src-main/modules/inventory/contract.ts'
import { defaultWarehouseId, dropPlans, setPlans, stockLocationOf } from '../../../src-main/modules/inventory/index.ts'
import { testOffice, type TestOffice } from '../../support/office.ts'
import { costsHold, freight, item, post, rehearse, units } from './rehearsal.ts'

type Step = {
  readonly kind: 'receive' | 'deliver' | 'takeBack' | 'returnOf' | 'giveBack' | 'lateCost' | 'plan' | 'dropPlan'
  readonly day: number
  readonly item: number
  readonly quantity: number
  readonly value: number
  readonly pick: number
}
const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom('receive', 'receive', 'deliver', 'deliver', 'takeBack', 'returnOf', 'giveBack', 'lateCost', 'plan', 'dropPlan'),
  // Mostly in order, sometimes dated back.
  day: fc.integer({ min: 0, max: 6 }),
  item: fc.nat(1),
  quantity: fc.integer({ min: 1, max: 9 }),
  value: fc.integer({ min: 0, max: 3000 }),
  pick: fc.nat(50),
})

type Made = { readonly kind: Step['kind']; readonly seq: number; readonly item_id: string }
const dayOf = (n: number) => `2026-01-${String(2 + n).padStart(2, '0')}`

/** Does one step in the running command; what is refused by name is left out. */
async function doStep(ctx: CommandCtx, s: Step, at: { items: readonly string[]; made: Made[]; no: number }): Promise<void> {
  const item_id = at.items[s.item]!
  const day = dayOf(Math.min(20, Math.floor(at.no / 3)) + s.day)
  const source = { kind: 'rehearsal.order', id: `01900000-0000-7000-8000-0000000000${String(10 + (s.pick % 4))}` }
  const of = (kinds: readonly Step['kind'][]) => {
    const list = at.made.filter((m) => kinds.includes(m.kind) && m.item_id === item_id)
    return list[s.pick % Math.max(list.length, 1)]
  }
  const trade = async (kind: Step['kind'], scene: Parameters<typeof post>[1]) =>
    void at.made.push({ kind, seq: (await post(ctx, scene)).seq, item_id })
  switch (s.kind) {
    case 'receive':
      return trade(s.kind, { day, item_id, receive: s.quantity, value_minor: s.value })
    case 'deliver':
      return trade(s.kind, { day, item_id, deliver: s.quantity })
    case 'takeBack':
      return trade(s.kind, { day, item_id, takeBack: s.quantity })
    case 'returnOf': {
      const original = of(['deliver'])
      return original && trade(s.kind, { day, item_id, takeBack: s.quantity, seq: original.seq })
    }
    case 'giveBack': {
      const original = of(['receive', 'returnOf'])
      return original && trade(s.kind, { day, item_id, giveBack: s.quantity, seq: original.seq })
    }
    case 'lateCost': {
      const receipt = of(['receive'])
      return receipt && s.value !== 500 ? freight(ctx, { day, receipt_seq: receipt.seq, delta_minor: s.value - 500 }) : undefined
    }
    case 'plan': {
      const location_id = await stockLocationOf(ctx, await defaultWarehouseId(ctx))
      const line = {
        direction: s.value % 5 === 0 ? 'in' : 'out',
        item_id,
        location_id,
        quantity_e6: units(s.quantity - 1),
        due_on: day,
      } as const
      await setPlans(ctx, { source, lines: [{ line_no: 1 + s.item, ...line }] })
      return
    }
    case 'dropPlan':
      return dropPlans(ctx, { source })
  }
}

/** Every step is a command of its own, so that a refused one takes nothing else back. */
async function play(t: TestOffice, steps: readonly Step[], policy: 'forbid' | 'allow'): Promise<{ accepted: number; codes: Set<string> }> {
  await t.run(updateWarehouse, { warehouse_id: (await t.ask(warehouses, {})).rows[0]!.warehouse_id, negative_stock: policy })
  const items = [await item(t, 'A'), await item(t, 'B', { costing: 'fifo' })]
  const made: Made[] = []
  const codes = new Set<string>()
  let accepted = steps.length
  for (const [no, s] of steps.entries()) {
    await rehearse(t, (ctx) => doStep(ctx, s, { items, made, no })).catch((error: unknown) => {
      if (!(error instanceof Refusal)) throw error
      codes.add(error.code)
      accepted--
    })
  }
  return { accepted, codes }
}

for (const policy of ['forbid', 'allow'] as const) {
  test(`whatever moves, all costs come out of a replay and all truths hold (${policy} below zero)`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 25, maxLength: 60 }), async (steps) => {
        const t = await testOffice()
        const { accepted, codes } = await play(t, steps, policy)
        expect(accepted, 'most steps must do something').toBeGreaterThan(steps.length / 3)
        for (const code of codes) {
          expect([
            'inventory.notEnoughStock',
            'inventory.moreThanOriginal',
            'inventory.beforeOriginal',
            'inventory.costBelowZero',
          ]).toContain(code)
        }
        await costsHold(t)
        await t.verify()
        await t.close()
      }),
      { numRuns: 6, endOnFailure: true },
    )
  }, 120_000)
}

test('many documents in one command cost what they cost one by one', async () => {
  const accepted = fc
    .array(step, { minLength: 20, maxLength: 50 })
    .map((steps) => steps.filter((s) => !['giveBack', 'returnOf', 'lateCost'].includes(s.kind)))
  await fc.assert(
    fc.asyncProperty(accepted, async (steps) => {
      const costs = async (size: number) => {
        const t = await testOffice()
        await t.run(updateWarehouse, { warehouse_id: (await t.ask(warehouses, {})).rows[0]!.warehouse_id, negative_stock: 'allow' })
        const items = [await item(t, 'A'), await item(t, 'B', { costing: 'fifo' })]
        const made: Made[] = []
        for (let from = 0; from < steps.length; from += size) {
          await rehearse(t, async (ctx) => {
            for (const [i, s] of steps.slice(from, from + size).entries()) await doStep(ctx, s, { items, made, no: from + i })
          })
        }
        const rows = await t.office.engine.read((db) =>
          db.all<{ day: string; code: string; kind: string; quantity_e6: number; cost_minor: number }>(
            `select m.day, i.code, m.kind, m.quantity_e6,
                    m.value_minor + coalesce((select sum(a.value_minor) from inventory_move a
                                             where a.original_seq = m.seq and a.kind = 'adjustment'), 0) as cost_minor
               from inventory_move m join catalog_item i on i.id = m.item_id where m.kind <> 'adjustment' order by m.day, m.seq`,
          ),
        )
        const pools = await t.office.engine.read((db) =>
          db.all('select quantity_e6, value_minor, last_cost_quantity_e6, last_cost_value_minor from inventory_pool order by item_id'),
        )
        await costsHold(t)
        await t.verify()
        await t.close()
        return { rows, pools }
      }
      expect(await costs(steps.length)).toEqual(await costs(1))
    }),
    { numRuns: 4, endOnFailure: true },
  )
}, 120_000)
