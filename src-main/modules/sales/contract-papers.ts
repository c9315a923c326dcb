import { z } from 'zod'
import { day, flag, id, instant, query } from '../../kernel/contract.ts'
import { INVOICE_TABLES } from './contract-queries.ts'
import { amounts, printCompany, printLine, printParty, progress } from './contract-rows.ts'

const paper = {
  company: printCompany,
  party: printParty,
  number: z.string(),
  day: day(),
  currency: z.string(),
  lines: z.array(printLine),
  note: z.string().nullable(),
  created_by_name: z.string(),
  created_at: instant(),
}
const goodsLine = printLine.omit({
  price_e4: true,
  discount_minor: true,
  tax_rate_e8: true,
  net_minor: true,
  tax_minor: true,
  gross_minor: true,
})
const printInput = { locale: z.enum(['zh-CN', 'en']).optional() }

/** All that the paper of an invoice or credit note says. */
export const invoicePrint = query({
  name: 'sales.invoicePrint',
  permission: 'sales.read',
  input: z.strictObject({ invoice_id: id(), ...printInput }),
  output: z.object({
    ...paper,
    locale: z.enum(['zh-CN', 'en']),
    kind: z.enum(['invoice', 'credit_note', 'reversal']),
    due_on: day(),
    prices_include_tax: flag(),
    discount_minor: z.int(),
    ...amounts,
    amount_in_words: z.string(),
    taxes: z.array(z.object({ tax_rate_e8: z.int(), net_minor: z.int(), tax_minor: z.int() })),
    original_number: z.string().nullable(),
    order_numbers: z.array(z.string()),
    delivery_numbers: z.array(z.string()),
    reference: z.string().nullable(),
    salesperson_name: z.string().nullable(),
    paid: progress,
    settled_minor: z.int(),
    open_minor: z.int(),
  }),
  reads: [...INVOICE_TABLES, 'catalog_item', 'platform_company'],
  refusals: ['sales.invoiceNotFound'],
  scope: 'rows',
})

/** All that the paper of a delivery or return note says; prices only with `with_prices`. */
export const deliveryPrint = query({
  name: 'sales.deliveryPrint',
  permission: 'sales.read',
  input: z.strictObject({ delivery_id: id(), ...printInput }),
  output: z.object({
    ...paper,
    locale: z.enum(['zh-CN', 'en']),
    kind: z.enum(['delivery', 'return', 'reversal']),
    warehouse_name: z.string(),
    ship_to: z.string().nullable(),
    tracking: z.string().nullable(),
    order_number: z.string().nullable(),
    lines: z.array(goodsLine),
  }),
  reads: ['sales_delivery', 'sales_delivery_line', 'sales_order', 'catalog_item', 'platform_company'],
  refusals: ['sales.deliveryNotFound'],
  scope: 'rows',
})

/** The paper of a quote or an order (confirmation). */
export const offerPrint = query({
  name: 'sales.offerPrint',
  permission: 'sales.read',
  input: z.strictObject({ kind: z.enum(['quote', 'order']), id: id(), ...printInput }),
  output: z.object({
    ...paper,
    locale: z.enum(['zh-CN', 'en']),
    kind: z.enum(['quote', 'order']),
    version: z.int().nullable(),
    valid_until: day().nullable(),
    promised_on: day().nullable(),
    ship_to: z.string().nullable(),
    customer_reference: z.string().nullable(),
    prices_include_tax: flag(),
    discount_minor: z.int(),
    ...amounts,
    amount_in_words: z.string(),
    salesperson_name: z.string().nullable(),
  }),
  reads: ['sales_quote', 'sales_quote_line', 'sales_order', 'sales_order_line', 'catalog_item', 'platform_company'],
  refusals: ['sales.quoteNotFound', 'sales.orderNotFound'],
  scope: 'rows',
})
