import { app, protocol, session } from 'electron'
import { join } from 'node:path'
import { homeFolder } from './app/home.ts'
import { appRoot } from './app/places.ts'
import { hostTexts, systemLocale } from './app/texts.ts'
import { assembleWorkbench } from './app/workbench.ts'
import type { Ticket } from './app/transports/gate.ts'
import { guardContents, guardSession, isOurs, SCHEME } from './shell/guard.ts'
import { answerWindow } from './shell/ipc.ts'
import { applicationMenu } from './shell/menu.ts'
import { openWindow } from './shell/window.ts'

// Electron's main process: a window around the workbench that browsers also get. What it shows is served by the same app, in this process.

/** Only a page of our own may be answered; the browser tells who asked, and the page cannot change that. */
const mayAsk = (initiator: string | null | undefined): boolean => initiator === undefined || initiator === null || isOurs(initiator)

async function run(): Promise<void> {
  await app.whenReady()
  const home = homeFolder()
  const locale = systemLocale({ LANG: app.getLocale() })
  const text = hostTexts(locale)
  const bench = assembleWorkbench({ lobbyHome: home })
  const ticket: Ticket = {}
  guardSession(session.defaultSession)
  protocol.handle(SCHEME, (request) => {
    if (!mayAsk((request as { initiatorOrigin?: string | null }).initiatorOrigin)) return new Response(null, { status: 403 })
    return bench.app.fetch(request, { window: ticket })
  })
  const wanted = { data: app.commandLine.getSwitchValue('data'), sample: app.commandLine.hasSwitch('sample') }
  if (wanted.data) await bench.lobby.open(wanted.data)
  else if (wanted.sample) await bench.lobby.openSample(locale)
  const preload = join(appRoot(), 'dist/preload/preload.cjs')
  const window = openWindow({ title: text('window.title'), memory: join(home, 'window.json'), preload })
  answerWindow(window, { chooseTitle: text('window.chooseCompany') })
  applicationMenu({ text, window, toLobby: () => bench.lobby.close() })
  app.on('second-instance', () => {
    if (window.isMinimized()) window.restore()
    window.focus()
  })
  closeInOrder(() => bench.lobby.close())
}

/** The company is closed, with its backup, before the process ends. */
function closeInOrder(close: () => Promise<void>): void {
  let closed: Promise<void> | undefined
  app.on('window-all-closed', () => app.quit())
  app.on('before-quit', (event) => {
    if (closed) return
    event.preventDefault()
    closed = close().finally(() => app.exit(0))
  })
}

const privileges = { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true }
protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges }])
app.enableSandbox()
app.on('web-contents-created', (_, contents) => guardContents(contents))
if (!app.requestSingleInstanceLock()) app.quit()
else {
  run().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
    app.exit(1)
  })
}
