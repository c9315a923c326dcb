import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startHost, type Host } from '../../../src-main/host.ts'
import { asJson, enter, send, type Reply } from './browser.ts'
import { StubDoor, temporaryHome } from './stub-office.ts'

let host: Host
let door: StubDoor
let place: ReturnType<typeof temporaryHome>
let cookie: string

beforeEach(async () => {
  door = new StubDoor()
  place = temporaryHome()
  host = await startHost({ lobbyHome: place.home, door, pages: place.pages, data: place.company, port: 0 })
  cookie = await enter(host.newLink())
})
afterEach(() => host.close())

const call = { name: 'sales.orders', input: {} }
const reached = (): number => door.offices.flatMap((o) => o.seen).length
const desk = () => ({ port: host.port, cookie })

/** A refusal by name, and nothing behind the guard has heard of it. */
function refused(reply: Reply, status: number, code: string): void {
  expect({ status: reply.status, body: reply.json }).toMatchObject({ status, body: { ok: false, code } })
  expect(reached()).toBe(0)
}

describe('who may call', () => {
  it('answers the desk that was let in', async () => {
    const reply = await send(desk(), '/api/sales.orders', asJson({}))
    expect(reply.json).toMatchObject({ ok: true })
    expect(reached()).toBe(1)
  })

  it('refuses another Host, as DNS rebinding sends it', async () => {
    for (const name of [`evil.example:${host.port}`, 'evil.example', `127.0.0.1:${host.port + 1}`, `127.0.0.1.evil.example:${host.port}`]) {
      refused(await send(desk(), '/api/sales.orders', asJson({}, { host: name })), 403, 'host.wrongHost')
    }
  })

  it('refuses another Origin, also where only Sec-Fetch-Site tells of it', async () => {
    for (const origin of ['http://evil.example', 'null', `https://127.0.0.1:${host.port}`, `http://localhost:${host.port}`]) {
      refused(await send(desk(), '/rpc/ask', asJson({ json: call }, { origin })), 403, 'host.wrongOrigin')
    }
    refused(await send(desk(), '/lobby/state', { headers: { 'sec-fetch-site': 'cross-site' } }), 403, 'host.wrongOrigin')
    refused(await send(desk(), '/lobby/state', { headers: { 'sec-fetch-site': 'same-site' } }), 403, 'host.wrongOrigin')
  })

  it('refuses whoever has no cookie or a wrong one, on every door', async () => {
    const doors = ['/api/sales.orders', '/rpc/ask', '/lobby/open', '/files/upload']
    for (const path of doors) refused(await send({ port: host.port }, path, asJson(call)), 401, 'host.notLetIn')
    const wrong = `zhanggui_${host.port}=${'x'.repeat(43)}`
    for (const path of doors) refused(await send({ port: host.port, cookie: wrong }, path, asJson(call)), 401, 'host.notLetIn')
    for (const path of ['/', '/lobby/state', '/alive', '/api/openapi.json', '/api/reads.json', '/print/sales.invoice/1.pdf', '/export/journal']) {
      refused(await send({ port: host.port }, path), 401, 'host.notLetIn')
    }
  })

  it('tells a person without a cookie how to get in, in both languages', async () => {
    const page = await send({ port: host.port }, '/', { headers: { accept: 'text/html' } })
    expect(page.status).toBe(401)
    expect(page.text).toMatch(/链接.*link/su)
  })

  it('lets a link in once', async () => {
    const link = new URL(host.newLink())
    const first = await send({ port: host.port }, link.pathname + link.search)
    expect(first.status).toBe(303)
    expect(first.headers['location']).toBe('/')
    expect(first.headers['set-cookie']?.[0]).toMatch(/HttpOnly.*SameSite=Strict/i)
    refused(await send({ port: host.port }, link.pathname + link.search), 401, 'host.linkUsed')
    refused(await send({ port: host.port }, '/enter?token=guess'), 401, 'host.linkUsed')
    refused(await send({ port: host.port }, '/enter'), 401, 'host.linkUsed')
  })

  it('gives a new link only to the holder of the key', async () => {
    const guess = { method: 'POST', headers: { authorization: 'Bearer guess' } }
    refused(await send({ port: host.port }, '/new-link', guess), 401, 'host.notLetIn')
    refused(await send(desk(), '/new-link', { method: 'POST' }), 401, 'host.notLetIn')
  })
})

