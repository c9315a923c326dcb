import { z } from 'zod'
import { command, day, extra, extraRefusals, id, line, name, text } from '../../kernel/contract.ts'
import type { StateTable } from '../../kernel/states.ts'
import { dayForm, lineNumber, offerForm, orderForm } from './contract-forms.ts'
import { priced, promoted } from './contract-refusals.ts'
import { amounts } from './contract-rows.ts'

export type QuoteState = 'draft' | 'sent' | 'won' | 'lost' | 'replaced'
/** A quote gets its number when it leaves the draft; a revision keeps the number and raises the version. */
export const quoteStates: StateTable<QuoteState> = {
  draft: ['sent', 'won', 'lost'],
  sent: ['won', 'lost', 'replaced'],
  won: [],
  lost: ['replaced'],
  replaced: [],
}

export type OrderState = 'draft' | 'confirmed' | 'closed' | 'cancelled'
/**
 * Confirming takes the number and reserves stock. An order closes when nothing is left to deliver or to invoice, and opens again when
 * a reversal or a change leaves something; delivered, invoiced and paid are computed.
 */
export const orderStates: StateTable<OrderState> = {
  draft: ['confirmed', 'cancelled'],
  confirmed: ['closed', 'cancelled'],
  closed: ['confirmed'],
  cancelled: [],
}

const quoteForm = { ...offerForm, extra: extra('sales.quote'), valid_until: day().nullable().optional() }
const totals = z.object({ ...amounts })

// Quotes

export const createQuote = command({
  name: 'sales.createQuote',
  permission: 'sales.quote',
  input: z.strictObject(quoteForm),
  output: totals.extend({ quote_id: id() }),
  refusals: [...priced, ...extraRefusals],
})

/** Replaces a draft whole. */
export const updateQuote = command({
  name: 'sales.updateQuote',
  permission: 'sales.quote',
  input: z.strictObject({ quote_id: id(), ...quoteForm }),
  output: totals.extend({ quote_id: id() }),
  refusals: ['sales.quoteNotFound', 'sales.quoteNotDraft', ...priced, ...extraRefusals],
})

export const sendQuote = command({
  name: 'sales.sendQuote',
  permission: 'sales.quote',
  input: z.strictObject({ quote_id: id() }),
  output: z.object({ quote_id: id(), number: z.string(), version: z.int() }),
  refusals: ['sales.quoteNotFound', 'sales.quoteStateForbids'],
})

/** Makes a new draft version under the same number; the old one counts as replaced. */
export const reviseQuote = command({
  name: 'sales.reviseQuote',
  permission: 'sales.quote',
  input: z.strictObject({ quote_id: id() }),
  output: z.object({ quote_id: id(), number: z.string(), version: z.int() }),
  refusals: ['sales.quoteNotFound', 'sales.quoteStateForbids'],
})

export const loseQuote = command({
  name: 'sales.loseQuote',
  permission: 'sales.quote',
  input: z.strictObject({ quote_id: id(), lost_reason: name(500) }),
  output: z.object({ quote_id: id() }),
  refusals: ['sales.quoteNotFound', 'sales.quoteStateForbids'],
})

/** Turns the quote into a draft order with the same lines and terms. */
export const convertQuote = command({
  name: 'sales.convertQuote',
  permission: 'sales.quote',
  input: z.strictObject({ quote_id: id(), ...dayForm, warehouse_id: id().optional(), wanted_on: day().nullable().default(null) }),
  output: z.object({ quote_id: id(), order_id: id() }),
  refusals: ['sales.quoteNotFound', 'sales.quoteStateForbids', 'inventory.warehouseNotFound', ...priced],
})

// Orders

export const createOrder = command({
  name: 'sales.createOrder',
  permission: 'sales.order',
  input: z.strictObject(orderForm),
  output: totals.extend({ order_id: id() }),
  refusals: ['inventory.warehouseNotFound', ...priced, ...extraRefusals],
})

/** Replaces a draft whole. */
export const updateOrder = command({
  name: 'sales.updateOrder',
  permission: 'sales.order',
  input: z.strictObject({ order_id: id(), ...orderForm }),
  output: totals.extend({ order_id: id() }),
  refusals: ['sales.orderNotFound', 'sales.orderNotDraft', 'sales.couponApplied', 'inventory.warehouseNotFound', ...priced, ...extraRefusals],
})

