import { home } from '../../../db/schema/platform.ts'
import type { CommandCtx } from '../../kernel/operation.ts'
import type { NewRow } from '../../storage/db.ts'

// The only code that writes how people arranged their start pages.

type Ctx = Pick<CommandCtx, 'db'>

export async function putHome({ db }: Ctx, row: NewRow<typeof home>): Promise<void> {
  await db.put(home, [row])
}

export async function deleteHome({ db }: Ctx, user_id: string): Promise<void> {
  await db.removeWhere(home, { user_id })
}
