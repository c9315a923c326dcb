import { approval } from '../../../db/schema/platform.ts'
import type { CommandCtx } from '../../kernel/operation.ts'
import type { NewRow, Patch } from '../../storage/db.ts'

// The only code that writes requests for approval.

type Ctx = Pick<CommandCtx, 'db'>

export async function insertApproval({ db }: Ctx, row: NewRow<typeof approval>): Promise<void> {
  await db.insert(approval, row)
}

export async function patchApproval({ db }: Ctx, approval_id: string, patch: Patch<typeof approval>): Promise<void> {
  await db.update(approval, { id: approval_id }, patch)
}

/** The decisions about one's own requests have been read; gives how many were new. */
export function markDecisionsSeen({ db }: Ctx, { user_id, at }: { user_id: string; at: number }): Promise<number> {
  return db.run(approval, `update platform_approval set seen_at = ? where asked_by = ? and seen_at is null and state in ('approved', 'rejected')`, [at, user_id])
}
