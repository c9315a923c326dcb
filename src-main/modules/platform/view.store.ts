import { view, viewChoice } from '../../../db/schema/platform.ts'
import type { CommandCtx } from '../../kernel/operation.ts'
import type { NewRow, Patch } from '../../storage/db.ts'

// The only code that writes the views of lists.

type Ctx = Pick<CommandCtx, 'db'>

export async function insertView({ db }: Ctx, row: NewRow<typeof view>): Promise<void> {
  await db.insert(view, row)
}

export async function patchView({ db }: Ctx, view_id: string, patch: Patch<typeof view>): Promise<void> {
  await db.update(view, { id: view_id }, patch)
}

/** Removes a view; lists that opened with it open as the program likes. */
export async function deleteView({ db }: Ctx, view_id: string): Promise<void> {
  await db.removeWhere(viewChoice, { view_id })
  await db.remove(view, { id: view_id })
}

export async function putViewChoice({ db }: Ctx, row: NewRow<typeof viewChoice>): Promise<void> {
  await db.put(viewChoice, [row])
}

export async function deleteViewChoice({ db }: Ctx, { user_id, list }: { user_id: string; list: string }): Promise<void> {
  await db.removeWhere(viewChoice, { user_id, list })
}

/** A role goes: what was shared with it is its owner's own again. */
export async function unshareViewsOf({ db }: Ctx, role_id: string): Promise<void> {
  await db.run(view, 'update platform_view set role_id = null where role_id = ?', [role_id])
}
