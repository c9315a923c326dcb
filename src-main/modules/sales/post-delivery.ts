import { assert } from '../../kernel/assert.ts'
import type { CommandCtx } from '../../kernel/operation.ts'
import { accountIdOf, postEntry, type LineInput } from '../accounting/index.ts'
import {
  outsideLocation,
  postMoves,
  stockLocationOf,
  type Basis,
  type MovesPosted,
  type MoveToPost,
  type PostedMove,
} from '../inventory/index.ts'
import { snapshotOf, type PartyInfo } from '../parties/index.ts'
import { takeNumber } from '../platform/index.ts'
import { insertDelivery, type NewDeliveryLine } from './document.store.ts'
import { deliveryEntry, scrapEntry } from './posting.ts'
import { summaryOf, type Wording } from './wording.ts'

export type DeliveryLineDraft = Omit<NewDeliveryLine, 'delivery_id'> & {
  readonly quantity_e6: number
  readonly base_quantity_e6: number
  /** What the goods cost that come back; goods that leave take the current cost. */
  readonly basis?: Basis
  /** The order's plan that these goods fulfil. */
  readonly plan?: { readonly kind: string; readonly id: string; readonly line_no: number }
}

export type DeliveryDraft = {
  readonly kind: 'delivery' | 'return' | 'reversal'
  readonly party: PartyInfo
  readonly day: string
  readonly warehouse_id: string
  /** 1: invoiced or credited in the same command, so that cost goes straight to (or comes from) cost of sales. */
  readonly is_direct: 0 | 1
  readonly order_id?: string | null
  readonly ship_to?: string | null
  readonly tracking?: string | null
  readonly note?: string | null
  /** The document that a reversal undoes. */
  readonly undoes?: { readonly id: string; readonly kind: 'delivery' | 'return'; readonly entry_id: string | null }
  /** Goods that leave have quantities above zero, goods that come back below; one document moves in one direction. */
  readonly lines: readonly DeliveryLineDraft[]
}

export type DeliveryPosted = {
  readonly delivery_id: string
  readonly number: string
  /** What each line cost, by line number: positive what left, negative what came back. */
  readonly costs: ReadonlyMap<number, number>
  readonly warnings: MovesPosted['warnings']
}

/**
 * Moves goods to a customer or back and posts their cost: number, moves, one entry, one document. Refuses what inventory and the lock
 * refuse. Reference data is read once in a command, so thousands can be posted in one.
 */
export async function postDelivery(ctx: CommandCtx, draft: DeliveryDraft): Promise<DeliveryPosted> {
  const delivery_id = ctx.newId()
  const goesBack = draft.kind === 'return' || draft.undoes?.kind === 'return'
  const number = await takeNumber(ctx, { series: goesBack ? 'sales.return' : 'sales.delivery', day: draft.day })
  const entry_id = ctx.newId()
  const { posted, warnings } = await moveGoods(ctx, { draft, delivery_id, number, entry_id })
  const costs = new Map(posted.map((p, i) => [p.line_no, draft.lines[i]!.base_quantity_e6 > 0 ? p.value_minor : -p.value_minor]))
  const scrapped_minor = await scrapGoods(ctx, { draft, delivery_id, number, entry_id })

  const cost_minor = [...costs.values()].reduce((sum, c) => sum + c, 0)
  const lines: LineInput[] = [
    ...deliveryEntry({ cost_minor, is_direct: draft.is_direct }),
    ...scrapEntry({ cost_minor: scrapped_minor, profile: ctx.company.profile }),
  ]
  const entry = await postEntry(ctx, {
    id: entry_id,
    day: draft.day,
    kind: draft.undoes?.entry_id ? 'reversal' : 'document',
    summary: summaryOf(ctx.company, { what: wordingOf(draft), number, party: draft.party.name }),
    source: { kind: 'sales.delivery', id: delivery_id, number },
    lines,
    reverses_id: draft.undoes?.entry_id ?? undefined,
  })
  await writeDelivery(ctx, { draft, delivery_id, number, entry_id: entry?.id ?? null })
  return { delivery_id, number, costs, warnings }
}

