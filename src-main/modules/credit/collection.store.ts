import { collectionTask, dunning, dunningLine, promise, promisePart } from '../../../db/schema/credit.ts'
import type { CommandCtx } from '../../kernel/operation.ts'
import type { NewRow } from '../../storage/db.ts'

// The only code that writes letters, promises and which tasks were given.

type Ctx = Pick<CommandCtx, 'db'>

export async function insertDunning({ db }: Ctx, { row, lines }: { row: NewRow<typeof dunning>; lines: readonly NewRow<typeof dunningLine>[] }): Promise<void> {
  await db.insert(dunning, row)
  await db.insertMany(dunningLine, lines)
}

export async function insertPromise({ db }: Ctx, { row, parts }: { row: NewRow<typeof promise>; parts: readonly NewRow<typeof promisePart>[] }): Promise<void> {
  await db.insert(promise, row)
  await db.insertMany(promisePart, parts)
}

export async function endPromise({ db }: Ctx, { promise_id, ...ended }: { promise_id: string; ended_on: string; ended_reason: string }): Promise<void> {
  await db.update(promise, { id: promise_id }, ended)
}

export async function insertCollectionTask({ db }: Ctx, row: NewRow<typeof collectionTask>): Promise<void> {
  await db.insert(collectionTask, row)
}