/** Takes the amount of a coupon off a draft order; the coupon is used up when the order is confirmed. */
export const applyCoupon = command({
  name: 'sales.applyCoupon',
  permission: 'sales.order',
  input: z.strictObject({ order_id: id(), code: name(40) }),
  output: totals.extend({ order_id: id(), coupon_minor: z.int() }),
  refusals: ['sales.orderNotFound', 'sales.orderNotDraft', 'sales.couponApplied', ...priced, ...promoted],
})

export const removeCoupon = command({
  name: 'sales.removeCoupon',
  permission: 'sales.order',
  input: z.strictObject({ order_id: id() }),
  output: totals.extend({ order_id: id(), coupon_minor: z.int() }),
  refusals: ['sales.orderNotFound', 'sales.orderNotDraft', ...priced],
})

/** Takes the number, checks the credit limit, reserves stock and promises a day. */
export const confirmOrder = command({
  name: 'sales.confirmOrder',
  permission: 'sales.order',
  input: z.strictObject({
    order_id: id(),
    /** Confirms above the credit limit; needs the permission sales.overrideCredit. */
    override_credit_reason: name(500).optional(),
  }),
  output: z.object({
    order_id: id(),
    number: z.string(),
    /** Null: nobody can say yet. */
    promised_on: day().nullable(),
    lines: z.array(z.object({ line_no: z.int(), reserved_e6: z.int(), promised_on: day().nullable() })),
  }),
  refusals: ['sales.orderNotFound', 'sales.orderStateForbids', 'sales.partyInactive', 'sales.itemInactive', 'sales.creditLimitExceeded', 'platform.fieldRequired', ...promoted],
})

/**
 * Changes a confirmed order; what it was is kept as a revision. `lines` is the whole order as it shall be: a line left out is removed,
 * a line without `line_no` is added. Never below what was delivered or invoiced; an invoiced line keeps its price.
 */
export const changeOrder = command({
  name: 'sales.changeOrder',
  permission: 'sales.order',
  input: z.strictObject({
    order_id: id(),
    reason: text(500).nullable().default(null),
    discount_minor: offerForm.discount_minor,
    total_minor: offerForm.total_minor,
    lines: offerForm.lines,
    wanted_on: day().nullable().optional(),
    ship_to: line(500).nullable().optional(),
    customer_reference: line(100).nullable().optional(),
    salesperson_id: id().nullable().optional(),
    note: text(2000).nullable().optional(),
    extra: extra('sales.order').unwrap().optional(),
    override_credit_reason: name(500).optional(),
  }),
  output: totals.extend({ order_id: id(), revision: z.int(), promised_on: day().nullable() }),
  refusals: [
    'sales.orderNotFound',
    'sales.orderStateForbids',
    'sales.belowDelivered',
    'sales.invoicedLineKeepsTerms',
    'sales.lineUnknown',
    'sales.creditLimitExceeded',
    ...priced,
    ...extraRefusals,
  ],
})

/** Only where nothing was posted, or all of it was reversed. */
export const cancelOrder = command({
  name: 'sales.cancelOrder',
  permission: 'sales.order',
  input: z.strictObject({ order_id: id(), reason: text(500).nullable().default(null) }),
  output: z.object({ order_id: id() }),
  refusals: ['sales.orderNotFound', 'sales.orderStateForbids', 'sales.orderHasDocuments'],
})

/** Gives up what is still to deliver, and frees its reservation. */
export const closeOrder = command({
  name: 'sales.closeOrder',
  permission: 'sales.order',
  input: z.strictObject({
    order_id: id(),
    /** Left out: all lines. */
    line_nos: z.array(lineNumber()).min(1).max(2000).optional(),
    reason: text(500).nullable().default(null),
  }),
  output: z.object({ order_id: id(), state: z.enum(['confirmed', 'closed']) }),
  refusals: ['sales.orderNotFound', 'sales.orderStateForbids', 'sales.lineUnknown', 'sales.nothingToClose'],
})
