import { z } from 'zod'
import { command, id, instant, line, query } from '../../kernel/contract.ts'

/** What can be mended in many parties at once. tidy: written as it should be; clear: a wrong value is taken out; set: all get one value. */
export const mendForm = z.discriminatedUnion('how', [
  z.strictObject({ how: z.literal('tidy'), field: z.enum(['phone', 'email', 'tax_no', 'region']) }),
  z.strictObject({ how: z.literal('clear'), field: z.enum(['phone', 'email', 'tax_no']) }),
  z.strictObject({ how: z.literal('set'), field: z.enum(['region', 'country']), value: line(100) }),
])
export type Mend = z.output<typeof mendForm>

const partyIds = z.array(id()).min(1).max(500)
const mendRow = z.object({
  party_id: id(),
  code: z.string(),
  name: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
  /** same: nothing to mend; refused: see why. */
  state: z.enum(['mended', 'same', 'refused']),
  reason_code: z.string().nullable(),
  details: z.record(z.string(), z.unknown()),
})
export type MendRow = z.output<typeof mendRow>

/** What a mending would change, row by row, before anything is written. */
export const previewMend = query({
  name: 'parties.previewMend',
  permission: 'parties.write',
  input: z.strictObject({ party_ids: partyIds, mend: mendForm }),
  output: z.object({ rows: z.array(mendRow) }),
  reads: ['parties_party', 'parties_address', 'parties_assignment'],
  scope: 'rows',
})

/** Mends one field of many parties: those that cannot be are named with the reason, the others are changed. */
export const mendParties = command({
  name: 'parties.mendParties',
  permission: 'parties.write',
  input: z.strictObject({ party_ids: partyIds, mend: mendForm }),
  output: z.object({ mended: z.int(), rows: z.array(mendRow) }),
  refusals: ['parties.nothingToMend'],
})

/** Takes a mending back: where the value still is what the mending made of it. Rows changed since stay and are named. */
export const undoMend = command({
  name: 'parties.undoMend',
  permission: 'parties.write',
  input: z.strictObject({ mend_id: id() }),
  output: z.object({ mended: z.int(), rows: z.array(mendRow) }),
  refusals: ['parties.mendNotFound', 'parties.nothingToUndo'],
})

/** The latest mendings of many, of oneself or, for who sees all parties, of everybody. */
export const listMends = query({
  name: 'parties.mends',
  permission: 'parties.write',
  input: z.strictObject({}),
  output: z.object({
    rows: z.array(z.object({ mend_id: id(), at: instant(), user_name: z.string().nullable(), how: z.string(), field: z.string(), value: z.string().nullable(), mended: z.int(), is_undone: z.union([z.literal(0), z.literal(1)]) })),
  }),
  reads: ['platform_audit', 'platform_user'],
  scope: 'rows',
})
