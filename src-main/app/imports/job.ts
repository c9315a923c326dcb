import type { Importer } from '../../kernel/operation.ts'
import { Refusal, type Details } from '../../kernel/refusal.ts'
import type { StagingCounts } from '../../files/staging.ts'
import type { Table, TableOptions } from '../../files/read-table.ts'
import { aloneKinds } from './faulty-rows.ts'
import type { JobState, JobView, Mapping, Pace, PreviewRow, ReasonCount, RowProblem } from '../import-types.ts'

/** One import from the first look at its file to the posted rows, as this PC keeps it in memory. */
export type Job = {
  readonly job_id: string
  readonly importer: Importer
  readonly path: string
  readonly file_name: string
  readonly bytes: number
  /** An unpacked copy that goes with the job; undefined where the file itself is read. */
  readonly unpacked: string | undefined
  readonly created_at: number
  state: JobState
  table: Table
  mapping: Mapping
  preview: readonly PreviewRow[]
  staging_id: string | undefined
  sha256: string
  counts: StagingCounts | undefined
  /** Rows of the file that were looked at. */
  rows_read: number
  problems: readonly RowProblem[]
  /** All that is known to be wrong with rows, of which `problems` shows the first. */
  faulty: readonly RowProblem[]
  reasons: readonly ReasonCount[]
  pace: Pace | null
  command_id: string | undefined
  no: { readonly code: string; readonly details: Details } | null
  answer: unknown
  /** Milliseconds that reading and posting took. */
  reading_ms: number
  posting_ms: number
  /** When the running step began, by the clock that never jumps. */
  began_ms: number
  stop: AbortController
  /** The work that runs now, or is done. */
  work: Promise<void>
}

/** What a person may say about the file where it was not understood by itself. */
export type Reading = Pick<TableOptions, 'sheet' | 'headerRow' | 'encoding' | 'delimiter'>

export function viewOf(job: Job): JobView {
  const { format, encoding, delimiter, sheet, sheetNames, headerRow, headers } = job.table
  return {
    job_id: job.job_id,
    kind: job.importer.kind,
    state: job.state,
    file_name: job.file_name,
    bytes: job.bytes,
    file: { format, encoding, delimiter, sheet, sheet_names: sheetNames, header_row: headerRow },
    headers,
    fields: job.importer.fields,
    mapping: job.mapping,
    preview: job.preview,
    counts: job.counts ? { rows: job.rows_read, problems: job.counts.problems } : null,
    problems: job.problems,
    reasons: job.reasons,
    faulty_rows: new Set(job.faulty.map((p) => p.source_row)).size,
    may_leave_out: aloneKinds.has(job.importer.kind) ? 1 : 0,
    pace: job.pace,
    no: job.no,
    output: job.answer ?? null,
  }
}

/** postGood: what is good is posted, what is not is left out. */
type Step = 'map' | 'check' | 'post' | 'postGood'
const next: Record<Step, readonly JobState[]> = {
  map: ['mapping', 'checked', 'failed', 'cancelled'],
  check: ['mapping', 'checked', 'failed', 'cancelled'],
  // After a refusal or a cancel the checked rows are still there and may be posted again.
  post: ['checked', 'failed', 'cancelled'],
  postGood: ['checked', 'failed', 'cancelled'],
}

/** Refuses 'import.jobBusy' while the job reads or posts, and 'import.notChecked' before its rows were checked. */
export function assertMay(job: Job, step: Step): void {
  if (!next[step].includes(job.state)) throw new Refusal(step.startsWith('post') && job.state === 'mapping' ? 'import.notChecked' : 'import.jobBusy', { state: job.state })
  if (!step.startsWith('post')) return
  if (job.counts === undefined || job.staging_id === undefined) throw new Refusal('import.notChecked', { state: job.state })
  if (job.counts.problems > 0 && step === 'post') throw new Refusal('import.hasProblems', { problems: job.counts.problems })
  if (job.counts.rows === 0) throw new Refusal(job.rows_read > 0 ? 'import.noGoodRows' : 'import.noRows', { name: job.file_name })
}
