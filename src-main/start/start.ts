import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { hasDisplay } from '../app/browser.ts'
import { homeFolder } from '../app/home.ts'
import { appRoot } from '../app/places.ts'
import { hostTexts, systemLocale, textsOf } from '../app/texts.ts'
import type { Refusal } from '../kernel/refusal.ts'
import { buildPart, builtFile } from './build-part.ts'
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
    let isTold = false
    const onBuild = (): void => {
      if (!isTold) say(text('start.building'))
      isTold = true
    }
    for (const part of ['renderer', 'main'] as const) await buildPart({ root, part, onBuild })
    const reason = options.show === 'window' ? await tryWindow(root, options) : undefined
    if (reason === 'shown') return 0
    if (reason !== undefined) say(text('start.noElectron', { reason: text(`start.reason.${reason}`) }))
    return await inBrowser(root, options)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') complain(text('start.portTaken', { port: String(options.port) }))
    else complain(text('start.failed', { message: said(error) }))
    return 1
  }
}

/** Refusals are told in the user's words. One from the bundle is of another class than ours, so its form is what counts. */
function said(error: unknown): string {
  const { name, code = '', details } = error as Partial<Refusal>
  if (name === 'Refusal') return textsOf(locale, code.split('.')[0]!)(`refusal.${code}`, details as Record<string, string>)
  return error instanceof Error ? error.message : String(error)
}

type WhyNot = 'display' | 'root' | 'download' | 'failed'

/** Opens the Electron window and waits until it is closed, or says why there can be none. */
async function tryWindow(root: string, options: StartOptions): Promise<'shown' | WhyNot> {
  if (!hasDisplay()) return 'display'
  if (process.getuid?.() === 0) return 'root'
  const binary = electronBinary(root) ?? (await downloaded(root))
  if (!binary) return 'download'
  await buildPart({ root, part: 'preload' })
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

/** Serves from the bundle: opening its few files takes a tenth of the time that the sources' many take. */
async function inBrowser(root: string, options: StartOptions): Promise<number> {
  const { serveWorkbench } = (await import(pathToFileURL(builtFile(root, 'serve')).href)) as typeof import('./serve.ts')
  return serveWorkbench(options)
}

process.exitCode = await start(process.argv.slice(2))
