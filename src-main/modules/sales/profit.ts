import type { InputOf, OutputOf } from '../../kernel/contract.ts'
import { answer, type QueryCtx } from '../../kernel/operation.ts'
import { marks, type Reader, type SqlValue } from '../../storage/db.ts'
import { visibleParties, ofParty, nowParty } from '../parties/index.ts'
import { profit } from './contract.ts'
import { joined, type Condition } from './query-parts.ts'

type Input = InputOf<typeof profit>
type Row = OutputOf<typeof profit>['rows'][number]
type Sums = { gross_minor: number; net_minor: number; cost_minor: number }
type Head = Pick<Row, 'id' | 'kind' | 'code' | 'name' | 'day'>

/** What sales earn by day: parts whose rows (party_id, item_id, document_id, gross, net, cost) are to be added up. */
const SOLD = `select i.party_id, l.item_id, i.id as document_id, l.gross_minor, l.net_minor, l.cost_minor
  from sales_invoice i join sales_invoice_line l on l.invoice_id = i.id where i.day >= ? and i.day <= ?`
/** Goods that were delivered and invoiced at once: their cost went straight to cost of sales. The invoice is the document, where there is one. */
const INVOICE_OF = `coalesce((select min(l.invoice_id) from sales_invoice_line l where l.delivery_id = d.id), d.id)`
const OUT = `case when fl.kind = 'internal' then m.value_minor else -m.value_minor end`
const DELIVERED = `select d.party_id, m.item_id, ${INVOICE_OF} as document_id, 0, 0, ${OUT}
  from sales_delivery d cross join inventory_move m
  join inventory_location fl on fl.id = m.from_location_id
 where m.source_kind = 'sales.delivery' and m.source_id = d.id and d.is_direct = 1 and m.kind <> 'adjustment' and d.day >= ? and d.day <= ?`
/** What such goods turned out to have cost more, or less, when costs came later. */
const CORRECTED = `select d.party_id, m.item_id, ${INVOICE_OF} as document_id, 0, 0, ${OUT}
  from inventory_move m join inventory_move o on o.seq = m.original_seq
  join sales_delivery d on o.source_kind = 'sales.delivery' and d.id = o.source_id
  join inventory_location fl on fl.id = m.from_location_id
 where m.original_seq is not null and m.kind = 'adjustment' and d.is_direct = 1 and m.day >= ? and m.day <= ?`
/** The same of goods that were invoiced apart. */
const SHIFTED = `select d.party_id, l.item_id, d.id as document_id, 0, 0, s.cost_minor
  from sales_cost_shift s join sales_delivery d on d.id = s.delivery_id
  join sales_delivery_line l on l.delivery_id = s.delivery_id and l.line_no = s.delivery_line_no where s.day >= ? and s.day <= ?`

const KEY = { party: nowParty('f.party_id'), item: 'f.item_id', document: 'f.document_id' } as const
const SORT = { gross: 'gross_minor', net: 'net_minor', margin: 'net_minor - cost_minor' } as const

export const profitHandler = answer(profit, async (ctx, input) => {
  const mayCosts = ctx.may('sales.cost')
  const { sql, params } = await grouped(ctx, { input, parts: mayCosts ? [SOLD, DELIVERED, CORRECTED, SHIFTED] : [SOLD] })
  const whole = (await ctx.db.get<Sums & { n: number }>(
    `select count(*) as n, coalesce(sum(gross_minor), 0) as gross_minor, coalesce(sum(net_minor), 0) as net_minor,
            coalesce(sum(cost_minor), 0) as cost_minor from (${sql}) g`,
    params,
  ))!
  // An order by margin would tell what the right to see costs keeps back.
  const sort = input.sort === 'margin' && !mayCosts ? SORT.net : SORT[input.sort]
  const rows = await ctx.db.all<Sums & { id: string }>(
    `select id, gross_minor, net_minor, cost_minor from (${sql}) g order by ${sort} ${input.direction}, id limit ? offset ?`,
    [...params, input.limit, input.offset],
  )
  const heads = await headsOf(ctx.db, { by: input.by, ids: rows.map((r) => r.id) })
  const earned = ({ gross_minor, net_minor, cost_minor }: Sums) => ({
    gross_minor,
    net_minor,
    cost_minor: mayCosts ? cost_minor : null,
    margin_minor: mayCosts ? net_minor - cost_minor : null,
  })
  return { rows: rows.map((row) => ({ ...heads.get(row.id)!, ...earned(row) })), total: whole.n, ...earned(whole) }
})

async function grouped(ctx: QueryCtx, { input, parts }: { input: Input; parts: readonly string[] }): Promise<{ sql: string; params: SqlValue[] }> {
  const conditions: Condition[] = [visibleParties(ctx.scope, 'f.party_id')]
  if (input.party_id !== undefined) conditions.push({ sql: ofParty('f.party_id'), params: [input.party_id] })
  if (input.item_id !== undefined) conditions.push({ sql: 'f.item_id = ?', params: [input.item_id] })
  if (input.segment_id !== undefined) conditions.push(await ctx.contributions.partyFilters.get('segment')!.rows(ctx, { id: input.segment_id, column: 'f.party_id' }))
  const { where, params } = joined(conditions)
  return {
    sql: `select ${KEY[input.by]} as id, sum(f.gross_minor) as gross_minor, sum(f.net_minor) as net_minor, sum(f.cost_minor) as cost_minor
            from (${parts.join(' union all ')}) f where ${where} group by ${KEY[input.by]}`,
    params: [...parts.flatMap(() => [input.from, input.to]), ...params],
  }
}

/**
 * What each customer has earned us in a span of days, as rows of net revenue and cost, later corrections of costs included. Upper floors answer
 * for who may see it.
 */
export const earnedBetween = (db: Reader, { from, to }: { from: string; to: string }): Promise<{ party_id: string; net_minor: number; cost_minor: number }[]> => {
  const parts = [SOLD, DELIVERED.replace(INVOICE_OF, 'd.id'), CORRECTED.replace(INVOICE_OF, 'd.id'), SHIFTED]
  return db.all(
    `select p.same_as as party_id, sum(f.net_minor) as net_minor, sum(f.cost_minor) as cost_minor
       from (select f.party_id, sum(f.net_minor) as net_minor, sum(f.cost_minor) as cost_minor from (${parts.join(' union all ')}) f group by f.party_id) f
       join parties_party p on p.id = f.party_id group by p.same_as order by p.same_as`,
    parts.flatMap(() => [from, to]),
  )
}

/** What rows are called by. */
async function headsOf(db: Reader, { by, ids }: { by: Input['by']; ids: readonly string[] }): Promise<Map<string, Head>> {
  const documents = (table: string, kind: string): string =>
    `select d.id as id, '${kind}' as kind, d.number as code, p.name, d.day from ${table} d join parties_party p on p.id = d.party_id
      where d.id in (${marks(ids)})`
  const sql = {
    party: `select id, 'party' as kind, code, name, null as day from parties_party where id in (${marks(ids)})`,
    item: `select id, 'item' as kind, code, name, null as day from catalog_item where id in (${marks(ids)})`,
    document: `${documents('sales_invoice', 'invoice')} union all ${documents('sales_delivery', 'delivery')}`,
  }[by]
  const rows = await db.all<Head>(`${sql} order by id`, by === 'document' ? [...ids, ...ids] : ids)
  return new Map(rows.map((row) => [row.id, row]))
}
