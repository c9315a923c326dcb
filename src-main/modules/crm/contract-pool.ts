import { z } from 'zod'
import { command, day, flag, id, instant, line, name, page, query } from '../../kernel/contract.ts'
import type { Rule } from './contract-subject.ts'

// The pool (公海): customers and leads of nobody, and the way in and out of it.

const owned = { party_id: id().optional(), lead_id: id().optional() }
const oneOwned: Rule<{ party_id?: string | undefined; lead_id?: string | undefined }> = [
  (s) => (s.party_id === undefined) !== (s.lead_id === undefined),
  { path: ['party_id'], message: 'a customer or a lead' },
]
const about = z.object({ party_id: id().nullable(), lead_id: id().nullable() })
const missing = ['parties.personErased', 'parties.partyNotFound', 'crm.leadNotFound'] as const

/** Takes a customer or lead of nobody, within the company's limits. */
export const claim = command({
  name: 'crm.claim',
  permission: 'crm.claim',
  input: z.strictObject(owned).refine(...oneOwned),
  output: about,
  refusals: [...missing, 'crm.notInPool', 'crm.claimLimit', 'crm.holdLimit', 'crm.coolingDown', 'parties.cashPartyIsNeeded'],
})

/** Gives one's own back to the pool, or anybody's for who assigns work. */
export const returnToPool = command({
  name: 'crm.returnToPool',
  permission: 'crm.claim',
  input: z.strictObject({ ...owned, reason: name(300) }).refine(...oneOwned),
  output: about,
  refusals: [...missing, 'crm.notHeld'],
})

/** Gives a customer or lead to a colleague, whoever had it. */
export const assignTo = command({
  name: 'crm.assignTo',
  permission: 'crm.assign',
  input: z.strictObject({ ...owned, user_id: id() }).refine(...oneOwned),
  output: about,
  refusals: [...missing, 'crm.userNotFound', 'crm.notHeld', 'parties.cashPartyIsNeeded'],
})

/** Everything that somebody owns goes to a colleague: customers, open leads, opportunities and tasks, each move logged. */
export const handOver = command({
  name: 'crm.handOver',
  permission: 'crm.assign',
  input: z.strictObject({ from_user_id: id(), to_user_id: id(), reason: name(300) }),
  output: z.object({ parties: z.int(), leads: z.int(), opportunities: z.int(), tasks: z.int() }),
  refusals: ['crm.userNotFound', 'crm.handOverToSelf'],
})

/** The recycling leaves it alone up to a day, or for good (null). */
export const protect = command({
  name: 'crm.protect',
  permission: 'crm.assign',
  input: z.strictObject({ ...owned, until_on: day().nullable().default(null), reason: name(300) }).refine(...oneOwned),
  output: about,
  refusals: [...missing],
})
export const unprotect = command({
  name: 'crm.unprotect',
  permission: 'crm.assign',
  input: z.strictObject(owned).refine(...oneOwned),
  output: about,
  refusals: [...missing, 'crm.notProtected'],
})

/** Puts back into the pool whom nobody followed up, or sold to, for as long as the rules allow. The same day again finds nothing more. */
export const recycle = command({
  name: 'crm.recycle',
  permission: 'crm.assign',
  input: z.strictObject({}),
  output: z.object({ parties: z.int(), leads: z.int() }),
  refusals: ['crm.recyclingOff'],
})

const kind = z.enum(['party', 'lead'])
export const listPool = query({
  name: 'crm.pool',
  permission: 'crm.read',
  input: z.strictObject({
    text: line(100).default(''),
    kind: kind.optional(),
    /** 'pool': of nobody; 'soon': held, and to be recycled within the days of the reminder; 'held': held by somebody. */
    show: z.enum(['pool', 'soon', 'held']).default('pool'),
    ...page,
  }),
  output: z.object({
    rows: z.array(z.object({
      id: id(),
      kind,
      code: z.string(),
      name: z.string(),
      phone: z.string().nullable(),
      owner_id: id().nullable(),
      owner_name: z.string().nullable(),
      owned_since: day().nullable(),
      last_on: day().nullable(),
      last_sold_on: day().nullable(),
      /** The day on which it goes back into the pool unless somebody does something; null: never. */
      recycled_on: day().nullable(),
      is_protected: flag(),
    })),
    total: z.int(),
  }),
  reads: ['parties_party', 'parties_assignment', 'crm_lead', 'crm_activity', 'crm_protection', 'sales_invoice', 'platform_user', 'platform_search_doc'],
  scope: 'rows',
})

/** What one holds and took today, and what the company allows (0: no limit). */
export const poolLimits = query({
  name: 'crm.poolLimits',
  permission: 'crm.read',
  input: z.strictObject({}),
  output: z.object({ held: z.int(), held_at_most: z.int(), claimed_today: z.int(), claims_a_day: z.int(), soon: z.int() }),
  reads: ['crm_pool_move', 'parties_assignment', 'crm_lead', 'crm_activity', 'crm_protection', 'sales_invoice'],
  scope: 'rows',
})

export const listPoolMoves = query({
  name: 'crm.poolMoves',
  permission: 'crm.read',
  input: z.strictObject({ ...page }),
  output: z.object({
    rows: z.array(z.object({
      move_id: id(),
      kind,
      subject_id: id(),
      name: z.string(),
      why: z.enum(['claim', 'assign', 'return', 'recycle', 'hand_over', 'route']),
      from_name: z.string().nullable(),
      to_name: z.string().nullable(),
      by_name: z.string().nullable(),
      reason: z.string().nullable(),
      day: day(),
      at: instant(),
    })),
    total: z.int(),
  }),
  reads: ['crm_pool_move', 'crm_lead', 'parties_party', 'parties_assignment', 'platform_user'],
  scope: 'rows',
})
