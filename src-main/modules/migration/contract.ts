import { z } from 'zod'
import { command } from '../../kernel/contract.ts'

/**
 * Posts the checked Online Retail data set as ordinary documents, all or none, in one transaction: opening stock, deliveries, invoices,
 * credit notes, returns, stock adjustments and bad debt. Only for books in which nothing was posted yet.
 */
export const importOnlineRetail = command({
  name: 'migration.importOnlineRetail',
  permission: 'migration.importOnlineRetail',
  input: z.strictObject({ staging_id: z.string().min(1).max(100) }),
  output: z.object({
    sha256: z.string(),
    items: z.int(),
    customers: z.int(),
    opening_items: z.int(),
    opening_minor: z.int(),
    invoices: z.int(),
    /** Invoices with goods delivered. */
    deliveries: z.int(),
    credit_notes: z.int(),
    /** Credit notes with goods returned. */
    returns: z.int(),
    adjustments: z.int(),
    memos: z.int(),
    bad_debt_entries: z.int(),
    /** Invoices that come to zero: they post no entry. */
    zero_invoices: z.int(),
    lines: z.int(),
    revenue_minor: z.int(),
    bad_debt_minor: z.int(),
  }),
  refusals: ['migration.booksNotEmpty', 'migration.booksDoNotFit'],
})
