import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createCompany, type OpenOffice } from '../../../src-main/app/office.ts'
import { newCommandId } from '../../../src-main/app/world.ts'
import { startHost, type Host } from '../../../src-main/host.ts'
import { asJson, enter, send } from './browser.ts'
import { doorInThread } from './door-in-thread.ts'

// Files end to end: sent by a page, kept by their hash, handed out to who may see the record, swept when nobody names them.

let host: Host
let office: OpenOffice
let home: string
let data: string
let cookie: string
let party_id: string
const desk = () => ({ port: host.port, cookie })
const PASSWORD = 'correct horse'
const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex')
const stored = (text: string): string => join(data, 'files', hashOf(text).slice(0, 2), hashOf(text).slice(2))

const door = doorInThread((opened) => void (office = opened))

const owner = async () => ({ desk: 'test', userId: (await office.bus.people()).ownerId! })
async function run<T>(name: string, input: unknown): Promise<T> {
  const answer = await office.run({ name, input, commandId: newCommandId() }, await owner())
  if (!answer.ok) throw new Error(JSON.stringify(answer))
  return answer.output as T
}

async function begin(): Promise<void> {
  host = await startHost({ lobbyHome: home, door, pages: home, data, port: 0 })
  cookie = await enter(host.newLink())
}

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'zhanggui-attach-'))
  data = join(home, 'shop')
  writeFileSync(join(home, 'index.html'), '<!doctype html>')
  await createCompany({ data, founding: { name: 'shop', profile: 'cn-small', currency: 'CNY', first_day: '2026-01-01' } as never })
  await begin()
  party_id = (await run<{ party_id: string }>('parties.createParty', { name: '甲', is_customer: 1 })).party_id
})
afterEach(async () => {
  await host.close()
  rmSync(home, { recursive: true, force: true })
})

const address = (more: Record<string, string> = {}): string =>
  `/attachments?${new URLSearchParams({ source_kind: 'parties.party', source_id: party_id, name: '营业执照.pdf', ...more }).toString()}`
const attach = (text: string, more: Record<string, string> = {}, headers: Record<string, string> = {}) =>
  send(desk(), address(more), { method: 'POST', body: text, headers: { 'content-type': 'application/octet-stream', ...headers } })
const idOf = (reply: { json: never }): string => (reply.json as { output: { attachment_id: string } }).output.attachment_id

