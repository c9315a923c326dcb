import { verifyCosts } from '../../../src-main/modules/inventory/verify-costs.ts'
import { expect } from 'vitest'
import { z } from 'zod'
import { Bus, type BusWorld } from '../../../src-main/app/bus.ts'
import { buildRegistry } from '../../../src-main/app/registry.ts'
import { newCommandId } from '../../../src-main/app/world.ts'
import { command } from '../../../src-main/kernel/contract.ts'
import { defineModule, handle, on, type CommandCtx } from '../../../src-main/kernel/operation.ts'
import { createItem } from '../../../src-main/modules/catalog/contract.ts'
import { costAdjusted, stockArrived } from '../../../src-main/modules/inventory/contract.ts'
import { accountIdOf, postEntry } from '../../../src-main/modules/accounting/index.ts'
import {
  adjustCosts,
  defaultWarehouseId,
  outsideLocation,
  postMoves,
  stockLocationOf,
  type Basis,
} from '../../../src-main/modules/inventory/index.ts'
import type { TestOffice } from '../../support/office.ts'

export const units = (n: number): number => n * 1_000_000

type Emitted<E> = E extends { payload?: infer P } ? NonNullable<P> : never

/** What the events of one rehearsal said. */
export type Heard = {
  readonly adjusted: Emitted<typeof costAdjusted>['adjustments'][number][]
  readonly arrived: Emitted<typeof stockArrived>['arrivals'][number][]
}

const play = command({
  name: 'rehearsal.play',
  permission: 'rehearsal.play',
  input: z.strictObject({}),
  output: z.strictObject({}),
  refusals: [],
})

/** Runs a scene through the doors inside one real command of the open company, as an upper floor would. A refusal is thrown. */
export async function rehearse<T>(t: TestOffice, scene: (ctx: CommandCtx) => Promise<T>): Promise<{ result: T; heard: Heard }> {
  const heard: Heard = { adjusted: [], arrived: [] }
  let result: T | undefined
  let failure: unknown
  const upper = defineModule({
    name: 'rehearsal',
    floor: 9,
    permissions: [{ name: 'rehearsal.play', grants: {} }],
    commands: [
      handle(play, async (ctx) => {
        result = await scene(ctx).catch((error: unknown) => {
          failure = error
          throw error
        })
        return {}
      }),
    ],
    reactions: [
      on(costAdjusted, async (_ctx, { adjustments }) => void heard.adjusted.push(...adjustments)),
      on(stockArrived, async (_ctx, { arrivals }) => void heard.arrived.push(...arrivals)),
    ],
  })
  const registry = buildRegistry([...t.office.registry.modules, upper])
  let defect: unknown
  // A scene needs a clock and a log; all else that commands may ask of the world is not there.
  const clock = { now: () => Date.UTC(2026, 0, 20), today: () => t.today, logDefect: (error: unknown) => ((defect = error), 'rehearsal') }
  const world = clock as unknown as BusWorld
  const bus = new Bus({ engine: t.office.engine, registry, world })
  const userId = (await t.office.bus.people()).ownerId!
  const answer = await bus.run({ name: 'rehearsal.play', input: {}, commandId: newCommandId() }, { userId, desk: 'rehearsal' })
  if (!answer.ok) throw failure ?? defect ?? new Error(JSON.stringify(answer))
  return { result: result as T, heard }
}

/** The refusal that a scene must end with. */
export async function refusedScene(
  t: TestOffice,
  scene: (ctx: CommandCtx) => Promise<unknown>,
): Promise<{ code: string; details: Record<string, unknown> }> {
  const no = await rehearse(t, scene).then(
    () => undefined,
    (error: { code: string; details: Record<string, unknown> }) => error,
  )
  expect(no, 'the scene was not refused').toBeDefined()
  return { code: no!.code, details: no!.details }
}

/** Every stored cost must come out of a replay of all moves. */
export async function costsHold(t: TestOffice): Promise<void> {
  expect(await t.office.engine.read((db) => verifyCosts(db))).toEqual([])
}

/** An item of its own for a test. */
export async function item(
  t: TestOffice,
  name: string,
  more: { costing?: 'average' | 'fifo'; units?: { name: string; numerator: number }[] } = {},
): Promise<string> {
  return (await t.run(createItem, { name, code: name, base_unit: '瓶', ...more })).item_id
}

