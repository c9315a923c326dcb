import { limitChange } from '../../../db/schema/credit.ts'
import type { CommandCtx } from '../../kernel/operation.ts'
import type { NewRow } from '../../storage/db.ts'

/** The only code that writes changes of limits. */
export async function insertLimitChange({ db }: Pick<CommandCtx, 'db'>, row: NewRow<typeof limitChange>): Promise<void> {
  await db.insert(limitChange, row)
}
