import type { OutputOf } from '../../kernel/contract.ts'
import { answer, type QueryCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { itemsOf } from '../catalog/index.ts'
import { visibleParties } from '../parties/index.ts'
import { getDelivery, listDeliveries } from './contract.ts'
import { deliveredLines, keyOf, uninvoiced } from './delivered.ts'
import { deliveryLinks, entryLinks, invoiceLinks, orderLinks, type Link } from './links.ts'
import { countOf, joined, listConditions, type Condition } from './query-parts.ts'
import { unitWords } from './unit-words.ts'

type Row = OutputOf<typeof listDeliveries>['rows'][number]
type Line = OutputOf<typeof getDelivery>['lines'][number]

const COLUMNS = `d.id as delivery_id, d.number, d.kind, d.party_id, p.name as party_name, d.day, d.warehouse_id, w.name as warehouse_name,
  d.order_id,
  o.number as order_number, d.is_direct, d.ship_to, d.tracking, d.note, d.reverses_id,
  (select r.id from sales_delivery r where r.reverses_id = d.id) as reversed_by_id, d.entry_id, d.created_at`
const FROM = `sales_delivery d join parties_party p on p.id = d.party_id join inventory_warehouse w on w.id = d.warehouse_id
  left join sales_order o on o.id = d.order_id`

export const listDeliveriesHandler = answer(listDeliveries, async (ctx, input) => {
  const conditions: Condition[] = [visibleParties(ctx.scope, 'd.party_id'), ...(await listConditions(ctx, { form: input, series: ['sales.delivery', 'sales.return'] }))]
  if (input.kind !== undefined) conditions.push({ sql: 'd.kind = ?', params: [input.kind] })
  const { where, params } = joined(conditions)
  const rows = await ctx.db.all<Row>(
    `select ${COLUMNS} from ${FROM} where ${where} order by d.day ${input.direction}, d.id ${input.direction} limit ? offset ?`,
    [...params, input.limit, input.offset],
  )
  return { rows, total: await countOf(ctx.db, { from: 'sales_delivery d', where, params }) }
})

export const getDeliveryHandler = answer(getDelivery, async (ctx, { delivery_id }) => {
  const visible = visibleParties(ctx.scope, 'd.party_id')
  const head = await ctx.db.get<Row>(`select ${COLUMNS} from ${FROM} where d.id = ? and ${visible.sql}`, [delivery_id, ...visible.params])
  if (!head) throw new Refusal('sales.deliveryNotFound', { delivery_id })
  const lines = await linesOf(ctx, head)
  return { ...head, lines, documents: await documentsOf(ctx, head, lines) }
})

type LineRow = Omit<Line, 'quantity_words' | 'returned_e6' | 'to_invoice_e6' | 'cost_minor'> & { cost_minor: number }

async function linesOf(ctx: QueryCtx, head: Row): Promise<Line[]> {
  const rows = await ctx.db.all<LineRow>(
    `select l.line_no, l.item_id, t.code as item_code, t.name as item_name, l.description, l.unit, l.unit_numerator, l.unit_denominator,
           t.base_unit,
            l.quantity_e6, l.base_quantity_e6, l.order_id, l.order_line_no, l.original_id, l.original_line_no, l.disposition,
            coalesce((select sum(m.value_minor) from inventory_move m
                       where m.seq = s.seq or (m.original_seq = s.seq and m.kind = 'adjustment')), 0) as cost_minor
       from sales_delivery_line l join catalog_item t on t.id = l.item_id
       left join inventory_move s on s.source_kind = 'sales.delivery' and s.source_id = l.delivery_id and s.source_line_no = l.line_no
        and s.kind in ('in', 'out')
      where l.delivery_id = ? order by l.line_no`,
    [head.delivery_id],
  )
  const delivered = await deliveredLines(ctx.db, head.kind === 'delivery' ? [head.delivery_id] : [])
  const items = await itemsOf(ctx, rows.map((r) => r.item_id))
  const seesCost = ctx.may('sales.cost')
  return rows.map((row): Line => {
    const root = delivered.get(keyOf({ delivery_id: head.delivery_id, line_no: row.line_no }))
    return {
      ...row,
      quantity_words: unitWords(items.get(row.item_id)!, row.base_quantity_e6),
      returned_e6: root?.returned_e6 ?? 0,
      to_invoice_e6: root ? uninvoiced(root) : 0,
      cost_minor: seesCost ? (row.base_quantity_e6 < 0 ? 0 - row.cost_minor : row.cost_minor) : null,
    }
  })
}

async function documentsOf(ctx: QueryCtx, head: Row, lines: readonly Line[]): Promise<Link[]> {
  const { db } = ctx
  const { delivery_id } = head
  const orders = lines.map((l) => l.order_id).filter((i) => i !== null)
  const others = await db.all<{ id: string }>(
    `select distinct delivery_id as id from sales_delivery_line where original_id = ? and delivery_id <> ? order by delivery_id`,
    [delivery_id, delivery_id],
  )
  const invoices = await db.all<{ id: string }>(
    'select distinct invoice_id as id from sales_invoice_line where delivery_id = ? order by invoice_id',
    [delivery_id],
  )
  const related = [
    ...others.map((o) => o.id),
    ...lines.map((l) => l.original_id).filter((i) => i !== null),
    ...[head.reverses_id].filter((i) => i !== null),
  ]
  return [
    ...(await orderLinks(db, [...new Set([...orders, ...[head.order_id].filter((i) => i !== null)])])),
    ...(await deliveryLinks(db, [...new Set(related)].filter((i) => i !== delivery_id))),
    ...(await invoiceLinks(db, invoices.map((i) => i.id))),
    ...(await entryLinks(db, [{ kind: 'sales.delivery', id: delivery_id }])),
  ]
}
