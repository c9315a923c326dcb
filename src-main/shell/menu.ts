import { app, Menu, type BrowserWindow, type MenuItemConstructorOptions } from 'electron'
import { ORIGIN } from './guard.ts'

type MenuParts = {
  readonly text: (key: string) => string
  readonly window: BrowserWindow
  readonly toLobby: () => Promise<void>
}

/** The native menu in the user's language. `toLobby` closes the company before the first page is shown again. */
export function applicationMenu({ text, window, toLobby }: MenuParts): void {
  const role = (known: NonNullable<MenuItemConstructorOptions['role']>, key: string): MenuItemConstructorOptions => {
    return { role: known, label: text(key) }
  }
  const divider: MenuItemConstructorOptions = { type: 'separator' }
  const lobby = async (): Promise<void> => {
    await toLobby()
    await window.loadURL(`${ORIGIN}/`)
  }
  const menu: MenuItemConstructorOptions[] = [
    ...(process.platform === 'darwin' ? [{ role: 'appMenu' as const }] : []),
    { label: text('menu.file'), submenu: [{ label: text('menu.lobby'), click: () => void lobby() }, divider, role('quit', 'menu.quit')] },
    {
      label: text('menu.edit'),
      submenu: [
        role('undo', 'menu.undo'),
        role('redo', 'menu.redo'),
        divider,
        role('cut', 'menu.cut'),
        role('copy', 'menu.copy'),
        role('paste', 'menu.paste'),
        role('selectAll', 'menu.selectAll'),
      ],
    },
    {
      label: text('menu.view'),
      submenu: [
        role('reload', 'menu.reload'),
        divider,
        role('resetZoom', 'menu.zoomReset'),
        role('zoomIn', 'menu.zoomIn'),
        role('zoomOut', 'menu.zoomOut'),
        divider,
        role('togglefullscreen', 'menu.fullScreen'),
      ],
    },
    { label: text('menu.window'), submenu: [role('minimize', 'menu.minimize'), role('close', 'menu.close')] },
    { label: text('menu.help'), submenu: [{ label: text('menu.about'), click: () => app.showAboutPanel() }] },
  ]
  Menu.setApplicationMenu(Menu.buildFromTemplate(menu))
}
