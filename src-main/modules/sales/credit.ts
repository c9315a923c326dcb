import { mulDiv } from '../../kernel/math.ts'
import type { Reader } from '../../storage/db.ts'
import { ofParty } from '../parties/index.ts'

/**
 * What a customer owes or is about to owe, in minor units: open receivables (advances and credit notes count against them) and what open
 * orders have not invoiced yet, less what was closed short.
 */
export async function owedBy(db: Reader, party_id: string): Promise<number> {
  const open = await db.get<{ owed_minor: number | null }>(
    `select sum(amount_minor - settled_minor) as owed_minor from accounting_open_item
      where side = 'receivable' and amount_minor <> settled_minor and ${ofParty('party_id')}`,
    [party_id],
  )
  const lines = await db.all<{ gross_minor: number; base_quantity_e6: number; closed_e6: number; invoiced_minor: number }>(
    `select l.gross_minor, l.base_quantity_e6, l.closed_e6,
            coalesce((select sum(x.gross_minor) from sales_invoice_line x join sales_invoice i on i.id = x.invoice_id
                        left join sales_invoice u on u.id = i.reverses_id
                       where x.order_id = l.order_id and x.order_line_no = l.line_no and (i.kind = 'invoice' or u.kind = 'invoice')),
                         0) as invoiced_minor
       from sales_order o join sales_order_line l on l.order_id = o.id
      where ${ofParty('o.party_id')} and o.state = 'confirmed' order by o.id, l.line_no`,
    [party_id],
  )
  let owed = open?.owed_minor ?? 0
  for (const { gross_minor, base_quantity_e6, closed_e6, invoiced_minor } of lines) {
    const wanted_e6 = Math.max(0, base_quantity_e6 - closed_e6)
    const wanted_minor = closed_e6 === 0 ? gross_minor : mulDiv({
      a: gross_minor,
      b: wanted_e6,
      divisor: base_quantity_e6,
      rounding: 'halfUp',
    })
    owed += Math.max(0, wanted_minor - invoiced_minor)
  }
  return owed
}
