import { z } from 'zod'
import { amount, command, day, id, instant, name, page, query } from '../../kernel/contract.ts'

// Credit limits that follow from how customers pay, and those that somebody sets otherwise.

const facts = z.object({ invoices: z.int(), monthly_minor: z.int(), days_late: z.int(), months_e2: z.int() })

/** What the rule says, where it says something else than what holds and nobody has decided otherwise. */
export const limitProposals = query({
  name: 'credit.limitProposals',
  permission: 'credit.setLimits',
  input: z.strictObject({ ...page }),
  output: z.object({
    rows: z.array(z.object({ party_id: id(), party_code: z.string(), party_name: z.string(), limit_minor: z.int().nullable(), proposed_minor: z.int(), facts })),
    total: z.int(),
  }),
  reads: ['accounting_open_item', 'accounting_allocation', 'credit_limit_change', 'parties_party', 'parties_assignment', 'platform_setting'],
  scope: 'rows',
})

/** Makes proposals the limits. What was seen must still be what the rule says. */
export const applyLimits = command({
  name: 'credit.applyLimits',
  permission: 'credit.setLimits',
  input: z.strictObject({ rows: z.array(z.strictObject({ party_id: id(), proposed_minor: amount() })).min(1).max(500) }),
  output: z.object({ count: z.int() }),
  refusals: ['parties.partyNotFound', 'credit.proposalChanged'],
})

/** Another limit than the rule's, with the reason; the rule leaves it alone up to and with a day. */
export const setLimit = command({
  name: 'credit.setLimit',
  permission: 'credit.setLimits',
  input: z.strictObject({ party_id: id(), limit_minor: amount().nullable(), reason: name(500), holds_until: day() }),
  output: z.object({}),
  refusals: ['parties.partyNotFound', 'parties.personErased', 'credit.dayPassed'],
})

/** How a customer's limit came to be what it is, the newest first. */
export const limitHistory = query({
  name: 'credit.limitHistory',
  permission: 'credit.read',
  input: z.strictObject({ party_id: id() }),
  output: z.object({
    rows: z.array(z.object({
      seq: z.int(),
      before_minor: z.int().nullable(),
      after_minor: z.int().nullable(),
      how: z.enum(['rule', 'manual', 'form']),
      reason: z.string().nullable(),
      facts: facts.nullable(),
      holds_until: day().nullable(),
      day: day(),
      by_name: z.string(),
      at: instant(),
    })),
  }),
  reads: ['credit_limit_change', 'parties_party', 'parties_assignment', 'platform_user'],
  refusals: ['parties.partyNotFound'],
  scope: 'rows',
})
