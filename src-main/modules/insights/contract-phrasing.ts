import { z } from 'zod'
import { command, id, query } from '../../kernel/contract.ts'
import { stepWords } from './contract-words.ts'
import { wholeCustomer } from './contract-whole.ts'

// A suggestion in other words. Rules decide what is suggested; a service of the company's own may only word it.

/** Keeps the key of the service on this PC, outside the company file: backups and copies do not hold it. */
export const setPhrasingKey = command({
  name: 'insights.setPhrasingKey', permission: 'insights.configure', audit: 'none', input: z.strictObject({ secret: z.string().min(1).max(500) }), output: z.object({}), refusals: [],
})

const account = { url: z.string(), model: z.string(), seconds: z.int() }

/** The service as it is set up, for trying it out. */
export const phrasingAccount = query({
  name: 'insights.phrasingAccount', permission: 'insights.configure', input: z.strictObject({}), output: z.object(account), reads: ['platform_setting'], refusals: ['insights.phrasingOff'], scope: 'shared',
})

/** The most urgent suggestion for a customer, and what may be told of it: never of whom one may not see, nor of whom nothing may be told any more. */
export const phrasingTask = query({
  name: 'insights.phrasingTask',
  permission: 'insights.read',
  input: z.strictObject({ party_id: id() }),
  output: z.object({ ...account, what: z.enum(stepWords), because: z.record(z.string(), z.union([z.string(), z.number()])), sends_names: z.int(), customer: z.string().nullable() }),
  reads: [...wholeCustomer.reads, 'platform_erased'],
  refusals: ['insights.phrasingOff', 'insights.nothingToPhrase', 'parties.partyNotFound', 'parties.personErased'],
  scope: 'rows',
})
