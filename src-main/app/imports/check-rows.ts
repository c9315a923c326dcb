import { mkdir } from 'node:fs/promises'
import { Refusal } from '../../kernel/refusal.ts'
import { createStaging, openStaging, type StagingWriter } from '../../files/staging.ts'
import { MOST_PROBLEMS } from './faulty-rows.ts'
import type { Job } from './job.ts'
import { stageOnlineRetail } from './online-retail.ts'
import { paceOf } from './pace.ts'
import { stageTable, type Stager } from './stage-table.ts'
import { newStagingId, stagingFile } from './staged.ts'

/** Kinds whose rows belong together across the whole file; all others are checked row by row. */
const stagers: Readonly<Record<string, Stager>> = { 'online-retail': stageOnlineRetail }

export const SHOWN_PROBLEMS = 200
/** Rows between two looks at the clock and at the wish to stop. */
const ROWS_A_LOOK = 500

/** Reads and checks the whole file of a job into a new staging file. Refuses 'platform.cancelled' when stopped; then nothing stays. */
export async function checkRows(job: Job, { folder, digits }: { folder: string; digits: number }): Promise<void> {
  const staging_id = newStagingId(job.sha256)
  const file = stagingFile(folder, staging_id)
  await mkdir(folder, { recursive: true })
  const { kind, command } = job.importer
  const staging = createStaging(file, { source_name: job.file_name, sha256: job.sha256, kind, mapping: job.mapping, extra: { command } })
  try {
    await fill(job, { digits, staging })
    job.counts = staging.finish()
  } catch (error) {
    staging.discard()
    throw error
  }
  job.staging_id = staging_id
  const reader = openStaging(file)
  try {
    job.faulty = reader.problems({ limit: MOST_PROBLEMS, offset: 0 })
    job.problems = job.faulty.slice(0, SHOWN_PROBLEMS)
    job.reasons = reader.reasons()
  } finally {
    reader.close()
  }
  job.reading_ms = performance.now() - job.began_ms
  job.state = 'checked'
}

async function fill(job: Job, { digits, staging }: { digits: number; staging: StagingWriter }): Promise<void> {
  const { table, mapping, importer } = job
  const look = ({ done, total, share }: { done: number; total: number | null; share: number }): void => {
    job.pace = paceOf({ phase: 'reading', done, total, share, elapsedMs: performance.now() - job.began_ms })
  }
  const onRow = (rows: number): void => {
    if (rows % ROWS_A_LOOK !== 1) return
    if (job.stop.signal.aborted) throw new Refusal('platform.cancelled')
    const { doneBytes, totalBytes } = table.progress()
    look({ done: rows, total: null, share: totalBytes === 0 ? 0 : doneBytes / totalBytes })
  }
  const rows = await (stagers[importer.kind] ?? stageTable)({ table, fields: importer.fields, mapping, digits, staging, onRow })
  job.rows_read = rows
  look({ done: rows, total: rows, share: 1 })
}
