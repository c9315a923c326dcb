import { z } from 'zod'
import { command, day, extra, flag, id, line, name, positiveQuantity, text } from '../../kernel/contract.ts'
import type { StateTable } from '../../kernel/states.ts'
import {
  creditLineForm,
  dayForm,
  lineNumber,
  noteForm,
  offerForm,
  orderForm,
  orderLinePart,
  paymentsForm,
  returnLineForm,
  saleForm,
} from './contract-forms.ts'
import { amounts } from './contract-rows.ts'

export * from './contract-queries.ts'

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

/** Any priced document can refuse these. */
const priced = [
  'parties.partyNotFound',
  'catalog.itemNotFound',
  'catalog.unitUnknown',
  'catalog.taxCodeUnknown',
  'sales.partyInactive',
  'sales.itemInactive',
  'sales.quantityNotExact',
  'sales.amountTooLarge',
  'sales.discountTooLarge',
  'sales.twoDiscounts',
] as const
/** Whatever posts can refuse these. */
const posting = ['accounting.periodLocked', 'accounting.roleMissing', 'inventory.notEnoughStock', 'inventory.warehouseNotFound'] as const
const paying = ['accounting.paymentMethodUnknown', 'sales.paidTooMuch'] as const

const quoteForm = { ...offerForm, valid_until: day().nullable().optional() }
const totals = z.object({ ...amounts })

// Quotes

export const createQuote = command({
  name: 'sales.createQuote',
  permission: 'sales.quote',
  input: z.strictObject(quoteForm),
  output: totals.extend({ quote_id: id() }),
  refusals: [...priced],
})

/** Replaces a draft whole. */
export const updateQuote = command({
  name: 'sales.updateQuote',
  permission: 'sales.quote',
  input: z.strictObject({ quote_id: id(), ...quoteForm }),
  output: totals.extend({ quote_id: id() }),
  refusals: ['sales.quoteNotFound', 'sales.quoteNotDraft', ...priced],
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
  refusals: ['inventory.warehouseNotFound', ...priced],
})

