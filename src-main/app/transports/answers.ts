import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { Refusal } from '../../kernel/refusal.ts'
import type { Answer } from '../office-types.ts'
import type { Ticket } from './gate.ts'

/** What hono knows in every request. `window` is set by the shell's own window, which no other program can reach. */
export type HostEnv = { Bindings: { window?: Ticket }; Variables: { ticket: Ticket } }
export type HostContext = Context<HostEnv>

export const refusal = (code: string, details: Record<string, unknown> = {}): Extract<Answer, { kind: 'refusal' }> =>
  ({ ok: false, kind: 'refusal', code, details })

/** Says no by name. */
export const refuse = (c: HostContext, status: ContentfulStatusCode, code: string, details: Record<string, unknown> = {}): Response =>
  c.json(refusal(code, details), status)

const statusOf = { invalid: 400, refusal: 409, pending: 202, defect: 500 } as const

/** An answer of the office as HTTP: 200, 400 invalid, 409 refusal, 500 defect. */
export const reply = (c: HostContext, answer: Answer): Response => c.json(answer, answer.ok ? 200 : statusOf[answer.kind])

/** Runs an action of the shell; its refusals become answers, anything else is a defect and goes on to the error handler. */
export async function replyFrom(c: HostContext, action: () => unknown): Promise<Response> {
  try {
    return reply(c, { ok: true, output: (await action()) ?? null })
  } catch (error) {
    if (error instanceof Refusal) return reply(c, refusal(error.code, error.details))
    throw error
  }
}

/** The JSON of a request's body; undefined stands for text that is not JSON. */
export async function jsonBody(c: HostContext): Promise<{ readonly value: unknown } | undefined> {
  try {
    const text = await c.req.text()
    return { value: text === '' ? {} : (JSON.parse(text) as unknown) }
  } catch {
    return undefined
  }
}

/** The language a page asks for, by `?lang=` or its header; everything but Chinese is answered in English. */
export function languageOf(c: HostContext): 'zh-CN' | 'en' {
  const wish = c.req.query('lang') ?? c.req.header('accept-language') ?? ''
  return /^zh/i.test(wish) ? 'zh-CN' : 'en'
}
