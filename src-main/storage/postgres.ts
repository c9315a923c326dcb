import type { Engine, Writer } from './db.ts'
import { inspectPostgres, migratePostgres } from './migrate-postgres.ts'
import { Mutex } from './mutex.ts'
import { COMPANY_LOCK, ReaderPool, connectTo, readerOf, type Connection, type OwnConnection, type Tally } from './postgres-connection.ts'
import { typedWriter, type TypedWriter } from './writer.ts'

const MOST_TRIES = 5
const READERS = 4
const READING = 'begin isolation level repeatable read read only'

/**
 * Opens an existing company on PostgreSQL 15 or newer, and migrates it when it is older than the program.
 * One write connection, made anew when it was lost; reads on a small pool.
 */
export async function openPostgres({ url, access }: { url: string; access: 'write' | 'read' }): Promise<Engine> {
  const tally: Tally = { count: 0 }
  const line = access === 'write' ? new WriteLine(url, tally) : undefined
  const readers = new ReaderPool({ url, most: READERS, tally })
  const mutex = new Mutex()
  const end = async (): Promise<void> => {
    await line?.end()
    await readers.end()
  }
  const read = <T>(work: (connection: Connection) => Promise<T>): Promise<T> =>
    readers.run(READING, (connection) => committed(connection, work))
  try {
    if (line) await broughtUp(await line.connection(), url)
    else await read((connection) => inspectPostgres(connection, url))
  } catch (error) {
    await end()
    throw error
  }
  return {
    dialect: 'postgres',
    statements: () => tally.count,
    write: (work, touched = new Set()) => {
      if (!line) throw new Error('this engine was opened for reading only')
      return mutex.run(() => line.locked((connection) => bounded(connection, () => typedWriter(connection, touched), work)))
    },
    read: (work) => read((connection) => work(readerOf(connection))),
    close: () => mutex.run(end),
  }
}

async function broughtUp(connection: Connection, url: string): Promise<void> {
  const { version, newest } = await inspectPostgres(connection, url)
  if (version < newest) await migratePostgres(connection)
}

async function committed<T>(connection: Connection, work: (connection: Connection) => Promise<T>): Promise<T> {
  try {
    const result = await work(connection)
    await connection.plain('commit')
    return result
  } catch (error) {
    if (!connection.isLost(error)) await connection.plain('rollback')
    throw error
  }
}

/** The one connection that writes. Every writer of a company takes its advisory lock before BEGIN. */
class WriteLine {
  private readonly url: string
  private readonly tally: Tally
  private held: OwnConnection | undefined

  constructor(url: string, tally: Tally) {
    this.url = url
    this.tally = tally
  }

  /**
   * Runs `work` under the company's lock. A connection lost before is made anew; one lost during the work leaves nothing (the server rolls
   * back and frees the lock) unless it was lost while committing: then the same commandId, sent again, tells.
   */
  async locked<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    const connection = await this.lockedConnection()
    try {
      return await work(connection)
    } catch (error) {
      throw connection.told(error)
    } finally {
      // A lost connection has no lock to give back, and what it committed stays committed.
      if (!connection.isLost()) await connection.rows('select pg_advisory_unlock(?)', [COMPANY_LOCK]).catch(() => this.end())
    }
  }

  /** A connection that went dead while idle shows it at the lock, where nothing has happened yet: it is made anew once. */
  private async lockedConnection(): Promise<Connection> {
    for (let tries = 1; ; tries++) {
      const connection = await this.connection()
      try {
        await connection.rows('select pg_advisory_lock(?)', [COMPANY_LOCK])
        return connection
      } catch (error) {
        if (!connection.isLost(error) || tries === 2) throw connection.told(error)
      }
    }
  }

  /** The connection as it stands, made anew when it was lost. */
  async connection(): Promise<OwnConnection> {
    if (this.held?.isLost()) await this.end()
    return (this.held ??= await connectTo(this.url, this.tally))
  }

  async end(): Promise<void> {
    const old = this.held
    this.held = undefined
    await old?.end()
  }
}

/** SERIALIZABLE as the net below the lock: a collision runs the work again, a few times at most. */
async function bounded<T>(connection: Connection, newWriter: () => TypedWriter, work: (db: Writer) => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    await connection.plain('begin isolation level serializable')
    try {
      const writer = newWriter()
      const result = await work(writer)
      await writer.settle()
      await connection.plain('commit')
      return result
    } catch (error) {
      if (connection.isLost(error)) throw error
      await connection.plain('rollback')
      const code = (error as { code?: string }).code
      if ((code !== '40001' && code !== '40P01') || tries === MOST_TRIES) throw error
    }
  }
}
