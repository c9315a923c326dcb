import { comment, mention } from '../../../db/schema/platform.ts'
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

export async function insertMentions({ db }: Ctx, rows: readonly NewRow<typeof mention>[]): Promise<void> {
  await db.insertMany(mention, rows)
}

/** Marks as seen what was said to a user about a record; gives how many there were. */
export function markSeen({ db }: Ctx, of: { readonly user_id: string; readonly source_kind: string; readonly source_id: string; readonly at: number }): Promise<number> {
  return db.run(
    mention,
    `update platform_mention set seen_at = ? where user_id = ? and seen_at is null
        and comment_id in (select c.id from platform_comment c where c.source_kind = ? and c.source_id = ?)`,
    [of.at, of.user_id, of.source_kind, of.source_id],
  )
}
