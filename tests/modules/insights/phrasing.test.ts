import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, expect, test } from 'vitest'
import { askEndpoint } from '../../../src-main/app/phrasing/endpoint.ts'
import { errandOf, wordingOf } from '../../../src-main/app/phrasing/words.ts'
import { Refusal } from '../../../src-main/kernel/refusal.ts'
import * as crm from '../../../src-main/modules/crm/contract.ts'
import * as insights from '../../../src-main/modules/insights/contract.ts'
import * as parties from '../../../src-main/modules/parties/contract.ts'
import { erasePerson, setSetting } from '../../../src-main/modules/platform/contract.ts'
import { testOffice } from '../../support/office.ts'
import { addUser, openToOthers } from '../../support/people.ts'

// A service of one's own on this PC, well-behaved and not.

const servers: Server[] = []
afterAll(() => servers.forEach((s) => (s.closeAllConnections(), s.close())))
async function serve(answer: (request: { readonly body: string; readonly headers: IncomingMessage['headers']; readonly url: string }, response: ServerResponse) => void): Promise<string> {
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (part: Buffer) => (body += part.toString()))
    request.on('end', () => answer({ body, headers: request.headers, url: request.url! }, response))
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`
}
const saying = (content: unknown): string => JSON.stringify({ choices: [{ message: { role: 'assistant', content } }] })
const codeOf = async (work: Promise<unknown> | (() => unknown)): Promise<string> => {
  try {
    await (typeof work === 'function' ? work() : work)
  } catch (error) {
    if (error instanceof Refusal) return error.code.replace('insights.phrasing', '')
    throw error
  }
  return 'answered'
}
const ask = (url: string, seconds = 1) => askEndpoint({ url, model: 'small', seconds, key: 'k-1' }, [{ role: 'user', content: 'x' }])

test('the service is asked at the address that was typed, and everything that goes wrong has its name', async () => {
  const seen: { url: string; body: string; key: string | undefined }[] = []
  const good = await serve(({ url, body, headers }, r) => (seen.push({ url, body, key: headers.authorization }), r.end(saying('好的'))))
  expect(await ask(good)).toBe('好的')
  expect(await ask(`${good}/chat/completions`)).toBe('好的')
  expect(seen.map((s) => s.url)).toEqual(['/v1/chat/completions', '/v1/chat/completions'])
  expect(seen[0]!.key).toBe('Bearer k-1')
  expect(JSON.parse(seen[0]!.body)).toEqual({ model: 'small', messages: [{ role: 'user', content: 'x' }], temperature: 0.3, max_tokens: 600, stream: false })
  const status = (code: number) => serve((_, r) => r.writeHead(code).end('{}'))
  expect(await codeOf(ask(await status(401)))).toBe('KeyRefused')
  expect(await codeOf(ask(await status(404)))).toBe('ModelUnknown')
  expect(await codeOf(ask(await status(429)))).toBe('Busy')
  expect(await codeOf(ask(await status(500)))).toBe('Failed')
  expect(await codeOf(ask(await serve((_, r) => r.end('{"choices": ['))))).toBe('Unreadable')
  expect(await codeOf(ask(await serve((_, r) => r.end(saying(null)))))).toBe('Unreadable')
  // Hanging before a word, and hanging in the middle of one.
  expect(await codeOf(ask(await serve(() => undefined)))).toBe('TimedOut')
  expect(await codeOf(ask(await serve((_, r) => void r.write('{"choices"'))))).toBe('TimedOut')
  expect(await ask(await serve((_, r) => void setTimeout(() => r.end(saying('慢')), 300)))).toBe('慢')
  let sent = 0
  const huge = await serve((_, r) => {
    const more = (): void => void (sent < 200 && !r.destroyed && (sent++, r.write('x'.repeat(65_536), more)))
    more()
  })
  expect(await codeOf(ask(huge, 10))).toBe('TooLong')
  expect(sent).toBeLessThan(200)
  // It may not send us elsewhere: only what was typed is asked.
  const before = seen.length
  expect(await codeOf(ask(await serve((_, r) => r.writeHead(307, { location: `${good}/chat/completions` }).end())))).toBe('LedElsewhere')
  expect(seen.length).toBe(before)
  expect(await codeOf(ask('http://127.0.0.1:9/v1'))).toBe('Unreachable')
  expect(await codeOf(ask('ftp://x/v1'))).toBe('BadAddress')
  expect(await codeOf(ask('http://api.example.com/v1'))).toBe('NotEncrypted')
})

type Task = Parameters<typeof errandOf>[0]
const task = (more: Partial<Task>): Task => ({ url: '', model: '', seconds: 1, what: 'quoteSilent', because: { number: 'QU2026-00012', days: 12, amount_minor: 1_234_500 }, sends_names: 0, customer: null, ...more })

test('names stay at home unless they may go, long numbers always do, and what comes back is put together again', () => {
  const at = { locale: 'zh-CN' as const, currency: 'CNY' }
  const e = errandOf(task({}), at)
  expect(e.messages[1]!.content).toContain('[A]')
  expect(e.messages[1]!.content).not.toContain('00012')
  expect(wordingOf('给客户打个电话，问问报价 [A] 的意见，12,345.00 元等了12天了。', e)).toBe('给客户打个电话，问问报价 QU2026-00012 的意见，12,345.00 元等了12天了。')
  const named = errandOf(task({ what: 'lateTask', because: { title: '回电 138 0013 8000', days: 3 }, sends_names: 1, customer: '华美贸易 13800138000' }), at)
  expect(JSON.stringify(named.messages)).not.toMatch(/138/)
  expect(errandOf(task({ what: 'lateTask', because: { title: '送样品', days: 3 }, sends_names: 1, customer: '华美贸易' }), at).messages[1]!.content).toMatch(/华美贸易[\s\S]*送样品/)
  const en = errandOf(task({ what: 'crossSell', because: { name: 'Green tea', other: 'Cups', share_e8: 35_000_000 } }), { locale: 'en', currency: 'USD' })
  expect(wordingOf('<think>35 of 99?</think> "Suggest [A]: 35% of those who take [B] take it too."', en)).toBe('Suggest Green tea: 35% of those who take Cups take it too.')
})

test('a wording that brings other figures is thrown away', async () => {
  const e = errandOf(task({}), { locale: 'zh-CN', currency: 'CNY' })
  const en = errandOf(task({}), { locale: 'en', currency: 'USD' })
  const no = (text: string, of = e) => codeOf(() => wordingOf(text, of))
  for (const bad of ['报价 [A] 已经13天了。', '报价 [A] 打八折吧。', '等了三天了。', '再给百分之五。', '报价 [B] 呢？', '报价 [1] 呢？', '１３天了', '先问两次再说。']) expect(await no(bad), bad).toBe('OtherFigures')
  for (const bad of ['It waited for 13 days.', 'It waited for two weeks.', 'Offer half the price.', 'Call twice.']) expect(await no(bad, en), bad).toBe('OtherFigures')
  for (const fine of ['联系一下客户，问问 [A]。', '等了12天，十二天不短了。', '一起看看报价 [A]。']) expect(await no(fine), fine).toBe('answered')
  expect(await no('It waited for twelve days, 12,345.00 in all.', en)).toBe('answered')
  for (const odd of ['', '   ', '<b>x</b>', '见 https://x.example', 'x'.repeat(401)]) expect(await no(odd), odd).toBe('Unreadable')
})

test('only of customers whom one may see, and of nobody whose data were erased', async () => {
  const t = await testOffice()
  await openToOthers(t)
  const amy = await addUser(t, { login: 'amy', role: 'sales' })
  const { party_id } = await t.run(parties.createParty, { name: '张三', kind: 'person', phone: '13800138000' })
  await t.run(crm.createTask, { kind: 'todo', title: '回电', due_on: t.today, party_id })
  t.today = '2026-01-20'
  expect((await t.refused(insights.phrasingTask, { party_id })).code).toBe('insights.phrasingOff')
  expect((await t.refused(insights.phrasingAccount, {})).code).toBe('insights.phrasingOff')
  expect((await t.answer(setSetting, { key: 'insights.phrasing_url', value: 'javascript:alert(1)' })).ok).toBe(false)
  await t.run(setSetting, { key: 'insights.phrasing_url', value: 'http://localhost:11434/v1' })
  expect(await t.run(insights.setPhrasingKey, { secret: 'k' })).toEqual({})
  expect(await t.ask(insights.phrasingAccount, {})).toEqual({ url: 'http://localhost:11434/v1', model: '', seconds: 20 })
  expect((await t.refused(insights.phrasingAccount, {}, amy)).code).toBe('platform.notPermitted')
  expect(await t.ask(insights.phrasingTask, { party_id })).toMatchObject({ what: 'lateTask', sends_names: 0, customer: null })
  await t.run(setSetting, { key: 'insights.phrasing_names', value: 1 })
  expect(await t.ask(insights.phrasingTask, { party_id }, amy)).toMatchObject({ customer: '张三' })
  await t.run(parties.assignParty, { party_id, user_id: (await t.office.bus.people()).ownerId! })
  expect((await t.refused(insights.phrasingTask, { party_id }, amy)).code).toBe('parties.partyNotFound')
  // Somebody known since today: the rules have nothing to say yet.
  t.today = '2026-01-15'
  const fresh = await t.run(parties.createParty, { name: '新客' })
  expect((await t.refused(insights.phrasingTask, { party_id: fresh.party_id })).code).toBe('insights.nothingToPhrase')
  t.today = '2026-01-20'
  await t.run(erasePerson, { subject_kind: 'parties.party', subject_id: party_id, asked_by: 'self', asked_on: t.today } as never)
  expect((await t.refused(insights.phrasingTask, { party_id })).code).toBe('parties.personErased')
})
