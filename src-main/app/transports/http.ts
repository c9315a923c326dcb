import { onError } from '@orpc/server'
import { RPCHandler } from '@orpc/server/fetch'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { Lobby } from '../lobby.ts'
import { refuse, reply, type HostContext, type HostEnv } from './answers.ts'
import { api, apiDocument, apiReads } from './api.ts'
import { attached, attaching } from './attachments.ts'
import { deskOf, isKnown } from './desk.ts'
import type { Gate } from './gate.ts'
import { entrance, newLink, safeHeaders, sameHouse, ticketOnly } from './guard.ts'
import { importRoutes } from './import-routes.ts'
import { lobbyRoutes } from './lobby-routes.ts'
import { exporting, printing, type ExportService, type PrintService } from './papers.ts'
import { phrasingRoutes } from './phrasing-routes.ts'
import type { Presence } from './presence.ts'
import { staticFiles } from './static-files.ts'
import { uploads } from './uploads.ts'
import { wireRouter } from './wire.ts'

/** Everything the pages need, handed in so that tests can give stand-ins. */
export type Workbench = {
  readonly lobby: Lobby
  readonly gate: Gate
  readonly presence: Presence
  /** The name under which this PC's calls appear in the audit. */
  readonly desk: string
  /** The built workbench: dist/renderer. */
  readonly pages: string
  /** The `name:port` under which the host may be called. */
  readonly hosts: () => readonly string[]
  /** Writes a defect to the log and gives its incident number. */
  readonly logDefect: (error: unknown, where: string) => string
  readonly print?: PrintService
  readonly exportFile?: ExportService
}

/** A call's body may be this large; files go through /files/upload. */
const CALL_LIMIT_BYTES = 25 * 1024 * 1024

/** The office over HTTP, for browsers (through a port) and for the shell's window (in the same process). */
export function httpApp(bench: Workbench): Hono<HostEnv> {
  const app = new Hono<HostEnv>()
  app.use(safeHeaders)
  app.use(sameHouse(bench.hosts))
  app.get('/enter', entrance(bench.gate))
  app.post('/new-link', newLink(bench.gate))
  app.use(ticketOnly(bench.gate))

  const calls = ['/rpc/*', '/api/*', '/lobby/*', '/import/*', '/phrasing/*'] as const
  for (const path of calls) app.use(path, jsonOnly, bodyLimit({ maxSize: CALL_LIMIT_BYTES, onError: tooLarge }))
  app.post('/rpc/*', rpc(bench))
  app.get('/api/openapi.json', apiDocument(bench))
  app.get('/api/reads.json', apiReads(bench))
  app.post('/api/*', api(bench))
  app.route('/lobby', lobbyRoutes(bench))
  // Before files are taken or read somebody must have signed in; calls are judged by the office itself.
  for (const path of ['/files/*', '/import/*', '/phrasing/*', '/attachments']) app.use(path, knownOnly(bench.lobby))
  app.route('/import', importRoutes(bench))
  app.route('/phrasing', phrasingRoutes(bench))
  app.post('/files/upload', uploads(bench.lobby))
  app.post('/attachments', attaching(bench))
  app.get('/attachments/:id', attached(bench))
  const papers = printing(bench, bench.print)
  app.get('/print/:name/:file', papers.now)
  app.post('/print/:name', jsonOnly, bodyLimit({ maxSize: CALL_LIMIT_BYTES, onError: tooLarge }), papers.hold)
  app.get('/export/:name', exporting(bench, bench.exportFile))
  app.post('/export/:name', jsonOnly, bodyLimit({ maxSize: CALL_LIMIT_BYTES, onError: tooLarge }), exporting(bench, bench.exportFile))
  app.get('/alive', () => bench.presence.line())
  // What is no page of the workbench must not be answered with one.
  const noPage = (c: HostContext): Response => refuse(c, 404, 'host.noSuchPage', { path: c.req.path })
  for (const path of [...calls, '/files/*', '/attachments', '/attachments/*', '/print/*', '/export/*']) app.all(path, noPage)
  app.all('*', staticFiles(bench.pages))
  app.onError((error, c) => {
    const incident = bench.logDefect(error, c.req.path)
    return reply(c, { ok: false, kind: 'defect', code: 'defect', details: { incident } })
  })
  return app
}

const knownOnly = (lobby: Lobby) => async (c: HostContext, next: () => Promise<void>): Promise<Response | void> => {
  if (!lobby.current()) return refuse(c, 409, 'host.noCompanyOpen')
  return (await isKnown({ ticket: c.get('ticket'), lobby })) ? next() : refuse(c, 409, 'platform.notSignedIn')
}

const tooLarge = (c: HostContext): Response => refuse(c, 413, 'host.bodyTooLarge', { limit_mb: 25 })

/** A form on a foreign page cannot send JSON, so nothing else is taken. */
async function jsonOnly(c: HostContext, next: () => Promise<void>): Promise<Response | void> {
  if (c.req.method === 'POST' && !/^application\/json\b/i.test(c.req.header('content-type') ?? '')) return refuse(c, 415, 'host.notJson')
  return next()
}

function rpc(bench: Workbench): (c: HostContext) => Promise<Response> {
  const handler = new RPCHandler(wireRouter, { interceptors: [onError((error) => void bench.logDefect(error, 'rpc'))] })
  return async (c) => {
    const context = { desk: deskOf({ ticket: c.get('ticket'), lobby: bench.lobby, desk: bench.desk }) }
    const { matched, response } = await handler.handle(c.req.raw, { prefix: '/rpc', context })
    return matched ? new Response(response.body, response) : refuse(c, 404, 'host.noSuchPage', { path: c.req.path })
  }
}
