import { z } from 'zod'
import { command, day, flag, id, instant, name, page, query } from '../../kernel/contract.ts'

// Customers who get no new orders because they are overdue for too long, and who let them order nevertheless.

/** Lets a frozen customer order up to and with a day. */
export const releaseCustomer = command({
  name: 'credit.releaseCustomer',
  permission: 'credit.release',
  input: z.strictObject({ party_id: id(), until_on: day(), reason: name(500) }),
  output: z.object({ release_id: id() }),
  refusals: ['parties.partyNotFound', 'parties.personErased', 'credit.notFrozen', 'credit.dayPassed'],
})

/** The release ends before its day. */
export const endRelease = command({
  name: 'credit.endRelease',
  permission: 'credit.release',
  input: z.strictObject({ party_id: id() }),
  output: z.object({}),
  refusals: ['parties.partyNotFound', 'credit.notReleased'],
})

const frozenRow = z.object({
  party_id: id(),
  party_code: z.string(),
  party_name: z.string(),
  /** The document that is overdue for longest. */
  number: z.string(),
  overdue_days: z.int(),
  overdue_minor: z.int(),
  released_until: day().nullable(),
})

/** Frozen customers, those overdue for longest first; the released are among them. */
export const listFrozen = query({
  name: 'credit.frozen',
  permission: 'credit.read',
  input: z.strictObject({ ...page }),
  /** `waiting`: those of them that nobody released. */
  output: z.object({ rows: z.array(frozenRow), total: z.int(), waiting: z.int() }),
  reads: ['accounting_open_item', 'credit_release', 'parties_party', 'parties_assignment', 'platform_setting'],
  scope: 'rows',
})

/** A customer's credit on one panel: what holds, and how it came to that. */
export const customerCredit = query({
  name: 'credit.customer',
  permission: 'credit.read',
  input: z.strictObject({ party_id: id() }),
  output: z.object({
    limit_minor: z.int().nullable(),
    owed_minor: z.int(),
    overdue_minor: z.int(),
    overdue_days: z.int(),
    oldest_number: z.string().nullable(),
    is_frozen: flag(),
    released_until: day().nullable(),
    releases: z.array(z.object({ release_id: id(), until_on: day(), reason: z.string(), by_name: z.string(), at: instant(), ended_at: instant().nullable() })),
  }),
  reads: ['accounting_open_item', 'sales_order', 'sales_invoice', 'credit_release', 'parties_party', 'parties_assignment', 'platform_setting'],
  refusals: ['parties.partyNotFound'],
  scope: 'rows',
})
