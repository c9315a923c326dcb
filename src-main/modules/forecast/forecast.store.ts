import { kept, quota } from '../../../db/schema/forecast.ts'
import type { CommandCtx } from '../../kernel/operation.ts'
import type { NewRow } from '../../storage/db.ts'

// The only code that writes quotas and kept forecasts.

type Ctx = Pick<CommandCtx, 'db'>
type Quota = { readonly user_id: string; readonly month: string; readonly amount_minor: number }

/** Sets quotas; 0 takes one away. */
export async function putQuotas({ db }: Ctx, rows: readonly Quota[]): Promise<void> {
  for (const { user_id, month, amount_minor } of rows) if (amount_minor === 0) await db.removeWhere(quota, { user_id, month })
  await db.put(quota, rows.filter((r) => r.amount_minor > 0))
}

export async function insertKept({ db }: Ctx, rows: readonly NewRow<typeof kept>[]): Promise<void> {
  await db.insertMany(kept, rows)
}
