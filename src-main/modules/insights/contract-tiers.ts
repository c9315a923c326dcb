import { z } from 'zod'
import { command, day, flag, id, instant, page, query } from '../../kernel/contract.ts'
import { boundsRise, named, tierForm } from './contract-words.ts'

const tierId = z.object({ tier_id: id() })

export const createTier = command({
  name: 'insights.createTier',
  permission: 'insights.configure',
  input: z.strictObject(tierForm).refine(...boundsRise).refine(...named),
  output: tierId,
  refusals: ['insights.tooManyTiers'],
})

/** Replaces a tier whole; at another position the others make room. What applies to whom follows when customers are worked out anew. */
export const updateTier = command({
  name: 'insights.updateTier',
  permission: 'insights.configure',
  input: z.strictObject({ tier_id: id(), ...tierForm, position: z.int().min(1).max(1000), is_active: flag() }).refine(...boundsRise).refine(...named),
  output: tierId,
  refusals: ['insights.tierNotFound', 'insights.tooManyTiers'],
})

const tierRow = z.object({
  tier_id: id(),
  position: z.int(),
  name_zh: z.string(),
  name_en: z.string(),
  r_from: z.int(), r_to: z.int(), f_from: z.int(), f_to: z.int(), m_from: z.int(), m_to: z.int(),
  price_level: z.string().nullable(),
  offer: z.string().nullable(),
  service_priority: z.int().nullable(),
  visit_days: z.int().nullable(),
  is_active: flag(),
})

export const listTiers = query({ name: 'insights.tiers', permission: 'insights.read', input: z.strictObject({}), output: z.object({ rows: z.array(tierRow) }), reads: ['insights_tier'], scope: 'shared' })

/** Works out anew, for every customer and as of today: scores, tier, rhythm, worth and risk, and what is bought together; then applies the tiers' policies. Runs by itself once a day. */
export const recompute = command({
  name: 'insights.recompute',
  permission: 'insights.compute',
  input: z.strictObject({
    /** 1: also where it was done today already. */
    again: flag().default(0),
  }),
  output: z.object({
    run_id: id(),
    scored: z.int(),
    quiet: z.int(),
    not_positive: z.int(),
    no_invoice: z.int(),
    /** Whose tier is another than before. */
    moved: z.int(),
    /** Price levels set by policy, and those left because a person had set them. */
    levels_set: z.int(),
    levels_kept: z.int(),
    tasks_raised: z.int(),
  }),
  refusals: ['insights.wholeCompanyOnly', 'insights.nothingSold', 'insights.doneToday', 'insights.stopped'],
})

const sums = { customers: z.int(), amount_minor: z.int() }

/** Customers at a glance: the matrix of recency and frequency, tiers, who is not scored and why, and what the models came to. */
export const overview = query({
  name: 'insights.overview',
  permission: 'insights.read',
  input: z.strictObject({}),
  output: z.object({
    /** Null: nobody has worked customers out yet. */
    run: z.object({ day: day(), from_on: day(), at: instant(), by_name: z.string(), moved: z.int(), baskets: z.int() }).nullable(),
    tiers: z.array(z.object({ tier_id: id().nullable(), name_zh: z.string(), name_en: z.string(), offer: z.string().nullable(), ...sums })),
    cells: z.array(z.object({ r: z.int(), f: z.int(), ...sums })),
    standings: z.array(z.object({ standing: z.enum(['scored', 'quiet', 'not_positive', 'no_invoice']), ...sums })),
    risk_high: z.int(),
    risk_watch: z.int(),
    /** Next purchases that are due, and calls of the last 90 days: raised, done, and bought within 30 days after. */
    due: z.int(),
    calls: z.object({ raised: z.int(), done: z.int(), bought: z.int() }),
    /** Parameters as estimated, for those who want to know; null: too few came back to tell. */
    models: z.object({ buying: z.record(z.string(), z.number()).nullable(), spending: z.record(z.string(), z.number()).nullable(), likelihood: z.number().nullable() }).nullable(),
  }),
  reads: ['insights_score', 'insights_run', 'insights_tier', 'insights_raised', 'crm_task', 'sales_invoice', 'parties_assignment', 'platform_user'],
  scope: 'rows',
  long: true,
})

export const listTierMoves = query({
  name: 'insights.tierMoves',
  permission: 'insights.read',
  input: z.strictObject({ party_id: id().optional(), from_tier_id: id().optional(), to_tier_id: id().optional(), from: day().optional(), to: day().optional(), ...page }),
  output: z.object({
    rows: z.array(
      z.object({
        move_id: id(),
        party_id: id(),
        party_name: z.string(),
        day: day(),
        from_zh: z.string().nullable(),
        from_en: z.string().nullable(),
        to_zh: z.string().nullable(),
        to_en: z.string().nullable(),
        direction: z.enum(['up', 'down', 'in', 'out']),
      }),
    ),
    total: z.int(),
  }),
  reads: ['insights_tier_move', 'insights_tier', 'parties_party', 'parties_assignment'],
  scope: 'rows',
})
