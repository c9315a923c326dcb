import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/fetch'
import type { RouterClient } from '@orpc/server'
import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findUpload } from '../../../src-main/app/uploads-folder.ts'
import { Presence } from '../../../src-main/app/transports/presence.ts'
import type { WireRouter } from '../../../src-main/app/transports/wire.ts'
import { hostNote, startHost, type Host } from '../../../src-main/host.ts'
import { asJson, enter, send } from './browser.ts'
import { StubDoor, temporaryHome } from './stub-office.ts'

let host: Host
let door: StubDoor
let place: ReturnType<typeof temporaryHome>
let cookie: string
const desk = () => ({ port: host.port, cookie })
const office = () => door.offices.at(-1)!

async function begin(more: Partial<Parameters<typeof startHost>[0]> = {}): Promise<void> {
  door = new StubDoor()
  place = temporaryHome()
  host = await startHost({ lobbyHome: place.home, door, pages: place.pages, port: 0, data: place.company, ...more })
  cookie = await enter(host.newLink())
}
beforeEach(() => begin())
afterEach(() => host.close())

const wire = (): RouterClient<WireRouter> =>
  createORPCClient(new RPCLink({ url: `http://127.0.0.1:${host.port}/rpc`, headers: () => ({ cookie }) }))

describe('the wire', () => {
  it('carries calls with the desk, and never gives the session to the page', async () => {
    const client = wire()
    const company = { data: place.company, name: 'shop', is_sample: 0, currency: 'CNY' }
    expect(await client.whoAmI()).toEqual({ company, is_one_person: 1, is_signed_in: 0, broken_invariants: null })
    expect(await client.signIn({ login: 'li', password: 'wrong' })).toMatchObject({ ok: false, code: 'platform.signInFailed' })
    expect(JSON.stringify(await client.signIn({ login: 'li', password: 'right' }))).toBe('{"ok":true,"output":{}}')
    expect(await client.ask({ name: 'sales.orders', input: {} })).toEqual({ ok: true, output: { session: 'secret session of li' } })
    expect((await client.whoAmI()).is_signed_in).toBe(1)
    expect(await client.run({ name: 'sales.confirmOrder', input: {}, commandId: 'c1' })).toEqual({ ok: true, output: { commandId: 'c1' } })
    await client.signOut()
    expect(await client.ask({ name: 'sales.orders', input: {} })).toEqual({ ok: true, output: { session: null } })
  })

  it('a session ends with the company it was opened in', async () => {
    const client = wire()
    await client.signIn({ login: 'li', password: 'right' })
    await host.lobby.open(place.home)
    expect((await client.whoAmI()).is_signed_in).toBe(0)
    expect(await client.ask({ name: 'sales.orders', input: {} })).toEqual({ ok: true, output: { session: null } })
  })

  it('tells every page what changed, and lets go of a page that leaves', async () => {
    const leaving = new AbortController()
    const changes = await wire().changes(undefined, { signal: leaving.signal })
    const first = changes.next()
    await expect.poll(() => office().listening).toBe(1)
    office().announce({ tables: ['sales_order'] })
    expect((await first).value).toEqual({ tables: ['sales_order'] })
    leaving.abort()
    await expect.poll(() => office().listening).toBe(0)
  })

  it('tells of progress and passes on a wish to stop', async () => {
    expect(await wire().progress({ commandId: 'running' })).toEqual({ done: 1, total: 3, phase: 'posting' })
    expect(await wire().progress({ commandId: 'other' })).toBeNull()
    await wire().cancel({ commandId: 'running' })
    expect(office().seen).toEqual([{ procedure: 'cancel running' }])
  })

  it('refuses by name while no company is open', async () => {
    await host.lobby.close()
    const client = wire()
    expect(await client.whoAmI()).toEqual({ company: null, is_one_person: 0, is_signed_in: 0, broken_invariants: null })
    const closed = { ok: false, kind: 'refusal', code: 'host.noCompanyOpen' }
    expect(await client.ask({ name: 'a', input: {} })).toMatchObject(closed)
    expect(await client.run({ name: 'a', input: {} })).toMatchObject(closed)
    expect(await client.signIn({ login: 'a', password: 'b' })).toMatchObject(closed)
    for (const path of ['/api/sales.orders', '/files/upload', '/import/start']) {
      expect((await send(desk(), path, asJson({}))).json).toMatchObject(closed)
    }
    for (const path of ['/api/openapi.json', '/api/reads.json', '/print/sales.invoice/1.pdf', '/export/journal']) {
      expect((await send(desk(), path)).json).toMatchObject(closed)
    }
  })
})

