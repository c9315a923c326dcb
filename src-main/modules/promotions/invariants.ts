import type { Invariant } from '../../kernel/operation.ts'

/** Whose a coupon was when it was used: who it was given to, and with whom they were one customer at that moment; parted again since, they still were. */
const HELD_THEN = `with recursive held (use_id, at, party_id) as (
  select u.id, u.at, c.party_id from promotions_coupon_use u join promotions_coupon c on c.id = u.coupon_id where c.party_id is not null and u.undone_at is null
  union select h.use_id, h.at, case when m.loser_id = h.party_id then m.winner_id else m.loser_id end from held h join parties_merge m on m.loser_id = h.party_id or m.winner_id = h.party_id
   where m.merged_at <= h.at and coalesce(m.parted_at, h.at) >= h.at)
  select use_id, party_id from held`

/** Truths about promotions; each query must return no rows. */
export const promotionInvariants: readonly Invariant[] = [
  {
    name: 'promotions: no flash sale has sold more than its quota, or less than nothing',
    sql: `select p.id, p.name from promotions_promotion p join promotions_claim c on c.promotion_id = p.id
           group by p.id, p.name, p.quota_e6 having sum(c.quantity_e6) > p.quota_e6 or sum(c.quantity_e6) < 0`,
  },
  {
    name: 'promotions: no document gave back more pieces than it got',
    sql: `select promotion_id, source_id, source_line_no from promotions_claim group by promotion_id, source_id, source_line_no having sum(quantity_e6) < 0`,
  },
  {
    name: 'promotions: what is set aside is the quota less what is sold while it runs, and nothing otherwise',
    sql: `select p.id, p.name from promotions_promotion p where p.kind = 'flash'
            and coalesce((select sum(l.quantity_e6) from inventory_plan l where l.source_kind = 'promotions.promotion' and l.source_id = p.id), 0)
             <> case when p.state in ('running', 'paused') then p.quota_e6 - coalesce((select sum(c.quantity_e6) from promotions_claim c where c.promotion_id = p.id), 0) else 0 end`,
  },
  {
    name: 'promotions: no coupon was used oftener than it may be, and only by whose it is',
    sql: `select c.id, c.code from promotions_coupon c join promotions_coupon_use u on u.coupon_id = c.id
           where u.undone_at is null group by c.id, c.code, c.most_uses having count(*) > c.most_uses
          union all
          select c.id, c.code from promotions_coupon c join promotions_coupon_use u on u.coupon_id = c.id
           where c.party_id is not null and u.undone_at is null and not exists (select 1 from (${HELD_THEN}) h where h.use_id = u.id and h.party_id = u.party_id)`,
  },
]
