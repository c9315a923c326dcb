import type { Reader, SqlValue } from '../../storage/db.ts'

/** A delivered line of which something is not invoiced (positive) or came back and is not credited (negative). */
export type UninvoicedLine = {
  readonly delivery_id: string
  readonly line_no: number
  readonly delivery_number: string
  readonly day: string
  readonly party_id: string
  readonly order_id: string | null
  readonly order_line_no: number | null
  readonly item_id: string
  readonly to_invoice_e6: number
}

/**
 * All delivered lines that are not in line with their invoices at the end of a day; without a day: now. `rows` limits the deliveries by
 * SQL over `d`, with its parameters; `of` leaves out sales without an order, which are invoiced when they leave, unless returns of them
 * are wanted too. Returns, reversals, invoices and credit notes count with their signs.
 */
export function uninvoicedLines(
  db: Reader,
  { through, rows, of }: { through?: string; of: 'orders' | 'all'; rows: { sql: string; params: readonly SqlValue[] } },
): Promise<UninvoicedLine[]> {
  const [until, days] = through === undefined ? ['1 = 1', []] : ['x.day <= ?', [through]]
  const lines = of === 'orders' ? 'l.order_id is not null' : '1 = 1'
  return db.all<UninvoicedLine>(
    `with moved as (
       select coalesce(l.original_id, l.delivery_id) as root_id, coalesce(l.original_line_no, l.line_no) as root_line_no,
         sum(l.base_quantity_e6) as e6
         from sales_delivery_line l join sales_delivery x on x.id = l.delivery_id
        where ${lines} and ${until}
        group by coalesce(l.original_id, l.delivery_id), coalesce(l.original_line_no, l.line_no)
     ), billed as (
       select coalesce(g.original_id, g.delivery_id) as root_id, coalesce(g.original_line_no, g.line_no) as root_line_no,
         sum(l.base_quantity_e6) as e6
         from sales_invoice_line l join sales_invoice x on x.id = l.invoice_id
         join sales_delivery_line g on g.delivery_id = l.delivery_id and g.line_no = l.delivery_line_no
        where ${lines} and ${until}
        group by coalesce(g.original_id, g.delivery_id), coalesce(g.original_line_no, g.line_no)
     )
     select r.delivery_id, r.line_no, d.number as delivery_number, d.day, d.party_id, r.order_id, r.order_line_no, r.item_id,
            m.e6 - coalesce(b.e6, 0) as to_invoice_e6
       from moved m
       left join billed b on b.root_id = m.root_id and b.root_line_no = m.root_line_no
       join sales_delivery_line r on r.delivery_id = m.root_id and r.line_no = m.root_line_no
       join sales_delivery d on d.id = r.delivery_id
      where m.e6 <> coalesce(b.e6, 0) and ${rows.sql}
      order by d.day, d.number, r.delivery_id, r.line_no`,
    [...days, ...days, ...rows.params],
  )
}
