import { assert } from '../../kernel/assert.ts'
import type { CommandCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { assertOpenDay } from '../accounting/index.ts'
import { takeCounter } from '../platform/index.ts'
import { stockArrived } from './contract.ts'
import { moveStock } from './check-stock.ts'
import { correctCosts } from './correct-costs.ts'
import { writeMoves } from './move.store.ts'
import { costBasisOf, originalSeqOf, type MovesPosted, type MovesToPost, type Moving, type PostedMove } from './moving.ts'
import { placeOf, type Place } from './places.ts'
import { consumePlan } from './plans.ts'
import { loadItems } from './stock.store.ts'
import { takeCosts } from './take-costs.ts'
import { warningOf } from './warnings.ts'

/**
 * Moves goods: checks stock at the day and at every later day, takes cost, keeps pools, layers and stock, and corrects the cost of
 * earlier and later moves where these goods change it. Refuses 'inventory.notEnoughStock', 'inventory.itemNotStocked',
 * 'inventory.moreThanOriginal', 'inventory.warehouseInactive' and 'accounting.periodLocked'.
 */
export async function postMoves(ctx: CommandCtx, work: MovesToPost): Promise<MovesPosted> {
  if (work.moves.length === 0) return { posted: [], warnings: [] }
  await assertOpenDay(ctx, work.day)
  const moves = await gather(ctx, work)
  for (const { plan, quantity_e6 } of work.moves) {
    if (plan) await consumePlan(ctx, { source: { kind: plan.kind, id: plan.id }, line_no: plan.line_no, quantity_e6 })
  }
  const warnings = await moveStock(ctx, { moves, reservations: work.reservations ?? 'protect' })
  const corrections = await takeCosts(ctx, moves)
  for (const m of moves)
    if (m.is_cost_unknown) warnings.push(warningOf(m.state.item, { code: 'inventory.costUnknown', day: m.day, wanted_e6: m.quantity_e6 }))
  const posted = moves.map(({ line_no, seq, value_minor, is_cost_unknown }): PostedMove => ({ line_no, seq, value_minor, is_cost_unknown }))
  const entry_id = (typeof work.entry_id === 'function' ? work.entry_id(posted) : work.entry_id) ?? null
  await writeMoves(
    ctx,
    moves.map((m) => rowOf(ctx, { m, entry_id })),
  )
  await correctCosts(ctx, { cause: work.source, corrections })
  await announceArrivals(ctx, { day: work.day, moves })
  return { posted, warnings }
}

async function gather(ctx: CommandCtx, work: MovesToPost): Promise<Moving[]> {
  const states = await loadItems(
    ctx,
    work.moves.map((m) => m.item_id),
  )
  const first = await takeCounter(ctx, { key: 'inventory.move', period: '', count: work.moves.length })
  const moves: Moving[] = []
  for (const [i, m] of work.moves.entries()) {
    const state = states.get(m.item_id)!
    const { item } = state
    if (item.kind !== 'stocked')
      throw new Refusal('inventory.itemNotStocked', { item_id: item.id, item_code: item.code, item_name: item.name })
    assert(m.quantity_e6 > 0, `a move of ${item.code} has no quantity`)
    const from = await placeOf(ctx, m.from_location_id)
    const to = await placeOf(ctx, m.to_location_id)
    if (to.warehouse_is_active === 0)
      throw new Refusal('inventory.warehouseInactive', { warehouse_id: to.warehouse_id, name: to.warehouse_name })
    // Written out: a bulk import comes here half a million times, and copying by spread costs more than all the rest.
    moves.push({
      line_no: m.line_no,
      item_id: m.item_id,
      quantity_e6: m.quantity_e6,
      from_location_id: m.from_location_id,
      to_location_id: m.to_location_id,
      basis: m.basis,
      counter_account_id: m.counter_account_id,
      plan: m.plan,
      seq: first + i,
      day: work.day,
      source_kind: work.source.kind,
      source_id: work.source.id,
      kind: kindOf(from, to),
      from,
      to,
      state,
      value_minor: 0,
      is_cost_unknown: 0,
      movement: undefined,
    })
  }
  return moves
}

function kindOf(from: Place, to: Place): Moving['kind'] {
  assert(from.location_id !== to.location_id, 'a move goes from one location to another')
  assert(from.kind === 'internal' || to.kind === 'internal', 'goods outside do not concern the books')
  if (from.kind !== 'internal') return 'in'
  return to.kind === 'internal' ? 'transfer' : 'out'
}

function rowOf(ctx: CommandCtx, { m, entry_id }: { m: Moving; entry_id: string | null }) {
  const isTransfer = m.kind === 'transfer'
  return {
    seq: m.seq,
    day: m.day,
    item_id: m.item_id,
    from_location_id: m.from_location_id,
    to_location_id: m.to_location_id,
    quantity_e6: m.quantity_e6,
    value_minor: m.value_minor,
    kind: m.kind,
    cost_basis: costBasisOf(m),
    original_seq: originalSeqOf(m),
    counter_account_id: isTransfer ? null : m.counter_account_id,
    source_kind: m.source_kind,
    source_id: m.source_id,
    source_line_no: m.line_no,
    entry_id: isTransfer ? null : entry_id,
    posted_at: ctx.now,
  }
}

async function announceArrivals(ctx: CommandCtx, { day, moves }: { day: string; moves: readonly Moving[] }): Promise<void> {
  const arrivals = moves
    .filter((m) => m.to.kind === 'internal')
    .map((m) => ({ item_id: m.item_id, location_id: m.to_location_id, quantity_e6: m.quantity_e6 }))
  if (arrivals.length > 0) await ctx.emit(stockArrived, { day, arrivals })
}
