import type { CommandCtx, QueryCtx } from '../../kernel/operation.ts'
import { marks } from '../../storage/db.ts'
import {
  addPlan,
  byTurn,
  changeStock,
  emptySet,
  freeAt,
  isWaiting,
  loadItems,
  plansOfItems,
  plansOfSource,
  removePlan,
  reserve,
  setOf,
  stockAt,
  type PlanState,
  type StockRow,
} from './stock.store.ts'

// What upper floors say about goods that are promised or expected.

export type PlanLine = {
  readonly line_no: number
  readonly direction: 'out' | 'in'
  readonly item_id: string
  readonly location_id: string
  /** What is still to move, base units; 0 removes the plan. */
  readonly quantity_e6: number
  readonly due_on: string
}

export type PlanSource = { readonly kind: string; readonly id: string }

/** `promised_on`: today when the goods are reserved, else the day by which arrivals cover them, else empty. */
export type PlanSet = { readonly line_no: number; readonly reserved_e6: number; readonly promised_on: string | null }

/**
 * Sets what remains planned for these lines and reserves what is free; lines not named stay as they are, the same call again changes
 * nothing. What is not free waits its turn: by due day, then first come, first served.
 */
export async function setPlans(ctx: CommandCtx, { source, lines }: { source: PlanSource; lines: readonly PlanLine[] }): Promise<PlanSet[]> {
  await loadItems(
    ctx,
    lines.map((l) => l.item_id),
  )
  const made: (PlanState | undefined)[] = []
  for (const line of lines) {
    const before = (await plansOfSource(ctx, source)).find((p) => p.row.source_line_no === line.line_no)
    made.push(await setPlan(ctx, { source, line, before }))
  }
  const short = made.filter((p) => p !== undefined && isWaiting(p)) as PlanState[]
  const queue = short.length === 0 ? [] : await plansOfItems(ctx.db, setOf(ctx), [...new Set(short.map((p) => p.row.item_id))])
  return lines.map((line, i) => {
    const p = made[i]
    if (!p || p.row.direction === 'in') return { line_no: line.line_no, reserved_e6: 0, promised_on: p ? p.row.due_on : null }
    const short_e6 = p.row.quantity_e6 - p.row.reserved_e6
    const promised_on = short_e6 === 0 ? ctx.today : promiseDay({ queue, today: ctx.today, demand: { ...p.row, short_e6, turn: p } })
    return { line_no: line.line_no, reserved_e6: p.row.reserved_e6, promised_on }
  })
}

async function setPlan(
  ctx: CommandCtx,
  work: { source: PlanSource; line: PlanLine; before: PlanState | undefined },
): Promise<PlanState | undefined> {
  const { source, line } = work
  let { before } = work
  const isSame =
    before?.row.item_id === line.item_id && before.row.location_id === line.location_id && before.row.direction === line.direction
  if (before && (!isSame || line.quantity_e6 === 0)) {
    await end(ctx, before)
    before = undefined
  }
  if (line.quantity_e6 === 0) return undefined
  const row = stockAt(setOf(ctx).items.get(line.item_id)!, line.location_id)
  const p = before ?? addPlan(ctx, rowOf(ctx, { source, line }))
  if (line.direction === 'in') changeStock(row, { incoming_e6: line.quantity_e6 - p.row.quantity_e6 })
  else if (p.row.reserved_e6 > line.quantity_e6) reserve(row, p, line.quantity_e6 - p.row.reserved_e6)
  if (p.row.quantity_e6 !== line.quantity_e6 || p.row.due_on !== line.due_on) {
    p.row.quantity_e6 = line.quantity_e6
    p.row.due_on = line.due_on
    if (p.state === 'clean') p.state = 'changed'
  }
  if (line.direction === 'out') reserveFree(row, p)
  return p
}

function reserveFree(row: StockRow, p: PlanState): void {
  const more_e6 = Math.min(freeAt(row), p.row.quantity_e6 - p.row.reserved_e6)
  if (more_e6 > 0) reserve(row, p, more_e6)
}

const rowOf = (ctx: CommandCtx, { source, line }: { source: PlanSource; line: PlanLine }) => ({
  id: ctx.newId(),
  direction: line.direction,
  item_id: line.item_id,
  location_id: line.location_id,
  quantity_e6: 0,
  reserved_e6: 0,
  due_on: line.due_on,
  source_kind: source.kind,
  source_id: source.id,
  source_line_no: line.line_no,
  planned_at: ctx.now,
})

