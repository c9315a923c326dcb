import { lock, lockEvent } from '../../../db/schema/accounting.ts'
import type { CommandCtx } from '../../kernel/operation.ts'

/** Moves the lock and writes down who moved it, from where, and why. */
export async function moveLock(
  ctx: CommandCtx, { from, to, reason }: { from: string; to: string; reason: string | undefined },
): Promise<void> {
  await ctx.db.update(lock, { id: 'lock' }, { locked_through: to })
  await ctx.db.insert(
    lockEvent, { id: ctx.newId(), locked_through: to, previous: from, reason: reason || null, user_id: ctx.actor.id, at: ctx.now },
  )
}
