import type { DraftRef } from '../modules/platform/contract-drafts.ts'
import type { Pending } from '../modules/platform/approving.ts'
import type { Details, FieldProblem } from '../kernel/refusal.ts'

/** What a desk sends: the operation's name and input; a command carries the id that makes repeating it harmless. */
export type Envelope = {
  readonly name: string
  readonly input: unknown
  /** Required for commands (UUIDv7-shaped, made by the sender once per intent); ignored for queries. */
  readonly commandId?: string
  /** The caller's draft that this command makes real: it is taken in the same transaction, by one command only. */
  readonly draft?: DraftRef
}

/** Who calls: a session opened by `signIn`, or, in one-person mode and on the command line, the local owner. */
export type Caller = {
  /** The desk's name as the audit shows it, e.g. 'PC-01' or 'cli'. */
  readonly desk: string
  /** The session token; absent: the caller is the local owner, allowed only while the company is in one-person mode or from the command line. */
  readonly session?: string
  /** Run as this user id, set by the command line and by tests only; transports never set it. */
  readonly userId?: string
}

/** Every answer is a value on every transport. */
export type Answer =
  | { readonly ok: true; readonly output: unknown }
  | { readonly ok: false; readonly kind: 'invalid'; readonly code: string; readonly details: { readonly problems: readonly FieldProblem[] } }
  | { readonly ok: false; readonly kind: 'refusal'; readonly code: string; readonly details: Details }
  /** Not done yet and not refused: it waits for somebody to approve it. */
  | { readonly ok: false; readonly kind: 'pending'; readonly code: 'approvalPending'; readonly details: Pending }
  | { readonly ok: false; readonly kind: 'defect'; readonly code: 'defect'; readonly details: { readonly incident: string } }

/** The tables that a committed command changed; screens refresh what reads them. */
export type Change = { readonly tables: readonly string[] }

/** Progress of a long piece of work (import, backup, verify). */
export type Progress = { readonly done: number; readonly total: number; readonly phase: string }

/** One open company: bus and storage behind three procedures and sign-in. */
export interface Office {
  run(envelope: Envelope, caller: Caller): Promise<Answer>
  ask(envelope: Envelope, caller: Caller): Promise<Answer>
  /** Yields after every commit until `signal` aborts. */
  changes(signal: AbortSignal): AsyncIterable<Change>
  /** Opens a session for a user of the company. Wrong name and wrong password are the same refusal; repeated failures are slowed down. */
  signIn(input: { login: string; password: string; desk: string }): Promise<Answer>
  signOut(session: string): Promise<void>
  /** Is the company in one-person mode (one active user without a password)? Then callers on this PC need no session. */
  onePerson(): Promise<boolean>
  close(): Promise<void>
}
