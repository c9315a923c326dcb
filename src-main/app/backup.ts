import Database from 'better-sqlite3'
import { createHash } from 'node:crypto'
import { cpSync, createReadStream, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { Refusal } from '../kernel/refusal.ts'
import { inspectSqlite } from '../storage/migrate.ts'
import { connect, openSqlite, type SqliteEngine } from '../storage/sqlite.ts'
import { placeOf, type CompanyPlace } from './company-place.ts'
import { scratchFolder } from './world.ts'

/** Automatic backups kept beside the company. */
const KEPT_BACKUPS = 10

export type Backup = { readonly file: string; readonly bytes: number; readonly sha256: string }

function folderPlace(data: string): Extract<CompanyPlace, { kind: 'folder' }> {
  const place = placeOf(data, scratchFolder())
  if (place.kind !== 'folder') throw new Refusal('platform.notOnServerYet', { what: 'backup' })
  return place
}

/** Copies a company in use into one file, opens and checks the copy, and only then gives it its name. */
export async function backupCompany({ data, out, engine }: { data: string; out: string; engine?: SqliteEngine }): Promise<Backup> {
  const place = folderPlace(data)
  if (existsSync(out)) throw new Refusal('platform.backupExists', { file: out })
  const opened = engine ?? openSqlite({ file: place.file, access: 'read' })
  const draft = `${out}.part`
  mkdirSync(dirname(out), { recursive: true })
  rmSync(draft, { force: true })
  try {
    await opened.backupTo(draft)
    checkBackup(draft)
    renameSync(draft, out)
    const attached = `${out}.files`
    if (existsSync(place.files)) cpSync(place.files, attached, { recursive: true })
    return { file: out, bytes: statSync(out).size, sha256: await sha256Of(out) }
  } finally {
    rmSync(draft, { force: true })
    if (!engine) await opened.close()
  }
}

/** Opens a copy and lets SQLite read every page of it; a damaged one is refused by name. */
export function checkBackup(file: string): void {
  inspectSqlite(file)
  let db: Database.Database | undefined
  try {
    db = new Database(file, { readonly: true, fileMustExist: true })
    const answer = db.pragma('integrity_check(3)') as { integrity_check: string }[]
    if (answer[0]?.integrity_check !== 'ok') throw new Refusal('platform.backupDamaged', { file, reason: answer[0]?.integrity_check ?? '' })
    const broken = db.pragma('foreign_key_check') as unknown[]
    if (broken.length > 0) throw new Refusal('platform.backupDamaged', { file, reason: `${broken.length} broken references` })
  } catch (error) {
    if (error instanceof Refusal) throw error
    throw new Refusal('platform.backupDamaged', { file, reason: error instanceof Error ? error.message : String(error) })
  } finally {
    db?.close()
  }
}

/** Brings a backup back into an empty place, after checking it; a live company is never written over. */
export async function restoreCompany({ from, data }: { from: string; data: string }): Promise<{ file: string }> {
  const place = folderPlace(data)
  if (existsSync(place.file)) throw new Refusal('platform.companyFileExists', { file: place.file })
  if (!existsSync(from)) throw new Refusal('platform.backupMissing', { file: from })
  checkBackup(from)
  mkdirSync(place.folder, { recursive: true })
  const draft = `${place.file}.part`
  try {
    cpSync(from, draft)
    checkBackup(draft)
    // One pass in write mode turns the copy into a live file with its log, before it gets the name that the program opens.
    connect(draft, 'write').close()
    renameSync(draft, place.file)
    if (existsSync(`${from}.files`)) cpSync(`${from}.files`, place.files, { recursive: true })
  } finally {
    for (const tail of ['', '-wal', '-shm']) rmSync(draft + tail, { force: true })
  }
  return { file: place.file }
}

/** The backup that closing the program, and a migration, make by themselves; the oldest go beyond ten. */
export async function automaticBackup({ data, engine, stamp, why }: { data: string; engine?: SqliteEngine; stamp: string; why: 'exit' | 'migration' }): Promise<Backup> {
  const place = folderPlace(data)
  const made = await backupCompany({ data, out: join(place.backups, `company-${stamp}-${why}.db`), engine })
  const kept = readdirSync(place.backups).filter((f) => /^company-.*\.db$/.test(f)).sort()
  for (const old of kept.slice(0, Math.max(0, kept.length - KEPT_BACKUPS))) {
    rmSync(join(place.backups, old))
    rmSync(join(place.backups, `${basename(old)}.files`), { recursive: true, force: true })
  }
  return made
}

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const part of createReadStream(file)) hash.update(part as Buffer)
  return hash.digest('hex')
}
