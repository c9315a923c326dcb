import { field } from '../../../db/schema/platform.ts'
import type { CommandCtx } from '../../kernel/operation.ts'
import type { NewRow, Patch } from '../../storage/db.ts'

// The only code that writes the fields that a company adds.

type Ctx = Pick<CommandCtx, 'db'>
type Key = { readonly target: string; readonly key: string }

export async function insertField({ db }: Ctx, row: NewRow<typeof field>): Promise<void> {
  await db.insert(field, row)
}

export async function patchField({ db }: Ctx, { target, key }: Key, patch: Patch<typeof field>): Promise<void> {
  await db.update(field, { target, key }, patch)
}

export async function deleteField({ db }: Ctx, { target, key }: Key): Promise<void> {
  await db.remove(field, { target, key })
}
