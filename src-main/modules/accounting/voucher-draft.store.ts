import { voucherDraft } from '../../../db/schema/accounting.ts'
import type { CommandCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { NewRow } from '../../storage/db.ts'

/** Writes a new draft, or the new state of one that exists. */
export async function putDraft(ctx: CommandCtx, row: NewRow<typeof voucherDraft>): Promise<void> {
  await ctx.db.put(voucherDraft, [row])
}

/** Takes a draft away. Refuses 'accounting.draftNotFound': somebody may have posted it meanwhile. */
export async function dropDraft(ctx: CommandCtx, draft_id: string): Promise<void> {
  const dropped = await ctx.db.removeWhere(voucherDraft, { id: draft_id })
  if (dropped === 0) throw new Refusal('accounting.draftNotFound', { draft_id })
}
