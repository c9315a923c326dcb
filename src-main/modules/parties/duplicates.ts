import type { OutputOf } from '../../kernel/contract.ts'
import { answer, handle, type QueryCtx } from '../../kernel/operation.ts'
import { marks } from '../../storage/db.ts'
import { keepPairs } from './alike.store.ts'
import { duplicatePairs, listMerges, weighDuplicates } from './contract-merge.ts'
import { pairsOf } from './profiles.ts'
import { ofParty, visibleParties } from './read-party.ts'

type Pair = OutputOf<typeof duplicatePairs>['rows'][number]
type Brief = Pair['one']

/** So many that wait are weighed while somebody looks; more than that do so in the background. */
const WEIGHED_AT_ONCE = 100
/** Weighed by one run of the background, and written together. */
const A_RUN = 5_000
const BATCH = 500

const nextUnweighed = async ({ db }: Pick<QueryCtx, 'db'>, limit: number): Promise<string[]> =>
  (await db.all<{ party_id: string }>('select party_id from parties_unweighed order by party_id limit ?', [limit])).map((r) => r.party_id)
const unweighedCount = async ({ db }: Pick<QueryCtx, 'db'>): Promise<number> => (await db.get<{ n: number }>('select count(*) as n from parties_unweighed'))!.n

export const weighDuplicatesHandler = handle(weighDuplicates, async (ctx) => {
  const ids = await nextUnweighed(ctx, A_RUN)
  for (let from = 0; from < ids.length; from += BATCH) {
    const some = ids.slice(from, from + BATCH)
    await keepPairs(ctx, { ids: some, pairs: await pairsOf(ctx, some) })
    await ctx.breathe(from, ids.length)
  }
  return { weighed: ids.length, unweighed: await unweighedCount(ctx) }
})

type Likely = { readonly one_id: string; readonly other_id: string; readonly score: number; readonly because: readonly string[] }
const surestFirst = (a: Likely, b: Likely): number => b.score - a.score || (a.one_id + a.other_id < b.one_id + b.other_id ? -1 : 1)

/** Pairs for who may see both; those that somebody told apart are left out. */
export const duplicatePairsHandler = answer(duplicatePairs, async (ctx, { least_score, limit, offset }) => {
  const unweighed = await unweighedCount(ctx)
  const waiting = await nextUnweighed(ctx, WEIGHED_AT_ONCE)
  const [one, other] = [visibleParties(ctx.scope, 's.one_id'), visibleParties(ctx.scope, 's.other_id')]
  const where = `s.score >= ? and ${one.sql} and ${other.sql}
    and not exists (select 1 from parties_distinct d where d.one_id = s.one_id and d.other_id = s.other_id)
    ${unweighed === 0 ? '' : 'and not exists (select 1 from parties_unweighed u where u.party_id = s.one_id) and not exists (select 1 from parties_unweighed u where u.party_id = s.other_id)'}`
  const params = [least_score, ...one.params, ...other.params]
  const kept = await ctx.db.all<Omit<Likely, 'because'> & { because: string }>(
    `select s.one_id, s.other_id, s.score, s.because from parties_alike s where ${where} order by s.score desc, s.one_id, s.other_id limit ?`,
    [...params, limit + offset],
  )
  const total = (await ctx.db.get<{ n: number }>(`select count(*) as n from parties_alike s where ${where}`, params))!.n
  const fresh = await seenOf(ctx, (await pairsOf(ctx, waiting)).filter((pair) => pair.score >= least_score))
  const shown = [...kept.map((pair) => ({ ...pair, because: JSON.parse(pair.because) as Pair['because'] })), ...fresh].sort(surestFirst).slice(offset, offset + limit)
  const ids = [...new Set(shown.flatMap((p) => [p.one_id, p.other_id]))]
  const rows = await ctx.db.all<Brief>(
    `select p.id as party_id, p.code, p.name, p.phone, p.tax_no, p.is_customer, p.is_supplier, p.is_active, u.name as assigned_name, p.created_at
       from parties_party p left join parties_assignment a on a.party_id = p.id and a.to_day is null left join platform_user u on u.id = a.user_id
      where p.id in (${marks(ids)}) order by p.id`,
    ids,
  )
  const briefs = new Map(rows.map((r) => [r.party_id, r]))
  return {
    rows: shown.map(({ one_id, other_id, score, because }): Pair => ({ pair: `${one_id} ${other_id}`, score, because: [...because] as Pair['because'], one: briefs.get(one_id)!, other: briefs.get(other_id)! })),
    total: total + fresh.length,
    unweighed: unweighed - waiting.length,
  }
})

/** Those of the pairs of which somebody may see both, and that nobody told apart. */
async function seenOf(ctx: QueryCtx, pairs: readonly Likely[]): Promise<Likely[]> {
  const ids = [...new Set(pairs.flatMap((p) => [p.one_id, p.other_id]))]
  const seen = visibleParties(ctx.scope, 'p.id')
  const visible = new Set<string>()
  const apart = new Set<string>()
  for (let from = 0; from < ids.length; from += BATCH) {
    const some = ids.slice(from, from + BATCH)
    for (const { id } of await ctx.db.all<{ id: string }>(`select p.id from parties_party p where p.id in (${marks(some)}) and ${seen.sql} order by p.id`, [...some, ...seen.params])) visible.add(id)
    for (const d of await ctx.db.all<{ one_id: string; other_id: string }>(`select one_id, other_id from parties_distinct where one_id in (${marks(some)}) order by one_id, other_id`, some)) apart.add(`${d.one_id} ${d.other_id}`)
  }
  return pairs.filter((p) => visible.has(p.one_id) && visible.has(p.other_id) && !apart.has(`${p.one_id} ${p.other_id}`))
}

export const listMergesHandler = answer(listMerges, async (ctx, { party_id, limit, offset }) => {
  const seen = visibleParties(ctx.scope, 'm.winner_id')
  const of = party_id === undefined ? { sql: '1 = 1', params: [] } : { sql: ofParty('m.winner_id'), params: [party_id] }
  const from = `parties_merge m join parties_party w on w.id = m.winner_id join parties_party l on l.id = m.loser_id
    join platform_user b on b.id = m.merged_by left join platform_user t on t.id = m.parted_by where ${seen.sql} and ${of.sql}`
  const params = [...seen.params, ...of.params]
  const rows = await ctx.db.all<OutputOf<typeof listMerges>['rows'][number]>(
    `select m.id as merge_id, m.winner_id, w.code as winner_code, w.name as winner_name, m.loser_id, l.code as loser_code, l.name as loser_name,
            b.name as merged_by_name, m.merged_at, m.reason, (select count(*) from parties_merge_row r where r.merge_id = m.id) as moved,
            t.name as parted_by_name, m.parted_at
       from ${from} order by m.id desc limit ? offset ?`,
    [...params, limit, offset],
  )
  return { rows, total: (await ctx.db.get<{ n: number }>(`select count(*) as n from ${from}`, params))!.n }
})
