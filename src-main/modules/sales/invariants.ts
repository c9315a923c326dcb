import type { Invariant } from '../../kernel/operation.ts'

// Truths about the sales books. Each query must answer nothing; `verify` and every story ask them all.

const DOCUMENTS = [
  { table: 'sales_quote', lines: 'sales_quote_line', key: 'quote_id' },
  { table: 'sales_order', lines: 'sales_order_line', key: 'order_id' },
  { table: 'sales_invoice', lines: 'sales_invoice_line', key: 'invoice_id' },
] as const

const sumsOfLines = DOCUMENTS.map(
  ({ table, lines, key }): Invariant => ({
    name: `${table.replace('sales_', 'sales.')}: the document is the sum of its lines`,
    sql: `select d.id from ${table} d join ${lines} l on l.${key} = d.id
           group by d.id, d.net_minor, d.tax_minor, d.gross_minor, d.discount_minor
          having sum(l.net_minor) <> d.net_minor or sum(l.tax_minor) <> d.tax_minor or sum(l.gross_minor) <> d.gross_minor
              or sum(l.order_discount_minor) <> d.discount_minor`,
  }),
)

const netAndTax = DOCUMENTS.map(
  ({ table, lines, key }): Invariant => ({
    name: `${table.replace('sales_', 'sales.')}: gross is net and tax`,
    sql: `select l.${key}, l.line_no from ${lines} l where l.net_minor + l.tax_minor <> l.gross_minor`,
  }),
)

/**
 * What an entry posted on accounts of a kind, debit less credit. By class, not by role: another account may have taken the role since.
 * The join keeps the engine on the entry's few lines.
 */
const posted = (which: string): string =>
  `coalesce((select sum(case when ${which} then x.debit_minor - x.credit_minor else 0 end)
               from accounting_line x join accounting_account a on a.id = x.account_id
              where x.entry_id = i.entry_id), 0)`

/** Accounts fed by one kind of document: all that ever played the part, for a role may move to another account while its balance is 0. */
const fedBy = (control: string): string => `(select id from accounting_account where control = '${control}')`

const books: readonly Invariant[] = [
  {
    name: 'sales.invoice: its entry posts gross to receivable, net to revenue and tax to output tax',
    sql: `select i.id from sales_invoice i
           where ${posted("a.control = 'receivable'")} <> i.gross_minor or ${posted("a.class = 'income'")} <> -i.net_minor
              or ${posted("a.class = 'liability'")} <> -i.tax_minor`,
  },
  {
    name: 'sales.invoice: it opens an item of its gross',
    sql: `select i.id from sales_invoice i
           where i.gross_minor <> coalesce((select sum(o.amount_minor) from accounting_open_item o
                                             where o.source_kind = 'sales.invoice' and o.source_id = i.id), 0)`,
  },
  {
    name: 'sales.goodsDelivered: the account holds the cost of what left apart and is not invoiced, less accruals',
    sql: `with held as (
            select coalesce((select sum(case when coalesce(o.kind, m.kind) = 'out' then m.value_minor else -m.value_minor end)
                               from inventory_move m left join inventory_move o on o.seq = m.original_seq and m.kind = 'adjustment'
                              where m.counter_account_id in ${fedBy('goods_delivered')}), 0)
                 - coalesce((select sum(cost_minor) from sales_invoice_line), 0)
                 - coalesce((select sum(cost_minor) from sales_cost_shift), 0)
                 - coalesce((select sum(cost_minor) from sales_accrual), 0) as should_minor,
                   coalesce((select sum(debit_minor - credit_minor) from accounting_balance
                              where account_id in ${fedBy('goods_delivered')}), 0) as is_minor
          ) select should_minor, is_minor from held where should_minor <> is_minor`,
  },
  {
    name: 'sales.accrual: accrued receivable is the sum of open accruals',
    sql: `with accrued as (
            select coalesce((select sum(revenue_minor) from sales_accrual), 0) as should_minor,
                   coalesce((select sum(debit_minor - credit_minor) from accounting_balance
                              where account_id in ${fedBy('accrued_receivable')}), 0) as is_minor
          ) select should_minor, is_minor from accrued where should_minor <> is_minor`,
  },
  {
    name: 'sales.accrual: never more is taken back than was accrued',
    sql: `select delivery_id, delivery_line_no from sales_accrual group by delivery_id, delivery_line_no
          having sum(quantity_e6) < 0 or sum(revenue_minor) < 0 or (sum(quantity_e6) = 0 and (sum(revenue_minor) <> 0
            or sum(cost_minor) <> 0))`,
  },
]

