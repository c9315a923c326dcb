import { z } from 'zod'
import { amount, command, day, flag, id, line, name, page, positiveQuantity, query, rate, text, unitPrice } from '../../kernel/contract.ts'
import type { StateTable } from '../../kernel/states.ts'

// Opportunities: sales that may come, on their way through the stages.

export type OpportunityState = 'open' | 'won' | 'lost'
/** What was closed by mistake or comes back to life opens again. */
export const opportunityStates: StateTable<OpportunityState> = { open: ['won', 'lost'], won: ['open'], lost: ['open'] }
const state = z.enum(['open', 'won', 'lost'])

/** What a stage may ask of an opportunity. */
export const stageFields = ['amount_minor', 'expected_on', 'contact_name', 'lines', 'rivals'] as const
export type StageField = (typeof stageFields)[number]

const stageForm = {
  name_zh: line(60).default(''),
  name_en: line(60).default(''),
  probability_e8: rate(),
  required_fields: z.array(z.enum(stageFields)).max(stageFields.length).default([]),
}
const isNamed = [(f: { name_zh: string; name_en: string }): boolean => f.name_zh !== '' || f.name_en !== '', { path: ['name_zh'], message: 'a name' }] as [
  (f: { name_zh: string; name_en: string }) => boolean,
  { path: string[]; message: string },
]
const stageId = z.object({ stage_id: id() })

/** A new stage at the end of the way. */
export const createStage = command({
  name: 'crm.createStage', permission: 'crm.configure', input: z.strictObject(stageForm).refine(...isNamed), output: stageId, refusals: ['crm.tooManyStages'],
})

/** `position` 1 is the first; the others close up. A stage in which something stands cannot be put away, nor the last one. */
export const updateStage = command({
  name: 'crm.updateStage',
  permission: 'crm.configure',
  input: z.strictObject({ stage_id: id(), ...stageForm, position: z.int().min(1).max(1000), is_active: flag() }).refine(...isNamed),
  output: stageId,
  refusals: ['crm.stageNotFound', 'crm.stageInUse', 'crm.stageNeeded', 'crm.tooManyStages'],
})

export const createCompetitor = command({
  name: 'crm.createCompetitor',
  permission: 'crm.deal',
  input: z.strictObject({ name: name(100), strengths: text(2000).nullable().default(null) }),
  output: z.object({ competitor_id: id() }),
  refusals: ['crm.competitorKnown'],
})
export const updateCompetitor = command({
  name: 'crm.updateCompetitor',
  permission: 'crm.deal',
  input: z.strictObject({ competitor_id: id(), name: name(100), strengths: text(2000).nullable().default(null), is_active: flag() }),
  output: z.object({ competitor_id: id() }),
  refusals: ['crm.competitorNotFound', 'crm.competitorKnown'],
})

const lineForm = z.strictObject({
  item_id: id(),
  /** Null: the item's base unit. */
  unit: name(40).nullable().default(null),
  quantity_e6: positiveQuantity(),
  price_e4: unitPrice(),
})
const opportunityForm = {
  name: name(200),
  party_id: id(),
  /** Left out: the first stage. */
  stage_id: id().optional(),
  /** With lines left out of account where there are none; null: what the lines come to, as entered. */
  amount_minor: amount().nullable().default(null),
  expected_on: day().nullable().default(null),
  contact_name: line(100).nullable().default(null),
  /** Left out: whoever enters it. */
  owner_id: id().optional(),
  note: text(2000).nullable().default(null),
  lines: z.array(lineForm).max(200).default([]),
  rivals: z.array(z.strictObject({ competitor_id: id(), note: line(500).nullable().default(null) })).max(20).default([]),
}
const opportunityId = z.object({ opportunity_id: id() })
const one = z.strictObject({ opportunity_id: id() })
const formRefusals = [
  'parties.partyNotFound', 'catalog.itemNotFound', 'catalog.unitUnknown', 'crm.stageNotFound', 'crm.stageNeedsFields', 'crm.competitorNotFound', 'crm.userNotFound', 'crm.linesTooLarge',
] as const
const moves = ['parties.personErased', 'crm.opportunityNotFound', 'crm.opportunityStateForbids'] as const

export const createOpportunity = command({
  name: 'crm.createOpportunity',
  permission: 'crm.deal',
  input: z.strictObject({ ...opportunityForm, lead_id: id().optional() }),
  output: opportunityId.extend({ number: z.string() }),
  refusals: [...formRefusals, 'crm.leadNotFound'],
})

/** Replaces an open opportunity whole. */
export const updateOpportunity = command({
  name: 'crm.updateOpportunity',
  permission: 'crm.deal',
  input: z.strictObject({ opportunity_id: id(), ...opportunityForm }).omit({ stage_id: true, party_id: true }),
  output: opportunityId,
  refusals: [...moves, ...formRefusals],
})

