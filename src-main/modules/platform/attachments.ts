import { answer, handle, type QueryCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { addAttachment, getAttachment, listAttachments, removeAttachment } from './contract.ts'
import { deleteAttachment, insertAttachment } from './platform.store.ts'

export const addAttachmentHandler = handle(addAttachment, async (ctx, { upload_sha256, ...rest }) => {
  const attachment_id = ctx.newId()
  await insertAttachment(ctx, { id: attachment_id, ...rest, sha256: upload_sha256, added_by: ctx.actor.id, added_at: ctx.now })
  return { attachment_id }
})

/** Takes the file off the record; the content itself is swept when no row names it any more. */
export const removeAttachmentHandler = handle(removeAttachment, async (ctx, { attachment_id }) => {
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
  rows: await rowsWhere(ctx, { where: 'a.source_kind = ? and a.source_id = ?', params: [source_kind, source_id] }),
}))

export const getAttachmentHandler = answer(getAttachment, async (ctx, { attachment_id }) => {
  const [row] = await rowsWhere<Row & { source_kind: string; source_id: string }>(ctx, {
    where: 'a.id = ?',
    params: [attachment_id],
    more: ', a.source_kind, a.source_id',
  })
  if (!row) throw new Refusal('platform.attachmentNotFound', { attachment_id })
  return row
})
