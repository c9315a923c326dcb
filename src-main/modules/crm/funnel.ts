import { addDays, daysBetween } from '../../kernel/day.ts'
import { answer } from '../../kernel/operation.ts'
import { visibleParties } from '../parties/index.ts'
import { funnel } from './contract.ts'
import { bottleneckOf, funnelOf, type Stay, type Told } from './opportunity.ts'
import { joined, type Condition } from './query-parts.ts'

/** A funnel looks this far back where nobody says. */
const DAYS = 180

type Move = { readonly opportunity_id: string; readonly position: number; readonly state: string; readonly day: string }

export const funnelHandler = answer(funnel, async (ctx, { from = addDays(ctx.today, -DAYS), to = ctx.today, owner_id }) => {
  const conditions: Condition[] = [visibleParties(ctx.scope, 'o.party_id'), { sql: 'o.created_on >= ? and o.created_on <= ?', params: [from, to] }]
  if (owner_id !== undefined) conditions.push({ sql: 'o.owner_id = ?', params: [owner_id] })
  const { where, params } = joined(conditions)
  const stages = await ctx.db.all<{ stage_id: string; name_zh: string; name_en: string; position: number }>(
    'select id as stage_id, name_zh, name_en, position from crm_stage where is_active = 1 order by position, id',
  )
  const told = await ctx.db.all<Told>(
    `select o.id as opportunity_id, o.state, o.amount_minor, s.position,
            (select max(h.position) from crm_stage_move m join crm_stage h on h.id = m.stage_id where m.opportunity_id = o.id) as highest
       from crm_opportunity o join crm_stage s on s.id = o.stage_id where ${where} order by o.id`,
    params,
  )
  const moves = await ctx.db.all<Move>(
    `select m.opportunity_id, s.position, m.state, m.day from crm_stage_move m join crm_stage s on s.id = m.stage_id join crm_opportunity o on o.id = m.opportunity_id
      where ${where} order by m.opportunity_id, m.seq`,
    params,
  )
  const seen = funnelOf(stages.map((s) => s.position), { told, stays: staysOf(moves) })
  const narrow = bottleneckOf(seen)
  const won = told.filter((o) => o.state === 'won')
  const reasons = await ctx.db.all<{ close_reason: string; count: number; amount_minor: number }>(
    `select o.close_reason, count(*) as count, sum(o.amount_minor) as amount_minor from crm_opportunity o where o.state = 'lost' and ${where}
      group by o.close_reason order by count(*) desc, o.close_reason limit 20`,
    params,
  )
  return {
    from,
    to,
    stages: stages.map(({ position: _, ...stage }, i) => ({ ...stage, ...seen[i]! })),
    won: won.length,
    won_minor: won.reduce((sum, o) => sum + o.amount_minor, 0),
    lost: told.filter((o) => o.state === 'lost').length,
    bottleneck_id: narrow === null ? null : stages[narrow]!.stage_id,
    reasons,
  }
})

/** How long each stood where, from one step to the next; the last step of an open one is still going on. */
function staysOf(moves: readonly Move[]): Stay[] {
  return moves.flatMap((move, i): Stay[] => {
    if (move.state !== 'open') return []
    const next = moves[i + 1]?.opportunity_id === move.opportunity_id ? moves[i + 1] : undefined
    return [{ opportunity_id: move.opportunity_id, position: move.position, days: next ? daysBetween({ from: move.day, to: next.day }) : null }]
  })
}
