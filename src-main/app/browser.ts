import { spawn } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const LINUX_CHROMIUMS = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'microsoft-edge-stable',
  'microsoft-edge',
  'brave-browser',
]

/** Is there a screen to show a window on? */
export const hasDisplay = (env: NodeJS.ProcessEnv = process.env, platform: NodeJS.Platform = process.platform): boolean =>
  platform === 'win32' || platform === 'darwin' || Boolean(env['DISPLAY'] || env['WAYLAND_DISPLAY'])

/** The first of `names` that PATH leads to. */
function programOnPath(names: readonly string[], path = process.env['PATH'] ?? ''): string | undefined {
  for (const name of names) {
    for (const folder of path.split(delimiter).filter((f) => f !== '')) {
      try {
        accessSync(join(folder, name), constants.X_OK)
        return join(folder, name)
      } catch {
        // Not here: look further.
      }
    }
  }
  return undefined
}

/** A browser of the Chromium family, which can show a page as a window of its own; undefined when none is found. */
export function findChromium(env: NodeJS.ProcessEnv = process.env, platform: NodeJS.Platform = process.platform): string | undefined {
  if (env['CHROMIUM']) return existsSync(env['CHROMIUM']) ? env['CHROMIUM'] : undefined
  if (platform === 'darwin') {
    const apps = ['Google Chrome', 'Microsoft Edge', 'Chromium', 'Brave Browser']
    return apps.map((app) => `/Applications/${app}.app/Contents/MacOS/${app}`).find(existsSync)
  }
  if (platform === 'win32') {
    const bases = [env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']].filter((b) => b !== undefined)
    const apps = ['Microsoft\\Edge\\Application\\msedge.exe', 'Google\\Chrome\\Application\\chrome.exe']
    return bases.flatMap((base) => apps.map((app) => join(base, app))).find(existsSync)
  }
  return programOnPath(LINUX_CHROMIUMS, env['PATH'])
}

/** How to show a link on this PC: as a window of a Chromium, otherwise by the system's own opener; undefined without a display. */
function openerOf(link: string): { readonly command: string; readonly args: readonly string[] } | undefined {
  if (!hasDisplay()) return undefined
  // Chromium gives up its sandbox only by request, and as root it asks for that: root opens the link by hand.
  const isRoot = process.getuid?.() === 0
  const chromium = findChromium()
  if (chromium && !isRoot) return { command: chromium, args: [`--app=${link}`] }
  if (process.platform === 'darwin') return { command: 'open', args: [link] }
  if (process.platform === 'win32') return { command: 'rundll32', args: ['url.dll,FileProtocolHandler', link] }
  const opener = isRoot ? undefined : programOnPath(['xdg-open'])
  return opener ? { command: opener, args: [link] } : undefined
}

/** Opens a link in a browser that outlives this process. Says whether there was a way to. */
export function openInBrowser(link: string): boolean {
  const opener = openerOf(link)
  if (!opener) return false
  const child = spawn(opener.command, [...opener.args], { detached: true, stdio: 'ignore' })
  child.on('error', () => undefined)
  child.unref()
  return true
}
