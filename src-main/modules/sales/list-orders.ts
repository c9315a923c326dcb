import type { InputOf } from '../../kernel/contract.ts'
import { answer, type QueryCtx } from '../../kernel/operation.ts'
import { marks, type Reader } from '../../storage/db.ts'
import { visibleParties } from '../parties/index.ts'
import { extraConditions, extraOrder, withExtra } from '../platform/index.ts'
import { listOrders, type OrderState } from './contract.ts'
import type { Progress } from './contract-rows.ts'
import { deliveredState, invoicedState, type LineProgress } from './order.ts'
import { DOCUMENT_COLUMNS, DOCUMENT_JOINS, joined, listConditions, paidOfOrder, type Condition, type Settled } from './query-parts.ts'
import { deliveredOf, invoicedOf } from './read-order.ts'

/** What is still to do of an order `d`. */
export const TODO = {
  to_deliver: `d.state = 'confirmed' and exists (select 1 from inventory_plan n where n.source_kind = 'sales.order'
    and n.source_id = d.id)`,
  to_invoice: `d.state = 'confirmed' and exists (
    select 1 from sales_order_line l join catalog_item t on t.id = l.item_id
     where l.order_id = d.id and
       case when t.kind = 'stocked'
            then coalesce((select sum(x.base_quantity_e6) from sales_delivery_line x where x.order_id = l.order_id
              and x.order_line_no = l.line_no), 0)
               - coalesce((select sum(x.base_quantity_e6) from sales_invoice_line x where x.order_id = l.order_id
                 and x.order_line_no = l.line_no), 0)
            else l.base_quantity_e6 - l.closed_e6
               - coalesce((select sum(x.base_quantity_e6) from sales_invoice_line x where x.order_id = l.order_id
                 and x.order_line_no = l.line_no
                              and x.original_id is null), 0)
       end > 0)`,
} as const

/** Goods of the order `d` remain though the day on which it was wanted, or promised, has passed. */
export const isLate = (today: string): Condition => ({ sql: `${TODO.to_deliver} and coalesce(d.wanted_on, d.promised_on) < ?`, params: [today] })

/** Customers by name, and the orders of each: SQLite keeps the order of a cross join, so that a page is found without sorting all. */
const BY_PARTY = 'parties_party p cross join sales_order d'
const OWN_FIELDS = { target: 'sales.order', column: 'd.extra' } as const
const SORT = { day: 'd.day', number: 'd.number', wanted_on: 'd.wanted_on', gross_minor: 'd.gross_minor', party: 'p.name' } as const

export const orderConditions = async (ctx: QueryCtx, input: Omit<InputOf<typeof listOrders>, 'sort' | 'direction'>): Promise<Condition[]> => {
  const conditions: Condition[] = [
    visibleParties(ctx.scope, 'd.party_id'),
    ...(await listConditions(ctx, { form: input, series: ['sales.order'], extra_column: 'd.customer_reference' })),
    ...extraConditions(ctx, { ...OWN_FIELDS, filters: input.fields }),
  ]
  if (input.state !== undefined) conditions.push({ sql: 'd.state = ?', params: [input.state] })
  if (input.todo === 'late') conditions.push(isLate(ctx.today))
  else if (input.todo !== undefined) conditions.push({ sql: TODO[input.todo], params: [] })
  return conditions
}

export const listOrdersHandler = answer(listOrders, async (ctx, input) => {
  const { where, params } = joined(await orderConditions(ctx, input))
  const sums = await ctx.db.get<{ n: number; gross_minor: number | null }>(
    `select count(*) as n, sum(d.gross_minor) as gross_minor from sales_order d where ${where}`,
    params,
  )
  const by = extraOrder(ctx, { ...OWN_FIELDS, ...input }) ?? `${SORT[input.sort as keyof typeof SORT]} ${input.direction}`
  const order = `${by}, d.id ${input.direction}`
  const page = await ctx.db.all<{ id: string }>(
    `select d.id from ${input.sort === 'party' ? BY_PARTY : 'sales_order d'} where ${input.sort === 'party' ? 'd.party_id = p.id and ' : ''}${where} order by ${order} limit ? offset ?`,
    [...params, input.limit, input.offset],
  )
  const rows = await orderRows(ctx, page.map((row) => row.id))
  return { rows, total: sums!.n, gross_minor: sums!.gross_minor ?? 0 }
})

