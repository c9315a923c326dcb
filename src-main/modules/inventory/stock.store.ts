import { assert } from '../../kernel/assert.ts'
import { layer, plan, pool, stock } from '../../../db/schema/inventory.ts'
import { unit, type CommandCtx } from '../../kernel/operation.ts'
import { marks, type Reader, type Row, type Writer } from '../../storage/db.ts'
import { itemsOf, type ItemInfo } from '../catalog/index.ts'
import { emptyPool, type Pool } from './costing.ts'
import type { Movement } from './history.ts'

/** On hand, reserved and incoming of one item at one location, as this command has made them. */
export type StockRow = {
  on_hand_e6: number
  reserved_e6: number
  incoming_e6: number
  isDirty: boolean
  /** Goods arrived or reservations ended: what is free is offered to those who wait. */
  isFreed: boolean
}

/** One item of the working set. */
export type ItemState = {
  readonly item: ItemInfo
  pool: Pool
  isDirty: boolean
  /** Of the last move with goods, transfers included; none yet: undefined. */
  last_day: string | undefined
  last_seq: number
  readonly stock: Map<string, StockRow>
  /** Layers as the table holds them, by seq. */
  writtenLayers: Map<number, Row<typeof layer>>
  /** All moves with goods in order, once something needed them. */
  history: Movement[] | undefined
}

export type PlanState = { readonly row: Row<typeof plan>; state: 'new' | 'clean' | 'changed' | 'removed' }

export type WorkingSet = {
  readonly items: Map<string, ItemState>
  readonly plans: Map<string, PlanState>
  /** Plans by source, for the sources that were read. */
  readonly sources: Map<string, PlanState[]>
}

/** Pools, layers, stock and plans of this command: each is read once, and written once at the end. */
const workingSet = unit<WorkingSet>({
  key: 'inventory.workingSet',
  create: () => ({ items: new Map(), plans: new Map(), sources: new Map() }),
  flush: async (db, set) => {
    await offerFreed(db, set)
    await writePools(db, set)
    await writeStock(db, set)
    await writePlans(db, set)
  },
})

export const setOf = (ctx: CommandCtx): WorkingSet => ctx.unit(workingSet)

const IDS_A_STATEMENT = 500

/** Reads what is not yet known of these items, in few statements. Refuses 'catalog.itemNotFound'. */
export async function loadItems(ctx: CommandCtx, item_ids: readonly string[]): Promise<Map<string, ItemState>> {
  const { items } = setOf(ctx)
  const missing = [...new Set(item_ids.filter((i) => !items.has(i)))]
  if (missing.length === 0) return items
  const infos = await itemsOf(ctx, missing)
  for (let from = 0; from < missing.length; from += IDS_A_STATEMENT) {
    const some = missing.slice(from, from + IDS_A_STATEMENT)
    for (const item_id of some) items.set(item_id, freshState(infos.get(item_id)!))
    await readPools(ctx.db, items, some)
    await readStock(ctx.db, items, some)
    const layered = some.filter((i) => infos.get(i)!.costing === 'fifo')
    await readLayers(ctx.db, items, layered)
  }
  return items
}

/** Reads pools, layers and stock of many items at once, before a long run of postings. */
export const preloadStock = async (ctx: CommandCtx, item_ids: readonly string[]): Promise<void> => void (await loadItems(ctx, item_ids))

const freshState = (item: ItemInfo): ItemState => ({
  item,
  pool: emptyPool(item.costing),
  isDirty: false,
  last_day: undefined,
  last_seq: 0,
  stock: new Map(),
  writtenLayers: new Map(),
  history: undefined,
})

async function readPools(db: Reader, items: Map<string, ItemState>, ids: readonly string[]): Promise<void> {
  const rows = await db.all<Row<typeof pool>>(
    `select item_id, quantity_e6, value_minor, last_cost_quantity_e6, last_cost_value_minor, last_day, last_seq
       from inventory_pool where item_id in (${marks(ids)}) order by item_id`,
    ids,
  )
  for (const { item_id, last_day, last_seq, ...sums } of rows) {
    const state = items.get(item_id)!
    Object.assign(state.pool, sums)
    state.last_day = last_day
    state.last_seq = last_seq
  }
}

async function readStock(db: Reader, items: Map<string, ItemState>, ids: readonly string[]): Promise<void> {
  const rows = await db.all<Row<typeof stock>>(
    `select item_id, location_id, on_hand_e6, reserved_e6, incoming_e6 from inventory_stock
      where item_id in (${marks(ids)}) order by item_id, location_id`,
    ids,
  )
  for (const { item_id, location_id, ...levels } of rows)
    items.get(item_id)!.stock.set(location_id, { ...levels, isDirty: false, isFreed: false })
}

