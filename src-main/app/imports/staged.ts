import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { Refusal } from '../../kernel/refusal.ts'
import type { Staged } from '../../kernel/operation.ts'
import { openStaging, type StagingReader } from '../../files/staging.ts'

/** The file's SHA-256 and eight random digits: so the audit row of every importing command holds the hash of its file. */
const idForm = /^[0-9a-f]{64}-[0-9a-f]{8}$/

export const newStagingId = (sha256: string): string => `${sha256}-${randomBytes(4).toString('hex')}`

/** Where the checked rows of an import job lie; the id is never used as a path unless it has the form of one. */
export function stagingFile(folder: string, stagingId: string): string {
  if (!idForm.test(stagingId)) throw new Refusal('platform.stagingMissing', { staging_id: stagingId })
  return join(folder, `${stagingId}.staging`)
}

/**
 * The checked rows of an import job as a command reads them. Refuses 'platform.stagingMissing' (no such job, or it is not finished),
 * 'platform.stagingForAnother' (rows of another kind than this command posts) and 'platform.stagingHasProblems' (all or nothing).
 */
export async function openStaged({ folder, stagingId, command }: { folder: string; stagingId: string; command: string }): Promise<Staged> {
  const file = stagingFile(folder, stagingId)
  const reader = readerOf(file, stagingId)
  const { meta, counts } = reader
  reader.close()
  const no = (code: string, details: Record<string, unknown>): Refusal => new Refusal(code, { staging_id: stagingId, ...details })
  if (!stagingId.startsWith(meta.sha256)) throw no('platform.stagingMissing', {})
  if (meta.extra?.['command'] !== command) throw no('platform.stagingForAnother', { kind: meta.kind })
  if (counts.problems > 0) throw no('platform.stagingHasProblems', { problems: counts.problems })
  return {
    sha256: meta.sha256,
    file_name: meta.source_name,
    count: counts.rows,
    async *rows() {
      const opened = readerOf(file, stagingId)
      try {
        for await (const chunk of opened.chunks<Record<string, unknown>>(CHUNK_ROWS)) {
          for (const { source_row, value } of chunk) yield { source_row, values: value }
        }
      } finally {
        opened.close()
      }
    },
  }
}

/** Few enough that even rows holding whole documents stay small in memory. */
const CHUNK_ROWS = 200

function readerOf(path: string, stagingId: string): StagingReader {
  try {
    return openStaging(path)
  } catch (error) {
    throw error instanceof Refusal ? new Refusal('platform.stagingMissing', { staging_id: stagingId, reason: error.code }) : error
  }
}
