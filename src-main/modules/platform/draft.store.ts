import { draft } from '../../../db/schema/platform.ts'
import type { NewRow, Writer } from '../../storage/db.ts'

// The only code that writes drafts.

type Ctx = { readonly db: Writer }

export async function putDraft({ db }: Ctx, row: NewRow<typeof draft>): Promise<void> {
  await db.put(draft, [row])
}

export async function deleteDraft({ db }: Ctx, { user_id, address }: { user_id: string; address: string }): Promise<void> {
  await db.removeWhere(draft, { user_id, address })
}
