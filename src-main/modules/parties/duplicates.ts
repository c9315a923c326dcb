import type { OutputOf } from '../../kernel/contract.ts'
import { answer } from '../../kernel/operation.ts'
import { marks } from '../../storage/db.ts'
import { duplicatePairs, listMerges } from './contract-merge.ts'
import { profilesOf, sharedKeysSql } from './profiles.ts'
import { ofParty, visibleParties } from './read-party.ts'
import { resemblanceOf } from './resemblance.ts'

type Pair = OutputOf<typeof duplicatePairs>['rows'][number]
type Brief = Pair['one']

/** Pairs are weighed by who may see both; those that somebody told apart are left out. */
export const duplicatePairsHandler = answer(duplicatePairs, async (ctx, { least_score, limit, offset }) => {
  const [one, other] = [visibleParties(ctx.scope, 's.one_id'), visibleParties(ctx.scope, 's.other_id')]
  const pairs = await ctx.db.all<{ one_id: string; other_id: string }>(
    `select s.one_id, s.other_id from (${sharedKeysSql()}) s
      where ${one.sql} and ${other.sql} and not exists (select 1 from parties_distinct d where d.one_id = s.one_id and d.other_id = s.other_id) order by s.one_id, s.other_id`,
    [...one.params, ...other.params],
  )
  const profiles = await profilesOf(ctx, [...new Set(pairs.flatMap((p) => [p.one_id, p.other_id]))])
  const weighed = pairs
    .map((p) => ({ ...p, ...resemblanceOf(profiles.get(p.one_id)!, profiles.get(p.other_id)!) }))
    .filter((p) => p.score >= least_score)
    .sort((a, b) => b.score - a.score || (a.one_id + a.other_id < b.one_id + b.other_id ? -1 : 1))
  const shown = weighed.slice(offset, offset + limit)
  const ids = [...new Set(shown.flatMap((p) => [p.one_id, p.other_id]))]
  const rows = await ctx.db.all<Brief>(
    `select p.id as party_id, p.code, p.name, p.phone, p.tax_no, p.is_customer, p.is_supplier, p.is_active, u.name as assigned_name, p.created_at
       from parties_party p left join parties_assignment a on a.party_id = p.id and a.to_day is null left join platform_user u on u.id = a.user_id
      where p.id in (${marks(ids)}) order by p.id`,
    ids,
  )
  const briefs = new Map(rows.map((r) => [r.party_id, r]))
  return {
    rows: shown.map(({ one_id, other_id, score, because }): Pair => ({ pair: `${one_id} ${other_id}`, score, because: [...because], one: briefs.get(one_id)!, other: briefs.get(other_id)! })),
    total: weighed.length,
  }
})

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
