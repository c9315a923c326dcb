import type { CommandCtx } from '../../kernel/operation.ts'
import { marks } from '../../storage/db.ts'
import { setPriceLevel } from '../parties/index.ts'
import { noteAppliedLevel } from './score.store.ts'
import type { Tier } from './tiers.ts'

export type Standing = 'scored' | 'quiet' | 'not_positive' | 'no_invoice'

/** What becomes of a customer's price level: set by policy, left because a person chose it, or nothing to do. Pure. */
export function levelOf({ now, applied, wanted }: { now: string | null; applied: string | null; wanted: string | null }): { level: string | null; applied: string | null; isKept: boolean } {
  // Only what the policy itself put there, or an empty place, is the policy's to change.
  const isOurs = now === null || now === applied
  if (!isOurs) return { level: now, applied: null, isKept: wanted !== null && wanted !== now }
  if (now === wanted) return { level: now, applied: wanted, isKept: false }
  // Where a person took the level away that the policy had put there, it is not put back.
  if (now === null && applied !== null && wanted === applied) return { level: null, applied, isKept: true }
  return { level: wanted, applied: wanted, isKept: false }
}

type Levelled = { readonly party_id: string; readonly tier_id: string | null; readonly applied_level: string | null; readonly price_level: string | null }

/** Puts customers on the price levels of their tiers. What a person set by hand stays. */
export async function applyLevels(ctx: CommandCtx, tiers: readonly Tier[]): Promise<{ set: number; kept: number }> {
  const wanted = new Map(tiers.flatMap((t) => (t.price_level === null ? [] : [[t.tier_id, t.price_level] as const])))
  const rows = await ctx.db.all<Levelled>(
    `select s.party_id, s.tier_id, s.applied_level, p.price_level from insights_score s join parties_party p on p.id = s.party_id
      where s.applied_level is not null or s.tier_id in (${marks([...wanted.keys()])}) order by s.party_id`,
    [...wanted.keys()],
  )
  let [set, kept] = [0, 0]
  for (const { party_id, tier_id, applied_level, price_level: now } of rows) {
    const next = levelOf({ now, applied: applied_level, wanted: (tier_id ? wanted.get(tier_id) : null) ?? null })
    if (next.isKept) kept += 1
    if (next.level !== now) {
      await setPriceLevel(ctx, { party_id, price_level: next.level })
      set += 1
    }
    if (next.applied !== applied_level) await noteAppliedLevel(ctx, { party_id, applied_level: next.applied })
  }
  return { set, kept }
}
