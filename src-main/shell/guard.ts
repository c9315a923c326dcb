import { shell, type Session, type WebContents } from 'electron'

/** The window's own scheme: app://zhanggui/ is what 127.0.0.1 is for browsers. */
export const SCHEME = 'app'
export const ORIGIN = `${SCHEME}://zhanggui`

/** Where a click in a page may lead outside the program. */
const OUTSIDE = new Set(['https:', 'mailto:', 'tel:'])

export const isOurs = (url: string): boolean => url === ORIGIN || url.startsWith(`${ORIGIN}/`)

/** Pages get nothing beyond the web: no camera, no place, no notifications, no devices. */
export function guardSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
}

/** No page leads anywhere else, opens windows or embeds others; links to the web open in the user's browser. */
export function guardContents(contents: WebContents): void {
  contents.on('will-navigate', (event) => {
    if (!isOurs(event.url)) event.preventDefault()
  })
  contents.on('will-redirect', (event) => {
    if (!isOurs(event.url)) event.preventDefault()
  })
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(({ url }) => {
    if (URL.canParse(url) && OUTSIDE.has(new URL(url).protocol) && isOurs(contents.getURL())) void shell.openExternal(url)
    return { action: 'deny' }
  })
}
