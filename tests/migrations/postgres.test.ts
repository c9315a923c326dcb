import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { wholeSchema } from '../../db/schema/index.ts'
import { allIndexesDdl, searchDdl, tablesDdl, triggersDdl } from '../../src-main/storage/ddl.ts'
import { createPostgres } from '../../src-main/storage/migrate-postgres.ts'
import { newestVersion } from '../../src-main/storage/migrate.ts'
import { openPostgres } from '../../src-main/storage/postgres.ts'
import { askPostgres, dropPostgres, freshPostgres, onPostgres } from '../support/postgres.ts'
import { postgresCatalogue } from './catalogue.ts'
import { NEXT_VERSION, asBefore, withNextMigration } from './next-migration.ts'

const TODAY = newestVersion('postgres')

onPostgres('a PostgreSQL database', (server) => {
  let url: string
  let folder: string
  beforeEach(async () => {
    url = await freshPostgres(server)
    folder = mkdtempSync(join(tmpdir(), 'zhanggui-migrations-'))
  })
  afterEach(async () => {
    asBefore()
    rmSync(folder, { recursive: true, force: true })
    await dropPostgres(server, url)
  })

  async function catalogue(address = url): Promise<string[]> {
    const client = new pg.Client({ connectionString: address })
    await client.connect()
    try {
      return await postgresCatalogue(client)
    } finally {
      await client.end()
    }
  }

  const versions = async (): Promise<number[]> =>
    (await askPostgres<{ version: string }>(url, 'select version from zhanggui_version')).map((r) => Number(r.version))

  const opened = async (): Promise<void> => (await openPostgres({ url, access: 'write' })).close()

  test('made by its migrations is what the schema says: tables, columns, types, indexes, checks, references, triggers', async () => {
    await createPostgres(url)
    const rendered = await freshPostgres(server)
    const statements = [...tablesDdl(wholeSchema, 'postgres'), ...allIndexesDdl(wholeSchema), ...searchDdl('postgres'), ...triggersDdl(wholeSchema, 'postgres')]
    await askPostgres(rendered, statements.join(';\n'))
    const expected = await catalogue(rendered)
    expect(await catalogue()).toEqual(expected)
    expect(expected.filter((f) => f.startsWith('trigger')).length).toBeGreaterThan(50)
    await dropPostgres(server, rendered)
  })

  test('is brought up when a newer program opens it, its triggers made again; by two at once only once', async () => {
    await createPostgres(url)
    const before = await catalogue()
    const postgres = ['alter table platform_team add column motto text collate "C"', 'create index team_motto on platform_team (motto)']
    withNextMigration(folder, { postgres })
    await (await openPostgres({ url, access: 'read' })).close()
    expect(await versions()).toEqual([TODAY])
    await Promise.all([opened(), opened(), opened()])
    const after = await catalogue()
    expect(after.filter((f) => !before.includes(f))).toEqual([
      'column platform_team motto text C false  ',
      'index CREATE INDEX team_motto ON public.platform_team USING btree (motto)',
    ])
    expect(before.filter((f) => !after.includes(f))).toEqual([])
    expect(await versions()).toEqual([NEXT_VERSION])
  })

  test('of a newer program is refused by an older one', async () => {
    await createPostgres(url)
    withNextMigration(folder, { postgres: ['create table platform_later (id text primary key)'] })
    await opened()
    asBefore()
    await expect(opened()).rejects.toMatchObject({ code: 'platform.companyFileNewer', details: { version: NEXT_VERSION, newest: TODAY } })
  })

  test('whose migration fails half way, or breaks a reference, is as before', async () => {
    await createPostgres(url)
    const before = await catalogue()
    const orphan = `insert into platform_team (id, name, parent_id) values ('a', 'a', 'nobody')`
    const later = 'create table platform_later (id text primary key)'
    for (const postgres of [['drop table platform_setting', 'this is no SQL'], [later, orphan]]) {
      withNextMigration(folder, { postgres })
      await expect(opened()).rejects.toThrow(/syntax error|foreign key/)
      expect(await catalogue()).toEqual(before)
      expect(await versions()).toEqual([TODAY])
    }
  })

  test('whose program dies in the middle of migrating is as before', async () => {
    await createPostgres(url)
    const before = await catalogue()
    withNextMigration(folder, { postgres: ['drop table platform_setting', 'select pg_sleep(600)'] })
    const refused = expect(opened()).rejects.toMatchObject({ code: 'platform.serverUnreachable' })
    const kill = `select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and query = 'select pg_sleep(600)'`
    await expect.poll(() => askPostgres(server, kill, [new URL(url).pathname.slice(1)]), { timeout: 10_000 }).toHaveLength(1)
    await refused
    expect(await catalogue()).toEqual(before)
  })

  test('that holds no company is refused by name and left alone; one with a company is never made anew', async () => {
    await expect(opened()).rejects.toMatchObject({ code: 'platform.companyFileMissing' })
    await askPostgres(url, 'create table recipes (name text)')
    await expect(opened()).rejects.toMatchObject({ code: 'platform.notACompanyFile' })
    await expect(createPostgres(url)).rejects.toMatchObject({ code: 'platform.notACompanyFile' })
    await askPostgres(url, 'drop table recipes')
    await createPostgres(url)
    await expect(createPostgres(url)).rejects.toMatchObject({ code: 'platform.companyFileExists' })
  })

  test('that cannot be reached is refused by name, without its password', async () => {
    const missing = new URL(url)
    missing.pathname = '/nowhere'
    const unreachable = { code: 'platform.serverUnreachable', details: { reason: expect.stringContaining('nowhere') } }
    await expect(openPostgres({ url: missing.href, access: 'write' })).rejects.toMatchObject(unreachable)
    const closed = 'postgres://owner:secret@127.0.0.1:1/books'
    const told = JSON.stringify(await openPostgres({ url: closed, access: 'write' }).catch((error: unknown) => error))
    expect(told).toContain('platform.serverUnreachable')
    expect(told).not.toContain('secret')
  })
})
