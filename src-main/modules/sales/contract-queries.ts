import { z } from 'zod'
import { day, extraFilter, extraSort, flag, id, line, name, page, positiveQuantity, query, unitPrice } from '../../kernel/contract.ts'
import { dayForm } from './contract-forms.ts'
import {
  deliveryLineRow,
  deliveryRow,
  difference,
  invoiceLineRow,
  invoiceRow,
  linkRow,
  orderDetail,
  orderLineRow,
  orderMoney,
  orderRow,
  pricedLineRow,
  quoteRow,
  revisionRow,
} from './contract-rows.ts'

// Lists and pages

const listForm = { text: line(100).default(''), party_id: id().optional(), from: day().optional(), to: day().optional(), ...page }
/** Of documents that somebody sells. */
const salesForm = { ...listForm, salesperson_id: id().optional() }
const direction = z.enum(['asc', 'desc']).default('desc')
/** Filters and sort of a list whose records may have custom fields. */
const fieldsForm = { fields: extraFilter(), sort: z.union([z.enum(['day']), extraSort()]).default('day'), direction }
const fieldRefusals = ['platform.fieldUnknown', 'platform.fieldValueUnfit'] as const

const quoteState = z.enum(['draft', 'sent', 'won', 'lost', 'replaced'])

/** What documents of a list are put together by; a state is a quote's or an order's state, or an invoice's kind. */
const groupForm = {
  by: z.enum(['party', 'month', 'salesperson', 'state']),
  sort: z.enum(['label', 'count', 'net_minor', 'gross_minor']).default('gross_minor'),
  direction: z.enum(['asc', 'desc']).default('desc'),
}
/** The sums over every document that the filter lets through, and a row for each group. `key` is an id, a month ('2026-05'), a state, or '' for nobody. */
const groupSums = { count: z.int(), net_minor: z.int(), gross_minor: z.int() }
const groups = z.object({ rows: z.array(z.object({ key: z.string(), label: z.string().nullable(), ...groupSums })), total: z.int(), ...groupSums })

const quoteForm = { ...salesForm, state: quoteState.optional() }

export const listQuotes = query({
  name: 'sales.quotes',
  permission: 'sales.read',
  input: z.strictObject({ ...quoteForm, ...fieldsForm }),
  output: z.object({ rows: z.array(quoteRow), total: z.int() }),
  reads: ['sales_quote', 'parties_party', 'parties_assignment'],
  refusals: fieldRefusals,
  scope: 'rows',
})

export const listQuoteGroups = query({
  name: 'sales.quoteGroups',
  permission: 'sales.read',
  input: z.strictObject({ ...quoteForm, fields: extraFilter(), ...groupForm }),
  output: groups,
  reads: ['sales_quote', 'parties_party', 'parties_assignment', 'platform_user'],
  refusals: fieldRefusals,
  scope: 'rows',
})

export const getQuote = query({
  name: 'sales.quote',
  permission: 'sales.read',
  input: z.strictObject({ quote_id: id() }),
  output: quoteRow.extend({
    lines: z.array(pricedLineRow),
    versions: z.array(z.object({
      quote_id: id(),
      version: z.int(),
      state: quoteState,
      day: day(),
      gross_minor: z.int(),
    })),
    orders: z.array(z.object({
      order_id: id(),
      number: z.string().nullable(),
      state: z.enum(['draft', 'confirmed', 'closed', 'cancelled']),
    })),
  }),
  reads: ['sales_quote', 'sales_quote_line', 'sales_order', 'parties_party', 'parties_assignment', 'catalog_item'],
  refusals: ['sales.quoteNotFound'],
  scope: 'rows',
})

/** What an invoice is read from, with what it was made of and what is still owed. */
export const INVOICE_TABLES = ['sales_invoice', 'sales_invoice_line', 'sales_delivery', 'sales_order', 'accounting_open_item']

const ORDER_TABLES = [
  'sales_order',
  'sales_order_line',
  'sales_delivery',
  'sales_delivery_line',
  'sales_invoice',
  'sales_invoice_line',
  'accounting_open_item',
  'parties_party',
  'parties_assignment',
]

const orderForm = {
  /** The beginning of the number, its serial, part of the customer's name, or the beginning of the customer's reference. */
  ...salesForm,
  state: z.enum(['draft', 'confirmed', 'closed', 'cancelled']).optional(),
  /** to_deliver: goods remain; late: and their day has passed; to_invoice: delivered or services, not invoiced. */
  todo: z.enum(['to_deliver', 'late', 'to_invoice']).optional(),
}

export const listOrders = query({
  name: 'sales.orders',
  permission: 'sales.read',
  input: z.strictObject({
    ...orderForm,
    ...fieldsForm,
    sort: z.union([z.enum(['day', 'number', 'wanted_on', 'gross_minor', 'party']), extraSort()]).default('day'),
  }),
  output: z.object({ rows: z.array(orderRow), total: z.int(), gross_minor: z.int() }),
  reads: ORDER_TABLES,
  refusals: fieldRefusals,
  scope: 'rows',
})

