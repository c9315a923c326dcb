import Database from 'better-sqlite3'
import { existsSync } from 'node:fs'
import { Refusal } from '../kernel/refusal.ts'
import type { Engine, Reader, SqlValue, Writer } from './db.ts'
import { LONGEST_WAIT_MS, translated } from './engine-errors.ts'
import { Mutex } from './mutex.ts'
import { typedWriter, type Statements, type TypedWriter } from './writer.ts'

/** Marks the file as ours ('ZHG1') so that no other SQLite file is taken for a company. */
export const APPLICATION_ID = 0x5a484731
const OLDEST_SQLITE = [3, 51, 3] as const

type Prepared = Database.Statement<SqlValue[]>

/** A connection with the pragmas of the house, each asserted after it is set. */
export function connect(file: string, access: 'write' | 'read'): Database.Database {
  const db = new Database(file, { readonly: access === 'read', fileMustExist: access === 'read', timeout: LONGEST_WAIT_MS })
  assertVersion(db)
  if (access === 'write') db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  db.pragma('foreign_keys = ON')
  db.pragma('mmap_size = 0')
  db.pragma('temp_store = MEMORY')
  // 16 MB: in files under 1 GB SQLite looks through its whole cache at most commits (it parks a page beyond the end while it balances a tree).
  db.pragma('cache_size = -16384')
  db.pragma('wal_autocheckpoint = 8000')
  if (access === 'read') db.pragma('query_only = ON')
  const expected = { journal_mode: 'wal', synchronous: 2, foreign_keys: 1 } as const
  for (const [pragma, value] of Object.entries(expected)) {
    const is = db.pragma(pragma, { simple: true })
    if (is !== value) throw new Error(`SQLite answered ${String(is)} for ${pragma}, ${value} is needed`)
  }
  return db
}

function assertVersion(db: Database.Database): void {
  const text = db.prepare('select sqlite_version() as v').pluck().get() as string
  const version = text.split('.').map(Number)
  for (let i = 0; i < 3; i++) {
    const is = version[i] ?? 0
    if (is > OLDEST_SQLITE[i]!) return
    if (is < OLDEST_SQLITE[i]!) throw new Error(`SQLite ${text} is too old: ${OLDEST_SQLITE.join('.')} or newer is needed`)
  }
}

/** Lists of every length make texts without end; the oldest statement goes first and is prepared again in microseconds. */
const MOST_PREPARED = 2000

/** Statements prepared once per connection and text. */
class Connection implements Statements {
  readonly dialect = 'sqlite'
  readonly db: Database.Database
  count = 0
  private readonly prepared = new Map<string, Prepared>()

  constructor(db: Database.Database) {
    this.db = db
  }

  private prepare(sql: string): Prepared {
    let statement = this.prepared.get(sql)
    if (!statement) {
      if (this.prepared.size >= MOST_PREPARED) this.prepared.delete(this.prepared.keys().next().value!)
      this.prepared.set(sql, (statement = this.db.prepare<SqlValue[]>(planned(withoutUndo(sql)))))
    }
    this.count++
    return statement
  }

  async rows<R>(sql: string, params: readonly SqlValue[]): Promise<R[]> {
    return this.prepare(sql).all(...params) as R[]
  }

  async execute(sql: string, params: readonly SqlValue[]): Promise<number> {
    return this.prepare(sql).run(...params).changes
  }

  plain(sql: 'begin immediate' | 'begin' | 'commit' | 'rollback'): void {
    this.prepare(sql).run()
  }
}

const readerOf = (connection: Connection): Reader => ({
  dialect: 'sqlite',
  all: (sql, params = []) => connection.rows(sql, params),
  get: async <R>(sql: string, params: readonly SqlValue[] = []) => (await connection.rows<R>(sql, params))[0],
})

/** An engine over one SQLite file: one write connection, one read-only connection, each one at a time. */
export interface SqliteEngine extends Engine {
  readonly file: string
  /** Copies the whole database, as it is at this moment, with SQLite's backup API while it is in use. */
  backupTo(file: string): Promise<void>
  /** Folds the write-ahead log into the file between two transactions, and empties it unless somebody is reading from it: the next time does. */
  checkpoint(): Promise<void>
}

/**
 * Opens an existing company file. A missing file is an error, never a fresh database.
 * `access: 'read'` opens without a write connection (the second thread, reports).
 */
export function openSqlite({ file, access }: { file: string; access: 'write' | 'read' }): SqliteEngine {
  if (!existsSync(file)) throw new Refusal('platform.companyFileMissing', { file })
  const writing = access === 'write' ? new Connection(connect(file, 'write')) : undefined
  const reading = new Connection(connect(file, 'read'))
  const writeMutex = new Mutex()
  const readMutex = new Mutex()
  const reader = readerOf(reading)
  return {
    dialect: 'sqlite',
    file,
    statements: () => (writing?.count ?? 0) + reading.count,
    write: (work, touched = new Set()) => {
      if (!writing) throw new Error('this engine was opened for reading only')
      return writeMutex.run(() => inTransaction(writing, typedWriter(writing, touched), work))
    },
    read: (work) =>
      readMutex.run(async () => {
        reading.plain('begin')
        try {
          return await work(reader)
        } finally {
          reading.plain('commit')
        }
      }),
    backupTo: async (target) => {
      // On a connection of its own, in one snapshot: commands that commit meanwhile neither wait for the copy nor make it begin again.
      const source = connect(file, 'read')
      try {
        source.exec('begin')
        source.pragma('schema_version')
        await source.backup(target)
        source.exec('commit')
      } finally {
        source.close()
      }
    },
    checkpoint: () => writeMutex.run(async () => writing && foldLog(writing.db)),
    close: async () => {
      await writeMutex.run(async () => writing?.db.close())
      await readMutex.run(async () => void reading.db.close())
    },
  }
}

/** Waits for no reader: one of this very thread would never end while its thread waits. */
function foldLog(db: Database.Database): void {
  db.pragma('busy_timeout = 0')
  try {
    db.pragma('wal_checkpoint(TRUNCATE)')
  } finally {
    db.pragma(`busy_timeout = ${LONGEST_WAIT_MS}`)
  }
}

async function inTransaction<T>(connection: Connection, writer: TypedWriter, work: (db: Writer) => Promise<T>): Promise<T> {
  try {
    connection.plain('begin immediate')
    const result = await work(writer)
    await writer.settle()
    connection.plain('commit')
    return result
  } catch (error) {
    if (connection.db.inTransaction) connection.plain('rollback')
    throw translated(error)
  }
}

/**
 * Whatever goes wrong in a statement rolls the whole transaction back, so SQLite need not keep copies of the pages that the statement
 * changes to undo it alone: a quarter of the time of inserting many rows.
 */
const withoutUndo = (sql: string): string => (sql.startsWith('insert into ') ? `insert or fail into ${sql.slice('insert into '.length)}` : sql)

/**
 * SQLite plans a query that sorts or groups anew whenever the value of a bare `= ?` is bound, which takes longer than most queries; behind
 * a plus, which changes no value, it plans once. Measured on 3.54.1 with STAT4: 12 µs against 2 for a key; an order's plans took 118.
 */
const planned = (sql: string): string => (/^\s*(select|with) /i.test(sql) ? sql.replaceAll(' = ?', ' = +?') : sql)
