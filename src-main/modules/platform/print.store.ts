import { printDefault, printTemplate } from '../../../db/schema/platform.ts'
import type { CommandCtx } from '../../kernel/operation.ts'
import type { NewRow, Patch } from '../../storage/db.ts'

// The only code that writes print templates.

type Ctx = Pick<CommandCtx, 'db'>

export async function insertTemplate({ db }: Ctx, row: NewRow<typeof printTemplate>): Promise<void> {
  await db.insert(printTemplate, row)
}

export async function patchTemplate({ db }: Ctx, template_id: string, patch: Patch<typeof printTemplate>): Promise<void> {
  await db.update(printTemplate, { id: template_id }, patch)
}

/** Removes a template; what was printed with it at first goes back to the ready-made one. */
export async function deleteTemplate({ db }: Ctx, template_id: string): Promise<void> {
  await db.removeWhere(printDefault, { template: template_id })
  await db.remove(printTemplate, { id: template_id })
}

export async function putPrintDefault({ db }: Ctx, row: NewRow<typeof printDefault>): Promise<void> {
  await db.put(printDefault, [row])
}
