import { marks, type Reader } from '../../storage/db.ts'
import { heldCost } from './posting.ts'

/**
 * All that happened to one delivered line: what came back of it, what was invoiced and credited of it, and its cost in the books.
 * Returns and reversals belong to the line that they give back or undo. Base units and minor units; everything net of reversals.
 */
export type DeliveredLine = {
  readonly delivery_id: string
  readonly line_no: number
  readonly item_id: string
  readonly day: string
  readonly party_id: string
  readonly order_id: string | null
  readonly order_line_no: number | null
  /** As delivered, before returns and reversals. */
  readonly delivered_e6: number
  /** What the goods cost when they left, adjustments included; the move that took them. */
  cost_minor: number
  move_seq: number | null
  reversed_e6: number
  returned_e6: number
  invoiced_e6: number
  credited_e6: number
  /** What the books hold for it on goods delivered, not invoiced: put there by moves, less what went on to cost of sales. */
  held_minor: number
  /** Accrued when a period was locked and not taken back yet. */
  accrued: { quantity_e6: number; revenue_minor: number; cost_minor: number; next_seq: number }
  next_shift_seq: number
}

export type LineKey = { readonly delivery_id: string; readonly line_no: number }
export const keyOf = ({ delivery_id, line_no }: LineKey): string => `${delivery_id} ${line_no}`

/** Not invoiced yet; negative: came back after it was invoiced, and its credit note is missing. */
export const uninvoiced = (line: DeliveredLine): number =>
  line.delivered_e6 - line.reversed_e6 - line.returned_e6 - (line.invoiced_e6 - line.credited_e6)

/** What can still come back. */
export const returnable = (line: DeliveredLine): number => line.delivered_e6 - line.reversed_e6 - line.returned_e6

/**
 * What must go on from goods delivered to cost of sales now, so that the account holds the cost of what is not invoiced and nothing else
 * (negative: it comes back). The caller posts it and says so by changing `held_minor`.
 */
export function excessCost(line: DeliveredLine): number {
  const should = heldCost({ cost_minor: line.cost_minor, delivered_e6: line.delivered_e6, uninvoiced_e6: uninvoiced(line) })
  return line.held_minor - should
}

type Member = {
  delivery_id: string
  line_no: number
  root_id: string
  root_line_no: number
  kind: string
  undone_kind: string | null
  is_direct: number
  day: string
  party_id: string
  item_id: string
  base_quantity_e6: number
  order_id: string | null
  order_line_no: number | null
}
type Invoiced = { delivery_id: string; delivery_line_no: number; invoiced_e6: number; credited_e6: number; cost_minor: number }
type Cost = { source_id: string; source_line_no: number; seq: number; kind: 'in' | 'out'; cost_minor: number }

const IDS_A_STATEMENT = 400

/**
 * The lines of these deliveries (not returns), with all that belongs to them. Deliveries, invoices and moves are written at once, so a
 * command sees its own.
 */
export async function deliveredLines(db: Reader, delivery_ids: readonly string[]): Promise<Map<string, DeliveredLine>> {
  const all = new Map<string, DeliveredLine>()
  const ids = [...new Set(delivery_ids)]
  for (let from = 0; from < ids.length; from += IDS_A_STATEMENT) {
    for (const [key, line] of await readSome(db, ids.slice(from, from + IDS_A_STATEMENT))) all.set(key, line)
  }
  return all
}

async function readSome(db: Reader, roots: readonly string[]): Promise<Map<string, DeliveredLine>> {
  const members = await db.all<Member>(
    `select l.delivery_id, l.line_no, coalesce(l.original_id, l.delivery_id) as root_id, coalesce(l.original_line_no,
           l.line_no) as root_line_no,
            d.kind, u.kind as undone_kind, d.is_direct, d.day, d.party_id, l.item_id, l.base_quantity_e6, l.order_id, l.order_line_no
       from sales_delivery_line l join sales_delivery d on d.id = l.delivery_id left join sales_delivery u on u.id = d.reverses_id
      where l.delivery_id in (${marks(roots)}) or l.original_id in (${marks(roots)})
      order by l.delivery_id, l.line_no`,
    [...roots, ...roots],
  )
  const ids = [...new Set(members.map((m) => m.delivery_id))]
  const invoiced = await db.all<Invoiced>(
    `select l.delivery_id, l.delivery_line_no,
            sum(case when i.kind = 'credit_note' or u.kind = 'credit_note' then 0 else l.base_quantity_e6 end) as invoiced_e6,
            sum(case when i.kind = 'credit_note' or u.kind = 'credit_note' then -l.base_quantity_e6 else 0 end) as credited_e6,
            sum(l.cost_minor) as cost_minor
       from sales_invoice_line l join sales_invoice i on i.id = l.invoice_id left join sales_invoice u on u.id = i.reverses_id
      where l.delivery_id in (${marks(ids)})
      group by l.delivery_id, l.delivery_line_no order by l.delivery_id, l.delivery_line_no`,
    ids,
  )
  const costs = await db.all<Cost>(
    `select m.source_id, m.source_line_no, m.seq, m.kind,
            m.value_minor + coalesce((select sum(a.value_minor) from inventory_move a where a.original_seq = m.seq
              and a.kind = 'adjustment'), 0) as cost_minor
       from inventory_move m
      where m.source_kind = 'sales.delivery' and m.source_id in (${marks(ids)}) and m.kind in ('in', 'out') order by m.seq`,
    ids,
  )
  const lines = assemble(members, invoiced, costs)
  await addAccruals(db, roots, lines)
  return lines
}

