import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AddressInfo } from 'node:net'
import { createTransport } from 'nodemailer'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { outcomeOf, type Outgoing, type Transport } from '../../../src-main/app/mail/postman.ts'
import { createCompany, openOffice, type OpenOffice } from '../../../src-main/app/office.ts'
import { newCommandId } from '../../../src-main/app/world.ts'
import type { CommandContract, OutputOf, QueryContract, SentInputOf } from '../../../src-main/kernel/contract.ts'
import * as marketing from '../../../src-main/modules/marketing/contract.ts'
import * as parties from '../../../src-main/modules/parties/contract.ts'
import { setSetting } from '../../../src-main/modules/platform/contract.ts'

// Acceptance: a thousand letters over a real SMTP server on this PC, with bounces, wishes to get no more, and the program killed in the middle.

const LETTERS = 1000
const folder = mkdtempSync(join(tmpdir(), 'zhanggui-mail-'))
const received = new Map<string, string[]>()
const busyOnce = new Set<string>()
let server: SMTPServer
let port = 0

beforeAll(async () => {
  process.env['ZHANGGUI_HOME'] = join(folder, 'home')
  server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onAuth: ({ username, password }, _session, done) => done(username === 'shop' && password === 'right' ? null : new Error('wrong password'), { user: 'shop' }),
    onRcptTo: ({ address }, _session, done) => {
      const no = (code: number, text: string) => done(Object.assign(new Error(text), { responseCode: code }))
      if (address.endsWith('@gone.example')) return no(550, '5.1.1 no such user')
      if (address.endsWith('@busy.example') && !busyOnce.has(address)) {
        busyOnce.add(address)
        return no(451, '4.3.2 try again later')
      }
      return done()
    },
    onData: (stream, session, done) => {
      let text = ''
      stream.on('data', (chunk: Buffer) => (text += chunk.toString()))
      stream.on('end', () => {
        for (const { address } of session.envelope.rcptTo) received.set(address, [...(received.get(address) ?? []), text])
        done()
      })
    },
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  port = (server.server.address() as AddressInfo).port
})
afterAll(async () => {
  for (const line of lines) line.close()
  await new Promise<void>((resolve) => server.close(resolve))
  rmSync(folder, { recursive: true, force: true })
  delete process.env['ZHANGGUI_HOME']
})

const clock = { skew: 0 }
const now = (): number => Date.now() + clock.skew
const open = (data: string): Promise<OpenOffice> => openOffice({ data, now, today: () => '2026-01-15' })

function desk(office: OpenOffice) {
  const owner = async () => ({ desk: 'test', userId: (await office.bus.people()).ownerId! })
  const good = async <O>(said: Promise<Awaited<ReturnType<OpenOffice['run']>>>): Promise<O> => {
    const result = await said
    if (!result.ok) throw new Error(JSON.stringify(result) + (result.kind === 'defect' ? readFileSync(join(office.place.log, 'defects.log'), 'utf8').slice(-1500) : ''))
    return result.output as O
  }
  return {
    run: async <C extends CommandContract>(contract: C, input: SentInputOf<C>) => good<OutputOf<C>>(office.run({ name: contract.name, input, commandId: newCommandId() }, await owner())),
    ask: async <C extends QueryContract>(contract: C, input: SentInputOf<C>) => good<OutputOf<C>>(office.ask({ name: contract.name, input }, await owner())),
    refusal: async (contract: CommandContract, input: unknown) => (await office.run({ name: contract.name, input, commandId: newCommandId() }, await owner())) as { code: string },
  }
}
const lines: Transport[] = []
function plain(): Transport {
  const line = createTransport({ host: '127.0.0.1', port, secure: false, ignoreTLS: true, pool: true, maxConnections: 1 })
  lines.push(line)
  return line
}

async function company(name: string): Promise<string> {
  const data = join(folder, name)
  await createCompany({ data, founding: { name: '测试商行', profile: 'cn-small', currency: 'CNY', first_day: '2026-01-01' } as never, now, today: () => '2026-01-15' })
  return data
}
async function withAccount(d: ReturnType<typeof desk>): Promise<void> {
  const account = { mail_host: '127.0.0.1', mail_port: port, mail_security: 'none', mail_from: 'shop@zhanggui.example', mail_from_name: '测试商行', mail_rate: 100_000 }
  for (const [key, value] of Object.entries(account)) await d.run(setSetting, { key: `marketing.${key}`, value })
}

