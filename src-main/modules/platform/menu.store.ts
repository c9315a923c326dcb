import { menu } from '../../../db/schema/platform.ts'
import type { CommandCtx } from '../../kernel/operation.ts'
import type { NewRow } from '../../storage/db.ts'

// The only code that writes menus.

type Ctx = Pick<CommandCtx, 'db'>

export async function putMenu({ db }: Ctx, row: NewRow<typeof menu>): Promise<void> {
  await db.put(menu, [row])
}

export async function deleteMenu({ db }: Ctx, key: string): Promise<void> {
  await db.removeWhere(menu, { key })
}
