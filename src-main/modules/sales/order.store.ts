import { order, orderLine, orderRevision } from '../../../db/schema/sales.ts'
import type { CommandCtx } from '../../kernel/operation.ts'
import { marks, type NewRow, type Patch } from '../../storage/db.ts'

// The only code that writes orders.

type Ctx = Pick<CommandCtx, 'db'>
export type NewOrder = NewRow<typeof order>
export type NewOrderLine = NewRow<typeof orderLine>

export async function insertOrder({ db }: Ctx, { row, lines }: { row: NewOrder; lines: readonly NewOrderLine[] }): Promise<void> {
  await db.insert(order, row)
  await db.insertMany(orderLine, lines)
}

export async function patchOrder({ db }: Ctx, order_id: string, patch: Patch<typeof order>): Promise<void> {
  await db.update(order, { id: order_id }, patch)
}

/** The draft becomes a confirmed order with its number and the days promised. */
export async function confirmDraft(
  ctx: Pick<CommandCtx, 'db' | 'now' | 'actor'>,
  given: {
    order: { id: string }
    number: string
    promised_on: string | null
    plans: readonly { line_no: number; promised_on: string | null }[]
  },
): Promise<void> {
  const { order: draft, number, promised_on, plans } = given
  await patchOrder(ctx, draft.id, { number, state: 'confirmed', promised_on, confirmed_at: ctx.now, confirmed_by: ctx.actor.id })
  await promiseLines(ctx, { order_id: draft.id, promised_on, plans })
}

/**
 * Writes the days promised for lines, where they are not the order's own day: a line without a day is promised for the order's. One
 * statement for each day.
 */
export async function promiseLines(
  { db }: Ctx,
  given: { order_id: string; promised_on: string | null; plans: readonly { line_no: number; promised_on: string | null }[] },
): Promise<void> {
  const { order_id } = given
  const others = given.plans.filter((p) => p.promised_on !== given.promised_on)
  for (const [promised_on, lines] of Map.groupBy(others, (p) => p.promised_on)) {
    const line_nos = lines.map((l) => l.line_no)
    await db.run(
      orderLine,
      `update sales_order_line set promised_on = ? where order_id = ? and line_no in (${marks(line_nos)})`,
      [promised_on, order_id, ...line_nos],
    )
  }
}

/** A draft's lines, whole. */
export async function replaceLines({ db }: Ctx, order_id: string, lines: readonly NewOrderLine[]): Promise<void> {
  await db.removeWhere(orderLine, { order_id })
  await db.insertMany(orderLine, lines)
}

/** Lines of a confirmed order: those with documents behind them stay as rows, whatever their quantity. */
export async function changeLines(
  { db }: Ctx,
  { order_id, put, remove }: { order_id: string; put: readonly NewOrderLine[]; remove: readonly number[] },
): Promise<void> {
  await db.put(orderLine, put)
  for (const line_no of remove) await db.remove(orderLine, { order_id, line_no })
}

/** What was given up of these lines, in base units. */
export async function closeLines(
  { db }: Ctx,
  { order_id, lines }: { order_id: string; lines: readonly { line_no: number; closed_e6: number }[] },
): Promise<void> {
  for (const { line_no, closed_e6 } of lines) await db.update(orderLine, { order_id, line_no }, { closed_e6 })
}

export async function insertRevision({ db }: Ctx, row: NewRow<typeof orderRevision>): Promise<void> {
  await db.insert(orderRevision, row)
}
