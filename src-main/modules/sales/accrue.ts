import { compareDays } from '../../kernel/day.ts'
import { mulDiv } from '../../kernel/math.ts'
import type { CommandCtx } from '../../kernel/operation.ts'
import { marks } from '../../storage/db.ts'
import { postEntry } from '../accounting/index.ts'
import { deliveredLines, keyOf, type DeliveredLine } from './delivered.ts'
import { insertAccruals } from './document.store.ts'
import { releaseAccruals, sumOf } from './held-cost.ts'
import { accrualEntry, heldCost } from './posting.ts'
import { uninvoicedLines, type UninvoicedLine } from './uninvoiced.ts'
import { summaryOf } from './wording.ts'

type Accrual = {
  readonly open: UninvoicedLine
  readonly line: DeliveredLine
  readonly quantity_e6: number
  readonly revenue_minor: number
  readonly cost_minor: number
}

/**
 * Posts revenue (without tax, at the orders' terms) and cost of all goods delivered and not invoiced at the end of a day, less what
 * earlier locks accrued; then takes back, on its own day, what was invoiced or came back since.
 */
export async function accrueThrough(ctx: CommandCtx, through: string): Promise<void> {
  const uninvoiced = await uninvoicedLines(ctx.db, { through, of: 'orders', rows: { sql: '1 = 1', params: [] } })
  const opens = uninvoiced.filter((u) => u.to_invoice_e6 > 0)
  if (opens.length === 0) return
  const lines = await deliveredLines(ctx.db, opens.map((o) => o.delivery_id))
  const nets = await netsOf(ctx, opens)
  const accruals = opens.map((open) => accrualOf(open, { line: lines.get(keyOf(open))!, nets })).filter((a) => a !== undefined)
  if (accruals.length === 0) return
  await post(ctx, { accruals, through })
  await releaseLater(ctx, { accruals, through })
}

type Net = { order_id: string; line_no: number; net_minor: number; base_quantity_e6: number }

async function netsOf(ctx: CommandCtx, opens: readonly UninvoicedLine[]): Promise<Map<string, Net>> {
  const ids = [...new Set(opens.map((o) => o.order_id!))]
  const nets = new Map<string, Net>()
  for (let from = 0; from < ids.length; from += 500) {
    const some = ids.slice(from, from + 500)
    const rows = await ctx.db.all<Net>(
      `select order_id, line_no, net_minor, base_quantity_e6 from sales_order_line where order_id in (${marks(some)}) order by order_id,
             line_no`,
      some,
    )
    for (const row of rows) nets.set(`${row.order_id} ${row.line_no}`, row)
  }
  return nets
}

function accrualOf(open: UninvoicedLine, { line, nets }: { line: DeliveredLine; nets: ReadonlyMap<string, Net> }): Accrual | undefined {
  const quantity_e6 = open.to_invoice_e6 - line.accrued.quantity_e6
  if (quantity_e6 <= 0) return undefined
  const { net_minor, base_quantity_e6 } = nets.get(`${open.order_id} ${open.order_line_no}`)!
  const revenue_minor = base_quantity_e6 === 0 ? 0 : mulDiv({ a: net_minor, b: quantity_e6, divisor: base_quantity_e6, rounding: 'halfUp' })
  const held_minor = heldCost({ cost_minor: line.cost_minor, delivered_e6: line.delivered_e6, uninvoiced_e6: open.to_invoice_e6 })
  const cost_minor = held_minor - line.accrued.cost_minor
  return revenue_minor === 0 && cost_minor === 0 ? undefined : { open, line, quantity_e6, revenue_minor, cost_minor }
}

