import Database from 'better-sqlite3'
import { spawn } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { wholeSchema } from '../../db/schema/index.ts'
import { openOffice } from '../../src-main/app/office.ts'
import type { Dialect } from '../../src-main/storage/db.ts'
import { allIndexesDdl, searchDdl, tablesDdl, triggersDdl } from '../../src-main/storage/ddl.ts'
import { createSqlite, inspectSqlite, migrateSqlite, migrations, newestVersion } from '../../src-main/storage/migrate.ts'
import { connect } from '../../src-main/storage/sqlite.ts'
import { sqliteCatalogue } from './catalogue.ts'
import { NEXT_VERSION, asBefore, withNextMigration } from './next-migration.ts'

const TODAY = newestVersion('sqlite')
let folder: string
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'zhanggui-migrations-'))))
afterEach(() => {
  asBefore()
  rmSync(folder, { recursive: true, force: true })
})

const fileOf = (name = 'company.db'): string => join(folder, name)

function catalogueOf(file: string): string[] {
  const db = new Database(file, { readonly: true })
  try {
    return sqliteCatalogue(db)
  } finally {
    db.close()
  }
}

/** Makes a company file and gives what its database says of itself. */
function made(): string[] {
  createSqlite(fileOf())
  return catalogueOf(fileOf())
}

function migrated(file: string): void {
  const db = connect(file, 'write')
  try {
    migrateSqlite(db)
  } finally {
    db.close()
  }
}

describe('a SQLite file', () => {
  test('made by its migrations is what the schema says: tables, columns, types, indexes, checks, references, triggers', () => {
    const db = new Database(':memory:')
    db.exec([...tablesDdl(wholeSchema, 'sqlite'), ...allIndexesDdl(wholeSchema), ...searchDdl('sqlite'), ...triggersDdl(wholeSchema, 'sqlite')].join(';\n'))
    const rendered = sqliteCatalogue(db)
    expect(made()).toEqual(rendered)
    expect(rendered.filter((f) => f.startsWith('trigger')).length).toBeGreaterThan(100)
  })

  test('is brought up to a newer program, its triggers made again', () => {
    const before = made()
    const indexed = 'create index team_motto on platform_team (motto)'
    withNextMigration(folder, { sqlite: ['alter table platform_team add column motto text', indexed] })
    migrated(fileOf())
    const after = catalogueOf(fileOf())
    expect(after.filter((f) => !before.includes(f))).toEqual([
      expect.stringContaining('column platform_team {"name":"motto"'),
      `index team_motto platform_team ${indexed}`,
    ])
    expect(before.filter((f) => !after.includes(f))).toEqual([])
  })

  test('of a newer program is refused by an older one, and stays as it is', async () => {
    made()
    withNextMigration(folder, { sqlite: ['create table platform_later (id text primary key) strict'] })
    migrated(fileOf())
    asBefore()
    const bytes = readFileSync(fileOf())
    const newer = { code: 'platform.companyFileNewer', details: { version: NEXT_VERSION, newest: TODAY } }
    await expect(openOffice({ data: folder })).rejects.toMatchObject(newer)
    expect(readFileSync(fileOf()).equals(bytes)).toBe(true)
  })

  test('whose migration fails half way is as before', () => {
    const before = made()
    const good = ['create table platform_later (id text primary key) strict', 'drop table platform_setting']
    withNextMigration(folder, { sqlite: [...good, 'this is no SQL'] })
    expect(() => migrated(fileOf())).toThrow(/syntax error/)
    expect(catalogueOf(fileOf())).toEqual(before)
    expect(inspectSqlite(fileOf())).toMatchObject({ version: TODAY, newest: NEXT_VERSION })
  })

  test('whose migration breaks a reference is as before', () => {
    const before = made()
    withNextMigration(folder, { sqlite: [`insert into platform_team (id, name, parent_id) values ('a', 'a', 'nobody')`] })
    expect(() => migrated(fileOf())).toThrow('the migration breaks 1 references')
    expect(catalogueOf(fileOf())).toEqual(before)
  })

  test('whose program is killed in the middle of migrating is as before', { timeout: 60_000 }, async () => {
    const before = made()
    const endless = 'with recursive c (n) as (select 1 union all select n + 1 from c) insert into platform_later select n from c'
    withNextMigration(folder, { sqlite: ['drop table platform_setting', 'create table platform_later (n integer) strict', endless] })
    const script = join(import.meta.dirname, 'migrate-file.ts')
    const child = spawn(process.execPath, [script, fileOf()], { stdio: ['ignore', 'pipe', 'inherit'] })
    await new Promise((resolve) => child.stdout.once('data', resolve))
    await new Promise((resolve) => setTimeout(resolve, 300))
    const ended = new Promise((resolve) => child.once('exit', (_, signal) => resolve(signal)))
    child.kill('SIGKILL')
    expect(await ended).toBe('SIGKILL')
    expect(catalogueOf(fileOf())).toEqual(before)
    expect(inspectSqlite(fileOf())).toMatchObject({ version: TODAY })
  })

  test('that is not ours is refused: another database, no database, an empty file', async () => {
    const strange = new Database(fileOf('other.db'))
    strange.exec('create table recipes (name text)')
    strange.close()
    writeFileSync(fileOf('letter.db'), 'Dear Sir or Madam, '.repeat(500))
    writeFileSync(fileOf('empty.db'), '')
    for (const name of ['other', 'letter', 'empty']) {
      const data = join(folder, name)
      mkdirSync(data)
      cpSync(fileOf(`${name}.db`), join(data, 'company.db'))
      await expect(openOffice({ data }), name).rejects.toMatchObject({ code: 'platform.notACompanyFile' })
      expect(readFileSync(join(data, 'company.db')).equals(readFileSync(fileOf(`${name}.db`)))).toBe(true)
    }
  })

  test('that is missing is refused and not made; one that exists is never made anew', async () => {
    await expect(openOffice({ data: folder })).rejects.toMatchObject({ code: 'platform.companyFileMissing' })
    made()
    expect(() => createSqlite(fileOf())).toThrow('platform.companyFileExists')
  })
})

test('every migration has a file for each engine', () => {
  const names = (dialect: Dialect) => migrations(dialect).map((m) => m.name)
  expect(names('sqlite')).toEqual(names('postgres'))
  expect(new Set(migrations('sqlite').map((m) => m.version)).size).toBe(migrations('sqlite').length)
})
