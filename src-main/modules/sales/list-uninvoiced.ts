import { mulDiv } from '../../kernel/math.ts'
import { answer, type QueryCtx } from '../../kernel/operation.ts'
import { itemsOf, type ItemInfo } from '../catalog/index.ts'
import { visibleParties, ofParty } from '../parties/index.ts'
import { marks } from '../../storage/db.ts'
import { listUninvoiced } from './contract.ts'
import { keyOf } from './delivered.ts'
import { sumOf } from './held-cost.ts'
import { joined, type Condition } from './query-parts.ts'
import { uninvoicedLines, type UninvoicedLine } from './uninvoiced.ts'

/** The terms at which a delivered line was sold, for its whole quantity. */
type Terms = {
  delivery_id: string
  line_no: number
  order_number: string | null
  party_name: string
  net_minor: number
  gross_minor: number
  base_quantity_e6: number
}

/** Goods that left and are not invoiced, and goods that came back and are not credited, at the terms of their order or invoice. */
export const listUninvoicedHandler = answer(listUninvoiced, async (ctx, { party_id, through, limit, offset }) => {
  const conditions: Condition[] = [visibleParties(ctx.scope, 'd.party_id')]
  if (party_id !== undefined) conditions.push({ sql: ofParty('d.party_id'), params: [party_id] })
  const { where, params } = joined(conditions)
  const lines = await uninvoicedLines(ctx.db, { through, of: 'all', rows: { sql: where, params } })
  const terms = await termsOf(ctx, lines)
  const items = await itemsOf(ctx, lines.map((l) => l.item_id))
  const rows = lines.map((line) => rowOf(line, { terms: terms.get(keyOf(line))!, item: items.get(line.item_id)! }))
  return {
    rows: rows.slice(offset, offset + limit),
    total: rows.length,
    net_minor: sumOf(rows, 'net_minor'),
    gross_minor: sumOf(rows, 'gross_minor'),
  }
})

async function termsOf(ctx: QueryCtx, lines: readonly UninvoicedLine[]): Promise<Map<string, Terms>> {
  const ids = [...new Set(lines.map((l) => l.delivery_id))]
  const terms = new Map<string, Terms>()
  for (let from = 0; from < ids.length; from += 500) {
    const some = ids.slice(from, from + 500)
    const rows = await ctx.db.all<Terms>(
      `select g.delivery_id, g.line_no, o.number as order_number, p.name as party_name, coalesce(l.net_minor, i.net_minor, 0) as net_minor,
              coalesce(l.gross_minor, i.gross_minor, 0) as gross_minor, coalesce(l.base_quantity_e6, i.base_quantity_e6,
                0) as base_quantity_e6
         from sales_delivery_line g join sales_delivery d on d.id = g.delivery_id join parties_party p on p.id = d.party_id
         left join sales_order_line l on l.order_id = g.order_id and l.line_no = g.order_line_no
         left join sales_order o on o.id = g.order_id
         left join sales_invoice_line i on i.delivery_id = g.delivery_id and i.delivery_line_no = g.line_no and g.order_id is null
          and i.original_id is null and i.base_quantity_e6 > 0
        where g.delivery_id in (${marks(some)}) order by g.delivery_id, g.line_no`,
      some,
    )
    for (const row of rows) terms.set(keyOf(row), row)
  }
  return terms
}

function rowOf(line: UninvoicedLine, { terms, item }: { terms: Terms; item: ItemInfo }) {
  const { to_invoice_e6 } = line
  const share = (amount: number): number =>
    terms.base_quantity_e6 === 0 ? 0 : mulDiv({ a: amount, b: to_invoice_e6, divisor: terms.base_quantity_e6, rounding: 'halfUp' })
  return {
    delivery_id: line.delivery_id,
    delivery_line_no: line.line_no,
    delivery_number: line.delivery_number,
    day: line.day,
    party_id: line.party_id,
    party_name: terms.party_name,
    order_id: line.order_id,
    order_number: terms.order_number,
    item_code: item.code,
    item_name: item.name,
    base_unit: item.base_unit,
    to_invoice_e6,
    net_minor: share(terms.net_minor),
    gross_minor: share(terms.gross_minor),
  }
}
