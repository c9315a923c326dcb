import { z } from 'zod'
import { amount, command, day, id, instant, line, name, page, query, text } from '../../kernel/contract.ts'

// Collecting what is overdue: whom to ask, letters in three levels, and what customers promise.

const level = z.union([z.literal(1), z.literal(2), z.literal(3)])
export const promiseStates = ['open', 'kept', 'broken'] as const
const state = z.enum(promiseStates)

/** Gives each overdue customer's salesperson a task to call, one at a time; the same day again gives none. Runs by itself once a day. */
export const giveTasks = command({
  name: 'credit.giveTasks',
  permission: 'credit.collect',
  input: z.strictObject({}),
  output: z.object({ count: z.int() }),
  refusals: ['credit.collectingOff'],
})

/** Writes a letter with what is overdue today. */
export const dun = command({
  name: 'credit.dun',
  permission: 'credit.collect',
  input: z.strictObject({
    party_id: id(),
    /** Left out: by how long the oldest is overdue. */
    level: level.optional(),
    pay_by: day().optional(),
    note: text(1000).nullable().default(null),
  }),
  output: z.object({ dunning_id: id(), number: z.string(), level: z.int() }),
  refusals: ['parties.partyNotFound', 'parties.personErased', 'credit.nothingOverdue', 'credit.dayPassed'],
})

/** What a customer said to pay by when, in one part or several; it takes the place of an earlier promise. */
export const promiseToPay = command({
  name: 'credit.promiseToPay',
  permission: 'credit.collect',
  input: z.strictObject({
    party_id: id(),
    parts: z.array(z.strictObject({ due_on: day(), amount_minor: amount().min(1) })).min(1).max(60),
    note: line(500).nullable().default(null),
  }),
  output: z.object({ promise_id: id() }),
  refusals: ['parties.partyNotFound', 'parties.personErased', 'credit.nothingOverdue', 'credit.partsOutOfOrder', 'credit.dayPassed'],
})

export const withdrawPromise = command({
  name: 'credit.withdrawPromise',
  permission: 'credit.collect',
  input: z.strictObject({ promise_id: id(), reason: name(500) }),
  output: z.object({}),
  refusals: ['credit.promiseNotFound', 'credit.promiseEnded', 'parties.partyNotFound', 'parties.personErased'],
})

const collectionRow = z.object({
  party_id: id(),
  party_code: z.string(),
  party_name: z.string(),
  phone: z.string().nullable(),
  owner_name: z.string().nullable(),
  overdue_minor: z.int(),
  overdue_days: z.int(),
  /** By the days that the company sets; 0: not yet. */
  level: z.int(),
  last_level: z.int().nullable(),
  last_dunned_on: day().nullable(),
  promise_state: state.nullable(),
  /** The next part that is still open. */
  promised_on: day().nullable(),
  task_id: id().nullable(),
  task_due_on: day().nullable(),
})

/** Customers who are overdue, for longest first. */
export const listCollections = query({
  name: 'credit.collections',
  permission: 'credit.read',
  input: z.strictObject({ show: z.enum(['all', 'to_dun', 'promised', 'broken']).default('all'), ...page }),
  output: z.object({ rows: z.array(collectionRow), total: z.int(), overdue_minor: z.int() }),
  reads: ['accounting_open_item', 'accounting_payment', 'credit_dunning', 'credit_promise', 'crm_task', 'parties_party', 'parties_assignment', 'platform_setting'],
  scope: 'rows',
})

const promiseRow = z.object({
  promise_id: id(),
  made_on: day(),
  total_minor: z.int(),
  note: z.string().nullable(),
  by_name: z.string(),
  ended_on: day().nullable(),
  ended_reason: z.string().nullable(),
  /** How it stands; of one that counts no more, how it stood on its last day. */
  state,
  parts: z.array(z.object({ part_no: z.int(), due_on: day(), amount_minor: z.int(), state })),
})

/** What was asked and promised, for the customer's page. */
export const customerCollection = query({
  name: 'credit.customerCollection',
  permission: 'credit.read',
  input: z.strictObject({ party_id: id() }),
  output: z.object({
    overdue_minor: z.int(),
    overdue_days: z.int(),
    promises: z.array(promiseRow),
    letters: z.array(z.object({ dunning_id: id(), number: z.string(), level: z.int(), day: day(), pay_by: day(), total_minor: z.int(), by_name: z.string() })),
  }),
  reads: ['accounting_open_item', 'accounting_payment', 'credit_dunning', 'credit_promise', 'parties_party', 'parties_assignment'],
  refusals: ['parties.partyNotFound'],
  scope: 'rows',
})

/** One letter, for the screen and for paper. */
export const getDunning = query({
  name: 'credit.dunning',
  permission: 'credit.read',
  input: z.strictObject({ dunning_id: id() }),
  output: z.object({
    dunning_id: id(),
    number: z.string(),
    party_id: id(),
    party_name: z.string(),
    level: z.int(),
    day: day(),
    pay_by: day(),
    total_minor: z.int(),
    /** Interest up to its day that was not charged yet, on top of the total; 0: none. */
    interest_minor: z.int(),
    interest_rate_e8: z.int(),
    note: z.string().nullable(),
    by_name: z.string(),
    at: instant(),
    lines: z.array(z.object({ line_no: z.int(), number: z.string(), day: day(), due_on: day(), amount_minor: z.int(), open_minor: z.int(), overdue_days: z.int() })),
  }),
  reads: ['credit_dunning', 'parties_party', 'parties_assignment', 'platform_user'],
  refusals: ['credit.dunningNotFound'],
  scope: 'rows',
})
