import { addDays } from '../../kernel/day.ts'
import type { OutputOf } from '../../kernel/contract.ts'
import { answer } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { visibleParties } from '../parties/index.ts'
import { leadSources } from './contract.ts'
import { joined, visibleLeads } from './query-parts.ts'

const A_YEAR = 365
/** What the customer that a lead became has been invoiced since then, less credits; what the reader may not see counts as nothing. */
const bought = (sight: string): string =>
  `(select coalesce(sum(i.net_minor), 0) from sales_invoice i where i.party_id = l.party_id and i.day >= l.converted_on and ${sight})`

export const leadSourcesHandler = answer(leadSources, async (ctx, { from = addDays(ctx.today, -A_YEAR), to = ctx.today }) => {
  if (from > to) throw new Refusal('crm.daysTurned', { from, to })
  const seen = visibleParties(ctx.scope, 'i.party_id')
  const { where, params } = joined([visibleLeads(ctx.scope, 'l'), { sql: 'l.created_on >= ? and l.created_on <= ?', params: [from, to] }])
  const one = `select l.id, l.source, l.state, l.referrer_id, case when l.state = 'converted' then ${bought(seen.sql)} else 0 end as net_minor from crm_lead l where ${where}`
  const rows = await ctx.db.all<OutputOf<typeof leadSources>['rows'][number]>(
    `select x.source, count(*) as leads, sum(case when x.state in ('new', 'working') then 1 else 0 end) as open, sum(case when x.state = 'lost' then 1 else 0 end) as lost,
            sum(case when x.state = 'converted' then 1 else 0 end) as converted, sum(case when x.net_minor > 0 then 1 else 0 end) as bought, sum(x.net_minor) as net_minor
       from (${one}) x group by x.source order by count(*) desc, x.source`,
    [...seen.params, ...params],
  )
  const known = visibleParties(ctx.scope, 'p.id')
  const referrers = await ctx.db.all<OutputOf<typeof leadSources>['referrers'][number]>(
    `select p.id as party_id, p.name, count(*) as leads, sum(case when x.state = 'converted' then 1 else 0 end) as converted, sum(x.net_minor) as net_minor
       from (${one}) x join parties_party p on p.id = x.referrer_id where ${known.sql} group by p.id, p.name order by count(*) desc, p.id limit 100`,
    [...seen.params, ...params, ...known.params],
  )
  const became = await ctx.db.get<{ converted: number; referred: number | null }>(
    `select count(*) as converted, sum(case when l.referrer_id is not null then 1 else 0 end) as referred from crm_lead l where ${where} and l.state = 'converted'`,
    params,
  )
  return { from, to, rows, converted: became?.converted ?? 0, converted_referred: became?.referred ?? 0, referrers }
})