/** Every delivered line with what came back of it and what was invoiced of it, net of credits and reversals. */
const ROOTS = `moved as (
    select coalesce(l.original_id, l.delivery_id) as root_id, coalesce(l.original_line_no, l.line_no) as root_line_no,
      sum(l.base_quantity_e6) as e6
      from sales_delivery_line l group by coalesce(l.original_id, l.delivery_id), coalesce(l.original_line_no, l.line_no)
  ), billed as (
    select coalesce(g.original_id, g.delivery_id) as root_id, coalesce(g.original_line_no, g.line_no) as root_line_no,
           sum(l.base_quantity_e6) as e6, sum(l.cost_minor) as cost_minor
      from sales_invoice_line l join sales_delivery_line g on g.delivery_id = l.delivery_id and g.line_no = l.delivery_line_no
     group by coalesce(g.original_id, g.delivery_id), coalesce(g.original_line_no, g.line_no)
  )`

const goods: readonly Invariant[] = [
  {
    name: 'sales.delivery: no more comes back than left',
    sql: `with ${ROOTS} select m.root_id, m.root_line_no from moved m join sales_delivery d on d.id = m.root_id
      where d.kind = 'delivery' and m.e6 < 0`,
  },
  {
    name: 'sales.delivery: what is invoiced in full holds no cost any more',
    sql: `with ${ROOTS}, apart as (
            select coalesce(l.original_id, l.delivery_id) as root_id, coalesce(l.original_line_no, l.line_no) as root_line_no,
                   sum(case when coalesce(o.kind, m.kind) = 'out' then m.value_minor else -m.value_minor end) as cost_minor
              from sales_delivery_line l join sales_delivery d on d.id = l.delivery_id and d.is_direct = 0
              join inventory_move s on s.source_kind = 'sales.delivery' and s.source_id = l.delivery_id and s.source_line_no = l.line_no
               and s.kind in ('in', 'out')
              join inventory_move m on m.seq = s.seq or (m.original_seq = s.seq and m.kind = 'adjustment')
              left join inventory_move o on o.seq = m.original_seq and m.kind = 'adjustment'
             group by coalesce(l.original_id, l.delivery_id), coalesce(l.original_line_no, l.line_no)
          ), shifted as (
            select delivery_id, delivery_line_no, sum(cost_minor) as cost_minor from sales_cost_shift group by delivery_id, delivery_line_no
          )
          select m.root_id, m.root_line_no from moved m
            left join billed b on b.root_id = m.root_id and b.root_line_no = m.root_line_no
            left join apart a on a.root_id = m.root_id and a.root_line_no = m.root_line_no
            left join shifted s on s.delivery_id = m.root_id and s.delivery_line_no = m.root_line_no
           where m.e6 = coalesce(b.e6, 0) and coalesce(a.cost_minor, 0) - coalesce(b.cost_minor, 0) - coalesce(s.cost_minor, 0) <> 0`,
  },
  {
    name: 'sales.delivery: every line moved its goods',
    sql: `select l.delivery_id, l.line_no from sales_delivery_line l
            left join inventory_move m on m.source_kind = 'sales.delivery' and m.source_id = l.delivery_id and m.source_line_no = l.line_no
             and m.kind in ('in', 'out')
           group by l.delivery_id, l.line_no, l.base_quantity_e6
          having coalesce(sum(case when m.kind = 'out' then m.quantity_e6 else -m.quantity_e6 end), 0) <> l.base_quantity_e6`,
  },
  {
    name: 'sales.invoice: no more is credited than was invoiced',
    sql: `select l.original_id, l.original_line_no from sales_invoice_line l
            join sales_invoice_line g on g.invoice_id = l.original_id and g.line_no = l.original_line_no
           group by l.original_id, l.original_line_no, g.base_quantity_e6, g.net_minor, g.gross_minor
          having sum(l.base_quantity_e6) + g.base_quantity_e6 < 0 or sum(l.net_minor) + g.net_minor < 0
            or sum(l.gross_minor) + g.gross_minor < 0`,
  },
]

/** What was done of every order's line, in base units, net of reversals. */
const PROGRESS = `delivered as (
    select l.order_id, l.order_line_no,
           sum(case when d.kind = 'return' or u.kind = 'return' then 0 else l.base_quantity_e6 end) as delivered_e6,
             sum(l.base_quantity_e6) as kept_e6
      from sales_delivery_line l join sales_delivery d on d.id = l.delivery_id left join sales_delivery u on u.id = d.reverses_id
     where l.order_id is not null group by l.order_id, l.order_line_no
  ), invoiced as (
    select l.order_id, l.order_line_no,
           sum(case when i.kind = 'credit_note' or u.kind = 'credit_note' then 0 else l.base_quantity_e6 end) as invoiced_e6,
           sum(case when i.kind = 'credit_note' or u.kind = 'credit_note' then 0 else l.gross_minor end) as gross_minor,
           sum(l.base_quantity_e6) as kept_e6
      from sales_invoice_line l join sales_invoice i on i.id = l.invoice_id left join sales_invoice u on u.id = i.reverses_id
     where l.order_id is not null group by l.order_id, l.order_line_no
  ), line as (
    select l.order_id, l.line_no, o.state, t.kind, l.base_quantity_e6, l.closed_e6, l.gross_minor, coalesce(d.delivered_e6,
      0) as delivered_e6,
           coalesce(i.invoiced_e6, 0) as invoiced_e6, coalesce(i.gross_minor, 0) as invoiced_minor,
           case when t.kind = 'stocked' then l.base_quantity_e6 - l.closed_e6 - coalesce(d.delivered_e6, 0) else 0 end as to_deliver_e6,
           case when t.kind = 'stocked' then coalesce(d.kept_e6, 0) - coalesce(i.kept_e6, 0)
                else l.base_quantity_e6 - l.closed_e6 - coalesce(i.invoiced_e6, 0) end as to_invoice_e6
      from sales_order_line l join sales_order o on o.id = l.order_id join catalog_item t on t.id = l.item_id
      left join delivered d on d.order_id = l.order_id and d.order_line_no = l.line_no
      left join invoiced i on i.order_id = l.order_id and i.order_line_no = l.line_no
  )`

