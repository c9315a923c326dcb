import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/fetch'
import type { RouterClient } from '@orpc/server'
import type { Answer, Envelope } from '../../src-main/app/office-types.ts'
import type { WireRouter } from '../../src-main/app/transports/wire.ts'
import type { AskName, AskInput, AskOutput, RunInput, RunName, RunOutput } from './operations.ts'

/** The office at the other end of the wire: the same three procedures in a browser and in the program's own window. */
export const office: RouterClient<WireRouter> = createORPCClient(new RPCLink({ url: `${location.origin}/rpc` }))

export type DraftRef = NonNullable<Envelope['draft']>
export type No = Extract<Answer, { ok: false }>
export type Said<T> = { readonly ok: true; readonly output: T } | No

/** The office said no to a query; screens show it by its name. */
export class SaidNo extends Error {
  readonly no: No
  constructor(no: No) {
    super(no.code)
    this.name = 'SaidNo'
    this.no = no
  }
}

const sent = new Map<string, Promise<unknown>>()

/** Sends a call before anybody wants its answer; `sentOr` hands it over, once. */
export function sendEarly(key: string, call: () => Promise<unknown>): void {
  const answer = call()
  answer.catch(() => undefined)
  sent.set(key, answer)
}

/** The answer to what was sent early, or to a call made now. */
export function sentOr<T>(key: string, call: () => Promise<T>): Promise<T> {
  const answer = sent.get(key) as Promise<T> | undefined
  sent.delete(key)
  return answer ?? call()
}

/** What was sent early is too old by now, or was declined because nobody had been let in yet. */
export const forgetEarly = (): void => sent.clear()

/** The key of a query that is sent early. */
export const earlyKey = (name: string, input: object): string => `${name} ${JSON.stringify(input)}`

/** Asks a query. Throws SaidNo where the office declines; network failures come through as they are. */
export async function ask<N extends AskName>(name: N, input: AskInput<N>): Promise<AskOutput<N>> {
  const answer = await sentOr(earlyKey(name, input), () => office.ask({ name, input }))
  if (!answer.ok) throw new SaidNo(answer)
  return answer.output as AskOutput<N>
}

/** Runs a command under an id that the caller keeps for repeating the same intent; `draft` names the draft that it makes real. A no is a value. */
export async function run<N extends RunName>(name: N, input: RunInput<N>, intent: { readonly commandId: string; readonly draft?: DraftRef }): Promise<Said<RunOutput<N>>> {
  return (await office.run({ name, input, ...intent })) as Said<RunOutput<N>>
}

/** Posts to one of the host's own routes (lobby, import, files), whose answers have the same form. */
export async function post<T>(path: string, body: unknown): Promise<Said<T>> {
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'accept-language': document.documentElement.lang },
    body: JSON.stringify(body),
  })
  return (await response.json()) as Said<T>
}

/** Reads one of the host's own routes. */
export async function read<T>(path: string): Promise<T> {
  const response = await fetch(path, { headers: { accept: 'application/json', 'accept-language': document.documentElement.lang } })
  const answer = (await response.json()) as Said<T>
  if (!answer.ok) throw new SaidNo(answer)
  return answer.output
}