describe('/api', () => {
  it('runs a command under its Idempotency-Key and maps every kind of answer to its status', async () => {
    const reply = await send(desk(), '/api/sales.confirmOrder', asJson({ order_id: '1' }, { 'idempotency-key': 'k1' }))
    expect([reply.status, reply.json]).toEqual([200, { ok: true, output: { commandId: 'k1' } }])
    expect(office().seen[0]?.envelope).toEqual({ name: 'sales.confirmOrder', input: { order_id: '1' }, commandId: 'k1' })
    const statuses = { invalid: 400, refusal: 409, defect: 500 } as const
    for (const [kind, status] of Object.entries(statuses)) {
      const answer = { ok: false, kind, code: 'x', details: {} }
      expect((await send(desk(), '/api/sales.confirmOrder', asJson({ answer }))).status).toBe(status)
    }
  })

  it('tells which tables each query reads', async () => {
    expect((await send(desk(), '/api/reads.json')).json).toEqual({ 'sales.orders': ['sales_order'] })
  })

  it('describes itself as OpenAPI 3.1', async () => {
    const { json } = await send(desk(), '/api/openapi.json')
    expect(json).toMatchObject({
      openapi: '3.1.0',
      paths: {
        '/api/sales.confirmOrder': {
          post: {
            operationId: 'sales.confirmOrder',
            summary: 'Confirm order',
            parameters: [{ name: 'Idempotency-Key', required: true }],
            requestBody: { content: { 'application/json': { schema: { properties: { order_id: { type: 'string' } } } } } },
            responses: { 409: {}, 400: {}, 500: {}, 200: {} },
          },
        },
      },
    })
  })
})

describe('/files, /print, /export', () => {
  it('keeps an upload in the company’s staging folder under an id, never under its name', async () => {
    const body = Buffer.from('编号,名称\n1,茶\n')
    const headers = { 'content-type': 'application/octet-stream', 'x-file-name': encodeURIComponent('../../客户 名单.csv') }
    const { json } = await send(desk(), '/files/upload', { method: 'POST', headers, body: [body] })
    const { output } = json as { output: { upload_id: string; file_name: string; bytes: number; sha256: string } }
    expect(output).toMatchObject({ file_name: '客户 名单.csv', bytes: body.length, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) })
    const found = findUpload({ data: place.company, upload_id: output.upload_id })!
    expect(readFileSync(found.file)).toEqual(body)
    expect(found.file.startsWith(place.company)).toBe(true)
    for (const upload_id of ['../../../secret', 'x', `${output.upload_id}.json`]) {
      expect(findUpload({ data: place.company, upload_id })).toBeUndefined()
    }
  })

  it('takes no file from a desk where nobody has signed in', async () => {
    office().isOnePerson = false
    for (const path of ['/files/upload', '/import/start']) {
      expect((await send(desk(), path, asJson({}))).json).toMatchObject({ ok: false, code: 'platform.notSignedIn' })
    }
    await wire().signIn({ login: 'li', password: 'right' })
    const file = { method: 'POST', headers: { 'content-type': 'application/octet-stream' }, body: 'x' }
    expect((await send(desk(), '/files/upload', file)).json).toMatchObject({ ok: true })
    const begun = await send(desk(), '/import/start', asJson({ upload_id: 'gone', kind: 'parties' }))
    expect(begun.json).toMatchObject({ code: 'host.uploadGone' })
  })

  it('refuses an upload that is too large before it is read', async () => {
    const headers = { 'content-type': 'application/octet-stream', 'content-length': String(201 * 1024 * 1024) }
    const reply = await send(desk(), '/files/upload', { method: 'POST', headers, body: 'x' }).catch((error: Error) => error)
    // The connection may be closed on the sender while it still speaks; what counts is that nothing was kept.
    if (!(reply instanceof Error)) expect(reply.json).toMatchObject({ code: 'host.fileTooLarge' })
    expect(office().seen).toEqual([])
  })

  it('prints and exports through what was handed in', async () => {
    await host.close()
    const bytes = new TextEncoder().encode('%PDF-1.7')
    await begin({
      print: async ({ name, input, template = 'usual', language }, { caller }) => {
        const { id } = input as { id: string }
        return id === 'none'
          ? { ok: false, kind: 'refusal', code: 'platform.notFound', details: {} }
          : { ok: true, body: bytes, file_name: `${name} ${id} ${language} ${String(template)} ${caller.desk.length > 0}.pdf`, mime: 'application/pdf' }
      },
      exportFile: async ({ name, input, format }) => {
        return { ok: true, body: bytes, file_name: `${name}.${format} ${JSON.stringify(input)}`, mime: 'text/csv' }
      },
    })
    const paper = await send(desk(), '/print/sales.invoice/abc.pdf?lang=zh-CN')
    expect(paper.text).toBe('%PDF-1.7')
    const headers = { 'content-type': 'application/pdf', 'x-frame-options': 'SAMEORIGIN', 'cache-control': 'no-store' }
    expect(paper.headers).toMatchObject(headers)
    expect(decodeURIComponent(paper.headers['content-disposition']!)).toContain('sales.invoice abc zh-CN usual true.pdf')
    expect((await send(desk(), '/print/sales.invoice/none.pdf')).status).toBe(409)
    const asked = { input: { id: 'abc' }, template: 'a5-wide', lang: 'en' }
    const held = (await send(desk(), '/print/sales.invoice', asJson(asked))).json as { output: { address: string } }
    // As often as it is looked at, and by nobody else.
    for (let i = 0; i < 2; i++) {
      const again = await send(desk(), held.output.address)
      expect(decodeURIComponent(again.headers['content-disposition']!)).toContain('sales.invoice abc en a5-wide true.pdf')
    }
    expect((await send(desk(), '/print/held/0.pdf')).json).toMatchObject({ code: 'host.paperGone' })
    expect((await send(desk(), '/print/sales.invoice', asJson({ input: { id: 'none' } }))).json).toMatchObject({ ok: false, code: 'platform.notFound' })
    expect((await send(desk(), '/print/sales.invoice', { method: 'POST', body: 'x', headers: { 'content-type': 'text/plain' } })).status).toBe(415)
    const table = await send(desk(), `/export/accounting.journal?format=csv&input=${encodeURIComponent('{"from":"2026-01-01"}')}`)
    expect(decodeURIComponent(table.headers['content-disposition']!)).toContain('attachment')
    expect(decodeURIComponent(table.headers['content-disposition']!)).toContain('accounting.journal.csv {"from":"2026-01-01"}')
    expect((await send(desk(), '/export/accounting.journal?input=%7B')).json).toMatchObject({ code: 'host.malformedJson' })
  })
})