/** Replaces a draft whole. */
export const updateOrder = command({
  name: 'sales.updateOrder',
  permission: 'sales.order',
  input: z.strictObject({ order_id: id(), ...orderForm }),
  output: totals.extend({ order_id: id() }),
  refusals: ['sales.orderNotFound', 'sales.orderNotDraft', 'inventory.warehouseNotFound', ...priced],
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
  refusals: ['sales.orderNotFound', 'sales.orderStateForbids', 'sales.partyInactive', 'sales.itemInactive', 'sales.creditLimitExceeded'],
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
    extra: extra().unwrap().optional(),
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

// Deliveries, invoices, returns

const saleResult = z.object({
  /** Null: nothing to deliver (services only), or nothing to invoice now. */
  delivery_id: id().nullable(),
  delivery_number: z.string().nullable(),
  invoice_id: id().nullable(),
  invoice_number: z.string().nullable(),
  ...amounts,
  payments: z.array(z.object({ payment_id: id(), number: z.string() })),
  /** What is still open on the invoice or credit note, signed. */
  open_minor: z.int(),
})

/** Delivers an order, wholly or in parts; services of the order are invoiced with it. */
export const deliver = command({
  name: 'sales.deliver',
  permission: 'sales.deliver',
  input: z.strictObject({
    order_id: id(),
    ...dayForm,
    /** Left out: all that remains. */
    lines: z.array(orderLinePart).min(1).max(2000).optional(),
    /** Left out: as the setting sales.invoice_with_delivery says. */
    invoice: z.enum(['with', 'apart']).optional(),
    due_on: day().optional(),
    ship_to: line(500).nullable().optional(),
    tracking: line(200).nullable().default(null),
    ...noteForm,
    ...paymentsForm,
  }),
  output: saleResult,
  refusals: [
    'sales.orderNotFound',
    'sales.orderStateForbids',
    'sales.lineUnknown',
    'sales.moreThanOrdered',
    'sales.nothingToDeliver',
    'sales.quantityNotExact',
    'sales.paymentNeedsInvoice',
    ...posting,
    ...paying,
  ],
})

/** Sells without an order: delivery, invoice and, where paid at once, receipts in one step. The counter uses it with the cash customer. */
export const deliverDirect = command({
  name: 'sales.deliverDirect',
  permission: 'sales.sell',
  input: z.strictObject({ ...saleForm, ...paymentsForm }),
  output: saleResult,
  refusals: [...priced, ...posting, ...paying],
})

/** Invoices what was delivered and the services that were ordered: whole orders, whole deliveries, or named lines of one customer. */
export const postInvoice = command({
  name: 'sales.postInvoice',
  permission: 'sales.invoice',
  input: z
    .strictObject({
      order_ids: z.array(id()).max(500).default([]),
      delivery_ids: z.array(id()).max(500).default([]),
      lines: z.array(z.strictObject({
        order_id: id(),
        order_line_no: lineNumber(),
        quantity_e6: positiveQuantity(),
      })).max(2000).default([]),
      ...dayForm,
      due_on: day().optional(),
      reference: line(100).nullable().default(null),
      ...noteForm,
      ...paymentsForm,
    })
    .refine((i) => i.order_ids.length + i.delivery_ids.length + i.lines.length > 0, {
      path: ['order_ids'],
      message: 'something to invoice',
    }),
  output: saleResult,
  refusals: [
    'sales.orderNotFound',
    'sales.orderStateForbids',
    'sales.deliveryNotFound',
    'sales.lineUnknown',
    'sales.nothingToInvoice',
    'sales.cannotCombine',
    'sales.amountTooLarge',
    ...posting,
    ...paying,
  ],
})

const returnForm = {
  /** Needed for goods without an original delivery; otherwise the deliveries' customer. */
  party_id: id().optional(),
  ...dayForm,
  warehouse_id: id().optional(),
  prices_include_tax: flag().optional(),
  lines: z.array(returnLineForm).min(1).max(2000),
  reason: line(500).nullable().default(null),
  ...noteForm,
}

/** Takes goods back, to stock or to scrap; with the credit note at once or apart. `payments` are refunds. */
export const returnGoods = command({
  name: 'sales.returnGoods',
  permission: 'sales.return',
  input: z.strictObject({
    ...returnForm,
    /** Left out: as the setting sales.invoice_with_delivery says. */
    invoice: z.enum(['with', 'apart']).optional(),
    reference: line(100).nullable().default(null),
    ...paymentsForm,
  }),
  output: saleResult,
  refusals: [
    'sales.deliveryNotFound',
    'sales.lineUnknown',
    'sales.moreThanDelivered',
    'sales.returnNeedsCreditNote',
    'sales.partyNeeded',
    'sales.cannotCombine',
    'sales.paymentNeedsInvoice',
    ...priced,
    ...posting,
    ...paying,
  ],
})

/** An exchange in one step: goods back with a credit note, others out with an invoice, one against the other, the rest paid or refunded. */
export const exchangeGoods = command({
  name: 'sales.exchangeGoods',
  permission: 'sales.sell',
  input: z.strictObject({
    ...saleForm,
    returned: z.array(returnLineForm).min(1).max(2000),
    reason: line(500).nullable().default(null),
    ...paymentsForm,
  }),
  output: z.object({ returned: saleResult, sold: saleResult }),
  refusals: [
    'sales.deliveryNotFound',
    'sales.lineUnknown',
    'sales.moreThanDelivered',
    'sales.cannotCombine',
    'sales.partyNeeded',
    ...priced,
    ...posting,
    ...paying,
  ],
})

/** Credits an invoice without goods: a price allowance, services, or goods that came back earlier. */
export const creditNote = command({
  name: 'sales.creditNote',
  permission: 'sales.invoice',
  input: z.strictObject({
    invoice_id: id(),
    ...dayForm,
    /** Left out: all goods that came back and were not credited yet. */
    lines: z.array(creditLineForm).min(1).max(2000).optional(),
    reason: line(500).nullable().default(null),
    ...noteForm,
    ...paymentsForm,
  }),
  output: saleResult,
  refusals: [
    'sales.invoiceNotFound',
    'sales.notAnInvoice',
    'sales.lineUnknown',
    'sales.nothingToCredit',
    'sales.moreThanInvoiced',
    ...posting,
    ...paying,
  ],
})

const reversalForm = { ...dayForm, reason: line(500).nullable().default(null) }

/** Undoes a delivery or return that is not invoiced. */
export const reverseDelivery = command({
  name: 'sales.reverseDelivery',
  permission: 'sales.reverse',
  input: z.strictObject({ delivery_id: id(), ...reversalForm }),
  output: z.object({ delivery_id: id(), number: z.string() }),
  refusals: [
    'sales.deliveryNotFound',
    'sales.alreadyReversed',
    'sales.isReversal',
    'sales.reverseTheInvoice',
    'sales.deliveryInvoiced',
    'sales.deliveryReturned',
    'sales.scrappedGoods',
    'sales.reversalTooEarly',
    ...posting,
  ],
})

/** Undoes an invoice or credit note with its allocations; goods delivered or returned in the same step are undone with it. */
export const reverseInvoice = command({
  name: 'sales.reverseInvoice',
  permission: 'sales.reverse',
  input: z.strictObject({ invoice_id: id(), ...reversalForm }),
  output: z.object({ invoice_id: id(), number: z.string(), delivery_id: id().nullable(), delivery_number: z.string().nullable() }),
  refusals: [
    'sales.invoiceNotFound',
    'sales.alreadyReversed',
    'sales.isReversal',
    'sales.invoiceCredited',
    'sales.deliveryReturned',
    'sales.scrappedGoods',
    'sales.reversalTooEarly',
    ...posting,
  ],
})

/** Posts the invoices of a checked file, all or none: rows of one number are one document; negative rows become its credit note. */
export const importInvoices = command({
  name: 'sales.importInvoices',
  permission: 'sales.import',
  input: z.strictObject({ staging_id: name(100) }),
  output: z.object({
    invoices: z.int(),
    credit_notes: z.int(),
    deliveries: z.int(),
    returns: z.int(),
    gross_minor: z.int(),
    sha256: z.string(),
  }),
  refusals: ['sales.importRejected', ...priced, ...posting],
})
