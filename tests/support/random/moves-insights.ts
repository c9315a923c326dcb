import * as insights from '../../../src-main/modules/insights/contract.ts'
import { anyItem, customer, move, often, type Move, type Walk } from './walk.ts'

type Id = { id: string }
const tierIn = (w: Walk) => w.pick<Id & { name_zh: string; position: number }>('select id, name_zh, position from insights_tier order by position desc')
const segmentIn = (w: Walk) => w.pick<Id & { name: string }>('select id, name from insights_segment order by id desc')

const bounds = (w: Walk) => {
  const pair = (letter: 'r' | 'f' | 'm') => {
    const [a, b] = [1 + w.roll(5), 1 + w.roll(5)]
    return { [`${letter}_from`]: Math.min(a, b), [`${letter}_to`]: Math.max(a, b) }
  }
  return { ...pair('r'), ...pair('f'), ...pair('m') } as Record<'r_from' | 'r_to' | 'f_from' | 'f_to' | 'm_from' | 'm_to', number>
}
const policy = (w: Walk) => ({ price_level: w.chance(2) ? w.one(['批发', '会员']) : null, offer: w.chance(2) ? '满千减百' : null, visit_days: w.chance(3) ? 1 + w.roll(60) : null, service_priority: w.chance(2) ? 1 + w.roll(3) : null })

async function conditions(w: Walk) {
  const is_not = w.chance(3) ? (1 as const) : (0 as const)
  const tier = await tierIn(w)
  return [
    w.one([
      { kind: 'bought' as const, is_not, within_days: w.roll(200), min_count: 1 + w.roll(3) },
      { kind: 'bought' as const, is_not, item_id: await anyItem(w) },
      { kind: 'field' as const, is_not, field: 'name' as const, value: '商' },
      { kind: 'overdue' as const, is_not, min_days: w.roll(60) },
      { kind: 'tier' as const, is_not, tier_ids: [tier!.id] },
      { kind: 'expected' as const, is_not, within_days: w.roll(60) },
    ]),
  ]
}

export const insightsMoves: readonly Move[] = [
  move(insights.recompute, async (w) => ({ again: w.chance(3) ? (0 as const) : (1 as const) })),
  move(insights.raiseTasks, async () => ({})),
  move(insights.raiseCall, async (w) => {
    const due = w.chance(3) ? undefined : await w.pick<{ party_id: string }>('select s.party_id from insights_score s where s.expected_on is not null and not exists (select 1 from insights_raised r where r.party_id = s.party_id) order by s. party_id desc')
    return { party_id: due?.party_id ?? (await customer(w)) }
  }),
  move(insights.createTier, async (w) => ({ name_zh: w.fresh('等级'), ...bounds(w), ...policy(w) })),
  often(2, move(insights.updateTier, async (w) => {
    const row = await tierIn(w)
    return row && { tier_id: row.id, name_zh: row.name_zh, position: w.chance(3) ? 1 + w.roll(6) : row.position, is_active: w.chance(2) ? (0 as const) : (1 as const), ...bounds(w), ...policy(w) }
  })),
  move(insights.createSegment, async (w) => ({ name: w.fresh('分群'), match: w.one(['all', 'any'] as const), conditions: await conditions(w) })),
  move(insights.updateSegment, async (w) => {
    const row = await segmentIn(w)
    return row && { segment_id: row.id, name: row.name, conditions: [...(await conditions(w)), ...(await conditions(w))] }
  }),
  move(insights.removeSegment, async (w) => {
    const row = await segmentIn(w)
    return row && { segment_id: row.id }
  }),
]
