import { amountInWords } from '../../kernel/words.ts'
import type { OutputOf } from '../../kernel/contract.ts'
import { answer, type Company, type QueryCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { itemsOf } from '../catalog/index.ts'
import { visibleParties } from '../parties/index.ts'
import { printedExtra } from '../platform/index.ts'
import { deliveryPrint, invoicePrint, offerPrint } from './contract.ts'
import { invoiceHead } from './list-invoices.ts'
import { LINE_COLUMNS } from './query-parts.ts'
import { unitWords } from './unit-words.ts'

type PaperLine = OutputOf<typeof invoicePrint>['lines'][number]
type PaperLocale = 'zh-CN' | 'en'

const localeOf = (ctx: QueryCtx, asked: PaperLocale | undefined): PaperLocale => asked ?? (ctx.company.locale === 'en' ? 'en' : 'zh-CN')

const letterhead = ({ name, tax_no, address, phone, bank_name, bank_account, is_sample }: Company) => ({
  name, tax_no, address, phone, bank_name, bank_account, is_sample: is_sample === 1 ? (1 as const) : (0 as const),
})

async function paperLines(ctx: QueryCtx, { table, key, id }: { table: string; key: string; id: string }): Promise<PaperLine[]> {
  type Row = Omit<PaperLine, 'quantity_words'> & { item_id: string; base_quantity_e6: number }
  const rows = await ctx.db.all<Row>(
    `select ${LINE_COLUMNS}, t.spec from ${table} l join catalog_item t on t.id = l.item_id where l.${key} = ? order by l.line_no`,
    [id],
  )
  const items = await itemsOf(ctx, rows.map((r) => r.item_id))
  return rows.map((row): PaperLine => ({ ...row, quantity_words: unitWords(items.get(row.item_id)!, row.base_quantity_e6) }))
}

const nameOf = async (ctx: QueryCtx, user_id: string): Promise<string> =>
  (await ctx.db.get<{ name: string }>('select name from platform_user where id = ?', [user_id]))?.name ?? ''

const numbers = async (
  ctx: QueryCtx,
  sql: string,
  id: string,
): Promise<string[]> => (await ctx.db.all<{ number: string }>(sql, [id])).map((r) => r.number)

export const invoicePrintHandler = answer(invoicePrint, async (ctx, { invoice_id, locale: asked }) => {
  const head = await invoiceHead(ctx, invoice_id)
  const locale = localeOf(ctx, asked)
  const lines = await paperLines(ctx, { table: 'sales_invoice_line', key: 'invoice_id', id: invoice_id })
  const originals = await numbers(
    ctx,
    'select i.number from sales_invoice i where i.id = (select coalesce(original_id, reverses_id) from sales_invoice where id = ?)',
    invoice_id,
  )
  return {
    ...head,
    locale,
    company: letterhead(ctx.company),
    party: JSON.parse(head.party_snapshot) as OutputOf<typeof invoicePrint>['party'],
    lines,
    amount_in_words: amountInWords(head.gross_minor, { currency: head.currency, locale }),
    taxes: taxesOf(lines),
    original_number: originals[0] ?? null,
    order_numbers: await numbers(
      ctx,
      'select distinct o.number from sales_invoice_line l join sales_order o on o.id = l.order_id where l.invoice_id = ? order by o.number',
      invoice_id,
    ),
    delivery_numbers: await numbers(
      ctx,
      `select distinct d.number from sales_invoice_line l join sales_delivery d on d.id = l.delivery_id
        where l.invoice_id = ? order by d.number`,
      invoice_id,
    ),
    own_fields: await printedExtra(ctx, { target: 'sales.invoice', id: invoice_id }),
    settled_minor: head.gross_minor - head.open_minor,
    created_by_name: await nameOf(ctx, head.created_by),
  }
})

/** Net and tax of each rate, the highest first. */
function taxesOf(lines: readonly PaperLine[]) {
  return [...Map.groupBy(lines, (l) => l.tax_rate_e8)]
    .sort(([a], [b]) => b - a)
    .map(([tax_rate_e8, list]) => ({
      tax_rate_e8,
      net_minor: list.reduce((sum, l) => sum + l.net_minor, 0),
      tax_minor: list.reduce((sum, l) => sum + l.tax_minor, 0),
    }))
}

type DeliveryHead = {
  number: string
  order_id: string | null
  kind: 'delivery' | 'return' | 'reversal'
  day: string
  party_snapshot: string
  warehouse_name: string
  ship_to: string | null
  tracking: string | null
  order_number: string | null
  note: string | null
  created_by: string
  created_at: number
}
type GoodsLine = OutputOf<typeof deliveryPrint>['lines'][number]

export const deliveryPrintHandler = answer(deliveryPrint, async (ctx, { delivery_id, locale: asked }) => {
  const visible = visibleParties(ctx.scope, 'd.party_id')
  const head = await ctx.db.get<DeliveryHead>(
    `select d.number, d.order_id, d.kind, d.day, d.party_snapshot, w.name as warehouse_name, d.ship_to, d.tracking, o.number as order_number, d.note,
           d.created_by, d.created_at
       from sales_delivery d join inventory_warehouse w on w.id = d.warehouse_id left join sales_order o on o.id = d.order_id
      where d.id = ? and ${visible.sql}`,
    [delivery_id, ...visible.params],
  )
  if (!head) throw new Refusal('sales.deliveryNotFound', { delivery_id })
  const rows = await ctx.db.all<Omit<GoodsLine, 'quantity_words'> & { item_id: string; base_quantity_e6: number }>(
    `select l.line_no, l.item_id, t.code as item_code, t.name as item_name, t.spec, l.description, l.unit, l.quantity_e6, l.base_quantity_e6
       from sales_delivery_line l join catalog_item t on t.id = l.item_id where l.delivery_id = ? order by l.line_no`,
    [delivery_id],
  )
  const items = await itemsOf(ctx, rows.map((r) => r.item_id))
  return {
    ...head,
    locale: localeOf(ctx, asked),
    company: letterhead(ctx.company),
    party: JSON.parse(head.party_snapshot) as OutputOf<typeof deliveryPrint>['party'],
    currency: ctx.company.currency,
    // What is agreed on the order, such as the marks on its cases, goes with the goods.
    own_fields: head.order_id === null ? [] : await printedExtra(ctx, { target: 'sales.order', id: head.order_id }),
    lines: rows.map((row) => ({ ...row, quantity_words: unitWords(items.get(row.item_id)!, row.base_quantity_e6) })),
    created_by_name: await nameOf(ctx, head.created_by),
  }
})

type OfferHead = Pick<
  OutputOf<typeof offerPrint>,
  | 'day' | 'currency' | 'prices_include_tax' | 'discount_minor' | 'net_minor' | 'tax_minor' | 'gross_minor' | 'salesperson_name' | 'note'
  | 'created_at'
> & {
  number: string | null
  version: number | null
  valid_until: string | null
  promised_on: string | null
  ship_to: string | null
  customer_reference: string | null
  party_snapshot: string
  created_by: string
}

const OFFERS = {
  quote: {
    table: 'sales_quote',
    own: 'd.version, d.valid_until, null as promised_on, null as ship_to, null as customer_reference',
    missing: 'sales.quoteNotFound',
  },
  order: {
    table: 'sales_order',
    own: 'null as version, null as valid_until, d.promised_on, d.ship_to, d.customer_reference',
    missing: 'sales.orderNotFound',
  },
} as const

export const offerPrintHandler = answer(offerPrint, async (ctx, { kind, id, locale: asked }) => {
  const { table, own, missing } = OFFERS[kind]
  const visible = visibleParties(ctx.scope, 'd.party_id')
  const head = await ctx.db.get<OfferHead>(
    `select d.number, d.day, d.currency, d.prices_include_tax, d.discount_minor, d.net_minor, d.tax_minor, d.gross_minor,
           u.name as salesperson_name,
            d.note, d.created_at, d.created_by, d.party_snapshot, ${own}
       from ${table} d left join platform_user u on u.id = d.salesperson_id where d.id = ? and ${visible.sql}`,
    [id, ...visible.params],
  )
  if (!head) throw new Refusal(missing, { id })
  const locale = localeOf(ctx, asked)
  return {
    ...head,
    kind,
    // A draft has no number yet; its paper says so by leaving it out.
    number: head.number ?? '',
    locale,
    company: letterhead(ctx.company),
    party: JSON.parse(head.party_snapshot) as OutputOf<typeof offerPrint>['party'],
    lines: await paperLines(ctx, { table: `${table}_line`, key: `${kind}_id`, id }),
    amount_in_words: amountInWords(head.gross_minor, { currency: head.currency, locale }),
    own_fields: await printedExtra(ctx, { target: `sales.${kind}`, id }),
    created_by_name: await nameOf(ctx, head.created_by),
  }
})
