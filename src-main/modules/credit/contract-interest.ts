import { z } from 'zod'
import { command, day, id, line, name, query } from '../../kernel/contract.ts'

// Interest for paying late: worked out by day, charged as a document of its own, and taken back.

const stretch = z.object({
  open_item_id: id(),
  number: z.string(),
  due_on: day(),
  from_on: day(),
  through_on: day(),
  days: z.int(),
  /** What was open on these days, minor units. */
  base_minor: z.int(),
  interest_minor: z.int(),
})

const charge = z.object({
  interest_id: id(),
  number: z.string(),
  day: day(),
  through_on: day(),
  gross_minor: z.int(),
  tax_minor: z.int(),
  tax_code: z.string().nullable(),
  note: z.string().nullable(),
  by_name: z.string(),
  reversed_on: day().nullable(),
  reversed_reason: z.string().nullable(),
  lines: z.array(stretch),
})

/** What a customer would have to pay for paying late and was not charged yet, by invoice and stretch of days; and what was charged. */
export const customerInterest = query({
  name: 'credit.interest',
  permission: 'credit.read',
  input: z.strictObject({
    party_id: id(),
    /** Left out: today. */
    through_on: day().optional(),
    /** paid: also for what was paid late meanwhile. */
    of: z.enum(['open', 'paid']).default('open'),
  }),
  output: z.object({
    is_charged: z.union([z.literal(0), z.literal(1)]),
    rate_e8: z.int(),
    grace_days: z.int(),
    through_on: day(),
    interest_minor: z.int(),
    rows: z.array(stretch),
    charges: z.array(charge),
  }),
  reads: ['accounting_open_item', 'accounting_allocation', 'credit_interest', 'parties_party', 'parties_assignment', 'platform_setting', 'platform_user'],
  refusals: ['parties.partyNotFound'],
  scope: 'rows',
})

/**
 * Charges the interest that was not charged yet, through a day: the customer owes it, net is income, tax is owed. The amount is taken to
 * include the tax, as 价外费用 are (国税发〔1996〕155号); they are taxed like the sale they come with (增值税暂行条例实施细则 §12).
 */
export const chargeInterest = command({
  name: 'credit.chargeInterest',
  permission: 'credit.chargeInterest',
  input: z.strictObject({
    party_id: id(),
    through_on: day().optional(),
    of: z.enum(['open', 'paid']).default('open'),
    /** Left out: the usual one of services; null: no tax. */
    tax_code: z.string().regex(/^[A-Z][A-Z0-9_-]{0,19}$/).nullable().optional(),
    note: line(500).nullable().default(null),
  }),
  output: z.object({ interest_id: id(), number: z.string(), gross_minor: z.int() }),
  refusals: ['parties.partyNotFound', 'parties.personErased', 'credit.interestOff', 'credit.noInterest', 'credit.interestAhead'],
})

/** Takes a charge back by an opposite entry; its days may be charged again. */
export const reverseInterest = command({
  name: 'credit.reverseInterest',
  permission: 'credit.chargeInterest',
  input: z.strictObject({ interest_id: id(), reason: name(500) }),
  output: z.object({}),
  refusals: ['credit.interestNotFound', 'credit.interestReversed', 'parties.personErased'],
})
