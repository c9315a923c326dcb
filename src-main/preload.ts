import { contextBridge, ipcRenderer } from 'electron'

/** What a page in the program's own window can do beyond a page in a browser: let the user point at a folder. */
contextBridge.exposeInMainWorld('zhanggui', {
  chooseCompany: (): Promise<string | null> => ipcRenderer.invoke('choose-company') as Promise<string | null>,
})
