import { z } from 'zod'
import { amount, day, extra, flag, id, line, money, name, positiveQuantity, rate, text, unitPrice } from '../../kernel/contract.ts'

// What people fill in: the lines and headers that the commands of sales share.

const lineNo = () => z.int().min(1).max(100_000)

/** One priced line as sent. */
export const lineForm = z
  .strictObject({
    /** Names the line that is kept when a document is changed; without it the line is new. */
    line_no: lineNo().optional(),
    item_id: id(),
    /** Null: the item's name. */
    description: line(500).nullable().default(null),
    /** Null: the item's base unit. */
    unit: name(40).nullable().default(null),
    /** In `unit`. */
    quantity_e6: positiveQuantity(),
    /** Per `unit`, with or without tax as the document says. */
    price_e4: unitPrice(),
    discount_rate_e8: rate().default(0),
    /** This line's own discount as an amount, instead of a rate. */
    discount_minor: amount().nullable().default(null),
    /** Null: the item's tax code. */
    tax_code: name(40).nullable().default(null),
    /** The flash sale whose pieces these are: they are taken when the document is confirmed or posted. */
    promotion_id: id().nullable().default(null),
  })
  .refine((l) => l.discount_minor === null || l.discount_rate_e8 === 0, {
    path: ['discount_minor'],
    message: 'a rate or an amount, not both',
  })
export type LineForm = Omit<z.output<typeof lineForm>, 'promotion_id'> & { readonly promotion_id?: string | null }

export const linesForm = () => z.array(lineForm).min(1).max(2000)

/** The whole document's discount: as an amount (negative rounds up), or as the total that was agreed (抹零). */
const discountForm = {
  discount_minor: money().default(0),
  /** What the customer pays for the whole document, tax included; the difference is spread over the lines as a discount. */
  total_minor: amount().nullable().default(null),
}

export const noteForm = { note: text(2000).nullable().default(null) }
/** Without it: today. */
export const dayForm = { day: day().optional() }

/** What quotes and orders have in common. */
export const offerForm = {
  party_id: id(),
  ...dayForm,
  /** Left out: as the company usually quotes prices. */
  prices_include_tax: flag().optional(),
  ...discountForm,
  /** Left out: the person who enters it. */
  salesperson_id: id().nullable().optional(),
  ...noteForm,
  lines: linesForm(),
}

export const orderForm = {
  ...offerForm,
  extra: extra('sales.order'),
  /** Left out: the company's default warehouse. */
  warehouse_id: id().optional(),
  wanted_on: day().nullable().default(null),
  ship_to: line(500).nullable().default(null),
  customer_reference: line(100).nullable().default(null),
}

/** A sale without an order: goods and services of one customer, delivered and invoiced at once. */
export const saleForm = {
  ...offerForm,
  extra: extra('sales.invoice'),
  /** Left out: the cash customer. */
  party_id: id().optional(),
  warehouse_id: id().optional(),
  /** Left out: the customer's terms. */
  due_on: day().optional(),
  ship_to: line(500).nullable().default(null),
  /** Our customer's number, or the number of an imported document. */
  reference: line(100).nullable().default(null),
  /** A coupon that is used for it. */
  coupon_code: line(40).default(''),
}

/** Money that changes hands together with the document. */
export const paymentForm = z.strictObject({ method: name(40), amount_minor: amount().min(1) })
export const paymentsForm = { payments: z.array(paymentForm).max(10).default([]) }
export type PaymentForm = z.output<typeof paymentForm>

/** Some or all of an order's line. */
export const orderLinePart = z.strictObject({ order_line_no: lineNo(), quantity_e6: positiveQuantity() })

/** Goods that come back: of a delivery (`delivery_id`, `delivery_line_no`), or, without one, an item at a price. */
export const returnLineForm = z
  .strictObject({
    delivery_id: id().optional(),
    delivery_line_no: lineNo().optional(),
    item_id: id().optional(),
    description: line(500).nullable().default(null),
    unit: name(40).nullable().default(null),
    quantity_e6: positiveQuantity(),
    price_e4: unitPrice().default(0),
    tax_code: name(40).nullable().default(null),
    disposition: z.enum(['restock', 'scrap']).default('restock'),
  })
  .refine((l) => (l.delivery_id === undefined) === (l.delivery_line_no === undefined), {
    path: ['delivery_line_no'],
    message: 'a delivery line needs both',
  })
  .refine((l) => (l.delivery_id === undefined) !== (l.item_id === undefined), { path: ['item_id'], message: 'a delivery line or an item' })
export type ReturnLineForm = z.output<typeof returnLineForm>

/** One line of a credit note: a quantity of it, or a price allowance (an amount off, in the invoice's kind of price). */
export const creditLineForm = z
  .strictObject({ invoice_line_no: lineNo(), quantity_e6: positiveQuantity().optional(), amount_minor: amount().min(1).optional() })
  .refine((l) => (l.quantity_e6 === undefined) !== (l.amount_minor === undefined), {
    path: ['amount_minor'],
    message: 'a quantity or an amount',
  })

export const lineNumber = lineNo