async function readLayers(db: Reader, items: Map<string, ItemState>, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  const rows = await db.all<Row<typeof layer>>(
    `select item_id, day, seq, quantity_e6, value_minor from inventory_layer where item_id in (${marks(ids)}) order by item_id, day, seq`,
    ids,
  )
  for (const row of rows) {
    const state = items.get(row.item_id)!
    const { seq, day, quantity_e6, value_minor } = row
    state.pool.layers.push({ seq, day, quantity_e6, value_minor })
    state.writtenLayers.set(row.seq, row)
  }
}

/** The row of a location, made when there is none. */
export function stockAt(state: ItemState, location_id: string): StockRow {
  let row = state.stock.get(location_id)
  if (!row) state.stock.set(location_id, (row = { on_hand_e6: 0, reserved_e6: 0, incoming_e6: 0, isDirty: false, isFreed: false }))
  return row
}

/** Changes the levels of a location; what grows freer will be offered to those who wait. */
export function changeStock(row: StockRow, change: { on_hand_e6?: number; reserved_e6?: number; incoming_e6?: number }): void {
  row.on_hand_e6 += change.on_hand_e6 ?? 0
  row.reserved_e6 += change.reserved_e6 ?? 0
  row.incoming_e6 += change.incoming_e6 ?? 0
  row.isDirty = true
  if ((change.on_hand_e6 ?? 0) > 0 || (change.reserved_e6 ?? 0) < 0) row.isFreed = true
}

export const freeAt = (row: StockRow): number => row.on_hand_e6 - row.reserved_e6

async function writePools(db: Writer, { items }: WorkingSet): Promise<void> {
  const dirty = [...items.values()].filter((s) => s.isDirty)
  await db.put(
    pool,
    dirty.map((s) => ({
      item_id: s.item.id,
      quantity_e6: s.pool.quantity_e6,
      value_minor: s.pool.value_minor,
      last_cost_quantity_e6: s.pool.last_cost_quantity_e6,
      last_cost_value_minor: s.pool.last_cost_value_minor,
      last_day: s.last_day!,
      last_seq: s.last_seq,
    })),
  )
  for (const state of dirty) {
    if (state.pool.method === 'fifo') await writeLayers(db, state)
    state.isDirty = false
  }
}

async function writeLayers(db: Writer, state: ItemState): Promise<void> {
  const now = new Map(state.pool.layers.map((l) => [l.seq, { item_id: state.item.id, ...l }]))
  for (const [seq, row] of state.writtenLayers) {
    if (!now.has(seq)) await db.remove(layer, { item_id: row.item_id, day: row.day, seq })
  }
  const changed = [...now.values()].filter((row) => {
    const before = state.writtenLayers.get(row.seq)
    return before?.quantity_e6 !== row.quantity_e6 || before.value_minor !== row.value_minor
  })
  await db.put(layer, changed)
  state.writtenLayers = now
}

async function writeStock(db: Writer, { items }: WorkingSet): Promise<void> {
  const rows: Row<typeof stock>[] = []
  for (const state of items.values()) {
    for (const [location_id, row] of state.stock) {
      if (!row.isDirty) continue
      const { on_hand_e6, reserved_e6, incoming_e6 } = row
      rows.push({ item_id: state.item.id, location_id, on_hand_e6, reserved_e6, incoming_e6 })
      row.isDirty = false
    }
  }
  await db.put(stock, rows)
}

async function writePlans(db: Writer, set: WorkingSet): Promise<void> {
  const all = [...set.plans.values()]
  const rowsIn = (state: PlanState['state']) => all.filter((p) => p.state === state).map((p) => p.row)
  const removed = rowsIn('removed').map((p) => p.id)
  for (let from = 0; from < removed.length; from += IDS_A_STATEMENT) {
    const some = removed.slice(from, from + IDS_A_STATEMENT)
    const gone = await db.run(plan, `delete from inventory_plan where id in (${marks(some)})`, some)
    assert(gone === some.length, 'a plan that ended was not there')
  }
  await db.insertMany(plan, rowsIn('new'))
  await db.put(plan, rowsIn('changed'))
  for (const p of all) {
    if (p.state === 'removed') set.plans.delete(p.row.id)
    else p.state = 'clean'
  }
}

const PLAN_COLUMNS = `id, direction, item_id, location_id, quantity_e6, reserved_e6, due_on, source_kind, source_id, source_line_no,
  planned_at`

/** Rows from the table, or rather what this command has made of them. */
function known(set: WorkingSet, rows: readonly Row<typeof plan>[]): PlanState[] {
  return rows.map((row) => {
    let state = set.plans.get(row.id)
    if (!state) set.plans.set(row.id, (state = { row, state: 'clean' }))
    return state
  })
}