export const listOrderGroups = query({
  name: 'sales.orderGroups',
  permission: 'sales.read',
  input: z.strictObject({ ...orderForm, fields: extraFilter(), ...groupForm }),
  output: groups,
  reads: [...ORDER_TABLES, 'platform_user'],
  refusals: fieldRefusals,
  scope: 'rows',
})

/** The one page of an order: quantities, documents and money side by side, and whether they agree (LNK-10). */
export const getOrder = query({
  name: 'sales.order',
  permission: 'sales.read',
  input: z.strictObject({ order_id: id() }),
  output: z.object({
    ...orderDetail,
    lines: z.array(orderLineRow),
    documents: z.array(linkRow),
    money: orderMoney,
    reconciles: z.object({ is_ok: flag(), differences: z.array(difference) }),
    revisions: z.array(revisionRow),
  }),
  reads: [
    ...ORDER_TABLES,
    'sales_order_revision',
    'sales_quote',
    'inventory_plan',
    'inventory_stock',
    'inventory_move',
    'accounting_payment',
    'accounting_entry',
  ],
  refusals: ['sales.orderNotFound'],
  scope: 'rows',
})

/** What deliveries are read from, with their order and what was invoiced of them. */
const DELIVERY_TABLES = ['sales_delivery', 'sales_delivery_line', 'sales_invoice', 'sales_invoice_line', 'sales_order']

export const listDeliveries = query({
  name: 'sales.deliveries',
  permission: 'sales.read',
  input: z.strictObject({ ...listForm, kind: z.enum(['delivery', 'return', 'reversal']).optional(), direction }),
  output: z.object({ rows: z.array(deliveryRow), total: z.int() }),
  reads: ['sales_delivery', 'sales_order', 'parties_party', 'parties_assignment'],
  scope: 'rows',
})

export const getDelivery = query({
  name: 'sales.delivery',
  permission: 'sales.read',
  input: z.strictObject({ delivery_id: id() }),
  output: deliveryRow.extend({ lines: z.array(deliveryLineRow), documents: z.array(linkRow) }),
  reads: [...DELIVERY_TABLES, 'inventory_move', 'accounting_entry', 'parties_party'],
  refusals: ['sales.deliveryNotFound'],
  scope: 'rows',
})

const invoiceForm = {
  ...salesForm,
  kind: z.enum(['invoice', 'credit_note', 'reversal']).optional(),
  /** open: something is still owed; overdue: and its day has passed. */
  due: z.enum(['open', 'overdue']).optional(),
}

export const listInvoices = query({
  name: 'sales.invoices',
  permission: 'sales.read',
  input: z.strictObject({ ...invoiceForm, ...fieldsForm }),
  output: z.object({ rows: z.array(invoiceRow), total: z.int(), gross_minor: z.int(), open_minor: z.int() }),
  reads: ['sales_invoice', 'sales_order', 'accounting_open_item', 'parties_party', 'parties_assignment'],
  refusals: fieldRefusals,
  scope: 'rows',
})

export const listInvoiceGroups = query({
  name: 'sales.invoiceGroups',
  permission: 'sales.read',
  input: z.strictObject({ ...invoiceForm, fields: extraFilter(), ...groupForm }),
  output: groups,
  reads: ['sales_invoice', 'accounting_open_item', 'parties_party', 'parties_assignment', 'platform_user'],
  refusals: fieldRefusals,
  scope: 'rows',
})

export const getInvoice = query({
  name: 'sales.invoice',
  permission: 'sales.read',
  input: z.strictObject({ invoice_id: id() }),
  output: invoiceRow.extend({ lines: z.array(invoiceLineRow), documents: z.array(linkRow) }),
  reads: [...INVOICE_TABLES, 'accounting_allocation', 'accounting_payment', 'accounting_entry', 'parties_party'],
  refusals: ['sales.invoiceNotFound'],
  scope: 'rows',
})

/** What is delivered and not invoiced (positive) or returned and not credited (negative), line by line. */
export const listUninvoiced = query({
  name: 'sales.uninvoiced',
  permission: 'sales.read',
  input: z.strictObject({
    party_id: id().optional(),
    /** As it stood at the end of this day; left out: now. */ through: day().optional(),
    ...page,
  }),
  output: z.object({
    rows: z.array(
      z.object({
        delivery_id: id(),
        delivery_line_no: z.int(),
        delivery_number: z.string(),
        day: day(),
        party_id: id(),
        party_name: z.string(),
        order_id: id().nullable(),
        order_number: z.string().nullable(),
        item_code: z.string(),
        item_name: z.string(),
        base_unit: z.string(),
        to_invoice_e6: z.int(),
        /** At the order's terms, without tax. */
        net_minor: z.int(),
        gross_minor: z.int(),
      }),
    ),
    total: z.int(),
    net_minor: z.int(),
    gross_minor: z.int(),
  }),
  reads: [...DELIVERY_TABLES, 'sales_order_line', 'parties_party'],
  scope: 'rows',
  long: true,
})

