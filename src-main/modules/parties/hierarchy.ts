import type { OutputOf } from '../../kernel/contract.ts'
import { answer, type CommandCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { partyTree } from './contract.ts'
import { assertVisible, partyOf, visibleParties, winnerOf } from './read-party.ts'

/** SQL of a list of party ids, `id`: this one (a parameter) and all that stand below it. */
export const BELOW = `with recursive below (id) as (
  select b.id from parties_party b where b.id = ? union select c.id from below join parties_party c on c.parent_id = below.id)
  select below.id from below`

/** Those above a party, itself first. */
const ABOVE = `with recursive above (id, step) as (
  select a.id, 0 from parties_party a where a.id = ? union all select p.parent_id, above.step + 1 from above join parties_party p on p.id = above.id where p.parent_id is not null and above.step < 100)
  select above.id from above order by above.step`

/** Who stands above a party: itself first, its head last. */
export const aboveOf = async ({ db }: Pick<CommandCtx, 'db'>, party_id: string): Promise<string[]> => (await db.all<{ id: string }>(ABOVE, [party_id])).map((r) => r.id)

/** Refuses 'parties.parentNotFound' for one that is not there, merged or the cash customer, and 'parties.parentBelowItself' where a circle would come of it. */
export async function assertParent(ctx: CommandCtx, { party_id, parent_id, name }: { party_id?: string; parent_id: string | null | undefined; name: string }): Promise<void> {
  if (parent_id === null || parent_id === undefined) return
  const no = (): Refusal => new Refusal('parties.parentNotFound', { parent_id })
  await assertVisible(ctx, parent_id, no)
  const row = await ctx.db.get<{ id: string }>('select id from parties_party where id = ? and same_as = id and is_cash = 0', [parent_id])
  if (!row) throw no()
  if (party_id === undefined || !(await aboveOf(ctx, parent_id)).includes(party_id)) return
  throw new Refusal('parties.parentBelowItself', { name, parent_name: (await partyOf(ctx, parent_id)).name })
}

type Row = OutputOf<typeof partyTree>['rows'][number]

/** More than this is no tree that somebody looks at. */
const MOST = 500

export const partyTreeHandler = answer(partyTree, async (ctx, { party_id }) => {
  const own = await winnerOf(ctx, party_id)
  const seen = visibleParties(ctx.scope, 'p.id')
  const self = await ctx.db.get<{ id: string }>(`select p.id from parties_party p where p.id = ? and ${seen.sql}`, [own, ...seen.params])
  if (!self) throw new Refusal('parties.partyNotFound', { party_id })
  const above = (await ctx.db.all<{ id: string }>(ABOVE, [own])).map((r) => r.id)
  const rows = await ctx.db.all<Row>(
    `select p.id as party_id, p.parent_id, p.code, p.name, p.chain_role, p.is_active, u.name as assigned_name
       from parties_party p left join parties_assignment a on a.party_id = p.id and a.to_day is null left join platform_user u on u.id = a.user_id
      where p.same_as = p.id and p.id in (${BELOW}) and ${seen.sql} order by p.name, p.id limit ?`,
    [above.at(-1)!, ...seen.params, MOST],
  )
  // Where one between is out of sight, who stands below them is shown as a head.
  const known = new Set(rows.map((r) => r.party_id))
  return { rows: rows.map((row) => ({ ...row, parent_id: row.parent_id !== null && known.has(row.parent_id) ? row.parent_id : null })) }
})
