import { z } from 'zod'
import { command, day, flag, id, line, name, page, query } from '../../kernel/contract.ts'
import type { StateTable } from '../../kernel/states.ts'

// Sequences: members of a campaign led step by step, until they do what was hoped for, or want no more.

export const sequenceStateNames = ['draft', 'running', 'paused', 'closed'] as const
export type SequenceState = (typeof sequenceStateNames)[number]
export const sequenceStates: StateTable<SequenceState> = { draft: ['running', 'closed'], running: ['paused', 'closed'], paused: ['running', 'closed'], closed: [] }
export const goals = ['none', 'ordered', 'replied'] as const
export const stepConditions = ['always', 'replied', 'ordered', 'ticket', 'tier'] as const
export const walkStates = ['walking', 'reached', 'finished', 'left'] as const
export const whyLeft = ['unsubscribed', 'merged', 'gone', 'frozen', 'condition', 'taken_out', 'closed'] as const

const what = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('letter'), letter_id: id() }),
  /** For whoever owns the customer; for nobody's, for the campaign's owner. */
  z.strictObject({ kind: z.literal('task'), title: name(100) }),
  z.strictObject({ kind: z.literal('wait'), days: z.int().min(1).max(365) }),
])
/** Since they entered; of a tier: as they stand now. */
const when = z.discriminatedUnion('condition', [
  z.strictObject({ condition: z.enum(['always', 'replied', 'ordered', 'ticket']) }),
  z.strictObject({ condition: z.literal('tier'), tier_id: id() }),
])
const step = z.strictObject({ what, when, is_not: flag().default(0), otherwise: z.enum(['skip', 'leave']).default('skip') })

const form = {
  name: name(100),
  /** Its customers become members day by day; without one, the members of the campaign are led. */
  segment_id: id().nullable().default(null),
  goal: z.enum(goals).default('none'),
  steps: z.array(step).min(1).max(50),
}
const sequenceId = z.object({ sequence_id: id() })
const state = z.enum(sequenceStateNames)
const notFound = 'marketing.sequenceNotFound'
const written = ['marketing.letterNotFound', 'marketing.sequenceKnown', 'marketing.tierNotFound', 'marketing.letterTwice', 'parties.segmentNotFound', 'parties.segmentNotPermitted'] as const

export const createSequence = command({
  name: 'marketing.createSequence', permission: 'marketing.write', input: z.strictObject({ campaign_id: id(), ...form }), output: sequenceId, refusals: ['marketing.campaignNotFound', ...written],
})
/** Only while nobody was led yet: what some have gone through stays as it was. */
export const updateSequence = command({
  name: 'marketing.updateSequence', permission: 'marketing.write', input: z.strictObject({ sequence_id: id(), ...form }), output: sequenceId, refusals: [notFound, 'marketing.sequenceStateForbids', ...written],
})
/** Starts, pauses, or closes it for ever: whoever is on the way then leaves. */
export const moveSequence = command({
  name: 'marketing.moveSequence', permission: 'marketing.send', input: z.strictObject({ sequence_id: id(), state }), output: sequenceId, refusals: [notFound, 'marketing.sequenceStateForbids', 'marketing.noAccount'],
})
/** One member goes no further. */
export const leaveSequence = command({
  name: 'marketing.leaveSequence', permission: 'marketing.write', input: z.strictObject({ walk_id: id() }), output: z.object({ walk_id: id() }), refusals: ['marketing.walkNotFound', 'marketing.walkEnded'],
})
/** Takes in, ends and leads on whoever is due; runs by itself. A second time on the same day does nothing that was done. */
export const runSequences = command({
  name: 'marketing.runSequences', permission: 'marketing.send', input: z.strictObject({}), output: z.object({ entered: z.int(), ended: z.int(), letters: z.int(), tasks: z.int() }), refusals: [],
})

const reads = ['marketing_sequence', 'marketing_step', 'marketing_walk', 'marketing_walked', 'marketing_member', 'marketing_campaign', 'marketing_letter', 'insights_tier', 'insights_segment', 'parties_assignment'] as const
const stepRow = z.object({
  step_id: id(),
  kind: z.enum(['letter', 'task', 'wait']),
  letter_id: id().nullable(),
  letter_subject: z.string().nullable(),
  title: z.string().nullable(),
  days: z.int().nullable(),
  condition: z.enum(stepConditions),
  is_not: flag(),
  tier_id: id().nullable(),
  tier_zh: z.string().nullable(),
  tier_en: z.string().nullable(),
  otherwise: z.enum(['skip', 'leave']),
  /** Members before this step now; for whom it was done; who passed it over. */
  standing: z.int(),
  done: z.int(),
  passed: z.int(),
})
export const getSequence = query({
  name: 'marketing.sequence',
  permission: 'marketing.read',
  input: sequenceId.strict(),
  output: z.object({
    sequence_id: id(), campaign_id: id(), campaign_name: z.string(), campaign_state: z.string(), name: z.string(), segment_id: id().nullable(), segment_name: z.string().nullable(), goal: z.enum(goals), state,
    steps: z.array(stepRow),
    counts: z.array(z.object({ state: z.enum(walkStates), why: z.enum(whyLeft).nullable(), count: z.int() })),
  }),
  reads,
  refusals: [notFound],
  scope: 'rows',
})
/** The sequences of a campaign. */
export const listSequences = query({
  name: 'marketing.sequences',
  permission: 'marketing.read',
  input: z.strictObject({ campaign_id: id() }),
  output: z.object({ rows: z.array(z.object({ sequence_id: id(), name: z.string(), goal: z.enum(goals), state, steps: z.int(), walking: z.int(), reached: z.int(), finished: z.int(), has_left: z.int() })) }),
  reads,
  scope: 'rows',
})
export const listWalks = query({
  name: 'marketing.walks',
  permission: 'marketing.read',
  input: z.strictObject({ sequence_id: id(), show: z.enum([...walkStates, 'all']).default('all'), text: line(100).default(''), ...page }),
  output: z.object({
    rows: z.array(z.object({
      walk_id: id(), party_id: id(), name: z.string(), state: z.enum(walkStates), why: z.enum(whyLeft).nullable(), position: z.int(), due_on: day(), entered_on: day(), ended_on: day().nullable(),
    })),
    total: z.int(),
  }),
  reads,
  refusals: [notFound],
  scope: 'rows',
})
