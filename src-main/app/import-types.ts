import type { ImportField } from '../kernel/operation.ts'
import type { Details } from '../kernel/refusal.ts'

// What the import wizard and the office say to each other: plain JSON, known on both sides as types.

/** mapping: the columns are being matched; checked: every row was read and the problems are known; posted: all rows are in the books. */
export type JobState = 'mapping' | 'checking' | 'checked' | 'posting' | 'posted' | 'failed' | 'cancelled'

/** How a long piece of work stands: rows done, rows a second, and the seconds it still needs (null while nobody can know). */
export type Pace = {
  readonly phase: 'reading' | 'posting'
  readonly done: number
  /** Null while the number of rows is not known. */
  readonly total: number | null
  readonly rate: number
  readonly seconds_left: number | null
}

export type PreviewRow = { readonly source_row: number; readonly cells: readonly string[] }
export type ReasonCount = { readonly reason_code: string; readonly column: string; readonly count: number }

/** What is wrong with one row: `column` is the header in the file, '' for the whole row; texts as `refusal.<reason_code>`. */
export type RowProblem = {
  readonly source_row: number
  readonly column: string
  readonly reason_code: string
  readonly details: Details
}

/** The header of the file that each field is read from; fields without one are left out. */
export type Mapping = Readonly<Record<string, string>>

/** A job as the wizard and the command line see it. */
export type JobView = {
  readonly job_id: string
  readonly kind: string
  readonly state: JobState
  readonly file_name: string
  readonly bytes: number
  readonly file: {
    readonly format: 'csv' | 'xlsx'
    readonly encoding: string | null
    readonly delimiter: string | null
    readonly sheet: string | null
    readonly sheet_names: readonly string[]
    readonly header_row: number
  }
  readonly headers: readonly string[]
  readonly fields: readonly ImportField[]
  readonly mapping: Mapping
  readonly preview: readonly PreviewRow[]
  /** Rows of the file, and what is wrong with them; null before the check. */
  readonly counts: { readonly rows: number; readonly problems: number } | null
  /** The first problems: of the check, or of the posting command that refused the rows. */
  readonly problems: readonly RowProblem[]
  readonly reasons: readonly ReasonCount[]
  /** Rows with problems; they can be had as a file to mend. */
  readonly faulty_rows: number
  /** 1: each row stands alone, so the good ones may be taken without the others. */
  readonly may_leave_out: 0 | 1
  readonly pace: Pace | null
  /** Why the last step ended without its aim. */
  readonly no: { readonly code: string; readonly details: Details } | null
  /** What the posting command answered. */
  readonly output: unknown
}
