import type { Invariant } from '../../kernel/operation.ts'

/** Truths about bills; each query must return no rows. */
export const purchasingInvariants: readonly Invariant[] = [
  {
    name: 'purchasing: a bill is the sum of its lines, and gross is net and tax',
    sql: `select b.id, b.number from purchasing_bill b
            left join (select bill_id, sum(net_minor) as net_minor, sum(tax_minor) as tax_minor, sum(gross_minor) as gross_minor
                         from purchasing_bill_line group by bill_id) l on l.bill_id = b.id
           where b.net_minor <> coalesce(l.net_minor, 0) or b.tax_minor <> coalesce(l.tax_minor, 0) or b.gross_minor <>
             coalesce(l.gross_minor, 0)
              or b.gross_minor <> b.net_minor + b.tax_minor`,
  },
  {
    name: 'purchasing: each bill owes exactly what it says, by entry and by open item',
    sql: `select b.id, b.number from purchasing_bill b
           where b.gross_minor <> coalesce((select sum(o.amount_minor) from accounting_open_item o
             where o.source_kind = 'purchasing.bill' and o.source_id = b.id), 0)
              or b.gross_minor <> coalesce((select sum(l.credit_minor - l.debit_minor) from accounting_line l
                join accounting_role r on r.account_id = l.account_id
                                             where l.entry_id = b.entry_id and r.role = 'payable' and l.party_id = b.party_id), 0)`,
  },
  {
    name: 'purchasing: goods received are what the bill says, in quantity and cost',
    sql: `select l.bill_id, l.line_no from purchasing_bill_line l join purchasing_bill b on b.id = l.bill_id
        join catalog_item i on i.id = l.item_id
            left join inventory_move m on m.source_kind = 'purchasing.bill' and m.source_id = l.bill_id and m.source_line_no = l.line_no
              and m.kind = 'in'
           where b.kind = 'bill' and i.kind = 'stocked'
             and (m.seq is null or m.quantity_e6 <> l.base_quantity_e6 or m.value_minor <> l.cost_minor)`,
  },
  {
    name: 'purchasing: late costs are borne by the goods they came with',
    sql: `select b.id, b.number from purchasing_bill b
           where b.late_cost_of_id is not null
             and (select coalesce(sum(l.cost_minor), 0) from purchasing_bill_line l where l.bill_id = b.id)
              <> (select coalesce(sum(a.value_minor), 0) from inventory_move a
                   where a.source_kind = 'purchasing.bill' and a.source_id = b.id and a.kind = 'adjustment' and a.cost_basis = 'given')`,
  },
]