/** The plans of one source, as this command has made them. */
export async function plansOfSource(ctx: CommandCtx, source: { kind: string; id: string }): Promise<PlanState[]> {
  const set = setOf(ctx)
  const key = `${source.kind}\n${source.id}`
  let plans = set.sources.get(key)
  if (!plans) {
    const rows = await ctx.db.all<Row<typeof plan>>(
      `select ${PLAN_COLUMNS} from inventory_plan where source_kind = ? and source_id = ? order by source_line_no, id`,
      [source.kind, source.id],
    )
    set.sources.set(key, (plans = known(set, rows)))
  }
  return plans
}

/** All plans of items, in the order in which they are served: due day, then first come, first served. */
export async function plansOfItems(db: Reader, set: WorkingSet, item_ids: readonly string[]): Promise<PlanState[]> {
  const wanted = new Set(item_ids)
  for (let from = 0; from < item_ids.length; from += IDS_A_STATEMENT) {
    const some = item_ids.slice(from, from + IDS_A_STATEMENT)
    known(
      set,
      await db.all<Row<typeof plan>>(`select ${PLAN_COLUMNS} from inventory_plan where item_id in (${marks(some)}) order by id`, some),
    )
  }
  return [...set.plans.values()].filter((p) => p.state !== 'removed' && wanted.has(p.row.item_id)).sort(byTurn)
}

export const emptySet = (): WorkingSet => ({ items: new Map(), plans: new Map(), sources: new Map() })

/** Who is served first. */
export function byTurn({ row: a }: PlanState, { row: b }: PlanState): number {
  if (a.due_on !== b.due_on) return a.due_on < b.due_on ? -1 : 1
  if (a.planned_at !== b.planned_at) return a.planned_at - b.planned_at
  return a.id < b.id ? -1 : 1
}

export const isWaiting = ({ row }: PlanState): boolean => row.direction === 'out' && row.reserved_e6 < row.quantity_e6

/** Reserves more (or less) for a plan, keeping the stock's sum in step. */
export function reserve(row: StockRow, p: PlanState, change_e6: number): void {
  p.row.reserved_e6 += change_e6
  if (p.state === 'clean') p.state = 'changed'
  changeStock(row, { reserved_e6: change_e6 })
}

/** Offers goods that arrived or became free to the plans that wait for them, in turn. */
async function offerFreed(db: Reader, set: WorkingSet): Promise<void> {
  const freed: { state: ItemState; location_id: string; row: StockRow }[] = []
  for (const state of set.items.values()) {
    for (const [location_id, row] of state.stock) {
      if (row.isFreed && freeAt(row) > 0) freed.push({ state, location_id, row })
      row.isFreed = false
    }
  }
  if (freed.length === 0) return
  const waiting = new Map<string, PlanState[]>()
  for (const p of await waitingPlans(db, set, [...new Set(freed.map((f) => f.state.item.id))])) {
    const key = `${p.row.item_id}\n${p.row.location_id}`
    const list = waiting.get(key)
    if (list) list.push(p)
    else waiting.set(key, [p])
  }
  for (const { state, location_id, row } of freed) {
    for (const p of waiting.get(`${state.item.id}\n${location_id}`) ?? []) {
      const more = Math.min(freeAt(row), p.row.quantity_e6 - p.row.reserved_e6)
      if (more > 0) reserve(row, p, more)
    }
    row.isFreed = false
  }
}

async function waitingPlans(db: Reader, set: WorkingSet, item_ids: readonly string[]): Promise<PlanState[]> {
  for (let from = 0; from < item_ids.length; from += IDS_A_STATEMENT) {
    const some = item_ids.slice(from, from + IDS_A_STATEMENT)
    const rows = await db.all<Row<typeof plan>>(
      `select ${PLAN_COLUMNS} from inventory_plan
        where item_id in (${marks(some)}) and direction = 'out' and reserved_e6 < quantity_e6 order by id`,
      some,
    )
    known(set, rows)
  }
  return [...set.plans.values()].filter((p) => p.state !== 'removed' && isWaiting(p)).sort(byTurn)
}

/** Makes a plan known to this command. */
export function addPlan(ctx: CommandCtx, row: Row<typeof plan>): PlanState {
  const set = setOf(ctx)
  const state: PlanState = { row, state: 'new' }
  set.plans.set(row.id, state)
  const key = `${row.source_kind}\n${row.source_id}`
  set.sources.get(key)?.push(state)
  return state
}

/** Ends a plan. One that was never written is simply forgotten. */
export function removePlan(ctx: CommandCtx, p: PlanState): void {
  const set = setOf(ctx)
  if (p.state === 'new') set.plans.delete(p.row.id)
  p.state = 'removed'
  const key = `${p.row.source_kind}\n${p.row.source_id}`
  const plans = set.sources.get(key)
  const others = plans?.filter((x) => x !== p)
  if (others) set.sources.set(key, others)
}