describe('attachments', () => {
  it('go up in one call, are kept by their hash, and come down as they were', async () => {
    const sent = await attach('a licence')
    expect(sent.json).toMatchObject({ ok: true })
    expect(readFileSync(stored('a licence'), 'utf8')).toBe('a licence')
    const got = await send(desk(), `/attachments/${idOf(sent)}`)
    expect(got).toMatchObject({ status: 200, text: 'a licence' })
    expect(got.headers).toMatchObject({ 'content-type': 'application/pdf', 'x-content-type-options': 'nosniff', 'content-length': '9' })
    expect(decodeURIComponent(got.headers['content-disposition']!)).toBe("attachment; filename*=UTF-8''营业执照.pdf")
    const shown = await send(desk(), `/attachments/${idOf(sent)}?show=1`)
    expect(shown.headers).toMatchObject({ 'content-disposition': expect.stringMatching(/^inline;/), 'x-frame-options': 'SAMEORIGIN', 'content-security-policy': "frame-ancestors 'self'" })
    const page = idOf(await attach('<script>alert(1)</script>', { name: 'page.html' }, { 'content-type': 'text/html' }))
    expect((await send(desk(), `/attachments/${page}?show=1`)).headers['content-disposition']).toMatch(/^attachment;/)
    const again = await attach('a licence', { name: '../../evil.html' }, { 'content-type': 'text/html' })
    expect(decodeURIComponent((await send(desk(), `/attachments/${idOf(again)}`)).headers['content-disposition']!)).toBe("attachment; filename*=UTF-8''evil.html")
    expect(readdirSync(join(data, 'files'))).toHaveLength(2)
    expect(readdirSync(join(data, 'staging', 'uploads'))).toEqual([])
    expect((await office.verify()).broken).toEqual([])
  })

  it('take a file uploaded before, once', async () => {
    const up = await send(desk(), '/files/upload', { method: 'POST', body: 'scan', headers: { 'x-file-name': 'scan.png' } })
    const { upload_id } = (up.json as { output: { upload_id: string } }).output
    const sent = await send(desk(), address({ upload_id }), { method: 'POST' })
    expect(sent.json).toMatchObject({ ok: true })
    expect((await send(desk(), address({ upload_id }), { method: 'POST' })).json).toMatchObject({ code: 'host.uploadGone' })
  })

  it('the same command again is the same attachment', async () => {
    const headers = { 'idempotency-key': newCommandId() }
    const first = await attach('once', {}, headers)
    expect((await attach('once', {}, headers)).json).toEqual(first.json)
  })

  it('refuse by name: nothing sent, no such record, a content that was never stored, a file that is gone or damaged', async () => {
    expect((await send(desk(), address(), { method: 'POST' })).json).toMatchObject({ code: 'platform.fileEmpty' })
    expect((await attach('x', { source_kind: 'parties.nothing' })).json).toMatchObject({ code: 'platform.attachmentSourceUnknown' })
    expect((await attach('x', { source_id: newCommandId() })).json).toMatchObject({ code: 'platform.attachmentSourceUnknown' })
    expect((await attach('x', { source_kind: 'nonsense' })).json).toMatchObject({ kind: 'invalid' })
    const made = { source_kind: 'parties.party', source_id: party_id, upload_sha256: hashOf('never'), name: 'a', mime: 'text/plain', size: 5 }
    expect((await send(desk(), '/api/platform.addAttachment', asJson(made, { 'idempotency-key': newCommandId() }))).json).toMatchObject({ code: 'platform.fileNotStored' })
    const id = idOf(await attach('a licence'))
    writeFileSync(stored('a licence'), 'a Licence')
    expect((await send(desk(), `/attachments/${id}`)).json).toMatchObject({ code: 'platform.attachmentFileDamaged', details: { name: '营业执照.pdf' } })
    expect((await office.verify()).broken).toMatchObject([{ rows: [{ sha256: hashOf('a licence'), state: 'damaged' }] }])
    rmSync(stored('a licence'))
    expect((await send(desk(), `/attachments/${id}`)).json).toMatchObject({ code: 'platform.attachmentFileMissing' })
    expect((await office.verify()).broken).toMatchObject([{ rows: [{ state: 'missing' }] }])
    // Sent once more, the content heals what names it.
    await attach('a licence')
    expect(await send(desk(), `/attachments/${id}`)).toMatchObject({ status: 200, text: 'a licence' })
    expect((await send(desk(), `/attachments/${newCommandId()}`)).json).toMatchObject({ code: 'platform.attachmentNotFound' })
  })

  it('are for those who may see the record, and for nobody who has not signed in', async () => {
    const id = idOf(await attach('a licence'))
    const roles = (await office.ask({ name: 'platform.roles', input: {} }, await owner())) as { output: { rows: { role_id: string; code: string }[] } }
    const sales = roles.output.rows.find((r) => r.code === 'sales')!.role_id
    await run('platform.setOwnPassword', { password: PASSWORD })
    const people = { bob: '', amy: '' }
    for (const login of ['bob', 'amy'] as const) {
      people[login] = (await run<{ user_id: string }>('platform.createUser', { login, name: login, password: PASSWORD, role_ids: [sales] })).user_id
    }
    await run('parties.assignParty', { party_id, user_id: people.amy })
    expect((await send(desk(), `/attachments/${id}`)).json).toMatchObject({ code: 'platform.notSignedIn' })
    expect((await attach('more')).json).toMatchObject({ code: 'platform.notSignedIn' })
    const asked = async (userId: string, name: string, input: unknown) => office.ask({ name, input }, { desk: 'x', userId })
    const source = { source_kind: 'parties.party', source_id: party_id }
    expect(await asked(people.amy, 'platform.attachment', { attachment_id: id })).toMatchObject({ ok: true })
    expect(await asked(people.bob, 'platform.attachment', { attachment_id: id })).toMatchObject({ code: 'platform.attachmentNotFound' })
    expect(await asked(people.bob, 'platform.attachments', source)).toMatchObject({ output: { rows: [] } })
    const as = async (userId: string) => office.run({ name: 'platform.removeAttachment', input: { attachment_id: id }, commandId: newCommandId() }, { desk: 'x', userId })
    expect(await as(people.bob)).toMatchObject({ code: 'platform.attachmentNotFound' })
    expect(await as(people.amy)).toMatchObject({ ok: true })
  })

  it('contents that nobody names are swept at the next start, not before they are a day old', async () => {
    const id = idOf(await attach('named'))
    const gone = idOf(await attach('taken off'))
    await run('platform.removeAttachment', { attachment_id: gone })
    mkdirSync(join(data, 'files', 'ab'), { recursive: true })
    writeFileSync(join(data, 'files', 'ab', 'c'.repeat(62)), 'young')
    writeFileSync(join(data, 'files', 'readme.txt'), 'not ours')
    const longAgo = new Date(Date.now() - 25 * 3_600_000)
    for (const text of ['named', 'taken off']) utimesSync(stored(text), longAgo, longAgo)
    await host.close()
    await begin()
    expect([existsSync(stored('named')), existsSync(stored('taken off'))]).toEqual([true, false])
    expect(existsSync(join(data, 'files', 'ab', 'c'.repeat(62)))).toBe(true)
    expect(existsSync(join(data, 'files', 'readme.txt'))).toBe(true)
    expect(await send(desk(), `/attachments/${id}`)).toMatchObject({ status: 200, text: 'named' })
  })
})

it('a company on a server refuses files by name, before anything is kept', async () => {
  const current = host.lobby.current()!
  Object.assign(current, { data: 'postgres://li@db.example/shop' })
  expect((await attach('x')).json).toMatchObject({ code: 'platform.notOnServerYet', details: { what: 'attachments' } })
  Object.assign(current, { data })
})
