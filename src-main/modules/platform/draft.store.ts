import { draft } from '../../../db/schema/platform.ts'
import type { NewRow, Writer } from '../../storage/db.ts'

// The only code that writes drafts.

type Ctx = { readonly db: Writer }
type Key = { readonly user_id: string; readonly address: string }

export async function putDraft({ db }: Ctx, row: NewRow<typeof draft>): Promise<void> {
  await db.put(draft, [row])
}

/** Throws away what is being entered; what became of a draft that is real stays known. */
export async function deleteDraft({ db }: Ctx, { user_id, address }: Key): Promise<void> {
  await db.run(draft, 'delete from platform_draft where user_id = ? and address = ? and taken_by is null', [user_id, address])
}

/** The draft is real now: its text goes, the command that took it stays. */
export async function markTaken({ db }: Ctx, { user_id, address }: Key, { taken_by, saved_at }: { taken_by: string; saved_at: number }): Promise<void> {
  await db.update(draft, { user_id, address }, { body: '', subject: '', taken_by, saved_at })
}

export async function forgetTaken({ db }: Ctx, { user_id, before }: { user_id: string; before: number }): Promise<void> {
  await db.run(draft, 'delete from platform_draft where user_id = ? and taken_by is not null and saved_at < ?', [user_id, before])
}
