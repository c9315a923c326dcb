import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createCompany, openOffice, type OpenOffice } from '../../../src-main/app/office.ts'
import { newCommandId } from '../../../src-main/app/world.ts'
import type { CommandContract, OutputOf, QueryContract, SentInputOf } from '../../../src-main/kernel/contract.ts'
import * as marketing from '../../../src-main/modules/marketing/contract.ts'
import * as parties from '../../../src-main/modules/parties/contract.ts'
import { setSetting } from '../../../src-main/modules/platform/contract.ts'

// Letters over encrypted lines, against servers on this PC with a certificate of our own making.

const folder = mkdtempSync(join(tmpdir(), 'zhanggui-tls-'))
const clock = { skew: 0 }
const now = (): number => Date.now() + clock.skew

function madeCertificate(): { key: string; cert: string } | undefined {
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  try {
    execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', cert, '-days', '2', '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'], { stdio: 'ignore' })
    return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') }
  } catch {
    return undefined
  }
}
const certificate = madeCertificate()
if (!certificate) process.stdout.write('SKIPPED: letters over TLS: openssl is not installed\n')

const received: string[] = []
const logins: string[] = []
const servers: SMTPServer[] = []
async function serve(options: object): Promise<number> {
  const server = new SMTPServer({
    ...options,
    authOptional: true,
    onAuth: ({ username, password }, _session, done) => {
      logins.push(`${username} ${password}`)
      done(password === 'right' ? null : new Error('wrong password'), { user: username })
    },
    onData: (stream, session, done) => {
      stream.resume()
      stream.on('end', () => {
        received.push(`${session.envelope.rcptTo[0]!.address} ${session.secure ? 'encrypted' : 'open'}`)
        done()
      })
    },
  })
  server.on('error', () => undefined)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.server.address() as AddressInfo).port
}

const usual = getCACertificates('default')
beforeAll(() => {
  process.env['ZHANGGUI_HOME'] = join(folder, 'home')
})
afterAll(async () => {
  setDefaultCACertificates(usual)
  for (const server of servers) await new Promise<void>((resolve) => server.close(resolve))
  rmSync(folder, { recursive: true, force: true })
  delete process.env['ZHANGGUI_HOME']
})

async function opened(name: string) {
  const data = join(folder, name)
  await createCompany({ data, founding: { name: '测试商行', profile: 'cn-small', currency: 'CNY', first_day: '2026-01-01' } as never, now, today: () => '2026-01-15' })
  const office: OpenOffice = await openOffice({ data, now, today: () => '2026-01-15' })
  const owner = { desk: 'test', userId: (await office.bus.people()).ownerId! }
  const good = async <O>(said: ReturnType<OpenOffice['run']>): Promise<O> => {
    const result = await said
    if (!result.ok) throw new Error(JSON.stringify(result))
    return result.output as O
  }
  const run = <C extends CommandContract>(contract: C, input: SentInputOf<C>) => good<OutputOf<C>>(office.run({ name: contract.name, input, commandId: newCommandId() }, owner))
  const ask = <C extends QueryContract>(contract: C, input: SentInputOf<C>) => good<OutputOf<C>>(office.ask({ name: contract.name, input }, owner))
  const { party_id } = await run(parties.createParty, { name: '甲', email: 'jia@good.example' })
  const { campaign_id } = await run(marketing.createCampaign, { name: '一', channel: 'email', from_on: '2026-01-10', to_on: '2026-01-20' })
  await run(marketing.addMembers, { campaign_id, party_ids: [party_id] })
  const { letter_id } = await run(marketing.createLetter, { campaign_id, subject: 'x', body: 'y' })
  const account = async (settings: object) => {
    for (const [key, value] of Object.entries(settings)) await run(setSetting, { key: `marketing.mail_${key}`, value })
  }
  await account({ from: 'shop@zhanggui.example', user: 'shop' })
  /** Tries again when what was held is due; what the server, or the line to it, said. */
  const tried = async (settings: object) => {
    await account(settings)
    clock.skew += 3 * 60_000
    const sent = await office.sendLetters()
    const [mail] = (await ask(marketing.listMail, { letter_id })).rows
    return { sent, state: mail!.state, tries: mail!.tries, reply: mail!.reply }
  }
  return { run, letter_id, account, tried, office }
}

describe.skipIf(!certificate)('letters over encrypted lines', () => {
  test.each([['tls', true], ['starttls', false]] as const)('%s: nothing leaves to a server that cannot prove itself; held until all is right', async (security, secure) => {
    const port = await serve({ secure, ...certificate })
    const bare = await serve({ secure: false, disabledCommands: ['STARTTLS'] })
    const { run, letter_id, account, tried, office } = await opened(security)
    received.length = 0
    logins.length = 0
    await run(marketing.setMailPassword, { secret: 'right' })
    await account({ host: 'localhost', port, security })
    await run(marketing.queueLetter, { letter_id })
    // A certificate that nobody on this PC trusts: held, said, and no password was told.
    expect(await tried({})).toEqual({ sent: 0, state: 'waiting', tries: 0, reply: expect.stringMatching(/self-signed certificate/) })
    setDefaultCACertificates([...usual, certificate!.cert])
    // Trusted, but made out to another name.
    expect(await tried({ host: '127.0.0.1' })).toEqual({ sent: 0, state: 'waiting', tries: 0, reply: expect.stringMatching(/IP|altname|does not match/i) })
    // A server that speaks in the open is not spoken to.
    expect(await tried({ host: 'localhost', port: bare })).toMatchObject({ sent: 0, state: 'waiting', tries: 0 })
    expect(logins).toEqual([])
    await run(marketing.setMailPassword, { secret: 'wrong' })
    expect(await tried({ port })).toEqual({ sent: 0, state: 'waiting', tries: 0, reply: expect.stringContaining('wrong password') })
    await run(marketing.setMailPassword, { secret: 'right' })
    expect(await tried({})).toMatchObject({ sent: 1, state: 'sent' })
    expect(received).toEqual(['jia@good.example encrypted'])
    expect(logins).toEqual(['shop wrong', 'shop right'])
    setDefaultCACertificates(usual)
    await office.close()
  }, 60_000)
})
