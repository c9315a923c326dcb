import { assert } from '../../kernel/assert.ts'
import { mulDiv } from '../../kernel/math.ts'

// The cost of goods, pure. All quantities are base units in millionths, all values minor units; values of moves are not negative.
// Goods and debts exclude each other: a pool of positive quantity owes nothing, a negative one holds nothing.

export type CostingMethod = 'average' | 'fifo'

/** What is left of one incoming move. */
export type Layer = { readonly seq: number; readonly day: string; quantity_e6: number; value_minor: number }
/** What of one issue below zero no receipt has covered yet, at its provisional value. */
export type Debt = { readonly seq: number; quantity_e6: number; value_minor: number }

/** One item's stock as its moves have made it. */
export type Pool = {
  readonly method: CostingMethod
  quantity_e6: number
  value_minor: number
  /** The last known unit cost as a fraction, value of that quantity; quantity 0: none was ever known. */
  last_cost_quantity_e6: number
  last_cost_value_minor: number
  /** Oldest first; FIFO only. */
  layers: Layer[]
  /** Oldest first. */
  debts: Debt[]
}

export const emptyPool = (method: CostingMethod): Pool => ({
  method,
  quantity_e6: 0,
  value_minor: 0,
  last_cost_quantity_e6: 0,
  last_cost_value_minor: 0,
  layers: [],
  debts: [],
})

type Costed = { readonly value_minor: number; readonly is_cost_unknown: 0 | 1 }
/** A change of the value of an earlier issue, because a receipt tells what it really cost. */
export type Coverage = { readonly seq: number; readonly delta_minor: number }

/** The part that `part` of `whole` takes of a value, half up; the whole takes all. */
const partOf = ({ value_minor, part, whole }: { value_minor: number; part: number; whole: number }): number =>
  part === whole ? value_minor : mulDiv({ a: value_minor, b: part, divisor: whole, rounding: 'halfUp' })

const isCostKnown = (pool: Pool): boolean => pool.last_cost_quantity_e6 > 0

/**
 * What incoming goods of unknown value are worth: at moving average the pool's unit cost, under FIFO that of the newest layer, without
 * stock the last known one; 0 when nobody ever knew.
 */
export function currentCost(pool: Pool, quantity_e6: number): Costed {
  if (!isCostKnown(pool)) return { value_minor: 0, is_cost_unknown: 1 }
  const newest = pool.layers.at(-1) ?? (pool.quantity_e6 > 0 ? pool : undefined)
  const [a, divisor] = newest ? [newest.value_minor, newest.quantity_e6] : [pool.last_cost_value_minor, pool.last_cost_quantity_e6]
  return { value_minor: mulDiv({ a, b: quantity_e6, divisor, rounding: 'halfUp' }), is_cost_unknown: 0 }
}

/** Keeps a unit cost as the last known one. Goods that came in before anybody knew their cost teach nothing. */
function remember(
  pool: Pool,
  { quantity_e6, value_minor }: { quantity_e6: number; value_minor: number },
  isTold: 'told' | 'derived',
): void {
  if (isTold === 'derived' && value_minor === 0 && !isCostKnown(pool)) return
  pool.last_cost_quantity_e6 = quantity_e6
  pool.last_cost_value_minor = value_minor
}

export type Incoming = {
  readonly seq: number
  readonly day: string
  readonly quantity_e6: number
  readonly value_minor: number
  /** told: a document says the value; original: the move that is given back; current: the pool's own unit cost. */
  readonly origin: 'told' | 'original' | 'current'
}

/** Puts goods into the pool. They first pay what issues below zero owe, oldest first, each at this receipt's unit cost. */
export function applyIn(pool: Pool, move: Incoming): Coverage[] {
  assert(move.quantity_e6 > 0 && move.value_minor >= 0, 'goods come in with a quantity and a value')
  const coverages: Coverage[] = []
  let left_e6 = move.quantity_e6
  let left_minor = move.value_minor
  while (left_e6 > 0 && pool.debts.length > 0) {
    const debt = pool.debts[0]!
    const covered_e6 = Math.min(left_e6, debt.quantity_e6)
    const real_minor = partOf({ value_minor: left_minor, part: covered_e6, whole: left_e6 })
    const provisional_minor = partOf({ value_minor: debt.value_minor, part: covered_e6, whole: debt.quantity_e6 })
    if (real_minor !== provisional_minor) coverages.push({ seq: debt.seq, delta_minor: real_minor - provisional_minor })
    pool.value_minor += provisional_minor
    debt.quantity_e6 -= covered_e6
    debt.value_minor -= provisional_minor
    if (debt.quantity_e6 === 0) pool.debts.shift()
    left_e6 -= covered_e6
    left_minor -= real_minor
  }
  pool.quantity_e6 += move.quantity_e6
  pool.value_minor += left_minor
  if (pool.method === 'fifo' && left_e6 > 0)
    pool.layers.push({ seq: move.seq, day: move.day, quantity_e6: left_e6, value_minor: left_minor })
  const isTold = move.origin === 'told' ? 'told' : 'derived'
  if (pool.method === 'average' && pool.quantity_e6 > 0) remember(pool, pool, isTold)
  else if (move.origin !== 'current') remember(pool, move, isTold)
  return coverages
}

