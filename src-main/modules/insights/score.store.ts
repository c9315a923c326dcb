import { customerScore, raisedTask, run, tierMove, together } from '../../../db/schema/insights.ts'
import type { CommandCtx } from '../../kernel/operation.ts'
import type { NewRow } from '../../storage/db.ts'

// The only code that writes what is worked out of customers.

type Ctx = Pick<CommandCtx, 'db'>
export type ScoreRow = NewRow<typeof customerScore>
export type MoveRow = NewRow<typeof tierMove>
export type TogetherRow = NewRow<typeof together>

/** All scores anew. */
export async function replaceScores({ db }: Ctx, rows: readonly ScoreRow[]): Promise<void> {
  await db.run(customerScore, 'delete from insights_score')
  await db.insertMany(customerScore, rows)
}

export async function replaceTogether({ db }: Ctx, rows: readonly TogetherRow[]): Promise<void> {
  await db.run(together, 'delete from insights_together')
  await db.insertMany(together, rows)
}

export const insertMoves = ({ db }: Ctx, rows: readonly MoveRow[]): Promise<void> => db.insertMany(tierMove, rows)
export const insertRun = ({ db }: Ctx, row: NewRow<typeof run>): Promise<void> => db.insert(run, row)
export const insertRaised = ({ db }: Ctx, row: NewRow<typeof raisedTask>): Promise<void> => db.insert(raisedTask, row)
