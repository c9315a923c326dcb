import { addDays, daysBetween } from '../../kernel/day.ts'
import type { InputOf, OutputOf } from '../../kernel/contract.ts'
import { answer, type QueryCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { SqlValue } from '../../storage/db.ts'
import { visibleParties, ofParty } from '../parties/index.ts'
import { refsFound } from '../platform/index.ts'
import { board, getOpportunity, listCompetitors, listOpportunities, listStages, originOfDocument, type StageField } from './contract.ts'
import { weighted } from './opportunity.ts'
import { either, joined, type Condition } from './query-parts.ts'
import { stalledDays } from './rules.ts'

type Row = OutputOf<typeof listOpportunities>['rows'][number]
type Filters = Pick<InputOf<typeof listOpportunities>, 'text' | 'whose' | 'party_id' | 'owner_id'>

const FROM = `crm_opportunity o join crm_stage s on s.id = o.stage_id join parties_party p on p.id = o.party_id join platform_user u on u.id = o.owner_id
  left join crm_competitor c on c.id = o.lost_to_id`
const LAST_ON = '(select max(a.day) from crm_activity a where a.opportunity_id = o.id and a.is_withdrawn = 0)'

/** The rows of a page. `where` and `order` speak of the opportunity `o` and its stage `s`: the page is picked first, all else is looked up for its rows alone. */
async function rowsWhere(ctx: QueryCtx, { where, params, order, page }: { where: string; params: readonly SqlValue[]; order: string; page: { limit: number; offset: number } }): Promise<Row[]> {
  const rows = await ctx.db.all<Omit<Row, 'weighted_minor' | 'days_in_stage' | 'is_stalled' | 'is_overdue'>>(
    `select o.id as opportunity_id, o.number, o.name, o.party_id, p.name as party_name, o.stage_id, s.name_zh as stage_name_zh, s.name_en as stage_name_en,
            case o.state when 'won' then 100000000 when 'lost' then 0 else s.probability_e8 end as probability_e8, o.state, o.amount_minor, o.expected_on, o.contact_name,
            o.owner_id, u.name as owner_name, o.note, o.close_reason, c.name as lost_to_name, o.closed_on, o.stage_since, ${LAST_ON} as last_on,
            (select min(coalesce(t.due_on, '')) from crm_task t where t.opportunity_id = o.id and t.state = 'open') as next_on, o.created_on
       from ${FROM} where o.id in (select o.id from crm_opportunity o join crm_stage s on s.id = o.stage_id where ${where} order by ${order} limit ? offset ?) order by ${order}`,
    [...params, page.limit, page.offset],
  )
  return rows.map((row) => told(ctx, row))
}

/** With what follows from the day: how long it stands, whether it is stuck, what it weighs. */
function told(ctx: QueryCtx, row: Omit<Row, 'weighted_minor' | 'days_in_stage' | 'is_stalled' | 'is_overdue'>): Row {
  const isOpen = row.state === 'open'
  const days_in_stage = daysBetween({ from: row.stage_since, to: isOpen ? ctx.today : (row.closed_on ?? ctx.today) })
  const is_overdue = isOpen && row.expected_on !== null && row.expected_on < ctx.today ? 1 : 0
  const is_stalled = is_overdue === 1 || (isOpen && days_in_stage > ctx.setting(stalledDays)) ? 1 : 0
  return { ...row, weighted_minor: weighted(row.amount_minor, row.probability_e8), days_in_stage, is_stalled, is_overdue }
}

async function conditionsOf(ctx: QueryCtx, { text, whose, party_id, owner_id }: Filters): Promise<Condition[]> {
  const conditions: Condition[] = [visibleParties(ctx.scope, 'o.party_id')]
  if (whose === 'mine') conditions.push({ sql: 'o.owner_id = ?', params: [ctx.actor.id] })
  if (party_id !== undefined) conditions.push({ sql: ofParty('o.party_id'), params: [party_id] })
  if (owner_id !== undefined) conditions.push({ sql: 'o.owner_id = ?', params: [owner_id] })
  if (text === '') return conditions
  const part = `%${text.toLowerCase().replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`
  const named = { sql: `lower(o.name) like ? escape '\\' or lower(o.number) like ? escape '\\'`, params: [part, part] }
  return [...conditions, either([await refsFound(ctx.db, { kind: 'party', text, column: 'o.party_id' }), named])]
}

function shown(ctx: QueryCtx, show: InputOf<typeof listOpportunities>['show']): Condition {
  if (show === 'all') return { sql: '1 = 1', params: [] }
  if (show !== 'stalled') return { sql: 'o.state = ?', params: [show] }
  return { sql: `o.state = 'open' and (o.stage_since < ? or o.expected_on < ?)`, params: [addDays(ctx.today, -ctx.setting(stalledDays)), ctx.today] }
}

const sortColumns = { created_on: 'o.id', expected_on: 'o.expected_on', amount_minor: 'o.amount_minor', stage: 's.position', last_on: LAST_ON } as const

export const listOpportunitiesHandler = answer(listOpportunities, async (ctx, input) => {
  const { show, stage_id, sort, direction, limit, offset } = input
  const conditions = [...(await conditionsOf(ctx, input)), shown(ctx, show)]
  if (stage_id !== undefined) conditions.push({ sql: 'o.stage_id = ?', params: [stage_id] })
  const { where, params } = joined(conditions)
  const by = `${sortColumns[sort]} ${direction}${sort === 'expected_on' ? ' nulls last' : ''}`
  const rows = await rowsWhere(ctx, { where, params, order: `${by}, o.id`, page: { limit, offset } })
  const sums = await sumsWhere(ctx, { where, params })
  return { rows, total: sums.reduce((n, s) => n + s.count, 0), amount_minor: sums.reduce((n, s) => n + s.amount_minor, 0), weighted_minor: sums.reduce((n, s) => n + s.weighted_minor, 0) }
})

type Sum = { readonly stage_id: string; readonly count: number; readonly amount_minor: number; readonly weighted_minor: number }

/** Counts and amounts by stage; what is weighted is weighted by the sum of each stage and state. */
async function sumsWhere(ctx: QueryCtx, { where, params }: { where: string; params: readonly SqlValue[] }): Promise<Sum[]> {
  const rows = await ctx.db.all<{ stage_id: string; state: string; probability_e8: number; count: number; amount_minor: number }>(
    `select q.stage_id, q.state, s.probability_e8, q.count, q.amount_minor
       from (select o.stage_id, o.state, count(*) as count, sum(o.amount_minor) as amount_minor from crm_opportunity o where ${where} group by o.stage_id, o.state) q
       join crm_stage s on s.id = q.stage_id order by q.stage_id, q.state`,
    params,
  )
  return rows.map((r) => ({ ...r, weighted_minor: weighted(r.amount_minor, r.state === 'won' ? 100_000_000 : r.state === 'lost' ? 0 : r.probability_e8) }))
}

type StageRow = { stage_id: string; position: number; name_zh: string; name_en: string; probability_e8: number; required_fields: string; is_active: 0 | 1; open_count: number }
async function stagesOf(ctx: Pick<QueryCtx, 'db'>) {
  const rows = await ctx.db.all<StageRow>(
    `select s.id as stage_id, s.position, s.name_zh, s.name_en, s.probability_e8, s.required_fields, s.is_active,
            (select count(*) from crm_opportunity o where o.stage_id = s.id and o.state = 'open') as open_count
       from crm_stage s order by s.position, s.id`,
  )
  return rows.map((row) => ({ ...row, required_fields: JSON.parse(row.required_fields) as StageField[] }))
}

export const listStagesHandler = answer(listStages, async (ctx) => ({ rows: await stagesOf(ctx) }))

export const boardHandler = answer(board, async (ctx, { limit, ...filters }) => {
  const { where, params } = joined([...(await conditionsOf(ctx, filters)), { sql: `o.state = 'open'`, params: [] }])
  const sums = await sumsWhere(ctx, { where, params })
  const columns: OutputOf<typeof board>['columns'] = []
  for (const { open_count: _, ...stage } of await stagesOf(ctx)) {
    if (stage.is_active === 0) continue
    const sum = sums.find((s) => s.stage_id === stage.stage_id)
    const order = 'o.expected_on nulls last, o.id'
    const rows = sum ? await rowsWhere(ctx, { where: `${where} and o.stage_id = ?`, params: [...params, stage.stage_id], order, page: { limit, offset: 0 } }) : []
    columns.push({ stage, count: sum?.count ?? 0, amount_minor: sum?.amount_minor ?? 0, weighted_minor: sum?.weighted_minor ?? 0, rows })
  }
  return { columns }
})

export const getOpportunityHandler = answer(getOpportunity, async (ctx, { opportunity_id }) => {
  const { sql, params } = visibleParties(ctx.scope, 'o.party_id')
  const [row] = await rowsWhere(ctx, { where: `o.id = ? and ${sql}`, params: [opportunity_id, ...params], order: 'o.id', page: { limit: 1, offset: 0 } })
  if (!row) throw new Refusal('crm.opportunityNotFound', { opportunity_id })
  type Detail = OutputOf<typeof getOpportunity>
  const lead = await ctx.db.get<NonNullable<Detail['lead']>>(
    `select l.id as lead_id, l.code, coalesce(l.company, l.name) as name from crm_lead l join crm_opportunity o on o.lead_id = l.id where o.id = ?`,
    [opportunity_id],
  )
  const lines = await ctx.db.all<Detail['lines'][number]>(
    `select l.line_no, l.item_id, i.code as item_code, i.name as item_name, l.unit, l.quantity_e6, l.price_e4 from crm_opportunity_line l join catalog_item i on i.id = l.item_id
      where l.opportunity_id = ? order by l.line_no`,
    [opportunity_id],
  )
  const rivals = await ctx.db.all<Detail['rivals'][number]>(
    'select r.competitor_id, c.name, r.note from crm_rival r join crm_competitor c on c.id = r.competitor_id where r.opportunity_id = ? order by c.name, c.id',
    [opportunity_id],
  )
  const steps = await ctx.db.all<Omit<Detail['history'][number], 'days'>>(
    `select m.seq, m.stage_id, s.name_zh, s.name_en, m.state, m.day, u.name as user_name from crm_stage_move m join crm_stage s on s.id = m.stage_id
       left join platform_user u on u.id = m.user_id where m.opportunity_id = ? order by m.seq`,
    [opportunity_id],
  )
  const history = steps.map((m, i) => ({ ...m, days: m.state === 'open' ? daysBetween({ from: m.day, to: steps[i + 1]?.day ?? ctx.today }) : 0 }))
  return { ...row, lead: lead ?? null, lines, rivals, history, documents: await documentsOf(ctx, opportunity_id) }
})

/** Its quotes, later versions of them, and orders, those that the reader may see; a draft that was turned over to another customer counts no more. */
async function documentsOf(ctx: QueryCtx, opportunity_id: string): Promise<OutputOf<typeof getOpportunity>['documents']> {
  const scope = ctx.scopeUnder('sales.read')
  if (scope === undefined) return []
  const seen = visibleParties(scope, 'x.party_id')
  return ctx.db.all(
    `select x.source_kind, x.source_id, x.number, x.state, x.day, x.gross_minor from (
       select 'sales.quote' as source_kind, q.id as source_id, q.number, q.state, q.day, q.gross_minor, q.party_id from sales_quote q
        where q.id in (select source_id from crm_opportunity_document where opportunity_id = ? and source_kind = 'sales.quote')
           or q.number in (select l.number from sales_quote l join crm_opportunity_document d on d.source_kind = 'sales.quote' and d.source_id = l.id where d.opportunity_id = ? and l.number is not null)
       union all
       select 'sales.order', o.id, o.number, o.state, o.day, o.gross_minor, o.party_id from sales_order o
        where o.id in (select source_id from crm_opportunity_document where opportunity_id = ? and source_kind = 'sales.order')
     ) x where ${ofParty('x.party_id', '(select party_id from crm_opportunity where id = ?)')} and ${seen.sql} order by x.day, x.source_id`,
    [opportunity_id, opportunity_id, opportunity_id, opportunity_id, ...seen.params],
  )
}

export const originOfDocumentHandler = answer(originOfDocument, async (ctx, { source_kind, source_id }) => {
  const seen = visibleParties(ctx.scope, 'o.party_id')
  // A later version of a linked quote, and an order of either, came from the same opportunity.
  const quotes = `select q.id from sales_quote q where q.id = ? or q.number in (select number from sales_quote where id = ? and number is not null)`
  const own = source_kind === 'sales.quote' ? source_id : ((await ctx.db.get<{ quote_id: string | null }>('select quote_id from sales_order where id = ?', [source_id]))?.quote_id ?? '')
  const party = `select party_id from ${source_kind === 'sales.quote' ? 'sales_quote' : 'sales_order'} where id = ?`
  type Opportunity = NonNullable<OutputOf<typeof originOfDocument>['opportunity']> & { lead_id: string | null }
  const found = await ctx.db.get<Opportunity>(
    `select o.id as opportunity_id, o.number, o.name, o.state, o.created_on, u.name as owner_name, o.lead_id
       from crm_opportunity o join platform_user u on u.id = o.owner_id join crm_opportunity_document d on d.opportunity_id = o.id
      where ((d.source_kind = ? and d.source_id = ?) or (d.source_kind = 'sales.quote' and d.source_id in (${quotes}))) and ${ofParty('o.party_id', `(${party})`)} and ${seen.sql} order by o.id limit 1`,
    [source_kind, source_id, own, own, source_id, ...seen.params],
  )
  if (!found) return { opportunity: null, lead: null }
  const { lead_id, ...opportunity } = found
  const lead = lead_id === null ? undefined : await ctx.db.get<{ lead_id: string; code: string; source: string | null }>('select id as lead_id, code, source from crm_lead where id = ?', [lead_id])
  return { opportunity, lead: lead ?? null }
})

export const listCompetitorsHandler = answer(listCompetitors, async (ctx) => {
  const { sql, params } = visibleParties(ctx.scope, 'o.party_id')
  const rows = await ctx.db.all<OutputOf<typeof listCompetitors>['rows'][number]>(
    `select c.id as competitor_id, c.name, c.strengths, c.is_active, count(m.state) as met, coalesce(sum(case when m.state = 'won' then 1 else 0 end), 0) as won,
            coalesce(sum(case when m.state = 'lost' then 1 else 0 end), 0) as lost, coalesce(sum(m.to_them), 0) as lost_to_them
       from crm_competitor c left join (
         select v.competitor_id, o.state, case when o.lost_to_id = v.competitor_id then 1 else 0 end as to_them
           from (select competitor_id, opportunity_id from crm_rival union select lost_to_id, id from crm_opportunity where lost_to_id is not null) v
           join crm_opportunity o on o.id = v.opportunity_id where ${sql}
       ) m on m.competitor_id = c.id group by c.id, c.name, c.strengths, c.is_active order by c.name, c.id`,
    params,
  )
  return { rows }
})
