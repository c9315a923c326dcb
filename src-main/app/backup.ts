import Database from 'better-sqlite3'
import { copyFileSync, cpSync, existsSync, linkSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Refusal } from '../kernel/refusal.ts'
import { inspectSqlite } from '../storage/migrate.ts'
import { connect, openSqlite, type SqliteEngine } from '../storage/sqlite.ts'
import { attachedOf, backupName, readNote, rotateBackups, writeNote, type BackupReason } from './backups-folder.ts'
import { placeOf, type CompanyPlace } from './company-place.ts'
import { sha256Of, stateOfFile, storedFile } from './stored-files.ts'
import { scratchFolder } from './world.ts'

/** `files` attachments came along; `missing_files` are named by the books but were not whole in the company's folder. */
export type Backup = {
  readonly file: string
  readonly bytes: number
  readonly sha256: string
  readonly files: number
  readonly missing_files: readonly string[]
}

function folderPlace(data: string): Extract<CompanyPlace, { kind: 'folder' }> {
  const place = placeOf(data, scratchFolder())
  if (place.kind !== 'folder') throw new Refusal('platform.notOnServerYet', { what: 'backup' })
  return place
}

type Wanted = {
  readonly data: string
  readonly out: string
  readonly engine?: SqliteEngine | undefined
  /** 'link' lets attachments share their bytes on the disk: contents never change, and ten backups need no ten copies. */
  readonly attachments?: 'copy' | 'link'
}

/** Copies a company in use into one file, its attachments beside it; opens and checks the copy, and only then gives it its name. */
export async function backupCompany({ data, out, engine, attachments = 'copy' }: Wanted): Promise<Backup> {
  const place = folderPlace(data)
  if (existsSync(out)) throw new Refusal('platform.backupExists', { file: out })
  const opened = engine ?? openSqlite({ file: place.file, access: 'read' })
  const draft = `${out}.part`
  const taken = attachedOf(draft)
  mkdirSync(dirname(out), { recursive: true })
  dropDraft(draft)
  try {
    await opened.backupTo(draft)
    asOneFile(draft)
    checkBackup(draft)
    const { files, missing_files } = await takeAttachments({ draft, from: place.files, to: taken, how: attachments })
    const note = { sha256: await sha256Of(draft), bytes: statSync(draft).size, files, missing_files }
    writeNote(out, note)
    rmSync(attachedOf(out), { recursive: true, force: true })
    if (existsSync(taken)) renameSync(taken, attachedOf(out))
    renameSync(draft, out)
    return { file: out, bytes: note.bytes, sha256: note.sha256, files: files.length, missing_files }
  } finally {
    dropDraft(draft)
    if (!engine) await opened.close()
  }
}

function dropDraft(draft: string): void {
  for (const tail of ['', '-wal', '-shm', '-journal']) rmSync(draft + tail, { force: true })
  rmSync(attachedOf(draft), { recursive: true, force: true })
}

/** A backup is carried around: it must not need a log beside it. */
function asOneFile(file: string): void {
  const db = new Database(file)
  try {
    db.pragma('journal_mode = DELETE')
  } finally {
    db.close()
  }
}

type Taking = { readonly draft: string; readonly from: string; readonly to: string; readonly how: 'copy' | 'link' }

/** Brings along what the copied books name, each content checked; what is not whole is listed, for it must not keep the books from being saved. */
async function takeAttachments({ draft, from, to, how }: Taking): Promise<{ files: string[]; missing_files: string[] }> {
  const db = new Database(draft, { readonly: true })
  let named: string[]
  try {
    named = db.prepare('select distinct sha256 from platform_attachment order by sha256').pluck().all() as string[]
  } finally {
    db.close()
  }
  const [files, missing_files]: [string[], string[]] = [[], []]
  for (const sha256 of named) {
    if ((await stateOfFile({ folder: from, sha256 })) !== 'whole') {
      missing_files.push(sha256)
      continue
    }
    const target = storedFile({ folder: to, sha256 })
    mkdirSync(dirname(target), { recursive: true })
    place({ source: storedFile({ folder: from, sha256 }), target, how })
    files.push(sha256)
  }
  return { files, missing_files }
}

function place({ source, target, how }: { source: string; target: string; how: 'copy' | 'link' }): void {
  if (how === 'link') {
    try {
      return linkSync(source, target)
    } catch {
      // Not every disk knows links; a copy serves as well.
    }
  }
  copyFileSync(source, target)
}

/** Opens a copy and lets SQLite read every page of it; a damaged one is refused by name. */
export function checkBackup(file: string): void {
  let db: Database.Database | undefined
  try {
    inspectSqlite(file)
    db = new Database(file, { readonly: true, fileMustExist: true })
    const answer = db.pragma('integrity_check(3)') as { integrity_check: string }[]
    if (answer[0]?.integrity_check !== 'ok') throw damaged(file, answer[0]?.integrity_check ?? '')
    const broken = db.pragma('foreign_key_check') as unknown[]
    if (broken.length > 0) throw damaged(file, `${broken.length} broken references`)
  } catch (error) {
    if (error instanceof Refusal) throw error
    throw damaged(file, error instanceof Error ? error.message : String(error))
  } finally {
    db?.close()
  }
}

const damaged = (file: string, reason: string): Refusal => new Refusal('platform.backupDamaged', { file, reason })

/** Holds a backup against the note that was written with it: one byte changed anywhere, or an attachment gone, refuses it. */
async function checkAgainstNote(from: string): Promise<void> {
  const note = readNote(from)
  // A bare file that somebody copied without its note can only be checked by what SQLite knows of it.
  if (note === undefined) return
  if (note === 'unreadable') throw damaged(from, 'its note cannot be read')
  if ((await sha256Of(from)) !== note.sha256) throw damaged(from, 'its content is not what was written')
  for (const sha256 of note.files) {
    const state = await stateOfFile({ folder: attachedOf(from), sha256 })
    if (state !== 'whole') throw damaged(from, `the attached file ${sha256.slice(0, 12)} is ${state}`)
  }
}

/** Brings a backup back into an empty place, after checking all of it; a live company is never written over. */
export async function restoreCompany({ from, data }: { from: string; data: string }): Promise<{ file: string }> {
  const target = folderPlace(data)
  // A log that was left behind would be played into the restored books.
  for (const live of [target.file, `${target.file}-wal`]) if (existsSync(live)) throw new Refusal('platform.companyFileExists', { file: live })
  if (!existsSync(from)) throw new Refusal('platform.backupMissing', { file: from })
  await checkAgainstNote(from)
  checkBackup(from)
  mkdirSync(target.folder, { recursive: true })
  const draft = `${target.file}.part`
  try {
    dropDraft(draft)
    cpSync(from, draft)
    checkBackup(draft)
    // One pass in write mode turns the copy into a live file with its log, before it gets the name that the program opens.
    connect(draft, 'write').close()
    if (existsSync(attachedOf(from))) cpSync(attachedOf(from), target.files, { recursive: true })
    renameSync(draft, target.file)
  } finally {
    dropDraft(draft)
  }
  return { file: target.file }
}

/** A backup in the company's own folder: the ones made by the program itself go beyond ten, the oldest first. */
export async function backupBeside({ data, engine, now, why }: { data: string; engine?: SqliteEngine; now: number; why: BackupReason }): Promise<Backup> {
  const { backups } = folderPlace(data)
  const made = await backupCompany({ data, out: join(backups, backupName({ now, why })), engine, attachments: 'link' })
  rotateBackups(backups)
  return made
}
