import { z } from 'zod'
import { day, extraRow, flag, id, instant } from '../../kernel/contract.ts'

// What the queries of sales answer with. Amounts in minor units, quantities in millionths, prices in ten-thousandths.

const int = () => z.int()
const words = () => z.string()
const maybe = () => z.string().nullable()

/** How far something is done; computed, never stored. */
export const progress = z.enum(['none', 'part', 'all', 'over'])
export type Progress = z.output<typeof progress>

export const amounts = { net_minor: int(), tax_minor: int(), gross_minor: int() }

/** So much of an item, as it is now. */
const itemLineRow = z.object({
  line_no: int(),
  item_id: id(),
  item_code: words(),
  item_name: words(),
  description: maybe(),
  unit: words(),
  unit_numerator: int(),
  unit_denominator: int(),
  base_unit: words(),
  quantity_e6: int(),
  base_quantity_e6: int(),
})

/** The lines that a line carries out, and gives back or undoes. */
const whence = {
  order_id: id().nullable(),
  order_line_no: int().nullable(),
  original_id: id().nullable(),
  original_line_no: int().nullable(),
}

/** One line of any priced document, with the terms as they were agreed. */
export const pricedLineRow = itemLineRow.extend({
  item_kind: z.enum(['stocked', 'service']),
  price_e4: int(),
  discount_rate_e8: int(),
  discount_minor: int(),
  order_discount_minor: int(),
  /** The flash sale whose pieces these are. */
  promotion_id: id().nullable(),
  tax_code: maybe(),
  tax_rate_e8: int(),
  ...amounts,
})

export const documentRow = {
  number: maybe(),
  party_id: id(),
  party_name: words(),
  day: day(),
  currency: words(),
  prices_include_tax: flag(),
  discount_minor: int(),
  ...amounts,
  salesperson_id: id().nullable(),
  salesperson_name: maybe(),
  note: maybe(),
  created_at: instant(),
}

export const quoteRow = z.object({
  quote_id: id(),
  ...documentRow,
  state: z.enum(['draft', 'sent', 'won', 'lost', 'replaced']),
  version: int(),
  valid_until: day().nullable(),
  /** 1: sent, not answered, and past its last day. */
  is_expired: flag(),
  lost_reason: maybe(),
  ...extraRow('sales.quote'),
})

export const orderRow = z.object({
  order_id: id(),
  ...documentRow,
  state: z.enum(['draft', 'confirmed', 'closed', 'cancelled']),
  warehouse_id: id(),
  warehouse_name: words(),
  wanted_on: day().nullable(),
  promised_on: day().nullable(),
  customer_reference: maybe(),
  delivered: progress,
  invoiced: progress,
  paid: progress,
  /** 1: confirmed, wanted or promised before today, and not all delivered. */
  is_late: flag(),
  ...extraRow('sales.order'),
})

/** A line of the order page: what was agreed and what happened to it, in base units. */
export const orderLineRow = pricedLineRow.extend({
  closed_e6: int(),
  reserved_e6: int(),
  delivered_e6: int(),
  returned_e6: int(),
  invoiced_e6: int(),
  credited_e6: int(),
  /** Still to deliver (goods) or to invoice (services). */
  remaining_e6: int(),
  /** Delivered and not returned, not yet invoiced; negative: returned, credit note missing. */
  to_invoice_e6: int(),
  promised_on: day().nullable(),
  /** Stock of the order's warehouse now. */
  on_hand_e6: int(),
  available_e6: int(),
  incoming_e6: int(),
})

/** A document linked to the one shown. */
export const linkRow = z.object({
  kind: z.enum([
    'quote',
    'order',
    'delivery',
    'return',
    'delivery_reversal',
    'invoice',
    'credit_note',
    'invoice_reversal',
    'receipt',
    'refund',
    'entry',
  ]),
  id: id(),
  number: words(),
  day: day(),
  /** Null where the document carries no money of its own. */
  amount_minor: int().nullable(),
})

