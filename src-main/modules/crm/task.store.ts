import { task } from '../../../db/schema/crm.ts'
import type { CommandCtx } from '../../kernel/operation.ts'
import type { NewRow, Patch } from '../../storage/db.ts'

// The only code that writes tasks.

type Ctx = Pick<CommandCtx, 'db'>

export async function insertTask({ db }: Ctx, row: NewRow<typeof task>): Promise<void> {
  await db.insert(task, row)
}

export async function patchTask({ db }: Ctx, task_id: string, patch: Patch<typeof task>): Promise<void> {
  await db.update(task, { id: task_id }, patch)
}
