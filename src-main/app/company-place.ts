import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** Where a company lives: a folder with its file and what belongs to it, or a PostgreSQL database. */
export type CompanyPlace =
  | { readonly kind: 'folder'; readonly folder: string; readonly file: string; readonly files: string; readonly backups: string; readonly staging: string; readonly log: string }
  | { readonly kind: 'postgres'; readonly url: string; readonly staging: string; readonly log: string }

/** Reads `--data`: a postgres:// address, a folder, or the company file inside one. `scratch` holds what a server company keeps on this PC. */
export function placeOf(data: string, scratch: string): CompanyPlace {
  if (/^postgres(ql)?:\/\//.test(data)) return { kind: 'postgres', url: data, staging: join(scratch, 'staging'), log: join(scratch, 'log') }
  const path = resolve(data)
  const folder = path.endsWith('.db') && existsSync(path) ? resolve(path, '..') : path
  return {
    kind: 'folder',
    folder,
    file: join(folder, 'company.db'),
    files: join(folder, 'files'),
    backups: join(folder, 'backups'),
    staging: join(folder, 'staging'),
    log: join(folder, 'log'),
  }
}
