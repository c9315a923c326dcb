import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CompanyAnswers, HostedOffice, OfficeDoor } from '../../../src-main/app/office-door.ts'
import type { Answer, Caller, Change, Envelope, Progress } from '../../../src-main/app/office-types.ts'
import { Refusal } from '../../../src-main/kernel/refusal.ts'

/** What reached the office: the tests of the host ask for nothing else. */
export type Seen = { readonly procedure: string; readonly envelope?: Envelope; readonly caller?: Caller }

/** An office that answers with what it was asked, and remembers it. */
export class StubOffice implements HostedOffice {
  readonly card: { name: string; is_sample: 0 | 1; currency: string }
  readonly importers = new Map()
  readonly seen: Seen[] = []
  isClosed = false
  private readonly listeners = new Set<(change: Change) => void>()

  constructor(name: string) {
    this.card = { name, is_sample: 0, currency: 'CNY' }
  }

  readonly reads = { 'sales.orders': ['sales_order'] }
  kindOf(name: string): 'command' | 'query' | undefined {
    return name === 'sales.confirmOrder' ? 'command' : name === 'sales.orders' ? 'query' : undefined
  }

  async run(envelope: Envelope, caller: Caller): Promise<Answer> {
    this.seen.push({ procedure: 'run', envelope, caller })
    const want = (envelope.input as { answer?: Answer } | undefined)?.answer
    return want ?? { ok: true, output: { commandId: envelope.commandId ?? null } }
  }

  async ask(envelope: Envelope, caller: Caller): Promise<Answer> {
    this.seen.push({ procedure: 'ask', envelope, caller })
    return { ok: true, output: { session: caller.session ?? null } }
  }

  async *changes(signal: AbortSignal): AsyncGenerator<Change> {
    this.seen.push({ procedure: 'changes' })
    const waiting: Change[] = []
    let wake = (): void => undefined
    const listen = (change: Change): void => {
      waiting.push(change)
      wake()
    }
    this.listeners.add(listen)
    signal.addEventListener('abort', () => wake())
    try {
      while (!signal.aborted && !this.isClosed) {
        const next = waiting.shift()
        if (next) yield next
        else await new Promise<void>((resolve) => (wake = resolve))
      }
    } finally {
      this.listeners.delete(listen)
    }
  }

  announce(change: Change): void {
    for (const listen of this.listeners) listen(change)
  }

  get listening(): number {
    return this.listeners.size
  }

  async signIn(input: { login: string; password: string; desk: string }): Promise<Answer> {
    this.seen.push({ procedure: 'signIn' })
    return input.password === 'right'
      ? { ok: true, output: { session: `secret session of ${input.login}` } }
      : { ok: false, kind: 'refusal', code: 'platform.signInFailed', details: {} }
  }

  async signOut(): Promise<void> {
    this.seen.push({ procedure: 'signOut' })
  }

  isOnePerson = true

  async onePerson(): Promise<boolean> {
    return this.isOnePerson
  }

  async customFields() {
    return []
  }

  async describe() {
    return [described]
  }

  brokenInvariants: readonly string[] | null = null

  async backup(caller: Caller): Promise<Answer> {
    this.seen.push({ procedure: 'backup', caller })
    return { ok: true, output: { file: '/backups/one.db' } }
  }

  async backups(caller: Caller): Promise<Answer> {
    this.seen.push({ procedure: 'backups', caller })
    return { ok: true, output: { rows: [] } }
  }

  progressOf(commandId: string) {
    return commandId === 'running' ? { done: 1, total: 3, phase: 'posting' } : undefined
  }

  async cancel(commandId: string): Promise<void> {
    this.seen.push({ procedure: `cancel ${commandId}` })
  }

  async close(): Promise<void> {
    this.isClosed = true
  }
}

const described = {
  name: 'sales.confirmOrder',
  kind: 'command',
  permission: 'sales.confirm',
  input: { type: 'object', properties: { order_id: { type: 'string' } } },
  output: { type: 'object' },
  refusals: ['sales.creditLimitExceeded'],
  labels: { 'zh-CN': '确认订单', en: 'Confirm order' },
} as const

/** A door behind which every folder with a file `company.db` is a company. */
export class StubDoor implements OfficeDoor {
  readonly offices: StubOffice[] = []
  readonly created: (CompanyAnswers & { data: string })[] = []
  readonly restored: { from: string; data: string }[] = []
  samples = 0
  readonly sampleLocales: string[] = []

  async open({ data }: { data: string }): Promise<HostedOffice> {
    const office = new StubOffice(data.split('/').at(-1) ?? data)
    this.offices.push(office)
    return office
  }

  async create(company: CompanyAnswers & { data: string }): Promise<void> {
    mkdirSync(company.data, { recursive: true })
    writeFileSync(join(company.data, 'company.db'), '')
    if (this.refusing) throw new Refusal(this.refusing)
    this.created.push(company)
  }

  async restore({ from, data }: { from: string; data: string }): Promise<void> {
    mkdirSync(data, { recursive: true })
    if (this.refusing) throw new Refusal(this.refusing)
    this.restored.push({ from, data })
  }

  async buildSample({ data, locale, onProgress }: { data: string; locale: 'zh-CN' | 'en'; onProgress: (progress: Progress) => void }): Promise<void> {
    this.samples++
    this.sampleLocales.push(locale)
    mkdirSync(data, { recursive: true })
    onProgress({ done: 1, total: 12, phase: 'sample' })
    if (this.failing) throw new Refusal('host.noSample')
  }

  failing = false
  refusing: string | undefined
}

/** A temporary home with one company folder and a folder of built pages. */
export function temporaryHome(): { home: string; company: string; pages: string } {
  const home = mkdtempSync(join(tmpdir(), 'zhanggui-host-'))
  const company = join(home, 'shop')
  const pages = join(home, 'pages')
  mkdirSync(company)
  mkdirSync(join(pages, 'assets'), { recursive: true })
  writeFileSync(join(company, 'company.db'), '')
  writeFileSync(join(pages, 'index.html'), '<!doctype html><html><head></head><body>workbench</body></html>')
  writeFileSync(join(pages, 'assets', 'main-abc.js'), 'export {}')
  writeFileSync(join(home, 'secret.txt'), 'not for pages')
  return { home, company, pages }
}
