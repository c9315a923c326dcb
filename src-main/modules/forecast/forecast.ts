import { addDays, addMonths, firstOfMonth, lastOfMonth, monthOf } from '../../kernel/day.ts'
import { mulDiv } from '../../kernel/math.ts'
import { answer, handle, type QueryCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { visibleParties } from '../parties/index.ts'
import { getForecast, keepForecast, listAccuracy } from './contract.ts'
import { monthFor, monthsFrom, monthsSold, probabilityOf, seasonsOf, shareE8, weigh, yearsSold } from './expect.ts'
import { insertKept } from './forecast.store.ts'
import { ofPeople, soldBy, sumBy } from './sold.ts'

type Ctx = Pick<QueryCtx, 'db' | 'scope' | 'today'>
type StageRow = { stage_id: string; name_zh: string; name_en: string; set_e8: number; position: number; is_active: number }

/** How likely opportunities are won from each stage on, by all that the company ever closed: people do not learn from their own alone. */
async function stagesOf({ db }: Pick<Ctx, 'db'>) {
  const stages = await db.all<StageRow>('select id as stage_id, name_zh, name_en, probability_e8 as set_e8, position, is_active from crm_stage order by position, id')
  const closed = await db.all<{ state: string; highest: number; count: number }>(
    `select x.state, x.highest, count(*) as count from (
        select o.id, o.state, (select max(s.position) from crm_stage_move m join crm_stage s on s.id = m.stage_id where m.opportunity_id = o.id) as highest
          from crm_opportunity o where o.state in ('won', 'lost')) x group by x.state, x.highest order by x.state, x.highest`,
  )
  return stages.map(({ position, ...stage }) => {
    const reached = closed.filter((c) => c.highest >= position)
    const count = (of: typeof reached): number => of.reduce((sum, c) => sum + c.count, 0)
    const counts = { closed: count(reached), won: count(reached.filter((c) => c.state === 'won')) }
    return { ...stage, ...counts, probability_e8: probabilityOf({ set_e8: stage.set_e8, ...counts }) }
  })
}

/** One piece of what is expected: of a month (every month, for the base), a person and an item. */
type Piece = { readonly month: string; readonly user_id: string | null; readonly item_id: string | null; readonly base_minor: number; readonly pipeline_minor: number }

type Open = { id: string; user_id: string; stage_id: string; amount_minor: number; expected_on: string | null }

/** Open opportunities whose customers may be seen, by what their stages are worth, spread over their items by what those come to. */
async function pipelinePieces(ctx: Ctx, { probability, months }: { probability: ReadonlyMap<string, number>; months: readonly string[] }): Promise<{ pieces: Piece[]; undated_minor: number }> {
  const seen = visibleParties(ctx.scope, 'o.party_id')
  const own = ofPeople(ctx.scope, 'o.owner_id')
  const open = await ctx.db.all<Open>(
    `select o.id, o.owner_id as user_id, o.stage_id, o.amount_minor, o.expected_on from crm_opportunity o where o.state = 'open' and ${seen.sql} and ${own.sql} order by o.id`,
    [...seen.params, ...own.params],
  )
  const lines = Map.groupBy(
    await ctx.db.all<{ opportunity_id: string; item_id: string; quantity_e6: number; price_e4: number }>(
      `select l.opportunity_id, l.item_id, l.quantity_e6, l.price_e4 from crm_opportunity_line l join crm_opportunity o on o.id = l.opportunity_id
        where o.state = 'open' order by l.opportunity_id, l.line_no`,
    ),
    (l) => l.opportunity_id,
  )
  let undated_minor = 0
  const pieces = open.flatMap((o): Piece[] => {
    const worth = weigh(o.amount_minor, probability.get(o.stage_id) ?? 0)
    const month = monthFor(o.expected_on, ctx.today)
    if (month === undefined) undated_minor += o.amount_minor
    if (month === undefined || !months.includes(month)) return []
    return spread(worth, lines.get(o.id) ?? []).map(({ item_id, amount_minor }) => ({ month, user_id: o.user_id, item_id, base_minor: 0, pipeline_minor: amount_minor }))
  })
  return { pieces, undated_minor }
}

/** An amount over the items of an opportunity by price × quantity, to the cent; without lines it is of no item. */
function spread(amount_minor: number, lines: readonly { item_id: string; quantity_e6: number; price_e4: number }[]): { item_id: string | null; amount_minor: number }[] {
  const weights = lines.map((l) => BigInt(l.quantity_e6) * BigInt(l.price_e4))
  const whole = weights.reduce((sum, w) => sum + w, 0n)
  if (whole === 0n) return [{ item_id: null, amount_minor }]
  let left = amount_minor
  return lines.map((l, i) => {
    // The last takes what the others leave.
    const part = i === lines.length - 1 ? left : Number((BigInt(amount_minor) * weights[i]!) / whole)
    left -= part
    return { item_id: l.item_id, amount_minor: part }
  })
}

/** True for lines of sales that no opportunity led to. */
const BY_ITSELF = `not exists (select 1 from sales_order o join crm_opportunity_document d on (d.source_kind = 'sales.order' and d.source_id = o.id) or (d.source_kind = 'sales.quote' and d.source_id = o.quote_id) where o.id = l.order_id)`

type Seasons = { readonly years: number; readonly indices: ReadonlyMap<string, number> }

/** The seasons of what sells by itself, of the whole company: people do not learn from their own alone. No years: too little is known. */
async function seasons({ db, today }: Ctx, first: string | null): Promise<Seasons> {
  const month = monthOf(today)
  const years = yearsSold(first, month)
  if (years < 2) return { years: 0, indices: new Map() }
  const rows = await db.all<{ month: string; net_minor: number }>(
    `select substr(i.day, 1, 7) as month, sum(l.net_minor) as net_minor from sales_invoice_line l join sales_invoice i on i.id = l.invoice_id
      where i.day >= ? and i.day < ? and ${BY_ITSELF} group by substr(i.day, 1, 7) order by substr(i.day, 1, 7)`,
    [addMonths(`${month}-01`, -12 * years), `${month}-01`],
  )
  const indices = seasonsOf(new Map(rows.map((r) => [r.month, r.net_minor])), { month, years })
  return indices === undefined ? { years: 0, indices: new Map() } : { years, indices }
}

/** What is sold without an opportunity behind it, in an average month of the last twelve whole ones, by person and item; by season where that is known. */
async function basePieces(ctx: Ctx, months: readonly string[]): Promise<{ pieces: Piece[]; known: Seasons }> {
  const to = addDays(firstOfMonth(ctx.today), -1)
  const from = addMonths(firstOfMonth(ctx.today), -12)
  const own = ofPeople(ctx.scope, 'i.salesperson_id')
  const first = await ctx.db.get<{ first: string | null }>('select substr(min(day), 1, 7) as first from sales_invoice')
  const divisor = monthsSold(first?.first ?? null, monthOf(ctx.today))
  const known = await seasons(ctx, first?.first ?? null)
  const sold = await ctx.db.all<{ user_id: string | null; item_id: string; net_minor: number }>(
    `select i.salesperson_id as user_id, l.item_id, sum(l.net_minor) as net_minor from sales_invoice_line l join sales_invoice i on i.id = l.invoice_id
      where i.day >= ? and i.day <= ? and ${own.sql}
        and ${BY_ITSELF}
      group by i.salesperson_id, l.item_id order by i.salesperson_id, l.item_id`,
    [from, to, ...own.params],
  )
  const pieces = sold.flatMap(({ user_id, item_id, net_minor }) => {
    const average_minor = mulDiv({ a: net_minor, b: 1, divisor, rounding: 'halfUp' })
    return months.map((month) => {
      const index_e8 = known.indices.get(month.slice(5))
      return { month, user_id, item_id, base_minor: index_e8 === undefined ? average_minor : weigh(average_minor, index_e8), pipeline_minor: 0 }
    })
  })
  return { pieces, known }
}

async function piecesOf(ctx: Ctx, months: readonly string[]) {
  const stages = await stagesOf(ctx)
  const { pieces, undated_minor } = await pipelinePieces(ctx, { probability: new Map(stages.map((s) => [s.stage_id, s.probability_e8])), months })
  const base = await basePieces(ctx, months)
  return { stages, undated_minor, known: base.known, pieces: [...base.pieces, ...pieces] }
}

/** The pieces added up by a key, in the order of first use. */
function summed<K>(pieces: readonly Piece[], keyOf: (piece: Piece) => K): Map<K, { base_minor: number; pipeline_minor: number; expected_minor: number }> {
  const [base, pipeline] = [sumBy(pieces, keyOf, (p) => p.base_minor), sumBy(pieces, keyOf, (p) => p.pipeline_minor)]
  return new Map([...base].map(([key, base_minor]) => [key, { base_minor, pipeline_minor: pipeline.get(key)!, expected_minor: base_minor + pipeline.get(key)! }]))
}

const NOTHING = { base_minor: 0, pipeline_minor: 0, expected_minor: 0 }
const MOST_ITEMS = 50

export const getForecastHandler = answer(getForecast, async (ctx, { months: count }) => {
  const months = monthsFrom(monthOf(ctx.today), count)
  const { stages, undated_minor, pieces, known } = await piecesOf(ctx, months)
  const sold = sumBy(await soldBy(ctx, { from: `${months[0]}-01`, to: lastOfMonth(`${months.at(-1)}-01`) }), (s) => s.month, (s) => s.sold_minor)
  const own = ofPeople(ctx.scope, 'user_id')
  const quotas = await ctx.db.all<{ month: string; quota_minor: number }>(
    `select month, sum(amount_minor) as quota_minor from forecast_quota where month >= ? and month <= ? and ${own.sql} group by month order by month`,
    [months[0]!, months.at(-1)!, ...own.params],
  )
  const [byMonth, byPerson, byItem] = [summed(pieces, (p) => p.month), summed(pieces, (p) => p.user_id), summed(pieces, (p) => p.item_id)]
  const users = new Map((await ctx.db.all<{ id: string; name: string }>('select id, name from platform_user order by id')).map((u) => [u.id, u.name]))
  const items = [...byItem].sort((a, b) => b[1].expected_minor - a[1].expected_minor).slice(0, MOST_ITEMS)
  const names = new Map((await ctx.db.all<{ id: string; name: string }>('select id, name from catalog_item order by id')).map((i) => [i.id, i.name]))
  return {
    months: months.map((month) => ({ month, ...(byMonth.get(month) ?? NOTHING), quota_minor: quotas.find((q) => q.month === month)?.quota_minor ?? 0, sold_minor: sold.get(month) ?? 0, season_e8: known.indices.get(month.slice(5)) ?? null })),
    season_years: known.years,
    people: [...byPerson].sort((a, b) => b[1].expected_minor - a[1].expected_minor).map(([user_id, sums]) => ({ user_id, name: user_id === null ? null : (users.get(user_id) ?? null), ...sums })),
    items: items.map(([item_id, sums]) => ({ item_id, item_name: item_id === null ? null : (names.get(item_id) ?? null), ...sums })),
    stages: stages.filter((s) => s.is_active === 1).map(({ is_active: _, ...stage }) => stage),
    undated_minor,
  }
})

/** So many months are kept: this one and those after it. */
const KEPT_MONTHS = 3

export const keepForecastHandler = handle(keepForecast, async (ctx) => {
  const kept_in = monthOf(ctx.today)
  const known = await ctx.db.get<{ one: number }>('select 1 as one from forecast_kept where kept_in = ? limit 1', [kept_in])
  if (known) throw new Refusal('forecast.keptAlready', { month: kept_in })
  const { pieces } = await piecesOf(ctx, monthsFrom(kept_in, KEPT_MONTHS))
  const sums = summed(pieces, (p) => `${p.month} ${p.user_id ?? ''}`)
  const rows = [...sums].map(([key, { base_minor, pipeline_minor }]) => {
    const [month, user_id] = key.split(' ') as [string, string]
    return { id: ctx.newId(), kept_in, month, user_id: user_id === '' ? null : user_id, base_minor, pipeline_minor, at: ctx.now }
  })
  await insertKept(ctx, rows)
  return { count: rows.length }
})

export const listAccuracyHandler = answer(listAccuracy, async (ctx) => {
  const own = ofPeople(ctx.scope, 'user_id')
  const rows = await ctx.db.all<{ month: string; kept_in: string; base_minor: number; pipeline_minor: number }>(
    `select month, kept_in, sum(base_minor) as base_minor, sum(pipeline_minor) as pipeline_minor from forecast_kept where ${own.sql}
      group by month, kept_in order by month desc, kept_in desc limit 72`,
    own.params,
  )
  if (rows.length === 0) return { rows: [] }
  const sold = sumBy(await soldBy(ctx, { from: `${rows.at(-1)!.month}-01`, to: lastOfMonth(`${rows[0]!.month}-01`) }), (s) => s.month, (s) => s.sold_minor)
  return {
    rows: rows.map((row) => {
      const [expected_minor, sold_minor] = [row.base_minor + row.pipeline_minor, sold.get(row.month) ?? 0]
      return { ...row, expected_minor, sold_minor, is_open: row.month >= monthOf(ctx.today) ? 1 : 0, deviation_e8: shareE8(sold_minor - expected_minor, expected_minor) }
    }),
  }
})
