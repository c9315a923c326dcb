import { z } from 'zod'
import { day, id, page, query } from '../../kernel/contract.ts'
import { channels } from './contract-campaigns.ts'

// What it cost to win customers, and whether they brought it back.

const month = () => z.string().regex(/^(19|20|21)\d\d-(0[1-9]|1[0-2])$/)
const channel = z.enum(channels)
/** Whole months: a day stands for the month it lies in; ten years at most. */
const span = { from: day(), to: day() }
const inOrder: [(f: { from: string; to: string }) => boolean, { path: string[]; message: string }] = [(f) => f.from.slice(0, 7) <= f.to.slice(0, 7) && Number(f.to.slice(0, 4)) - Number(f.from.slice(0, 4)) <= 10, { path: ['to'], message: 'not before the first, ten years at most' }]

const figures = {
  /** Who bought for the first time in the period, and whom of these a campaign won. */
  customers: z.int(),
  won: z.int(),
  /** Of campaigns, spread evenly over their days; null where no campaign stands behind the row. */
  cost_minor: z.int().nullable(),
  /** Campaigns' cost for each customer they won. This and the other comparisons are null for who sees only some of the customers: the cost is that of all. */
  cost_each_minor: z.int().nullable(),
  /** What the books hold on the marketing accounts, and that for each new customer; by month only, for who may read the books. Never added to the campaigns' cost: it is the same money seen from the other side. */
  booked_minor: z.int().nullable(),
  booked_each_minor: z.int().nullable(),
  /** Net sales and margin from all of them, from their first purchase until today; the margin for who may see costs. */
  net_minor: z.int(),
  margin_minor: z.int().nullable(),
  /** Margin from those whom campaigns won, less the campaigns' cost; and that as a part of the cost. */
  left_minor: z.int().nullable(),
  payback_e8: z.int().nullable(),
}
const whence = { campaign_id: id().nullable(), campaign_name: z.string().nullable(), channel: channel.nullable(), source: z.string().nullable() }
const reads = ['marketing_campaign', 'marketing_member', 'crm_lead', 'sales_invoice', 'sales_invoice_line', 'sales_delivery', 'sales_delivery_line', 'sales_cost_shift', 'inventory_move', 'parties_party', 'parties_assignment'] as const

/**
 * Cost and return of winning customers. A customer counts once, in the month of the first purchase, for one campaign: the one that their lead named, else the
 * last one that had taken them in before they bought and within the days that count for it.
 */
export const acquisition = query({
  name: 'marketing.acquisition',
  permission: 'marketing.read',
  input: z.strictObject({ ...span, by: z.enum(['month', 'channel', 'campaign', 'source']).default('month') }).refine(...inOrder),
  output: z.object({
    rows: z.array(z.object({ key: z.string(), month: month().nullable(), ...whence, ...figures })),
    whole: z.object(figures),
    /** Where the books were looked at; empty without the right to. */
    accounts: z.array(z.object({ account_id: id(), account_code: z.string(), account_name_zh: z.string(), account_name_en: z.string() })),
    /** 0: some customers are out of the reader's sight. */
    sees_all: z.int(),
  }),
  reads: [...reads, 'accounting_account', 'accounting_balance'],
  scope: 'rows',
  long: true,
})

/** The customers behind a figure, with what brought them. `via`: won by a campaign, or by none. An empty source: nobody knows one. */
export const listWon = query({
  name: 'marketing.won',
  permission: 'marketing.read',
  input: z.strictObject({ ...span, via: z.enum(['all', 'campaign', 'none']).default('all'), channel: channel.optional(), campaign_id: id().optional(), source: z.string().max(200).optional(), ...page }).refine(...inOrder),
  output: z.object({
    rows: z.array(z.object({ party_id: id(), code: z.string(), name: z.string(), owner_name: z.string().nullable(), first_on: day(), ...whence, net_minor: z.int(), margin_minor: z.int().nullable() })),
    total: z.int(),
    net_minor: z.int(),
    margin_minor: z.int().nullable(),
  }),
  reads: [...reads, 'platform_user'],
  scope: 'rows',
  long: true,
})
