import { z } from 'zod'
import { id, line, page, query } from '../../kernel/contract.ts'

const pair = z.object({
  item_id: id(),
  item_code: z.string(),
  item_name: z.string(),
  other_id: id(),
  other_code: z.string(),
  other_name: z.string(),
  both_count: z.int(),
  item_count: z.int(),
  support_e8: z.int(),
  confidence_e8: z.int(),
  lift_e6: z.int(),
})

/** Goods that are bought together: of all invoices those with both, of the item's those with the other, and how much likelier than at all. */
export const listTogether = query({
  name: 'insights.together',
  permission: 'insights.read',
  input: z.strictObject({
    text: line(100).default(''),
    item_id: id().optional(),
    sort: z.enum(['lift', 'confidence', 'support']).default('confidence'),
    direction: z.enum(['asc', 'desc']).default('desc'),
    ...page,
  }),
  output: z.object({ rows: z.array(pair.extend({ pair_id: z.string() })), total: z.int() }),
  reads: ['insights_together', 'catalog_item', 'platform_search_doc'],
  scope: 'shared',
})

/** What to offer with the goods of an order: what goes with them and is not among them. */
export const recommendForItems = query({
  name: 'insights.recommendForItems',
  permission: 'insights.read',
  input: z.strictObject({ item_ids: z.array(id()).min(1).max(200), limit: z.int().min(1).max(20).default(5) }),
  output: z.object({
    rows: z.array(z.object({ item_id: id(), item_code: z.string(), item_name: z.string(), because_id: id(), because_name: z.string(), confidence_e8: z.int(), lift_e6: z.int(), both_count: z.int() })),
  }),
  reads: ['insights_together', 'catalog_item'],
  scope: 'shared',
})
