import { interest, interestLine } from '../../../db/schema/credit.ts'
import type { CommandCtx } from '../../kernel/operation.ts'
import type { NewRow } from '../../storage/db.ts'

// The only code that writes charges of interest.

type Ctx = Pick<CommandCtx, 'db'>

export async function insertInterest({ db }: Ctx, { row, lines }: { row: NewRow<typeof interest>; lines: readonly NewRow<typeof interestLine>[] }): Promise<void> {
  await db.insert(interest, row)
  await db.insertMany(interestLine, lines)
}

export async function markReversed({ db }: Ctx, { interest_id, ...reversed }: { interest_id: string; reversed_on: string; reversed_reason: string }): Promise<void> {
  await db.update(interest, { id: interest_id }, reversed)
}
