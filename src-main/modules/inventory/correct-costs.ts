import { assert } from '../../kernel/assert.ts'
import type { CommandCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { accountIdOf, assertOpenDay, firstOpenDay, postEntry } from '../accounting/index.ts'
import { takeCounter } from '../platform/index.ts'
import { costAdjusted } from './contract.ts'
import { historyOf, readMovements, type Movement } from './history.ts'
import { writeMoves } from './move.store.ts'
import type { CostsToAdjust } from './moving.ts'
import { loadItems, type ItemState } from './stock.store.ts'
import { settle, type Correction } from './take-costs.ts'
import { costCorrectionSummary } from './wording.ts'

type Cause = { readonly kind: string; readonly id: string; readonly number?: string }
type Dated = Correction & {
  readonly seq: number
  readonly day: string
  readonly direction: 'in' | 'out'
  readonly counter_account_id: string
}

/**
 * Appends value-only adjustments for moves whose cost turned out otherwise, and posts them between inventory and the account where that
 * cost went. Each is dated the day of the move it corrects, but not before `not_before` (a late cost's own day) nor in closed books.
 */
export async function correctCosts(
  ctx: CommandCtx,
  { cause, corrections, not_before }: { cause: Cause; corrections: readonly Correction[]; not_before?: string },
): Promise<void> {
  if (corrections.length === 0) return
  const open = await firstOpenDay(ctx)
  const earliest = not_before === undefined || not_before < open ? open : not_before
  const first = await takeCounter(ctx, { key: 'inventory.move', period: '', count: corrections.length })
  const dated = corrections.map((c, i): Dated => {
    assert(c.move.kind !== 'transfer' && c.move.counter_account_id !== null, `move ${c.move.seq} costs nothing`)
    const day = c.move.day < earliest ? earliest : c.move.day
    return { ...c, seq: first + i, day, direction: c.move.kind, counter_account_id: c.move.counter_account_id }
  })
  const byDay = [...Map.groupBy(dated, (d) => d.day)].sort(([a], [b]) => (a < b ? -1 : 1))
  for (const [day, list] of byDay) await postDay(ctx, { cause, day, list })
  await ctx.emit(costAdjusted, {
    adjustments: dated.map(({ move, delta_minor, day, direction, counter_account_id }) => ({
      corrected_seq: move.seq,
      item_id: move.item_id,
      direction,
      delta_minor,
      day,
      source_kind: move.source_kind,
      source_id: move.source_id,
      source_line_no: move.source_line_no,
      counter_account_id,
    })),
  })
}

async function postDay(ctx: CommandCtx, { cause, day, list }: { cause: Cause; day: string; list: readonly Dated[] }): Promise<void> {
  const lines = await linesOf(ctx, list)
  const entry_id = lines.length === 0 ? null : ctx.newId()
  await writeMoves(
    ctx,
    list.map((d) => ({
      ...adjustmentRow({ move: d.move, seq: d.seq, day, cause, line_no: d.move.source_line_no }),
      value_minor: d.delta_minor,
      cost_basis: 'computed',
      entry_id,
      posted_at: ctx.now,
    })),
  )
  if (entry_id === null) return
  const source = { kind: cause.kind, id: cause.id, number: cause.number ?? null }
  await postEntry(ctx, { id: entry_id, day, kind: 'adjustment', summary: costCorrectionSummary(ctx.company, source.number), source, lines })
}

/** What any value-only adjustment says: nothing moved, this move is meant. */
const adjustmentRow = ({
  move,
  seq,
  day,
  cause,
  line_no,
}: {
  move: Movement
  seq: number
  day: string
  cause: Cause
  line_no: number
}) => ({
  seq,
  day,
  item_id: move.item_id,
  from_location_id: move.from_location_id,
  to_location_id: move.to_location_id,
  quantity_e6: 0,
  kind: 'adjustment',
  original_seq: move.seq,
  counter_account_id: move.counter_account_id,
  source_kind: cause.kind,
  source_id: cause.id,
  source_line_no: line_no,
})

/** One pair of lines for each counter account and direction; amounts are never red here, the sides change instead. */
async function linesOf(ctx: CommandCtx, list: readonly Dated[]) {
  const inventory = await accountIdOf(ctx, 'inventory')
  const lines: { account_id: string; debit_minor?: number; credit_minor?: number }[] = []
  for (const group of Map.groupBy(list, (d) => `${d.counter_account_id} ${d.direction}`).values()) {
    const { counter_account_id, direction } = group[0]!
    const toCounter = group.reduce((sum, d) => sum + (direction === 'out' ? d.delta_minor : -d.delta_minor), 0)
    if (toCounter === 0) continue
    const [debit, credit] = toCounter > 0 ? [counter_account_id, inventory] : [inventory, counter_account_id]
    lines.push({ account_id: debit, debit_minor: Math.abs(toCounter) }, { account_id: credit, credit_minor: Math.abs(toCounter) })
  }
  return lines
}

/**
 * Raises or lowers the value of earlier receipts (freight that comes later); what was already issued of them flows on as adjustments.
 * The caller posts the entry `entry_id` for the receipts' own part. Refuses 'inventory.costBelowZero',
 * 'inventory.beforeOriginal' and 'accounting.periodLocked'.
 */
export async function adjustCosts(ctx: CommandCtx, work: CostsToAdjust): Promise<{ readonly seqs: readonly number[] }> {
  if (work.lines.length === 0) return { seqs: [] }
  await assertOpenDay(ctx, work.day)
  const receipts = await readMovements(
    ctx.db,
    work.lines.map((l) => l.receipt_seq),
  )
  const states = await loadItems(
    ctx,
    [...receipts.values()].map((r) => r.item_id),
  )
  const touched = new Set<ItemState>()
  const first = await takeCounter(ctx, { key: 'inventory.move', period: '', count: work.lines.length })
  const rows = []
  for (const [i, line] of work.lines.entries()) {
    const receipt = receipts.get(line.receipt_seq)
    assert(receipt && receipt.kind === 'in' && receipt.cost_basis === 'given', `move ${line.receipt_seq} is no receipt at a given value`)
    if (work.day < receipt.day)
      throw new Refusal('inventory.beforeOriginal', { day: work.day, original_day: receipt.day, line_no: line.line_no })
    const state = states.get(receipt.item_id)!
    touched.add(state)
    const move = (await historyOf(ctx, state)).find((m) => m.seq === line.receipt_seq)!
    raise(move, { state, delta_minor: line.delta_minor })
    const head = adjustmentRow({ move, seq: first + i, day: work.day, cause: work.source, line_no: line.line_no })
    const { counter_account_id, delta_minor: value_minor } = line
    rows.push({ ...head, counter_account_id, value_minor, cost_basis: 'given', entry_id: work.entry_id, posted_at: ctx.now })
  }
  await writeMoves(ctx, rows)
  const corrections = [...touched].flatMap((state) => settle(state, new Map()))
  await correctCosts(ctx, { cause: work.source, corrections, not_before: work.day })
  return { seqs: rows.map((r) => r.seq) }
}

function raise(receipt: Movement, { state, delta_minor }: { state: ItemState; delta_minor: number }): void {
  const after_minor = receipt.given_minor + delta_minor
  if (after_minor < 0) {
    const { id, code, name } = state.item
    throw new Refusal('inventory.costBelowZero', {
      item_id: id,
      item_code: code,
      item_name: name,
      cost_minor: receipt.given_minor,
      delta_minor,
    })
  }
  receipt.given_minor = after_minor
  receipt.posted_minor += delta_minor
}
