import { chromium, type BrowserContext, type CDPSession, type Page } from '@playwright/test'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { benchFolder, note, option, say } from './figure.ts'
import { asked, deskOf, launching, prepared, Session, startProgram, type Program } from './workbench.ts'

// P9: what the page and the program hold after so many minutes (`--minutes 60`) of scripted work, against what they held after a tenth of
// them. Answers are kept for five minutes, so the first look is taken after six at least. `--data FOLDER` as for `workbench`.

const KEPT_MINUTES = 6

type Held = { readonly page_mb: number; readonly nodes: number; readonly program_mb: number; readonly rss_mb: number }

/** Speaks to an inspector: one call, one answer. */
async function inspectorAt(address: string): Promise<{ call(method: string, params?: object): Promise<unknown>; on(method: string, then: (params: never) => void): void; close(): void }> {
  const socket = new WebSocket(address)
  await once(socket, 'open')
  const waiting = new Map<number, (result: unknown) => void>()
  const listeners = new Map<string, (params: never) => void>()
  let last = 0
  socket.onmessage = ({ data }) => {
    const said = JSON.parse(String(data)) as { id?: number; result?: unknown; method?: string; params?: unknown }
    if (said.id !== undefined) waiting.get(said.id)?.(said.result)
    else listeners.get(said.method!)?.(said.params as never)
  }
  const call = (method: string, params: object = {}): Promise<unknown> =>
    new Promise((resolve) => {
      waiting.set(++last, resolve)
      socket.send(JSON.stringify({ id: last, method, params }))
    })
  return { call, on: (method, then) => void listeners.set(method, then), close: () => socket.close() }
}

/** The heaps of the program's main thread and of its workers after their garbage was collected, MB. */
async function programHeapMb(address: string): Promise<number> {
  const inspector = await inspectorAt(address)
  const threads: string[] = []
  const answers = new Map<string, (result: unknown) => void>()
  inspector.on('NodeWorker.attachedToWorker', ({ sessionId }: { sessionId: string }) => void threads.push(sessionId))
  inspector.on('NodeWorker.receivedMessageFromWorker', ({ sessionId, message }: { sessionId: string; message: string }) => {
    const said = JSON.parse(message) as { id?: number; result?: unknown }
    if (said.id !== undefined) answers.get(`${sessionId} ${said.id}`)?.(said.result)
  })
  const ofWorker = (sessionId: string, id: number, method: string): Promise<unknown> =>
    new Promise((resolve) => {
      answers.set(`${sessionId} ${id}`, resolve)
      void inspector.call('NodeWorker.sendMessageToWorker', { sessionId, message: JSON.stringify({ id, method }) })
    })
  await inspector.call('NodeWorker.enable', { waitForDebuggerOnStart: false })
  await inspector.call('HeapProfiler.collectGarbage')
  const used = [(await inspector.call('Runtime.getHeapUsage')) as { usedSize: number }]
  for (const thread of threads) {
    await ofWorker(thread, 1, 'HeapProfiler.collectGarbage')
    used.push((await ofWorker(thread, 2, 'Runtime.getHeapUsage')) as { usedSize: number })
  }
  inspector.close()
  return used.reduce((sum, { usedSize }) => sum + usedSize, 0) / 1024 / 1024
}