export type Outgoing = {
  readonly seq: number
  readonly quantity_e6: number
  /** A receipt given back: its share of the receipt's value, taken from the receipt's own layer first. */
  readonly given_back?: { readonly value_minor: number; readonly layer_seq: number }
}

/** Takes goods out of the pool. The issue that empties it takes the remaining value; what is not there takes the last known cost. */
export function applyOut(pool: Pool, move: Outgoing): Costed {
  assert(move.quantity_e6 > 0, 'goods leave with a quantity')
  const there_e6 = Math.max(pool.quantity_e6, 0)
  const covered_e6 = Math.min(move.quantity_e6, there_e6)
  const owed_e6 = move.quantity_e6 - covered_e6
  const covered_minor = covered_e6 === 0 ? 0 : takeGoods(pool, { ...move, quantity_e6: covered_e6 })
  pool.quantity_e6 -= covered_e6
  pool.value_minor -= covered_minor
  if (pool.method === 'average' && pool.quantity_e6 > 0) remember(pool, pool, 'derived')
  if (owed_e6 === 0) return { value_minor: covered_minor, is_cost_unknown: 0 }
  const owed = owedCost(pool, { owed_e6, move })
  pool.debts.push({ seq: move.seq, quantity_e6: owed_e6, value_minor: owed.value_minor })
  pool.quantity_e6 -= owed_e6
  pool.value_minor -= owed.value_minor
  return { value_minor: covered_minor + owed.value_minor, is_cost_unknown: owed.is_cost_unknown }
}

function owedCost(pool: Pool, { owed_e6, move }: { owed_e6: number; move: Outgoing }): Costed {
  if (move.given_back) {
    const value_minor = partOf({ value_minor: move.given_back.value_minor, part: owed_e6, whole: move.quantity_e6 })
    return { value_minor, is_cost_unknown: 0 }
  }
  if (!isCostKnown(pool)) return { value_minor: 0, is_cost_unknown: 1 }
  const { last_cost_value_minor: a, last_cost_quantity_e6: divisor } = pool
  return { value_minor: mulDiv({ a, b: owed_e6, divisor, rounding: 'halfUp' }), is_cost_unknown: 0 }
}

/** The value of goods that are there; FIFO takes them off the layers. */
function takeGoods(pool: Pool, move: Outgoing): number {
  if (pool.method === 'fifo') {
    let taken = { quantity_e6: 0, value_minor: 0 }
    const own = pool.layers.findIndex((l) => l.seq === move.given_back?.layer_seq)
    if (own >= 0) taken = takeLayer(pool, own, move.quantity_e6)
    while (taken.quantity_e6 < move.quantity_e6) {
      const more = takeLayer(pool, 0, move.quantity_e6 - taken.quantity_e6)
      taken = { quantity_e6: taken.quantity_e6 + more.quantity_e6, value_minor: taken.value_minor + more.value_minor }
    }
    return taken.value_minor
  }
  if (move.quantity_e6 === pool.quantity_e6) return pool.value_minor
  if (move.given_back) return Math.min(move.given_back.value_minor, pool.value_minor)
  return mulDiv({ a: pool.value_minor, b: move.quantity_e6, divisor: pool.quantity_e6, rounding: 'halfUp' })
}

function takeLayer(pool: Pool, index: number, wanted_e6: number): { quantity_e6: number; value_minor: number } {
  const layer = pool.layers[index]
  assert(layer, 'the layers hold what the pool holds')
  remember(pool, layer, 'derived')
  const quantity_e6 = Math.min(wanted_e6, layer.quantity_e6)
  const value_minor = partOf({ value_minor: layer.value_minor, part: quantity_e6, whole: layer.quantity_e6 })
  layer.quantity_e6 -= quantity_e6
  layer.value_minor -= value_minor
  if (layer.quantity_e6 === 0) pool.layers.splice(index, 1)
  return { quantity_e6, value_minor }
}

/** A move that others give back in parts, and those parts. */
export type Original = {
  readonly quantity_e6: number
  /** Adjustments included. */
  readonly value_minor: number
  /** The moves that gave parts of it back; `undone_e6` of a part was itself undone. */
  readonly parts: readonly { readonly quantity_e6: number; readonly value_minor: number; readonly undone_e6: number }[]
}

/** What of an original was given back so far, parts that were undone left out. */
export function givenBack(original: Original): { quantity_e6: number; value_minor: number } {
  let quantity_e6 = 0
  let value_minor = 0
  for (const p of original.parts) {
    const standing_e6 = p.quantity_e6 - p.undone_e6
    quantity_e6 += standing_e6
    value_minor += partOf({ value_minor: p.value_minor, part: standing_e6, whole: p.quantity_e6 })
  }
  return { quantity_e6, value_minor }
}

