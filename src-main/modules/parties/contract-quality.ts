import { z } from 'zod'
import { command, day, flag, id, line, page, query } from '../../kernel/contract.ts'

/** What may be wrong with the data of a party. */
export const faults = ['phone_missing', 'phone_wrong', 'email_wrong', 'tax_no_missing', 'tax_no_wrong', 'contact_missing', 'region_missing', 'owner_missing'] as const
export type Fault = (typeof faults)[number]
const fault = z.enum(faults)
const role = z.enum(['any', 'customer', 'supplier']).default('any')
const reads = ['parties_party', 'parties_contact', 'parties_address', 'parties_assignment', 'platform_user']

/** Of all who are dealt with: how many are without fault, how many have each, and how it was on the days before. */
export const qualityReport = query({
  name: 'parties.quality',
  permission: 'parties.read',
  input: z.strictObject({ role }),
  output: z.object({
    total: z.int(),
    faultless: z.int(),
    counts: z.array(z.object({ fault, count: z.int() })),
    /** For who sees all parties. */
    trend: z.array(z.object({ day: day(), total: z.int(), faultless: z.int() })),
  }),
  reads: [...reads, 'parties_quality'],
  scope: 'rows',
  long: true,
})

/** Those whose data are wrong or missing, and in what: a file of errors to work through. */
export const listFaults = query({
  name: 'parties.faults',
  permission: 'parties.read',
  input: z.strictObject({ role, fault: fault.optional(), text: line(100).default(''), ...page }),
  output: z.object({
    rows: z.array(
      z.object({
        party_id: id(), code: z.string(), name: z.string(), is_customer: flag(), is_supplier: flag(),
        phone: z.string().nullable(), email: z.string().nullable(), tax_no: z.string().nullable(), region: z.string().nullable(), assigned_name: z.string().nullable(),
        faults: z.array(fault),
      }),
    ),
    total: z.int(),
  }),
  reads,
  scope: 'rows',
  long: true,
})

/** Writes down how things stand today; the program does it by itself. */
export const keepQuality = command({
  name: 'parties.keepQuality', permission: 'parties.import', input: z.strictObject({}), output: z.object({ total: z.int(), faultless: z.int() }), refusals: ['parties.qualityKept'],
})
