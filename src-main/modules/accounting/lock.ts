import { assert } from '../../kernel/assert.ts'
import { addDays } from '../../kernel/day.ts'
import { reference, type CommandCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'

const lockDay = reference({
  key: 'accounting.lockDay',
  tables: ['accounting_lock'],
  read: async (db) => {
    const row = await db.get<{ locked_through: string }>('select locked_through from accounting_lock')
    assert(row, 'the lock was never founded')
    return row.locked_through
  },
})

/** The last day into which nothing may be posted any more. */
export const lockedThrough = (ctx: CommandCtx): Promise<string> => ctx.reference(lockDay)

/** The first day on which something may be posted. */
export const firstOpenDay = async (ctx: CommandCtx): Promise<string> => addDays(await lockedThrough(ctx), 1)

/** Refuses 'accounting.periodLocked' for a day in closed books, or before the first day of books. */
export async function assertOpenDay(ctx: CommandCtx, day: string): Promise<void> {
  const locked_through = await lockedThrough(ctx)
  if (day > locked_through) return
  throw new Refusal('accounting.periodLocked', { day, locked_through, first_open_day: addDays(locked_through, 1) })
}
