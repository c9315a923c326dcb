import { addDays, firstOfMonth, lastOfMonth, monthOf } from '../../kernel/day.ts'
import { handle, type CommandCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { Reader } from '../../storage/db.ts'
import { lockPeriod, periodLocked, periodLocking, unlockPeriod } from './contract.ts'
import { lockedThrough } from './lock.ts'
import { moveLock } from './lock.store.ts'

/** Drafts shown in the refusal; the list has them all. */
const DRAFTS_SHOWN = 20

/** 结账: what blocks is named; upper floors post what belongs into the period; then nothing gets in any more. */
export const lockPeriodHandler = handle(lockPeriod, async (ctx, { through, reason }) => {
  const previous = await lockedThrough(ctx)
  if (through !== lastOfMonth(through)) throw new Refusal('accounting.notMonthEnd', { through, month_end: lastOfMonth(through) })
  if (through <= previous) throw new Refusal('accounting.periodAlreadyLocked', { through, locked_through: previous })
  if (monthOf(through) > monthOf(ctx.today)) throw new Refusal('accounting.periodNotBegun', { through, today: ctx.today })
  await assertNothingBlocks(ctx, through)
  await ctx.emit(periodLocking, { through, previous })
  // What reactions posted is written under the old lock.
  await ctx.flush()
  await moveLock(ctx, { from: previous, to: through, reason })
  await ctx.emit(periodLocked, { through, previous })
  return { locked_through: through }
})

async function assertNothingBlocks(ctx: CommandCtx, through: string): Promise<void> {
  await ctx.flush()
  const balance_minor = await openingClearing(ctx.db, through)
  if (balance_minor !== 0) throw new Refusal('accounting.openingNotCleared', { balance_minor })
  const drafts = await draftsThrough(ctx.db, through)
  if (drafts.length === 0) return
  const shown = drafts.slice(0, DRAFTS_SHOWN).map((d) => `${d.day} ${d.summary}`.trim())
  throw new Refusal('accounting.draftsInPeriod', { count: drafts.length, drafts: shown })
}

/** What stands on the opening clearing account at the end of a day's month, debit less credit, in minor units. */
export async function openingClearing(db: Reader, through: string): Promise<number> {
  const row = await db.get<{ balance_minor: number }>(
    `select coalesce(sum(b.debit_minor - b.credit_minor), 0) as balance_minor
       from accounting_balance b join accounting_account a on a.id = b.account_id
      where a.control = 'opening_clearing' and b.period <= ?`,
    [monthOf(through)],
  )
  return row!.balance_minor
}

export type DraftHead = { draft_id: string; day: string; summary: string; created_by: string; created_at: number }

export const draftsThrough = (db: Reader, through: string): Promise<DraftHead[]> =>
  db.all<DraftHead>(
    'select id as draft_id, day, summary, created_by, created_at from accounting_voucher_draft where day <= ? order by day, id limit 500',
    [through],
  )

/** 反结账: reopens the last closed month and no other, with a reason that stays on record. Posted entries stay as they are. */
export const unlockPeriodHandler = handle(unlockPeriod, async (ctx, { period, reason }) => {
  const locked_through = await lockedThrough(ctx)
  const beforeFirst = addDays(ctx.company.first_day, -1)
  if (locked_through <= beforeFirst) throw new Refusal('accounting.nothingLocked', { first_day: ctx.company.first_day })
  const last_closed = monthOf(locked_through)
  if (period !== last_closed) throw new Refusal('accounting.notLastClosed', { period, last_closed })
  const monthBefore = addDays(firstOfMonth(locked_through), -1)
  const to = monthBefore > beforeFirst ? monthBefore : beforeFirst
  await moveLock(ctx, { from: locked_through, to, reason })
  return { locked_through: to }
})
