import { alike, likeness, unweighed } from '../../../db/schema/parties.ts'
import type { CommandCtx } from '../../kernel/operation.ts'
import { marks } from '../../storage/db.ts'

// The only code that writes by what parties are met, and who is met by it.

type Ctx = Pick<CommandCtx, 'db'>
type Keyed = { readonly party_id: string; readonly keys: readonly string[] }
export type AlikePair = { readonly one_id: string; readonly other_id: string; readonly score: number; readonly because: readonly string[] }

/** The keys of parties that had none: they wait to be weighed against the others. */
export async function insertLikeness({ db }: Ctx, parties: readonly Keyed[]): Promise<void> {
  await db.insertMany(likeness, parties.flatMap(({ party_id, keys }) => keys.map((key) => ({ key, party_id }))))
  await db.insertMany(unweighed, parties.filter((p) => p.keys.length > 0).map(({ party_id }) => ({ party_id })))
}

/** The keys by which a party is met, all of them anew; whom it looked like is asked again. */
export async function replaceLikeness(ctx: Ctx, { party_id, keys }: Keyed): Promise<void> {
  await ctx.db.removeWhere(likeness, { party_id })
  await ctx.db.removeWhere(unweighed, { party_id })
  await ctx.db.removeWhere(alike, { one_id: party_id })
  await ctx.db.removeWhere(alike, { other_id: party_id })
  await insertLikeness(ctx, [{ party_id, keys }])
}

/** These were weighed: their pairs are those, and no other. */
export async function keepPairs({ db }: Ctx, { ids, pairs }: { ids: readonly string[]; pairs: readonly AlikePair[] }): Promise<void> {
  await db.run(alike, `delete from parties_alike where one_id in (${marks(ids)}) or other_id in (${marks(ids)})`, [...ids, ...ids])
  await db.run(unweighed, `delete from parties_unweighed where party_id in (${marks(ids)})`, ids)
  await db.put(alike, pairs.map(({ because, ...pair }) => ({ ...pair, because: JSON.stringify(because) })))
}
