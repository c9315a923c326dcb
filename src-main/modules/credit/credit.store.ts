import { release } from '../../../db/schema/credit.ts'
import type { CommandCtx } from '../../kernel/operation.ts'
import { ofParty } from '../parties/index.ts'
import type { NewRow } from '../../storage/db.ts'

// The only code that writes releases.

type Ctx = Pick<CommandCtx, 'db'>

export async function insertRelease({ db }: Ctx, row: NewRow<typeof release>): Promise<void> {
  await db.insert(release, row)
}

/** Ends what is still running of a customer's releases; gives how many there were. */
export function endReleases({ db }: Ctx, { party_id, today, at, by_id }: { party_id: string; today: string; at: number; by_id: string }): Promise<number> {
  return db.run(release, `update credit_release set ended_at = ?, ended_by = ? where ${ofParty('party_id')} and ended_at is null and until_on >= ?`, [at, by_id, party_id, today])
}
