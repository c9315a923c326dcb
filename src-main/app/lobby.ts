import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { z } from 'zod'
import { day, name } from '../kernel/contract.ts'
import { Refusal } from '../kernel/refusal.ts'
import { readRemembered, remember } from './home.ts'
import type { CompanyAnswers, HostedOffice, OfficeDoor } from './office-door.ts'
import type { Progress } from './office-types.ts'

/** A company this user has opened before. */
const knownForm = z.object({ data: z.string(), name: z.string(), is_sample: z.union([z.literal(0), z.literal(1)]), opened_at: z.number() })
const recentForm = z.object({ companies: z.array(knownForm) })
type Known = z.infer<typeof knownForm>

/** What the first page shows. `work` is set while a company is being made or opened. */
export type LobbyState = {
  readonly companies: readonly (Known & { readonly is_missing: 0 | 1 })[]
  readonly open: { readonly data: string; readonly name: string; readonly is_sample: 0 | 1; readonly currency: string } | null
  readonly work: { readonly kind: 'open' | 'create' | 'restore' | 'sample'; readonly progress: Progress | null } | null
  readonly suggestions: CompanyAnswers
  readonly home: string
}

/** The answers to the questions of a new company; whatever is left out takes the suggestion. */
export const answersForm = z.object({
  name: name(100),
  profile: z.enum(['cn-small', 'international']),
  currency: z.string().regex(/^[A-Z]{3}$/),
  first_day: day(),
  taxpayer: z.enum(['small', 'general', 'none']),
  locale: z.enum(['zh-CN', 'en']),
})

/** Sensible answers for a language: a Chinese shop keeps 小企业 books in CNY, everybody else chooses a currency. */
export function suggestedAnswers(locale: 'zh-CN' | 'en', now: number): CompanyAnswers {
  const today = new Date(now)
  const first_day = `${today.getFullYear()}-${String(today.getMonth() + 1).padStart(2, '0')}-01`
  return locale === 'zh-CN'
    ? { name: '', profile: 'cn-small', currency: 'CNY', first_day, taxpayer: 'small', locale }
    : { name: '', profile: 'international', currency: 'USD', first_day, taxpayer: 'none', locale }
}

const isServer = (data: string): boolean => /^postgres(ql)?:\/\//.test(data)

/** The address as people may see it: a password is for the server only. */
export const shown = (data: string): string => (isServer(data) ? data.replace(/^(\w+:\/\/[^:@/]*):[^@/]*@/, '$1@') : data)

/** The room before the office: knows the companies of this user, opens one at a time, and never makes one by accident. */
export class Lobby {
  private readonly home: string
  private readonly door: OfficeDoor
  private readonly now: () => number
  private opened: { data: string; office: HostedOffice } | undefined
  private work: { kind: 'open' | 'create' | 'restore' | 'sample'; progress: Progress | null } | undefined

  constructor({ home, door, now = Date.now }: { home: string; door: OfficeDoor; now?: () => number }) {
    this.home = home
    this.door = door
    this.now = now
  }

  /** The open company, or undefined while everybody waits in the lobby. */
  current(): { readonly data: string; readonly office: HostedOffice } | undefined {
    return this.opened
  }

  state(locale: 'zh-CN' | 'en'): LobbyState {
    return {
      companies: this.known().map((c) => ({ ...c, is_missing: isServer(c.data) || existsSync(c.data) ? 0 : 1 })),
      open: this.opened ? { data: shown(this.opened.data), ...this.opened.office.card } : null,
      work: this.work ?? null,
      suggestions: suggestedAnswers(locale, this.now()),
      home: this.home,
    }
  }

  /** Opens a company that exists: its folder, a file in it, or a postgres:// address. Refuses what is missing by name. */
  async open(data: string): Promise<void> {
    await this.working('open', async () => this.enter(this.placeOf(data)))
  }

  /** Makes a new company in a folder of its own and opens it. */
  async create(answers: CompanyAnswers): Promise<void> {
    await this.working('create', async () => {
      const data = this.freeFolder(answers.name)
      try {
        await this.door.create({ ...answers, data })
      } catch (error) {
        // The folder was made for it, so nothing else can be in it.
        rmSync(data, { recursive: true, force: true })
        throw error
      }
      await this.enter(data)
    })
  }

  /** Brings a backup back as a company of its own, in a new folder, and opens it; the company it was made of stays as it is. */
  async restore({ from, name }: { from: string; name: string }): Promise<void> {
    await this.working('restore', async () => {
      const data = this.freeFolder(name)
      try {
        await this.door.restore({ from, data })
      } catch (error) {
        // The folder was made for it, so nothing else can be in it.
        rmSync(data, { recursive: true, force: true })
        throw error
      }
      await this.enter(data)
    })
  }

