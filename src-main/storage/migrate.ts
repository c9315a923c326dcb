import Database from 'better-sqlite3'
import { existsSync, mkdirSync, readFileSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { wholeSchema } from '../../db/schema/index.ts'
import { Refusal } from '../kernel/refusal.ts'
import type { Dialect } from './db.ts'
import { allIndexesDdl, searchDdl, tablesDdl, triggersDdl } from './ddl.ts'
import { APPLICATION_ID, connect } from './sqlite.ts'

/** Where the frozen migrations lie; a packaged program sets it to its resources. */
export const migrationsFolder = (): string =>
  process.env['ZHANGGUI_MIGRATIONS'] ?? join(dirname(fileURLToPath(import.meta.url)), '../../db/migrations')

export type Migration = { readonly version: number; readonly name: string; readonly statements: readonly string[] }

const separator = '\n--> next statement\n'

const FILE = /^(\d{4}-[a-z-]+)(?:\.(sqlite|postgres))?\.sql$/

/** The migrations for one engine, by version: `NNNN-name.<dialect>.sql` for it alone, then `NNNN-name.sql` for every engine. */
export function migrations(dialect: Dialect): Migration[] {
  const folder = migrationsFolder()
  const byName = new Map<string, string[]>()
  const files = readdirSync(folder).map((file) => ({ file, parts: FILE.exec(file) }))
  // Files of one engine come first: the tables before their indexes.
  for (const { file, parts } of files.toSorted((a, b) => Number(!a.parts?.[2]) - Number(!b.parts?.[2]))) {
    const [, name, engine] = parts ?? []
    if (name === undefined || (engine !== undefined && engine !== dialect)) continue
    const statements = readFileSync(join(folder, file), 'utf8').split(separator).map((s) => s.trim()).filter((s) => s !== '')
    byName.set(name, [...(byName.get(name) ?? []), ...statements])
  }
  return [...byName]
    .map(([name, statements]) => ({ version: Number(name.slice(0, 4)), name, statements }))
    .toSorted((a, b) => a.version - b.version)
}

/** The files of a migration that makes the whole schema of today, by name. */
export const renderFirstMigration = (): Record<string, string> => ({
  '0001-first.sqlite.sql': text([...tablesDdl(wholeSchema, 'sqlite'), ...searchDdl('sqlite')]),
  '0001-first.postgres.sql': text([...tablesDdl(wholeSchema, 'postgres'), ...searchDdl('postgres')]),
  '0001-first.sql': text(allIndexesDdl(wholeSchema)),
})

const text = (statements: readonly string[]): string => statements.join(separator) + '\n'

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
