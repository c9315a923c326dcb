import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'

/**
 * The folder in which this user keeps companies and what the program remembers: never inside the program's own folder,
 * so that removing or updating the program leaves the books alone. ZHANGGUI_HOME overrides it.
 */
export function homeFolder(env: NodeJS.ProcessEnv = process.env, platform: NodeJS.Platform = process.platform): string {
  if (env['ZHANGGUI_HOME']) return env['ZHANGGUI_HOME']
  if (platform === 'win32') return join(env['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'), 'Zhanggui')
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Zhanggui')
  return join(env['XDG_DATA_HOME'] || join(homedir(), '.local', 'share'), 'zhanggui')
}

/** Reads a small JSON file; undefined when it is missing or not JSON, for what is only remembered may be lost. */
export function readRemembered(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as unknown
  } catch {
    return undefined
  }
}

/** Writes a small JSON file whole or not at all, readable by this user only. */
export function remember(file: string, value: unknown): void {
  mkdirSync(dirname(file), { recursive: true })
  const draft = `${file}.${process.pid}.new`
  writeFileSync(draft, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 })
  renameSync(draft, file)
}
