import { answer, handle, type AttachmentScope, type CommandCtx, type QueryCtx, type Scope } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { SqlValue } from '../../storage/db.ts'
import { addAttachment, getAttachment, listAttachments, removeAttachment } from './contract.ts'
import { deleteAttachment, insertAttachment } from './platform.store.ts'

export type Source = { readonly source_kind: string; readonly source_id: string }
type Sight = (scope: Scope, column: string) => { sql: string; params: SqlValue[] }
const everyRow: Sight = () => ({ sql: '1 = 1', params: [] })

/** Lets files be attached to the records of a table, for those who hold `permission` and, where `sight` limits it, see the record `d`. */
export function attachedTo({ kind, table, permission, column = 'd.id', sight = everyRow }: {
  kind: string
  table: string
  permission: string
  /** What `sight` judges by: the document's party, mostly. */
  column?: string
  sight?: Sight
}): AttachmentScope {
  const rows: Sight = (scope, id) => {
    const seen = sight(scope, column)
    return { sql: `exists (select 1 from ${table} d where d.id = ${id} and ${seen.sql})`, params: seen.params }
  }
  return { kind, permission, rows: rows as AttachmentScope['rows'] }
}

/** Is there such a record, and may the actor (or `user_id`) see it? A record out of sight is answered like one that does not exist. */
export async function sees(ctx: QueryCtx | CommandCtx, { source_kind, source_id }: Source, user_id = ctx.actor.id): Promise<boolean> {
  const target = ctx.contributions.attachmentScopes.get(source_kind)
  const scope = target && ctx.scopeOfUser(user_id, target.permission)
  if (!target || !scope) return false
  const seen = target.rows(scope, 's.id')
  const row = await ctx.db.get<{ id: string }>(`select s.id from (select cast(? as text) as id) s where ${seen.sql}`, [source_id, ...seen.params])
  return row !== undefined
}

/** Names a stored content on a record. The content must be there before: the host stores it, then runs this. */
export const addAttachmentHandler = handle(addAttachment, async (ctx, { upload_sha256, ...rest }) => {
  if (!(await sees(ctx, rest))) throw new Refusal('platform.attachmentSourceUnknown', rest)
  if ((await ctx.storedBytes(upload_sha256)) !== rest.size) throw new Refusal('platform.fileNotStored', { name: rest.name })
  const attachment_id = ctx.newId()
  await insertAttachment(ctx, { id: attachment_id, ...rest, sha256: upload_sha256, added_by: ctx.actor.id, added_at: ctx.now })
  return { attachment_id }
})

/** Takes the file off the record; the content itself is swept when no row names it any more. */
export const removeAttachmentHandler = handle(removeAttachment, async (ctx, { attachment_id }) => {
  const row = await ctx.db.get<Source>('select source_kind, source_id from platform_attachment where id = ?', [attachment_id])
  if (!row || !(await sees(ctx, row))) throw new Refusal('platform.attachmentNotFound', { attachment_id })
  if ((await deleteAttachment(ctx, attachment_id)) === 0) throw new Refusal('platform.attachmentNotFound', { attachment_id })
  return {}
})

type Row = {
  attachment_id: string
  sha256: string
  name: string
  mime: string
  size: number
  added_by: string
  added_name: string | null
  added_at: number
}

type Asked = { readonly where: string; readonly params: string[]; readonly more?: string }

const rowsWhere = <R extends Row>({ db }: Pick<QueryCtx, 'db'>, { where, params, more = '' }: Asked) =>
  db.all<R>(
    `select a.id as attachment_id, a.sha256, a.name, a.mime, a.size, a.added_by, u.name as added_name, a.added_at${more}
       from platform_attachment a left join platform_user u on u.id = a.added_by where ${where} order by a.added_at, a.id`,
    params,
  )

export const listAttachmentsHandler = answer(listAttachments, async (ctx, { source_kind, source_id }) => ({
  rows: !(await sees(ctx, { source_kind, source_id })) ? [] : await rowsWhere(ctx, { where: 'a.source_kind = ? and a.source_id = ?', params: [source_kind, source_id] }),
}))

export const getAttachmentHandler = answer(getAttachment, async (ctx, { attachment_id }) => {
  const [row] = await rowsWhere<Row & { source_kind: string; source_id: string }>(ctx, {
    where: 'a.id = ?',
    params: [attachment_id],
    more: ', a.source_kind, a.source_id',
  })
  if (!row || !(await sees(ctx, row))) throw new Refusal('platform.attachmentNotFound', { attachment_id })
  return row
})
