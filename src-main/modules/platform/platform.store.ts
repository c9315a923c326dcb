import { attachment, comment, company, counter, series, setting } from '../../../db/schema/platform.ts'
import type { CommandCtx } from '../../kernel/operation.ts'
import type { NewRow, Patch, Writer } from '../../storage/db.ts'

// The only code that writes company, settings, series, counters and attachments.

type Ctx = Pick<CommandCtx, 'db'>

/** The first rows of an empty database. */
export async function insertCompany(
  { db }: Ctx,
  { row, series: definitions }: { row: NewRow<typeof company>; series: readonly NewRow<typeof series>[] },
): Promise<void> {
  await db.insert(company, row)
  await db.insertMany(series, definitions)
}

export async function putCounters(db: Writer, rows: readonly NewRow<typeof counter>[]): Promise<void> {
  await db.put(counter, rows)
}

export async function patchCompany({ db }: Ctx, patch: Patch<typeof company>): Promise<void> {
  await db.update(company, { id: 'company' }, patch)
}

export async function putSetting({ db }: Ctx, { key, value }: { key: string; value: unknown }): Promise<void> {
  await db.put(setting, [{ key, value: JSON.stringify(value) }])
}

export async function deleteSetting({ db }: Ctx, key: string): Promise<void> {
  await db.removeWhere(setting, { key })
}

export async function patchSeries({ db }: Ctx, key: string, patch: Patch<typeof series>): Promise<void> {
  await db.update(series, { key }, patch)
}

export async function insertAttachment({ db }: Ctx, row: NewRow<typeof attachment>): Promise<void> {
  await db.insert(attachment, row)
}

export async function deleteAttachment({ db }: Ctx, attachment_id: string): Promise<number> {
  return db.removeWhere(attachment, { id: attachment_id })
}

/** A file, or words, of one record are another one's; 0 where they are not there any more. */
export function moveRecord({ db }: Ctx, { table_name, id, from_id, to_id }: { table_name: 'platform_attachment' | 'platform_comment'; id: string; from_id: string; to_id: string }): Promise<number> {
  const table = table_name === 'platform_attachment' ? attachment : comment
  return db.run(table, `update ${table_name} set source_id = ? where id = ? and source_id = ?`, [to_id, id, from_id])
}
