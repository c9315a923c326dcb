import { customerScore, raisedTask, run, tierMove, together } from '../../../db/schema/insights.ts'
import type { CommandCtx } from '../../kernel/operation.ts'
import type { NewRow } from '../../storage/db.ts'

// The only code that writes what is worked out of customers.

type Ctx = Pick<CommandCtx, 'db'>
export type ScoreRow = NewRow<typeof customerScore>
export type MoveRow = NewRow<typeof tierMove>
export type TogetherRow = NewRow<typeof together>

/** The scores of some customers anew. */
export const putScores = ({ db }: Ctx, rows: readonly ScoreRow[]): Promise<void> => db.put(customerScore, rows)
export const removeScore = ({ db }: Ctx, party_id: string): Promise<void> => db.remove(customerScore, { party_id })
export const noteAppliedLevel = ({ db }: Ctx, { party_id, applied_level }: { party_id: string; applied_level: string | null }): Promise<void> => db.update(customerScore, { party_id }, { applied_level })

export async function replaceTogether({ db }: Ctx, rows: readonly TogetherRow[]): Promise<void> {
  await db.run(together, 'delete from insights_together')
  await db.insertMany(together, rows)
}

export const insertMoves = ({ db }: Ctx, rows: readonly MoveRow[]): Promise<void> => db.insertMany(tierMove, rows)
export const insertRun = ({ db }: Ctx, row: NewRow<typeof run>): Promise<void> => db.insert(run, row)
export const insertRaised = ({ db }: Ctx, row: NewRow<typeof raisedTask>): Promise<void> => db.insert(raisedTask, row)
