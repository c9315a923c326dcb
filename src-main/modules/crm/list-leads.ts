import type { InputOf, OutputOf } from '../../kernel/contract.ts'
import { answer, type QueryCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { SqlValue } from '../../storage/db.ts'
import { visibleParties } from '../parties/index.ts'
import { extraConditions, extraOrder, refsFound, withExtra } from '../platform/index.ts'
import { getLead, hotLeads, leadWords, listLeads, takeApart } from './contract.ts'
import { takenApart } from './pasted.ts'
import { countOf, joined, LEAD_KIND, visibleLeads, type Condition } from './query-parts.ts'
import { hotScore } from './rules.ts'
import { scoreRulesIn, scoringOf, withReasons, type Scoring } from './score.ts'

type Row = Omit<OutputOf<typeof listLeads>['rows'][number], 'extra' | 'extra_names'>
type Show = InputOf<typeof listLeads>['show']

const OWN_FIELDS = { target: 'crm.lead', column: 'l.extra' } as const
const LAST_ON = '(select max(a.day) from crm_activity a where a.lead_id = l.id and a.is_withdrawn = 0)'

/** Reads leads `l` as they are shown; customers out of the reader's sight are not named. */
async function leadRows(ctx: QueryCtx, { where, params, order, page, scoring }: { where: string; params: readonly SqlValue[]; order: string; page: { limit: number; offset: number }; scoring: Scoring }): Promise<Row[]> {
  const referrer = visibleParties(ctx.scope, 'l.referrer_id')
  const party = visibleParties(ctx.scope, 'l.party_id')
  const { score, columns } = scoring
  const rows = await ctx.db.all<Row>(
    `select l.id as lead_id, l.code, l.name, l.company, l.title, l.phone, l.email, l.wechat, l.tax_no, l.address, l.source, l.campaign,
            case when ${referrer.sql} then l.referrer_id end as referrer_id, case when ${referrer.sql} then r.name end as referrer_name, l.note, l.state, l.lost_reason,
            l.owner_id, u.name as owner_name, l.owned_since, case when ${party.sql} then l.party_id end as party_id, case when ${party.sql} then p.name end as party_name,
            l.converted_on, ${LAST_ON} as last_on, (select min(t.due_on) from crm_task t where t.lead_id = l.id and t.state = 'open') as next_on, l.created_on, l.created_at,
            ${score.sql} as score${columns.sql}
       from crm_lead l left join platform_user u on u.id = l.owner_id left join parties_party r on r.id = l.referrer_id left join parties_party p on p.id = l.party_id
      where ${where} order by ${order} limit ? offset ?`,
    [...referrer.params, ...referrer.params, ...party.params, ...party.params, ...score.params, ...columns.params, ...params, page.limit, page.offset],
  )
  return rows.map((row) => withReasons(row, scoring))
}

const shown: Readonly<Record<Exclude<Show, 'hot'>, string>> = {
  open: `l.state in ('new', 'working')`,
  new: `l.state = 'new'`,
  working: `l.state = 'working'`,
  converted: `l.state = 'converted'`,
  lost: `l.state = 'lost'`,
  pool: `l.owner_id is null and l.state in ('new', 'working')`,
  all: '1 = 1',
}
const sortColumns = { created_on: 'l.id', last_on: LAST_ON, name: 'coalesce(l.company, l.name)', score: 'score' } as const

/** Open leads of so many points for whom nothing is planned. */
function hot(ctx: QueryCtx, { score }: Scoring): Condition {
  const least = ctx.setting(hotScore)
  if (least === 0) return { sql: '1 = 0', params: [] }
  return {
    sql: `${shown.open} and not exists (select 1 from crm_task t where t.lead_id = l.id and t.state = 'open') and ${score.sql} >= ?`,
    params: [...score.params, least],
  }
}

export const listLeadsHandler = answer(listLeads, async (ctx, input) => {
  const { text, show, whose, source, fields, sort, direction, limit, offset } = input
  const scoring = scoringOf(await scoreRulesIn(ctx.db), ctx.today)
  const conditions: Condition[] = [visibleLeads(ctx.scope, 'l'), show === 'hot' ? hot(ctx, scoring) : { sql: shown[show], params: [] }, ...extraConditions(ctx, { ...OWN_FIELDS, filters: fields })]
  if (whose === 'mine') conditions.push({ sql: 'l.owner_id = ?', params: [ctx.actor.id] })
  if (source !== undefined) conditions.push({ sql: 'l.source = ?', params: [source] })
  if (text !== '') conditions.push(await refsFound(ctx.db, { kind: LEAD_KIND, text, column: 'l.id' }))
  const { where, params } = joined(conditions)
  const by = extraOrder(ctx, { ...OWN_FIELDS, sort, direction }) ?? `${sortColumns[sort as keyof typeof sortColumns]} ${direction}`
  const rows = await leadRows(ctx, { where, params, order: `${by}, l.id`, page: { limit, offset }, scoring })
  return {
    rows: await withExtra(ctx, { target: 'crm.lead', rows, idOf: (row) => row.lead_id }),
    total: await countOf(ctx.db, { from: 'crm_lead l', where, params }),
  }
})

export const getLeadHandler = answer(getLead, async (ctx, { lead_id }) => {
  const { sql, params } = visibleLeads(ctx.scope, 'l')
  const rows = await leadRows(ctx, { where: `l.id = ? and ${sql}`, params: [lead_id, ...params], order: 'l.id', page: { limit: 1, offset: 0 }, scoring: scoringOf(await scoreRulesIn(ctx.db), ctx.today) })
  const [lead] = await withExtra(ctx, { target: 'crm.lead', rows, idOf: (row) => row.lead_id })
  if (!lead) throw new Refusal('crm.leadNotFound', { lead_id })
  return lead
})

export const hotLeadsHandler = answer(hotLeads, async (ctx) => {
  const { where, params } = joined([
    visibleLeads(ctx.scope, 'l'),
    { sql: '(l.owner_id = ? or l.owner_id is null)', params: [ctx.actor.id] },
    hot(ctx, scoringOf(await scoreRulesIn(ctx.db), ctx.today)),
  ])
  return { count: await countOf(ctx.db, { from: 'crm_lead l', where, params }) }
})

export const takeApartHandler = answer(takeApart, async (_ctx, { text }) => takenApart(text))

export const leadWordsHandler = answer(leadWords, async (ctx) => {
  const { sql, params } = visibleLeads(ctx.scope, 'l')
  const words = async (column: 'source' | 'campaign'): Promise<string[]> =>
    (
      await ctx.db.all<{ word: string }>(
        `select l.${column} as word from crm_lead l where l.${column} is not null and ${sql} group by l.${column} order by count(*) desc, l.${column} limit 50`,
        params,
      )
    ).map((row) => row.word)
  return { sources: await words('source'), campaigns: await words('campaign') }
})
