import { monthOf } from '../../kernel/day.ts'
import { handle, type CommandCtx } from '../../kernel/operation.ts'
import { toBase } from '../../kernel/quantity.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { accountIdOf, assertOpenDay, firstOpenDay, postEntry } from '../accounting/index.ts'
import { itemsOf, ratioOf, type ItemInfo } from '../catalog/index.ts'
import { takeNumber } from '../platform/index.ts'
import { adjustmentLines, counterRole, type AdjustmentKind } from './adjustment.ts'
import { writeAdjustment } from './adjustment.store.ts'
import { postAdjustment, type StockWarning } from './contract.ts'
import type { MoveToPost, PostedMove } from './moving.ts'
import { defaultWarehouseId, outsideLocation, stockLocationOf } from './places.ts'
import { postMoves } from './post-moves.ts'
import { adjustmentSummary } from './wording.ts'

/** An adjustment in base units: found is positive, lost negative. Without a value found goods take the current cost. */
export type AdjustmentToPost = {
  readonly kind: AdjustmentKind
  readonly day: string
  readonly warehouse_id: string
  readonly reason: string
  readonly reference?: string
  readonly lines: readonly AdjustmentLine[]
}
type AdjustmentLine = { readonly item_id: string; readonly quantity_e6: number; readonly value_minor?: number; readonly note?: string }

export type AdjustmentPosted = {
  readonly adjustment_id: string
  readonly number: string
  readonly entry_id: string | null
  /** Signed: found less lost. */
  readonly value_minor: number
  readonly warnings: readonly StockWarning[]
}

export const postAdjustmentHandler = handle(postAdjustment, async (ctx, input) => {
  const items = await itemsOf(
    ctx,
    input.lines.map((l) => l.item_id),
  )
  const lines = input.lines.map(({ unit, quantity_e6, ...line }) => ({
    ...line,
    quantity_e6: inBase(items.get(line.item_id)!, { unit, quantity_e6 }),
  }))
  const warehouse_id = input.warehouse_id ?? (await defaultWarehouseId(ctx))
  const posted = await adjustStock(ctx, { ...input, warehouse_id, lines })
  return { ...posted, warnings: [...posted.warnings] }
})

/** Entered quantity in base units. Refuses 'catalog.unitUnknown' and 'inventory.quantityNotExact'. */
export function inBase(item: ItemInfo, { unit, quantity_e6 }: { unit: string | undefined; quantity_e6: number }): number {
  const base_e6 = toBase(quantity_e6, ratioOf(item, unit ?? item.base_unit))
  if (base_e6 === undefined)
    throw new Refusal('inventory.quantityNotExact', { item_id: item.id, item_code: item.code, item_name: item.name, unit, quantity_e6 })
  return base_e6
}

/**
 * Opening stock is entered and taken back in the first month, and before it is closed: later nothing could clear its account again,
 * and no further month could be closed.
 */
export async function assertOpeningOpen(ctx: CommandCtx, { kind, day }: { kind: string; day: string }): Promise<void> {
  if (kind !== 'opening') return
  const first_day = ctx.company.first_day
  const isClosed = (await firstOpenDay(ctx)) > first_day || monthOf(day) > monthOf(first_day)
  if (isClosed) throw new Refusal('inventory.openingIsClosed', { first_day })
}

/** Posts found and lost goods, opening stock, or a memo that moves nothing. Physical facts win: reservations give way to lost goods. */
export async function adjustStock(ctx: CommandCtx, work: AdjustmentToPost): Promise<AdjustmentPosted> {
  const { kind, day, warehouse_id, reason } = work
  await assertOpeningOpen(ctx, { kind, day })
  await assertOpenDay(ctx, day)
  const adjustment_id = ctx.newId()
  const number = await takeNumber(ctx, { series: 'inventory.adjustment', day })
  const source = { kind: 'inventory.adjustment', id: adjustment_id, number }
  const entry = ctx.newId()
  const moves = kind === 'memo' ? [] : await movesOf(ctx, work)
  let entry_id: string | null = null
  const { posted, warnings } = await postMoves(ctx, {
    source,
    day,
    moves,
    reservations: 'release',
    entry_id: (done) => (done.some((p) => p.value_minor !== 0) ? (entry_id = entry) : undefined),
  })
  const values = work.lines.map((l, i) => signed(l, posted[i]))
  await writeAdjustment(ctx, {
    row: {
      id: adjustment_id,
      number,
      kind,
      day,
      warehouse_id,
      reason,
      reference: work.reference ?? null,
      reverses_id: null,
      entry_id,
      created_by: ctx.actor.id,
      created_at: ctx.now,
    },
    lines: work.lines.map(({ item_id, quantity_e6, note }, i) => ({
      adjustment_id,
      line_no: i + 1,
      item_id,
      quantity_e6,
      value_minor: values[i]!,
      note: note ?? null,
    })),
  })
  if (entry_id !== null) {
    const lines = adjustmentLines({ kind, sums: sumsOf(values), profile: ctx.company.profile })
    const summary = adjustmentSummary(ctx.company, { kind, reason })
    await postEntry(ctx, { id: entry_id, day, kind: kind === 'opening' ? 'opening' : 'document', summary, source, lines })
  }
  return { adjustment_id, number, entry_id, value_minor: values.reduce((sum, v) => sum + v, 0), warnings }
}

const signed = ({ quantity_e6 }: AdjustmentLine, posted: PostedMove | undefined): number =>
  posted === undefined ? 0 : quantity_e6 < 0 ? 0 - posted.value_minor : posted.value_minor

const sumsOf = (values: readonly number[]) => ({
  in_minor: values.reduce((sum, v) => (v > 0 ? sum + v : sum), 0),
  out_minor: values.reduce((sum, v) => (v < 0 ? sum - v : sum), 0),
  over_minor: 0,
})

async function movesOf(ctx: CommandCtx, { kind, warehouse_id, lines }: AdjustmentToPost): Promise<MoveToPost[]> {
  const here = await stockLocationOf(ctx, warehouse_id)
  const outside = await outsideLocation(ctx, kind === 'opening' ? 'opening' : 'loss')
  const moves: MoveToPost[] = []
  for (const [i, { item_id, quantity_e6, value_minor }] of lines.entries()) {
    const [from_location_id, to_location_id] = quantity_e6 > 0 ? [outside, here] : [here, outside]
    moves.push({
      line_no: i + 1,
      item_id,
      quantity_e6: Math.abs(quantity_e6),
      from_location_id,
      to_location_id,
      basis: value_minor === undefined ? { kind: 'current' } : { kind: 'given', value_minor },
      counter_account_id: await accountIdOf(ctx, counterRole({ kind, quantity_e6 })),
    })
  }
  return moves
}