type Numbered = { readonly draft: DeliveryDraft; readonly delivery_id: string; readonly number: string; readonly entry_id: string }

const idWhereValued = (entry_id: string) =>
  (posted: readonly PostedMove[]) => (posted.some((p) => p.value_minor !== 0) ? entry_id : undefined)

async function moveGoods(ctx: CommandCtx, { draft, delivery_id, number, entry_id }: Numbered) {
  const stock = await stockLocationOf(ctx, draft.warehouse_id)
  const customer = await outsideLocation(ctx, 'customer')
  const counter_account_id = await accountIdOf(ctx, draft.is_direct === 1 ? 'cost_of_sales' : 'goods_delivered')
  const moves = draft.lines.map((line): MoveToPost => {
    const leaves = line.base_quantity_e6 > 0
    return {
      line_no: line.line_no,
      item_id: line.item_id,
      quantity_e6: Math.abs(line.base_quantity_e6),
      from_location_id: leaves ? stock : customer,
      to_location_id: leaves ? customer : stock,
      basis: line.basis ?? { kind: 'current' },
      counter_account_id,
      plan: line.plan,
    }
  })
  assert(new Set(draft.lines.map((l) => l.base_quantity_e6 > 0)).size <= 1, 'a delivery moves goods in one direction')
  return postMoves(
    ctx,
    { source: { kind: 'sales.delivery', id: delivery_id, number }, day: draft.day, entry_id: idWhereValued(entry_id), moves },
  )
}

/** Goods that came back broken leave stock again at once, at the current cost. Gives that cost. */
async function scrapGoods(ctx: CommandCtx, { draft, delivery_id, number, entry_id }: Numbered): Promise<number> {
  const scrapped = draft.lines.filter((line) => line.disposition === 'scrap' && line.base_quantity_e6 < 0)
  if (scrapped.length === 0) return 0
  const from_location_id = await stockLocationOf(ctx, draft.warehouse_id)
  const to_location_id = await outsideLocation(ctx, 'loss')
  const counter_account_id = await accountIdOf(ctx, 'inventory_loss')
  const { posted } = await postMoves(ctx, {
    source: { kind: 'sales.scrap', id: delivery_id, number },
    day: draft.day,
    entry_id: idWhereValued(entry_id),
    moves: scrapped.map((line) => ({
      line_no: line.line_no,
      item_id: line.item_id,
      quantity_e6: -line.base_quantity_e6,
      from_location_id,
      to_location_id,
      basis: { kind: 'current' },
      counter_account_id,
    })),
  })
  return posted.reduce((sum, p) => sum + p.value_minor, 0)
}

function wordingOf({ kind, undoes }: DeliveryDraft): Wording {
  if (kind !== 'reversal') return kind
  return undoes?.kind === 'return' ? 'return_reversal' : 'delivery_reversal'
}

async function writeDelivery(
  ctx: CommandCtx,
  { draft, delivery_id, number, entry_id }: Omit<Numbered, 'entry_id'> & { entry_id: string | null },
): Promise<void> {
  const { kind, party, day, warehouse_id, is_direct } = draft
  await insertDelivery(ctx, {
    row: {
      id: delivery_id, number, kind, party_id: party.id, party_snapshot: snapshotOf(party), order_id: draft.order_id ?? null,
      warehouse_id, day, is_direct, ship_to: draft.ship_to || null, tracking: draft.tracking || null, note: draft.note || null,
      reverses_id: draft.undoes?.id ?? null,
      entry_id, created_by: ctx.actor.id, created_at: ctx.now,
    },
    lines: draft.lines.map(({ basis: _basis, plan: _plan, ...line }) => ({ ...line, delivery_id })),
  })
}
