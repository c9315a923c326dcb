import { z } from 'zod'
import { amount, command, day, id, instant, name, page, query } from '../../kernel/contract.ts'
import type { StateTable } from '../../kernel/states.ts'

// Refunds: asked for at the ticket with the invoice they are about, posted by who keeps the money, nothing entered twice.

export type RefundState = 'asked' | 'posted' | 'declined'
export const refundStates: StateTable<RefundState> = { asked: ['posted', 'declined'], posted: [], declined: [] }
const state = z.enum(['asked', 'posted', 'declined'])

const refundLine = z.strictObject({ invoice_line_no: z.int().min(1), amount_minor: amount().min(1) })
const moves = ['service.refundNotFound', 'service.refundStateForbids'] as const

/** So much of these lines of an invoice of the customer is to go back. */
export const askRefund = command({
  name: 'service.askRefund',
  permission: 'service.work',
  input: z.strictObject({ ticket_id: id(), invoice_id: id(), reason: name(500), lines: z.array(refundLine).min(1).max(200) }),
  output: z.object({ refund_id: id() }),
  refusals: [
    'service.ticketNotFound', 'service.ticketStateForbids', 'service.documentNotFound', 'service.otherCustomer', 'sales.notAnInvoice', 'sales.lineUnknown', 'sales.moreThanInvoiced', 'service.refundWaits',
  ],
})

/** The credit note and the money in one step, both led to from the ticket. */
export const postRefund = command({
  name: 'service.postRefund',
  permission: 'service.refund',
  input: z.strictObject({
    refund_id: id(),
    day: day().optional(),
    /** How the money goes back; null: it does not, and the credit note stands against what is owed. */
    method: name(40).nullable(),
  }),
  output: z.object({ refund_id: id(), credit_note_id: id(), credit_note_number: z.string(), payment_id: id().nullable(), payment_number: z.string().nullable() }),
  refusals: [
    ...moves, 'service.creditNotPermitted', 'sales.invoiceNotFound', 'sales.notAnInvoice', 'sales.beforeInvoice', 'sales.moreThanInvoiced', 'sales.lineUnknown', 'sales.paidTooMuch', 'parties.partyNotFound',
    'accounting.periodLocked', 'accounting.methodNotFound', 'accounting.methodInactive', 'platform.notPermitted',
  ],
})
export const declineRefund = command({
  name: 'service.declineRefund', permission: 'service.refund', input: z.strictObject({ refund_id: id(), reason: name(500) }), output: z.object({ refund_id: id() }), refusals: moves,
})

const refundRow = z.object({
  refund_id: id(),
  ticket_id: id(),
  ticket_number: z.string(),
  subject: z.string(),
  party_id: id(),
  party_name: z.string(),
  state,
  reason: z.string(),
  amount_minor: z.int(),
  asked_name: z.string(),
  asked_at: instant(),
  decided_name: z.string().nullable(),
  decided_at: instant().nullable(),
  decline_reason: z.string().nullable(),
  invoice_id: id(),
  invoice_number: z.string(),
  invoice_day: day(),
  invoice_gross_minor: z.int(),
  order_id: id().nullable(),
  order_number: z.string().nullable(),
  /** Received on the invoice, and what has been credited of it since. */
  paid_minor: z.int(),
  credited_minor: z.int(),
  credit_note_id: id().nullable(),
  credit_note_number: z.string().nullable(),
  payment_id: id().nullable(),
  payment_number: z.string().nullable(),
})
export type RefundRow = z.output<typeof refundRow>

export const listRefunds = query({
  name: 'service.refunds',
  permission: 'service.read',
  input: z.strictObject({ show: z.enum(['asked', 'posted', 'declined', 'all']).default('asked'), ticket_id: id().optional(), ...page }),
  output: z.object({ rows: z.array(refundRow), total: z.int(), amount_minor: z.int() }),
  reads: ['service_refund', 'service_ticket', 'sales_invoice', 'sales_order', 'accounting_payment', 'accounting_open_item', 'parties_party', 'parties_assignment', 'platform_user'],
  scope: 'rows',
})
