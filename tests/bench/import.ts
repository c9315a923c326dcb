import Database from 'better-sqlite3'
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { wholeSchema } from '../../db/schema/index.ts'
import { appRoot } from '../../src-main/app/places.ts'
import { buildPart, builtFile } from '../../src-main/start/build-part.ts'
import type { SqlValue } from '../../src-main/storage/db.ts'
import { createSqlite } from '../../src-main/storage/migrate.ts'
import { insertSql, metaOf, quoted } from '../../src-main/storage/table-meta.ts'
import { benchFolder, note, say } from './figure.ts'

// P5: Online Retail imported as posted documents, against raw better-sqlite3 writing the same business rows in one transaction.

const FILE = join(process.env['ZHANGGUI_DATA_SETS'] ?? join(import.meta.dirname, '../../../shared/data'), 'online_retail/online_retail.csv.xz')
const CHUNK = 20_000
const NOT_BUSINESS = /^platform_(audit|change|search|session)/

/** The yardstick: every business row of the finished books into the same tables and indexes, by prepared statements; reading is not counted. */
function rawSeconds(source: string, target: string): { seconds: number; rows: number } {
  createSqlite(target)
  const from = new Database(source, { readonly: true })
  const to = new Database(target)
  for (const pragma of ['journal_mode = WAL', 'synchronous = FULL', 'foreign_keys = ON', 'mmap_size = 0', 'temp_store = MEMORY', 'cache_size = -16384', 'wal_autocheckpoint = 8000']) to.pragma(pragma)
  for (const name of to.prepare(`select name from sqlite_schema where type = 'trigger'`).pluck().all()) to.exec(`drop trigger "${String(name)}"`)
  let ms = 0
  let rows = 0
  const timed = (work: () => void): void => {
    const start = performance.now()
    work()
    ms += performance.now() - start
  }
  timed(() => to.exec('begin immediate'))
  for (const table of wholeSchema.flatMap((m) => m.tables)) {
    const meta = metaOf(table)
    if (NOT_BUSINESS.test(meta.name)) continue
    const insert = to.prepare<SqlValue[]>(insertSql(meta, 1))
    let chunk: SqlValue[][] = []
    const write = (): void => {
      timed(() => chunk.forEach((row) => insert.run(...row)))
      rows += chunk.length
      chunk = []
    }
    for (const row of from.prepare(`select ${meta.written.map(quoted).join(', ')} from ${quoted(meta.name)}`).raw().iterate()) {
      chunk.push(row as SqlValue[])
      if (chunk.length === CHUNK) write()
    }
    write()
  }
  timed(() => to.exec('commit'))
  from.close()
  to.close()
  return { seconds: ms / 1000, rows }
}

type Imported = { readonly rows: number; readonly seconds: number; readonly posting_seconds: number; readonly peak_rss_bytes: number }

/** One verb of the command line in a process of its own, from the bundle, so that its memory is the program's alone. */
function verb<T>(...args: string[]): T {
  const launched = [join(appRoot(), 'src-main/launch.mjs'), builtFile(appRoot(), 'cli'), ...args]
  const done = spawnSync(process.execPath, launched, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 1 << 28 })
  if (done.status !== 0) throw new Error(`zhanggui ${args.join(' ')}: ${done.stdout}`)
  return JSON.parse(done.stdout) as T
}

export async function bench(): Promise<void> {
  if (!existsSync(FILE)) throw new Error(`${FILE} is missing: name the folder of data sets in ZHANGGUI_DATA_SETS`)
  await buildPart({ root: appRoot(), part: 'main' })
  const { folder, remove } = benchFolder()
  try {
    const data = join(folder, 'books')
    verb('create', '--data', data, '--profile', 'international', '--name', 'Online Retail', '--currency', 'GBP', '--first-day', '2010-11-30', '--taxpayer', 'none', '--locale', 'en')
    const { output: [imported] } = verb<{ output: [Imported] }>('import', '--data', data, 'online-retail', FILE)
    note(JSON.stringify(imported))
    const start = performance.now()
    const report = verb<{ ok: boolean }>('verify', '--data', data)
    note(`verify: ${JSON.stringify(report)} in ${Math.round(performance.now() - start)} ms`)
    const raw = rawSeconds(join(data, 'company.db'), join(folder, 'raw.db'))
    const memory = imported.peak_rss_bytes / 1e6
    say({
      name: 'import',
      figure: imported.rows / imported.seconds,
      unit: 'lines/s',
      yardstick: imported.rows / raw.seconds,
      ratio: raw.seconds / imported.seconds,
      bar: '>= 0.4 of raw, <= 500 MB',
      ok: raw.seconds / imported.seconds >= 0.4 && memory <= 500 && report.ok,
      seconds: imported.seconds,
      posting_seconds: imported.posting_seconds,
      posting_ratio: raw.seconds / imported.posting_seconds,
      raw_seconds: raw.seconds,
      business_rows: raw.rows,
      peak_rss_mb: memory,
      verified: report.ok,
    })
  } finally {
    remove()
  }
}
