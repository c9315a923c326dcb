import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import { os, type, type RouterClient } from '@orpc/server'
import { RPCHandler } from '@orpc/server/message-port'
import type { MessagePort } from 'node:worker_threads'
import type { CustomField } from '../../kernel/custom-fields.ts'
import type { Answer, Caller, Change, Envelope, Office } from '../office-types.ts'
import type { DescribedOperation } from './openapi.ts'

/** What the threads know beside the office itself. */
export interface PortOffice extends Office {
  cancel(commandId: string): void
  /** Looks through the books, every invariant; undefined when the office closes meanwhile. */
  dailyDuties(): Promise<void>
  checkBooks(): Promise<{ readonly broken: readonly { readonly name: string }[] } | undefined>
  backup(caller: Caller): Promise<Answer>
  backups(caller: Caller): Promise<Answer>
  /** Every command and query of the program, for documents and clients. */
  describe(): Promise<DescribedOperation[]>
  /** The fields that the company added to its records. */
  customFields(): Promise<readonly CustomField[]>
}

type Call = { readonly envelope: Envelope; readonly caller: Caller }
const base = os.$context<{ office: PortOffice }>()

/** The office as it crosses from its worker thread to the main thread. Both sides are ours, so nothing is checked here. */
const portRouter = {
  run: base.input(type<Call>()).handler(({ input, context }): Promise<Answer> => context.office.run(input.envelope, input.caller)),
  ask: base.input(type<Call>()).handler(({ input, context }): Promise<Answer> => context.office.ask(input.envelope, input.caller)),
  changes: base.handler(async function* ({ context, signal }): AsyncGenerator<Change> {
    yield* context.office.changes(signal ?? new AbortController().signal)
  }),
  signIn: base
    .input(type<{ login: string; password: string; desk: string }>())
    .handler(({ input, context }): Promise<Answer> => context.office.signIn(input)),
  signOut: base.input(type<{ session: string }>()).handler(({ input, context }): Promise<void> => context.office.signOut(input.session)),
  onePerson: base.handler(({ context }): Promise<boolean> => context.office.onePerson()),
  describe: base.handler(async ({ context }): Promise<DescribedOperation[]> => context.office.describe()),
  customFields: base.handler(({ context }): Promise<readonly CustomField[]> => context.office.customFields()),
  dailyDuties: base.handler(({ context }): Promise<void> => context.office.dailyDuties()),
  checkBooks: base.handler(async ({ context }): Promise<string[] | null> => (await context.office.checkBooks())?.broken.map((b) => b.name) ?? null),
  backup: base.input(type<{ caller: Caller }>()).handler(({ input, context }): Promise<Answer> => context.office.backup(input.caller)),
  backups: base.input(type<{ caller: Caller }>()).handler(({ input, context }): Promise<Answer> => context.office.backups(input.caller)),
  cancel: base
    .input(type<{ commandId: string }>())
    .handler(async ({ input, context }): Promise<void> => context.office.cancel(input.commandId)),
  close: base.handler(({ context }): Promise<void> => context.office.close()),
}

export type OfficePort = RouterClient<typeof portRouter>

/** Serves an office over its end of a channel (the worker's side). */
export function serveOfficePort(office: PortOffice, port: MessagePort): void {
  new RPCHandler(portRouter).upgrade(port as never, { context: { office } })
  port.start()
}

/** The other end: calls are rejected when the worker behind it is gone. */
export function officePortClient(port: MessagePort): OfficePort {
  const client: OfficePort = createORPCClient(new RPCLink({ port: port as never }))
  port.start()
  return client
}
