import { routingRule, scoreRule } from '../../../db/schema/crm.ts'
import type { CommandCtx } from '../../kernel/operation.ts'
import type { NewRow, Patch } from '../../storage/db.ts'

// The only code that writes the rules of scores and routing.

type Ctx = Pick<CommandCtx, 'db'>

export const insertScoreRules = ({ db }: Ctx, rows: readonly NewRow<typeof scoreRule>[]): Promise<void> => db.insertMany(scoreRule, rows)
export const patchScoreRule = ({ db }: Ctx, id: string, patch: Patch<typeof scoreRule>): Promise<unknown> => db.update(scoreRule, { id }, patch)
export const deleteScoreRule = ({ db }: Ctx, id: string): Promise<number> => db.removeWhere(scoreRule, { id })
export const insertRoutingRule = ({ db }: Ctx, row: NewRow<typeof routingRule>): Promise<unknown> => db.insert(routingRule, row)
export const patchRoutingRule = ({ db }: Ctx, id: string, patch: Patch<typeof routingRule>): Promise<unknown> => db.update(routingRule, { id }, patch)
export const deleteRoutingRule = ({ db }: Ctx, id: string): Promise<number> => db.removeWhere(routingRule, { id })