test(`${LETTERS} letters: bounces, wishes to get no more, and a restart in the middle, none sent twice`, { timeout: 300_000 }, async () => {
  const data = await company('thousand')
  const first = await open(data)
  const d = desk(first)
  await withAccount(d)
  const ids: string[] = []
  for (let i = 0; i < LETTERS; i++) {
    const host = i < 30 ? 'gone.example' : i < 50 ? 'busy.example' : 'good.example'
    const { party_id } = await d.run(parties.createParty, { name: `客户${i}`, code: `K${i}`, ...(i >= 995 ? {} : { email: i === 994 ? 'C993@good.example' : `c${i}@${host}` }), accept_duplicate: 1 })
    ids.push(party_id)
  }
  const { campaign_id } = await d.run(marketing.createCampaign, { name: '春茶', channel: 'email', from_on: '2026-01-10', to_on: '2026-02-10', cost_minor: 10_000 })
  expect(await d.run(marketing.addMembers, { campaign_id, party_ids: ids })).toEqual({ added: LETTERS, without_email: 5 })
  for (const i of [100, 101, 102]) await d.run(marketing.unsubscribe, { party_id: ids[i]! })
  await d.run(marketing.unsubscribe, { email: 'C103@Good.example', reason: '电话里说的' })
  const { letter_id } = await d.run(marketing.createLetter, { campaign_id, subject: '{{客户}}，新茶到了', body: '{{contact}} 您好！\n{{unsubscribe}}' })
  // Four want none, two share an address, five have none.
  expect(await d.run(marketing.queueLetter, { letter_id })).toMatchObject({ queued: LETTERS - 5 - 4 - 1, skipped: 5 })

  // The program dies in the middle: the 400th letter has left, and nobody has written that down.
  const real = plain()
  let handed = 0
  let die: (error: Error) => void = () => undefined
  const dying: Transport = {
    sendMail: async (letter: Outgoing) => {
      const said = await real.sendMail(letter)
      if (++handed === 400) await new Promise((_, reject) => (die = reject))
      return said
    },
    close: () => undefined,
  }
  const lost = first.sendLetters(dying)
  await expect.poll(() => handed, { timeout: 120_000 }).toBe(400)
  await first.engine.close()
  die(new Error('killed'))
  await lost
  real.close()
  const before = received.size

  const second = await open(data)
  const e = desk(second)
  await e.run(marketing.unsubscribe, { party_id: ids[900]! })
  await second.sendLetters(plain())
  const counts = async () => Object.fromEntries((await e.ask(marketing.getLetter, { letter_id })).counts.map((c) => [c.state, c.count]))
  expect(await counts()).toEqual({ sent: LETTERS - 5 - 5 - 30 - 20 - 1 - 1, unknown: 1, bounced: 30, waiting: 20, skipped: 6 })
  expect(received.size).toBeGreaterThan(before)
  // The one in hand is asked about, and was there: not sent again.
  const [unknown] = (await e.ask(marketing.listMail, { letter_id, show: 'unknown' })).rows
  expect(received.has(unknown!.email!.toLowerCase())).toBe(true)
  await e.run(marketing.settleMail, { mail_id: unknown!.mail_id, was: 'sent' })
  expect((await e.refusal(marketing.settleMail, { mail_id: unknown!.mail_id, was: 'sent' })).code).toBe('marketing.mailStateForbids')
  // What was told to come later goes when it is time, and not before.
  expect(await second.sendLetters(plain())).toBe(0)
  clock.skew += 3 * 60_000
  expect(await second.sendLetters(plain())).toBe(20)
  expect(await second.sendLetters(plain())).toBe(0)

  const wanted = LETTERS - 5 - 30 - 5 - 1
  expect(received.size).toBe(wanted)
  expect([...received.values()].filter((texts) => texts.length !== 1)).toEqual([])
  const ours = [...received.values()].map(([text]) => /^Message-ID: <([^@]+)@zhanggui\.example>/im.exec(text!)![1])
  expect(new Set(ours).size).toBe(wanted)
  for (const who of ['c100@good.example', 'c103@good.example', 'c900@good.example']) expect(received.has(who)).toBe(false)
  const one = received.get('c500@good.example')![0]!
  expect(one).toMatch(/^List-Unsubscribe: <mailto:shop@zhanggui\.example/im)
  expect(one).toMatch(/^From: =\?UTF-8\?.*<shop@zhanggui\.example>/im)

  // A report that comes back later, and somebody's answer.
  const [sent] = (await e.ask(marketing.listMail, { letter_id, show: 'sent', text: 'c500@' })).rows
  const report = `Subject: Delivery Status Notification (Failure)\n\nFinal-Recipient: rfc822; c500@good.example\nAction: failed\nStatus: 5.2.1\n\nMessage-ID: <${sent!.mail_id}@zhanggui.example>\n`
  expect(await e.run(marketing.readReturned, { text: report })).toEqual({ bounced: 1, unsubscribed: 0 })
  expect(await e.run(marketing.readReturned, { text: 'From: 客户 <C501@good.example>\nSubject: 退订\n\n谢谢' })).toEqual({ bounced: 0, unsubscribed: 1 })
  expect((await e.refusal(marketing.readReturned, { text: 'Final-Recipient: rfc822; c502@good.example\nStatus: 4.4.1\n' })).code).toBe('marketing.nothingRecognised')
  expect(await counts()).toMatchObject({ bounced: 31, sent: wanted - 1, skipped: 6 })
  const next = await e.run(marketing.createLetter, { campaign_id, subject: '再会', body: '好' })
  expect(await e.run(marketing.queueLetter, { letter_id: next.letter_id })).toMatchObject({ skipped: 7 })
  expect((await second.verify()).broken).toEqual([])
  expect(readFileSync(join(data, 'company.db')).includes('right')).toBe(false)
  await second.close()
})

