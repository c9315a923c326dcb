import { answer, type QueryCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { SqlValue } from '../../storage/db.ts'
import { visibleParties, ofParty } from '../parties/index.ts'
import { extraConditions, extraOrder, withExtra } from '../platform/index.ts'
import { bill, bills } from './contract.ts'
import { linesOf } from './read-bill.ts'

type Kind = 'bill' | 'late_cost' | 'reversal'
type Head = {
  bill_id: string
  number: string
  kind: Kind
  party_id: string
  party_name: string
  supplier_reference: string | null
  warehouse_id: string
  warehouse_name: string
  day: string
  due_on: string
  currency: string
  net_minor: number
  tax_minor: number
  gross_minor: number
  open_minor: number
  reverses_id: string | null
  reversed_by_id: string | null
  late_cost_of_id: string | null
  entry_id: string | null
}

const HEAD = `b.id as bill_id, b.number, b.kind, b.party_id, p.name as party_name, b.supplier_reference, b.warehouse_id,
  w.name as warehouse_name, b.day, b.due_on, b.currency, b.net_minor, b.tax_minor, b.gross_minor,
  coalesce(o.amount_minor - o.settled_minor, 0) as open_minor, b.reverses_id,
  (select r.id from purchasing_bill r where r.reverses_id = b.id) as reversed_by_id, b.late_cost_of_id, b.entry_id`
const FROM = `from purchasing_bill b join parties_party p on p.id = b.party_id join inventory_warehouse w on w.id = b.warehouse_id
  left join accounting_open_item o on o.source_kind = 'purchasing.bill' and o.source_id = b.id`

const OWN_FIELDS = { target: 'purchasing.bill', column: 'b.extra' } as const

export const billsHandler = answer(bills, async (ctx, input) => {
  const visible = visibleParties(ctx.scope, 'b.party_id')
  const parts = [visible.sql]
  const params: SqlValue[] = [...visible.params]
  const add = (sql: string, ...values: SqlValue[]): void => {
    parts.push(sql)
    params.push(...values)
  }
  if (input.party_id !== undefined) add(ofParty('b.party_id'), input.party_id)
  if (input.kind !== undefined) add('b.kind = ?', input.kind)
  if (input.from !== undefined) add('b.day >= ?', input.from)
  if (input.to !== undefined) add('b.day <= ?', input.to)
  if (input.item_id !== undefined)
    add('exists (select 1 from purchasing_bill_line l where l.bill_id = b.id and l.item_id = ?)', input.item_id)
  if (input.show !== 'all') add('o.amount_minor <> o.settled_minor')
  if (input.show === 'overdue') add('b.due_on < ?', ctx.today)
  if (input.search !== undefined && input.search !== '') {
    const like = `%${input.search.toLowerCase()}%`
    add('(lower(b.number) like ? or lower(b.supplier_reference) like ? or lower(p.name) like ?)', like, like, like)
  }
  for (const { sql, params: values } of extraConditions(ctx, { ...OWN_FIELDS, filters: input.fields })) add(sql, ...values)
  const where = parts.join(' and ')
  const sums = await ctx.db.get<{ n: number; gross_minor: number; open_minor: number }>(
    `select count(*) as n, coalesce(sum(b.gross_minor), 0) as gross_minor,
            coalesce(sum(o.amount_minor - o.settled_minor), 0) as open_minor ${FROM} where ${where}`,
    params,
  )
  const by = extraOrder(ctx, { ...OWN_FIELDS, ...input }) ?? `b.day ${input.direction}`
  const heads = await ctx.db.all<Head>(`select ${HEAD} ${FROM} where ${where} order by ${by}, b.id ${input.direction} limit ? offset ?`, [
    ...params,
    input.limit,
    input.offset,
  ])
  const rows = await withExtra(ctx, { target: 'purchasing.bill', rows: heads, idOf: (row) => row.bill_id })
  return { total: sums!.n, total_gross_minor: sums!.gross_minor, total_open_minor: sums!.open_minor, rows }
})

type Detail = Head & {
  party_snapshot: string
  prices_include_tax: 0 | 1
  note: string | null
  open_item_id: string | null
  entry_word: string | null
  entry_number: number | null
  created_by_name: string | null
  created_at: number
}

export const billHandler = answer(bill, async (ctx, { bill_id }) => {
  const visible = visibleParties(ctx.scope, 'b.party_id')
  const head = await ctx.db.get<Detail>(
    `select ${HEAD}, b.party_snapshot, b.prices_include_tax, b.note, o.id as open_item_id, e.word as entry_word, e.number as entry_number,
            u.name as created_by_name, b.created_at
       ${FROM} left join accounting_entry e on e.id = b.entry_id left join platform_user u on u.id = b.created_by
      where b.id = ? and ${visible.sql}`,
    [bill_id, ...visible.params],
  )
  if (!head) throw new Refusal('purchasing.billNotFound', { bill_id })
  const [whole] = await withExtra(ctx, { target: 'purchasing.bill', rows: [head], idOf: (row) => row.bill_id })
  return { ...whole!, lines: await detailLines(ctx, bill_id), late_costs: await lateCostsOf(ctx, bill_id) }
})

async function detailLines(ctx: QueryCtx, bill_id: string) {
  const names = await ctx.db.all<{ line_no: number; item_code: string; item_name: string; base_unit: string; late_cost_minor: number }>(
    `select l.line_no, i.code as item_code, i.name as item_name, i.base_unit,
            coalesce((select sum(c.cost_minor) from purchasing_bill_line c join purchasing_bill d on d.id = c.bill_id
                       where d.late_cost_of_id = l.bill_id and c.line_no = l.line_no), 0) as late_cost_minor
       from purchasing_bill_line l join catalog_item i on i.id = l.item_id where l.bill_id = ? order by l.line_no, l.bill_id`,
    [bill_id],
  )
  const lines = await linesOf(ctx.db, bill_id)
  return lines.map(({ bill_id: _bill, ...l }, i) => ({ ...l, ...names[i]! }))
}

type LateCost = {
  bill_id: string
  number: string
  kind: Kind
  day: string
  party_name: string
  gross_minor: number
  reversed_by_id: string | null
}

const lateCostsOf = (ctx: QueryCtx, bill_id: string): Promise<LateCost[]> =>
  ctx.db.all<LateCost>(
    `select b.id as bill_id, b.number, b.kind, b.day, p.name as party_name, b.gross_minor,
            (select r.id from purchasing_bill r where r.reverses_id = b.id) as reversed_by_id
       from purchasing_bill b join parties_party p on p.id = b.party_id where b.late_cost_of_id = ? order by b.day, b.id`,
    [bill_id],
  )
