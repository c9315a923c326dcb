import type { QueryCtx } from '../../kernel/operation.ts'
import { afterPrefix } from '../../kernel/text.ts'
import { marks, type Reader, type SqlValue } from '../../storage/db.ts'
import { numbersOfSerial, refsFound } from '../platform/index.ts'
import type { Progress } from './contract-rows.ts'
import { progressOf } from './order.ts'
import { ofParty } from '../parties/index.ts'

// Pieces that several queries of sales are made of.

export type Condition = { readonly sql: string; readonly params: readonly SqlValue[] }

export const joined = (conditions: readonly Condition[]): { where: string; params: SqlValue[] } => ({
  where: conditions.map((c) => c.sql).join(' and '),
  params: conditions.flatMap((c) => c.params),
})

const PARTY_KIND = 'party'

type ListForm = { readonly text: string; readonly party_id?: string; readonly salesperson_id?: string; readonly from?: string; readonly to?: string }

/** What every list of documents is limited by: customer, days, and a text that begins the number, is its bare serial, or is part of the customer's name. */
export async function listConditions(
  ctx: QueryCtx,
  { form, series, extra_column }: { form: ListForm; series: readonly string[]; extra_column?: string },
): Promise<Condition[]> {
  const conditions: Condition[] = []
  if (form.party_id !== undefined) conditions.push({ sql: ofParty('d.party_id'), params: [form.party_id] })
  if (form.salesperson_id !== undefined) conditions.push({ sql: 'd.salesperson_id = ?', params: [form.salesperson_id] })
  if (form.from !== undefined) conditions.push({ sql: 'd.day >= ?', params: [form.from] })
  if (form.to !== undefined) conditions.push({ sql: 'd.day <= ?', params: [form.to] })
  if (form.text !== '') conditions.push(await textCondition(ctx, { text: form.text, series, extra_column }))
  return conditions
}

async function textCondition(ctx: QueryCtx, { text, series, extra_column }: { text: string; series: readonly string[]; extra_column?: string }): Promise<Condition> {
  const prefix = text.toUpperCase()
  const serials = await numbersOfSerial(ctx, { series, text })
  const parts: Condition[] = [
    { sql: `d.number in (${marks(serials)})`, params: serials },
    { sql: 'd.number >= ? and d.number < ?', params: [prefix, afterPrefix(prefix)] },
    await refsFound(ctx.db, { kind: PARTY_KIND, text, column: 'd.party_id' }),
  ]
  if (extra_column !== undefined) parts.push({ sql: `${extra_column} >= ? and ${extra_column} < ?`, params: [text, afterPrefix(text)] })
  return { sql: `(${parts.map((p) => `(${p.sql})`).join(' or ')})`, params: parts.flatMap((p) => p.params) }
}

/** The columns that all priced documents show in lists, of a table `d` with its party `p` and its salesperson `u`. */
export const DOCUMENT_COLUMNS = `d.number, d.party_id, p.name as party_name, d.day, d.currency, d.prices_include_tax, d.discount_minor,
  d.net_minor,
  d.tax_minor, d.gross_minor, d.salesperson_id, u.name as salesperson_name, d.note, d.created_at`
export const DOCUMENT_JOINS = `join parties_party p on p.id = d.party_id left join platform_user u on u.id = d.salesperson_id`

/** The columns of a priced line `l` with its item `t`. */
export const LINE_COLUMNS = `l.line_no, l.item_id, t.code as item_code, t.name as item_name, t.kind as item_kind, l.description, l.unit,
  l.unit_numerator,
  l.unit_denominator, t.base_unit, l.quantity_e6, l.base_quantity_e6, l.price_e4, l.discount_rate_e8, l.discount_minor,
    l.order_discount_minor, l.promotion_id,
  l.tax_code, l.tax_rate_e8, l.net_minor, l.tax_minor, l.gross_minor`

/** What of documents is settled: none, part, all, or more than all. Minor units with the documents' sign. */
export function paidState({ amount_minor, settled_minor }: { amount_minor: number; settled_minor: number }): Progress {
  const sign = amount_minor < 0 ? -1 : 1
  return progressOf([{ done: sign * settled_minor, due: sign * amount_minor }])
}

/** How far an order is paid: all only when all of it is invoiced, a part before; where nothing that stands was invoiced, not at all. */
export function paidOfOrder(settled: Settled | undefined, invoiced: Progress): Progress {
  if (!settled) return 'none'
  const paid = paidState(settled)
  if (paid !== 'all' || invoiced === 'all' || invoiced === 'over') return paid
  return settled.amount_minor === 0 ? 'none' : 'part'
}

export type Settled = { readonly amount_minor: number; readonly settled_minor: number }

/** Amount and settled part of the open items of each of these invoices. */
export async function settledOf(db: Reader, invoice_ids: readonly string[]): Promise<Map<string, Settled>> {
  const rows = await db.all<Settled & { source_id: string }>(
    `select source_id, sum(amount_minor) as amount_minor, sum(settled_minor) as settled_minor from accounting_open_item
      where source_kind = 'sales.invoice' and source_id in (${marks(invoice_ids)}) group by source_id order by source_id`,
    invoice_ids,
  )
  return new Map(rows.map((r) => [r.source_id, r]))
}

/** The number of rows a list has in all. */
export async function countOf(
  db: Reader,
  { from, where, params }: { from: string; where: string; params: readonly SqlValue[] },
): Promise<number> {
  return (await db.get<{ n: number }>(`select count(*) as n from ${from} where ${where}`, params))!.n
}