describe('what is sent', () => {
  it('refuses JSON that is none', async () => {
    for (const body of ['{"a":', 'nonsense', '{"a":1}}', '\u0000']) {
      refused(await send(desk(), '/api/sales.orders', asJson(body)), 400, 'host.malformedJson')
    }
    refused(await send(desk(), '/lobby/open', asJson('{')), 400, 'host.malformedJson')
    const rpc = await send(desk(), '/rpc/ask', asJson('{"json":'))
    expect(rpc.status).toBe(400)
    expect(rpc.json).toMatchObject({ json: { code: 'BAD_REQUEST' } })
    expect(rpc.text).not.toMatch(/stack|at .*\.ts/)
    expect(reached()).toBe(0)
  })

  it('refuses every form that a foreign page could send without asking', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/jsonx']) {
      for (const path of ['/api/sales.orders', '/rpc/ask', '/lobby/close']) {
        refused(await send(desk(), path, { method: 'POST', headers: { 'content-type': type }, body: '{}' }), 415, 'host.notJson')
      }
    }
  })

  it('refuses a body that is too large, with and without a length', async () => {
    const large = `"${'x'.repeat(25 * 1024 * 1024)}"`
    refused(await send(desk(), '/api/sales.orders', asJson(large)), 413, 'host.bodyTooLarge')
    const parts = Array.from({ length: 26 }, () => Buffer.alloc(1024 * 1024, 0x20))
    refused(await send(desk(), '/rpc/ask', { ...asJson(''), body: parts }), 413, 'host.bodyTooLarge')
  })

  it('refuses an envelope that has not the form of a call', async () => {
    for (const envelope of [null, 'x', [], {}, { name: 5 }, { name: '' }, { name: 'x'.repeat(201) }, { name: 'a', commandId: 7 }]) {
      const reply = await send(desk(), '/rpc/run', asJson({ json: envelope }))
      expect(reply.json).toMatchObject({ json: { ok: false, kind: 'invalid', code: 'host.malformedCall' } })
    }
    expect(reached()).toBe(0)
  })

  it('refuses operations and addresses that do not exist', async () => {
    refused(await send(desk(), '/api/sales.nothing', asJson({})), 404, 'host.noSuchOperation')
    refused(await send(desk(), '/api/__proto__', asJson({})), 404, 'host.noSuchOperation')
    refused(await send(desk(), '/rpc/close', asJson({})), 404, 'host.noSuchPage')
    for (const path of ['/rpc/ask', '/lobby/nothing', '/files/other', '/print/x']) refused(await send(desk(), path), 404, 'host.noSuchPage')
  })
})

describe('what is served', () => {
  it('serves the pages and only them', async () => {
    symlinkSync(join(place.home, 'secret.txt'), join(place.pages, 'leak.txt'))
    const ways = [
      '/../secret.txt',
      '/assets/../../secret.txt',
      '/%2e%2e/secret.txt',
      '/..%2fsecret.txt',
      '/assets/%2e%2e%2f%2e%2e%2fsecret.txt',
      '/..\\secret.txt',
      '/%00/secret.txt',
      '/leak.txt',
      '//secret.txt',
      '/%E0%A4%A',
      `/${join(place.home, 'secret.txt')}`,
    ]
    for (const path of ways) {
      const reply = await send(desk(), path)
      expect([path, reply.status, reply.text.includes('not for pages')]).toEqual([path, expect.toBeOneOf([400, 404]), false])
    }
    expect((await send(desk(), '/')).text).toContain('workbench')
    expect((await send(desk(), '/sales/orders/17')).text).toContain('workbench')
    expect((await send(desk(), '/assets/main-abc.js')).headers['content-type']).toMatch(/javascript/)
    expect((await send(desk(), '/', { method: 'POST' })).status).toBe(405)
  })

  it('puts the protecting headers on every answer', async () => {
    const protecting = {
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
    }
    const answers = [await send({ port: host.port }, '/')]
    for (const path of ['/', '/lobby/state', '/x.js']) answers.push(await send(desk(), path))
    for (const { headers } of answers) {
      expect(headers).toMatchObject(protecting)
      expect(headers['content-security-policy']).toMatch(/default-src 'none'.*script-src 'self';.*frame-ancestors 'none'/)
    }
  })

  it('answers on 127.0.0.1 only', async () => {
    await expect(fetch(`http://[::1]:${host.port}/`)).rejects.toThrow()
  })
})
