import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import type { Engine } from '../../src-main/storage/db.ts'
import { createPostgres } from '../../src-main/storage/migrate-postgres.ts'
import { createSqlite } from '../../src-main/storage/migrate.ts'
import { openPostgres } from '../../src-main/storage/postgres.ts'
import { openSqlite } from '../../src-main/storage/sqlite.ts'
import { dropPostgres, freshPostgres } from './postgres.ts'

export type TestEngine = { readonly engine: Engine; readonly remove: () => Promise<void> }

/** A database with the tables of a company and nothing in them, on the engine that the suite runs on. */
export const emptyEngine = (server = process.env['ZHANGGUI_TEST_POSTGRES']): Promise<TestEngine> =>
  server ? emptyPostgres(server) : emptySqlite()

export async function emptySqlite(): Promise<TestEngine> {
  const folder = mkdtempSync(join(tmpdir(), 'zhanggui-engine-'))
  const file = join(folder, 'company.db')
  createSqlite(file)
  const engine = openSqlite({ file, access: 'write' })
  const remove = async (): Promise<void> => {
    await engine.close()
    rmSync(folder, { recursive: true, force: true })
  }
  return { engine, remove }
}

export async function emptyPostgres(server: string): Promise<TestEngine> {
  const url = await freshPostgres(server)
  await createPostgres(url)
  const engine = await openPostgres({ url, access: 'write' })
  const remove = async (): Promise<void> => {
    await engine.close()
    await dropPostgres(server, url)
  }
  return { engine, remove }
}
