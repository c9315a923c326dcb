import type { Invariant } from '../../kernel/operation.ts'
import { segmentCondition } from './contract-words.ts'

/** Truths about what is known of customers. */
export const insightsInvariants: readonly Invariant[] = [
  {
    name: 'insights: a customer stands in the tier to which the last move took them',
    sql: `select s.party_id from insights_score s left join insights_tier_move v on v.party_id = s.party_id
            and v.id = (select max(x.id) from insights_tier_move x where x.party_id = s.party_id)
           where coalesce(s.tier_id, '') <> coalesce(v.to_tier_id, '')`,
  },
  {
    name: 'insights: each move of a tier begins where the one before it ended',
    sql: `select q.id from (select v.id, v.from_tier_id, lag(v.to_tier_id) over (partition by v.party_id order by v.id) as last_id from insights_tier_move v) q
           where coalesce(q.from_tier_id, '') <> coalesce(q.last_id, '')`,
  },
  {
    name: 'insights: tiers are numbered without gaps',
    sql: `select t.id from insights_tier t where t.position <> (select count(*) from insights_tier x where x.position <= t.position)`,
  },
  {
    name: 'insights: every condition of a segment is one that can be asked',
    find: async (db) => {
      const rows = await db.all<{ id: string; conditions: string }>('select id, conditions from insights_segment order by id')
      return rows.filter(({ conditions }) => {
        const list = JSON.parse(conditions) as unknown[]
        return list.length === 0 || list.some((c) => !segmentCondition.safeParse(c).success)
      })
    },
  },
]
