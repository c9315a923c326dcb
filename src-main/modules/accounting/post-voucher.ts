import { assert } from '../../kernel/assert.ts'
import { handle, type CommandCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { accountsById, assertNotControl, assertPostable, shown, type AccountInfo } from './accounts.ts'
import { postVoucher } from './contract.ts'
import { LARGEST_TOTAL, postEntry, type Posted } from './post-entry.ts'
import { dropDraft } from './voucher-draft.store.ts'

type Amounts = { readonly debit_minor: number; readonly credit_minor: number }

/** A person's own entry: balanced, on accounts that people may use. Posting a draft's voucher takes the draft away. */
export const postVoucherHandler = handle(postVoucher, async (ctx, { draft_id, day, summary, attachments, lines }) => {
  const accounts = await accountsById(ctx, lines.map((l) => l.account_id))
  for (const line of lines) assertManual(ctx, accounts.get(line.account_id)!)
  assertVoucherBalances(lines)
  if (draft_id !== undefined) await dropDraft(ctx, draft_id)
  const entry = await postEntry(ctx, {
    day,
    kind: 'manual',
    summary,
    attachments,
    lines: lines.map((l) => ({ ...l, summary: l.summary === '' ? undefined : l.summary })),
  })
  assert(entry, 'a voucher has lines')
  return postedOf(entry)
})

export const postedOf = ({ id, word, period, number }: Posted) => ({ entry_id: id, word, period, number })

function assertManual(ctx: CommandCtx, account: AccountInfo): void {
  assertPostable(ctx, account)
  assertNotControl(ctx, account)
  if (account.allows_manual === 0) throw new Refusal('accounting.manualNotAllowed', shown(ctx, account))
}

/** Sums within the limit are exact; a person who is one cent off is told by how much. */
function assertVoucherBalances(lines: readonly Amounts[]): void {
  const [debit_minor, credit_minor] = [sumOf(lines, 'debit_minor'), sumOf(lines, 'credit_minor')]
  if (debit_minor !== credit_minor) {
    throw new Refusal('accounting.voucherUnbalanced', { debit_minor, credit_minor, difference_minor: debit_minor - credit_minor })
  }
}

export function sumOf(lines: readonly Amounts[], side: keyof Amounts): number {
  let sum = 0
  for (const line of lines) {
    sum += line[side]
    if (Math.abs(sum) > LARGEST_TOTAL) throw new Refusal('accounting.amountTooLarge', { limit_minor: LARGEST_TOTAL })
  }
  return sum
}

/** Accounts that an opening balance or a voucher may name: checked for all lines before anything is written. */
export async function assertOrdinary(ctx: CommandCtx, account_ids: readonly string[]): Promise<void> {
  const accounts = await accountsById(ctx, account_ids)
  for (const account_id of account_ids) {
    const account = accounts.get(account_id)!
    assertPostable(ctx, account)
    assertNotControl(ctx, account)
  }
}
