import { z } from 'zod'
import { amount, command, day, extra, extraFilter, extraRefusals, extraRow, extraSort, flag, id, instant, line, name, page, query, text } from '../../kernel/contract.ts'
import type { StateTable } from '../../kernel/states.ts'
import { scoreFacts, type ScoreFact } from './contract-rules.ts'
import { leadStateNames, type Rule } from './contract-subject.ts'

// Leads: people and businesses who are not customers yet.

export type LeadState = (typeof leadStateNames)[number]
/** The first follow-up takes a new lead into work. A lost one may be taken up again; a converted one lives on as a customer. */
export const leadStates: StateTable<LeadState> = {
  new: ['working', 'converted', 'lost'],
  working: ['converted', 'lost'],
  lost: ['working', 'converted'],
  converted: [],
}

const email = () => z.string().trim().max(200).regex(/^(\S+@\S+)?$/)
const contactFields = {
  /** The person. */
  name: line(100).nullable().default(null),
  company: line(200).nullable().default(null),
  title: line(60).nullable().default(null),
  phone: line(60).nullable().default(null),
  email: email().nullable().default(null),
  wechat: line(60).nullable().default(null),
  tax_no: line(40).nullable().default(null),
  address: line(300).nullable().default(null),
}
export const leadForm = {
  ...contactFields,
  /** Where they came from: the company's own words. */
  source: line(60).nullable().default(null),
  campaign: line(100).nullable().default(null),
  /** The customer who sent them. */
  referrer_id: id().nullable().default(null),
  note: text(2000).nullable().default(null),
  extra: extra('crm.lead'),
  /** Left out: whom the rules name, else whoever captures it; null: nobody, so that it lies in the pool. */
  owner_id: id().nullable().optional(),
}
const isNamed: Rule<{ name: string | null; company: string | null }> = [(f) => Boolean(f.name) || Boolean(f.company), { path: ['name'], message: 'a name or a company' }]
const leadId = z.object({ lead_id: id() })
const duplicates = { accept_duplicate: flag().default(0) }

/** By what somebody may be known already. */
export const leadLikenesses = ['name', 'alias', 'phone', 'email', 'tax_no', 'similar'] as const
const known = z.object({
  kind: z.enum(['party', 'lead']),
  id: id(),
  code: z.string(),
  name: z.string(),
  phone: z.string().nullable(),
  because: z.array(z.enum(leadLikenesses)),
})
export type Known = z.output<typeof known>

const formRefusals = ['crm.looksLikeKnown', 'crm.userNotFound', 'crm.assignNotPermitted', 'crm.referrerNotFound', ...extraRefusals] as const

export const createLead = command({
  name: 'crm.createLead',
  permission: 'crm.lead',
  input: z.strictObject({ ...leadForm, ...duplicates }).refine(...isNamed),
  /** Whose it has become, by the company's rules where nobody was named. */
  output: leadId.extend({ code: z.string(), owner_id: id().nullable() }),
  refusals: [...formRefusals],
})

/** Replaces a lead whole; its owner is changed by assigning. */
export const updateLead = command({
  name: 'crm.updateLead',
  permission: 'crm.lead',
  input: z.strictObject({ lead_id: id(), ...leadForm, ...duplicates }).omit({ owner_id: true }).refine(...isNamed),
  output: leadId,
  refusals: ['crm.leadNotFound', 'crm.leadIsConverted', 'crm.looksLikeKnown', 'crm.referrerNotFound', ...extraRefusals],
})

/**
 * The lead becomes a customer, or a contact of one who is known already (`party_id`): source, campaign and referrer stay with the lead,
 * and its follow-ups and tasks go along.
 */
export const convertLead = command({
  name: 'crm.convertLead',
  permission: 'crm.lead',
  input: z.strictObject({
    lead_id: id(),
    party_id: id().optional(),
    /** Begins an opportunity with them in the same step, in the first stage unless one is named. */
    opportunity: z
      .strictObject({ name: name(200), amount_minor: amount().nullable().default(null), expected_on: day().nullable().default(null), stage_id: id().optional() })
      .nullable()
      .default(null),
    ...duplicates,
  }),
  output: leadId.extend({ party_id: id(), opportunity_id: id().nullable() }),
  refusals: [
    'crm.leadNotFound', 'crm.leadStateForbids', 'crm.partyNotPermitted', 'parties.partyNotFound', 'parties.looksLikeDuplicate', 'parties.userNotFound',
    'platform.fieldRequired', 'crm.stageNotFound', 'crm.stageNeedsFields',
  ],
})

export const loseLead = command({
  name: 'crm.loseLead',
  permission: 'crm.lead',
  input: z.strictObject({ lead_id: id(), lost_reason: name(300) }),
  output: leadId,
  refusals: ['crm.leadNotFound', 'crm.leadStateForbids'],
})

/** A lost lead is taken up again. */
export const reviveLead = command({
  name: 'crm.reviveLead',
  permission: 'crm.lead',
  input: z.strictObject({ lead_id: id() }),
  output: leadId,
  refusals: ['crm.leadNotFound', 'crm.leadStateForbids'],
})

