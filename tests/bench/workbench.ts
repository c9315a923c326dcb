import { chromium, type Browser, type BrowserContext, type Page } from '@playwright/test'
import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { findChromium } from '../../src-main/app/browser.ts'
import { newCommandId } from '../../src-main/app/world.ts'
import { buildPart, builtFile } from '../../src-main/start/build-part.ts'
import { linkOf } from '../support/program-link.ts'
import { sayBundle } from './bundle-size.ts'
import { benchFolder, note, option, percentile, say } from './figure.ts'
import { fillWithOrders } from './filled-orders.ts'

// P6: from a key or a click to the picture that answers it, in Chromium on books of many orders (`--orders 100000`).
// P7: from the program's start to a list one can work in, against an empty page from the same host.
// `--data FOLDER` works on a company that is already there, or fills one there to be used again. `--rounds 0` or `--starts 0` leave a part out.

const root = join(import.meta.dirname, '../..')
const PASTED = 1000

export type Program = { readonly child: ChildProcess; readonly link: string; readonly origin: string; readonly inspector?: string; readonly stop: () => Promise<void> }

/** Starts the host from the bundle, as the packaged program does, and waits for its link. `flags` are for Node. */
export async function startProgram({ data, home, flags = [] }: { data: string; home: string; flags?: readonly string[] }): Promise<Program> {
  const child = spawn(process.execPath, [...flags, builtFile(root, 'cli'), 'host', '--data', data], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ZHANGGUI_HOME: home, LANG: 'en_US.UTF-8', LC_ALL: '' },
  })
  let inspector: string | undefined
  child.stderr.on('data', (part: Buffer) => (inspector ??= /ws:\/\/\S+/.exec(part.toString())?.[0]))
  const link = await linkOf(child)
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  return { child, link, origin: new URL(link).origin, ...(inspector ? { inspector } : {}), stop: async () => (child.kill('SIGTERM'), gone) }
}

export const launching = () => ({
  executablePath: findChromium(),
  args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-gpu', '--disable-background-networking', '--js-flags=--expose-gc'],
})
const viewing = { viewport: { width: 1366, height: 768 }, locale: 'en-US' }

export async function deskOf(browser: Browser, program: Program): Promise<BrowserContext> {
  const context = await browser.newContext({ ...viewing, bypassCSP: true, permissions: ['clipboard-read', 'clipboard-write'] })
  await context.addInitScript(stopwatch)
  await context.request.get(program.link)
  return context
}

type Stopwatch = { arm(events: readonly string[], ready: string): void; taken: Promise<number>; ready(): boolean }
declare global {
  interface Window {
    stopwatch: Stopwatch
  }
}

/** Runs in the page: from the moment of the next key, click or paste until the frame in which the answer stands was drawn, ms. */
function stopwatch(): void {
  // A message sent from within a frame's callback comes when that frame, with all that stands now, has been drawn.
  const drawn = (then: () => void): void => {
    const channel = new MessageChannel()
    channel.port1.onmessage = then
    channel.port2.postMessage(0)
  }
  window.stopwatch = {
    taken: Promise.resolve(0),
    ready: () => true,
    arm(events, ready) {
      this.ready = new Function(`return (${ready})`) as () => boolean
      const before = this.ready()
      this.taken = new Promise((resolve, reject) => {
        if (before) return reject(new Error(`it stood there before: ${ready}`))
        const begin = (event: Event): void => {
          for (const name of events) removeEventListener(name, begin, true)
          const started = event.timeStamp
          const look = (): void => {
            if (this.ready()) drawn(() => resolve(performance.now() - started))
            else if (performance.now() - started > 20_000) reject(new Error(`not within 20 s: ${ready}`))
            else requestAnimationFrame(look)
          }
          requestAnimationFrame(look)
        }
        for (const name of events) addEventListener(name, begin, true)
      })
      this.taken.catch(() => undefined)
    },
  }
}

/** Milliseconds from what `act` does to the picture in which `ready` (an expression of the page) holds. */
async function taken(page: Page, { act, ready, on }: { act: () => Promise<unknown>; ready: string; on: 'keydown' | 'click' | 'paste' }): Promise<number> {
  await page.evaluate(([event, expression]) => window.stopwatch.arm([event!], expression!), [on, ready] as const)
  await act()
  return page.evaluate(() => window.stopwatch.taken)
}

const grid = `document.querySelector('[role=grid]')`
/** A list whose rows in sight have all come. */
const listStands = `${grid} && ${grid}.getAttribute('aria-busy') !== 'true' && ${grid}.querySelectorAll('.zg-grid-body [role=row]').length > 8 && !${grid}.querySelector('.zg-bone')`
/** The old screen stands until the new one is there, though the address has changed. */
const titled = (title: string): string => `document.querySelector('main h1')?.textContent === '${title}'`
const firstCell = `${grid}?.querySelector('.zg-grid-body [role=row] [aria-colindex="2"]')?.textContent`

