import { attachment, company, series, setting } from '../../../db/schema/platform.ts'
import type { CommandCtx } from '../../kernel/operation.ts'
import type { NewRow, Patch } from '../../storage/db.ts'

// The only code that writes company, settings, series and attachments after the founding.

type Ctx = Pick<CommandCtx, 'db'>

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
