import { addDays } from '../../kernel/day.ts'
import { answer, type QueryCtx } from '../../kernel/operation.ts'
import { visibleParties } from '../parties/index.ts'
import { listTierMoves, overview } from './contract.ts'
import { joined, riskSql, type Condition } from './query-parts.ts'

type Sums = { customers: number; amount_minor: number }
type Run = { day: string; from_on: string; at: number; by_name: string; moved: number; baskets: number; models: string }
type Models = { buying: Record<string, number> | null; spending: Record<string, number> | null; likelihood: number | null }

const CALLS_OF_DAYS = 90
const BOUGHT_WITHIN_DAYS = 30

export const overviewHandler = answer(overview, async (ctx) => {
  const { sql, params } = visibleParties(ctx.scope, 's.party_id')
  const sums = <K>(key: string, where = '1 = 1'): Promise<(Sums & K)[]> =>
    ctx.db.all<Sums & K>(`select ${key}, count(*) as customers, coalesce(sum(s.amount_minor), 0) as amount_minor from insights_score s where ${sql} and ${where} group by ${key} order by ${key}`, params)
  const run = await ctx.db.get<Run>('select r.day, r.from_on, r.at, u.name as by_name, r.moved, r.baskets, r.models from insights_run r join platform_user u on u.id = r.by_id order by r.at desc, r.id desc limit 1')
  const tiers = await ctx.db.all<Sums & { tier_id: string | null; name_zh: string; name_en: string; offer: string | null }>(
    `select t.id as tier_id, t.name_zh, t.name_en, t.offer, coalesce(q.customers, 0) as customers, coalesce(q.amount_minor, 0) as amount_minor
       from insights_tier t left join (select s.tier_id, count(*) as customers, sum(s.amount_minor) as amount_minor from insights_score s where s.tier_id is not null and ${sql} group by s.tier_id) q on q.tier_id = t.id
      where t.is_active = 1 or q.customers > 0 order by t.position, t.id`,
    params,
  )
  const { models, ...told } = run ?? { models: null }
  const cells = await sums<{ 's.r': number; r: number; f: number }>('s.r, s.f', `s.standing = 'scored'`)
  const risk = (await ctx.db.get<{ high: number | null; watch: number | null; due: number | null }>(
    `select sum(case when ${riskSql('high')} then 1 else 0 end) as high, sum(case when ${riskSql('watch')} then 1 else 0 end) as watch,
            sum(case when s.expected_on <= ? and s.lapses_on > ? then 1 else 0 end) as due
       from insights_score s where ${sql}`,
    [ctx.today, ctx.today, ...params],
  ))!
  const parsed = models === null ? null : (JSON.parse(models) as Models)
  return {
    run: run ? (told as Omit<Run, 'models'>) : null,
    tiers,
    cells: cells.map(({ r, f, customers, amount_minor }) => ({ r, f, customers, amount_minor })),
    standings: (await sums<{ standing: 'scored' | 'quiet' | 'not_positive' | 'no_invoice' }>('s.standing')),
    risk_high: risk.high ?? 0,
    risk_watch: risk.watch ?? 0,
    due: risk.due ?? 0,
    calls: await callsOf(ctx),
    models: parsed === null ? null : { buying: parsed.buying, spending: parsed.spending, likelihood: parsed.likelihood },
  }
})

/** What became of the calls that were raised: whether they were made, and whether the customer bought soon after. */
async function callsOf(ctx: QueryCtx): Promise<{ raised: number; done: number; bought: number }> {
  const seen = visibleParties(ctx.scope, 'x.party_id')
  const calls = await ctx.db.all<{ raised_on: string; state: string; bought_on: string | null }>(
    `select x.raised_on, k.state, (select min(i.day) from parties_party r join parties_party w on w.same_as = r.same_as join sales_invoice i on i.party_id = w.id where r.id = x.party_id and i.kind = 'invoice' and i.day >= x.raised_on) as bought_on
       from insights_raised x join crm_task k on k.id = x.task_id where x.why = 'repurchase' and x.raised_on >= ? and ${seen.sql} order by x.task_id`,
    [addDays(ctx.today, -CALLS_OF_DAYS), ...seen.params],
  )
  const bought = calls.filter((c) => c.bought_on !== null && c.bought_on <= addDays(c.raised_on, BOUGHT_WITHIN_DAYS))
  return { raised: calls.length, done: calls.filter((c) => c.state === 'done').length, bought: bought.length }
}

type Move = { move_id: string; party_id: string; party_name: string; day: string; from_zh: string | null; from_en: string | null; to_zh: string | null; to_en: string | null; from_position: number | null; to_position: number | null }

export const listTierMovesHandler = answer(listTierMoves, async (ctx, { party_id, from_tier_id, to_tier_id, from, to, limit, offset }) => {
  const conditions: Condition[] = [visibleParties(ctx.scope, 'v.party_id')]
  for (const [column, value] of [['party_id', party_id], ['from_tier_id', from_tier_id], ['to_tier_id', to_tier_id]] as const) if (value !== undefined) conditions.push({ sql: `v.${column} = ?`, params: [value] })
  if (from !== undefined) conditions.push({ sql: 'v.day >= ?', params: [from] })
  if (to !== undefined) conditions.push({ sql: 'v.day <= ?', params: [to] })
  const { where, params } = joined(conditions)
  const total = (await ctx.db.get<{ n: number }>(`select count(*) as n from insights_tier_move v where ${where}`, params))!.n
  const rows = await ctx.db.all<Move>(
    `select v.id as move_id, v.party_id, p.name as party_name, v.day, a.name_zh as from_zh, a.name_en as from_en, b.name_zh as to_zh, b.name_en as to_en, a.position as from_position, b.position as to_position
       from insights_tier_move v join parties_party p on p.id = v.party_id left join insights_tier a on a.id = v.from_tier_id left join insights_tier b on b.id = v.to_tier_id
      where ${where} order by v.day desc, v.id desc limit ? offset ?`,
    [...params, limit, offset],
  )
  return { rows: rows.map(({ from_position, to_position, ...row }) => ({ ...row, direction: directionOf(from_position, to_position) })), total }
})

const directionOf = (from: number | null, to: number | null): 'up' | 'down' | 'in' | 'out' => (to === null ? 'out' : from === null ? 'in' : to < from ? 'up' : 'down')
