import { wholeSchema } from '../../db/schema/index.ts'
import { Refusal } from '../kernel/refusal.ts'
import { triggersDdl } from './ddl.ts'
import { migrations, newestVersion } from './migrate.ts'
import { COMPANY_LOCK, connectTo, shownAddress, type Connection } from './postgres-connection.ts'

/** PostgreSQL 15, as a server tells its version. */
const OLDEST_SERVER = 150_000

/** Makes the tables of a new company in an empty database; whatever is in it already is never touched. */
export async function createPostgres(url: string): Promise<void> {
  const connection = await connectTo(url)
  try {
    await assertServer(connection)
    await alone(connection, async () => {
      const tables = await tablesOf(connection)
      if (tables.includes('zhanggui_version')) throw new Refusal('platform.companyFileExists', { file: shownAddress(url) })
      if (tables.length > 0) throw new Refusal('platform.notACompanyFile', { file: shownAddress(url) })
      await connection.plain('create table zhanggui_version (version bigint not null)')
      await connection.plain('insert into zhanggui_version values (0)')
      await bringUp(connection)
    })
  } finally {
    await connection.end()
  }
}

/** The state of a company's database, read without changing it. Refuses what is not ours, or newer than the program. */
export async function inspectPostgres(connection: Connection, url: string): Promise<{ version: number; newest: number }> {
  await assertServer(connection)
  const file = shownAddress(url)
  const tables = await tablesOf(connection)
  if (tables.length === 0) throw new Refusal('platform.companyFileMissing', { file })
  if (!tables.includes('zhanggui_version')) throw new Refusal('platform.notACompanyFile', { file })
  const version = await versionOf(connection)
  const newest = newestVersion('postgres')
  if (version > newest) throw new Refusal('platform.companyFileNewer', { file, version, newest })
  return { version, newest }
}

/** Brings a database to the newest version in one transaction: triggers are dropped before and made again after. */
export async function migratePostgres(connection: Connection): Promise<void> {
  await alone(connection, () => bringUp(connection))
}

async function assertServer(connection: Connection): Promise<void> {
  const [row] = await connection.rows<{ version: string; encoding: string }>(
    `select current_setting('server_version_num') as version, current_setting('server_encoding') as encoding`,
    [],
  )
  const version = Number(row!.version)
  if (version < OLDEST_SERVER) throw new Refusal('platform.serverTooOld', { version: Math.floor(version / 10_000) })
  if (row!.encoding !== 'UTF8') throw new Refusal('platform.serverEncoding', { encoding: row!.encoding })
}

async function tablesOf(connection: Connection): Promise<string[]> {
  const rows = await connection.rows<{ name: string }>(
    `select c.relname::text as name from pg_class c
      where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p') order by c.relname`,
    [],
  )
  return rows.map((r) => r.name)
}

const versionOf = async (connection: Connection): Promise<number> =>
  (await connection.rows<{ version: number }>('select max(version) as version from zhanggui_version', []))[0]!.version

/** One transaction in which no other program writes to the company or migrates it. */
async function alone(connection: Connection, work: () => Promise<void>): Promise<void> {
  await connection.plain('begin')
  try {
    await connection.rows('select pg_advisory_xact_lock(?)', [COMPANY_LOCK])
    await work()
    await connection.plain('commit')
  } catch (error) {
    if (!connection.isLost(error)) await connection.plain('rollback')
    throw connection.told(error)
  }
}

/** Asks for the version again under the lock: another program may have migrated meanwhile. */
async function bringUp(connection: Connection): Promise<void> {
  const from = await versionOf(connection)
  const due = migrations('postgres').filter((m) => m.version > from)
  if (due.length === 0) return
  for (const drop of await dropTriggers(connection)) await connection.plain(drop)
  for (const migration of due) for (const statement of migration.statements) await connection.plain(statement)
  for (const statement of triggersDdl(wholeSchema, 'postgres')) await connection.plain(statement)
  await connection.rows('update zhanggui_version set version = ?', [due.at(-1)!.version])
}

/** The triggers of our tables go with the functions they call. */
async function dropTriggers(connection: Connection): Promise<string[]> {
  const rows = await connection.rows<{ drop: string }>(
    `select distinct format('drop function %s cascade', t.tgfoid::regprocedure) as drop
       from pg_trigger t join pg_class c on c.oid = t.tgrelid
      where not t.tgisinternal and c.relnamespace = current_schema()::regnamespace order by 1`,
    [],
  )
  return rows.map((r) => r.drop)
}
