import { Hono } from 'hono'
import { z } from 'zod'
import type { OutputOf } from '../../kernel/contract.ts'
import type { phrasingAccount, phrasingTask } from '../../modules/insights/contract.ts'
import type { Lobby } from '../lobby.ts'
import { secretOf } from '../mail/secrets.ts'
import { askEndpoint } from '../phrasing/endpoint.ts'
import { errandOf, wordingOf } from '../phrasing/words.ts'
import { jsonBody, languageOf, refuse, reply, replyFrom, type HostContext, type HostEnv } from './answers.ts'
import { callerOf } from './desk.ts'
import { malformed } from './wire.ts'

const about = z.object({ party_id: z.string().max(60) })

/**
 * /phrasing/…: a suggestion in other words, by the service that the company set up. What may be told of whom, the office answers under the caller's own rights;
 * the service is asked here, beside the office's thread, so that nobody waits for it.
 */
export function phrasingRoutes({ lobby, desk }: { lobby: Lobby; desk: string }): Hono<HostEnv> {
  const routes = new Hono<HostEnv>()
  const post = <T, A>(path: string, { form, query, act }: { form: z.ZodType<T>; query: string; act(asked: A, at: { readonly c: HostContext; readonly data: string; readonly currency: string }): unknown }): void => {
    routes.post(path, async (c) => {
      const open = lobby.current()
      if (!open) return refuse(c, 409, 'host.noCompanyOpen')
      const body = await jsonBody(c)
      if (body === undefined) return refuse(c, 400, 'host.malformedJson')
      const input = form.safeParse(body.value)
      if (!input.success) return reply(c, malformed(input.error))
      const answer = await open.office.ask({ name: query, input: input.data }, callerOf({ ticket: c.get('ticket'), lobby, desk }))
      if (!answer.ok) return reply(c, answer)
      return replyFrom(c, () => act(answer.output as A, { c, data: open.data, currency: open.office.card.currency }))
    })
  }
  type Task = OutputOf<typeof phrasingTask>
  const errand = (task: Task, { c, currency }: { c: HostContext; currency: string }) => errandOf(task, { locale: languageOf(c), currency })
  post<object, Task>('/preview', { form: about, query: 'insights.phrasingTask', act: (task, at) => ({ url: task.url, model: task.model, sends_names: task.sends_names, messages: errand(task, at).messages }) })
  post<object, Task>('/word', {
    form: about,
    query: 'insights.phrasingTask',
    act: async (task, at) => {
      const asked = errand(task, at)
      return { what: task.what, model: task.model, text: wordingOf(await askEndpoint({ ...task, key: secretOf(at.data, 'phrasing') }, asked.messages), asked) }
    },
  })
  post<object, OutputOf<typeof phrasingAccount>>('/test', {
    form: z.object({}),
    query: 'insights.phrasingAccount',
    act: async (account, { data }) => ({ text: (await askEndpoint({ ...account, key: secretOf(data, 'phrasing') }, [{ role: 'user', content: 'Answer with the word OK.' }])).slice(0, 200) }),
  })
  return routes
}
