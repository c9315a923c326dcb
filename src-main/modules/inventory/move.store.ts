import { move } from '../../../db/schema/inventory.ts'
import type { CommandCtx } from '../../kernel/operation.ts'
import type { NewRow } from '../../storage/db.ts'

/** Writes moves at once, so that reads of the same command see them; nothing ever changes them. */
export const writeMoves = (ctx: CommandCtx, rows: readonly NewRow<typeof move>[]): Promise<void> => ctx.db.insertMany(move, rows)
