import { assert } from '../../kernel/assert.ts'
import type { StockWarning } from './contract.ts'
import type { Movement } from './history.ts'
import type { Place } from './places.ts'
import type { ItemState } from './stock.store.ts'

// What upper floors say when goods move, and what they hear back.

/**
 * Where the value of a move comes from.
 * - given: the document says it (a purchase, opening stock); for goods that come in only
 * - current: goods that come in take the current unit cost, goods that leave take their cost by the item's method
 * - original: a return or a reversal takes its share of the cost of the move `seq`, adjustments included; the last part takes what is left.
 *   For goods that leave again (a receipt undone) it is bounded by what the pool holds, so read the posted value.
 */
export type Basis =
  | { readonly kind: 'given'; readonly value_minor: number }
  | { readonly kind: 'current' }
  | { readonly kind: 'original'; readonly seq: number }

export type MoveToPost = {
  readonly line_no: number
  readonly item_id: string
  /** Base units, above zero. */
  readonly quantity_e6: number
  readonly from_location_id: string
  readonly to_location_id: string
  readonly basis: Basis
  /** Where the other side of the value goes, now and by later adjustments; unused for moves inside the company. */
  readonly counter_account_id: string
  /** The plan that this move carries out: reduced by the quantity before stock is checked, so that its own reservation is used first. */
  readonly plan?: { readonly kind: string; readonly id: string; readonly line_no: number }
}

export type PostedMove = {
  readonly line_no: number
  readonly seq: number
  /** Not negative: what came into the pool or left it. 0 for moves inside the company. */
  readonly value_minor: number
  /** 1: (part of) the goods had no known cost and count 0 until a receipt tells it. */
  readonly is_cost_unknown: 0 | 1
}

export type MovesToPost = {
  readonly source: { readonly kind: string; readonly id: string; readonly number?: string }
  readonly day: string
  /**
   * The entry that carries the value. Take `ctx.newId()` first and post the entry with it afterwards. As an entry of no amount posts
   * nothing, give a function when that can happen: it sees the values and answers the id, or undefined.
   */
  readonly entry_id?: string | ((posted: readonly PostedMove[]) => string | undefined)
  readonly moves: readonly MoveToPost[]
  /** protect (default): stock reserved by others is not free; release: the goods are gone in fact, reservations give way. */
  readonly reservations?: 'protect' | 'release'
}

/** The posted moves in the order given; `warnings` tells what the policy let through. */
export type MovesPosted = { readonly posted: readonly PostedMove[]; readonly warnings: readonly StockWarning[] }

/** Makes receipts dearer (or cheaper) after the fact; the caller posts the entry Dr inventory / Cr its counter account itself. */
export type CostsToAdjust = {
  readonly source: { readonly kind: string; readonly id: string; readonly number?: string }
  readonly day: string
  readonly entry_id: string
  readonly lines: readonly {
    readonly line_no: number
    readonly receipt_seq: number
    readonly delta_minor: number
    readonly counter_account_id: string
  }[]
}

/** A move on its way into the journal. */
export type Moving = MoveToPost & {
  readonly seq: number
  readonly day: string
  readonly source_kind: string
  readonly source_id: string
  readonly kind: 'in' | 'out' | 'transfer'
  readonly from: Place
  readonly to: Place
  readonly state: ItemState
  value_minor: number
  is_cost_unknown: 0 | 1
  /** The same move in its item's history, where that was read. */
  movement: Movement | undefined
}

/** Goods that leave are priced by their method unless they give back a receipt; goods carried inside keep theirs. */
export function costBasisOf({ kind, basis }: Pick<Moving, 'kind' | 'basis'>): 'given' | 'current' | 'original' | 'computed' {
  if (kind === 'transfer') return 'computed'
  if (kind === 'in') return basis.kind
  assert(basis.kind !== 'given', 'goods that leave take their own cost')
  return basis.kind === 'original' ? 'original' : 'computed'
}

export const originalSeqOf = ({ basis }: Pick<Moving, 'basis'>): number | null => (basis.kind === 'original' ? basis.seq : null)

/** The move as the history of its item shows it; what it costs follows. */
export const movementOf = (m: Moving): Movement => ({
  seq: m.seq,
  day: m.day,
  item_id: m.item_id,
  kind: m.kind,
  from_location_id: m.from_location_id,
  to_location_id: m.to_location_id,
  quantity_e6: m.quantity_e6,
  cost_basis: costBasisOf(m),
  original_seq: originalSeqOf(m),
  counter_account_id: m.kind === 'transfer' ? null : m.counter_account_id,
  source_kind: m.source_kind,
  source_id: m.source_id,
  source_line_no: m.line_no,
  given_minor: m.basis.kind === 'given' ? m.basis.value_minor : 0,
  posted_minor: 0,
})
