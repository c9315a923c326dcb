import { assert } from '../../kernel/assert.ts'
import type { OutputOf } from '../../kernel/contract.ts'
import { addDays } from '../../kernel/day.ts'
import { answer, type QueryCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { partyAgeing } from '../accounting/index.ts'
import { visibleParties, ofParty } from '../parties/index.ts'
import { customerStatement } from './contract.ts'

type Statement = OutputOf<typeof customerStatement>
type Row = Statement['rows'][number]
type Span = { readonly party_id: string; readonly from: string; readonly to: string }

const BOUNDS = [30, 60, 90]
/** More documents than anybody compares line by line. */
const MOST_ROWS = 5_000

/** A customer's statement for a period. What it begins and ends with are the open items of the books at those days. */
export const customerStatementHandler = answer(customerStatement, async (ctx, { with_items, ...span }) => {
  const { party_id, from, to } = span
  if (from > to) throw new Refusal('sales.statementDaysReversed', { from, to })
  const visible = visibleParties(ctx.scope, 'p.id')
  const party = await ctx.db.get<{ party_code: string; party_name: string }>(
    `select p.code as party_code, p.name as party_name from parties_party p where p.id = ? and ${visible.sql}`,
    [party_id, ...visible.params],
  )
  if (!party) throw new Refusal('parties.partyNotFound', { party_id })
  const opening = await partyAgeing(ctx.db, { side: 'receivable', party_id, as_of: addDays(from, -1), bounds: BOUNDS })
  const closing = await partyAgeing(ctx.db, { side: 'receivable', party_id, as_of: to, bounds: BOUNDS })
  const events = await eventsOf(ctx, span)
  const lines = with_items === 1 ? await linesOf(ctx, span) : new Map<string, Row['lines']>()
  let balance_minor = opening.total_minor
  const rows = events.map((event) => {
    balance_minor += event.charged_minor - event.settled_minor
    return { ...event, balance_minor, lines: lines.get(event.source_id) ?? [] }
  })
  assert(balance_minor === closing.total_minor, 'a statement ends with what the books say is owed')
  const { not_due_minor, overdue_minor, credit_minor } = closing
  return {
    ...span,
    ...party,
    opening_minor: opening.total_minor,
    rows,
    charged_minor: rows.reduce((sum, r) => sum + r.charged_minor, 0),
    settled_minor: rows.reduce((sum, r) => sum + r.settled_minor, 0),
    closing_minor: balance_minor,
    ageing: { bounds: BOUNDS, not_due_minor, overdue_minor, credit_minor },
  }
})

type Event = Omit<Row, 'balance_minor' | 'lines'>
type ItemRow = Pick<Row, 'source_kind' | 'source_id' | 'number' | 'day' | 'due_on' | 'reference'> & {
  amount_minor: number; invoice_kind: string | null; payment_kind: string | null; reverses_id: string | null
}

const OF_PARTY = `i.side = 'receivable' and ${ofParty('i.party_id')}`

/** Documents and money in the order in which they were posted; discounts, which are part of a settlement, after those of their day. */
async function eventsOf(ctx: QueryCtx, { party_id, from, to }: Span): Promise<Event[]> {
  const items = await ctx.db.all<ItemRow>(
    `select i.source_kind, i.source_id, i.number, i.day, i.due_on, i.amount_minor, v.kind as invoice_kind, p.kind as payment_kind, p.reverses_id,
            coalesce(v.reference, p.reference) as reference
       from accounting_open_item i
       left join sales_invoice v on i.source_kind = 'sales.invoice' and v.id = i.source_id
       left join accounting_payment p on i.source_kind = 'accounting.payment' and p.id = i.source_id
      where ${OF_PARTY} and i.day >= ? and i.day <= ? order by i.day, i.id limit ?`,
    [party_id, from, to, MOST_ROWS + 1],
  )
  const discounts = await ctx.db.all<Pick<Row, 'source_kind' | 'source_id' | 'number' | 'day' | 'due_on'> & { discount_minor: number }>(
    `select i.source_kind, i.source_id, i.number, a.day, i.due_on, a.discount_minor
       from accounting_open_item i join accounting_allocation a on a.positive_id = i.id
      where ${OF_PARTY} and a.discount_minor <> 0 and a.day >= ? and a.day <= ? order by a.day, a.id limit ?`,
    [party_id, from, to, MOST_ROWS + 1],
  )
  if (items.length + discounts.length > MOST_ROWS) throw new Refusal('sales.statementTooLong', { limit: MOST_ROWS })
  const events = [
    ...items.map(eventOf),
    ...discounts.map(({ discount_minor, ...d }): Event => ({ ...d, kind: 'discount', reference: null, charged_minor: 0, settled_minor: discount_minor })),
  ]
  // Sorting keeps what is equal in its order.
  return events.sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))
}

function eventOf({ amount_minor, invoice_kind, payment_kind, reverses_id, ...row }: ItemRow): Event {
  const kind = kindOf({ invoice_kind, payment_kind, reverses_id, source_kind: row.source_kind, amount_minor })
  const isMoney = kind === 'receipt' || kind === 'refund' || kind === 'payment_reversal' || kind === 'write_off'
  return { ...row, kind, charged_minor: isMoney ? 0 : amount_minor, settled_minor: isMoney ? 0 - amount_minor : 0 }
}

function kindOf(row: Pick<ItemRow, 'invoice_kind' | 'payment_kind' | 'reverses_id' | 'source_kind' | 'amount_minor'>): Row['kind'] {
  if (row.payment_kind !== null) return row.reverses_id !== null ? 'payment_reversal' : row.payment_kind === 'refund' ? 'refund' : 'receipt'
  if (row.invoice_kind !== null) return row.invoice_kind === 'credit_note' ? 'credit_note' : row.invoice_kind === 'reversal' ? 'invoice_reversal' : 'invoice'
  if (row.source_kind === 'accounting.opening') return 'opening'
  if (row.source_kind === 'credit.interest') return 'interest'
  return row.source_kind === 'accounting.voucher' && row.amount_minor < 0 ? 'write_off' : 'other'
}

/** The goods of the period's invoices, by invoice. */
async function linesOf(ctx: QueryCtx, { party_id, from, to }: Span): Promise<Map<string, Row['lines']>> {
  const rows = await ctx.db.all<Row['lines'][number] & { invoice_id: string }>(
    `select l.invoice_id, t.code as item_code, t.name as item_name, t.spec, l.unit, l.quantity_e6, l.price_e4, l.gross_minor
       from sales_invoice v join sales_invoice_line l on l.invoice_id = v.id join catalog_item t on t.id = l.item_id
      where ${ofParty('v.party_id')} and v.day >= ? and v.day <= ? order by l.invoice_id, l.line_no`,
    [party_id, from, to],
  )
  const lines = new Map<string, Row['lines']>()
  for (const { invoice_id, ...line } of rows) {
    const known = lines.get(invoice_id)
    if (known) known.push(line)
    else lines.set(invoice_id, [line])
  }
  return lines
}
