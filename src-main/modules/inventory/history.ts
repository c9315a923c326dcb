import type { CommandCtx } from '../../kernel/operation.ts'
import { marks, type Reader } from '../../storage/db.ts'
import type { CostMove, Original } from './costing.ts'
import type { ItemState } from './stock.store.ts'

/** A move with goods, as the journal and its adjustments tell it. */
export type Movement = {
  readonly seq: number
  readonly day: string
  readonly item_id: string
  readonly kind: 'in' | 'out' | 'transfer'
  readonly from_location_id: string
  readonly to_location_id: string
  readonly quantity_e6: number
  readonly cost_basis: 'given' | 'current' | 'original' | 'computed'
  readonly original_seq: number | null
  readonly counter_account_id: string | null
  readonly source_kind: string
  readonly source_id: string
  readonly source_line_no: number
  /** What documents gave: the frozen value and late costs. */
  given_minor: number
  /** What it costs as posted so far: the frozen value and all adjustments. */
  posted_minor: number
}

type Line = Omit<Movement, 'kind' | 'given_minor' | 'posted_minor'> & {
  readonly kind: Movement['kind'] | 'adjustment'
  readonly value_minor: number
}

const COLUMNS = `m.seq, m.day, m.item_id, m.kind, m.from_location_id, m.to_location_id, m.quantity_e6, m.value_minor, m.cost_basis,
  m.original_seq, m.counter_account_id, m.source_kind, m.source_id, m.source_line_no`
const IDS_A_STATEMENT = 500

/** Joins moves with their adjustments, keeping the order of the moves. */
function joined(lines: readonly Line[]): Movement[] {
  const moves = new Map<number, Movement>()
  for (const { value_minor, kind, ...line } of lines) {
    if (kind !== 'adjustment') moves.set(line.seq, { ...line, kind, given_minor: value_minor, posted_minor: value_minor })
  }
  for (const { value_minor, kind, original_seq, cost_basis } of lines) {
    if (kind !== 'adjustment') continue
    const corrected = moves.get(original_seq!)
    if (!corrected) continue
    corrected.posted_minor += value_minor
    if (cost_basis === 'given') corrected.given_minor += value_minor
  }
  return [...moves.values()]
}

/** All moves with goods of one item, in order. */
export async function readHistory(db: Reader, item_id: string): Promise<Movement[]> {
  return joined(await db.all<Line>(`select ${COLUMNS} from inventory_move m where m.item_id = ? order by m.day, m.seq`, [item_id]))
}

/** The item's moves, read once in a command and kept up to date after. */
export async function historyOf(ctx: CommandCtx, state: ItemState): Promise<Movement[]> {
  return (state.history ??= await readHistory(ctx.db, state.item.id))
}

/** Puts a new move into its place: after all others of its day. */
export function insertInto(history: Movement[], move: Movement): void {
  let at = history.length
  while (at > 0 && history[at - 1]!.day > move.day) at--
  history.splice(at, 0, move)
}

/** Single moves with what they cost so far. */
export async function readMovements(db: Reader, seqs: readonly number[]): Promise<Map<number, Movement>> {
  const found = new Map<number, Movement>()
  for (let from = 0; from < seqs.length; from += IDS_A_STATEMENT) {
    const some = seqs.slice(from, from + IDS_A_STATEMENT)
    const lines = await db.all<Line>(
      `select ${COLUMNS} from inventory_move m
        where m.seq in (${marks(some)}) or (m.original_seq in (${marks(some)}) and m.kind = 'adjustment') order by m.seq`,
      [...some, ...some],
    )
    for (const move of joined(lines)) found.set(move.seq, move)
  }
  return found
}

/** What the replay needs of a move; transfers inside the company cost nothing. */
export const costMovesOf = (history: readonly Movement[]): CostMove[] =>
  history.flatMap(({ kind, seq, day, quantity_e6, cost_basis, given_minor, original_seq }) =>
    kind === 'transfer' ? [] : [{ seq, day, direction: kind, quantity_e6, basis: cost_basis, given_minor, original_seq }],
  )

export type OriginalMove = Original & {
  readonly seq: number
  readonly day: string
  readonly item_id: string
  readonly kind: Movement['kind']
}

type PartRow = { original_seq: number; quantity_e6: number; value_minor: number; undone_e6: number }
const COSTED = `m.value_minor
  + coalesce((select sum(a.value_minor) from inventory_move a where a.original_seq = m.seq and a.kind = 'adjustment'), 0)`

/** Moves that are to be given back, with their cost so far and the parts already given back. */
export async function readOriginals(db: Reader, seqs: readonly number[]): Promise<Map<number, OriginalMove>> {
  const found = new Map<number, OriginalMove>()
  for (let from = 0; from < seqs.length; from += IDS_A_STATEMENT) {
    const some = seqs.slice(from, from + IDS_A_STATEMENT)
    const rows = await db.all<Omit<OriginalMove, 'parts'>>(
      `select m.seq, m.day, m.item_id, m.kind, m.quantity_e6, ${COSTED} as value_minor from inventory_move m
        where m.seq in (${marks(some)}) order by m.seq`,
      some,
    )
    const parts = await db.all<PartRow>(
      `select m.original_seq, m.quantity_e6, ${COSTED} as value_minor,
              coalesce((select sum(u.quantity_e6) from inventory_move u
                         where u.original_seq = m.seq and u.kind <> 'adjustment'), 0) as undone_e6
         from inventory_move m where m.original_seq in (${marks(some)}) and m.kind <> 'adjustment' order by m.seq`,
      some,
    )
    for (const row of rows) found.set(row.seq, { ...row, parts: parts.filter((p) => p.original_seq === row.seq) })
  }
  return found
}
