import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder that holds package.json, assets and dist: the source tree, or the packaged program's archive. */
export function appRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, 'package.json'))) {
    const above = dirname(folder)
    if (above === folder) throw new Error('the program is not whole: no package.json above its files')
    folder = above
  }
  return folder
}

/** The built workbench. */
export const pagesFolder = (): string => join(appRoot(), 'dist/renderer')
