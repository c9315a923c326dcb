import { adjustment, adjustmentLine, transfer } from '../../../db/schema/inventory.ts'
import type { CommandCtx } from '../../kernel/operation.ts'
import type { NewRow } from '../../storage/db.ts'

export async function writeAdjustment(
  ctx: CommandCtx,
  { row, lines }: { row: NewRow<typeof adjustment>; lines: readonly NewRow<typeof adjustmentLine>[] },
): Promise<void> {
  await ctx.db.insert(adjustment, row)
  await ctx.db.insertMany(adjustmentLine, lines)
}

export const writeTransfer = (ctx: CommandCtx, row: NewRow<typeof transfer>): Promise<void> => ctx.db.insert(transfer, row)
