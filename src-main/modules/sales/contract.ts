import { z } from 'zod'
import { command, day, extraRefusals, flag, id, line, name, positiveQuantity } from '../../kernel/contract.ts'
import { creditLineForm, dayForm, lineNumber, noteForm, orderLinePart, paymentsForm, returnLineForm, saleForm } from './contract-forms.ts'
import { paying, posting, priced, promoted } from './contract-refusals.ts'
import { amounts, stockWarning } from './contract-rows.ts'

export * from './contract-cockpit.ts'
export * from './contract-first-steps.ts'
export * from './contract-lifecycle.ts'
export * from './contract-orders.ts'
export * from './contract-queries.ts'
export * from './contract-papers.ts'

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
  /** What the stock policy let through. */
  warnings: z.array(stockWarning),
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
  refusals: [...priced, ...posting, ...paying, ...extraRefusals, ...promoted],
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
    'sales.beforeDelivery',
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
    'sales.beforeDelivery',
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
    'sales.beforeDelivery',
    'sales.cannotCombine',
    'sales.partyNeeded',
    ...priced,
    ...posting,
    ...paying,
    ...extraRefusals,
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
    'sales.beforeInvoice',
    'sales.quantityNotExact',
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

/** Keeps the orders of a checked file as drafts, all or none: rows of one number are one order, its number the customer's reference. */
export const importOrders = command({
  name: 'sales.importOrders',
  permission: 'sales.import',
  input: z.strictObject({ staging_id: name(100) }),
  output: z.object({ orders: z.int(), gross_minor: z.int(), sha256: z.string() }),
  refusals: ['sales.importRejected', 'inventory.warehouseNotFound', ...priced],
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
