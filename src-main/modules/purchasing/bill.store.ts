import { bill, billLine } from '../../../db/schema/purchasing.ts'
import type { CommandCtx } from '../../kernel/operation.ts'
import type { NewRow, Row } from '../../storage/db.ts'

export type BillRow = Row<typeof bill>
export type BillLineRow = Row<typeof billLine>

export async function writeBill(
  ctx: CommandCtx,
  { row, lines }: { row: NewRow<typeof bill>; lines: readonly NewRow<typeof billLine>[] },
): Promise<void> {
  await ctx.db.insert(bill, row)
  await ctx.db.insertMany(billLine, lines)
}
