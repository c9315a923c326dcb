import { test as base, type Browser, type Page } from '@playwright/test'
import { spawn, spawnSync } from 'node:child_process'
import { linkOf } from '../../support/program-link.ts'
import { builtFile } from '../../../src-main/start/build-part.ts'
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const root = join(import.meta.dirname, '../../..')
/** Where specs put the pictures that people look at. */
export const pictures = join(root, 'tests/e2e/output')

export type Locale = 'zh-CN' | 'en'
/** The company a spec works on: the sample, an empty one of a profile, or none, which shows the first start. */
export type CompanyKind = 'sample' | 'cn-small' | 'international' | 'none'

/** Runs the program's command line; throws with what it said when it fails. */
export function zhanggui(args: readonly string[], { home, input }: { home: string; input?: string }): string {
  const done = spawnSync(process.execPath, [builtFile(root, 'cli'), ...args], {
    encoding: 'utf8',
    input,
    env: { ...process.env, ZHANGGUI_HOME: home },
    maxBuffer: 256 * 1024 * 1024,
  })
  if (done.status !== 0) throw new Error(`zhanggui ${args.join(' ')}: ${done.stderr}${done.stdout}`)
  return done.stdout
}

/** The sample takes a while to make, so each worker makes it once and every spec gets a copy. */
const samples = new Map<Locale, string>()
function sampleCopy(locale: Locale, data: string): void {
  let made = samples.get(locale)
  if (!made) {
    made = join(mkdtempSync(join(tmpdir(), 'zhanggui-sample-')), 'company')
    zhanggui(['demo', '--data', made, '--locale', locale], { home: join(made, '..') })
    samples.set(locale, made)
  }
  cpSync(made, data, { recursive: true })
}

export type RunningOffice = {
  /** The folder of the company; it need not exist when the spec starts without one. */
  readonly data: string
  readonly home: string
  readonly origin: string
  /** A link that lets one browser in, once. */
  readonly link: string
  /** Ends the program as a power cut does, and starts it again on the same company, at another port. */
  afterPowerCut(): Promise<RunningOffice>
  stop(): Promise<void>
}

/** Starts the program as `npm start -- --no-open` does, on a company of its own. */
export async function startOffice({ company, locale }: { company: CompanyKind; locale: Locale }): Promise<RunningOffice> {
  const home = mkdtempSync(join(tmpdir(), 'zhanggui-e2e-'))
  const data = join(home, 'company')
  if (company === 'sample') sampleCopy(locale, data)
  else if (company !== 'none') zhanggui(['create', '--data', data, '--profile', company, '--locale', locale], { home })
  return startAt({ home, data, company, locale })
}

async function startAt(place: { readonly home: string; readonly data: string; readonly company: CompanyKind; readonly locale: Locale }): Promise<RunningOffice> {
  const { home, data, company, locale } = place
  const args = [join(root, 'src-main/start/start.ts'), '--no-open', '--port', '0', ...(company === 'none' ? [] : ['--data', data])]
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ZHANGGUI_HOME: home, LANG: locale === 'zh-CN' ? 'zh_CN.UTF-8' : 'en_US.UTF-8', LC_ALL: '' },
  })
  const link = await linkOf(child)
  return {
    data,
    home,
    link,
    origin: new URL(link).origin,
    afterPowerCut: async () => {
      const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
      child.kill('SIGKILL')
      await gone
      return startAt(place)
    },
    stop: async () => {
      const gone = new Promise<boolean>((resolve) => child.once('exit', () => resolve(true)))
      const isGone = child.exitCode !== null || child.signalCode !== null || (child.kill('SIGTERM') && (await Promise.race([gone, sleep(20_000, false)])))
      if (!isGone) child.kill('SIGKILL')
      rmSync(home, { recursive: true, force: true })
      if (!isGone) throw new Error('the program was told to end and was still there 20 s later')
    },
  }
}

type PageWish = { readonly browser: Browser; readonly office: RunningOffice; readonly locale: Locale; readonly dark?: 'dark' }

/** A page of a browser that was let in, in the language and at the size of a small laptop. Errors in the page fail the spec. */
export async function openPage({ browser, office, locale, dark }: PageWish): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale, colorScheme: dark ?? 'light', reducedMotion: 'reduce' })
  const page = await context.newPage()
  await page.goto(office.link)
  return page
}

type Fixtures = { language: Locale; company: CompanyKind; office: RunningOffice; desk: Page; picture: (name: string) => Promise<void> }

/**
 * Playwright's test with an office: `test.use({ company: 'cn-small', language: 'en' })`, then `async ({ desk, office, picture }) => …`.
 * A spec in whose page an error went uncaught fails.
 */
export const test = base.extend<Fixtures>({
  language: ['zh-CN', { option: true }],
  locale: async ({ language }, use) => use(language),
  company: ['sample', { option: true }],
  office: async ({ company, language }, use) => {
    const office = await startOffice({ company, locale: language })
    await use(office)
    await office.stop()
  },
  desk: async ({ browser, office, language }, use) => {
    const page = await openPage({ browser, office, locale: language })
    const errors: string[] = []
    page.on('pageerror', (error) => errors.push(error.stack ?? error.message))
    await use(page)
    await page.context().close()
    if (errors.length > 0) throw new Error(`errors in the page:\n${errors.join('\n')}`)
  },
  picture: async ({ desk }, use) => {
    if (!existsSync(pictures)) mkdirSync(pictures, { recursive: true })
    await use(async (name) => void (await desk.screenshot({ path: join(pictures, `${name}.png`) })))
  },
})

export { expect } from '@playwright/test'