type Scene = { readonly day: string; readonly item_id: string; readonly warehouse_id?: string }

/** Goods come from a supplier at a value, go to a customer, or come back from one: with their entry against cost of sales. */
export type Trade =
  | (Scene & { readonly receive: number; readonly value_minor: number })
  | (Scene & { readonly deliver: number; readonly plan?: { kind: string; id: string; line_no: number } })
  | (Scene & { readonly takeBack: number; readonly seq?: number })
  | (Scene & { readonly giveBack: number; readonly seq: number })

export type Traded = {
  readonly seq: number
  readonly value_minor: number
  readonly source_id: string
  readonly warnings: readonly { code: string }[]
}

/** One document of an upper floor in one command: its move and its entry. */
export async function trade(t: TestOffice, scene: Trade): Promise<Traded & { heard: Heard }> {
  const { result, heard } = await rehearse(t, (ctx) => post(ctx, scene))
  return { ...result, heard }
}

/** The same inside a scene, for several documents in one command. */
export async function post(ctx: CommandCtx, scene: Trade): Promise<Traded> {
  const here = await stockLocationOf(ctx, scene.warehouse_id ?? (await defaultWarehouseId(ctx)))
  const counter_account_id = await accountIdOf(ctx, 'cost_of_sales')
  const source = { kind: 'rehearsal.document', id: ctx.newId(), number: 'R-1' }
  const isIn = 'receive' in scene || 'takeBack' in scene
  const there = await outsideLocation(ctx, 'receive' in scene || 'giveBack' in scene ? 'supplier' : 'customer')
  const quantity =
    'receive' in scene ? scene.receive : 'deliver' in scene ? scene.deliver : 'takeBack' in scene ? scene.takeBack : scene.giveBack
  const basis: Basis =
    'value_minor' in scene
      ? { kind: 'given', value_minor: scene.value_minor }
      : 'seq' in scene && scene.seq !== undefined
        ? { kind: 'original', seq: scene.seq }
        : { kind: 'current' }
  const entry = ctx.newId()
  const { posted, warnings } = await postMoves(ctx, {
    source,
    day: scene.day,
    entry_id: ([p]) => (p!.value_minor === 0 ? undefined : entry),
    moves: [
      {
        line_no: 1,
        item_id: scene.item_id,
        quantity_e6: units(quantity),
        from_location_id: isIn ? there : here,
        to_location_id: isIn ? here : there,
        basis,
        counter_account_id,
        ...('plan' in scene && scene.plan ? { plan: scene.plan } : {}),
      },
    ],
  })
  const { seq, value_minor } = posted[0]!
  const lines = [
    { role: 'inventory' as const, debit_minor: isIn ? value_minor : -value_minor },
    { account_id: counter_account_id, credit_minor: isIn ? value_minor : -value_minor },
  ]
  await postEntry(ctx, { id: entry, day: scene.day, kind: 'document', summary: 'rehearsal', source, lines })
  return { seq, value_minor, source_id: source.id, warnings }
}

/** What an account stands at on a day, debit less credit, by the part it plays. */
export async function standing(t: TestOffice, role: string, to = '2026-12-31'): Promise<number> {
  return t.office.engine.read(async (db) => {
    const row = await db.get<{ minor: number }>(
      `select coalesce(sum(l.debit_minor - l.credit_minor), 0) as minor from accounting_line l
         join accounting_role r on r.account_id = l.account_id
        where r.role = ? and l.day <= ?`,
      [role, to],
    )
    return row!.minor
  })
}

/** A late cost on one receipt with its entry, in a scene. */
export async function freight(ctx: CommandCtx, of: { day: string; receipt_seq: number; delta_minor: number }): Promise<void> {
  const { day, receipt_seq, delta_minor } = of
  const entry_id = ctx.newId()
  const counter_account_id = await accountIdOf(ctx, 'expense')
  const source = { kind: 'rehearsal.freight', id: ctx.newId(), number: 'F-1' }
  await adjustCosts(ctx, { source, day, entry_id, lines: [{ line_no: 1, receipt_seq, delta_minor, counter_account_id }] })
  const lines = [
    { role: 'inventory' as const, debit_minor: delta_minor },
    { account_id: counter_account_id, credit_minor: delta_minor },
  ]
  await postEntry(ctx, { id: entry_id, day, kind: 'document', summary: 'freight', source, lines })
}
