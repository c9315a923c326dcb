import { answer, type QueryCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { visibleParties } from '../parties/index.ts'
import { extraConditions, extraOrder, withExtra } from '../platform/index.ts'
import { getQuote, listQuotes, type OrderState, type QuoteState } from './contract.ts'
import type { InputOf, OutputOf } from '../../kernel/contract.ts'
import { DOCUMENT_COLUMNS, DOCUMENT_JOINS, LINE_COLUMNS, countOf, joined, listConditions, type Condition } from './query-parts.ts'

type Row = Omit<OutputOf<typeof listQuotes>['rows'][number], 'is_expired' | 'extra' | 'extra_names'>
const OWN_FIELDS = { target: 'sales.quote', column: 'd.extra' } as const
const COLUMNS = `d.id as quote_id, ${DOCUMENT_COLUMNS}, d.state, d.version, d.valid_until, d.lost_reason`

const withExpiry = (row: Row, today: string) => ({
  ...row,
  is_expired: row.state === 'sent' && row.valid_until !== null && row.valid_until < today ? (1 as const) : (0 as const),
})

export const quoteConditions = async (ctx: QueryCtx, input: Omit<InputOf<typeof listQuotes>, 'sort' | 'direction'>): Promise<Condition[]> => {
  const conditions: Condition[] = [
    visibleParties(ctx.scope, 'd.party_id'),
    ...(await listConditions(ctx, { form: input, series: ['sales.quote'] })),
    ...extraConditions(ctx, { ...OWN_FIELDS, filters: input.fields }),
  ]
  if (input.state !== undefined) conditions.push({ sql: 'd.state = ?', params: [input.state] })
  return conditions
}

export const listQuotesHandler = answer(listQuotes, async (ctx, input) => {
  const { where, params } = joined(await quoteConditions(ctx, input))
  const by = extraOrder(ctx, { ...OWN_FIELDS, ...input }) ?? `d.day ${input.direction}`
  const found = await ctx.db.all<Row>(
    `select ${COLUMNS} from sales_quote d ${DOCUMENT_JOINS} where ${where}
      order by ${by}, d.id ${input.direction} limit ? offset ?`,
    [...params, input.limit, input.offset],
  )
  const rows = await withExtra(ctx, { target: 'sales.quote', rows: found.map((row) => withExpiry(row, ctx.today)), idOf: (row) => row.quote_id })
  return { rows, total: await countOf(ctx.db, { from: 'sales_quote d', where, params }) }
})

type Line = OutputOf<typeof getQuote>['lines'][number]

export const getQuoteHandler = answer(getQuote, async (ctx, { quote_id }) => {
  const { sql, params } = visibleParties(ctx.scope, 'd.party_id')
  const head = await ctx.db.get<Row>(
    `select ${COLUMNS} from sales_quote d ${DOCUMENT_JOINS} where d.id = ? and ${sql}`,
    [quote_id, ...params],
  )
  if (!head) throw new Refusal('sales.quoteNotFound', { quote_id })
  const lines = await ctx.db.all<Line>(
    `select ${LINE_COLUMNS} from sales_quote_line l join catalog_item t on t.id = l.item_id where l.quote_id = ? order by l.line_no`,
    [quote_id],
  )
  const versions = await ctx.db.all<{ quote_id: string; version: number; state: QuoteState; day: string; gross_minor: number }>(
    `select id as quote_id, version, state, day, gross_minor from sales_quote where id = ? or (number is not null and number = ?)
           order by version, id`,
    [quote_id, head.number],
  )
  const orders = await ctx.db.all<{ order_id: string; number: string | null; state: OrderState }>(
    'select id as order_id, number, state from sales_order where quote_id = ? order by id',
    [quote_id],
  )
  const [quote] = await withExtra(ctx, { target: 'sales.quote', rows: [withExpiry(head, ctx.today)], idOf: (row) => row.quote_id })
  return {
    ...quote!,
    lines,
    versions,
    orders,
  }
})
