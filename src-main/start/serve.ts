import { createInterface } from 'node:readline'
import { hasDisplay, openInBrowser } from '../app/browser.ts'
import { homeFolder, readRemembered } from '../app/home.ts'
import { hostTexts, systemLocale } from '../app/texts.ts'
import { hostNote, startHost, type Host } from '../host.ts'
import type { StartOptions } from './options.ts'

const locale = systemLocale()
const text = hostTexts(locale)
const say = (line: string): void => void process.stdout.write(`${line}\n`)

/** The workbench in a browser of this PC, until its last page is gone or somebody stops it. Gives the exit code. */
export async function serveWorkbench(options: StartOptions): Promise<number> {
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