/** What `quantity_e6` more of an original are worth: its share of the cost, never more than is left; the last part takes what is left. */
export function shareOfOriginal(original: Original, quantity_e6: number): number {
  const before = givenBack(original)
  const left_minor = Math.max(original.value_minor - before.value_minor, 0)
  const together_e6 = before.quantity_e6 + quantity_e6
  if (together_e6 === original.quantity_e6) return left_minor
  const share = mulDiv({ a: original.value_minor, b: quantity_e6, divisor: original.quantity_e6, rounding: 'halfUp' })
  return together_e6 < original.quantity_e6 ? Math.min(share, left_minor) : share
}

/** A move as the replay needs it: what is given, not what came of it. */
export type CostMove = {
  readonly seq: number
  readonly day: string
  readonly direction: 'in' | 'out'
  readonly quantity_e6: number
  readonly basis: 'given' | 'current' | 'original' | 'computed'
  /** For basis given: the value that documents gave, late costs included. */
  readonly given_minor: number
  readonly original_seq: number | null
}

export type Replayed = {
  readonly pool: Pool
  /** What each move costs when everything is known. */
  readonly values: ReadonlyMap<number, number>
  /** Moves whose cost nobody can tell yet; they count 0. */
  readonly unknown: ReadonlySet<number>
}

/** Runs the moves of one item in their order (day, seq) through an empty pool: the truth that every stored value must equal. */
export function replay(method: CostingMethod, moves: readonly CostMove[]): Replayed {
  const pool = emptyPool(method)
  const values = new Map<number, number>()
  const unknown = new Set<number>()
  const originals = new Originals(values)
  for (const move of moves) {
    const costed = move.direction === 'in' ? replayIn({ pool, move, originals, values }) : replayOut({ pool, move, originals })
    values.set(move.seq, costed.value_minor)
    if (costed.is_cost_unknown) unknown.add(move.seq)
    originals.add(move)
  }
  const owing = new Set(pool.debts.map((d) => d.seq))
  for (const { seq, direction } of moves) if (direction === 'out' && !owing.has(seq)) unknown.delete(seq)
  return { pool, values, unknown }
}

function replayIn({
  pool,
  move,
  originals,
  values,
}: {
  pool: Pool
  move: CostMove
  originals: Originals
  values: Map<number, number>
}): Costed {
  const costed = incomingValue({ pool, move, originals })
  const origin = costed.origin
  const { seq, day, quantity_e6 } = move
  for (const c of applyIn(pool, { seq, day, quantity_e6, value_minor: costed.value_minor, origin })) {
    values.set(c.seq, values.get(c.seq)! + c.delta_minor)
  }
  return costed
}

function incomingValue({ pool, move, originals }: { pool: Pool; move: CostMove; originals: Originals }): Costed & Pick<Incoming, 'origin'> {
  if (move.basis === 'given') return { value_minor: move.given_minor, is_cost_unknown: 0, origin: 'told' }
  const share = move.basis === 'original' ? originals.share(move) : undefined
  if (share !== undefined) return { value_minor: share, is_cost_unknown: 0, origin: 'original' }
  return { ...currentCost(pool, move.quantity_e6), origin: 'current' }
}

function replayOut({ pool, move, originals }: { pool: Pool; move: CostMove; originals: Originals }): Costed {
  const share = move.basis === 'original' ? originals.share(move) : undefined
  const given_back = share === undefined ? {} : { given_back: { value_minor: share, layer_seq: move.original_seq! } }
  return applyOut(pool, { seq: move.seq, quantity_e6: move.quantity_e6, ...given_back })
}

/** Originals and the parts given back of them, as far as a replay has come. */
class Originals {
  private readonly moves = new Map<number, CostMove>()
  private readonly takers = new Map<number, CostMove[]>()
  private readonly values: ReadonlyMap<number, number>

  constructor(values: ReadonlyMap<number, number>) {
    this.values = values
  }

  add(move: CostMove): void {
    this.moves.set(move.seq, move)
    if (move.original_seq === null) return
    const list = this.takers.get(move.original_seq)
    if (list) list.push(move)
    else this.takers.set(move.original_seq, [move])
  }

  /** Undefined where the original lies later, as backdating can make it: then the move takes the current cost. */
  share(move: CostMove): number | undefined {
    const seq = move.original_seq!
    const original = this.moves.get(seq)
    if (!original) return undefined
    const parts = (this.takers.get(seq) ?? []).map((t) => ({
      quantity_e6: t.quantity_e6,
      value_minor: this.values.get(t.seq)!,
      undone_e6: (this.takers.get(t.seq) ?? []).reduce((sum, u) => sum + u.quantity_e6, 0),
    }))
    return shareOfOriginal({ quantity_e6: original.quantity_e6, value_minor: this.values.get(seq)!, parts }, move.quantity_e6)
  }
}
