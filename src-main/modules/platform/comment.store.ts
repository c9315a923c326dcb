import { comment } from '../../../db/schema/platform.ts'
import type { CommandCtx } from '../../kernel/operation.ts'
import type { NewRow } from '../../storage/db.ts'

// The only code that writes comments.

type Ctx = Pick<CommandCtx, 'db'>

export async function insertComment({ db }: Ctx, row: NewRow<typeof comment>): Promise<void> {
  await db.insert(comment, row)
}

export async function wipeComment({ db }: Ctx, { comment_id, at }: { comment_id: string; at: number }): Promise<void> {
  await db.update(comment, { id: comment_id }, { text: null, retracted_at: at })
}
