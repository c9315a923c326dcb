import { dialog, ipcMain, type BrowserWindow, type IpcMainInvokeEvent } from 'electron'
import { isOurs } from './guard.ts'

/** Is it our own page, in the window's own frame, that calls? */
function isOurPage(event: IpcMainInvokeEvent, window: BrowserWindow): boolean {
  const frame = event.senderFrame
  return frame !== null && frame === window.webContents.mainFrame && isOurs(frame.url)
}

/** The one thing a page cannot do through the office: let the user point at a folder. Gives its path or null. */
export function answerWindow(window: BrowserWindow, { chooseTitle }: { chooseTitle: string }): void {
  ipcMain.handle('choose-company', async (event): Promise<string | null> => {
    if (!isOurPage(event, window)) throw new Error('refused')
    const { canceled, filePaths } = await dialog.showOpenDialog(window, { title: chooseTitle, properties: ['openDirectory'] })
    return canceled ? null : (filePaths[0] ?? null)
  })
}
