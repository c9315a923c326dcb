import Database from 'better-sqlite3'
import { existsSync, rmSync } from 'node:fs'
import { basename } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { refuse } from './refusals.ts'

/** What a staging file says about itself. `mapping` and `extra` are the importer's own, plain JSON. */
export type StagingMeta = {
  readonly source_name: string
  readonly sha256: string
  readonly kind: string
  readonly mapping: Readonly<Record<string, unknown>>
  readonly extra?: Readonly<Record<string, unknown>>
}

export type StagingCounts = { readonly rows: number; readonly problems: number }

/** One checked row: `no` counts from 1 without gaps, `source_row` is the row in the file, `value` is what the importer made of it. */
type StagedRow<T = unknown> = { readonly no: number; readonly source_row: number; readonly value: T }

/** One reason why a row cannot be imported. `column` is the header or '' for the whole row. */
export type StagedProblem = {
  readonly source_row: number
  readonly column: string
  readonly reason_code: string
  readonly details: Readonly<Record<string, unknown>>
}

export type StagingWriter = {
  /** Adds a row and gives its `no`. */
  add(row: { readonly source_row: number; readonly value: unknown }): number
  /** Notes a problem; all are counted, the first `maxProblems` are kept. */
  problem(problem: StagedProblem): void
  counts(): StagingCounts
  /** Hands the turn to the event loop every few milliseconds: call it once a row in long loops. */
  pause(): Promise<void>
  /** Marks the file as whole and closes it. Only then can it be opened for posting. */
  finish(): StagingCounts
  /** Closes and deletes the file: the import was cancelled or failed. */
  discard(): void
}

export type StagingReader = {
  readonly meta: StagingMeta
  readonly counts: StagingCounts
  /** Rows with a greater `no`, in order, at most `limit`. */
  page<T>(range: { readonly after: number; readonly limit: number }): StagedRow<T>[]
  /** All rows in order, in chunks; the event loop gets its turn between them. */
  chunks<T>(size?: number): AsyncGenerator<StagedRow<T>[]>
  /** So many rows spread evenly over the file, for a preview. */
  sample<T>(count: number): StagedRow<T>[]
  problems(page: { readonly limit: number; readonly offset: number }): StagedProblem[]
  /** How often each reason occurs among the kept problems, the most frequent first. */
  reasons(): { readonly reason_code: string; readonly column: string; readonly count: number }[]
  close(): void
}

/** 'ZGST' as SQLite's application id: a company file can never be taken for a staging file, nor the other way round. */
const applicationId = 0x5a475354

/** No journal and no waiting for the disk: the file is worth nothing until it is finished, and nothing after it was posted. */
const tables = `
  PRAGMA journal_mode = OFF;
  PRAGMA synchronous = OFF;
  PRAGMA mmap_size = 0;
  PRAGMA application_id = ${applicationId};
  CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
  CREATE TABLE row (no INTEGER PRIMARY KEY, source_row INTEGER NOT NULL, json TEXT NOT NULL) STRICT;
  CREATE TABLE problem (id INTEGER PRIMARY KEY, source_row INTEGER NOT NULL, column_name TEXT NOT NULL,
    reason_code TEXT NOT NULL, details TEXT NOT NULL) STRICT;
`

const batchRows = 5_000
/** Whoever shares the thread (pages of the workbench) waits no longer than this for a turn. */
const TURN_MS = 8

/**
 * Creates a staging file: a throw-away SQLite file that an import fills outside any transaction of the books. It has no journal and
 * never waits for the disk, so after a crash it is worthless and must be deleted; `openStaging` takes only finished ones.
 * An existing file is never overwritten (a defect of the caller).
 */
export function createStaging(path: string, meta: StagingMeta, options: { readonly maxProblems?: number } = {}): StagingWriter {
  if (existsSync(path)) throw new Error(`the staging file exists: ${basename(path)}`)
  const maxProblems = options.maxProblems ?? 10_000
  const db = new Database(path)
  db.exec(tables)
  const setMeta = db.prepare('INSERT INTO meta (name, value) VALUES (?, ?)')
  const addRow = db.prepare('INSERT INTO row (no, source_row, json) VALUES (?, ?, ?)')
  const addProblem = db.prepare('INSERT INTO problem (source_row, column_name, reason_code, details) VALUES (?, ?, ?, ?)')
  for (const [name, value] of Object.entries(meta)) if (value !== undefined) setMeta.run(name, JSON.stringify(value))
  let rows = 0
  let problems = 0
  let written = 0
  let pausedAt = performance.now()
  // Rows are written inside one transaction a batch; without it every row would be a transaction of its own.
  db.exec('BEGIN')
  const guarded = (work: () => void) => {
    try {
      work()
    } catch (error) {
      const isFull = error instanceof Database.SqliteError && error.code === 'SQLITE_FULL'
      throw isFull ? refuse('files.diskFull', { name: basename(path) }) : error
    }
  }
  const write = (work: () => void) => guarded(() => {
    work()
    if (++written % batchRows === 0) db.exec('COMMIT; BEGIN')
  })
  return {
    add({ source_row, value }) {
      write(() => addRow.run(rows + 1, source_row, JSON.stringify(value)))
      return ++rows
    },
    problem(problem) {
      if (++problems > maxProblems) return
      write(() => addProblem.run(problem.source_row, problem.column, problem.reason_code, JSON.stringify(problem.details)))
    },
    counts: () => ({ rows, problems }),
    async pause() {
      if (performance.now() - pausedAt < TURN_MS) return
      await nextTurn()
      pausedAt = performance.now()
    },
    finish() {
      guarded(() => {
        setMeta.run('counts', JSON.stringify({ rows, problems }))
        db.exec('COMMIT')
      })
      db.close()
      return { rows, problems }
    },
    discard() {
      db.close()
      rmSync(path, { force: true })
    },
  }
}

