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
  /** The fields that the company added and prints, as they read. */
  own_fields: z.array(z.object({ label: z.string(), value: z.string() })),
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

/** What happened to a customer's account, as a statement names it. */
export const statementKinds = [
  'invoice', 'credit_note', 'invoice_reversal', 'receipt', 'refund', 'payment_reversal', 'discount', 'write_off', 'opening', 'interest', 'other',
] as const

/**
 * 对账单: what a customer owed at the beginning, every document and payment of the period with the balance after it, and what is owed at its
 * end, by age. It equals the receivables of the books: advances and credit notes lower it.
 */
export const customerStatement = query({
  name: 'sales.statement',
  permission: 'accounting.readMoney',
  input: z.strictObject({ party_id: id(), from: day(), to: day(), /** The goods of every invoice below it. */ with_items: flag().default(0) }),
  output: z.object({
    party_id: id(),
    party_code: z.string(),
    party_name: z.string(),
    from: day(),
    to: day(),
    opening_minor: z.int(),
    rows: z.array(
      z.object({
        kind: z.enum(statementKinds),
        source_kind: z.string(),
        source_id: id(),
        number: z.string(),
        day: day(),
        due_on: day(),
        reference: z.string().nullable(),
        /** What it adds to the debt; credit notes and reversals are negative. */
        charged_minor: z.int(),
        /** What was paid, let off or written off; refunds are negative. */
        settled_minor: z.int(),
        balance_minor: z.int(),
        lines: z.array(
          z.object({
            item_code: z.string(), item_name: z.string(), spec: z.string().nullable(), unit: z.string(), quantity_e6: z.int(), price_e4: z.int(),
            gross_minor: z.int(),
          }),
        ),
      }),
    ),
    charged_minor: z.int(),
    settled_minor: z.int(),
    closing_minor: z.int(),
    /** At the end of the period; `overdue_minor[i]` up to bounds[i] days, the last beyond. */
    ageing: z.object({ bounds: z.array(z.int()), not_due_minor: z.int(), overdue_minor: z.array(z.int()), credit_minor: z.int() }),
  }),
  reads: ['accounting_open_item', 'accounting_allocation', 'accounting_payment', 'sales_invoice', 'sales_invoice_line', 'catalog_item', 'parties_party', 'parties_assignment'],
  refusals: ['parties.partyNotFound', 'sales.statementDaysReversed', 'sales.statementTooLong'],
  scope: 'rows',
  long: true,
})