/** To another stage, forth or back; what the stage asks must be there. */
export const moveOpportunity = command({
  name: 'crm.moveOpportunity',
  permission: 'crm.deal',
  input: z.strictObject({ opportunity_id: id(), stage_id: id() }),
  output: opportunityId,
  refusals: [...moves, 'crm.stageNotFound', 'crm.stageNeedsFields'],
})

/** Any priced document of sales can refuse these. */
const offered = [
  'parties.partyNotFound', 'catalog.itemNotFound', 'catalog.unitUnknown', 'catalog.taxRateUnknown', 'sales.partyInactive', 'sales.itemInactive', 'sales.quantityNotExact',
  'sales.amountTooLarge', 'platform.fieldRequired',
] as const

/** A draft quote with the opportunity's lines, linked to it. */
export const quoteOpportunity = command({
  name: 'crm.quoteOpportunity',
  permission: 'crm.deal',
  input: one,
  output: z.object({ opportunity_id: id(), quote_id: id() }),
  refusals: [...moves, 'crm.nothingToOffer', 'crm.quoteNotPermitted', ...offered],
})

/**
 * Won. `order` 'draft' makes a draft order with nothing retyped: of the quote that was sent last, else of the opportunity's own lines;
 * 'none' makes none.
 */
export const winOpportunity = command({
  name: 'crm.winOpportunity',
  permission: 'crm.deal',
  input: z.strictObject({ opportunity_id: id(), order: z.enum(['draft', 'none']).default('draft'), close_reason: line(300).nullable().default(null) }),
  output: z.object({ opportunity_id: id(), order_id: id().nullable() }),
  refusals: [...moves, 'crm.nothingToOffer', 'crm.orderNotPermitted', 'inventory.warehouseNotFound', ...offered],
})

export const loseOpportunity = command({
  name: 'crm.loseOpportunity',
  permission: 'crm.deal',
  input: z.strictObject({ opportunity_id: id(), close_reason: name(300), lost_to_id: id().nullable().default(null) }),
  output: opportunityId,
  refusals: [...moves, 'crm.competitorNotFound'],
})

export const reopenOpportunity = command({ name: 'crm.reopenOpportunity', permission: 'crm.deal', input: one, output: opportunityId, refusals: [...moves] })

const stageRow = z.object({
  stage_id: id(),
  position: z.int(),
  name_zh: z.string(),
  name_en: z.string(),
  probability_e8: z.int(),
  required_fields: z.array(z.enum(stageFields)),
  is_active: flag(),
  open_count: z.int(),
})
export const listStages = query({
  name: 'crm.stages',
  permission: 'crm.read',
  input: z.strictObject({}),
  output: z.object({ rows: z.array(stageRow) }),
  reads: ['crm_stage', 'crm_opportunity'],
  scope: 'shared',
})

export const listCompetitors = query({
  name: 'crm.competitors',
  permission: 'crm.read',
  input: z.strictObject({}),
  output: z.object({
    rows: z.array(z.object({
      competitor_id: id(),
      name: z.string(),
      strengths: z.string().nullable(),
      is_active: flag(),
      /** Of the opportunities in which they were met: won by us, lost, and lost to them. */
      met: z.int(),
      won: z.int(),
      lost: z.int(),
      lost_to_them: z.int(),
    })),
  }),
  reads: ['crm_competitor', 'crm_rival', 'crm_opportunity', 'parties_assignment'],
  scope: 'rows',
})

const opportunityRow = z.object({
  opportunity_id: id(),
  number: z.string(),
  name: z.string(),
  party_id: id(),
  party_name: z.string(),
  stage_id: id(),
  stage_name_zh: z.string(),
  stage_name_en: z.string(),
  probability_e8: z.int(),
  state,
  amount_minor: z.int(),
  /** The amount times its probability, rounded half away from zero. */
  weighted_minor: z.int(),
  expected_on: day().nullable(),
  contact_name: z.string().nullable(),
  owner_id: id(),
  owner_name: z.string(),
  note: z.string().nullable(),
  close_reason: z.string().nullable(),
  lost_to_name: z.string().nullable(),
  closed_on: day().nullable(),
  stage_since: day(),
  days_in_stage: z.int(),
  /** Stands longer than the company allows, or is past its expected day. */
  is_stalled: flag(),
  is_overdue: flag(),
  last_on: day().nullable(),
  next_on: day().nullable(),
  created_on: day(),
})
const reads = ['crm_opportunity', 'crm_stage', 'crm_competitor', 'crm_activity', 'crm_task', 'parties_party', 'parties_assignment', 'platform_user'] as const

