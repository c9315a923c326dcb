import { assert } from '../../kernel/assert.ts'
import type { CommandCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { applyIn, applyOut, currentCost, givenBack, replay, shareOfOriginal } from './costing.ts'
import { costMovesOf, historyOf, insertInto, readMovements, readOriginals, type Movement, type OriginalMove } from './history.ts'
import { movementOf, originalSeqOf, type Moving } from './moving.ts'
import type { ItemState } from './stock.store.ts'

/** A move of the past that turns out to cost more or less than was posted. */
export type Correction = { readonly move: Movement; readonly delta_minor: number }

type Originals = ReadonlyMap<number, OriginalMove>

/**
 * Gives every move its value and brings the pools up to date; answers what must be corrected. Refuses 'inventory.moreThanOriginal' and
 * 'inventory.beforeOriginal'.
 */
export async function takeCosts(ctx: CommandCtx, moves: readonly Moving[]): Promise<Correction[]> {
  const originals = await originalsOf(ctx, moves)
  const corrections: Correction[] = []
  for (const [state, list] of Map.groupBy(moves, (m) => m.state)) {
    const costed = list.filter((m) => m.kind !== 'transfer')
    checkOriginals(costed, originals)
    if (costed.length > 0) {
      const isStep = !needsReplay(state, costed[0]!)
      corrections.push(...(isStep ? await stepWith(ctx, { state, costed, originals }) : await replayWith(ctx, { state, list })))
    }
    touch(state, list.at(-1)!)
  }
  return corrections
}

async function originalsOf(ctx: CommandCtx, moves: readonly Moving[]): Promise<Originals> {
  const seqs = new Set(moves.map(originalSeqOf).filter((seq) => seq !== null))
  return seqs.size === 0 ? new Map() : readOriginals(ctx.db, [...seqs])
}

/** No original gives back more than it was, over all moves together. */
function checkOriginals(moves: readonly Moving[], originals: Originals): void {
  const claimed = new Map<number, number>()
  for (const m of moves) {
    const seq = originalSeqOf(m)
    if (seq === null) continue
    const original = originals.get(seq)
    const isOpposite = original?.item_id === m.item_id && original.kind === (m.kind === 'in' ? 'out' : 'in')
    assert(original && isOpposite, `move ${seq} cannot be given back by this one`)
    if (m.day < original.day) {
      throw new Refusal('inventory.beforeOriginal', { day: m.day, original_day: original.day, line_no: m.line_no })
    }
    const left_e6 = original.quantity_e6 - givenBack(original).quantity_e6 - (claimed.get(seq) ?? 0)
    if (m.quantity_e6 > left_e6) throw moreThanOriginal(m, left_e6)
    claimed.set(seq, (claimed.get(seq) ?? 0) + m.quantity_e6)
  }
}

function moreThanOriginal(m: Moving, left_e6: number): Refusal {
  const { id, code, name, base_unit } = m.state.item
  const about = { item_id: id, item_code: code, item_name: name, unit: base_unit, line_no: m.line_no }
  return new Refusal('inventory.moreThanOriginal', { ...about, wanted_e6: m.quantity_e6, available_e6: Math.max(left_e6, 0) })
}

/** In order and with nothing owed (or all debts known) one step does; otherwise only the whole history tells. */
const needsReplay = ({ last_day, pool }: ItemState, { day }: Moving): boolean =>
  (last_day !== undefined && day < last_day) || (pool.quantity_e6 < 0 && pool.debts.length === 0)

function touch(state: ItemState, last: Moving): void {
  state.isDirty = true
  if (state.last_day === undefined || last.day >= state.last_day) {
    state.last_day = last.day
    state.last_seq = last.seq
  }
}

type Step = { state: ItemState; costed: readonly Moving[]; originals: Originals }

async function stepWith(ctx: CommandCtx, { state, costed, originals }: Step): Promise<Correction[]> {
  const deltas = new Map<number, number>()
  for (const m of costed) {
    for (const c of step(state, m, originals)) {
      const mate = costed.find((x) => x.seq === c.seq)
      if (mate) mate.value_minor += c.delta_minor
      else deltas.set(c.seq, (deltas.get(c.seq) ?? 0) + c.delta_minor)
    }
  }
  for (const m of costed) if (m.movement) m.movement.posted_minor = m.value_minor
  return correctionsOf(ctx, { state, deltas })
}

const origins = { given: 'told', current: 'current', original: 'original' } as const

/** One move through the pool; gives what it tells of earlier ones. */
function step(state: ItemState, m: Moving, originals: Originals): { seq: number; delta_minor: number }[] {
  const { pool } = state
  const { seq, day, quantity_e6, basis } = m
  const original = basis.kind === 'original' ? originals.get(basis.seq)! : undefined
  const share = original && shareOfOriginal(original, quantity_e6)
  const coverages = m.kind === 'in' ? stepIn() : stepOut()
  if (original) (original.parts as unknown[]).push({ quantity_e6, value_minor: m.value_minor, undone_e6: 0 })
  return coverages

  function stepIn() {
    const cost = basis.kind === 'given' ? { value_minor: basis.value_minor, is_cost_unknown: 0 as const } : currentCost(pool, quantity_e6)
    m.value_minor = share ?? cost.value_minor
    m.is_cost_unknown = share === undefined ? cost.is_cost_unknown : 0
    return applyIn(pool, { seq, day, quantity_e6, value_minor: m.value_minor, origin: origins[basis.kind] })
  }
  function stepOut() {
    const given_back = original && { value_minor: share!, layer_seq: original.seq }
    Object.assign(m, applyOut(pool, { seq, quantity_e6, ...(given_back && { given_back }) }))
    return []
  }
}

async function correctionsOf(
  ctx: CommandCtx,
  { state, deltas }: { state: ItemState; deltas: ReadonlyMap<number, number> },
): Promise<Correction[]> {
  const wanted = [...deltas].filter(([, delta_minor]) => delta_minor !== 0)
  if (wanted.length === 0) return []
  const known = state.history
    ? new Map(state.history.filter((h) => deltas.has(h.seq)).map((h) => [h.seq, h]))
    : await readMovements(ctx.db, [...deltas.keys()])
  return wanted.map(([seq, delta_minor]) => {
    const move = known.get(seq)
    assert(move, `move ${seq} owes and cannot be found`)
    move.posted_minor += delta_minor
    return { move, delta_minor }
  })
}

/** Puts the new moves into the item's history and runs all of it again: the new ones take what comes of it, the others are corrected. */
async function replayWith(ctx: CommandCtx, { state, list }: { state: ItemState; list: readonly Moving[] }): Promise<Correction[]> {
  const history = await historyOf(ctx, state)
  for (const m of list) if (!m.movement) insertInto(history, (m.movement = movementOf(m)))
  const own = new Map(list.map((m) => [m.seq, m]))
  return settle(state, own)
}

/** Runs an item's history through an empty pool and keeps what comes of it. */
export function settle(state: ItemState, own: ReadonlyMap<number, Moving>): Correction[] {
  assert(state.history, 'the history was read')
  const { pool, values, unknown } = replay(state.item.costing, costMovesOf(state.history))
  const corrections: Correction[] = []
  for (const move of state.history) {
    const value_minor = values.get(move.seq)
    if (value_minor === undefined) continue
    const mine = own.get(move.seq)
    if (mine) {
      mine.value_minor = value_minor
      mine.is_cost_unknown = unknown.has(move.seq) ? 1 : 0
    } else if (value_minor !== move.posted_minor) corrections.push({ move, delta_minor: value_minor - move.posted_minor })
    move.posted_minor = value_minor
  }
  state.pool = pool
  state.isDirty = true
  return corrections
}