type Action = { readonly name: string; readonly times: number[] }

export class Session {
  readonly actions = new Map<string, Action>()
  readonly page: Page
  private readonly origin: string
  /** How many orders have a number. */
  private readonly numbered: number
  constructor(page: Page, { origin, numbered }: { origin: string; numbered: number }) {
    this.page = page
    this.origin = origin
    this.numbered = numbered
  }

  private async take(name: string, what: Parameters<typeof taken>[1]): Promise<void> {
    const ms = await taken(this.page, what)
    if (!this.actions.has(name)) this.actions.set(name, { name, times: [] })
    this.actions.get(name)!.times.push(ms)
  }

  /** Lists, sorts, filters and opens: one round of looking something up. */
  async lookUp(round: number): Promise<void> {
    const { page } = this
    const link = page.locator('nav a[href="/sales/orders"]').first()
    // As in a day's work, the page is loaded once and then walked.
    if (round === 0) await page.goto(`${this.origin}/customers`)
    else await page.locator('nav a[href="/customers"]').first().click()
    await page.waitForFunction(`${titled('Customers')} && ${listStands}`)
    await this.take('open list', { on: 'click', act: () => link.click(), ready: `${titled('Orders')} && ${listStands}` })
    const head = page.getByRole('columnheader', { name: ['Total', 'Number', 'Wanted'][round % 3]!, exact: false }).first()
    const sorted = await page.evaluate(() => [...document.querySelectorAll('[aria-sort]')].map((e) => e.textContent + String(e.getAttribute('aria-sort'))).join())
    const rows = JSON.stringify(await page.evaluate(firstCell))
    await this.take('sort', {
      on: 'click',
      act: () => head.click(),
      ready: `[...document.querySelectorAll('[aria-sort]')].map((e) => e.textContent + String(e.getAttribute('aria-sort'))).join() !== ${JSON.stringify(sorted)} && ${firstCell} !== ${rows} && ${listStands}`,
    })
    const number = 'SO2026-' + String(1 + ((round * 7919 + 77) % this.numbered)).padStart(5, '0')
    const box = page.locator('main input[type=search], main .ant-input').first()
    await box.click()
    await page.keyboard.type(number.slice(0, -1))
    await page.waitForFunction(listStands)
    await this.take('filter', { on: 'keydown', act: () => page.keyboard.type(number.slice(-1)), ready: `${firstCell}?.includes(${JSON.stringify(number)}) && ${grid}.getAttribute('aria-rowcount') === '2'` })
    await page.locator('[role=grid]').focus()
    await this.take('open order', { on: 'keydown', act: () => page.keyboard.press('Enter'), ready: `/orders\\/[0-9a-f-]{36}/.test(location.pathname) && document.querySelector('main h1')?.textContent?.includes(${JSON.stringify(number)}) && document.querySelectorAll('main [role=row], main tr').length > 5` })
  }

  /** A draft order of 1,000 pasted lines, then a line more in the middle of it. */
  async fillLines(codes: readonly string[]): Promise<void> {
    const { page } = this
    await page.goto(`${this.origin}/sales/orders/new`)
    const cell = page.locator('main [role=grid] [role=combobox], main .zg-lines [role=combobox]').first()
    await cell.waitFor()
    await cell.focus()
    const text = Array.from({ length: PASTED }, (_, i) => `${codes[i % codes.length]}\t${1 + (i % 9)}`).join('\n')
    await page.evaluate((rows) => navigator.clipboard.writeText(rows), text)
    await this.take('paste 1,000 rows', { on: 'paste', act: () => page.keyboard.press('Control+V'), ready: `document.querySelector('main [role=grid]')?.getAttribute('aria-rowcount') > ${PASTED}` })
    // Only the rows in sight are there.
    await page.evaluate(() => [...document.querySelectorAll('main *')].find((e) => e.scrollHeight > e.clientHeight + 5000)?.scrollTo(0, 97 * 30))
    await page.locator('main [role=grid] [aria-rowindex="101"] [role=gridcell]').nth(1).click({ timeout: 10_000 })
    const count = await page.evaluate(() => document.querySelector('main [role=grid]')?.getAttribute('aria-rowcount'))
    await this.take('add a line at line 100', { on: 'keydown', act: () => page.keyboard.press('Insert'), ready: `document.querySelector('main [role=grid]')?.getAttribute('aria-rowcount') !== ${JSON.stringify(count)}` })
  }
}

