import { addDays, daysBetween } from '../../kernel/day.ts'
import { answer, type QueryCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { visibleParties } from '../parties/index.ts'
import { refsFound } from '../platform/index.ts'
import { getCustomer, listCustomers, nextPurchases } from './contract.ts'
import { nextItemsOf } from './next-items.ts'
import { ACTIVE, CUSTOMER, customersWhere, joined, pageSql, riskSql, STANDING, type Condition } from './query-parts.ts'
import { recommendedFor } from './recommend.ts'
import { segmentCondition } from './segments.ts'

const SORT = { amount: 's.amount_minor', lifetime: 's.lifetime_minor', future: 's.future_minor', risk: 's.risk', last_on: 's.last_on', expected_on: 's.expected_on', name: 'p.name' } as const
// In this order, by the customer: else SQLite, which knows no numbers of rows, goes through all open tasks for each of them.
const OPEN_CALL = `(select x.task_id from parties_party w cross join insights_raised x cross join crm_task k
  where w.same_as = s.party_id and x.party_id = w.id and x.why = 'repurchase' and k.id = x.task_id and k.state = 'open' order by x.task_id limit 1)`

async function asked(ctx: QueryCtx, { text, segment_id }: { text: string; segment_id: string | undefined }): Promise<Condition[]> {
  return [
    { sql: STANDING, params: [] },
    visibleParties(ctx.scope, 's.party_id'),
    ...(text === '' ? [] : [await refsFound(ctx.db, { kind: 'party', text, column: 's.party_id' })]),
    ...(segment_id === undefined ? [] : [await segmentCondition(ctx, { segment_id, column: 's.party_id' })]),
  ]
}

export const listCustomersHandler = answer(listCustomers, async (ctx, input) => {
  const { tier_id, standing, risk, r, f, sort, direction, limit, offset } = input
  const conditions = await asked(ctx, { text: input.text, segment_id: input.segment_id })
  if (tier_id !== undefined) conditions.push({ sql: 's.tier_id = ?', params: [tier_id] })
  if (standing !== undefined) conditions.push({ sql: 's.standing = ?', params: [standing] })
  if (risk !== undefined) conditions.push({ sql: riskSql(risk), params: [] })
  if (r !== undefined) conditions.push({ sql: 's.r = ?', params: [r] })
  if (f !== undefined) conditions.push({ sql: 's.f = ?', params: [f] })
  const { where, params } = joined(conditions)
  const mayCosts = ctx.may('sales.cost')
  const whole = (await ctx.db.get<{ n: number; amount_minor: number; margin_minor: number; lifetime_minor: number }>(
    `select count(*) as n, coalesce(sum(s.amount_minor), 0) as amount_minor, coalesce(sum(s.margin_minor), 0) as margin_minor, coalesce(sum(s.lifetime_minor), 0) as lifetime_minor
       from insights_score s where ${where}`,
    params,
  ))!
  // An order by what costs tell would tell it.
  const by = SORT[!mayCosts && (sort === 'lifetime' || sort === 'future') ? 'amount' : sort]
  const rows = await customersWhere(ctx, { where, params, order: `${by} ${direction} nulls last, s.party_id`, page: { limit, offset } })
  return { rows, total: whole.n, amount_minor: whole.amount_minor, margin_minor: mayCosts ? whole.margin_minor : null, lifetime_minor: mayCosts ? whole.lifetime_minor : null }
})

export const getCustomerHandler = answer(getCustomer, async (ctx, { party_id }) => {
  const seen = visibleParties(ctx.scope, 'p.id')
  if (!(await ctx.db.get<{ id: string }>(`select p.id from parties_party p where p.id = ? and ${seen.sql}`, [party_id, ...seen.params]))) throw new Refusal('parties.partyNotFound', { party_id })
  const [score] = await customersWhere(ctx, { where: 's.party_id = ?', params: [party_id], order: 's.party_id' })
  const policy = await ctx.db.get<{ offer: string | null; service_priority: number | null; visit_days: number | null }>(
    'select t.offer, t.service_priority, t.visit_days from insights_score s join insights_tier t on t.id = s.tier_id where s.party_id = ?',
    [party_id],
  )
  const moves = await ctx.db.all<{ day: string; to_zh: string | null; to_en: string | null }>(
    `select v.day, t.name_zh as to_zh, t.name_en as to_en from insights_tier_move v left join insights_tier t on t.id = v.to_tier_id where v.party_id = ? order by v.day desc, v.id desc limit 10`,
    [party_id],
  )
  const next_items = (await nextItemsOf(ctx.db, { ids: [party_id], today: ctx.today })).get(party_id) ?? []
  return { score: score ?? null, policy: policy ?? null, next_items, recommended: await recommendedFor(ctx, party_id), moves }
})

const NEXT_SORT = { expected_on: 's.expected_on', amount: 's.amount_minor', name: 'p.name' } as const
const AHEAD = { due: 0, week: 7, month: 31, all: undefined } as const

type NextRow = { party_id: string; code: string; name: string; phone: string | null; owner_name: string | null; tier_zh: string | null; tier_en: string | null; interval_days: number; purchase_days: number; last_on: string; expected_on: string; amount_minor: number; task_id: string | null }

export const nextPurchasesHandler = answer(nextPurchases, async (ctx, { text, show, segment_id, sort, direction, limit, offset }) => {
  const conditions = await asked(ctx, { text, segment_id })
  conditions.push({ sql: `s.expected_on is not null and s.lapses_on > ? and ${ACTIVE}`, params: [ctx.today] })
  const ahead = AHEAD[show]
  if (ahead !== undefined) conditions.push({ sql: 's.expected_on <= ?', params: [addDays(ctx.today, ahead)] })
  const { where, params } = joined(conditions)
  const total = (await ctx.db.get<{ n: number }>(`select count(*) as n from insights_score s where ${where}`, params))!.n
  const order = `${NEXT_SORT[sort]} ${direction}, s.party_id`
  const rows = await ctx.db.all<NextRow>(
    `select p.id as party_id, p.code, p.name, p.phone, u.name as owner_name, t.name_zh as tier_zh, t.name_en as tier_en, s.interval_days, s.purchase_days, s.last_on, s.expected_on, s.amount_minor, ${OPEN_CALL} as task_id
       from ${CUSTOMER.from} where ${pageSql({ where, order })} order by ${order}`,
    [...params, limit, offset],
  )
  const items = await nextItemsOf(ctx.db, { ids: rows.map((row) => row.party_id), today: ctx.today })
  return { rows: rows.map((row) => ({ ...row, late_days: daysBetween({ from: row.expected_on, to: ctx.today }), items: items.get(row.party_id) ?? [] })), total }
})
