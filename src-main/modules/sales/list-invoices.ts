import type { InputOf, OutputOf } from '../../kernel/contract.ts'
import { answer, type QueryCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { itemsOf } from '../catalog/index.ts'
import { visibleParties } from '../parties/index.ts'
import { extraConditions, extraOrder, withExtra, type WithExtra } from '../platform/index.ts'
import { getInvoice, listInvoices } from './contract.ts'
import { creditableLines } from './creditable.ts'
import { deliveryLinks, entryLinks, invoiceLinks, orderLinks, paymentLinks, type Link } from './links.ts'
import {
  DOCUMENT_COLUMNS,
  DOCUMENT_JOINS,
  LINE_COLUMNS,
  joined,
  listConditions,
  paidState,
  settledOf,
  type Condition,
  type Settled,
} from './query-parts.ts'
import { unitWords } from './unit-words.ts'

type Row = Omit<OutputOf<typeof listInvoices>['rows'][number], keyof WithExtra>
const OWN_FIELDS = { target: 'sales.invoice', column: 'd.extra' } as const
type Head = Omit<Row, 'open_minor' | 'paid' | 'is_overdue'>
type Line = OutputOf<typeof getInvoice>['lines'][number]

const COLUMNS = `d.id as invoice_id, ${DOCUMENT_COLUMNS}, d.kind, d.due_on, d.order_id, o.number as order_number, d.original_id,
  d.reverses_id,
  (select r.id from sales_invoice r where r.reverses_id = d.id) as reversed_by_id, d.reference, d.entry_id`
const FROM = `sales_invoice d ${DOCUMENT_JOINS} left join sales_order o on o.id = d.order_id`

const isOpen = (and: string): string =>
  `exists (select 1 from accounting_open_item x where x.source_kind = 'sales.invoice' and x.source_id = d.id
         and x.amount_minor <> x.settled_minor ${and})`

export const invoiceConditions = async (ctx: QueryCtx, input: Omit<InputOf<typeof listInvoices>, 'sort' | 'direction'>): Promise<Condition[]> => {
  const conditions: Condition[] = [
    visibleParties(ctx.scope, 'd.party_id'),
    ...(await listConditions(ctx, { form: input, series: ['sales.invoice', 'sales.creditNote'], extra_column: 'd.reference' })),
    ...extraConditions(ctx, { ...OWN_FIELDS, filters: input.fields }),
  ]
  if (input.kind !== undefined) conditions.push({ sql: 'd.kind = ?', params: [input.kind] })
  if (input.due === 'open') conditions.push({ sql: isOpen(''), params: [] })
  if (input.due === 'overdue') conditions.push({ sql: isOpen('and x.amount_minor > 0 and x.due_on < ?'), params: [ctx.today] })
  return conditions
}

export const listInvoicesHandler = answer(listInvoices, async (ctx, input) => {
  const { where, params } = joined(await invoiceConditions(ctx, input))
  const sums = (await ctx.db.get<{ n: number; gross_minor: number | null }>(
    `select count(*) as n, sum(d.gross_minor) as gross_minor from sales_invoice d where ${where}`,
    params,
  ))!
  const open = (await ctx.db.get<{ open_minor: number | null }>(
    `select sum(x.amount_minor - x.settled_minor) as open_minor from accounting_open_item x join sales_invoice d on d.id = x.source_id
      where x.side = 'receivable' and x.amount_minor <> x.settled_minor and x.source_kind = 'sales.invoice' and ${where}`,
    params,
  ))!
  const by = extraOrder(ctx, { ...OWN_FIELDS, ...input }) ?? `d.day ${input.direction}`
  const heads = await ctx.db.all<Head>(
    `select ${COLUMNS} from ${FROM} where ${where} order by ${by}, d.id ${input.direction} limit ? offset ?`,
    [...params, input.limit, input.offset],
  )
  const settled = await settledOf(ctx.db, heads.map((h) => h.invoice_id))
  const found = heads.map((head) => withSettled(head, { settled: settled.get(head.invoice_id), today: ctx.today }))
  const rows = await withExtra(ctx, { target: 'sales.invoice', rows: found, idOf: (row) => row.invoice_id })
  return { rows, total: sums.n, gross_minor: sums.gross_minor ?? 0, open_minor: open.open_minor ?? 0 }
})

function withSettled(head: Head, { settled, today }: { settled: Settled | undefined; today: string }): Row {
  const open_minor = settled ? settled.amount_minor - settled.settled_minor : 0
  return { ...head, open_minor, paid: settled ? paidState(settled) : 'all', is_overdue: open_minor > 0 && head.due_on < today ? 1 : 0 }
}

/** One invoice's row, where the reader may see it. Refuses 'sales.invoiceNotFound'. */
export async function invoiceHead(ctx: QueryCtx, invoice_id: string): Promise<Row & {
  party_snapshot: string
  created_by: string
}> {
  const visible = visibleParties(ctx.scope, 'd.party_id')
  const head = await ctx.db.get<Head & { party_snapshot: string; created_by: string }>(
    `select ${COLUMNS}, d.party_snapshot, d.created_by from ${FROM} where d.id = ? and ${visible.sql}`,
    [invoice_id, ...visible.params],
  )
  if (!head) throw new Refusal('sales.invoiceNotFound', { invoice_id })
  const settled = (await settledOf(ctx.db, [invoice_id])).get(invoice_id)
  return { ...head, ...withSettled(head, { settled, today: ctx.today }) }
}

export const getInvoiceHandler = answer(getInvoice, async (ctx, { invoice_id }) => {
  const { party_snapshot: _snapshot, created_by: _by, ...head } = await invoiceHead(ctx, invoice_id)
  const lines = await linesOf(ctx, invoice_id)
  const [invoice] = await withExtra(ctx, { target: 'sales.invoice', rows: [head], idOf: (row) => row.invoice_id })
  return {
    ...invoice!,
    lines,
    documents: await documentsOf(ctx, head, lines),
  }
})

type LineRow = Omit<Line, 'quantity_words' | 'credited_e6' | 'credited_gross_minor'>

async function linesOf(ctx: QueryCtx, invoice_id: string): Promise<Line[]> {
  const rows = await ctx.db.all<LineRow>(
    `select ${LINE_COLUMNS}, l.order_id, l.order_line_no, l.delivery_id, l.delivery_line_no, l.original_id, l.original_line_no
       from sales_invoice_line l join catalog_item t on t.id = l.item_id where l.invoice_id = ? order by l.line_no`,
    [invoice_id],
  )
  const taken = new Map((await creditableLines(ctx.db, { invoice_id })).map((l) => [l.line_no, l.taken]))
  const items = await itemsOf(ctx, rows.map((r) => r.item_id))
  return rows.map((row): Line => ({
    ...row,
    quantity_words: unitWords(items.get(row.item_id)!, row.base_quantity_e6),
    credited_e6: taken.get(row.line_no)?.base_quantity_e6 ?? 0,
    credited_gross_minor: taken.get(row.line_no)?.gross_minor ?? 0,
  }))
}

async function documentsOf(ctx: QueryCtx, head: Row, lines: readonly Line[]): Promise<Link[]> {
  const { db } = ctx
  const { invoice_id } = head
  const known = (ids: readonly (string | null)[]): string[] => [...new Set(ids.filter((i) => i !== null))]
  const credits = await db.all<{ id: string }>(
    'select distinct invoice_id as id from sales_invoice_line where original_id = ? order by invoice_id',
    [invoice_id],
  )
  const others = known([
    ...credits.map((c) => c.id),
    head.original_id,
    head.reverses_id,
    head.reversed_by_id,
    ...lines.map((l) => l.original_id),
  ])
  return [
    ...(await orderLinks(db, known([head.order_id, ...lines.map((l) => l.order_id)]))),
    ...(await deliveryLinks(db, known(lines.map((l) => l.delivery_id)))),
    ...(await invoiceLinks(db, others.filter((i) => i !== invoice_id))),
    ...(await paymentLinks(db, { invoice_ids: [invoice_id] })),
    ...(await entryLinks(db, [{ kind: 'sales.invoice', id: invoice_id }])),
  ]
}