/** Everything a line of a new document needs to know about a price, in one call. */
export const getPrice = query({
  name: 'sales.price',
  permission: 'sales.read',
  input: z.strictObject({
    party_id: id().optional(),
    item_id: id(),
    /** Null: the base unit. */
    unit: name(40).nullable().default(null),
    quantity_e6: positiveQuantity().default(1_000_000),
    ...dayForm,
    prices_include_tax: flag().optional(),
    warehouse_id: id().optional(),
  }),
  output: z.object({
    item_id: id(),
    unit: z.string(),
    /** What to suggest: the list price, else the last price, else the standard price. */
    price_e4: unitPrice(),
    source: z.enum(['promotion', 'list', 'last', 'standard']),
    /** The flash sale that has pieces of it now; base units left. */
    promotion_id: id().nullable(),
    promotion_name: z.string().nullable(),
    promotion_left_e6: z.int(),
    list_price_e4: unitPrice().nullable(),
    standard_price_e4: unitPrice(),
    last_price_e4: unitPrice().nullable(),
    last_discount_rate_e8: z.int().nullable(),
    last_sold_on: day().nullable(),
    /** Below it somebody must agree, in this unit and the company's kind of price; null: none, another kind of price, or not for the reader. */
    floor_price_e4: unitPrice().nullable(),
    /** What one unit costs now on the average, without tax; null: not known, or not for the reader. */
    cost_e4: z.int().nullable(),
    tax_code: z.string(),
    tax_rate_e8: z.int(),
    /** In base units, of the warehouse. */
    on_hand_e6: z.int(),
    reserved_e6: z.int(),
    incoming_e6: z.int(),
    available_e6: z.int(),
    /** The first day on which this quantity can be promised; null: nobody can say. */
    promised_on: day().nullable(),
  }),
  reads: [
    'catalog_item',
    'catalog_price',
    'catalog_price_list',
    'sales_invoice',
    'sales_invoice_line',
    'inventory_stock',
    'inventory_pool',
    'inventory_plan',
    'parties_party',
  ],
  refusals: ['catalog.itemNotFound', 'catalog.unitUnknown', 'parties.partyNotFound', 'inventory.warehouseNotFound'],
  scope: 'rows',
})

/** A customer's dealings: sums and the latest documents. */
export const customerHistory = query({
  name: 'sales.customerHistory',
  permission: 'sales.read',
  input: z.strictObject({ party_id: id(), limit: z.int().min(1).max(200).default(50) }),
  output: z.object({
    first_sold_on: day().nullable(),
    last_sold_on: day().nullable(),
    invoice_count: z.int(),
    sold_net_minor: z.int(),
    sold_gross_minor: z.int(),
    open_minor: z.int(),
    overdue_minor: z.int(),
    credit_limit_minor: z.int().nullable(),
    /** Open receivables and confirmed orders not invoiced: what the credit limit is compared with. */
    owed_minor: z.int(),
    documents: z.array(linkRow),
    items: z.array(z.object({
      item_id: id(),
      item_code: z.string(),
      item_name: z.string(),
      base_unit: z.string(),
      quantity_e6: z.int(),
      net_minor: z.int(),
      last_price_e4: unitPrice(),
      last_unit: z.string(),
      last_sold_on: day(),
    })),
  }),
  reads: ORDER_TABLES,
  refusals: ['parties.partyNotFound'],
  scope: 'rows',
})

const dayTotals = z.object({ invoice_count: z.int(), net_minor: z.int(), gross_minor: z.int() })

/** The home screen's numbers. */
export const home = query({
  name: 'sales.home',
  permission: 'sales.read',
  input: z.strictObject({}),
  output: z.object({
    day: day(),
    currency: z.string(),
    today: dayTotals,
    month: dayTotals,
    /** One row a day of the last 30, days without sales included. */
    days: z.array(z.object({ day: day(), net_minor: z.int(), gross_minor: z.int() })),
    orders_to_deliver: z.int(),
    orders_late: z.int(),
    orders_to_invoice: z.int(),
    draft_orders: z.int(),
    draft_quotes: z.int(),
    /** Sent, and without an answer. */
    open_quotes: z.int(),
    /** Null for who may not see money. */
    money: z.object({ received_today_minor: z.int(), receivable_minor: z.int(), overdue_minor: z.int(), overdue_count: z.int() }).nullable(),
    /** Items that confirmed orders wait for. */
    short_items: z.int(),
    /** Items of which less is free than their minimum. */
    low_items: z.int(),
    negative_items: z.int(),
  }),
  reads: [...ORDER_TABLES, 'sales_quote', 'inventory_plan', 'inventory_stock', 'accounting_payment', 'catalog_item'],
  scope: 'rows',
})
