import { answer, handle, type CommandCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { sees, type Source } from './attachments.ts'
import { insertComment, insertMentions, markSeen, wipeComment } from './comment.store.ts'
import { addComment, listComments, listMentionable, listMentions, retractComment, seeMentions } from './contract-comments.ts'

export const addCommentHandler = handle(addComment, async (ctx, input) => {
  const { mentions, ...said } = input
  const { source_kind, source_id } = said
  if (!(await sees(ctx, input))) throw new Refusal('platform.commentSourceUnknown', { source_kind, source_id })
  const comment_id = ctx.newId()
  await insertComment(ctx, { id: comment_id, ...said, written_by: ctx.actor.id, written_at: ctx.now, retracted_at: null })
  const spokenTo = [...new Set(mentions)].filter((user_id) => user_id !== ctx.actor.id).toSorted()
  for (const user_id of spokenTo) await checkMention(ctx, { user_id, record: said })
  await insertMentions(ctx, spokenTo.map((user_id) => ({ comment_id, user_id, seen_at: null })))
  return { comment_id }
})

/** Nobody is called to a record that stays closed to them. */
async function checkMention(ctx: CommandCtx, { user_id, record }: { user_id: string; record: Source }): Promise<void> {
  const user = await ctx.db.get<{ name: string }>('select name from platform_user where id = ? and is_active = 1', [user_id])
  if (!user) throw new Refusal('platform.mentionUnknown', { user_id })
  if (!(await sees(ctx, record, user_id))) throw new Refusal('platform.mentionCannotSee', { name: user.name })
}

export const seeMentionsHandler = handle(seeMentions, async (ctx, record) => ({ count: await markSeen(ctx, { ...record, user_id: ctx.actor.id, at: ctx.now }) }))

/** More nobody reads in a tray; the others follow when these were seen. */
const MOST_MENTIONS = 50

export const listMentionsHandler = answer(listMentions, async (ctx) => {
  const rows = await ctx.db.all<Source & { comment_id: string; user_name: string; written_at: number; text: string }>(
    `select c.id as comment_id, c.source_kind, c.source_id, u.name as user_name, c.written_at, c.text
       from platform_mention m join platform_comment c on c.id = m.comment_id join platform_user u on u.id = c.written_by
      where m.user_id = ? and m.seen_at is null and c.retracted_at is null order by c.written_at desc, c.id desc limit ${MOST_MENTIONS}`,
    [ctx.actor.id],
  )
  const visible: typeof rows = []
  for (const row of rows) if (await sees(ctx, row)) visible.push(row)
  return { rows: visible }
})

export const listMentionableHandler = answer(listMentionable, async (ctx, record) => {
  if (!(await sees(ctx, record))) return { rows: [] }
  const users = await ctx.db.all<{ user_id: string; name: string }>('select id as user_id, name from platform_user where is_active = 1 and id <> ? order by name, id', [ctx.actor.id])
  const rows: typeof users = []
  for (const user of users) if (await sees(ctx, record, user.user_id)) rows.push(user)
  return { rows }
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

/** Says something to a user at a record, in the name of who acts: it waits in the tray. Who acts need not be told. */
export async function tellUser(ctx: CommandCtx, { user_id, text, ...record }: Source & { readonly user_id: string; readonly text: string }): Promise<void> {
  const comment_id = ctx.newId()
  await insertComment(ctx, { id: comment_id, ...record, text, written_by: ctx.actor.id, written_at: ctx.now, retracted_at: null })
  if (user_id !== ctx.actor.id) await insertMentions(ctx, [{ comment_id, user_id, seen_at: null }])
}
