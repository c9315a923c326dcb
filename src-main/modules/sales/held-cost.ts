import type { CommandCtx } from '../../kernel/operation.ts'
import { shareOf } from '../../kernel/math.ts'
import { assert } from '../../kernel/assert.ts'
import { postEntry, type EntrySource } from '../accounting/index.ts'
import { excessCost, uninvoiced, type DeliveredLine } from './delivered.ts'
import { insertAccruals, insertCostShifts } from './document.store.ts'
import { accrualEntry, costEntry } from './posting.ts'
import { summaryOf } from './wording.ts'

type Cause = { readonly day: string; readonly source: EntrySource; readonly lines: readonly DeliveredLine[] }

/**
 * Brings the books back in line after something happened to delivered lines: cost that goods delivered no longer has to hold goes on to
 * cost of sales, and what a locked period accrued of quantities no longer uninvoiced is taken back. Posts nothing where all is in line.
 */
export async function settleHeld(ctx: CommandCtx, cause: Cause): Promise<void> {
  await shiftExcess(ctx, cause)
  await releaseAccruals(ctx, cause)
}

async function shiftExcess(ctx: CommandCtx, { day, source, lines }: Cause): Promise<void> {
  const shifts = lines.map((line) => ({ line, cost_minor: excessCost(line) })).filter((s) => s.cost_minor !== 0)
  if (shifts.length === 0) return
  const entry = await postEntry(ctx, {
    day,
    kind: 'adjustment',
    summary: summaryOf(ctx.company, { what: 'cost_shift', number: source.number ?? '' }),
    source,
    lines: shifts.flatMap((s) => costEntry(s.cost_minor)),
  })
  assert(entry, 'a shift of cost posts an entry')
  const rows = shifts.map(({ line, cost_minor }) => {
    line.held_minor -= cost_minor
    return {
      delivery_id: line.delivery_id,
      delivery_line_no: line.line_no,
      seq: line.next_shift_seq++,
      day,
      cost_minor,
      entry_id: entry.id,
    }
  })
  await insertCostShifts(ctx, rows)
}

/** What of a line's accrual is to be taken back, because less is uninvoiced than was accrued; undefined where nothing is. */
function releaseOf(line: DeliveredLine) {
  const { quantity_e6, revenue_minor, cost_minor } = line.accrued
  const part = quantity_e6 - Math.max(0, uninvoiced(line))
  if (quantity_e6 <= 0 || part <= 0) return undefined
  const share = (total_minor: number): number => shareOf({ total_minor, part, whole: quantity_e6, taken_minor: 0, takenPart: 0 })
  return { line, quantity_e6: part, revenue_minor: share(revenue_minor), cost_minor: share(cost_minor) }
}

/** The sum of one amount over a list. */
export const sumOf = <K extends string>(
  list: readonly Readonly<Record<K, number>>[],
  of: K,
): number => list.reduce((sum, x) => sum + x[of], 0)

/** Takes back what was accrued of goods that are invoiced now, or came back, by an entry of its own. */
export async function releaseAccruals(ctx: CommandCtx, { day, source, lines }: Cause): Promise<void> {
  const releases = lines.map(releaseOf).filter((r) => r !== undefined)
  if (releases.length === 0) return
  const byParty = Map.groupBy(releases, (r) => r.line.party_id)
  const entry = await postEntry(ctx, {
    day,
    kind: 'accrual',
    summary: summaryOf(ctx.company, { what: 'accrual_release', number: source.number ?? '' }),
    source,
    lines: [...byParty].flatMap(([party_id, list]) => accrualEntry({
      party_id,
      revenue_minor: 0 - sumOf(list, 'revenue_minor'),
      cost_minor: 0 - sumOf(list, 'cost_minor'),
    })),
  })
  assert(entry, 'what was accrued has an amount')
  const rows = releases.map(({ line, quantity_e6, revenue_minor, cost_minor }) => {
    const { accrued } = line
    accrued.quantity_e6 -= quantity_e6
    accrued.revenue_minor -= revenue_minor
    accrued.cost_minor -= cost_minor
    return {
      delivery_id: line.delivery_id, delivery_line_no: line.line_no, seq: accrued.next_seq++, day, quantity_e6: 0 - quantity_e6,
      revenue_minor: 0 - revenue_minor, cost_minor: 0 - cost_minor, entry_id: entry.id,
    }
  })
  await insertAccruals(ctx, rows)
}
