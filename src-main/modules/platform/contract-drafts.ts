import { z } from 'zod'
import { command, instant, line, query } from '../../kernel/contract.ts'

// What people are entering and have neither saved nor posted. The office keeps the text as it comes; what it means is the workbench's matter.

/** Where a draft is open: the form's path, and what tells apart several of the same path. */
const address = () => z.string().regex(/^\/[A-Za-z0-9/_-]{1,200}(\?d=[A-Za-z0-9-]{1,60})?$/)
const writer = () => z.string().regex(/^[A-Za-z0-9-]{1,60}$/)

/** The draft that a command makes real: the revision that the page knows (0: never kept) and which page it is. */
export type DraftRef = { readonly address: string; readonly revision: number; readonly writer: string }
export const draftRef = () => z.strictObject({ address: address(), revision: z.int().min(0), writer: writer() })

const draftHead = { address: address(), subject: z.string(), writer: z.string(), revision: z.int(), saved_at: instant() }

/** One's own drafts, the oldest first. */
export const listDrafts = query({
  name: 'platform.drafts',
  permission: 'platform.use',
  input: z.strictObject({}),
  output: z.object({ rows: z.array(z.object(draftHead)) }),
  reads: ['platform_draft'],
  scope: 'rows',
})

/** One of one's own drafts with its text; null where there is none. */
export const getDraft = query({
  name: 'platform.draft',
  permission: 'platform.use',
  input: z.strictObject({ address: address() }),
  output: z.object({ draft: z.object({ ...draftHead, body: z.string() }).nullable() }),
  reads: ['platform_draft'],
  scope: 'rows',
})

/**
 * Keeps what is being entered. `revision` is the one that it goes on from, 0 for a new draft. Where another desk has written
 * meanwhile, both stay: this one is kept under the address that the answer gives. What was posted or thrown away elsewhere is not kept again.
 */
export const keepDraft = command({
  name: 'platform.keepDraft',
  permission: 'platform.use',
  audit: 'none',
  input: z.strictObject({ address: address(), subject: line(200), body: z.string().max(16_000_000), writer: writer(), revision: z.int().min(0) }),
  output: z.object({ address: z.string(), revision: z.int() }),
  refusals: ['platform.draftTooLarge', 'platform.tooManyDrafts', 'platform.draftTaken', 'platform.draftGone'],
})

/** Throws a draft of one's own away. One that is gone already is no fault. */
export const dropDraft = command({
  name: 'platform.dropDraft',
  permission: 'platform.use',
  audit: 'none',
  input: z.strictObject({ address: address() }),
  output: z.object({}),
  refusals: [],
})
