import { quality } from '../../../db/schema/parties.ts'
import type { CommandCtx } from '../../kernel/operation.ts'
import type { NewRow } from '../../storage/db.ts'

/** The only code that writes how good the data were on a day. */
export const insertQuality = ({ db }: Pick<CommandCtx, 'db'>, row: NewRow<typeof quality>): Promise<void> => db.insert(quality, row)
