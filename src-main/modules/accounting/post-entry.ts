import { assert } from '../../kernel/assert.ts'
import { monthOf } from '../../kernel/day.ts'
import type { CommandCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { takeCounter } from '../platform/index.ts'
import { accountIdOf, accountsById, assertPostable } from './accounts.ts'
import { voucherWord, type AccountRole, type EntryKind } from './contract.ts'
import { holdEntry, writeHeldRows } from './journal.store.ts'
import { assertOpenDay } from './lock.ts'
import { defaultWord } from './wording.ts'

/** One side of an entry, in minor units; a negative amount is a red one. Name the account by its role or its id. */
export type LineInput = {
  readonly role?: AccountRole
  readonly account_id?: string
  /** Needed on receivable, payable and advances. */
  readonly party_id?: string
  readonly debit_minor?: number
  readonly credit_minor?: number
  readonly summary?: string
}

/** The document behind an entry; without it the entry is its own source. */
export type EntrySource = { readonly kind: string; readonly id: string; readonly number: string | null }

export type EntryInput = {
  /** Taken beforehand by a caller whose rows name the entry. */
  readonly id?: string
  readonly day: string
  readonly kind: EntryKind
  readonly summary: string
  readonly source?: EntrySource
  readonly lines: readonly LineInput[]
  readonly reverses_id?: string
  readonly attachments?: number
}

export type Posted = { readonly id: string; readonly word: string; readonly period: string; readonly number: number }

/** Accounts whose balance is kept by party: the open items behind them must agree. */
const PARTY_CONTROLS: ReadonlySet<string> = new Set(['receivable', 'customer_advances', 'payable', 'supplier_advances'])

/** The largest total of one entry, minor units: sums over many entries stay exact. */
export const LARGEST_TOTAL = 90_000_000_000_000

type Line = { account_id: string; party_id: string | null; debit_minor: number; credit_minor: number; summary: string | null }

/**
 * Posts a balanced entry and gives its number, the next of its word and month. Lines of 0 are dropped; where none is left
 * nothing is posted and nothing is given. Refuses 'accounting.periodLocked', 'accounting.roleNotMapped' and accounts
 * that take no lines; an entry that does not balance is a defect of the caller.
 */
export async function postEntry(ctx: CommandCtx, input: EntryInput): Promise<Posted | undefined> {
  const lines = await toOriginalAccounts(ctx, { lines: await linesOf(ctx, input), input })
  if (lines.length === 0) return undefined
  await assertOpenDay(ctx, input.day)
  const total_minor = assertBalanced(lines, input.summary)
  const id = input.id ?? ctx.newId()
  const period = monthOf(input.day)
  const word = wordOf(ctx)
  const number = await takeCounter(ctx, { key: counterKey(word), period, count: 1 })
  const source = input.source ?? { kind: 'accounting.voucher', id, number: null }
  await holdEntry(
    ctx,
    {
      id, word, period, number, day: input.day, kind: kindOf(ctx, input), summary: input.summary,
      source_kind: source.kind, source_id: source.id, source_number: source.number,
      reverses_id: input.reverses_id ?? null, total_minor, attachments: input.attachments ?? 0, posted_by: ctx.actor.id, posted_at: ctx.now,
    },
    lines.map((line, i) => ({ entry_id: id, line_no: i + 1, day: input.day, ...line })),
  )
  return { id, word, period, number }
}

/** Opening balances are those of the first day of books; what is brought in later moved the accounts later. */
const kindOf = (ctx: CommandCtx, { kind, day }: EntryInput): EntryKind =>
  kind === 'opening' && day !== ctx.company.first_day ? 'document' : kind

/** The counter of vouchers of one word; its period is the month. */
const counterKey = (word: string): string => `accounting.voucher:${word}`

const wordOf = (ctx: CommandCtx): string => ctx.setting(voucherWord) || defaultWord(ctx.company)

async function linesOf(ctx: CommandCtx, input: EntryInput): Promise<Line[]> {
  const lines: Line[] = []
  for (const l of input.lines) {
    // `|| 0` also turns a caller's −0 into 0.
    const debit_minor = l.debit_minor || 0
    const credit_minor = l.credit_minor || 0
    if (debit_minor === 0 && credit_minor === 0) continue
    assert(debit_minor === 0 || credit_minor === 0, `a line of ${input.summary} has both sides`)
    const account_id = l.account_id ?? (l.role === undefined ? undefined : await accountIdOf(ctx, l.role))
    assert(account_id !== undefined, `a line of ${input.summary} names neither account nor role`)
    lines.push({ account_id, party_id: l.party_id ?? null, debit_minor, credit_minor, summary: l.summary ?? null })
  }
  const accounts = await accountsById(ctx, lines.map((l) => l.account_id))
  for (const line of lines) {
    const account = accounts.get(line.account_id)!
    // A wrong entry can be taken back even when its account was closed since.
    if (input.reverses_id === undefined) assertPostable(ctx, account)
    assert(line.party_id !== null || !PARTY_CONTROLS.has(account.control ?? ''), `a line on ${account.code} names no party`)
  }
  return lines
}

/**
 * A reversal goes to the accounts of its original, even where another account has taken a role since. Accounts that the caller names
 * are meant: what was settled or unsettled meanwhile may have gone elsewhere than the original.
 */
async function toOriginalAccounts(ctx: CommandCtx, { lines, input }: { lines: Line[]; input: EntryInput }): Promise<Line[]> {
  if (input.reverses_id === undefined) return lines
  const named = new Set(input.lines.map((l) => l.account_id))
  if (lines.every((line) => named.has(line.account_id))) return lines
  await writeHeldRows(ctx)
  const original = await ctx.db.all<Line>(
    'select account_id, party_id, debit_minor, credit_minor, summary from accounting_line where entry_id = ? order by line_no, entry_id',
    [input.reverses_id],
  )
  const accounts = new Set(original.map((o) => o.account_id))
  return lines.map((line) => {
    const mirror = accounts.has(line.account_id) || named.has(line.account_id)
      ? undefined
      : original.find((o) => o.debit_minor === -line.debit_minor + 0 && o.credit_minor === -line.credit_minor + 0 && o.party_id === line.party_id)
    return mirror ? { ...line, account_id: mirror.account_id } : line
  })
}

function assertBalanced(lines: readonly Line[], summary: string): number {
  let debit = 0
  let credit = 0
  for (const line of lines) {
    debit += line.debit_minor
    credit += line.credit_minor
  }
  if (Math.abs(debit) > LARGEST_TOTAL || Math.abs(credit) > LARGEST_TOTAL) {
    throw new Refusal('accounting.amountTooLarge', { limit_minor: LARGEST_TOTAL })
  }
  assert(debit === credit, `${summary}: debit ${debit} is not credit ${credit}`)
  return debit
}

/**
 * 红字冲销: the entry's lines with negative amounts on the same sides, so that turnover is as if it had never been.
 * Refuses 'accounting.entryNotFound', 'accounting.alreadyReversed', 'accounting.reversalTooEarly' and 'accounting.periodLocked'.
 */
export async function reverseEntry(
  ctx: CommandCtx,
  input: { entry_id: string; id?: string; day: string; source?: EntrySource; summary: string },
): Promise<Posted> {
  await writeHeldRows(ctx)
  const original = await ctx.db.get<{ word: string; period: string; number: number; day: string; kind: string; reversed: string | null }>(
    `select e.word, e.period, e.number, e.day, e.kind, (select min(r.id) from accounting_entry r where r.reverses_id = e.id) as reversed
       from accounting_entry e where e.id = ?`,
    [input.entry_id],
  )
  if (!original) throw new Refusal('accounting.entryNotFound', { entry_id: input.entry_id })
  if (original.reversed !== null) {
    throw new Refusal('accounting.alreadyReversed', { word: original.word, period: original.period, number: original.number })
  }
  if (input.day < original.day) throw new Refusal('accounting.reversalTooEarly', { day: input.day, original_day: original.day })
  const lines = await ctx.db.all<Line>(
    'select account_id, party_id, debit_minor, credit_minor, summary from accounting_line where entry_id = ? order by line_no, entry_id',
    [input.entry_id],
  )
  const posted = await postEntry(ctx, {
    id: input.id,
    day: input.day,
    // An opening balance taken back on the same day leaves the opening balances, not the turnover.
    kind: original.kind === 'opening' && input.day === original.day ? 'opening' : 'reversal',
    summary: input.summary,
    source: input.source,
    reverses_id: input.entry_id,
    lines: lines.map((l) => ({
      account_id: l.account_id,
      party_id: l.party_id ?? undefined,
      debit_minor: 0 - l.debit_minor,
      credit_minor: 0 - l.credit_minor,
      summary: l.summary ?? undefined,
    })),
  })
  assert(posted, 'a posted entry has lines')
  return posted
}