test('the account with its password: kept beside the company, held while the server is out of reach or says no', { timeout: 60_000 }, async () => {
  const data = await company('account')
  const office = await open(data)
  const d = desk(office)
  const { party_id } = await d.run(parties.createParty, { name: '甲', email: 'jia@good.example' })
  const { campaign_id } = await d.run(marketing.createCampaign, { name: '一', channel: 'email', from_on: '2026-01-10', to_on: '2026-01-20' })
  await d.run(marketing.addMembers, { campaign_id, party_ids: [party_id] })
  const { letter_id } = await d.run(marketing.createLetter, { campaign_id, subject: 'x', body: 'y' })
  expect((await d.refusal(marketing.queueLetter, { letter_id })).code).toBe('marketing.noAccount')
  await withAccount(d)
  await d.run(setSetting, { key: 'marketing.mail_user', value: 'shop' })
  await d.run(marketing.queueLetter, { letter_id })
  await d.run(marketing.setMailPassword, { secret: 'wrong-secret' })
  expect(await office.sendLetters()).toBe(0)
  expect((await d.ask(marketing.listMail, { letter_id })).rows).toMatchObject([{ state: 'waiting', tries: 0, reply: expect.stringContaining('wrong password') }])
  await d.run(marketing.setMailPassword, { secret: 'right' })
  clock.skew += 3 * 60_000
  expect(await office.sendLetters()).toBe(1)
  expect(received.get('jia@good.example')).toHaveLength(1)
  // Paused letters stay; the rate holds back what is too much for a minute.
  const more = await d.run(marketing.createLetter, { campaign_id, subject: 'x2', body: 'y' })
  await d.run(marketing.queueLetter, { letter_id: more.letter_id })
  await d.run(marketing.pauseLetter, { letter_id: more.letter_id, paused: 1 })
  expect(await office.sendLetters()).toBe(0)
  await d.run(marketing.pauseLetter, { letter_id: more.letter_id, paused: 0 })
  await d.run(setSetting, { key: 'marketing.mail_rate', value: 1 })
  expect(await office.sendLetters()).toBe(0)
  clock.skew += 61_000
  expect(await office.sendLetters()).toBe(1)
  expect((await d.refusal(marketing.updateLetter, { letter_id, subject: 'z', body: 'z' })).code).toBe('marketing.letterIsQueued')
  expect((await d.refusal(marketing.queueLetter, { letter_id })).code).toBe('marketing.nobodyToWrite')
  const { rows } = await office.engine.read(async (db) => ({ rows: await db.all<{ input: string }>('select input from platform_audit order by seq', []).catch(() => db.all<{ input: string }>('select input from platform_audit')) }))
  expect(JSON.stringify(rows)).not.toContain('wrong-secret')
  await office.close()
})

test('what an error of the server says of the letter', () => {
  const became = (error: object) => outcomeOf(error).became
  expect(became({ code: 'EENVELOPE', responseCode: 550, command: 'RCPT TO' })).toBe('bounced')
  expect(became({ code: 'EENVELOPE', responseCode: 452, command: 'RCPT TO' })).toBe('later')
  expect(became({ code: 'EMESSAGE', responseCode: 554, command: 'DATA' })).toBe('bounced')
  expect(became({ code: 'EAUTH', responseCode: 535, command: 'AUTH PLAIN' })).toBe('held')
  expect(became({ code: 'ESOCKET', command: 'CONN' })).toBe('held')
  expect(became({ code: 'EDNS' })).toBe('held')
  expect(became({ code: 'ETIMEDOUT', command: 'DATA' })).toBe('unknown')
  expect(became(new Error('socket closed'))).toBe('unknown')
})
