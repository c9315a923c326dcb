import type { QueryCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { marks, type Reader } from '../../storage/db.ts'
import { visibleParties } from '../parties/index.ts'
import type { InputOf } from '../../kernel/contract.ts'
import type { lifecycle } from './contract.ts'
import type { Link } from './links.ts'
import { settledOf } from './query-parts.ts'

// The documents that one sale is made of: whoever begins at one of them finds the others.

/** A document with what its step says of it. */
export type Paper = {
  readonly kind: Link['kind']
  readonly id: string
  /** Null: a draft. */
  readonly number: string | null
  readonly day: string
  readonly amount_minor: number | null
  readonly at: number | null
  readonly user_name: string | null
  readonly state?: string
  readonly valid_until?: string | null
  readonly due_on?: string
  readonly settled_minor?: number
}

/** The ids of all documents of a sale, reversed ones among them. */
export type Chain = {
  readonly party_id: string
  readonly quote_id: string | null
  readonly order_ids: readonly string[]
  readonly delivery_ids: readonly string[]
  readonly invoice_ids: readonly string[]
}

type Begin = InputOf<typeof lifecycle>
const NOT_FOUND = { quote: 'sales.quoteNotFound', order: 'sales.orderNotFound', delivery: 'sales.deliveryNotFound', invoice: 'sales.invoiceNotFound' } as const

/** From any document of a sale to all of them. Refuses where it is not there or not in sight. */
export async function chainOf(ctx: QueryCtx, begin: Begin): Promise<Chain> {
  const visible = visibleParties(ctx.scope, 'd.party_id')
  const head = await ctx.db.get<{ party_id: string }>(
    `select d.party_id from sales_${begin.kind} d where d.id = ? and ${visible.sql}`,
    [begin.id, ...visible.params],
  )
  if (!head) throw new Refusal(NOT_FOUND[begin.kind], { [`${begin.kind}_id`]: begin.id })
  const order_ids = await ordersOf(ctx.db, begin)
  const quote = await ctx.db.get<{ quote_id: string }>(
    `select quote_id from sales_order where quote_id is not null and id in (${marks(order_ids)}) order by id limit 1`,
    order_ids,
  )
  const rest = order_ids.length > 0 ? await ofOrders(ctx.db, order_ids) : await withoutOrder(ctx.db, begin)
  return { party_id: head.party_id, quote_id: begin.kind === 'quote' ? begin.id : (quote?.quote_id ?? null), order_ids, ...rest }
}

const idsWhere = async (db: Reader, sql: string, params: readonly string[]): Promise<string[]> => (await db.all<{ id: string }>(sql, params)).map((r) => r.id)

async function ordersOf(db: Reader, { kind, id }: Begin): Promise<string[]> {
  if (kind === 'order') return [id]
  if (kind === 'quote') return idsWhere(db, 'select id from sales_order where quote_id = ? order by id', [id])
  return idsWhere(db, `select distinct order_id as id from sales_${kind}_line where ${kind}_id = ? and order_id is not null order by order_id`, [id])
}

async function ofOrders(db: Reader, order_ids: readonly string[]) {
  const of = (table: 'delivery' | 'invoice'): Promise<string[]> =>
    idsWhere(db, `select distinct ${table}_id as id from sales_${table}_line where order_id in (${marks(order_ids)}) order by ${table}_id`, order_ids)
  return { delivery_ids: await of('delivery'), invoice_ids: await of('invoice') }
}

/** A sale without an order: its delivery with what came back of it, its invoice with its credit notes. */
async function withoutOrder(db: Reader, { kind, id }: Begin): Promise<Pick<Chain, 'delivery_ids' | 'invoice_ids'>> {
  if (kind === 'quote' || kind === 'order') return { delivery_ids: [], invoice_ids: [] }
  const begun = await idsWhere(
    db,
    kind === 'delivery'
      ? 'select distinct coalesce(original_id, delivery_id) as id from sales_delivery_line where delivery_id = ? order by 1'
      : `select distinct coalesce(d.original_id, d.delivery_id) as id from sales_invoice_line l
           join sales_delivery_line d on d.delivery_id = l.delivery_id and d.line_no = l.delivery_line_no where l.invoice_id = ? order by 1`,
    [id],
  )
  const delivery_ids = await idsWhere(
    db,
    `select distinct delivery_id as id from sales_delivery_line where delivery_id in (${marks(begun)}) or original_id in (${marks(begun)}) order by 1`,
    [...begun, ...begun],
  )
  const own = kind === 'invoice' ? [id] : []
  const invoice_ids = await idsWhere(
    db,
    `select distinct invoice_id as id from sales_invoice_line
      where delivery_id in (${marks(delivery_ids)}) or invoice_id in (${marks(own)}) or original_id in (${marks(own)}) order by 1`,
    [...delivery_ids, ...own, ...own],
  )
  return { delivery_ids, invoice_ids }
}

/** What stands: neither a reversal nor reversed. */
const stands = (table: string): string => `d.reverses_id is null and not exists (select 1 from ${table} r where r.reverses_id = d.id)`

/** The documents of a sale that stand, in order of time; four statements however many there are. */
export async function papersOf(db: Reader, chain: Chain) {
  const quotes = await db.all<Paper>(
    `select 'quote' as kind, d.id, d.number, d.day, d.gross_minor as amount_minor, d.created_at as at, u.name as user_name, d.state, d.valid_until
       from sales_quote d left join platform_user u on u.id = d.created_by where d.id = ?`,
    [chain.quote_id ?? ''],
  )
  const deliveries = await db.all<Paper>(
    `select d.kind, d.id, d.number, d.day, null as amount_minor, d.created_at as at, u.name as user_name
       from sales_delivery d left join platform_user u on u.id = d.created_by
      where d.id in (${marks(chain.delivery_ids)}) and ${stands('sales_delivery')} order by d.created_at, d.id`,
    chain.delivery_ids,
  )
  const billed = await db.all<Paper>(
    `select d.kind, d.id, d.number, d.day, d.gross_minor as amount_minor, d.created_at as at, u.name as user_name, d.due_on
       from sales_invoice d left join platform_user u on u.id = d.created_by
      where d.id in (${marks(chain.invoice_ids)}) and ${stands('sales_invoice')} order by d.created_at, d.id`,
    chain.invoice_ids,
  )
  const settled = await settledOf(db, billed.map((i) => i.id))
  const invoices = billed.map((i): Paper => ({ ...i, settled_minor: settled.get(i.id)?.settled_minor ?? 0 }))
  return { quotes, deliveries, invoices, payments: await paymentsOf(db, chain) }
}

/** Receipts and refunds that settle the invoices, and deposits for the orders. */
const paymentsOf = (db: Reader, { invoice_ids, order_ids }: Chain): Promise<Paper[]> =>
  db.all<Paper>(
    `select d.kind, d.id, d.number, d.day, d.amount_minor, d.created_at as at, u.name as user_name
       from accounting_payment d left join platform_user u on u.id = d.created_by
      where (d.id in (
              select x.source_id from accounting_open_item o
                join accounting_allocation a on a.positive_id = o.id or a.negative_id = o.id
                join accounting_open_item x on x.id = case when a.positive_id = o.id then a.negative_id else a.positive_id end
               where o.source_kind = 'sales.invoice' and o.source_id in (${marks(invoice_ids)}) and x.source_kind = 'accounting.payment')
         or (d.source_kind = 'sales.order' and d.source_id in (${marks(order_ids)})))
        and d.kind in ('receipt', 'refund') and ${stands('accounting_payment')} order by d.created_at, d.id`,
    [...invoice_ids, ...order_ids],
  )
