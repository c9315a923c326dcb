import { assert } from '../../kernel/assert.ts'
import { addDays } from '../../kernel/day.ts'
import { unit, type CommandCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'

/** The lock day, read once in a command. */
const lockDay = unit<{ locked_through: string | undefined }>({
  key: 'accounting.lockDay',
  create: () => ({ locked_through: undefined }),
  flush: async () => {},
})

/** The last day into which nothing may be posted any more. */
export async function lockedThrough(ctx: CommandCtx): Promise<string> {
  const held = ctx.unit(lockDay)
  if (held.locked_through !== undefined) return held.locked_through
  const row = await ctx.db.get<{ locked_through: string }>('select locked_through from accounting_lock')
  assert(row, 'the lock was never founded')
  return (held.locked_through = row.locked_through)
}

/** The lock moved within this command. */
export const rememberLock = (ctx: CommandCtx, locked_through: string): void => void (ctx.unit(lockDay).locked_through = locked_through)

/** The first day on which something may be posted. */
export const firstOpenDay = async (ctx: CommandCtx): Promise<string> => addDays(await lockedThrough(ctx), 1)

/** Refuses 'accounting.periodLocked' for a day in closed books, or before the first day of books. */
export async function assertOpenDay(ctx: CommandCtx, day: string): Promise<void> {
  const locked_through = await lockedThrough(ctx)
  if (day > locked_through) return
  throw new Refusal('accounting.periodLocked', { day, locked_through, first_open_day: addDays(locked_through, 1) })
}
