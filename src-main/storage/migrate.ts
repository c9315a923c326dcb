import Database from 'better-sqlite3'
import { existsSync, mkdirSync, readFileSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { wholeSchema } from '../../db/schema/index.ts'
import { Refusal } from '../kernel/refusal.ts'
import type { Dialect } from './db.ts'
import { searchDdl, tablesDdl, triggersDdl } from './ddl.ts'
import { APPLICATION_ID, connect } from './sqlite.ts'

/** Where the frozen migrations lie; a packaged program sets it to its resources. */
export const migrationsFolder = (): string =>
  process.env['ZHANGGUI_MIGRATIONS'] ?? join(dirname(fileURLToPath(import.meta.url)), '../../db/migrations')

export type Migration = { readonly version: number; readonly name: string; readonly statements: readonly string[] }

const separator = '\n--> next statement\n'

/** The migrations for one engine, by version. Files are `NNNN-name.<dialect>.sql`. */
export function migrations(dialect: Dialect): Migration[] {
  const folder = migrationsFolder()
  return readdirSync(folder)
    .filter((f) => f.endsWith(`.${dialect}.sql`))
    .sort()
    .map((f) => ({
      version: Number(f.slice(0, 4)),
      name: f,
      statements: readFileSync(join(folder, f), 'utf8').split(separator).map((s) => s.trim()).filter((s) => s !== ''),
    }))
}

/** The text of a migration that makes the whole schema of today. */
export const renderFirstMigration = (dialect: Dialect): string =>
  [...tablesDdl(wholeSchema, dialect), ...searchDdl(dialect)].join(separator) + '\n'

/** The version that this program writes. */
export const newestVersion = (dialect: Dialect): number => migrations(dialect).at(-1)?.version ?? 0

/** Makes a new company file; an existing one is never overwritten. */
export function createSqlite(file: string): void {
  if (existsSync(file)) throw new Refusal('platform.companyFileExists', { file })
  mkdirSync(dirname(file), { recursive: true })
  const db = connect(file, 'write')
  try {
    db.pragma(`application_id = ${APPLICATION_ID}`)
    migrateSqlite(db)
  } finally {
    db.close()
  }
}

/** The state of a company file, read without changing it. Refuses files that are not ours or newer than the program. */
export function inspectSqlite(file: string): { version: number; newest: number } {
  if (!existsSync(file)) throw new Refusal('platform.companyFileMissing', { file })
  let db: Database.Database
  let version: number
  try {
    db = new Database(file, { readonly: true })
    try {
      if (db.pragma('application_id', { simple: true }) !== APPLICATION_ID) throw new Refusal('platform.notACompanyFile', { file })
      version = db.pragma('user_version', { simple: true }) as number
    } finally {
      db.close()
    }
  } catch (error) {
    if (error instanceof Refusal) throw error
    throw new Refusal('platform.notACompanyFile', { file })
  }
  const newest = newestVersion('sqlite')
  if (version > newest) throw new Refusal('platform.companyFileNewer', { file, version, newest })
  return { version, newest }
}

/** Brings a file to the newest version in one transaction: triggers are dropped before and made again after. */
export function migrateSqlite(db: Database.Database): void {
  const from = db.pragma('user_version', { simple: true }) as number
  const due = migrations('sqlite').filter((m) => m.version > from)
  if (due.length === 0) return
  db.pragma('foreign_keys = OFF')
  db.exec('begin immediate')
  try {
    for (const name of db.prepare(`select name from sqlite_schema where type = 'trigger' order by name`).pluck().all() as string[]) {
      db.exec(`drop trigger "${name}"`)
    }
    for (const migration of due) for (const statement of migration.statements) db.exec(statement)
    for (const statement of triggersDdl(wholeSchema, 'sqlite')) db.exec(statement)
    const broken = db.pragma('foreign_key_check') as unknown[]
    if (broken.length > 0) throw new Error(`the migration breaks ${broken.length} references`)
    db.pragma(`user_version = ${due.at(-1)!.version}`)
    db.exec('commit')
  } catch (error) {
    if (db.inTransaction) db.exec('rollback')
    throw error
  } finally {
    db.pragma('foreign_keys = ON')
  }
}
