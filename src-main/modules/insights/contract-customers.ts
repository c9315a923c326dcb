import { z } from 'zod'
import { command, day, flag, id, line, page, query } from '../../kernel/contract.ts'
import { risks, riskWords, standings } from './contract-words.ts'

const nullable = z.int().nullable()

export const scoreFields = {
  standing: z.enum(standings),
  tier_id: id().nullable(),
  tier_zh: z.string().nullable(),
  tier_en: z.string().nullable(),
  r: nullable, f: nullable, m: nullable,
  invoice_count: z.int(),
  amount_minor: z.int(),
  amount_before_minor: z.int(),
  total_minor: z.int(),
  first_on: day().nullable(),
  last_on: day().nullable(),
  purchase_days: z.int(),
  interval_days: nullable,
  expected_on: day().nullable(),
  lapses_on: day().nullable(),
  alive_e8: nullable,
  expected_e6: nullable,
  spend_minor: nullable,
  /** Margins are null without the right to see costs. */
  margin_minor: nullable,
  future_minor: nullable,
  lifetime_minor: nullable,
  risk: z.int(),
  risk_level: z.enum(risks),
  risk_reasons: z.array(z.enum(riskWords)),
  computed_on: day(),
}

const customerRow = z.object({
  party_id: id(),
  code: z.string(),
  name: z.string(),
  phone: z.string().nullable(),
  owner_name: z.string().nullable(),
  price_level: z.string().nullable(),
  /** The price level is the tier's, not somebody's choice. */
  is_level_applied: flag(),
  ...scoreFields,
})
export type CustomerRow = z.output<typeof customerRow>

/** Customers with what is known of them: by worth, by tier, by risk. */
export const listCustomers = query({
  name: 'insights.customers',
  permission: 'insights.read',
  input: z.strictObject({
    text: line(100).default(''),
    tier_id: id().optional(),
    standing: z.enum(standings).optional(),
    risk: z.enum(risks).optional(),
    r: z.int().min(1).max(5).optional(),
    f: z.int().min(1).max(5).optional(),
    segment_id: id().optional(),
    sort: z.enum(['amount', 'lifetime', 'future', 'risk', 'last_on', 'expected_on', 'name']).default('amount'),
    direction: z.enum(['asc', 'desc']).default('desc'),
    ...page,
  }),
  output: z.object({ rows: z.array(customerRow), total: z.int(), amount_minor: z.int(), margin_minor: nullable, lifetime_minor: nullable }),
  reads: ['insights_score', 'insights_tier', 'insights_segment', 'parties_party', 'parties_assignment', 'platform_user', 'platform_search_doc'],
  refusals: ['parties.segmentNotFound', 'parties.segmentNotPermitted'],
  scope: 'rows',
})

const nextItem = z.object({
  item_id: id(),
  item_name: z.string(),
  base_unit: z.string(),
  purchase_days: z.int(),
  interval_days: z.int(),
  last_on: day(),
  expected_on: day(),
  /** What they usually take at a time. */
  quantity_e6: z.int(),
})
export type NextItem = z.output<typeof nextItem>

const recommendation = z.object({
  item_id: id(),
  item_code: z.string(),
  item_name: z.string(),
  /** The item for which it is recommended. */
  because_id: id(),
  because_name: z.string(),
  confidence_e8: z.int(),
  lift_e6: z.int(),
  both_count: z.int(),
})

/** All that is known of one customer: scores, rhythm, what they may buy next, what goes with what they buy, and how their tier changed. */
export const getCustomer = query({
  name: 'insights.customer',
  permission: 'insights.read',
  input: z.strictObject({ party_id: id() }),
  output: z.object({
    /** Null: not worked out yet. */
    score: customerRow.nullable(),
    policy: z.object({ offer: z.string().nullable(), service_priority: nullable, visit_days: nullable }).nullable(),
    next_items: z.array(nextItem),
    recommended: z.array(recommendation),
    moves: z.array(z.object({ day: day(), to_zh: z.string().nullable(), to_en: z.string().nullable() })),
  }),
  reads: ['insights_score', 'insights_tier', 'insights_tier_move', 'insights_together', 'sales_invoice', 'sales_invoice_line', 'catalog_item', 'parties_party', 'parties_assignment', 'platform_user'],
  refusals: ['parties.partyNotFound'],
  scope: 'rows',
})

/** Who buys next, when and what, by their own rhythm: the list to call from. */
export const nextPurchases = query({
  name: 'insights.nextPurchases',
  permission: 'insights.read',
  input: z.strictObject({
    text: line(100).default(''),
    /** Expected by now, within a week, within a month, or at all; nobody who is given up. */
    show: z.enum(['due', 'week', 'month', 'all']).default('due'),
    segment_id: id().optional(),
    sort: z.enum(['expected_on', 'amount', 'name']).default('expected_on'),
    direction: z.enum(['asc', 'desc']).default('asc'),
    ...page,
  }),
  output: z.object({
    rows: z.array(
      z.object({
        party_id: id(),
        code: z.string(),
        name: z.string(),
        phone: z.string().nullable(),
        owner_name: z.string().nullable(),
        tier_zh: z.string().nullable(),
        tier_en: z.string().nullable(),
        interval_days: z.int(),
        purchase_days: z.int(),
        last_on: day(),
        expected_on: day(),
        /** Days past the expected one; below 0: days to go. */
        late_days: z.int(),
        amount_minor: z.int(),
        items: z.array(nextItem),
        /** The open task that was raised for it. */
        task_id: id().nullable(),
      }),
    ),
    total: z.int(),
  }),
  reads: ['insights_score', 'insights_tier', 'insights_raised', 'insights_segment', 'crm_task', 'sales_invoice', 'sales_invoice_line', 'catalog_item', 'parties_party', 'parties_assignment', 'platform_user', 'platform_search_doc'],
  refusals: ['parties.segmentNotFound', 'parties.segmentNotPermitted'],
  scope: 'rows',
})

/** A task to call one customer about their next purchase. */
export const raiseCall = command({
  name: 'insights.raiseCall',
  permission: 'insights.call',
  input: z.strictObject({ party_id: id() }),
  output: z.object({ task_id: id() }),
  refusals: ['parties.partyNotFound', 'parties.personErased', 'insights.notExpected', 'insights.callRaised'],
})

/** Raises the calls and visits that are due for all customers in sight; who has been raised already is left alone. */
export const raiseTasks = command({
  name: 'insights.raiseTasks',
  permission: 'insights.call',
  input: z.strictObject({}),
  output: z.object({ calls: z.int(), visits: z.int() }),
  refusals: [],
})
