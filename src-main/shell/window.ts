import { BrowserWindow, screen, type Rectangle } from 'electron'
import { z } from 'zod'
import { readRemembered, remember } from '../app/home.ts'
import { ORIGIN } from './guard.ts'

const stateForm = z.object({ x: z.int(), y: z.int(), width: z.int().min(400), height: z.int().min(300), is_maximized: z.boolean() })

/** Where the window was last time, if that place is still on a screen. */
function lastPlace(memory: string): (Rectangle & { is_maximized: boolean }) | undefined {
  const state = stateForm.safeParse(readRemembered(memory))
  if (!state.success) return undefined
  const { x, y, width, height } = state.data
  // Enough of the title bar to be taken by the mouse.
  const isVisible = screen.getAllDisplays().some(({ workArea: area }) => {
    const isAcross = x < area.x + area.width - 50 && x + width > area.x + 50
    return isAcross && y >= area.y && y < area.y + area.height - 50
  })
  return isVisible ? { ...state.data, width, height } : undefined
}

/** The program's window: sandboxed, isolated, without Node, in the place where it was left. */
export function openWindow({ title, memory, preload }: { title: string; memory: string; preload: string }): BrowserWindow {
  const place = lastPlace(memory)
  const window = new BrowserWindow({
    ...(place ?? { width: 1366, height: 768 }),
    title,
    minWidth: 800,
    minHeight: 560,
    show: false,
    // Plugins are the PDF viewer, which shows what will be printed.
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
      plugins: true,
    },
  })
  if (place?.is_maximized) window.maximize()
  window.once('ready-to-show', () => window.show())
  window.on('close', () => remember(memory, { ...window.getNormalBounds(), is_maximized: window.isMaximized() }))
  // A page that crashed is loaded anew: everything it had said is in the office.
  window.webContents.on('render-process-gone', () => window.reload())
  void window.loadURL(`${ORIGIN}/`)
  return window
}
