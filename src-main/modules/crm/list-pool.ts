import { addDays } from '../../kernel/day.ts'
import type { OutputOf } from '../../kernel/contract.ts'
import { answer, type QueryCtx } from '../../kernel/operation.ts'
import { marks } from '../../storage/db.ts'
import { visibleParties } from '../parties/index.ts'
import { refsFound } from '../platform/index.ts'
import { listPool, listPoolMoves, poolLimits } from './contract.ts'
import { HELD, heldParams, recycledOn, type Held } from './held.ts'
import { heldBy } from './pool.ts'
import { either, countOf, joined, LEAD_KIND, visibleLeads, type Condition } from './query-parts.ts'
import { claimsADay, heldAtMost, recycleIdleDays, recycleNoDealDays, remindBeforeDays } from './rules.ts'

type Row = OutputOf<typeof listPool>['rows'][number]

/** Rows `h` that the reader may see: those of his scope's users, and those of nobody. */
function seen(ctx: QueryCtx): Condition {
  const { scope } = ctx
  if (scope.kind === 'all') return { sql: '1 = 1', params: [] }
  return { sql: `(h.owner_id is null or h.owner_id in (${marks(scope.user_ids)}))`, params: [...scope.user_ids] }
}

/** Whatever the rules would take by this day at the latest has seen nothing since then: what SQL can leave out beforehand. */
function perhapsSoon(ctx: QueryCtx): Condition {
  const rules = [ctx.setting(recycleIdleDays), ctx.setting(recycleNoDealDays)].filter((days) => days > 0)
  if (rules.length === 0) return { sql: '1 = 0', params: [] }
  return { sql: 'h.owner_id is not null and h.is_protected = 0 and h.owned_since <= ?', params: [addDays(addDays(ctx.today, ctx.setting(remindBeforeDays)), -Math.min(...rules))] }
}

const rowsWhere = (ctx: QueryCtx, { where, params, tail = '', more = [] }: { where: string; params: Condition['params']; tail?: string; more?: readonly number[] }) =>
  ctx.db.all<Held & { owner_name: string | null }>(
    `select h.id, h.kind, h.code, h.name, h.phone, h.owner_id, u.name as owner_name, h.owned_since, h.last_on, h.last_sold_on, h.is_protected
       from (${HELD}) h left join platform_user u on u.id = h.owner_id where ${where} order by case when h.last_on is null then 0 else 1 end, h.last_on, h.kind, h.id${tail}`,
    [...heldParams(ctx), ...params, ...more],
  )
const told = (ctx: QueryCtx, h: Held & { owner_name: string | null }): Row => ({ ...h, recycled_on: recycledOn(ctx, h) })

async function soonOf(ctx: QueryCtx, conditions: readonly Condition[]): Promise<Row[]> {
  const { where, params } = joined([...conditions, perhapsSoon(ctx)])
  const until = addDays(ctx.today, ctx.setting(remindBeforeDays))
  const rows = (await rowsWhere(ctx, { where, params })).map((h) => told(ctx, h))
  return rows.filter((r) => r.recycled_on !== null && r.recycled_on <= until).sort((a, b) => (a.recycled_on === b.recycled_on ? (a.id < b.id ? -1 : 1) : a.recycled_on! < b.recycled_on! ? -1 : 1))
}

export const listPoolHandler = answer(listPool, async (ctx, { text, kind, show, limit, offset }) => {
  const conditions: Condition[] = [seen(ctx)]
  if (kind !== undefined) conditions.push({ sql: 'h.kind = ?', params: [kind] })
  if (text !== '') conditions.push(either([await refsFound(ctx.db, { kind: 'party', text, column: 'h.id' }), await refsFound(ctx.db, { kind: LEAD_KIND, text, column: 'h.id' })]))
  if (show === 'soon') {
    const rows = await soonOf(ctx, conditions)
    return { rows: rows.slice(offset, offset + limit), total: rows.length }
  }
  conditions.push({ sql: show === 'pool' ? 'h.owner_id is null' : 'h.owner_id is not null', params: [] })
  const { where, params } = joined(conditions)
  const rows = await rowsWhere(ctx, { where, params, tail: ' limit ? offset ?', more: [limit, offset] })
  return { rows: rows.map((h) => told(ctx, h)), total: await countOf(ctx.db, { from: `(${HELD}) h`, where, params: [...heldParams(ctx), ...params] }) }
})

export const poolLimitsHandler = answer(poolLimits, async (ctx) => {
  const claimed = await ctx.db.get<{ n: number }>(`select count(*) as n from crm_pool_move where why = 'claim' and to_user_id = ? and day = ?`, [ctx.actor.id, ctx.today])
  const soon = await soonOf(ctx, [{ sql: 'h.owner_id = ?', params: [ctx.actor.id] }])
  return { held: await heldBy(ctx, ctx.actor.id), held_at_most: ctx.setting(heldAtMost), claimed_today: claimed!.n, claims_a_day: ctx.setting(claimsADay), soon: soon.length }
})

export const listPoolMovesHandler = answer(listPoolMoves, async (ctx, { limit, offset }) => {
  const parties = visibleParties(ctx.scope, 'm.party_id')
  const leads = visibleLeads(ctx.scope, 'l')
  const where = `((m.party_id is not null and ${parties.sql}) or (m.lead_id is not null and ${leads.sql}))`
  const params = [...parties.params, ...leads.params]
  const from = 'crm_pool_move m left join parties_party p on p.id = m.party_id left join crm_lead l on l.id = m.lead_id'
  const rows = await ctx.db.all<OutputOf<typeof listPoolMoves>['rows'][number]>(
    `select m.id as move_id, case when m.party_id is null then 'lead' else 'party' end as kind, coalesce(m.party_id, m.lead_id) as subject_id,
            coalesce(p.name, l.company, l.name) as name, m.why, f.name as from_name, t.name as to_name, b.name as by_name, m.reason, m.day, m.at
       from ${from} left join platform_user f on f.id = m.from_user_id left join platform_user t on t.id = m.to_user_id left join platform_user b on b.id = m.by_id
      where ${where} order by m.day desc, m.id desc limit ? offset ?`,
    [...params, limit, offset],
  )
  return { rows, total: await countOf(ctx.db, { from, where, params }) }
})