/**
 * Opens a finished staging file for reading only. Refuses `files.notStaged` (missing, or another kind of file) and
 * `files.stagingUnfinished` (its import did not come to its end, or rows are missing).
 */
export function openStaging(path: string): StagingReader {
  const db = openReadOnly(path)
  try {
    const { meta, counts } = readMeta(db, basename(path))
    return readerOf(db, meta, counts)
  } catch (error) {
    db.close()
    throw error instanceof Database.SqliteError ? refuse('files.notStaged', { name: basename(path) }) : error
  }
}

function openReadOnly(path: string): Database.Database {
  try {
    return new Database(path, { readonly: true, fileMustExist: true })
  } catch {
    throw refuse('files.notStaged', { name: basename(path) })
  }
}

function readMeta(db: Database.Database, name: string): { meta: StagingMeta; counts: StagingCounts } {
  if (db.pragma('application_id', { simple: true }) !== applicationId) throw refuse('files.notStaged', { name })
  const entries = db.prepare('SELECT name, value FROM meta ORDER BY name').all() as { name: string; value: string }[]
  const values = new Map(entries.map((entry) => [entry.name, JSON.parse(entry.value) as unknown]))
  const counts = values.get('counts') as StagingCounts | undefined
  values.delete('counts')
  const found = db.prepare('SELECT count(*) AS rows, COALESCE(max(no), 0) AS last FROM row').get() as { rows: number; last: number }
  const isWhole = counts !== undefined && counts.rows === found.rows && found.last === found.rows
  if (!isWhole) throw refuse('files.stagingUnfinished', { name })
  return { meta: Object.fromEntries(values) as StagingMeta, counts }
}

type RawRow = { no: number; source_row: number; json: string }
type RawProblem = { source_row: number; column_name: string; reason_code: string; details: string }

function readerOf(db: Database.Database, meta: StagingMeta, counts: StagingCounts): StagingReader {
  const pageOf = db.prepare('SELECT no, source_row, json FROM row WHERE no > ? ORDER BY no LIMIT ?')
  const oneOf = db.prepare('SELECT no, source_row, json FROM row WHERE no = ?')
  const problemsOf = db.prepare('SELECT source_row, column_name, reason_code, details FROM problem ORDER BY id LIMIT ? OFFSET ?')
  const reasonsOf = db.prepare(`SELECT reason_code, column_name, count(*) AS count FROM problem
    GROUP BY reason_code, column_name ORDER BY count(*) DESC, reason_code, column_name`)
  const staged = <T>({ no, source_row, json }: RawRow): StagedRow<T> => ({ no, source_row, value: JSON.parse(json) as T })
  const page = <T>(range: { readonly after: number; readonly limit: number }) =>
    (pageOf.all(range.after, range.limit) as RawRow[]).map((row) => staged<T>(row))
  return {
    meta,
    counts,
    page,
    async *chunks<T>(size = 1_000) {
      for (let after = 0; after < counts.rows; after += size) {
        yield page<T>({ after, limit: size })
        await nextTurn()
      }
    },
    sample<T>(count: number) {
      const taken = Math.min(count, counts.rows)
      return Array.from({ length: taken }, (_, i) => staged<T>(oneOf.get(1 + Math.floor((i * counts.rows) / taken)) as RawRow))
    },
    problems(range) {
      const found = problemsOf.all(range.limit, range.offset) as RawProblem[]
      return found.map(({ column_name, details, ...rest }) => {
        return { ...rest, column: column_name, details: JSON.parse(details) as StagedProblem['details'] }
      })
    },
    reasons() {
      const found = reasonsOf.all() as { reason_code: string; column_name: string; count: number }[]
      return found.map(({ reason_code, column_name, count }) => ({ reason_code, column: column_name, count }))
    },
    close: () => {
      db.close()
    },
  }
}
