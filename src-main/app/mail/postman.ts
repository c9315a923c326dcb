import { randomUUID } from 'node:crypto'
import type { Reader } from '../../storage/db.ts'
import type { Answer } from '../office-types.ts'
import { secretOf } from './secrets.ts'

/** One letter as the server gets it. */
export type Outgoing = { readonly from: { readonly name: string; readonly address: string }; readonly to: { readonly name: string; readonly address: string }; readonly subject: string; readonly text: string; readonly messageId: string; readonly headers: Record<string, string> }
/** What takes letters: nodemailer, or what a test hands in. Rejects as nodemailer does. */
export type Transport = { sendMail(letter: Outgoing): Promise<unknown>; close(): void }

type Account = { readonly host: string; readonly port: number; readonly security: 'tls' | 'starttls' | 'none'; readonly user: string; readonly from: string; readonly from_name: string }
type Claimed = { readonly mail_id: string; readonly email: string; readonly name: string; readonly subject: string; readonly body: string }
type World = {
  readonly data: string
  read<T>(work: (db: Reader) => Promise<T>): Promise<T>
  run(name: string, input: object): Promise<Answer>
  logDefect(error: unknown, where: string): string
  isClosing(): boolean
}

/** A server that does not answer is not waited for longer. */
const PATIENCE_MS = 30_000

/** Carries letters out, after their claim is committed and outside of every transaction. */
export class Postman {
  /** The claims of one run of the program: what another run had in hand is unknown. */
  private readonly name = randomUUID()
  private readonly world: World
  private going: Promise<number> | undefined

  constructor(world: World) {
    this.world = world
  }

  /** One round at a time: sends until nothing is due. Gives how many letters left. */
  round(given?: Transport): Promise<number> {
    this.going ??= this.carry(given)
      .catch((error: unknown) => {
        this.world.logDefect(error, 'mail')
        return 0
      })
      .finally(() => (this.going = undefined))
    return this.going
  }

  /** Resolves when the letter in hand is told of. */
  async idle(): Promise<void> {
    await this.going
  }

  private async carry(given: Transport | undefined): Promise<number> {
    const waits = await this.world.read((db) => db.get<{ id: string }>(`select id from marketing_mail where state in ('waiting', 'claimed') limit 1`))
    const account = waits && (await this.accountOf())
    if (!account) return 0
    let transport = given
    let sent = 0
    try {
      while (!this.world.isClosing()) {
        const mail = await this.claim()
        if (!mail) break
        transport ??= await transportFor(account, secretOf(this.world.data, 'mail'))
        const { became, reply } = await this.send(transport, { account, mail })
        await this.tell(mail.mail_id, { became, reply })
        if (became === 'sent') sent++
        if (became === 'held') break
      }
    } finally {
      if (transport !== given) transport?.close()
    }
    return sent
  }

  private async claim(): Promise<Claimed | null> {
    const said = await this.world.run('marketing.claimMail', { run: this.name })
    if (!said.ok) throw new Error(`no letter could be claimed: ${said.code}`)
    return (said.output as { mail: Claimed | null }).mail
  }

  private async tell(mail_id: string, outcome: Outcome): Promise<void> {
    const said = await this.world.run('marketing.tellMail', { mail_id, run: this.name, ...outcome })
    // Meanwhile the books said what became of it: the data of who it went to were erased.
    if (!said.ok && said.code !== 'marketing.mailNotFound') throw new Error(`what became of ${mail_id} could not be told: ${said.code}`)
  }

  private async send(transport: Transport, { account, mail }: { account: Account; mail: Claimed }): Promise<Outcome> {
    const letter: Outgoing = {
      from: { name: account.from_name, address: account.from },
      to: { name: mail.name, address: mail.email },
      subject: mail.subject,
      text: mail.body,
      // Derived from the letter: whatever happens, it is recognised again.
      messageId: `<${mail.mail_id}@${account.from.split('@')[1] ?? 'localhost'}>`,
      headers: { 'List-Unsubscribe': `<mailto:${account.from}?subject=unsubscribe>`, 'Auto-Submitted': 'auto-generated' },
    }
    try {
      await transport.sendMail(letter)
      return { became: 'sent', reply: null }
    } catch (error) {
      return outcomeOf(error)
    }
  }

  private async accountOf(): Promise<Account | undefined> {
    const rows = await this.world.read((db) => db.all<{ key: string; value: string }>(`select key, value from platform_setting where key like 'marketing.mail%' order by key`))
    const settings = new Map(rows.map((r) => [r.key, JSON.parse(r.value) as unknown]))
    const word = (key: string, fallback: string): string => String(settings.get(`marketing.mail_${key}`) ?? fallback)
    const [host, from] = [word('host', ''), word('from', '')]
    if (host === '' || from === '') return undefined
    return { host, port: Number(word('port', '465')), security: word('security', 'tls') as Account['security'], user: word('user', ''), from, from_name: word('from_name', '') }
  }
}

type Outcome = { readonly became: 'sent' | 'bounced' | 'later' | 'unknown' | 'held'; readonly reply: string | null }

/** Errors before the server took the letter's text: nothing can have left. */
const BEFORE_TEXT = new Set(['CONN', 'EHLO', 'HELO', 'STARTTLS', 'AUTH', 'AUTH LOGIN', 'AUTH PLAIN', 'AUTH XOAUTH2', 'API'])

/** What an error of nodemailer says of the letter: a clear no, a no for now, a server out of reach, or nothing that anybody can know. */
export function outcomeOf(error: unknown): Outcome {
  const { code, responseCode, command, message } = error as { code?: string; responseCode?: number; command?: string; message?: string }
  const reply = String(message ?? error).replaceAll(/[\u0000-\u001f\u007f]+/g, ' ').trim().slice(0, 500) || null
  if (code === 'EAUTH' || code === 'EDNS' || code === 'ETLS' || code === 'ENOAUTH' || BEFORE_TEXT.has(command ?? '')) return { became: 'held', reply }
  if (responseCode !== undefined && responseCode >= 500) return { became: 'bounced', reply }
  if (responseCode !== undefined && responseCode >= 400) return { became: 'later', reply }
  if (code === 'EENVELOPE') return { became: 'bounced', reply }
  // The connection broke after the text may have gone out.
  return { became: 'unknown', reply }
}

async function transportFor(account: Account, password: string | undefined): Promise<Transport> {
  const { createTransport } = await import('nodemailer')
  return createTransport({
    host: account.host,
    port: account.port,
    secure: account.security === 'tls',
    requireTLS: account.security === 'starttls',
    ignoreTLS: account.security === 'none',
    ...(account.user === '' ? {} : { auth: { user: account.user, pass: password ?? '' } }),
    pool: true,
    maxConnections: 1,
    connectionTimeout: PATIENCE_MS,
    greetingTimeout: PATIENCE_MS,
    socketTimeout: PATIENCE_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
}
