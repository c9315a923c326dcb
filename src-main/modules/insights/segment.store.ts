import { segment } from '../../../db/schema/insights.ts'
import type { CommandCtx } from '../../kernel/operation.ts'
import type { NewRow, Patch } from '../../storage/db.ts'

// The only code that writes segments.

type Ctx = Pick<CommandCtx, 'db'>

export const insertSegment = ({ db }: Ctx, row: NewRow<typeof segment>): Promise<void> => db.insert(segment, row)
export const patchSegment = ({ db }: Ctx, id: string, patch: Patch<typeof segment>): Promise<void> => db.update(segment, { id }, patch)
export const deleteSegment = ({ db }: Ctx, id: string): Promise<void> => db.remove(segment, { id })