export async function asked<T>(context: BrowserContext, origin: string, name: string, input: object): Promise<T> {
  const answer = await context.request.post(`${origin}/api/${name}`, { data: input, headers: { 'Idempotency-Key': newCommandId() } })
  const said = (await answer.json()) as { output?: T }
  if (said.output === undefined) throw new Error(`${name}: ${JSON.stringify(said)}`)
  return said.output
}

/** One morning: the program and the browser start, with the profile that the browser has kept since the day before. */
async function start({ data, home }: { data: string; home: string }, path: string, ready: (page: Page) => Promise<unknown>, staysMs = 0): Promise<number> {
  const began = performance.now()
  const [program, context] = await Promise.all([startProgram({ data, home }), chromium.launchPersistentContext(join(home, 'profile'), { ...launching(), ...viewing, bypassCSP: true })])
  try {
    await context.request.get(program.link)
    const page = context.pages()[0] ?? (await context.newPage())
    await page.goto(`${program.origin}${path}`, { waitUntil: 'commit' })
    await ready(page)
    const ms = performance.now() - began
    await page.waitForTimeout(staysMs)
    return ms
  } finally {
    await context.close()
    await program.stop()
  }
}

/** The program as it is now, built, and a company of many orders. */
export async function prepared(args: readonly string[], folder: string): Promise<{ data: string; home: string }> {
  for (const part of ['main', 'renderer'] as const) await buildPart({ root, part, onBuild: () => note('building the workbench…') })
  const at = args.indexOf('--data')
  const data = (at < 0 ? undefined : args[at + 1]) ?? join(folder, 'company')
  if (!existsSync(data)) await fillWithOrders(data, option(args, 'orders', 100_000))
  return { data, home: join(folder, 'home') }
}

export async function bench(args: readonly string[]): Promise<void> {
  const rounds = option(args, 'rounds', 30)
  const { folder, remove } = benchFolder()
  try {
    const { data, home } = await prepared(args, folder)
    sayBundle(join(root, 'dist/renderer'))
    const starts = option(args, 'starts', 5)
    if (starts > 0) await sayStart({ data, home, starts })
    const program = await startProgram({ data, home })
    const browser = await chromium.launch(launching())
    try {
      const context = await deskOf(browser, program)
      const page = await context.newPage()
      const session = new Session(page, { origin: program.origin, numbered: (await asked<{ total: number }>(context, program.origin, 'sales.orders', { state: 'confirmed', limit: 1 })).total })
      for (let round = 0; round < rounds; round++) await session.lookUp(round)
      sayActions(session)
      session.actions.clear()
      const codes = (await asked<{ rows: { code: string }[] }>(context, program.origin, 'catalog.items', { limit: 50 })).rows.map((row) => row.code)
      for (let round = 0; round < Math.ceil(rounds / 3); round++) await session.fillLines(codes)
      sayActions(session)
    } finally {
      await browser.close()
      await program.stop()
    }
  } finally {
    remove()
  }
}

function sayActions(session: Session): void {
  for (const { name, times } of session.actions.values()) {
    const [p50, p95, worst] = [percentile(times, 50), percentile(times, 95), Math.max(...times)]
    say({ name: `workbench: ${name}`, figure: p50, unit: 'ms to paint, p50', p95_ms: p95, worst_ms: worst, times: times.length, bar: 'p50 <= 50, p95 <= 100, none >= 200', ok: p50 <= 50 && p95 <= 100 && worst < 200 })
  }
}

const WORKED_MS = 2_000

/** P7, the middle of so many starts each. */
async function sayStart({ data, home, starts }: { data: string; home: string; starts: number }): Promise<void> {
  const list: number[] = []
  const empty: number[] = []
  const toList = (staysMs = 0): Promise<number> => start({ data, home }, '/sales/orders', (page) => page.waitForFunction(listStands), staysMs)
  // The browser keeps compiled scripts from the third time on; the days before, somebody stayed with the list for a moment.
  const first = await toList(WORKED_MS)
  for (let i = 0; i < 2; i++) await toList(WORKED_MS)
  for (let i = 0; i < starts; i++) {
    list.push(await toList())
    empty.push(await start({ data, home }, '/robots.txt', (page) => page.waitForLoadState('load')))
  }
  const [figure, yardstick] = [percentile(list, 50), percentile(empty, 50)]
  say({ name: 'workbench: start to a list', figure, unit: 'ms', yardstick, ratio: figure / yardstick, bar: '<= 1500 ms and <= 5 x', ok: figure <= 1500 && figure / yardstick <= 5, worst_ms: Math.max(...list), first_ms: first })
}