async function held({ cdp, program, inspector }: { cdp: CDPSession; program: Program; inspector: string }): Promise<Held> {
  await cdp.send('HeapProfiler.collectGarbage')
  const { metrics } = await cdp.send('Performance.getMetrics')
  const metric = (name: string): number => metrics.find((m) => m.name === name)!.value
  const rss = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${program.child.pid}/status`, 'utf8'))?.[1]
  return { page_mb: metric('JSHeapUsedSize') / 1024 / 1024, nodes: metric('Nodes'), program_mb: await programHeapMb(inspector), rss_mb: Number(rss) / 1024 }
}

type Round = { readonly page: Page; readonly session: Session; readonly context: BrowserContext; readonly origin: string }

/** One round of a day: an order is looked up in the lists and opened, another is written and posted, a form is begun and left, reports are read. */
async function workRound({ page, session, context, origin }: Round, round: number): Promise<void> {
  await session.lookUp(round)
  const [{ party_id }, { item_id }] = await Promise.all([
    asked<{ rows: { party_id: string }[] }>(context, origin, 'parties.list', { role: 'customer', limit: 1, offset: round % 900 }).then((a) => a.rows[0]!),
    asked<{ rows: { item_id: string }[] }>(context, origin, 'catalog.items', { limit: 1, offset: round % 900 }).then((a) => a.rows[0]!),
  ])
  const { order_id } = await asked<{ order_id: string }>(context, origin, 'sales.createOrder', { party_id, lines: [{ item_id, quantity_e6: 1_000_000, price_e4: 125_000 }] })
  await asked(context, origin, 'sales.confirmOrder', { order_id })
  await page.keyboard.press('Alt+n')
  await page.waitForFunction(`location.pathname === '/sales/orders/new' && document.querySelector('main [role=grid]')`)
  await page.keyboard.press('Alt+w')
  for (const path of ['/sales/invoices', '/items', '/books/trial-balance', '/']) {
    const link = page.locator(`nav a[href="${path}"]`).first()
    if ((await link.count()) === 0) continue
    await link.click()
    await page.waitForFunction(`location.pathname === '${path}' && document.querySelector('main h1, main section') && !document.querySelector('main .zg-bone')`)
  }
  // What was opened is closed again, as people do at the end of the day and some never.
  if (round % 5 === 4) await closeTabs(page)
}

async function closeTabs(page: Page): Promise<void> {
  const sure = page.locator('.ant-modal-confirm-btns button').last()
  for (let open = await page.locator('.zg-tab button').count(); open > 0; open--) {
    await page.locator('.zg-tab button').first().click()
    // What was begun in a form is asked about before it is thrown away.
    if (await sure.isVisible()) await sure.click()
    await sure.waitFor({ state: 'detached' })
  }
}

export async function bench(args: readonly string[]): Promise<void> {
  const minutes = option(args, 'minutes', 60)
  const { folder, remove } = benchFolder()
  try {
    const { data, home } = await prepared(args, folder)
    const program = await startProgram({ data, home, flags: ['--inspect=127.0.0.1:0'] })
    const browser = await chromium.launch(launching())
    try {
      const context = await deskOf(browser, program)
      const page = await context.newPage()
      const cdp = await context.newCDPSession(page)
      await cdp.send('Performance.enable')
      const { total: numbered } = await asked<{ total: number }>(context, program.origin, 'sales.orders', { state: 'confirmed', limit: 1 })
      const session = new Session(page, { origin: program.origin, numbered })
      await work({ page, session, context, origin: program.origin }, { minutes, look: () => held({ cdp, program, inspector: program.inspector! }) })
    } finally {
      await browser.close()
      await program.stop()
    }
  } finally {
    remove()
  }
}

async function work(round: Round, { minutes, look }: { minutes: number; look: () => Promise<Held> }): Promise<void> {
  const first = Math.min(Math.max(minutes / 10, KEPT_MINUTES), minutes / 2)
  const began = performance.now()
  const passed = (): number => (performance.now() - began) / 60_000
  let early: Held | undefined
  let [rounds, next] = [0, 1]
  while (passed() < minutes) {
    await workRound(round, rounds++)
    if (!early && passed() >= first) early = await look()
    if (passed() >= next) note(`${next++} min, ${rounds} rounds: ${JSON.stringify(await look())}`)
  }
  const [before, after] = [early!, await look()]
  for (const part of ['page_mb', 'program_mb', 'rss_mb'] as const) {
    const growth = after[part] / before[part] - 1
    say({ name: `memory: ${part}`, figure: growth, unit: 'growth', yardstick: before[part], mb: after[part], bar: '< 0.1', ok: growth < 0.1, first_minutes: first, minutes, rounds, nodes: [before.nodes, after.nodes] })
  }
}
