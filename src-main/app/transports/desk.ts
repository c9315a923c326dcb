import type { Answer, Caller, Change, Envelope } from '../office-types.ts'
import { shown, type Lobby } from '../lobby.ts'
import { refusal } from './answers.ts'
import type { Ticket } from './gate.ts'
import type { Desk, WhoAmI } from './wire.ts'

/** Who calls, as the office wants to know it: the session belongs to the ticket and never leaves the host. */
export function callerOf({ ticket, lobby, desk }: { ticket: Ticket; lobby: Lobby; desk: string }): Caller {
  const office = lobby.current()?.office
  return ticket.signedIn && ticket.signedIn.office === office ? { desk, session: ticket.signedIn.session } : { desk }
}

/** Has somebody signed in at this desk, or need nobody? Asked before a page may leave files here. */
export async function isKnown({ ticket, lobby }: { ticket: Ticket; lobby: Lobby }): Promise<boolean> {
  const office = lobby.current()?.office
  return office !== undefined && (ticket.signedIn?.office === office || (await office.onePerson()))
}

/** The desk of one ticket. Without an open company every call is refused by name. */
export function deskOf({ ticket, lobby, desk }: { ticket: Ticket; lobby: Lobby; desk: string }): Desk {
  const closed = refusal('host.noCompanyOpen')
  const caller = (): Caller => callerOf({ ticket, lobby, desk })
  /** A session that somebody else ended (another password, a user put away) is forgotten, so that the page is led to the door. */
  const calling = async (call: (caller: Caller) => Promise<Answer> | undefined): Promise<Answer> => {
    const used = ticket.signedIn
    const answer = await call(caller())
    if (answer && !answer.ok && answer.code === 'platform.notSignedIn' && ticket.signedIn === used) delete ticket.signedIn
    return answer ?? closed
  }
  return {
    run: (envelope: Envelope): Promise<Answer> => calling((by) => lobby.current()?.office.run(envelope, by)),
    ask: (envelope: Envelope): Promise<Answer> => calling((by) => lobby.current()?.office.ask(envelope, by)),
    changes: async function* (signal: AbortSignal): AsyncGenerator<Change> {
      const office = lobby.current()?.office
      if (office) yield* office.changes(signal)
    },
    signIn: async (input): Promise<Answer> => {
      const office = lobby.current()?.office
      if (!office) return closed
      const answer = await office.signIn({ ...input, desk })
      if (!answer.ok) return answer
      const { session, ...rest } = answer.output as { session: string }
      ticket.signedIn = { office, session }
      return { ok: true, output: rest }
    },
    progressOf: (commandId) => lobby.current()?.office.progressOf(commandId),
    cancel: async (commandId): Promise<void> => lobby.current()?.office.cancel(commandId),
    signOut: async (): Promise<void> => {
      const { signedIn } = ticket
      delete ticket.signedIn
      await signedIn?.office.signOut(signedIn.session)
    },
    whoAmI: async (): Promise<WhoAmI> => {
      const open = lobby.current()
      return {
        company: open ? { data: shown(open.data), ...open.office.card } : null,
        is_one_person: (await open?.office.onePerson()) ? 1 : 0,
        is_signed_in: caller().session === undefined ? 0 : 1,
        broken_invariants: open?.office.brokenInvariants ?? null,
      }
    },
  }
}
