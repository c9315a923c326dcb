import { review } from '../../../db/schema/accounting.ts'
import type { CommandCtx } from '../../kernel/operation.ts'
import type { NewRow } from '../../storage/db.ts'

export const insertReviews = (ctx: CommandCtx, rows: readonly NewRow<typeof review>[]): Promise<void> => ctx.db.insertMany(review, rows)
