import type { OutputOf } from '../../kernel/contract.ts'
import { answer, type QueryCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { visibleParties, ofParty } from '../parties/index.ts'
import { customerHistory } from './contract.ts'
import { owedBy } from './credit.ts'

type Output = OutputOf<typeof customerHistory>
type Link = Output['documents'][number]

/** How a customer has dealt with us: sums, the latest documents, what they buy. */
export const customerHistoryHandler = answer(customerHistory, async (ctx, { party_id, limit }) => {
  const visible = visibleParties(ctx.scope, 'p.id')
  const party = await ctx.db.get<{ credit_limit_minor: number | null }>(
    `select p.credit_limit_minor from parties_party p where p.id = ? and ${visible.sql}`,
    [party_id, ...visible.params],
  )
  if (!party) throw new Refusal('parties.partyNotFound', { party_id })
  return {
    ...(await sums(ctx, party_id)),
    credit_limit_minor: party.credit_limit_minor,
    owed_minor: await owedBy(ctx.db, party_id),
    documents: await documents(ctx, { party_id, limit }),
    items: await items(ctx, { party_id, limit }),
  }
})

async function sums(ctx: QueryCtx, party_id: string) {
  const sold = (await ctx.db.get<{
    first_sold_on: string | null
    last_sold_on: string | null
    invoice_count: number
    net: number | null
    gross: number | null
  }>(
    `select min(case when kind = 'invoice' then day end) as first_sold_on, max(case when kind = 'invoice' then day end) as last_sold_on,
            sum(case when kind = 'invoice' then 1 else 0 end) as invoice_count, sum(net_minor) as net, sum(gross_minor) as gross
       from sales_invoice where ${ofParty('party_id')}`,
    [party_id],
  ))!
  const owed = (await ctx.db.get<{ open_minor: number | null; overdue_minor: number | null }>(
    `select sum(amount_minor - settled_minor) as open_minor,
            sum(case when due_on < ? and amount_minor > 0 then amount_minor - settled_minor else 0 end) as overdue_minor
       from accounting_open_item where ${ofParty('party_id')} and side = 'receivable' and amount_minor <> settled_minor`,
    [ctx.today, party_id],
  ))!
  return {
    first_sold_on: sold.first_sold_on,
    last_sold_on: sold.last_sold_on,
    invoice_count: sold.invoice_count ?? 0,
    sold_net_minor: sold.net ?? 0,
    sold_gross_minor: sold.gross ?? 0,
    open_minor: owed.open_minor ?? 0,
    overdue_minor: owed.overdue_minor ?? 0,
  }
}

type Row = { kind: string; id: string; number: string; day: string; amount_minor: number | null }

/** Quotes, orders, deliveries, invoices and payments of one customer, newest first. */
async function documents(ctx: QueryCtx, { party_id, limit }: { party_id: string; limit: number }): Promise<Link[]> {
  const rows = await ctx.db.all<Row>(
    `select kind, id, number, day, amount_minor from (
       select 'quote' as kind, id, number, day, gross_minor as amount_minor from sales_quote where ${ofParty('party_id')} and number is not null
       union all select 'order', id, number, day, gross_minor from sales_order where ${ofParty('party_id')} and number is not null
       union all select case when kind = 'reversal' then 'delivery_reversal' else kind end, id, number, day, null from sales_delivery
         where ${ofParty('party_id')}
       union all select case when kind = 'reversal' then 'invoice_reversal' else kind end, id, number, day, gross_minor
         from sales_invoice where ${ofParty('party_id')}
       union all select kind, id, number, day, amount_minor from accounting_payment where ${ofParty('party_id')} and kind in ('receipt', 'refund')
     ) x order by day desc, id desc limit ?`,
    [party_id, party_id, party_id, party_id, party_id, limit],
  )
  return rows.map((r) => ({ ...r, kind: r.kind as Link['kind'] }))
}

/** What the customer buys, most valued first, with the last price. */
const items = (ctx: QueryCtx, { party_id, limit }: { party_id: string; limit: number }): Promise<Output['items']> =>
  ctx.db.all<Output['items'][number]>(
    `with bought as (
       select l.item_id, sum(l.base_quantity_e6) as quantity_e6, sum(l.net_minor) as net_minor,
              max(case when i.kind = 'invoice' then i.day end) as last_sold_on
         from sales_invoice i join sales_invoice_line l on l.invoice_id = i.id where ${ofParty('i.party_id')} group by l.item_id
     ), latest as (
       select l.item_id, l.price_e4, l.unit, row_number() over (partition by l.item_id order by i.day desc, i.id desc,
         l.line_no desc) as place
         from sales_invoice i join sales_invoice_line l on l.invoice_id = i.id where ${ofParty('i.party_id')} and i.kind = 'invoice'
     )
     select b.item_id, t.code as item_code, t.name as item_name, t.base_unit, b.quantity_e6, b.net_minor, n.price_e4 as last_price_e4,
       n.unit as last_unit,
            b.last_sold_on
       from bought b join latest n on n.item_id = b.item_id and n.place = 1 join catalog_item t on t.id = b.item_id
      order by b.net_minor desc, b.item_id limit ?`,
    [party_id, party_id, limit],
  )