async function post(ctx: CommandCtx, { accruals, through }: { accruals: readonly Accrual[]; through: string }): Promise<void> {
  const entry_id = ctx.newId()
  const byParty = Map.groupBy(accruals, (a) => a.open.party_id)
  await postEntry(ctx, {
    id: entry_id,
    day: through,
    kind: 'accrual',
    summary: summaryOf(ctx.company, { what: 'accrual' }),
    source: { kind: 'sales.accrual', id: entry_id, number: null },
    lines: [...byParty].flatMap(([party_id, list]) => accrualEntry({
      party_id,
      revenue_minor: sumOf(list, 'revenue_minor'),
      cost_minor: sumOf(list, 'cost_minor'),
    })),
  })
  const rows = accruals.map(({ line, quantity_e6, revenue_minor, cost_minor }) => {
    const { accrued } = line
    accrued.quantity_e6 += quantity_e6
    accrued.revenue_minor += revenue_minor
    accrued.cost_minor += cost_minor
    const { delivery_id, line_no: delivery_line_no } = line
    return { delivery_id, delivery_line_no, seq: accrued.next_seq++, day: through, quantity_e6, revenue_minor, cost_minor, entry_id }
  })
  await insertAccruals(ctx, rows)
}

type Later = { root_id: string; root_line_no: number; day: string; e6: number }

/** Documents of the days after the lock may be there already: each takes back its part on its own day. */
async function releaseLater(ctx: CommandCtx, { accruals, through }: { accruals: readonly Accrual[]; through: string }): Promise<void> {
  const later = await laterMovements(ctx, { roots: [...new Set(accruals.map((a) => a.line.delivery_id))], through })
  const accrualOfKey = new Map(accruals.map((a) => [keyOf(a.line), a]))
  const uninvoicedNow = new Map(accruals.map((a) => [a, a.open.to_invoice_e6]))
  for (const [day, movements] of Map.groupBy(later, (m) => m.day)) {
    for (const { root_id, root_line_no, e6 } of movements) {
      const accrual = accrualOfKey.get(keyOf({ delivery_id: root_id, line_no: root_line_no }))
      if (accrual) uninvoicedNow.set(accrual, uninvoicedNow.get(accrual)! + e6)
    }
    const lines = accruals.map((a) => asOfDay(a.line, uninvoicedNow.get(a)!))
    await releaseAccruals(ctx, { day, source: { kind: 'sales.accrual', id: ctx.newId(), number: null }, lines })
  }
}

/** The delivered line as it stood when so much of it was not invoiced; what is accrued of it is shared with the line itself. */
const asOfDay = (line: DeliveredLine, uninvoiced_e6: number): DeliveredLine => ({
  ...line,
  reversed_e6: 0,
  returned_e6: 0,
  credited_e6: 0,
  invoiced_e6: line.delivered_e6 - uninvoiced_e6,
})

/** What happened to delivered lines after a day, in order: what came back lowers what is not invoiced, what is invoiced too. */
async function laterMovements(ctx: CommandCtx, { roots, through }: { roots: readonly string[]; through: string }): Promise<Later[]> {
  const rows: Later[] = []
  for (let from = 0; from < roots.length; from += 400) {
    const some = roots.slice(from, from + 400)
    rows.push(
      ...(await ctx.db.all<Later>(
        `select l.original_id as root_id, l.original_line_no as root_line_no, d.day, sum(l.base_quantity_e6) as e6
           from sales_delivery_line l join sales_delivery d on d.id = l.delivery_id
          where l.original_id in (${marks(some)}) and d.day > ? group by l.original_id, l.original_line_no, d.day
         union all
         select coalesce(g.original_id, g.delivery_id), coalesce(g.original_line_no, g.line_no), i.day, -sum(l.base_quantity_e6)
           from sales_delivery_line g join sales_invoice_line l on l.delivery_id = g.delivery_id and l.delivery_line_no = g.line_no
           join sales_invoice i on i.id = l.invoice_id
          where (g.delivery_id in (${marks(some)}) or g.original_id in (${marks(some)})) and i.day > ?
          group by coalesce(g.original_id, g.delivery_id), coalesce(g.original_line_no, g.line_no), i.day
          order by 3, 1, 2, 4`,
        [...some, through, ...some, ...some, through],
      )),
    )
  }
  return rows.toSorted((a, b) => compareDays(a.day, b.day))
}
