import { readdir } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { Hono } from 'hono'
import { z } from 'zod'
import { Refusal } from '../../kernel/refusal.ts'
import { answersForm, suggestedAnswers, type Lobby } from '../lobby.ts'
import { jsonBody, languageOf, refuse, reply, replyFrom, type HostContext, type HostEnv } from './answers.ts'
import { callerOf } from './desk.ts'
import { malformed } from './wire.ts'

const dataForm = z.object({ data: z.string().min(1).max(1000) })
const folderForm = z.object({ folder: z.string().max(1000).optional() })
const restoreForm = z.object({ file: z.string().min(1).max(1000), name: z.string().trim().min(1).max(100) })
const nothing = z.object({})

/** /lobby/…: the first page's questions, each a POST with JSON but the state. Answers have the form of every other answer. */
export function lobbyRoutes({ lobby, desk }: { lobby: Lobby; desk: string }): Hono<HostEnv> {
  const routes = new Hono<HostEnv>()
  const state = (c: HostContext) => lobby.state(languageOf(c))

  const action = <T>(path: string, form: z.ZodType<T>, act: (input: T, c: HostContext) => unknown): void => {
    routes.post(path, async (c) => {
      const body = await jsonBody(c)
      if (body === undefined) return refuse(c, 400, 'host.malformedJson')
      const input = form.safeParse(body.value)
      if (!input.success) return reply(c, malformed(input.error))
      return replyFrom(c, () => act(input.data, c))
    })
  }

  routes.get('/state', (c) => replyFrom(c, () => state(c)))
  action('/open', dataForm, async ({ data }, c) => {
    await lobby.open(data)
    return state(c)
  })
  action('/open-sample', nothing, async (_, c) => {
    await lobby.openSample(languageOf(c))
    return state(c)
  })
  action('/renew-sample', nothing, async (_, c) => {
    // Only who may change the company's settings: the same door as to its backups.
    const asked = await lobby.current()?.office.backups(callerOf({ ticket: c.get('ticket'), lobby, desk }))
    if (asked?.ok === false) throw new Refusal(asked.code, asked.details)
    await lobby.renewSample(languageOf(c))
    return state(c)
  })
  action('/create', answersForm.partial().required({ name: true }), async (answers, c) => {
    await lobby.create({ ...suggestedAnswers(answers.locale ?? languageOf(c), Date.now()), ...answers })
    return state(c)
  })
  action('/close', nothing, async (_, c) => {
    await lobby.close()
    return state(c)
  })
  action('/forget', dataForm, ({ data }, c) => {
    lobby.forget(data)
    return state(c)
  })
  action('/restore', restoreForm, async ({ file, name }, c) => {
    await lobby.restore({ from: resolve(file), name })
    return state(c)
  })
  for (const [path, what] of [['/backup', 'backup'], ['/backups', 'backups']] as const) {
    routes.post(path, async (c) => {
      const office = lobby.current()?.office
      return office ? reply(c, await office[what](callerOf({ ticket: c.get('ticket'), lobby, desk }))) : refuse(c, 409, 'host.noCompanyOpen')
    })
  }
  action('/folders', folderForm, ({ folder }) => foldersIn(resolve(folder ?? homedir())))
  return routes
}

/** The folders in a folder of this PC, for choosing one without typing; hidden ones are left out. */
async function foldersIn(folder: string): Promise<{ folder: string; parent: string; folders: { name: string; data: string }[] }> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => {
    throw new Refusal('host.noSuchFolder', { folder })
  })
  const folders = entries
    .filter((e) => e.isDirectory() && !e.name.startsWith('.'))
    .map((e) => ({ name: e.name, data: join(folder, e.name) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .slice(0, 1000)
  return { folder, parent: dirname(folder), folders }
}
