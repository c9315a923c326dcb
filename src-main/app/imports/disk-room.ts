import { existsSync } from 'node:fs'
import { dirname } from 'node:path'
import { freeDisk } from '../../files/file-facts.ts'
import { Refusal } from '../../kernel/refusal.ts'

/** So much stays free whatever the file is: the program must be able to write its own books afterwards. */
const MARGIN_BYTES = 128 * 1024 ** 2

/**
 * What an import may need at its peak, as a multiple of the plain file: the staging file, the rows in the company file, and the same
 * rows once more in the write-ahead log until it is emptied. Documents become lines, moves and entries, each with its indexes.
 */
export const ROOM = { rows: 6, documents: 45 } as const

/** Refuses 'import.diskFull' before anything is written when the disk of `folder` has not room for a file of `bytes`. */
export async function assertRoom({ folder, bytes, factor }: { folder: string; bytes: number; factor: number }): Promise<void> {
  const need_bytes = bytes * factor + MARGIN_BYTES
  const free_bytes = await freeDisk(nearest(folder))
  if (free_bytes < need_bytes) throw new Refusal('import.diskFull', { need_mb: megabytes(need_bytes), free_mb: megabytes(free_bytes) })
}

const megabytes = (bytes: number): number => Math.ceil(bytes / 1024 ** 2)

/** The folder itself, or the nearest one above it that exists: it will be made there. */
function nearest(folder: string): string {
  let path = folder
  while (!existsSync(path) && dirname(path) !== path) path = dirname(path)
  return path
}