describe('/lobby', () => {
  it('creates with only a name, opens, closes and forgets', async () => {
    const zh = { 'accept-language': 'zh-CN' }
    const created = await send(desk(), '/lobby/create', asJson({ name: '老王超市' }, zh))
    expect(created.json).toMatchObject({ ok: true, output: { open: { name: '老王超市' } } })
    expect(door.created[0]).toMatchObject({ profile: 'cn-small', currency: 'CNY', taxpayer: 'small', locale: 'zh-CN' })
    const lobby = async (action: string, input: unknown) => (await send(desk(), `/lobby/${action}`, asJson(input))).json
    expect(await lobby('create', { name: '' })).toMatchObject({ kind: 'invalid', details: { problems: [{ path: ['name'] }] } })
    expect(await lobby('open', { data: '/nowhere/at all' })).toMatchObject({ kind: 'refusal', code: 'host.companyMissing' })
    expect(await lobby('open-sample', {})).toMatchObject({ ok: true })
    expect(await lobby('close', {})).toMatchObject({ output: { open: null } })
    expect(await lobby('forget', { data: place.company })).toMatchObject({ ok: true })
    const folders = expect.arrayContaining([{ name: 'shop', data: place.company }])
    expect(await lobby('folders', { folder: place.home })).toMatchObject({ output: { folder: place.home, folders } })
  })
})

describe('the life of a host', () => {
  it('leaves a note by which a second start gets a link, and takes it away', async () => {
    const { port, key } = JSON.parse(readFileSync(hostNote(place.home), 'utf8')) as { port: number; key: string }
    const { json } = await send({ port }, '/new-link', { method: 'POST', headers: { authorization: `Bearer ${key}` } })
    expect(await enter((json as { output: { link: string } }).output.link)).toMatch(/^zhanggui_\d+=/)
    await host.close()
    expect(() => readFileSync(hostNote(place.home))).toThrow()
    expect(office().isClosed).toBe(true)
  })

  it('waits for no page once it is closing', async () => {
    let alone = 0
    const presence = new Presence({ patienceMs: 1, onAlone: () => alone++ })
    await presence.line().body?.cancel()
    await expect.poll(() => alone).toBe(1)
    const left = presence.line()
    presence.stop()
    await left.body?.cancel()
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(alone).toBe(1)
  })

  it('closes after the last page is gone, not while one is there or comes back', async () => {
    await host.close()
    await begin({ whenAlone: 'close', patienceMs: 60 })
    let isClosed = false
    void host.closed.then(() => (isClosed = true))
    const page = new AbortController()
    const line = await fetch(`http://127.0.0.1:${host.port}/alive`, { headers: { cookie }, signal: page.signal })
    expect(line.headers.get('content-type')).toBe('text/event-stream')
    await new Promise((resolve) => setTimeout(resolve, 150))
    expect(isClosed).toBe(false)
    page.abort()
    await host.closed
    expect(office().isClosed).toBe(true)
  })
})