  /** Opens the sample company; the first time it is made, in its own folder. */
  async openSample(locale: 'zh-CN' | 'en'): Promise<void> {
    await this.working('sample', async () => {
      const data = join(this.home, 'sample', locale)
      if (!existsSync(data)) {
        // Made beside its place and moved there when whole, so that a sample that was interrupted is never opened.
        const draft = `${data}.new`
        rmSync(draft, { recursive: true, force: true })
        await this.door.buildSample({ data: draft, locale, onProgress: (progress) => this.report(progress) })
        renameSync(draft, data)
      }
      await this.enter(data)
    })
  }

  /**
   * Makes the open sample company anew in its own place: what was tried out in it is gone. Refuses for any company that is not marked as the
   * sample in its own books. The old one goes only when the new one is whole.
   */
  async renewSample(locale: 'zh-CN' | 'en'): Promise<void> {
    const leaving = this.opened
    if (!leaving) throw new Refusal('host.noCompanyOpen')
    const { data, office } = leaving
    if (office.card.is_sample !== 1) throw new Refusal('host.notTheSample', { name: office.card.name })
    await this.working('sample', async () => {
      const [made, old] = [`${data}.new`, `${data}.old`]
      for (const left of [made, old]) rmSync(left, { recursive: true, force: true })
      // Each language has its sample in a place of its own; another sample is made in the language of who asks.
      const own = (['zh-CN', 'en'] as const).find((one) => data === join(this.home, 'sample', one))
      await this.door.buildSample({ data: made, locale: own ?? locale, onProgress: (progress) => this.report(progress) })
      await this.close()
      renameSync(data, old)
      renameSync(made, data)
      await this.enter(data)
      rmSync(old, { recursive: true, force: true })
    })
  }

  /** Closes the open company (which makes its backup) and goes back to the lobby. */
  async close(): Promise<void> {
    const leaving = this.opened
    this.opened = undefined
    await leaving?.office.close()
  }

  /** Takes a company off the list; its books stay where they are. */
  forget(data: string): void {
    this.writeKnown(this.known().filter((c) => c.data !== data))
  }

  private async enter(data: string): Promise<void> {
    const office = await this.door.open({ data, onProgress: (progress) => this.report(progress) })
    await this.close()
    this.opened = { data, office }
    // A password is not written down: such a company is opened by its whole address again.
    if (shown(data) !== data) return
    const others = this.known().filter((c) => c.data !== data)
    this.writeKnown([{ data, name: office.card.name, is_sample: office.card.is_sample, opened_at: this.now() }, ...others].slice(0, 50))
  }

  private report(progress: Progress): void {
    if (this.work) this.work = { ...this.work, progress }
  }

  private async working(kind: 'open' | 'create' | 'restore' | 'sample', task: () => Promise<void>): Promise<void> {
    if (this.work) throw new Refusal('host.busy', { kind: this.work.kind })
    this.work = { kind, progress: null }
    try {
      await task()
    } finally {
      this.work = undefined
    }
  }

  private placeOf(data: string): string {
    if (isServer(data)) return data
    const path = resolve(data)
    if (!existsSync(path)) {
      const known = this.known().find((c) => c.data === path)
      throw new Refusal('host.companyMissing', { name: known?.name ?? path, data: path })
    }
    return statSync(path).isDirectory() ? path : dirname(path)
  }

  /** A folder that does not exist yet, named after the company. */
  private freeFolder(companyName: string): string {
    // What one or another file system forbids.
    const plain = companyName.replace(/[\p{Cc}<>:"/\\|?*]/gu, ' ').replace(/[. ]+$/, '').trim().slice(0, 60) || 'company'
    const parent = join(this.home, 'companies')
    const taken = new Set(existsSync(parent) ? readdirSync(parent).map((f) => f.toLowerCase()) : [])
    for (let n = 1; ; n++) {
      const folder = n === 1 ? plain : `${plain} ${n}`
      if (!taken.has(folder.toLowerCase())) return join(parent, folder)
    }
  }

  private known(): Known[] {
    const recent = recentForm.safeParse(readRemembered(join(this.home, 'recent.json')))
    return recent.success ? recent.data.companies : []
  }

  private writeKnown(companies: readonly Known[]): void {
    remember(join(this.home, 'recent.json'), { companies })
  }
}