function assemble(members: readonly Member[], invoiced: readonly Invoiced[], costs: readonly Cost[]): Map<string, DeliveredLine> {
  const lines = new Map<string, DeliveredLine>()
  const rootOf = new Map<string, DeliveredLine>()
  for (const m of members) {
    if (m.kind !== 'delivery') continue
    const { delivery_id, line_no, item_id, day, party_id, order_id, order_line_no } = m
    lines.set(keyOf(m), {
      delivery_id, line_no, item_id, day, party_id, order_id, order_line_no, delivered_e6: m.base_quantity_e6, cost_minor: 0,
      move_seq: null, reversed_e6: 0, returned_e6: 0, invoiced_e6: 0, credited_e6: 0, held_minor: 0,
      accrued: { quantity_e6: 0, revenue_minor: 0, cost_minor: 0, next_seq: 1 }, next_shift_seq: 1,
    })
  }
  const isDirect = new Set<string>()
  for (const m of members) {
    const root = lines.get(`${m.root_id} ${m.root_line_no}`)
    if (!root) continue
    rootOf.set(keyOf(m), root)
    if (m.is_direct === 1) isDirect.add(keyOf(m))
    if (m.kind === 'return' || m.undone_kind === 'return') root.returned_e6 -= m.base_quantity_e6
    else if (m.undone_kind === 'delivery') root.reversed_e6 -= m.base_quantity_e6
  }
  for (const row of invoiced) {
    const root = rootOf.get(`${row.delivery_id} ${row.delivery_line_no}`)
    if (!root) continue
    root.invoiced_e6 += row.invoiced_e6
    root.credited_e6 += row.credited_e6
    root.held_minor -= row.cost_minor
  }
  for (const { source_id, source_line_no, seq, kind, cost_minor } of costs) {
    const key = `${source_id} ${source_line_no}`
    const root = rootOf.get(key)
    if (!root) continue
    if (lines.get(key) === root) {
      root.cost_minor = cost_minor
      root.move_seq = seq
    }
    if (!isDirect.has(key)) root.held_minor += kind === 'out' ? cost_minor : -cost_minor
  }
  return lines
}

type Sums = {
  delivery_id: string
  delivery_line_no: number
  last_seq: number
  quantity_e6: number
  revenue_minor: number
  cost_minor: number
}

async function addAccruals(db: Reader, roots: readonly string[], lines: Map<string, DeliveredLine>): Promise<void> {
  const accruals = await db.all<Sums>(
    `select delivery_id, delivery_line_no, max(seq) as last_seq, sum(quantity_e6) as quantity_e6, sum(revenue_minor) as revenue_minor,
            sum(cost_minor) as cost_minor
       from sales_accrual where delivery_id in (${marks(roots)}) group by delivery_id, delivery_line_no order by delivery_id,
         delivery_line_no`,
    roots,
  )
  for (const a of accruals) {
    const line = lines.get(`${a.delivery_id} ${a.delivery_line_no}`)
    if (line) line.accrued = {
      quantity_e6: a.quantity_e6,
      revenue_minor: a.revenue_minor,
      cost_minor: a.cost_minor,
      next_seq: a.last_seq + 1,
    }
  }
  const shifts = await db.all<Omit<Sums, 'quantity_e6' | 'revenue_minor'>>(
    `select delivery_id, delivery_line_no, max(seq) as last_seq, sum(cost_minor) as cost_minor
       from sales_cost_shift where delivery_id in (${marks(roots)}) group by delivery_id, delivery_line_no order by delivery_id,
         delivery_line_no`,
    roots,
  )
  for (const s of shifts) {
    const line = lines.get(`${s.delivery_id} ${s.delivery_line_no}`)
    if (!line) continue
    line.held_minor -= s.cost_minor
    line.next_shift_seq = s.last_seq + 1
  }
}
