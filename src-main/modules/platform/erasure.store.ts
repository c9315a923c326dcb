import { approval, attachment, audit, change, comment, draft, erased, erasing, erasure } from '../../../db/schema/platform.ts'
import type { CommandCtx } from '../../kernel/operation.ts'
import { marks, type NewRow, type Patch, type SqlValue, type Table } from '../../storage/db.ts'
import { metaOf, quoted } from '../../storage/table-meta.ts'

// The only code that writes erasures, and past them the rows that modules told of (kernel/personal.ts).

type Ctx = Pick<CommandCtx, 'db'>

/** Guards yield from here on; to be closed in the same command. */
export const openErasing = ({ db }: Ctx): Promise<void> => db.insert(erasing, { id: 'erasing' })
export const closeErasing = ({ db }: Ctx): Promise<void> => db.remove(erasing, { id: 'erasing' })
export const insertErasure = ({ db }: Ctx, row: NewRow<typeof erasure>): Promise<void> => db.insert(erasure, row)
export const insertErased = ({ db }: Ctx, rows: readonly NewRow<typeof erased>[]): Promise<void> => db.insertMany(erased, rows)

type Where = { readonly sql: string; readonly params: readonly SqlValue[] }

/** Columns of some rows of a table say something else from now on; one that says nothing stays so. */
export async function blankRows({ db }: Ctx, table: Table, { columns, where }: { columns: Readonly<Record<string, SqlValue>>; where: Where }): Promise<void> {
  const said = Object.entries(columns)
  // A whole number stands in the text: PostgreSQL takes a parameter within a case for text.
  const sets = said.map(([column, value]) => `${quoted(column)} = ${typeof value === 'number' ? value : `case when ${quoted(column)} is null then null else ? end`}`)
  const texts = said.map(([, value]) => value).filter((value) => typeof value !== 'number')
  await db.run(table, `update ${quoted(metaOf(table).name)} as r set ${sets.join(', ')} where ${where.sql}`, [...texts, ...where.params])
}

export const removeRows = ({ db }: Ctx, table: Table, where: Where): Promise<number> => db.run(table, `delete from ${quoted(metaOf(table).name)} as r where ${where.sql}`, where.params)

/** Columns of one row, by its key. */
export async function rewriteRow({ db }: Ctx, table: Table, { key, to }: { key: Readonly<Record<string, SqlValue>>; to: Readonly<Record<string, SqlValue>> }): Promise<void> {
  const said = Object.entries(to)
  const named = Object.entries(key)
  await db.run(
    table,
    `update ${quoted(metaOf(table).name)} set ${said.map(([c]) => `${quoted(c)} = ?`).join(', ')} where ${named.map(([c]) => `${quoted(c)} = ?`).join(' and ')}`,
    [...said.map(([, v]) => v), ...named.map(([, v]) => v)],
  )
}

export const rewriteChange = ({ db }: Ctx, seq: number, patch: Patch<typeof change>): Promise<void> => db.update(change, { seq }, patch)
export const rewriteAudit = ({ db }: Ctx, seq: number, patch: Patch<typeof audit>): Promise<void> => db.update(audit, { seq }, patch)
export const rewriteApproval = ({ db }: Ctx, approval_id: string, patch: Patch<typeof approval>): Promise<void> => db.update(approval, { id: approval_id }, patch)
export const rewriteComment = ({ db }: Ctx, comment_id: string, patch: Patch<typeof comment>): Promise<void> => db.update(comment, { id: comment_id }, patch)
export const removeDraft = ({ db }: Ctx, key: { user_id: string; address: string }): Promise<void> => db.remove(draft, key)

/** The files at some records go; the contents are swept when no row names them any more. */
export const removeFiles = ({ db }: Ctx, ids: readonly string[]): Promise<number> => db.run(attachment, `delete from platform_attachment where id in (${marks(ids)})`, ids)
