import { activity } from '../../../db/schema/crm.ts'
import type { CommandCtx } from '../../kernel/operation.ts'
import type { NewRow, Patch } from '../../storage/db.ts'

// The only code that writes follow-ups.

type Ctx = Pick<CommandCtx, 'db'>

export async function insertActivity({ db }: Ctx, row: NewRow<typeof activity>): Promise<void> {
  await db.insert(activity, row)
}

export async function patchActivity({ db }: Ctx, activity_id: string, patch: Patch<typeof activity>): Promise<void> {
  await db.update(activity, { id: activity_id }, patch)
}