export const orderMoney = z.object({
  order_minor: int(),
  /** The value of what was delivered and not returned, at the order's terms. */
  delivered_minor: int(),
  invoiced_minor: int(),
  /** Negative. */
  credited_minor: int(),
  /** Receipts and refunds allocated to this order's invoices. */
  received_minor: int(),
  settlement_discount_minor: int(),
  /** Deposits for this order that no invoice has used yet. */
  deposit_minor: int(),
  /** Still owed on this order's invoices. */
  open_minor: int(),
})

export const difference = z.object({
  what: z.enum(['goods_moved', 'reservation', 'entries', 'open_items', 'invoiced_amount']),
  line_no: int().nullable(),
  expected: int(),
  actual: int(),
})

export const deliveryRow = z.object({
  delivery_id: id(),
  number: words(),
  kind: z.enum(['delivery', 'return', 'reversal']),
  party_id: id(),
  party_name: words(),
  day: day(),
  warehouse_id: id(),
  warehouse_name: words(),
  order_id: id().nullable(),
  order_number: maybe(),
  is_direct: flag(),
  ship_to: maybe(),
  tracking: maybe(),
  note: maybe(),
  reverses_id: id().nullable(),
  reversed_by_id: id().nullable(),
  entry_id: id().nullable(),
  created_at: instant(),
})

export const deliveryLineRow = itemLineRow.extend({
  /** The base quantity in whole larger units: '3箱5瓶'. */
  quantity_words: words(),
  ...whence,
  disposition: z.enum(['restock', 'scrap']).nullable(),
  returned_e6: int(),
  /** Delivered and not returned, not yet invoiced; negative: a credit note is missing. */
  to_invoice_e6: int(),
  /** Cost including later adjustments; null without the permission to see cost. */
  cost_minor: int().nullable(),
})

export const invoiceRow = z.object({
  invoice_id: id(),
  ...documentRow,
  number: words(),
  kind: z.enum(['invoice', 'credit_note', 'reversal']),
  due_on: day(),
  order_id: id().nullable(),
  order_number: maybe(),
  original_id: id().nullable(),
  reverses_id: id().nullable(),
  reversed_by_id: id().nullable(),
  reference: maybe(),
  entry_id: id().nullable(),
  /** Still open, with the document's sign. */
  open_minor: int(),
  paid: progress,
  is_overdue: flag(),
  ...extraRow('sales.invoice'),
})

export const invoiceLineRow = pricedLineRow.extend({
  ...whence,
  delivery_id: id().nullable(),
  delivery_line_no: int().nullable(),
  /** What credit notes have taken back of it. */
  credited_e6: int(),
  credited_gross_minor: int(),
  quantity_words: words(),
})

export const revisionRow = z.object({
  revision: int(),
  at: instant(),
  user_name: words(),
  reason: maybe(),
  /** The order and its lines as they were, as JSON. */
  before: words(),
})

export const printCompany = z.object({
  name: words(),
  tax_no: maybe(),
  address: maybe(),
  phone: maybe(),
  bank_name: maybe(),
  bank_account: maybe(),
  is_sample: flag(),
})

/** The customer as the document remembers it. */
export const printParty = z.object({
  name: words(),
  code: words(),
  tax_title: maybe(),
  tax_no: maybe(),
  tax_address: maybe(),
  tax_phone: maybe(),
  bank_name: maybe(),
  bank_account: maybe(),
  phone: maybe(),
})

export const printLine = z.object({
  line_no: int(),
  item_code: words(),
  item_name: words(),
  spec: maybe(),
  description: maybe(),
  unit: words(),
  quantity_e6: int(),
  quantity_words: words(),
  price_e4: int(),
  discount_minor: int(),
  tax_rate_e8: int(),
  ...amounts,
})

export const orderDetail = {
  ...orderRow.shape,
  ship_to: maybe(),
  /** The coupon whose amount is in the discount. */
  coupon_code: maybe(),
  coupon_minor: int(),
  quote_id: id().nullable(),
  revision: int(),
  confirmed_at: instant().nullable(),
  confirmed_by_name: maybe(),
}

/** Stock below zero, or goods whose cost nobody knows yet, where the policy lets it through. */
export const stockWarning = z.object({
  code: words(),
  item_id: id(),
  item_code: words(),
  item_name: words(),
  unit: words(),
  wanted_e6: int(),
  available_e6: int(),
  day: day(),
})