const filters = {
  text: line(100).default(''),
  whose: z.enum(['mine', 'all']).default('all'),
  party_id: id().optional(),
  owner_id: id().optional(),
}
export const listOpportunities = query({
  name: 'crm.opportunities',
  permission: 'crm.read',
  input: z.strictObject({
    ...filters,
    show: z.enum(['open', 'stalled', 'won', 'lost', 'all']).default('open'),
    stage_id: id().optional(),
    sort: z.enum(['created_on', 'expected_on', 'amount_minor', 'stage', 'last_on']).default('expected_on'),
    direction: z.enum(['asc', 'desc']).default('asc'),
    ...page,
  }),
  output: z.object({ rows: z.array(opportunityRow), total: z.int(), amount_minor: z.int(), weighted_minor: z.int() }),
  reads: [...reads, 'platform_search_doc'],
  scope: 'rows',
})

/** The open opportunities by stage: all counted and summed, the first of each stage shown. */
export const board = query({
  name: 'crm.board',
  permission: 'crm.read',
  input: z.strictObject({ ...filters, limit: z.int().min(1).max(100).default(50) }),
  output: z.object({
    columns: z.array(z.object({ stage: stageRow.omit({ open_count: true }), count: z.int(), amount_minor: z.int(), weighted_minor: z.int(), rows: z.array(opportunityRow) })),
  }),
  reads: [...reads, 'platform_search_doc'],
  scope: 'rows',
})

export const getOpportunity = query({
  name: 'crm.opportunity',
  permission: 'crm.read',
  input: one,
  output: opportunityRow.extend({
    lead: z.object({ lead_id: id(), code: z.string(), name: z.string() }).nullable(),
    lines: z.array(z.object({ line_no: z.int(), item_id: id(), item_code: z.string(), item_name: z.string(), unit: z.string(), quantity_e6: z.int(), price_e4: z.int() })),
    rivals: z.array(z.object({ competitor_id: id(), name: z.string(), note: z.string().nullable() })),
    history: z.array(z.object({ seq: z.int(), stage_id: id(), name_zh: z.string(), name_en: z.string(), state, day: day(), days: z.int(), user_name: z.string().nullable() })),
    documents: z.array(z.object({ source_kind: z.enum(['sales.quote', 'sales.order']), source_id: id(), number: z.string().nullable(), state: z.string(), day: day(), gross_minor: z.int() })),
  }),
  reads: [...reads, 'crm_lead', 'crm_opportunity_line', 'crm_rival', 'crm_stage_move', 'crm_opportunity_document', 'sales_quote', 'sales_order', 'catalog_item'],
  refusals: ['crm.opportunityNotFound'],
  scope: 'rows',
})

/** Where a quote or order came from: the opportunity, and the lead before it. */
export const originOfDocument = query({
  name: 'crm.originOfDocument',
  permission: 'crm.read',
  input: z.strictObject({ source_kind: z.enum(['sales.quote', 'sales.order']), source_id: id() }),
  output: z.object({
    opportunity: z.object({ opportunity_id: id(), number: z.string(), name: z.string(), state, created_on: day(), owner_name: z.string() }).nullable(),
    lead: z.object({ lead_id: id(), code: z.string(), source: z.string().nullable() }).nullable(),
  }),
  reads: ['crm_opportunity', 'crm_opportunity_document', 'crm_lead', 'sales_quote', 'sales_order', 'parties_assignment', 'platform_user'],
  scope: 'rows',
})

/** Of the opportunities that began in a period: how many and how much reached each stage, what went on, how long it took, and where it gets stuck. */
export const funnel = query({
  name: 'crm.funnel',
  permission: 'crm.read',
  input: z.strictObject({ from: day().optional(), to: day().optional(), owner_id: id().optional() }),
  output: z.object({
    from: day(),
    to: day(),
    stages: z.array(z.object({
      stage_id: id(),
      name_zh: z.string(),
      name_en: z.string(),
      /** Reached this stage or a later one. */
      reached: z.int(),
      reached_minor: z.int(),
      /** Of them went on to a later stage or were won. */
      advanced: z.int(),
      /** Were lost here. */
      lost: z.int(),
      /** Stand here now. */
      open: z.int(),
      open_minor: z.int(),
      conversion_e8: z.int().nullable(),
      /** Mean days spent here by those who left, in tenths. */
      days_e1: z.int().nullable(),
    })),
    won: z.int(),
    won_minor: z.int(),
    lost: z.int(),
    /** The stage from which the smallest share goes on, among those that at least three have left; the slowest of equals. */
    bottleneck_id: id().nullable(),
    reasons: z.array(z.object({ close_reason: z.string(), count: z.int(), amount_minor: z.int() })),
  }),
  reads: ['crm_opportunity', 'crm_stage', 'crm_stage_move', 'parties_assignment'],
  scope: 'rows',
})
