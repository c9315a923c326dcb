import { addDays } from '../../kernel/day.ts'
import type { QueryCtx } from '../../kernel/operation.ts'
import type { SqlValue } from '../../storage/db.ts'
import { recycleIdleDays, recycleNoDealDays } from './rules.ts'
import { ofParty } from '../parties/index.ts'

/** A customer or open lead with who holds it and when something last happened. */
export type Held = {
  readonly id: string
  readonly kind: 'party' | 'lead'
  readonly code: string
  readonly name: string
  readonly phone: string | null
  readonly owner_id: string | null
  readonly owned_since: string | null
  readonly last_on: string | null
  readonly last_sold_on: string | null
  readonly is_protected: 0 | 1
}

/** SQL of all customers and open leads, as rows `h` of `Held`; one parameter: today. The cash customer is nobody's and everybody's. */
export const HELD = `select p.id, 'party' as kind, p.code, p.name, p.phone, a.user_id as owner_id, a.from_day as owned_since,
    (select max(c.day) from crm_activity c where c.party_id = p.id and c.is_withdrawn = 0) as last_on,
    (select max(i.day) from sales_invoice i where ${ofParty('i.party_id', 'p.id')} and i.kind = 'invoice') as last_sold_on,
    case when exists (select 1 from crm_protection x where x.party_id = p.id and (x.until_on is null or x.until_on >= ?)) then 1 else 0 end as is_protected
  from parties_party p left join parties_assignment a on a.party_id = p.id and a.to_day is null where p.is_customer = 1 and p.is_cash = 0 and p.is_active = 1
  union all
  select l.id, 'lead', l.code, coalesce(l.company, l.name), l.phone, l.owner_id, l.owned_since,
    (select max(c.day) from crm_activity c where c.lead_id = l.id and c.is_withdrawn = 0), null,
    case when exists (select 1 from crm_protection x where x.lead_id = l.id and (x.until_on is null or x.until_on >= ?)) then 1 else 0 end
  from crm_lead l where l.state in ('new', 'working')`
export const heldParams = (ctx: Pick<QueryCtx, 'today'>): SqlValue[] => [ctx.today, ctx.today]

/**
 * The day on which one goes back into the pool by the rules: so many days after the last follow-up, or the last invoice, or since it has its
 * owner, whichever is later. Null: never.
 */
export function recycledOn(ctx: Pick<QueryCtx, 'setting'>, h: Pick<Held, 'kind' | 'owner_id' | 'owned_since' | 'last_on' | 'last_sold_on' | 'is_protected'>): string | null {
  if (h.owner_id === null || h.owned_since === null || h.is_protected === 1) return null
  const since = h.owned_since
  const later = (day: string | null): string => (day !== null && day > since ? day : since)
  const idle = ctx.setting(recycleIdleDays)
  const deal = h.kind === 'party' ? ctx.setting(recycleNoDealDays) : 0
  const days = [...(idle > 0 ? [addDays(later(h.last_on), idle)] : []), ...(deal > 0 ? [addDays(later(h.last_sold_on), deal)] : [])]
  return days.length === 0 ? null : days.sort()[0]!
}