const orders: readonly Invariant[] = [
  {
    name: 'sales.order: no more is delivered than ordered, unless the company tolerates it',
    sql: `with ${PROGRESS} select order_id, line_no from line
           where to_deliver_e6 < 0 and not exists (select 1 from platform_setting where key = 'sales.over_delivery_rate_e8'
             and value <> '0')`,
  },
  {
    name: 'sales.order: open while something is to deliver or to invoice, closed when nothing is',
    sql: `with ${PROGRESS} select order_id from line group by order_id, state
          having (state = 'closed' and max(case when to_deliver_e6 > 0 or to_invoice_e6 > 0 then 1 else 0 end) = 1)
              or (state = 'confirmed' and max(case when to_deliver_e6 > 0 or to_invoice_e6 > 0 then 1 else 0 end) = 0)
              or (state in ('draft', 'cancelled') and (sum(delivered_e6) <> 0 or sum(invoiced_e6) <> 0))`,
  },
  {
    name: 'sales.order: inventory plans exactly what is to deliver of confirmed orders',
    sql: `with ${PROGRESS} select l.order_id, l.line_no from line l
            left join inventory_plan p on p.source_kind = 'sales.order' and p.source_id = l.order_id and p.source_line_no = l.line_no
           where coalesce(p.quantity_e6, 0) <> case when l.state = 'confirmed' and l.to_deliver_e6 > 0 then l.to_deliver_e6 else 0 end
          union all
          select p.source_id, p.source_line_no from inventory_plan p
           where p.source_kind = 'sales.order'
             and not exists (select 1 from sales_order_line l where l.order_id = p.source_id and l.line_no = p.source_line_no)`,
  },
  {
    name: 'sales.order: a number exactly when it was confirmed',
    sql: `select id from sales_order where (number is null) <> (confirmed_at is null) or (state = 'draft' and number is not null)
              or (state in ('confirmed', 'closed') and number is null)`,
  },
]

const year = (column: string): string => `substr(${column}, 1, 4)`
/** Every number of a series, by year; gapless because their count is the last one taken and each is unique. */
const NUMBERED = [
  {
    key: 'sales.quote',
    sql: `select ${year('day')} as period, count(*) as n from sales_quote where version = 1 and number is not null group by ${year('day')}`,
  },
  {
    key: 'sales.order',
    sql: `select ${year('day')} as period, count(*) as n from sales_order where number is not null group by ${year('day')}`,
  },
  ...(['delivery', 'return'] as const).map((kind) => ({
    key: `sales.${kind}`,
    sql: `select ${year('d.day')} as period, count(*) as n from sales_delivery d left join sales_delivery u on u.id = d.reverses_id
           where d.kind = '${kind}' or u.kind = '${kind}' group by ${year('d.day')}`,
  })),
  ...(['invoice', 'credit_note'] as const).map((kind) => ({
    key: kind === 'invoice' ? 'sales.invoice' : 'sales.creditNote',
    sql: `select ${year('d.day')} as period, count(*) as n from sales_invoice d left join sales_invoice u on u.id = d.reverses_id
           where d.kind = '${kind}' or u.kind = '${kind}' group by ${year('d.day')}`,
  })),
]

const numbers = NUMBERED.map(
  ({ key, sql }): Invariant => ({
    name: `${key}: numbers without gaps`,
    sql: `with counted as (${sql})
          select c.period, c.last_no, n.n from platform_counter c left join counted n on n.period = c.period
           where c.key = '${key}' and c.last_no <> coalesce(n.n, 0)
          union all
          select n.period, 0, n.n from counted n where not exists (select 1 from platform_counter c where c.key = '${key}'
            and c.period = n.period)`,
  }),
)

export const salesInvariants: readonly Invariant[] = [...sumsOfLines, ...netAndTax, ...books, ...goods, ...orders, ...numbers]
