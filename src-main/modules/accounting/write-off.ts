import { assert } from '../../kernel/assert.ts'
import { handle, type CommandCtx } from '../../kernel/operation.ts'
import { assertVisible, partyOf } from '../parties/index.ts'
import { addOpenItem, allocate } from './allocate.ts'
import { writeOffBadDebt } from './contract.ts'
import { openItemsById } from './open-item.store.ts'
import { postEntry, type EntrySource, type Posted } from './post-entry.ts'

/**
 * Bad debt is booked when it happens (DF-02, no allowance): Dr bad debt, Cr receivable. Leaves a negative open item of the
 * customer, which the caller may settle. A negative amount takes an earlier write-off back. Minor units, not 0.
 */
export async function postBadDebt(
  ctx: CommandCtx,
  input: { party_id: string; day: string; amount_minor: number; summary: string; number?: string; source?: EntrySource },
): Promise<{ entry: Posted; open_item_id: string }> {
  const { party_id, day, amount_minor, summary } = input
  const entry_id = ctx.newId()
  const source = input.source ?? { kind: 'accounting.voucher', id: entry_id, number: null }
  const entry = await postEntry(ctx, {
    id: entry_id,
    day,
    kind: 'manual',
    summary,
    source,
    lines: [
      { role: 'bad_debt', party_id, debit_minor: amount_minor },
      { role: 'receivable', party_id, credit_minor: amount_minor },
    ],
  })
  assert(entry, 'a write-off is not 0')
  const number = input.number ?? `${entry.period} ${entry.word}-${entry.number}`
  const open_item_id = await addOpenItem(ctx, {
    side: 'receivable', party_id, account_role: 'receivable', source, number, day, due_on: day, amount_minor: 0 - amount_minor,
  })
  assert(open_item_id !== undefined, 'a write-off is not 0')
  return { entry, open_item_id }
}

export const writeOffBadDebtHandler = handle(writeOffBadDebt, async (ctx, { party_id, day, reason, items }) => {
  await assertVisible(ctx, party_id)
  await partyOf(ctx, party_id)
  await openItemsById(ctx, items.map((i) => i.open_item_id))
  const amount_minor = items.reduce((sum, i) => sum + i.amount_minor, 0)
  const { entry, open_item_id } = await postBadDebt(ctx, { party_id, day, amount_minor, summary: reason })
  const pairs = items.map((i) => ({ positive_id: i.open_item_id, negative_id: open_item_id, amount_minor: i.amount_minor }))
  await allocate(ctx, { day, pairs })
  return { entry_id: entry.id, word: entry.word, period: entry.period, number: entry.number }
})
