import { z } from 'zod'
import { amount, command, day, id, line, name, page, query, text } from '../../kernel/contract.ts'
import type { StateTable } from '../../kernel/states.ts'

// Campaigns: what was done to win customers, what it cost, and what came of it.

export const channels = ['email', 'letter', 'message', 'online', 'event', 'store', 'other'] as const
export const campaignStateNames = ['planned', 'running', 'closed'] as const
export type CampaignState = (typeof campaignStateNames)[number]
export const campaignStates: StateTable<CampaignState> = { planned: ['running', 'closed'], running: ['closed', 'planned'], closed: ['running'] }
export const responses = ['interested', 'bought', 'declined', 'answered'] as const
const channel = z.enum(channels)
const state = z.enum(campaignStateNames)

const form = {
  name: name(100),
  channel,
  from_on: day(),
  to_on: day(),
  cost_minor: amount().default(0),
  note: text(2000).nullable().default(null),
  owner_id: id().optional(),
}
const inOrder: [(f: { from_on: string; to_on: string }) => boolean, { path: string[]; message: string }] = [(f) => f.from_on <= f.to_on, { path: ['to_on'], message: 'not before it begins' }]
const campaignId = z.object({ campaign_id: id() })

export const createCampaign = command({
  name: 'marketing.createCampaign', permission: 'marketing.write', input: z.strictObject(form).refine(...inOrder), output: campaignId.extend({ number: z.string() }),
  refusals: ['marketing.campaignKnown', 'marketing.userNotFound'],
})
export const updateCampaign = command({
  name: 'marketing.updateCampaign', permission: 'marketing.write', input: z.strictObject({ campaign_id: id(), ...form }).refine(...inOrder), output: campaignId,
  refusals: ['marketing.campaignNotFound', 'marketing.campaignKnown', 'marketing.userNotFound'],
})
export const moveCampaign = command({
  name: 'marketing.moveCampaign', permission: 'marketing.write', input: z.strictObject({ campaign_id: id(), state }), output: campaignId, refusals: ['marketing.campaignNotFound', 'marketing.campaignStateForbids'],
})

/** Takes in the customers of a segment as they are today, or those named: who is in already, is not a customer or may not be seen is passed over. */
export const addMembers = command({
  name: 'marketing.addMembers',
  permission: 'marketing.write',
  input: z
    .strictObject({ campaign_id: id(), segment_id: id().optional(), party_ids: z.array(id()).max(5000).default([]) })
    .refine((f) => (f.segment_id !== undefined) !== f.party_ids.length > 0, { path: ['segment_id'], message: 'a segment or customers' }),
  output: z.object({ added: z.int(), without_email: z.int() }),
  refusals: ['marketing.campaignNotFound', 'marketing.campaignStateForbids', 'parties.segmentNotFound', 'parties.segmentNotPermitted', 'platform.fieldUnknown', 'platform.fieldValueUnfit'],
})
/** Nobody who was written to is taken out. */
export const removeMember = command({
  name: 'marketing.removeMember', permission: 'marketing.write', input: z.strictObject({ member_id: id() }), output: z.object({ member_id: id() }), refusals: ['marketing.memberNotFound', 'marketing.memberWasWritten'],
})
/** What they answered: how they liked it, in their words, and whether they bought. */
export const recordResponse = command({
  name: 'marketing.recordResponse',
  permission: 'marketing.write',
  input: z.strictObject({ member_id: id(), response: z.enum(responses), responded_on: day().optional(), score: z.int().min(1).max(5).nullable().default(null), answer: text(2000).nullable().default(null) }),
  output: z.object({ member_id: id() }),
  refusals: ['marketing.memberNotFound', 'marketing.responseInFuture', 'parties.personErased'],
})

const figures = {
  members: z.int(),
  mailed: z.int(),
  bounced: z.int(),
  responded: z.int(),
  /** Members or customers won from its leads who ordered between its first day and so many days after its last. */
  buyers: z.int(),
  leads: z.int(),
  won_leads: z.int(),
  orders: z.int(),
  net_minor: z.int().nullable(),
  /** Net less cost of what they bought; null for who may not see costs. */
  margin_minor: z.int().nullable(),
  cost_minor: z.int(),
  /** (margin − cost) / cost; null without a cost, or without the right to see costs. */
  roi_e8: z.int().nullable(),
  score_e2: z.int().nullable(),
}
const row = z.object({
  campaign_id: id(), number: z.string(), name: z.string(), channel, from_on: day(), to_on: day(), note: z.string().nullable(), state, owner_id: id(), owner_name: z.string(), ...figures,
})
const reads = [
  'marketing_campaign', 'marketing_member', 'marketing_mail', 'marketing_letter', 'crm_lead', 'sales_order', 'sales_invoice', 'sales_invoice_line', 'sales_delivery', 'sales_delivery_line', 'sales_cost_shift',
  'inventory_move', 'parties_party', 'parties_assignment', 'platform_user',
] as const

/** Campaigns with what came of them; the reader's own customers count. */
export const listCampaigns = query({
  name: 'marketing.campaigns',
  permission: 'marketing.read',
  input: z.strictObject({ text: line(100).default(''), show: z.enum([...campaignStateNames, 'all']).default('all'), channel: channel.optional(), ...page }),
  output: z.object({ rows: z.array(row), total: z.int(), channels: z.array(z.object({ channel, campaigns: z.int(), ...figures })) }),
  reads,
  scope: 'rows',
  long: true,
})
export const getCampaign = query({
  name: 'marketing.campaign',
  permission: 'marketing.read',
  input: z.strictObject({ campaign_id: id() }),
  output: row.extend({
    /** Of whom it reached: replied, and ordered, from the day it left until so many days later; orders for who may read them. */
    letters: z.array(z.object({ letter_id: id(), subject: z.string(), state: z.enum(['draft', 'queued', 'paused']), waiting: z.int(), sent: z.int(), bounced: z.int(), failed: z.int(), unknown: z.int(), skipped: z.int(), replied: z.int(), ordered: z.int().nullable() })),
    responses: z.array(z.object({ response: z.enum(responses), count: z.int() })),
  }),
  reads,
  refusals: ['marketing.campaignNotFound'],
  scope: 'rows',
})
export const listMembers = query({
  name: 'marketing.members',
  permission: 'marketing.read',
  input: z.strictObject({ campaign_id: id().optional(), party_id: id().optional(), text: line(100).default(''), show: z.enum(['all', 'responded', 'bounced', 'unsubscribed', 'without_email', 'without_address']).default('all'), ...page }),
  output: z.object({
    rows: z.array(z.object({
      member_id: id(),
      campaign_id: id(),
      campaign_name: z.string(),
      party_id: id(),
      name: z.string(),
      contact_name: z.string().nullable(),
      email: z.string().nullable(),
      address: z.string().nullable(),
      mail_state: z.string().nullable(),
      is_unsubscribed: z.int(),
      response: z.enum(responses).nullable(),
      responded_on: day().nullable(),
      score: z.int().nullable(),
      answer: z.string().nullable(),
    })),
    total: z.int(),
  }),
  reads: ['marketing_member', 'marketing_campaign', 'marketing_mail', 'marketing_unsubscribed', 'parties_party', 'parties_assignment'],
  scope: 'rows',
})
