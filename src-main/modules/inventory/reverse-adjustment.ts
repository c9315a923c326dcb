import { handle, type CommandCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { accountIdOf, assertOpenDay, postEntry } from '../accounting/index.ts'
import { takeNumber } from '../platform/index.ts'
import { assertOpeningOpen } from './adjust-stock.ts'
import { adjustmentLines, type AdjustmentKind } from './adjustment.ts'
import { writeAdjustment } from './adjustment.store.ts'
import { reverseAdjustment } from './contract.ts'
import { costOfMoves, type CostOfLine } from './levels.ts'
import type { MoveToPost } from './moving.ts'
import { postMoves } from './post-moves.ts'
import { adjustmentReversalSummary } from './wording.ts'

type Original = {
  id: string
  number: string
  kind: AdjustmentKind
  day: string
  warehouse_id: string
  reverses_id: string | null
  entry_id: string | null
  reversed: string | null
}
type LineRow = { line_no: number; item_id: string; quantity_e6: number; note: string | null }

/** Goods go back where they came from at their cost, adjustments included; the books get the same lines in red. */
export const reverseAdjustmentHandler = handle(reverseAdjustment, async (ctx, { adjustment_id, day, reason }) => {
  const original = await originalOf(ctx, adjustment_id)
  await assertOpeningOpen(ctx, { kind: original.kind, day })
  await assertOpenDay(ctx, day)
  if (day < original.day) throw new Refusal('inventory.beforeOriginal', { number: original.number, day, original_day: original.day })
  const id = ctx.newId()
  const number = await takeNumber(ctx, { series: 'inventory.adjustment', day })
  const source = { kind: 'inventory.adjustment', id, number }
  const entry = ctx.newId()
  let entry_id: string | null = null
  const moved = await costOfMoves(ctx.db, { source_kind: 'inventory.adjustment', source_id: adjustment_id })
  // The clearing account takes no later corrections.
  const counter = original.kind === 'opening' ? await accountIdOf(ctx, 'cost_of_sales') : undefined
  const { posted, warnings } = await postMoves(ctx, {
    source,
    day,
    moves: moved.map((m) => moveBack(m, counter)),
    entry_id: (done) => (done.some((p) => p.value_minor !== 0) ? (entry_id = entry) : undefined),
  })
  const values = new Map(posted.map((p) => [p.line_no, p.value_minor]))
  const lines = await ctx.db.all<LineRow>(
    'select line_no, item_id, quantity_e6, note from inventory_adjustment_line where adjustment_id = ? order by line_no, adjustment_id',
    [adjustment_id],
  )
  const back = lines.map((l) => ({
    ...l,
    adjustment_id: id,
    quantity_e6: 0 - l.quantity_e6,
    value_minor: (values.get(l.line_no) ?? 0) * (l.quantity_e6 > 0 ? -1 : 1) || 0,
  }))
  await writeAdjustment(ctx, {
    row: {
      id,
      number,
      kind: original.kind,
      day,
      warehouse_id: original.warehouse_id,
      reason,
      reference: null,
      reverses_id: adjustment_id,
      entry_id,
      created_by: ctx.actor.id,
      created_at: ctx.now,
    },
    lines: back,
  })
  if (entry_id !== null) {
    await postEntry(ctx, {
      id: entry_id,
      day,
      kind: 'reversal',
      summary: adjustmentReversalSummary(ctx.company, { number: original.number, reason }),
      source,
      lines: adjustmentLines({ kind: original.kind, sums: redSums({ kind: original.kind, back, moved }), profile: ctx.company.profile }),
      // Where adjustments have changed the cost since, the entry undoes what stands, which is no longer the mirror of the original entry.
      ...(original.entry_id !== null && moved.every((m, i) => m.value_minor === posted[i]!.value_minor)
        ? { reverses_id: original.entry_id }
        : {}),
    })
  }
  return { adjustment_id: id, number, entry_id, warnings: [...warnings] }
})

async function originalOf(ctx: CommandCtx, adjustment_id: string): Promise<Original> {
  const original = await ctx.db.get<Original>(
    `select a.id, a.number, a.kind, a.day, a.warehouse_id, a.reverses_id, a.entry_id,
            (select r.number from inventory_adjustment r where r.reverses_id = a.id) as reversed
       from inventory_adjustment a where a.id = ?`,
    [adjustment_id],
  )
  if (!original) throw new Refusal('inventory.adjustmentNotFound', { adjustment_id })
  if (original.reverses_id !== null) throw new Refusal('inventory.adjustmentIsReversal', { number: original.number })
  if (original.reversed !== null)
    throw new Refusal('inventory.adjustmentAlreadyReversed', { number: original.number, reversed_by: original.reversed })
  return original
}

const moveBack = (m: CostOfLine, counter_account_id: string | undefined): MoveToPost => ({
  line_no: m.line_no,
  item_id: m.item_id,
  quantity_e6: m.quantity_e6,
  from_location_id: m.to_location_id,
  to_location_id: m.from_location_id,
  basis: { kind: 'original', seq: m.seq },
  counter_account_id: counter_account_id ?? m.counter_account_id!,
})

/** What was found goes out in red on the side where it came in, what was lost likewise. */
function redSums({
  kind,
  back,
  moved,
}: {
  kind: AdjustmentKind
  back: readonly { quantity_e6: number; value_minor: number }[]
  moved: readonly CostOfLine[]
}) {
  const in_minor = back.reduce((sum, l) => (l.quantity_e6 < 0 ? sum + l.value_minor : sum), 0)
  const out_minor = back.reduce((sum, l) => (l.quantity_e6 > 0 ? sum - l.value_minor : sum), 0)
  return { in_minor, out_minor, over_minor: kind === 'opening' ? 0 - in_minor - moved.reduce((sum, m) => sum + m.value_minor, 0) : 0 }
}
