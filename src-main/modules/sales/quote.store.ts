import { quote, quoteLine } from '../../../db/schema/sales.ts'
import type { CommandCtx } from '../../kernel/operation.ts'
import type { NewRow, Patch } from '../../storage/db.ts'

// The only code that writes quotes.

type Ctx = Pick<CommandCtx, 'db'>
export type NewQuote = NewRow<typeof quote>
export type NewQuoteLine = NewRow<typeof quoteLine>

export async function insertQuote({ db }: Ctx, { row, lines }: { row: NewQuote; lines: readonly NewQuoteLine[] }): Promise<void> {
  await db.insert(quote, row)
  await db.insertMany(quoteLine, lines)
}

export async function patchQuote({ db }: Ctx, quote_id: string, patch: Patch<typeof quote>): Promise<void> {
  await db.update(quote, { id: quote_id }, patch)
}

export async function replaceQuoteLines({ db }: Ctx, quote_id: string, lines: readonly NewQuoteLine[]): Promise<void> {
  await db.removeWhere(quoteLine, { quote_id })
  await db.insertMany(quoteLine, lines)
}
