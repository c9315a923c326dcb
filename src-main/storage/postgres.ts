import pg from 'pg'
import { wholeSchema } from '../../db/schema/index.ts'
import { Refusal } from '../kernel/refusal.ts'
import type { Engine, Reader, SqlValue, Writer } from './db.ts'
import { triggersDdl } from './ddl.ts'
import { translated } from './engine-errors.ts'
import { migrations, newestVersion } from './migrate.ts'
import { Mutex } from './mutex.ts'
import { typedWriter, type Statements } from './writer.ts'

/** The advisory lock that every writer of a company takes before BEGIN: balances and gapless numbers make every posting meet anyway. */
const COMPANY_LOCK = 0x5a484731
const MOST_TRIES = 5
const READERS = 4

const narrowed = (text: string): number => {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new Error(`${text} is not a safe integer`)
  return value
}

/** int8 and sums of it come back as safe integers, or not at all. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') => {
    if (oid === 20 || oid === 1700) return narrowed
    return pg.types.getTypeParser(oid as never, format as never) as never
  },
}

/** `?` to `$1`, outside of quotes, once per text. */
const texts = new Map<string, { text: string; name: string }>()
function numbered(sql: string): { text: string; name: string } {
  let known = texts.get(sql)
  if (!known) {
    let no = 0
    const text = sql.replace(/'[^']*'|"[^"]*"|\?/g, (part) => (part === '?' ? `$${++no}` : part))
    texts.set(sql, (known = { text, name: `s${texts.size}` }))
  }
  return known
}

class Connection implements Statements {
  readonly dialect = 'postgres'
  readonly client: pg.ClientBase
  count = 0

  constructor(client: pg.ClientBase) {
    this.client = client
  }

  async rows<R>(sql: string, params: readonly SqlValue[]): Promise<R[]> {
    this.count++
    return (await this.client.query({ ...numbered(sql), values: [...params] })).rows as R[]
  }

  async execute(sql: string, params: readonly SqlValue[]): Promise<number> {
    this.count++
    return (await this.client.query({ ...numbered(sql), values: [...params] })).rowCount ?? 0
  }

  async plain(sql: string): Promise<void> {
    this.count++
    await this.client.query(sql)
  }
}

const readerOf = (connection: Connection): Reader => ({
  dialect: 'postgres',
  all: (sql, params = []) => connection.rows(sql, params),
  get: async <R>(sql: string, params: readonly SqlValue[] = []) => (await connection.rows<R>(sql, params))[0],
})

async function connectTo(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, types })
  try {
    await client.connect()
  } catch (error) {
    throw new Refusal('platform.serverUnreachable', { reason: error instanceof Error ? error.message : String(error) })
  }
  return client
}

/** Opens an existing company on PostgreSQL 15 or newer. One write connection; reads on a small pool. */
export async function openPostgres({ url, access }: { url: string; access: 'write' | 'read' }): Promise<Engine> {
  const first = await connectTo(url)
  await assertVersion(first)
  const writing = new Connection(first)
  const pool = new pg.Pool({ connectionString: url, types, max: READERS })
  pool.on('error', () => undefined)
  const mutex = new Mutex()
  let readCount = 0
  return {
    dialect: 'postgres',
    statements: () => writing.count + readCount,
    write: (work, touched = new Set()) => {
      if (access === 'read') throw new Error('this engine was opened for reading only')
      return mutex.run(() => locked(writing, () => bounded(writing, typedWriter(writing, touched), work)))
    },
    read: async (work) => {
      const client = await pool.connect()
      const connection = new Connection(client)
      try {
        await connection.plain('begin isolation level repeatable read read only')
        const result = await work(readerOf(connection))
        await connection.plain('commit')
        return result
      } catch (error) {
        await connection.plain('rollback').catch(() => undefined)
        throw error
      } finally {
        readCount += connection.count
        client.release()
      }
    },
    close: async () => {
      await mutex.run(async () => {
        await first.end()
        await pool.end()
      })
    },
  }
}

async function locked<T>(connection: Connection, work: () => Promise<T>): Promise<T> {
  await connection.rows('select pg_advisory_lock(?)', [COMPANY_LOCK])
  try {
    return await work()
  } finally {
    await connection.rows('select pg_advisory_unlock(?)', [COMPANY_LOCK])
  }
}

/** SERIALIZABLE as the net below the lock: a collision runs the work again, a few times at most. */
async function bounded<T>(connection: Connection, writer: Writer, work: (db: Writer) => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    await connection.plain('begin isolation level serializable')
    try {
      const result = await work(writer)
      await connection.plain('commit')
      return result
    } catch (error) {
      await connection.plain('rollback').catch(() => undefined)
      const code = (error as { code?: string }).code
      if ((code !== '40001' && code !== '40P01') || tries === MOST_TRIES) throw translated(error)
    }
  }
}

async function assertVersion(client: pg.Client): Promise<void> {
  const found = await client.query<{ version: number }>('select version from zhanggui_version').catch(() => undefined)
  if (!found?.rows[0]) {
    await client.end()
    throw new Refusal('platform.companyFileMissing', { file: 'postgres' })
  }
  const [version, newest] = [Number(found.rows[0].version), newestVersion('postgres')]
  if (version > newest) {
    await client.end()
    throw new Refusal('platform.companyFileNewer', { file: 'postgres', version, newest })
  }
}

/** Makes the tables of a new company in an empty database; one that holds a company is never overwritten. */
export async function createPostgres(url: string): Promise<void> {
  const client = await connectTo(url)
  try {
    await client.query('begin')
    const held = await client.query(`select 1 from information_schema.tables where table_schema = current_schema() and table_name = 'zhanggui_version'`)
    if (held.rowCount) throw new Refusal('platform.companyFileExists', { file: 'postgres' })
    for (const migration of migrations('postgres')) for (const statement of migration.statements) await client.query(statement)
    for (const statement of triggersDdl(wholeSchema, 'postgres')) await client.query(statement)
    await client.query('create table zhanggui_version (version bigint not null)')
    await client.query('insert into zhanggui_version values ($1)', [newestVersion('postgres')])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  } finally {
    await client.end()
  }
}
