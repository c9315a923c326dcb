import { answer, handle } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { sees, type Source } from './attachments.ts'
import { insertComment, wipeComment } from './comment.store.ts'
import { addComment, listComments, retractComment } from './contract-comments.ts'

export const addCommentHandler = handle(addComment, async (ctx, input) => {
  const { source_kind, source_id } = input
  if (!(await sees(ctx, input))) throw new Refusal('platform.commentSourceUnknown', { source_kind, source_id })
  const comment_id = ctx.newId()
  await insertComment(ctx, { id: comment_id, ...input, written_by: ctx.actor.id, written_at: ctx.now, retracted_at: null })
  return { comment_id }
})

export const retractCommentHandler = handle(retractComment, async (ctx, { comment_id }) => {
  const row = await ctx.db.get<Source & { written_by: string; name: string }>(
    `select c.source_kind, c.source_id, c.written_by, u.name from platform_comment c join platform_user u on u.id = c.written_by
      where c.id = ? and c.retracted_at is null`,
    [comment_id],
  )
  if (!row || !(await sees(ctx, row))) throw new Refusal('platform.commentNotFound', { comment_id })
  if (row.written_by !== ctx.actor.id) throw new Refusal('platform.commentOfOthers', { name: row.name })
  await wipeComment(ctx, { comment_id, at: ctx.now })
  return {}
})

type Row = { comment_id: string; user_name: string; is_own: 0 | 1; written_at: number; text: string | null }

export const listCommentsHandler = answer(listComments, async (ctx, record) => ({
  rows: !(await sees(ctx, record)) ? [] : await ctx.db.all<Row>(
    `select c.id as comment_id, u.name as user_name, case when c.written_by = ? then 1 else 0 end as is_own, c.written_at, c.text
       from platform_comment c join platform_user u on u.id = c.written_by
      where c.source_kind = ? and c.source_id = ? order by c.written_at, c.id`,
    [ctx.actor.id, record.source_kind, record.source_id],
  ),
}))
