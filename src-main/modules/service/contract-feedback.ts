import { z } from 'zod'
import { command, day, id, line, name, page, query, text } from '../../kernel/contract.ts'
import type { StateTable } from '../../kernel/states.ts'
import { priority, ticketStateNames } from './contract-tickets.ts'

// What customers would have better, gathered for who designs and makes the goods.

export const feedbackStateNames = ['open', 'planned', 'done', 'declined'] as const
export type FeedbackState = (typeof feedbackStateNames)[number]
export const feedbackStates: StateTable<FeedbackState> = { open: ['planned', 'done', 'declined'], planned: ['open', 'done', 'declined'], done: ['open'], declined: ['open'] }
const state = z.enum(feedbackStateNames)

const form = { title: name(200), text: text(4000).nullable().default(null), item_id: id().nullable().default(null), priority: priority.default(2) }
const feedbackId = z.object({ feedback_id: id() })

/** A new one, from a ticket or without. */
export const createFeedback = command({
  name: 'service.createFeedback',
  permission: 'service.work',
  input: z.strictObject({ ...form, ticket_id: id().optional() }),
  output: feedbackId.extend({ number: z.string() }),
  refusals: ['service.ticketNotFound', 'catalog.itemNotFound'],
})
export const updateFeedback = command({
  name: 'service.updateFeedback', permission: 'service.work', input: z.strictObject({ feedback_id: id(), ...form }), output: feedbackId, refusals: ['service.feedbackNotFound', 'catalog.itemNotFound'],
})
/** Another ticket says the same. */
export const joinFeedback = command({
  name: 'service.joinFeedback',
  permission: 'service.work',
  input: z.strictObject({ feedback_id: id(), ticket_id: id() }),
  output: feedbackId,
  refusals: ['service.feedbackNotFound', 'service.ticketNotFound', 'service.alreadyJoined'],
})
/** What became of it. */
export const decideFeedback = command({
  name: 'service.decideFeedback',
  permission: 'service.decide',
  input: z.strictObject({ feedback_id: id(), state, outcome: line(500).nullable().default(null) }),
  output: feedbackId,
  refusals: ['service.feedbackNotFound', 'service.feedbackStateForbids'],
})

const row = z.object({
  feedback_id: id(),
  number: z.string(),
  title: z.string(),
  text: z.string().nullable(),
  item_id: id().nullable(),
  item_code: z.string().nullable(),
  item_name: z.string().nullable(),
  priority: z.int(),
  state,
  outcome: z.string().nullable(),
  decided_name: z.string().nullable(),
  decided_on: day().nullable(),
  created_on: day(),
  /** How many tickets said it. */
  ticket_count: z.int(),
})
const reads = ['service_feedback', 'service_feedback_ticket', 'catalog_item', 'platform_user'] as const

/** Everybody who reads tickets sees what is to be better; the tickets behind it only their own. */
export const listFeedback = query({
  name: 'service.feedback',
  permission: 'service.read',
  input: z.strictObject({
    text: line(100).default(''),
    show: z.enum([...feedbackStateNames, 'pending', 'all']).default('pending'),
    item_id: id().optional(),
    sort: z.enum(['number', 'ticket_count', 'priority']).default('ticket_count'),
    direction: z.enum(['asc', 'desc']).default('desc'),
    ...page,
  }),
  output: z.object({ rows: z.array(row), total: z.int() }),
  reads,
  scope: 'shared',
})
export const getFeedback = query({
  name: 'service.feedbackItem',
  permission: 'service.read',
  input: z.strictObject({ feedback_id: id() }),
  output: row.extend({ tickets: z.array(z.object({ ticket_id: id(), number: z.string(), subject: z.string(), party_name: z.string(), state: z.enum(ticketStateNames), created_on: day() })) }),
  reads: [...reads, 'service_ticket', 'parties_party', 'parties_assignment'],
  refusals: ['service.feedbackNotFound'],
  scope: 'rows',
})
