import type { InputOf, OutputOf } from '../../kernel/contract.ts'
import { answer, type QueryCtx } from '../../kernel/operation.ts'
import { listInvoiceGroups, listOrderGroups, listQuoteGroups } from './contract.ts'
import { invoiceConditions } from './list-invoices.ts'
import { orderConditions } from './list-orders.ts'
import { quoteConditions } from './list-quotes.ts'
import { joined, type Condition } from './query-parts.ts'

// Documents put together by customer, month, salesperson or state: the sums of a list's whole filter, from SQL and not from the page on screen.

type Groups = OutputOf<typeof listOrderGroups>
type Asked = Pick<InputOf<typeof listOrderGroups>, 'by' | 'sort' | 'direction' | 'limit' | 'offset'>
type Of = { readonly table: string; readonly state: 'd.state' | 'd.kind'; readonly conditions: readonly Condition[] }

const SUMS = 'count(*) as count, sum(d.net_minor) as net_minor, sum(d.gross_minor) as gross_minor'

const waysOf = (state: Of['state']) => ({
  party: { key: 'd.party_id', label: 'p.name', join: 'join parties_party p on p.id = d.party_id' },
  month: { key: 'substr(d.day, 1, 7)', label: 'substr(d.day, 1, 7)', join: '' },
  salesperson: { key: `coalesce(d.salesperson_id, '')`, label: 'u.name', join: 'left join platform_user u on u.id = d.salesperson_id' },
  state: { key: state, label: 'null', join: '' },
})

async function groupsOf(ctx: QueryCtx, { table, state, conditions }: Of, { by, sort, direction, limit, offset }: Asked): Promise<Groups> {
  const { where, params } = joined(conditions)
  const way = waysOf(state)[by]
  const grouped = way.label === 'null' ? way.key : `${way.key}, ${way.label}`
  const groups = `select ${way.key} as key, ${way.label} as label, ${SUMS} from ${table} d ${way.join} where ${where} group by ${grouped}`
  const rows = await ctx.db.all<Groups['rows'][number]>(`${groups} order by ${sort} ${direction}, key limit ? offset ?`, [...params, limit, offset])
  const whole = (await ctx.db.get<Omit<Groups, 'rows'>>(
    `select count(*) as total, coalesce(sum(g.count), 0) as count, coalesce(sum(g.net_minor), 0) as net_minor, coalesce(sum(g.gross_minor), 0) as gross_minor from (${groups}) g`,
    params,
  ))!
  return { rows, ...whole }
}

export const listQuoteGroupsHandler = answer(listQuoteGroups, async (ctx, input) =>
  groupsOf(ctx, { table: 'sales_quote', state: 'd.state', conditions: await quoteConditions(ctx, input) }, input),
)
export const listOrderGroupsHandler = answer(listOrderGroups, async (ctx, input) =>
  groupsOf(ctx, { table: 'sales_order', state: 'd.state', conditions: await orderConditions(ctx, input) }, input),
)
export const listInvoiceGroupsHandler = answer(listInvoiceGroups, async (ctx, input) =>
  groupsOf(ctx, { table: 'sales_invoice', state: 'd.kind', conditions: await invoiceConditions(ctx, input) }, input),
)