/** Posts the rows of a checked file, all or none. */
export const importLeads = command({
  name: 'crm.importLeads',
  permission: 'crm.import',
  input: z.strictObject({ staging_id: name(100), accept_duplicates: flag().default(0) }),
  output: z.object({ created: z.int(), sha256: z.string() }),
  refusals: ['crm.importRejected'],
})

const leadRow = z.object({
  lead_id: id(),
  code: z.string(),
  ...Object.fromEntries(Object.keys(contactFields).map((key) => [key, z.string().nullable()])) as Record<keyof typeof contactFields, z.ZodNullable<z.ZodString>>,
  source: z.string().nullable(),
  campaign: z.string().nullable(),
  referrer_id: id().nullable(),
  referrer_name: z.string().nullable(),
  note: z.string().nullable(),
  state: z.enum(leadStateNames),
  lost_reason: z.string().nullable(),
  owner_id: id().nullable(),
  owner_name: z.string().nullable(),
  owned_since: day().nullable(),
  party_id: id().nullable(),
  party_name: z.string().nullable(),
  converted_on: day().nullable(),
  /** What the company's rules make of it, and why; null where there are none. */
  score: z.int().nullable(),
  reasons: z.array(z.object({ fact: z.enum(Object.keys(scoreFacts) as [ScoreFact, ...ScoreFact[]]), word: z.string().nullable(), number: z.int().nullable(), points: z.int() })),
  /** The last follow-up, and the next thing to do. */
  last_on: day().nullable(),
  next_on: day().nullable(),
  created_on: day(),
  created_at: instant(),
})
const reads = ['crm_lead', 'crm_score_rule', 'crm_activity', 'crm_task', 'parties_party', 'parties_assignment', 'platform_user'] as const

export const listLeads = query({
  name: 'crm.leads',
  permission: 'crm.read',
  input: z.strictObject({
    /** Part of a name, company, phone, mail address or code. */
    text: line(100).default(''),
    /** 'hot': promising ones by the rules for whom nothing is planned. */
    show: z.enum(['open', 'hot', ...leadStateNames, 'pool', 'all']).default('open'),
    whose: z.enum(['mine', 'all']).default('all'),
    source: line(60).optional(),
    fields: extraFilter(),
    sort: z.union([z.enum(['created_on', 'last_on', 'name', 'score']), extraSort()]).default('created_on'),
    direction: z.enum(['asc', 'desc']).default('desc'),
    ...page,
  }),
  output: z.object({ rows: z.array(leadRow.extend(extraRow('crm.lead'))), total: z.int() }),
  reads: [...reads, 'platform_search_doc'],
  refusals: ['platform.fieldUnknown', 'platform.fieldValueUnfit'],
  scope: 'rows',
})

/** How many of one's own leads, and of those in the pool, are hot and wait for a next step. */
export const hotLeads = query({
  name: 'crm.hotLeads',
  permission: 'crm.read',
  input: z.strictObject({}),
  output: z.object({ count: z.int() }),
  reads: ['crm_lead', 'crm_score_rule', 'crm_activity', 'crm_task', 'platform_setting'],
  scope: 'rows',
})

export const getLead = query({
  name: 'crm.lead',
  permission: 'crm.read',
  input: z.strictObject({ lead_id: id() }),
  output: leadRow.extend(extraRow('crm.lead')),
  reads: [...reads],
  refusals: ['crm.leadNotFound'],
  scope: 'rows',
})

/** Customers and leads who look like the one being written; those out of the actor's sight are only counted. */
export const findKnown = query({
  name: 'crm.known',
  permission: 'crm.read',
  input: z.strictObject({
    lead_id: id().optional(),
    name: line(100).default(''),
    company: line(200).default(''),
    phone: line(60).default(''),
    email: line(200).default(''),
    tax_no: line(40).default(''),
  }),
  output: z.object({ candidates: z.array(known), hidden_count: z.int() }),
  reads: ['crm_lead', 'crm_lead_likeness', 'parties_party', 'parties_alias', 'parties_contact', 'parties_assignment', 'parties_likeness'],
  scope: 'rows',
})

/** Takes a pasted signature, card or line apart: who, where, and how they are reached; what nobody understands is the note. */
export const takeApart = query({
  name: 'crm.takeApart',
  permission: 'crm.read',
  input: z.strictObject({ text: text(4000) }),
  output: z.object({ ...Object.fromEntries(Object.keys(contactFields).map((key) => [key, z.string()])) as Record<keyof typeof contactFields, z.ZodString>, note: z.string() }),
  reads: [],
  scope: 'shared',
})

/** The words in use for sources and campaigns, the most used first. */
export const leadWords = query({
  name: 'crm.leadWords',
  permission: 'crm.read',
  input: z.strictObject({}),
  output: z.object({ sources: z.array(z.string()), campaigns: z.array(z.string()) }),
  reads: ['crm_lead'],
  scope: 'rows',
})
