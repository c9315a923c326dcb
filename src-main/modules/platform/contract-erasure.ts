import { z } from 'zod'
import { command, day, id, instant, line, page, query } from '../../kernel/contract.ts'

/** Whose wish it was: the person's, of who may speak for them, or the company's own, which needs the data no longer. */
export const erasureAskers = ['self', 'guardian', 'agent', 'heir', 'company'] as const

const subject = { subject_kind: line(60), subject_id: id() }

/** What an erasure would take, what it would leave, and what stands against it. */
export const erasurePreview = query({
  name: 'platform.erasurePreview',
  permission: 'platform.erase',
  input: z.strictObject(subject),
  output: z.object({
    code: z.string(),
    /** What stands in the place of the name from then on. */
    label: z.string(),
    extent: z.enum(['whole', 'part']),
    /** What tells who it is, as the books know it. */
    known_by: z.array(z.string()),
    goes: z.array(z.object({ kind: z.string(), count: z.int() })),
    stays: z.array(z.object({ kind: z.string(), count: z.int() })),
    obstacles: z.array(z.object({ refusal: z.string(), count: z.int() })),
  }),
  reads: ['parties_party', 'parties_contact', 'platform_erasure', 'platform_attachment', 'platform_comment'],
  refusals: ['platform.noSuchPerson', 'platform.alreadyErased'],
  scope: 'rows',
})

/**
 * Erases what is kept of a person at their wish (个人信息保护法 art. 47): from rows, files, words, letters, search, change log and audit. What is
 * posted keeps what it says of them, as the law on books demands. It cannot be taken back.
 */
export const erasePerson = command({
  name: 'platform.erasePerson',
  permission: 'platform.erase',
  input: z.strictObject({
    ...subject,
    asked_by: z.enum(erasureAskers),
    asked_on: day(),
    /** The number under which the wish is filed; never a name. */
    reference: line(60).default(''),
  }),
  output: z.object({ erasure_id: id(), erased: z.int(), kept: z.int() }),
  refusals: ['platform.noSuchPerson', 'platform.alreadyErased', 'platform.erasureAskedLater'],
})

/** What was erased, the latest first: who did it, when, at whose wish. */
export const listErasures = query({
  name: 'platform.erasures',
  permission: 'platform.erase',
  input: z.strictObject({ ...page }),
  output: z.object({
    rows: z.array(
      z.object({
        erasure_id: id(),
        subject_kind: z.string(),
        subject_id: id(),
        code: z.string(),
        label: z.string(),
        asked_by: z.enum(erasureAskers),
        asked_on: day(),
        reference: z.string().nullable(),
        erased: z.int(),
        kept: z.int(),
        by_name: z.string(),
        at: instant(),
      }),
    ),
    total: z.int(),
  }),
  reads: ['platform_erasure', 'platform_user'],
  scope: 'shared',
})
