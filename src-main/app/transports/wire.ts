import { os, type } from '@orpc/server'
import { z } from 'zod'
import { draftRef } from '../../modules/platform/contract-drafts.ts'
import type { CompanyCard } from '../office-door.ts'
import type { Answer, Change, Envelope, Progress } from '../office-types.ts'

/** What the desk knows of itself: is a company open, and may this desk work without signing in? */
export type WhoAmI = {
  readonly company: (CompanyCard & { readonly data: string }) | null
  readonly is_one_person: 0 | 1
  readonly is_signed_in: 0 | 1
  /** Invariants found broken after the company was opened; null while it is still being looked through, or none is open. */
  readonly broken_invariants: readonly string[] | null
}

/** One desk at the wire: a browser page or a window, with the office that is open just now behind it. */
export interface Desk {
  run(envelope: Envelope): Promise<Answer>
  ask(envelope: Envelope): Promise<Answer>
  changes(signal: AbortSignal): AsyncIterable<Change>
  signIn(input: { login: string; password: string }): Promise<Answer>
  signOut(): Promise<void>
  whoAmI(): Promise<WhoAmI>
  progressOf(commandId: string): Progress | undefined
  cancel(commandId: string): Promise<void>
}

/** An envelope's own form; what is inside `input` only the bus judges. */
const envelopeForm = z.object({
  name: z.string().min(1).max(200),
  input: z.unknown().optional(),
  commandId: z.string().max(100).optional(),
  draft: draftRef().optional(),
})
const signInForm = z.object({ login: z.string().min(1).max(200), password: z.string().max(1000) })

/** The answer to something that does not even have the form of a call. */
export const malformed = (error: z.ZodError): Extract<Answer, { kind: 'invalid' }> => ({
  ok: false,
  kind: 'invalid',
  code: 'host.malformedCall',
  details: {
    problems: error.issues.map(({ path, code, message }) => {
      return { path: path.map((p) => (typeof p === 'symbol' ? String(p) : p)), code, message }
    }),
  },
})

const base = os.$context<{ desk: Desk }>()

/** The procedures that a page may call. The renderer types its client by `RouterClient<WireRouter>`. */
export const wireRouter = {
  run: base.input(type<Envelope>()).handler(async ({ input, context }): Promise<Answer> => {
    const envelope = envelopeForm.safeParse(input)
    return envelope.success ? context.desk.run({ input: undefined, ...envelope.data }) : malformed(envelope.error)
  }),
  ask: base.input(type<Envelope>()).handler(async ({ input, context }): Promise<Answer> => {
    const envelope = envelopeForm.safeParse(input)
    return envelope.success ? context.desk.ask({ input: undefined, ...envelope.data }) : malformed(envelope.error)
  }),
  changes: base.handler(async function* ({ context, signal }): AsyncGenerator<Change> {
    yield* context.desk.changes(signal ?? new AbortController().signal)
  }),
  signIn: base.input(type<{ login: string; password: string }>()).handler(async ({ input, context }): Promise<Answer> => {
    const form = signInForm.safeParse(input)
    return form.success ? context.desk.signIn(form.data) : malformed(form.error)
  }),
  signOut: base.handler(async ({ context }): Promise<void> => context.desk.signOut()),
  /** How far a running command is: an import, a long posting. */
  progress: base
    .input(type<{ commandId: string }>())
    .handler(async ({ input, context }): Promise<Progress | null> => context.desk.progressOf(String(input?.commandId)) ?? null),
  /** Asks a running command to stop; it then answers with the refusal platform.cancelled. */
  cancel: base
    .input(type<{ commandId: string }>())
    .handler(async ({ input, context }): Promise<void> => context.desk.cancel(String(input?.commandId))),
  whoAmI: base.handler(async ({ context }): Promise<WhoAmI> => context.desk.whoAmI()),
}

export type WireRouter = typeof wireRouter
