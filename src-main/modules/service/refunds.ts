import { handle, answer, type CommandCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { assertMove } from '../../kernel/states.ts'
import { itemsOf } from '../catalog/index.ts'
import { allowanceCredit, creditableLines, creditNote, giveCredit } from '../sales/index.ts'
import { visibleParties } from '../parties/index.ts'
import { askRefund, declineRefund, listRefunds, postRefund, refundStates, type RefundRow, type RefundState } from './contract.ts'
import { documentOf } from './documents.ts'
import { assertOpen, joined, ticketInHand, visibleTicketIds, visibleTickets, type Condition } from './sight.ts'
import { insertRefund, patchRefund } from './ticket.store.ts'

type Line = { readonly invoice_line_no: number; readonly amount_minor: number }

/** What so much of these lines comes to with tax, minor units. Refuses what is not there or more than is left of it. */
async function creditOf(ctx: CommandCtx, { invoice_id, lines }: { invoice_id: string; lines: readonly Line[] }): Promise<number> {
  const originals = await creditableLines(ctx.db, { invoice_id })
  if (originals.length === 0) throw new Refusal('sales.notAnInvoice')
  const items = await itemsOf(ctx, originals.map((l) => l.item_id))
  let gross = 0
  for (const { invoice_line_no, amount_minor } of lines) {
    const original = originals.find((l) => l.line_no === invoice_line_no)
    if (!original) throw new Refusal('sales.lineUnknown', { line_no: invoice_line_no })
    const draft = allowanceCredit({ line_no: invoice_line_no, original, amount_minor })
    if (!draft) throw new Refusal('sales.moreThanInvoiced', { line_no: invoice_line_no, item_name: items.get(original.item_id)!.name })
    gross -= draft.gross_minor
  }
  return gross
}

export const askRefundHandler = handle(askRefund, async (ctx, { ticket_id, invoice_id, reason, lines }) => {
  const ticket = await ticketInHand(ctx, ticket_id)
  assertOpen(ticket)
  const { party_id, number } = await documentOf(ctx, { source_kind: 'sales.invoice', source_id: invoice_id })
  if (party_id !== ticket.party_id) throw new Refusal('service.otherCustomer', { name: number })
  const waiting = await ctx.db.get<{ id: string }>(`select id from service_refund where invoice_id = ? and state = 'asked'`, [invoice_id])
  if (waiting) throw new Refusal('service.refundWaits', { number })
  await creditOf(ctx, { invoice_id, lines })
  const refund_id = ctx.newId()
  const sums = new Map<number, number>()
  for (const l of lines) sums.set(l.invoice_line_no, (sums.get(l.invoice_line_no) ?? 0) + l.amount_minor)
  await insertRefund(ctx, {
    row: { id: refund_id, ticket_id, invoice_id, state: 'asked', reason, asked_by: ctx.actor.id, asked_at: ctx.now },
    lines: [...sums].map(([invoice_line_no, amount_minor]) => ({ refund_id, invoice_line_no, amount_minor })),
  })
  return { refund_id }
})

type Refund = { readonly id: string; readonly ticket_id: string; readonly invoice_id: string; readonly state: RefundState; readonly reason: string; readonly ticket_number: string }

async function refundInHand(ctx: CommandCtx, { refund_id, to }: { refund_id: string; to: RefundState }): Promise<Refund> {
  const seen = visibleTicketIds(ctx.scope, 'r.ticket_id')
  const row = await ctx.db.get<Refund>(
    `select r.id, r.ticket_id, r.invoice_id, r.state, r.reason, t.number as ticket_number from service_refund r join service_ticket t on t.id = r.ticket_id where r.id = ? and ${seen.sql}`,
    [refund_id, ...seen.params],
  )
  if (!row) throw new Refusal('service.refundNotFound', { refund_id })
  assertMove(refundStates, { from: row.state, to, refusal: 'service.refundStateForbids' })
  return row
}

/** One credit note of the lines that were asked for, and the money with it; both are found from the ticket, and the ticket from both. */
export const postRefundHandler = handle(postRefund, async (ctx, { refund_id, method, day }) => {
  const refund = await refundInHand(ctx, { refund_id, to: 'posted' })
  if (!ctx.may(creditNote.permission)) throw new Refusal('service.creditNotPermitted', { number: refund.ticket_number })
  const lines = await ctx.db.all<Line>('select invoice_line_no, amount_minor from service_refund_line where refund_id = ? order by invoice_line_no', [refund_id])
  const amount_minor = method === null ? 0 : await creditOf(ctx, { invoice_id: refund.invoice_id, lines })
  const made = await giveCredit(ctx, creditNote.input.parse({
    invoice_id: refund.invoice_id, day, lines, reason: `${refund.ticket_number} ${refund.reason}`.slice(0, 500), payments: method === null ? [] : [{ method, amount_minor }],
  }))
  const payment = made.payments[0]
  await patchRefund(ctx, refund_id, { state: 'posted', decided_by: ctx.actor.id, decided_at: ctx.now, credit_note_id: made.invoice_id, payment_id: payment?.payment_id ?? null })
  return { refund_id, credit_note_id: made.invoice_id!, credit_note_number: made.invoice_number!, payment_id: payment?.payment_id ?? null, payment_number: payment?.number ?? null }
})

export const declineRefundHandler = handle(declineRefund, async (ctx, { refund_id, reason }) => {
  await refundInHand(ctx, { refund_id, to: 'declined' })
  await patchRefund(ctx, refund_id, { state: 'declined', decided_by: ctx.actor.id, decided_at: ctx.now, decline_reason: reason })
  return { refund_id }
})

const FROM = `service_refund r join service_ticket t on t.id = r.ticket_id join parties_party p on p.id = t.party_id join sales_invoice i on i.id = r.invoice_id join platform_user a on a.id = r.asked_by
  left join platform_user b on b.id = r.decided_by left join sales_invoice c on c.id = r.credit_note_id left join accounting_payment y on y.id = r.payment_id left join sales_order o on o.id = i.order_id`
const AMOUNT = '(select sum(l.amount_minor) from service_refund_line l where l.refund_id = r.id)'

export const listRefundsHandler = answer(listRefunds, async (ctx, { show, ticket_id, limit, offset }) => {
  // A refund tells of invoices and money: who may not read those sees none.
  const scope = ctx.scopeUnder('sales.read')
  if (scope === undefined) return { rows: [], total: 0, amount_minor: 0 }
  const conditions: Condition[] = [visibleTickets(ctx.scope, 't'), visibleParties(scope, 't.party_id')]
  if (show !== 'all') conditions.push({ sql: 'r.state = ?', params: [show] })
  if (ticket_id !== undefined) conditions.push({ sql: 't.id = ? or t.merged_into_id = ?', params: [ticket_id, ticket_id] })
  const { where, params } = joined(conditions)
  const rows = await ctx.db.all<RefundRow>(
    `select r.id as refund_id, t.id as ticket_id, t.number as ticket_number, t.subject, t.party_id, p.name as party_name, r.state, r.reason,
            case when c.id is null then ${AMOUNT} else -c.gross_minor end as amount_minor, a.name as asked_name, r.asked_at, b.name as decided_name, r.decided_at, r.decline_reason,
            i.id as invoice_id, i.number as invoice_number, i.day as invoice_day, i.gross_minor as invoice_gross_minor, o.id as order_id, o.number as order_number,
            coalesce((select sum(x.amount_minor) from accounting_open_item oi join accounting_allocation x on x.positive_id = oi.id join accounting_open_item ni on ni.id = x.negative_id
                       where oi.source_kind = 'sales.invoice' and oi.source_id = i.id and ni.source_kind = 'accounting.payment'), 0) as paid_minor,
            coalesce((select -sum(k.gross_minor) from sales_invoice k where k.original_id = i.id and k.kind = 'credit_note'), 0) as credited_minor,
            r.credit_note_id, c.number as credit_note_number, r.payment_id, y.number as payment_number
       from ${FROM} where ${where} order by r.asked_at desc, r.id limit ? offset ?`,
    [...params, limit, offset],
  )
  const whole = await ctx.db.get<{ n: number; sum: number | null }>(`select count(*) as n, sum(case when c.id is null then ${AMOUNT} else -c.gross_minor end) as sum from ${FROM} where ${where}`, params)
  return { rows, total: whole!.n, amount_minor: whole!.sum ?? 0 }
})
