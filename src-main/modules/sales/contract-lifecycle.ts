import { z } from 'zod'
import { day, flag, id, instant, query } from '../../kernel/contract.ts'
import { INVOICE_TABLES } from './contract-queries.ts'
import { linkRow, progress } from './contract-rows.ts'

/** Why a sale does not go on; each reason fills the facts that it speaks of. */
const stuck = z.object({
  reason: z.enum(['quote_expired', 'party_inactive', 'item_inactive', 'credit_limit', 'short', 'late', 'credit_missing', 'overdue']),
  item_id: id().nullable(),
  item_name: z.string().nullable(),
  /** In whole larger units: '3箱5瓶'. */
  quantity_words: z.string().nullable(),
  /** The document concerned, where it is one of several. */
  document_id: id().nullable(),
  number: z.string().nullable(),
  /** The day that has passed; for goods that are short the day on which they can be there, null where nobody can say. */
  day: day().nullable(),
  amount_minor: z.int().nullable(),
  limit_minor: z.int().nullable(),
})

/**
 * Where a sale stands, from quote to paid (LNK-02): of an order, or of all orders that a quote, delivery or invoice belongs to; a sale
 * without an order has no step of that name. All of it is computed from the documents that stand; reversed ones count nothing.
 */
export const lifecycle = query({
  name: 'sales.lifecycle',
  permission: 'sales.read',
  input: z.strictObject({ kind: z.enum(['quote', 'order', 'delivery', 'invoice']), id: id() }),
  output: z.object({
    steps: z.array(
      z.object({
        step: z.enum(['quote', 'order', 'goods', 'delivered', 'invoiced', 'paid']),
        progress,
        /** 1: it ended here: lost or cancelled. */
        is_stopped: flag(),
        /** So much of so much, in lines or in minor units; null where there is nothing to count yet. */
        done: z.int().nullable(),
        due: z.int().nullable(),
        counts: z.enum(['lines', 'money']),
        /** The last thing that happened here, and who did it. */
        at: instant().nullable(),
        user_name: z.string().nullable(),
        /** The day promised (goods) or due (paid). */
        day: day().nullable(),
        documents: z.array(linkRow.extend({ /** Null: a draft. */ number: z.string().nullable() })),
        stuck: z.array(stuck),
      }),
    ),
  }),
  reads: [
    ...INVOICE_TABLES,
    'sales_quote',
    'sales_order_line',
    'sales_delivery_line',
    'inventory_plan',
    'accounting_allocation',
    'accounting_payment',
    'catalog_item',
    'parties_party',
    'parties_assignment',
  ],
  refusals: ['sales.quoteNotFound', 'sales.orderNotFound', 'sales.deliveryNotFound', 'sales.invoiceNotFound'],
  scope: 'rows',
})
