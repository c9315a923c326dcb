import type { Lobby } from '../lobby.ts'
import { jsonBody, refuse, reply, type HostContext } from './answers.ts'
import { callerOf } from './desk.ts'
import { openApi } from './openapi.ts'

type Shell = { readonly lobby: Lobby; readonly desk: string }

/**
 * POST /api/NAME with the input as JSON: the same commands and queries as everywhere, one address each.
 * A command takes its commandId from the header `Idempotency-Key`.
 */
export function api(shell: Shell): (c: HostContext) => Promise<Response> {
  return async (c) => {
    const open = shell.lobby.current()
    if (!open) return refuse(c, 409, 'host.noCompanyOpen')
    const name = c.req.path.slice('/api/'.length)
    const kind = open.office.kindOf(name)
    if (kind === undefined) return refuse(c, 404, 'host.noSuchOperation', { name })
    const body = await jsonBody(c)
    if (body === undefined) return refuse(c, 400, 'host.malformedJson')
    const caller = callerOf({ ticket: c.get('ticket'), ...shell })
    if (kind === 'query') return reply(c, await open.office.ask({ name, input: body.value }, caller))
    const commandId = c.req.header('idempotency-key')
    return reply(c, await open.office.run({ name, input: body.value, ...(commandId === undefined ? {} : { commandId }) }, caller))
  }
}

/** GET /api/openapi.json: every command and query, rendered from the registry. */
export function apiDocument(shell: Shell): (c: HostContext) => Promise<Response> {
  return async (c) => {
    const open = shell.lobby.current()
    if (!open) return refuse(c, 409, 'host.noCompanyOpen')
    const operations = await open.office.describe()
    return c.json(openApi({ operations, title: `掌柜 Zhanggui: ${open.office.card.name}`, server: new URL(c.req.url).origin }))
  }
}

/** GET /api/reads.json: which tables each query reads, so that a page knows what a change makes stale. Small: every page asks for it as it opens. */
export function apiReads(shell: Shell): (c: HostContext) => Response {
  return (c) => {
    const open = shell.lobby.current()
    return open ? c.json(open.office.reads) : refuse(c, 409, 'host.noCompanyOpen')
  }
}
