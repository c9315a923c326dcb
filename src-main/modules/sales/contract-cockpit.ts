import { z } from 'zod'
import { day, id, page, query } from '../../kernel/contract.ts'

// What the start page and the reports of sales show: sums of posted documents.

const sums = { invoice_count: z.int(), net_minor: z.int(), gross_minor: z.int() }
const span = z.object({ from: day(), to: day(), ...sums })
const perDay = z.int().nullable()

/** Sales of this month beside the month before and the same month a year ago, by day and by month: sums of invoices, credit notes and reversals. */
export const trend = query({
  name: 'sales.trend',
  permission: 'sales.read',
  input: z.strictObject({}),
  output: z.object({
    today: span,
    /** From the first of the month through today. */
    this_month: span,
    /** As many days of the month before, and of the same month a year ago. */
    last_month_so_far: span,
    year_ago_so_far: span,
    last_month: span,
    year_ago: span,
    /** Gross of each day of the month, side by side; null: that month has no such day, or it has not come yet. */
    days: z.array(z.object({ day_no: z.int(), this_month_minor: perDay, last_month_minor: perDay, year_ago_minor: perDay })),
    /** The last 13 months, this one last. */
    months: z.array(z.object({ month: z.string(), from: day(), to: day(), ...sums })),
  }),
  reads: ['sales_invoice', 'parties_assignment'],
  scope: 'rows',
  long: true,
})

const profit_minor = z.int().nullable()
const profitSums = {
  gross_minor: z.int(),
  net_minor: z.int(),
  /** Cost of what was invoiced, later corrections of costs included; null without the right to see costs. */
  cost_minor: profit_minor,
  /** Net less cost. */
  margin_minor: profit_minor,
}

/**
 * What was sold and what it earned, by customer, item or document. Sales count on the day of their invoice, cost on the day it was
 * posted; what is only accrued at a closing counts in neither.
 */
export const profit = query({
  name: 'sales.profit',
  permission: 'sales.read',
  input: z.strictObject({
    by: z.enum(['party', 'item', 'document']),
    from: day(),
    to: day(),
    party_id: id().optional(),
    item_id: id().optional(),
    /** Only customers of this segment, as it holds them today. */
    segment_id: id().optional(),
    sort: z.enum(['gross', 'net', 'margin']).default('gross'),
    direction: z.enum(['asc', 'desc']).default('desc'),
    ...page,
  }),
  output: z.object({
    rows: z.array(
      z.object({
        /** Of the customer, the item or the document. */
        id: id(),
        kind: z.enum(['party', 'item', 'invoice', 'delivery']),
        /** Code of the customer or item, number of the document. */
        code: z.string(),
        name: z.string(),
        /** Of documents. */
        day: day().nullable(),
        ...profitSums,
      }),
    ),
    total: z.int(),
    ...profitSums,
  }),
  reads: [
    'sales_invoice',
    'sales_invoice_line',
    'sales_delivery',
    'sales_delivery_line',
    'sales_cost_shift',
    'inventory_move',
    'parties_party',
    'parties_assignment',
    'catalog_item',
  ],
  refusals: ['parties.segmentNotFound', 'parties.segmentNotPermitted'],
  scope: 'rows',
  long: true,
})
