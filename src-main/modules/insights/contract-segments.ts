import { z } from 'zod'
import { command, id, instant, page, query } from '../../kernel/contract.ts'
import { segmentForm, segmentRule } from './contract-words.ts'

const segmentId = z.object({ segment_id: id() })
const form = ['insights.segmentNameTaken', 'parties.segmentNotPermitted', 'platform.fieldUnknown', 'platform.fieldValueUnfit'] as const

export const createSegment = command({ name: 'insights.createSegment', permission: 'insights.segment', input: z.strictObject(segmentForm), output: segmentId, refusals: [...form] })
export const updateSegment = command({
  name: 'insights.updateSegment',
  permission: 'insights.segment',
  input: z.strictObject({ segment_id: id(), ...segmentForm }),
  output: segmentId,
  refusals: ['parties.segmentNotFound', ...form],
})
export const removeSegment = command({ name: 'insights.removeSegment', permission: 'insights.segment', input: z.strictObject({ segment_id: id() }), output: segmentId, refusals: ['parties.segmentNotFound'] })

const segmentRow = z.object({
  segment_id: id(),
  name: z.string(),
  note: z.string().nullable(),
  ...segmentRule,
  created_name: z.string(),
  created_at: instant(),
  /** How many of those in sight it holds now; null where the reader may not ask one of its conditions. */
  customers: z.int().nullable(),
})

const reads = [
  'insights_segment', 'insights_score', 'parties_party', 'parties_tag', 'parties_assignment', 'sales_invoice', 'sales_invoice_line', 'catalog_item', 'catalog_category',
  'accounting_open_item', 'crm_activity', 'crm_opportunity', 'service_ticket', 'platform_user',
]

/** What the conditions name by ids, as people call it. */
const names = z.record(z.string(), z.string())

export const listSegments = query({ name: 'insights.segments', permission: 'insights.read', input: z.strictObject({}), output: z.object({ rows: z.array(segmentRow), names }), reads, scope: 'rows', long: true })

export const getSegment = query({
  name: 'insights.segment',
  permission: 'insights.read',
  input: z.strictObject({ segment_id: id() }),
  output: segmentRow.extend({ names }),
  reads,
  refusals: ['parties.segmentNotFound'],
  scope: 'rows',
})

/** The customers that a rule holds now, before it is saved too. */
export const previewSegment = query({
  name: 'insights.previewSegment',
  permission: 'insights.read',
  input: z.strictObject({ ...segmentRule, ...page }),
  output: z.object({
    rows: z.array(z.object({ party_id: id(), code: z.string(), name: z.string(), phone: z.string().nullable(), owner_name: z.string().nullable(), tier_zh: z.string().nullable(), tier_en: z.string().nullable(), last_on: z.string().nullable(), amount_minor: z.int() })),
    total: z.int(),
  }),
  reads,
  refusals: ['parties.segmentNotPermitted', 'platform.fieldUnknown', 'platform.fieldValueUnfit'],
  scope: 'rows',
})
