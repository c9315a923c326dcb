import type { CommandCtx } from '../../kernel/operation.ts'
import { setPriceLevel } from '../parties/index.ts'
import type { ScoreRow } from './score.store.ts'
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

/** Puts customers on the price levels of their tiers. What a person set by hand stays. */
export async function applyLevels(ctx: CommandCtx, { rows, tiers }: { rows: readonly ScoreRow[]; tiers: readonly Tier[] }): Promise<{ rows: ScoreRow[]; set: number; kept: number }> {
  const wanted = new Map(tiers.map((t) => [t.tier_id, t.price_level]))
  const none = { rows: [...rows], set: 0, kept: 0 }
  if (rows.every((row) => row.applied_level === null) && [...wanted.values()].every((level) => level === null)) return none
  const levels = new Map((await ctx.db.all<{ id: string; price_level: string | null }>('select id, price_level from parties_party where is_customer = 1 order by id')).map((p) => [p.id, p.price_level]))
  let [set, kept] = [0, 0]
  const after: ScoreRow[] = []
  for (const row of rows) {
    const now = levels.get(row.party_id) ?? null
    const next = levelOf({ now, applied: row.applied_level ?? null, wanted: (row.tier_id ? wanted.get(row.tier_id) : null) ?? null })
    if (next.isKept) kept += 1
    if (next.level !== now) {
      await setPriceLevel(ctx, { party_id: row.party_id, price_level: next.level })
      set += 1
    }
    after.push({ ...row, applied_level: next.applied })
  }
  return { rows: after, set, kept }
}
