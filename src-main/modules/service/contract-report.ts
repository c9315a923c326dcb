import { z } from 'zod'
import { day, id, query } from '../../kernel/contract.ts'
import { ticketKinds } from './contract-tickets.ts'

const figures = {
  /** Opened in the period; merged ones count with the ticket they live on in. */
  count: z.int(),
  open: z.int(),
  closed: z.int(),
  /** Mean working minutes to the first answer and to the solution, of those that have one, rounded half up; null: none has. */
  respond_minutes: z.int().nullable(),
  resolve_minutes: z.int().nullable(),
  /** Answered, and solved, within the clock, of those that were or should have been. */
  respond_kept_e8: z.int().nullable(),
  resolve_kept_e8: z.int().nullable(),
  escalated: z.int(),
  /** Mean score in hundredths, and how many said one. */
  score_e2: z.int().nullable(),
  scored: z.int(),
  minutes: z.int(),
  /** Parts and labour; null for who may not see costs. */
  cost_minor: z.int().nullable(),
  refunded_minor: z.int(),
}

/** Of the tickets opened in a period: how soon they were answered and solved, how customers liked it, and what it took. */
export const serviceReport = query({
  name: 'service.report',
  permission: 'service.read',
  input: z.strictObject({ by: z.enum(['engineer', 'class', 'item', 'customer', 'month']).default('engineer'), from: day(), to: day(), kind: z.enum(ticketKinds).optional() }),
  output: z.object({
    rows: z.array(z.object({ id: id().nullable(), /** Null: none. */ name_zh: z.string().nullable(), name_en: z.string().nullable(), ...figures })),
    whole: z.object(figures),
    reasons: z.array(z.object({ closing_reason: z.string(), count: z.int() })),
  }),
  reads: ['service_ticket', 'service_class', 'service_parts', 'service_labour', 'service_refund', 'inventory_move', 'catalog_item', 'parties_party', 'parties_assignment', 'platform_user'],
  scope: 'rows',
  long: true,
})
