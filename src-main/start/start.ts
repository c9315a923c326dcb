import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { hasDisplay, openInBrowser } from '../app/browser.ts'
import { homeFolder, readRemembered } from '../app/home.ts'
import { appRoot } from '../app/places.ts'
import { hostTexts, systemLocale } from '../app/texts.ts'
import { hostNote, startHost, type Host } from '../host.ts'
import { Refusal } from '../kernel/refusal.ts'
import { buildPart } from './build-pages.ts'
import { electronBinary, fetchElectron } from './electron-binary.ts'
import { startOptions, type StartOptions } from './options.ts'

const locale = systemLocale()
const text = hostTexts(locale)
const say = (line: string): void => void process.stdout.write(`${line}\n`)
const complain = (line: string): void => void process.stderr.write(`${line}\n`)

/** npm start: the workbench in its own window where there can be one, otherwise in the browser. Gives the exit code. */
async function start(args: readonly string[]): Promise<number> {
  const options = startOptions(args)
  if ('wrong' in options) {
    complain(text(options.wrong, options.values))
    return 2
  }
  const root = appRoot()
  try {
    await buildPart({ root, part: 'renderer', onBuild: () => say(text('start.building')) })
    const reason = options.show === 'window' ? await tryWindow(root, options) : undefined
    if (reason === 'shown') return 0
    if (reason !== undefined) say(text('start.noElectron', { reason: text(`start.reason.${reason}`) }))
    return await inBrowser(options)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') complain(text('start.portTaken', { port: String(options.port) }))
    else complain(text('start.failed', { message: said(error) }))
    return 1
  }
}

/** Refusals are told in the user's words where there are any. */
function said(error: unknown): string {
  if (error instanceof Refusal) return text(`refusal.${error.code}`, error.details as Record<string, string>)
  return error instanceof Error ? error.message : String(error)
}

type WhyNot = 'display' | 'root' | 'download' | 'failed'

/** Opens the Electron window and waits until it is closed, or says why there can be none. */
async function tryWindow(root: string, options: StartOptions): Promise<'shown' | WhyNot> {
  if (!hasDisplay()) return 'display'
  if (process.getuid?.() === 0) return 'root'
  const binary = electronBinary(root) ?? (await downloaded(root))
  if (!binary) return 'download'
  for (const part of ['main', 'preload'] as const) await buildPart({ root, part })
  // Chromium's own way of passing values, in which Electron takes them.
  const data = options.data === undefined ? [] : [`--data=${options.data}`]
  const child = spawn(binary, [root, ...data, ...(options.company === 'sample' ? ['--sample'] : [])], { stdio: 'inherit' })
  const began = Date.now()
  const code = await new Promise<number>((resolve) => {
    child.on('error', () => resolve(1))
    child.on('exit', (exitCode) => resolve(exitCode ?? 1))
  })
  // A window that dies at once (a missing library, a forbidden sandbox) never was one.
  return code !== 0 && Date.now() - began < 10_000 ? 'failed' : 'shown'
}

async function downloaded(root: string): Promise<string | undefined> {
  let told = -1
  const memory = join(homeFolder(), 'electron.json')
  return fetchElectron({
    root,
    memory,
    onProgress: (percent) => {
      if (told < 0) say(text('start.electronDownloading'))
      if (percent >= told + 10) say(text('start.electronProgress', { percent: (told = percent) }))
    },
  })
}

async function inBrowser(options: StartOptions): Promise<number> {
  const wantsOwn = options.data !== undefined || options.company === 'sample' || options.port !== undefined
  const running = wantsOwn ? undefined : await linkOfRunningHost()
  if (running !== undefined) {
    show(running, options, 'start.running')
    return 0
  }
  const host = await startHost({
    lobbyHome: homeFolder(),
    whenAlone: options.show === 'window' && hasDisplay() ? 'close' : 'stay',
    ...(options.data === undefined ? {} : { data: options.data }),
    ...(options.port === undefined ? {} : { port: options.port }),
  })
  if (options.company === 'sample') await openSample(host)
  show(host.newLink(), options, 'start.open')
  offerNewLinks(host)
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => void host.close())
  await host.closed
  return 0
}

async function openSample(host: Host): Promise<void> {
  const timer = setInterval(() => {
    const progress = host.lobby.state(locale).work?.progress
    if (progress) say(text('start.sampleProgress', { percent: Math.floor((100 * progress.done) / progress.total) }))
  }, 2000)
  try {
    await host.lobby.openSample(locale)
  } finally {
    clearInterval(timer)
  }
}

function show(link: string, options: StartOptions, otherwise: 'start.open' | 'start.running'): void {
  const isOpened = options.show === 'window' && openInBrowser(link)
  say(text(isOpened && otherwise === 'start.open' ? 'start.opened' : otherwise))
  say(link)
}

/** Whoever starts it in a terminal presses Enter for another link. */
function offerNewLinks(host: Host): void {
  if (!process.stdin.isTTY) return
  const lines = createInterface({ input: process.stdin })
  lines.on('line', () => say(host.newLink()))
  void host.closed.then(() => lines.close())
}

/** A host of this user that runs already gives a new link to whoever can read its note. */
async function linkOfRunningHost(): Promise<string | undefined> {
  const note = readRemembered(hostNote(homeFolder())) as { port?: number; key?: string } | undefined
  if (!note?.port || !note.key) return undefined
  try {
    const answer = await fetch(`http://127.0.0.1:${note.port}/new-link`, {
      method: 'POST',
      headers: { authorization: `Bearer ${note.key}` },
      signal: AbortSignal.timeout(2000),
    })
    const { output } = (await answer.json()) as { output?: { link: string } }
    return output?.link
  } catch {
    return undefined
  }
}

process.exitCode = await start(process.argv.slice(2))
