import { marks, type Reader } from '../../storage/db.ts'
import type { PricedLine, Taken } from './posting.ts'

/** An invoice line with what credit notes took of it already, as positive numbers. */
export type CreditableLine = PricedLine & {
  readonly invoice_id: string
  readonly invoice_number: string
  readonly line_no: number
  readonly item_id: string
  readonly description: string | null
  readonly discount_rate_e8: number
  readonly tax_code: string | null
  readonly order_id: string | null
  readonly order_line_no: number | null
  readonly delivery_id: string | null
  readonly delivery_line_no: number | null
  readonly day: string
  readonly prices_include_tax: number
  readonly salesperson_id: string | null
  taken: Taken
}

type LineRow = Omit<CreditableLine, 'taken'>
type CreditRow = Taken & { original_id: string; original_line_no: number }

/** The lines of invoices that stand (not reversed), found by the deliveries that they invoice or by their own invoice; oldest first. */
export async function creditableLines(
  db: Reader,
  by: { readonly delivery_ids: readonly string[] } | { readonly invoice_id: string },
): Promise<CreditableLine[]> {
  const [where, params] = 'invoice_id' in by ? ['l.invoice_id = ?', [by.invoice_id]] : [
    `l.delivery_id in (${marks(by.delivery_ids)})`,
    [...by.delivery_ids],
  ]
  const rows = await db.all<LineRow>(
    `select l.invoice_id, i.number as invoice_number, l.line_no, l.item_id, l.description, l.unit, l.unit_numerator, l.unit_denominator,
            l.quantity_e6, l.base_quantity_e6, l.price_e4, l.discount_rate_e8, l.discount_minor, l.order_discount_minor, l.tax_code,
              l.tax_rate_e8,
            l.net_minor, l.tax_minor, l.gross_minor, l.order_id, l.order_line_no, l.delivery_id, l.delivery_line_no, i.day,
              i.prices_include_tax,
            i.salesperson_id
       from sales_invoice_line l join sales_invoice i on i.id = l.invoice_id
      where ${where} and i.kind = 'invoice' and not exists (select 1 from sales_invoice r where r.reverses_id = i.id)
      order by i.day, i.id, l.line_no`,
    params,
  )
  const ids = [...new Set(rows.map((r) => r.invoice_id))]
  const credits = await db.all<CreditRow>(
    `select l.original_id, l.original_line_no, -sum(l.base_quantity_e6) as base_quantity_e6,
           -sum(l.order_discount_minor) as order_discount_minor,
            -sum(l.net_minor) as net_minor, -sum(l.gross_minor) as gross_minor,
            -sum(case when l.base_quantity_e6 = 0 then l.gross_minor else 0 end) as allowance_minor
       from sales_invoice_line l where l.original_id in (${marks(ids)})
      group by l.original_id, l.original_line_no order by l.original_id, l.original_line_no`,
    ids,
  )
  const takenOf = new Map(credits.map((c) => [`${c.original_id} ${c.original_line_no}`, c]))
  return rows.map((row) => {
    const c = takenOf.get(`${row.invoice_id} ${row.line_no}`)
    const taken: Taken = {
      base_quantity_e6: c?.base_quantity_e6 ?? 0,
      order_discount_minor: c?.order_discount_minor ?? 0,
      net_minor: c?.net_minor ?? 0,
      gross_minor: c?.gross_minor ?? 0,
      allowance_minor: c?.allowance_minor ?? 0,
    }
    return { ...row, taken }
  })
}
