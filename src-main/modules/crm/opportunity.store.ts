import { competitor, opportunity, opportunityDocument, opportunityLine, rival, stage, stageMove } from '../../../db/schema/crm.ts'
import type { CommandCtx } from '../../kernel/operation.ts'
import type { NewRow, Patch } from '../../storage/db.ts'

// The only code that writes stages, competitors and opportunities.

type Ctx = Pick<CommandCtx, 'db' | 'now' | 'today' | 'actor'>
export type NewStage = NewRow<typeof stage>
type Line = Omit<NewRow<typeof opportunityLine>, 'opportunity_id' | 'line_no'>
type Rival = Omit<NewRow<typeof rival>, 'opportunity_id'>

export const insertStages = ({ db }: Pick<CommandCtx, 'db'>, rows: readonly NewStage[]): Promise<void> => db.insertMany(stage, rows)
export const patchStage = ({ db }: Ctx, stage_id: string, patch: Patch<typeof stage>): Promise<void> => db.update(stage, { id: stage_id }, patch)
export const insertCompetitor = ({ db }: Ctx, row: NewRow<typeof competitor>): Promise<void> => db.insert(competitor, row)
export const patchCompetitor = ({ db }: Ctx, competitor_id: string, patch: Patch<typeof competitor>): Promise<void> => db.update(competitor, { id: competitor_id }, patch)

export async function insertOpportunity(ctx: Ctx, { row, lines, rivals }: { row: NewRow<typeof opportunity>; lines: readonly Line[]; rivals: readonly Rival[] }): Promise<void> {
  await ctx.db.insert(opportunity, row)
  await insertParts(ctx, { opportunity_id: row.id, lines, rivals })
  await addMove(ctx, { opportunity_id: row.id, seq: 1, stage_id: row.stage_id, state: row.state })
}

async function insertParts({ db }: Ctx, { opportunity_id, lines, rivals }: { opportunity_id: string; lines: readonly Line[]; rivals: readonly Rival[] }): Promise<void> {
  await db.insertMany(opportunityLine, lines.map((line, i) => ({ ...line, opportunity_id, line_no: i + 1 })))
  await db.insertMany(rival, rivals.map((r) => ({ ...r, opportunity_id })))
}

export async function replaceParts(ctx: Ctx, parts: { opportunity_id: string; lines: readonly Line[]; rivals: readonly Rival[] }): Promise<void> {
  const { opportunity_id } = parts
  await ctx.db.removeWhere(opportunityLine, { opportunity_id })
  await ctx.db.removeWhere(rival, { opportunity_id })
  await insertParts(ctx, parts)
}

export const patchOpportunity = ({ db }: Ctx, opportunity_id: string, patch: Patch<typeof opportunity>): Promise<void> =>
  db.update(opportunity, { id: opportunity_id }, patch)

/** Where the opportunity stands from today on. */
export async function addMove({ db, now, today, actor }: Ctx, move: { opportunity_id: string; seq: number; stage_id: string; state: string }): Promise<void> {
  await db.insert(stageMove, { ...move, day: today, at: now, user_id: actor.id })
}

export const linkDocument = ({ db }: Ctx, row: NewRow<typeof opportunityDocument>): Promise<void> => db.insert(opportunityDocument, row)
