import { addDays } from '../../kernel/day.ts'
import { handle, type CommandCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { assignParty } from './contract.ts'
import { assertUser } from './create-party.ts'
import { assertNotMerged } from './merge-parties.ts'
import { endAssignment, startAssignment } from './party.store.ts'
import { assertVisible, partyOf } from './read-party.ts'

export const assignPartyHandler = handle(assignParty, (ctx, input) => giveParty(ctx, input))

/**
 * Hands a party over on a day: the running assignment ends the day before. An assignment replaced on its first day never took effect.
 * Upper floors come this way too. The caller answers for whether the actor may.
 */
export async function giveParty(ctx: CommandCtx, { party_id, user_id, from_day = ctx.today }: { party_id: string; user_id: string | null; from_day?: string | undefined }): Promise<{ party_id: string }> {
  await assertVisible(ctx, party_id)
  await assertNotMerged(ctx, party_id)
  const { is_cash, name } = await partyOf(ctx, party_id)
  if (is_cash === 1 && user_id !== null) throw new Refusal('parties.cashPartyIsNeeded', { name })
  if (from_day > ctx.today) throw new Refusal('parties.assignmentInFuture', { from_day, today: ctx.today })
  if (user_id !== null) await assertUser(ctx, user_id)
  const last = await ctx.db.get<{ seq: number; user_id: string; from_day: string; to_day: string | null }>(
    'select seq, user_id, from_day, to_day from parties_assignment where party_id = ? order by seq desc limit 1',
    [party_id],
  )
  const running = last && last.to_day === null ? last : undefined
  if (running?.user_id === user_id || (!running && user_id === null)) return { party_id }
  const earliest = running?.from_day ?? (last?.to_day ? addDays(last.to_day, 1) : from_day)
  if (from_day < earliest) throw new Refusal('parties.assignmentTooEarly', { from_day, earliest })
  if (running) await endAssignment(ctx, { party_id, seq: running.seq, to_day: addDays(from_day, -1) })
  if (user_id !== null) await startAssignment(ctx, { party_id, user_id, from_day, seq: (last?.seq ?? 0) + 1 })
  return { party_id }
}