async function end(ctx: CommandCtx, p: PlanState): Promise<void> {
  const state = (await loadItems(ctx, [p.row.item_id])).get(p.row.item_id)!
  const row = stockAt(state, p.row.location_id)
  if (p.row.direction === 'in') changeStock(row, { incoming_e6: 0 - p.row.quantity_e6 })
  else if (p.row.reserved_e6 > 0) reserve(row, p, 0 - p.row.reserved_e6)
  removePlan(ctx, p)
}

/** The goods of a plan moved: its quantity and its reservation shrink. A plan that is missing or smaller is no matter. */
export async function consumePlan(
  ctx: CommandCtx,
  { source, line_no, quantity_e6 }: { source: PlanSource; line_no: number; quantity_e6: number },
): Promise<void> {
  const p = (await plansOfSource(ctx, source)).find((x) => x.row.source_line_no === line_no)
  if (!p) return
  if (quantity_e6 >= p.row.quantity_e6) return end(ctx, p)
  const state = (await loadItems(ctx, [p.row.item_id])).get(p.row.item_id)!
  const row = stockAt(state, p.row.location_id)
  if (p.row.direction === 'in') changeStock(row, { incoming_e6: 0 - quantity_e6 })
  else if (p.row.reserved_e6 > 0) reserve(row, p, 0 - Math.min(quantity_e6, p.row.reserved_e6))
  p.row.quantity_e6 -= quantity_e6
  if (p.state === 'clean') p.state = 'changed'
}

/** Nothing is planned any more for this source; what it reserved is free again. */
export async function dropPlans(ctx: CommandCtx, { source }: { source: PlanSource }): Promise<void> {
  const plans = [...(await plansOfSource(ctx, source))]
  await loadItems(
    ctx,
    plans.map((p) => p.row.item_id),
  )
  for (const p of plans) await end(ctx, p)
}

type Demand = { readonly item_id: string; readonly location_id: string; readonly short_e6: number; readonly turn: PlanState | undefined }

/** The day on which planned arrivals, taken in order, cover those who are served before and then this demand; null when they never do. */
function promiseDay({ queue, today, demand }: { queue: readonly PlanState[]; today: string; demand: Demand }): string | null {
  const here = queue.filter((p) => p.row.item_id === demand.item_id && p.row.location_id === demand.location_id)
  let needed_e6 = demand.short_e6
  for (const p of here) {
    if (p === demand.turn || !isWaiting(p)) continue
    if (demand.turn === undefined || byTurn(p, demand.turn) < 0) needed_e6 += p.row.quantity_e6 - p.row.reserved_e6
  }
  for (const p of here) {
    if (p.row.direction !== 'in') continue
    needed_e6 -= p.row.quantity_e6
    if (needed_e6 <= 0) return p.row.due_on < today ? today : p.row.due_on
  }
  return null
}

export type Wanted = { readonly item_id: string; readonly location_id: string; readonly quantity_e6: number }

/** What is free of each wanted item and on which day the wanted quantity could be promised; nothing is reserved. For queries. */
export async function promises(ctx: QueryCtx, wanted: readonly Wanted[]): Promise<{ available_e6: number; promised_on: string | null }[]> {
  const ids = [...new Set(wanted.map((w) => w.item_id))]
  const rows = await ctx.db.all<{ item_id: string; location_id: string; free_e6: number }>(
    `select item_id, location_id, on_hand_e6 - reserved_e6 as free_e6 from inventory_stock
      where item_id in (${marks(ids)}) order by item_id, location_id`,
    ids,
  )
  const free = new Map(rows.map((r) => [`${r.item_id}\n${r.location_id}`, r.free_e6]))
  const queue = await plansOfItems(ctx.db, emptySet(), ids)
  return wanted.map(({ item_id, location_id, quantity_e6 }) => {
    const available_e6 = free.get(`${item_id}\n${location_id}`) ?? 0
    const short_e6 = quantity_e6 - Math.max(available_e6, 0)
    if (short_e6 <= 0) return { available_e6, promised_on: ctx.today }
    return {
      available_e6,
      promised_on: promiseDay({ queue, today: ctx.today, demand: { item_id, location_id, short_e6, turn: undefined } }),
    }
  })
}
