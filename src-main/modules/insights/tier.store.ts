import { tier } from '../../../db/schema/insights.ts'
import type { CommandCtx } from '../../kernel/operation.ts'
import type { NewRow, Patch } from '../../storage/db.ts'

// The only code that writes tiers.

type Ctx = Pick<CommandCtx, 'db'>
export type NewTier = NewRow<typeof tier>

export const insertTiers = ({ db }: Ctx, rows: readonly NewTier[]): Promise<void> => db.insertMany(tier, rows)
export const patchTier = ({ db }: Ctx, id: string, patch: Patch<typeof tier>): Promise<void> => db.update(tier, { id }, patch)
