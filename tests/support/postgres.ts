import { createHash, randomUUID } from 'node:crypto'
import process from 'node:process'
import pg from 'pg'
import { describe, test } from 'vitest'
import { Mutex } from '../../src-main/storage/mutex.ts'

/** Every database of a run begins so. The templates of one run are its own, because the next one may have another schema. */
const PREFIX = `zhanggui_test_${process.env['ZHANGGUI_TEST_RUN'] ?? process.ppid}_`
/** Held while a template is made, so that it is made once. */
const TEMPLATE_LOCK = 0x7a67

/** The connection on which this process makes and drops databases: making it anew for each would cost as much as the copy. */
let admin: Promise<pg.Client> | undefined

async function connectedAdmin(server: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: server })
  client.on('error', () => (admin = undefined))
  await client.connect()
  return client
}

/** The lock below is the connection's, which all tests of this process share: among themselves they wait here. */
const oneByOne = new Mutex()

const onServer = async <T>(server: string, work: (client: pg.Client) => Promise<T>): Promise<T> =>
  work(await (admin ??= connectedAdmin(server)))

async function onDatabase<T>(server: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: server })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

function addressOf(server: string, database: string): string {
  const url = new URL(server)
  url.pathname = `/${database}`
  return url.href
}

const freshName = (): string => `${PREFIX}f${randomUUID().replaceAll('-', '').slice(0, 12)}`

/** Makes an empty database on the test server and gives its address. */
export async function freshPostgres(server: string): Promise<string> {
  const name = freshName()
  await onServer(server, (client) => client.query(`create database ${name} template template0 encoding 'UTF8'`))
  return addressOf(server, name)
}

/**
 * Makes a database that is a copy of the one that `prepare` made for the same `key`: founding a company for every test would take most
 * of the suite's time.
 */
export async function copiedPostgres(server: string, { key, prepare }: Omit<Copying, 'server'>): Promise<string> {
  return oneByOne.run(() => onServer(server, (client) => copied(client, { server, key, prepare })))
}

type Copying = { readonly server: string; readonly key: string; readonly prepare: (url: string) => Promise<void> }

async function copied(client: pg.Client, { server, key, prepare }: Copying): Promise<string> {
  const template = `${PREFIX}t${createHash('sha256').update(key).digest('hex').slice(0, 12)}`
  const name = freshName()
  await client.query('select pg_advisory_lock($1)', [TEMPLATE_LOCK])
  const known = await client.query('select 1 from pg_database where datname = $1', [template])
  if (known.rowCount === 0) {
    const draft = freshName()
    await client.query(`create database ${draft} template template0 encoding 'UTF8'`)
    await prepare(addressOf(server, draft))
    await client.query(`alter database ${draft} rename to ${template}`)
  }
  await client.query('select pg_advisory_unlock($1)', [TEMPLATE_LOCK])
  // The other strategy writes every page of the copy to the log as well: twice the time.
  await client.query(`create database ${name} template ${template} strategy file_copy`)
  return addressOf(server, name)
}

/** Drops a database that a test made, whoever is still connected. */
export async function dropPostgres(server: string, url: string): Promise<void> {
  await onServer(server, (client) => client.query(`drop database if exists ${new URL(url).pathname.slice(1)} with (force)`))
}

/** Drops all that this run left on a server: its templates, and what broken tests did not get to. */
export async function sweepPostgres(server: string): Promise<void> {
  await onServer(server, async (client) => {
    const sql = 'select datname from pg_database where starts_with(datname, $1) order by datname'
    const left = await client.query<{ datname: string }>(sql, [PREFIX])
    for (const { datname } of left.rows) await client.query(`drop database if exists ${datname} with (force)`)
    await client.end()
  })
}

/** Tests that are about PostgreSQL itself: skipped, and said so, where ZHANGGUI_TEST_POSTGRES names no server. */
export function onPostgres(name: string, body: (server: string) => void): void {
  const server = process.env['ZHANGGUI_TEST_POSTGRES']
  if (server) return void describe(name, () => body(server))
  process.stdout.write(`SKIPPED: ${name}: ZHANGGUI_TEST_POSTGRES names no server (npm run test:postgres starts one)\n`)
  describe.skip(name, () => test('needs a server', () => undefined))
}

/** Asks the test's database something beside the program. */
export async function askPostgres<R extends pg.QueryResultRow>(url: string, sql: string, params: readonly unknown[] = []): Promise<R[]> {
  return onDatabase(url, async (client) => (await client.query<R>(sql, [...params])).rows)
}
