import pg from 'pg'
import { Refusal } from '../kernel/refusal.ts'
import type { Reader, SqlValue } from './db.ts'
import { LONGEST_WAIT_MS, translated } from './engine-errors.ts'
import type { Statements } from './writer.ts'

/** The advisory lock that every writer of a company takes: balances and gapless numbers make every posting meet anyway. */
export const COMPANY_LOCK = 0x5a484731

/** Reaching a server takes at most this long. */
const CONNECT_MS = 10_000
/** A reader that nobody asks for is closed after this. */
const IDLE_MS = 30_000
/** Texts that are prepared on the server, per connection; rarer ones beyond it are parsed each time, so that memory stays bounded. */
const MOST_PREPARED = 2000

const narrowed = (text: string): number => {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new Error(`${text} is not a safe integer`)
  return value
}

const [INT8, NUMERIC] = [20, 1700]

/** int8 and sums of it come back as safe integers, or not at all. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') => {
    if (oid === INT8 || oid === NUMERIC) return narrowed
    return pg.types.getTypeParser(oid as never, format as never) as never
  },
}

/** A pool's own timeout would also count the wait for a free reader, so the time to reach the server is set on the client. */
class Client extends pg.Client {
  constructor(config: pg.ClientConfig = {}) {
    super({ ...config, types, keepAlive: true, connectionTimeoutMillis: CONNECT_MS })
  }
}

/** The address without its password, as refusals and logs may show it. */
export function shownAddress(url: string): string {
  try {
    const shown = new URL(url)
    shown.password = ''
    shown.search = ''
    return shown.href
  } catch {
    return 'postgres://'
  }
}

const unreachable = (error: unknown): Refusal =>
  new Refusal('platform.serverUnreachable', { reason: error instanceof Error ? error.message : String(error) })

/** `?` to `$1`, outside of quotes, once per text; the name under which the server keeps it prepared. */
const texts = new Map<string, pg.QueryConfig>()
function numbered(sql: string): pg.QueryConfig {
  const known = texts.get(sql)
  if (known) return known
  let no = 0
  const text = sql.replace(/'[^']*'|"[^"]*"|\?/g, (part) => (part === '?' ? `$${++no}` : part))
  if (texts.size >= MOST_PREPARED) return { text }
  const made = { text, name: `s${texts.size}` }
  texts.set(sql, made)
  return made
}

/** The server went away (0800x; 08P01 is a mistake of ours), was told to stop (57P01 to 57P03), or the network broke. */
const lossCode = /^(0800|57P0[123]$|ECONN|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENETRESET)/

/** Statements that an engine has executed, over all its connections. */
export type Tally = { count: number }

const connections = new WeakMap<pg.ClientBase, Connection>()

/** One for each client, however often a pool hands it out: it listens for the client's end. */
function connectionOver(client: pg.ClientBase, tally: Tally): Connection {
  let known = connections.get(client)
  if (!known) connections.set(client, (known = new Connection(client, tally)))
  return known
}

export class Connection implements Statements {
  readonly dialect = 'postgres'
  private readonly client: pg.ClientBase
  private readonly tally: Tally
  private gone = false

  constructor(client: pg.ClientBase, tally: Tally) {
    this.client = client
    this.tally = tally
    client.on('error', () => (this.gone = true))
    client.on('end', () => (this.gone = true))
  }

  /** True once the connection can carry nothing more: told by the driver, or by the error that a statement ended in. */
  isLost(error?: unknown): boolean {
    if (!this.gone && lossCode.test((error as { code?: string } | undefined)?.code ?? '')) this.gone = true
    return this.gone
  }

  /** A loss in the refusal's words; every other error as the engines tell it. */
  told(error: unknown): unknown {
    return this.isLost(error) ? unreachable(error) : translated(error)
  }

  async rows<R>(sql: string, params: readonly SqlValue[]): Promise<R[]> {
    this.tally.count++
    return (await this.client.query({ ...numbered(sql), values: [...params] })).rows as R[]
  }

  async execute(sql: string, params: readonly SqlValue[]): Promise<number> {
    this.tally.count++
    return (await this.client.query({ ...numbered(sql), values: [...params] })).rowCount ?? 0
  }

  /** One statement without parameters, never prepared. */
  async plain(sql: string): Promise<void> {
    this.tally.count++
    await this.client.query(sql)
  }
}

/** A connection outside of any pool: whoever asked for it ends it. */
export class OwnConnection extends Connection {
  private readonly own: pg.Client

  constructor(client: pg.Client, tally: Tally) {
    super(client, tally)
    this.own = client
  }

  async end(): Promise<void> {
    await this.own.end().catch(() => undefined)
  }
}

export const readerOf = (connection: Connection): Reader => ({
  dialect: 'postgres',
  all: (sql, params = []) => connection.rows(sql, params),
  get: async <R>(sql: string, params: readonly SqlValue[] = []) => (await connection.rows<R>(sql, params))[0],
})

/** One connection to a server, outside of any pool; refuses by name when it cannot be had. */
export async function connectTo(url: string, tally: Tally = { count: 0 }): Promise<OwnConnection> {
  try {
    const client = new Client({ connectionString: url })
    const connection = new OwnConnection(client, tally)
    await client.connect()
    await connection.plain(`set lock_timeout = ${LONGEST_WAIT_MS}`)
    return connection
  } catch (error) {
    throw unreachable(error)
  }
}

/** A few connections for readers, made when asked for and closed when idle. */
export class ReaderPool {
  private readonly pool: pg.Pool
  private readonly tally: Tally
  private readonly most: number

  constructor({ url, most, tally }: { url: string; most: number; tally: Tally }) {
    this.pool = new pg.Pool({ connectionString: url, Client, max: most, idleTimeoutMillis: IDLE_MS })
    // An idle reader that the server drops is taken out of the pool by itself.
    this.pool.on('error', () => undefined)
    this.tally = tally
    this.most = most
  }

  /** Runs `work` on a reader that has carried out `begin`; readers that went dead while idle are passed over. */
  async run<T>(begin: string, work: (connection: Connection) => Promise<T>): Promise<T> {
    for (let dead = 0; ; dead++) {
      const client = await this.pool.connect().catch((error: unknown) => Promise.reject(unreachable(error)))
      const connection = connectionOver(client, this.tally)
      try {
        await connection.plain(begin)
      } catch (error) {
        client.release(true)
        if (connection.isLost(error) && dead < this.most) continue
        throw connection.told(error)
      }
      try {
        return await work(connection)
      } catch (error) {
        throw connection.told(error)
      } finally {
        client.release(connection.isLost())
      }
    }
  }

  end(): Promise<void> {
    return this.pool.end()
  }
}
