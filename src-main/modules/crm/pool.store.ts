import { opportunity, poolMove, protection, task } from '../../../db/schema/crm.ts'
import type { CommandCtx } from '../../kernel/operation.ts'
import type { NewRow } from '../../storage/db.ts'

// The only code that writes what happens with the pool.

type Ctx = Pick<CommandCtx, 'db'>

export const insertPoolMoves = ({ db }: Ctx, rows: readonly NewRow<typeof poolMove>[]): Promise<void> => db.insertMany(poolMove, rows)

export async function putProtection({ db }: Ctx, row: NewRow<typeof protection>): Promise<void> {
  await removeProtection({ db }, { party_id: row.party_id ?? null, lead_id: row.lead_id ?? null })
  await db.insert(protection, row)
}

/** Gives the number of protections taken away: one, or none. */
export const removeProtection = ({ db }: Ctx, { party_id, lead_id }: { party_id: string | null; lead_id: string | null }): Promise<number> =>
  party_id === null ? db.removeWhere(protection, { lead_id }) : db.removeWhere(protection, { party_id })

type Turn = { readonly from_user_id: string; readonly to_user_id: string }
/** Open work goes to a colleague; gives how much of it. */
export const turnOverOpportunities = ({ db }: Ctx, { from_user_id, to_user_id }: Turn): Promise<number> =>
  db.run(opportunity, `update crm_opportunity set owner_id = ? where owner_id = ? and state = 'open'`, [to_user_id, from_user_id])
export const turnOverTasks = ({ db }: Ctx, { from_user_id, to_user_id }: Turn): Promise<number> =>
  db.run(task, `update crm_task set assignee_id = ? where assignee_id = ? and state = 'open'`, [to_user_id, from_user_id])
