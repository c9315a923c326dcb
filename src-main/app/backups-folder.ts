import { existsSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { readRemembered, remember } from './home.ts'

/** Why a backup was made: closing the company, before a migration, or because somebody asked for one. */
export type BackupReason = 'exit' | 'migration' | 'hand'

/** One backup as lists show it; `made_at` in UTC ms, `why` null for one that was put there by other means. */
export type ListedBackup = {
  readonly file: string
  readonly file_name: string
  readonly bytes: number
  readonly made_at: number
  readonly why: BackupReason | null
}

/** Automatic backups kept beside the company. */
const KEPT_BACKUPS = 10

/** What lies beside a backup: by it a byte that changed is found, anywhere in the file, and every attachment that belongs to it. */
const noteForm = z.object({
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  bytes: z.int(),
  files: z.array(z.string().regex(/^[0-9a-f]{64}$/)),
  missing_files: z.array(z.string()),
})
export type BackupNote = z.infer<typeof noteForm>

const noteOf = (backup: string): string => `${backup}.json`
/** The folder of the attachments that belong to a backup. */
export const attachedOf = (backup: string): string => `${backup}.files`

export const writeNote = (backup: string, note: BackupNote): void => remember(noteOf(backup), note)

/** The note beside a backup; undefined when there is none, 'unreadable' when it is not what was written. */
export function readNote(backup: string): BackupNote | 'unreadable' | undefined {
  if (!existsSync(noteOf(backup))) return undefined
  const note = noteForm.safeParse(readRemembered(noteOf(backup)))
  return note.success ? note.data : 'unreadable'
}

/** The name of a backup: instants sort like their names. */
export const backupName = ({ now, why }: { now: number; why: BackupReason }): string =>
  `company-${new Date(now).toISOString().replaceAll(/[:.]/g, '-')}-${why}.db`

const reasonIn = (file_name: string): BackupReason | null => (/^company-.*-(exit|migration|hand)\.db$/.exec(file_name)?.[1] as BackupReason | undefined) ?? null

/** The backups in a company's folder of backups, newest first. */
export function listBackups(folder: string): ListedBackup[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((file_name) => file_name.endsWith('.db'))
    .map((file_name) => {
      const file = join(folder, file_name)
      const { size, mtimeMs } = statSync(file)
      return { file, file_name, bytes: size, made_at: Math.round(mtimeMs), why: reasonIn(file_name) }
    })
    .toSorted((a, b) => (a.file_name < b.file_name ? 1 : -1))
}

/** Takes the oldest automatic backups away beyond ten; what somebody asked for stays. */
export function rotateBackups(folder: string): void {
  const automatic = listBackups(folder).filter((b) => b.why === 'exit' || b.why === 'migration')
  for (const { file } of automatic.slice(KEPT_BACKUPS)) {
    rmSync(file)
    rmSync(noteOf(file), { force: true })
    rmSync(attachedOf(file), { recursive: true, force: true })
  }
}
