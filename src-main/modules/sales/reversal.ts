import { assert } from '../../kernel/assert.ts'
import type { CommandCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { marks } from '../../storage/db.ts'
import { assertVisible, partyOf } from '../parties/index.ts'
import { planGoods } from './confirm-order.ts'
import { deliveredLines, keyOf, type DeliveredLine } from './delivered.ts'
import { postDelivery, type DeliveryLineDraft, type DeliveryPosted } from './post-delivery.ts'
import { ordersInHand } from './read-order.ts'
import { settleState } from './settle-state.ts'

/** A delivery or return that is to be undone. */
export type DeliveryHead = {
  readonly id: string
  readonly number: string
  readonly kind: 'delivery' | 'return' | 'reversal'
  readonly party_id: string
  readonly warehouse_id: string
  readonly order_id: string | null
  readonly day: string
  readonly is_direct: 0 | 1
  readonly ship_to: string | null
  readonly entry_id: string | null
  readonly reversal_id: string | null
}
export type GoodsLine = {
  readonly line_no: number
  readonly item_id: string
  readonly description: string | null
  readonly unit: string
  readonly unit_numerator: number
  readonly unit_denominator: number
  readonly quantity_e6: number
  readonly base_quantity_e6: number
  readonly order_id: string | null
  readonly order_line_no: number | null
  readonly original_id: string | null
  readonly original_line_no: number | null
  readonly disposition: string | null
  readonly move_seq: number
}
export type ToUndo = {
  readonly head: DeliveryHead
  readonly lines: readonly GoodsLine[]
  readonly delivered: ReadonlyMap<string, DeliveredLine>
}

/** Refuses to undo what is undone already, what undoes something itself, and a day before the document's own. */
export function assertReversible(
  head: { readonly kind: string; readonly number: string; readonly day: string; readonly reversal_id: string | null },
  day: string,
): void {
  if (head.kind === 'reversal') throw new Refusal('sales.isReversal', { number: head.number })
  if (head.reversal_id !== null) throw new Refusal('sales.alreadyReversed', { number: head.number })
  if (day < head.day) throw new Refusal('sales.reversalTooEarly', { number: head.number, day, document_day: head.day })
}

/** The delivery with its lines and all that happened to them. Refuses 'sales.deliveryNotFound', also where the actor may not see it. */
export async function deliveryToUndo(ctx: CommandCtx, delivery_id: string): Promise<ToUndo> {
  const head = await ctx.db.get<DeliveryHead>(
    `select d.id, d.number, d.kind, d.party_id, d.warehouse_id, d.order_id, d.day, d.is_direct, d.ship_to, d.entry_id,
            (select r.id from sales_delivery r where r.reverses_id = d.id) as reversal_id
       from sales_delivery d where d.id = ?`,
    [delivery_id],
  )
  if (!head) throw new Refusal('sales.deliveryNotFound', { delivery_id })
  await assertVisible(ctx, head.party_id, () => new Refusal('sales.deliveryNotFound', { delivery_id }))
  // A cross join keeps its order in SQLite: left to itself it begins with every row of that kind of source.
  const lines = await ctx.db.all<GoodsLine>(
    `select l.line_no, l.item_id, l.description, l.unit, l.unit_numerator, l.unit_denominator, l.quantity_e6, l.base_quantity_e6,
           l.order_id,
            l.order_line_no, l.original_id, l.original_line_no, l.disposition, m.seq as move_seq
       from sales_delivery_line l cross join inventory_move m
      where l.delivery_id = ? and m.source_kind = 'sales.delivery' and m.source_id = l.delivery_id and m.source_line_no = l.line_no
        and m.kind in ('in', 'out')
      order by l.line_no`,
    [delivery_id],
  )
  const roots = lines.map((l) => l.original_id ?? delivery_id)
  return { head, lines, delivered: await deliveredLines(ctx.db, roots) }
}

/** The delivered line that a line of the document is, or gives back; undefined for a return without an original. */
export const rootOf = ({ head, delivered }: ToUndo, line: GoodsLine): DeliveredLine | undefined =>
  delivered.get(
    keyOf(
      line.original_id === null ? { delivery_id: head.id, line_no: line.line_no } : {
        delivery_id: line.original_id,
        line_no: line.original_line_no!,
      },
    ),
  )

/** Refuses to undo a delivery of which something came back, and a return whose goods were scrapped. */
export function assertGoodsThere(work: ToUndo): void {
  const { head, lines } = work
  for (const line of lines) {
    if (head.kind === 'delivery' && (rootOf(work, line)?.returned_e6 ?? 0) !== 0) throw new Refusal(
      'sales.deliveryReturned',
      { number: head.number },
    )
    if (line.disposition === 'scrap') throw new Refusal('sales.scrappedGoods', { number: head.number })
  }
}

/** Posts the same goods the other way, at what they cost; the delivered lines know it from now on. */
export async function undoDelivery(
  ctx: CommandCtx,
  { work, day, note }: { work: ToUndo; day: string; note: string | null },
): Promise<DeliveryPosted> {
  const { head, lines } = work
  assert(head.kind !== 'reversal', 'a reversal is not undone')
  const posted = await postDelivery(ctx, {
    kind: 'reversal',
    party: await partyOf(ctx, head.party_id),
    day,
    warehouse_id: head.warehouse_id,
    is_direct: head.is_direct,
    order_id: head.order_id,
    ship_to: head.ship_to,
    note,
    undoes: { id: head.id, kind: head.kind, entry_id: head.entry_id },
    lines: lines.map((line) => mirrored(head, line)),
  })
  for (const line of lines) {
    const root = rootOf(work, line)
    if (!root) continue
    if (head.kind === 'delivery') root.reversed_e6 += line.base_quantity_e6
    else root.returned_e6 += line.base_quantity_e6
    if (head.is_direct === 0) root.held_minor += posted.costs.get(line.line_no)!
  }
  return posted
}

function mirrored(head: DeliveryHead, { move_seq, ...line }: GoodsLine): DeliveryLineDraft {
  const isOwn = head.kind === 'delivery'
  return {
    ...line,
    quantity_e6: 0 - line.quantity_e6,
    base_quantity_e6: 0 - line.base_quantity_e6,
    original_id: isOwn ? head.id : line.original_id,
    original_line_no: isOwn ? line.line_no : line.original_line_no,
    disposition: null,
    basis: { kind: 'original', seq: move_seq },
  }
}

/** Orders whose documents were undone: what is to deliver again is reserved again, and they are open again. */
export async function reopenOrders(ctx: CommandCtx, order_ids: readonly (string | null | undefined)[]): Promise<void> {
  const ids = [...new Set(order_ids.filter((i) => i !== null && i !== undefined))]
  if (ids.length === 0) return
  const orders = await ordersInHand(ctx, ids)
  for (const order of orders.values()) await planGoods(ctx, order)
  await settleState(ctx, orders.values())
}

/** The direct deliveries among these. */
export async function directOf(ctx: CommandCtx, delivery_ids: readonly string[]): Promise<string[]> {
  const ids = [...new Set(delivery_ids)]
  const rows = await ctx.db.all<{ id: string }>(
    `select id from sales_delivery where is_direct = 1 and id in (${marks(ids)}) order by id`,
    ids,
  )
  return rows.map((r) => r.id)
}