type HeadRow = {
  order_id: string
  number: string | null
  party_id: string
  party_name: string
  day: string
  currency: string
  prices_include_tax: 0 | 1
  discount_minor: number
  net_minor: number
  tax_minor: number
  gross_minor: number
  salesperson_id: string | null
  salesperson_name: string | null
  note: string | null
  created_at: number
  state: OrderState
  warehouse_id: string
  warehouse_name: string
  wanted_on: string | null
  promised_on: string | null
  customer_reference: string | null
}

/** These orders in this order, with what was delivered, invoiced and paid of each; a few statements for a page, however many lines the orders have. */
export async function orderRows(ctx: QueryCtx, ids: readonly string[]) {
  const found = await ctx.db.all<HeadRow>(
    `select d.id as order_id, ${DOCUMENT_COLUMNS}, d.state, d.warehouse_id, w.name as warehouse_name, d.wanted_on, d.promised_on,
           d.customer_reference
       from sales_order d ${DOCUMENT_JOINS} join inventory_warehouse w on w.id = d.warehouse_id
      where d.id in (${marks(ids)}) order by d.id`,
    ids,
  )
  const byId = new Map(found.map((head) => [head.order_id, head]))
  const heads = ids.map((order_id) => byId.get(order_id)!)
  const lines = await progressOfLines(ctx.db, ids)
  const paid = await settledOfOrders(ctx.db, ids)
  const rows = heads.map((head) => {
    const own = lines.get(head.order_id) ?? []
    const isBegun = head.state === 'confirmed' || head.state === 'closed'
    const delivered: Progress = isBegun ? deliveredState(own) : 'none'
    const invoiced: Progress = isBegun ? invoicedState(own) : 'none'
    const settled = paid.get(head.order_id)
    const dueDay = head.wanted_on ?? head.promised_on
    const isWaiting = head.state === 'confirmed' && (delivered === 'none' || delivered === 'part')
    const is_late: 0 | 1 = isWaiting && dueDay !== null && dueDay < ctx.today ? 1 : 0
    return { ...head, delivered, invoiced, paid: paidOfOrder(settled, invoiced), is_late }
  })
  return withExtra(ctx, { target: 'sales.order', rows, idOf: (row) => row.order_id })
}

/** What was done of the lines of these orders, by order. */
export async function progressOfLines(db: Reader, order_ids: readonly string[]): Promise<Map<string, LineProgress[]>> {
  const lines = await db.all<{
    order_id: string
    line_no: number
    item_id: string
    kind: 'stocked' | 'service'
    base_quantity_e6: number
    closed_e6: number
  }>(
    `select l.order_id, l.line_no, l.item_id, t.kind, l.base_quantity_e6, l.closed_e6
       from sales_order_line l join catalog_item t on t.id = l.item_id where l.order_id in (${marks(order_ids)}) order by l.order_id,
         l.line_no`,
    order_ids,
  )
  const delivered = await deliveredOf(db, order_ids)
  const invoiced = await invoicedOf(db, order_ids)
  const done = lines.map((l): LineProgress & { order_id: string } => {
    const d = delivered.get(`${l.order_id} ${l.line_no}`)
    const i = invoiced.get(`${l.order_id} ${l.line_no}`)
    return {
      ...l,
      delivered_e6: d?.delivered_e6 ?? 0,
      returned_e6: d?.returned_e6 ?? 0,
      invoiced_e6: i?.invoiced_e6 ?? 0,
      credited_e6: i?.credited_e6 ?? 0,
    }
  })
  return Map.groupBy(done, (l) => l.order_id)
}

/** Amount and settled part of the invoices and credit notes of these orders. */
async function settledOfOrders(db: Reader, order_ids: readonly string[]): Promise<Map<string, Settled>> {
  const rows = await db.all<Settled & { order_id: string }>(
    `select x.order_id, sum(o.amount_minor) as amount_minor, sum(o.settled_minor) as settled_minor
       from (select distinct order_id, invoice_id from sales_invoice_line where order_id in (${marks(order_ids)})) x
       join accounting_open_item o on o.source_kind = 'sales.invoice' and o.source_id = x.invoice_id
      group by x.order_id order by x.order_id`,
    order_ids,
  )
  return new Map(rows.map((r) => [r.order_id, r]))
}
