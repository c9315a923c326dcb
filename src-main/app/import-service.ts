import { randomUUID } from 'node:crypto'
import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { z } from 'zod'
import type { CustomField } from '../kernel/custom-fields.ts'
import type { Importer } from '../kernel/operation.ts'
import { Refusal } from '../kernel/refusal.ts'
import { sha256OfFile } from '../files/file-facts.ts'
import { openTable } from '../files/read-table.ts'
import { openStaging } from '../files/staging.ts'
import { checkRows, SHOWN_PROBLEMS } from './imports/check-rows.ts'
import { withOwnColumns } from './imports/custom-columns.ts'
import { assertRoom, ROOM } from './imports/disk-room.ts'
import { aloneKinds, MOST_PROBLEMS, stageWithout, writeFaultyRows } from './imports/faulty-rows.ts'
import type { JobView, Mapping, RowProblem } from './import-types.ts'
import { assertMay, viewOf, type Job, type Reading } from './imports/job.ts'
import { checkMapping, proposeMapping } from './imports/mapping.ts'
import { paceOf } from './imports/pace.ts'
import { stagingFile } from './imports/staged.ts'
import { UNPACKED_RATIO, unpackXz } from './imports/xz.ts'
import type { Answer, Caller, Envelope, Progress } from './office-types.ts'
import type { Locale } from './texts.ts'
import { newCommandId } from './world.ts'

/** What the service needs of the open company: an office in this thread or behind its port both fit. */
export type ImportOffice = {
  run(envelope: Envelope, caller: Caller): Promise<Answer>
  progressOf(commandId: string): Progress | undefined
  cancel(commandId: string): void | Promise<void>
}

export type ImportServiceOptions = {
  readonly office: ImportOffice
  readonly importers: ReadonlyMap<string, Importer>
  /** The fields that the company added to its records. */
  readonly customFields?: () => Promise<readonly CustomField[]>
  /** Where checked rows wait: the staging folder of the company's place. */
  readonly staging: string
  /** Decimals of the company's currency. */
  readonly digits: () => Promise<number>
  readonly now?: () => number
}

const PREVIEW_ROWS = 20
const KEPT_MS = 24 * 60 * 60 * 1000
const XZ = /\.xz$/i

/** What is wrong with a file, said with the name that people gave it, not with that of the place where it was put. */
const namedAs = (error: unknown, file_name: string): unknown =>
  error instanceof Refusal && 'name' in error.details ? new Refusal(error.code, { ...error.details, name: file_name }) : error

/** Kinds whose rows become documents with lines, moves and entries need far more room than a list of names. */
const documentKinds: ReadonlySet<string> = new Set(['sales-orders', 'sales-invoices', 'online-retail'])

/**
 * Import jobs of one open company: look at a file, map its columns, check every row into a staging file outside any transaction,
 * then post all rows by one command, or none. Used by the wizard's routes and by the command line.
 */
export class ImportService {
  private readonly options: ImportServiceOptions
  private readonly jobs = new Map<string, Job>()
  private readonly now: () => number

  constructor(options: ImportServiceOptions) {
    this.options = options
    this.now = options.now ?? Date.now
  }

  /** Looks at a file and proposes what its columns mean. Refuses 'import.kindUnknown', 'import.diskFull' and all that opening a table refuses. */
  async start(file: { path: string; file_name?: string; kind: string; reading?: Reading }): Promise<JobView> {
    const known = this.options.importers.get(file.kind)
    if (!known) throw new Refusal('import.kindUnknown', { kind: file.kind, kinds: [...this.options.importers.keys()] })
    const importer = withOwnColumns(known, (await this.options.customFields?.()) ?? [])
    await this.sweep()
    const file_name = file.file_name ?? basename(file.path)
    const { bytes, unpacked } = await this.unpacked({ path: file.path, file_name, factor: roomFactor(importer) })
    const table = await openTable(unpacked ?? file.path, file.reading).catch(async (error: unknown) => {
      if (unpacked !== undefined) await rm(unpacked, { force: true })
      throw namedAs(error, file_name)
    })
    const job: Job = {
      job_id: randomUUID(),
      importer,
      path: unpacked ?? file.path,
      file_name,
      bytes,
      unpacked,
      created_at: this.now(),
      state: 'mapping',
      table,
      mapping: proposeMapping(importer.fields, table.headers),
      preview: await previewOf(table),
      staging_id: undefined,
      sha256: await sha256OfFile(file.path),
      counts: undefined,
      rows_read: 0,
      problems: [],
      faulty: [],
      reasons: [],
      pace: null,
      command_id: undefined,
      no: null,
      answer: undefined,
      reading_ms: 0,
      posting_ms: 0,
      began_ms: 0,
      stop: new AbortController(),
      work: Promise.resolve(),
    }
    this.jobs.set(job.job_id, job)
    return viewOf(job)
  }

  /** Reads the file another way: another sheet, header row, encoding or delimiter. The mapping is proposed anew. */
  async read({ job_id, reading }: { job_id: string; reading: Reading }): Promise<JobView> {
    const job = this.jobOf(job_id)
    assertMay(job, 'map')
    job.table = await openTable(job.path, reading).catch((error: unknown) => {
      throw namedAs(error, job.file_name)
    })
    job.preview = await previewOf(job.table)
    job.mapping = proposeMapping(job.importer.fields, job.table.headers)
    await this.dropRows(job)
    job.state = 'mapping'
    return viewOf(job)
  }

  /** Says which column each field is read from. Refuses what cannot be: see checkMapping. */
  async setMapping({ job_id, mapping }: { job_id: string; mapping: Mapping }): Promise<JobView> {
    const job = this.jobOf(job_id)
    assertMay(job, 'map')
    checkMapping(mapping, { fields: job.importer.fields, headers: job.table.headers })
    job.mapping = mapping
    await this.dropRows(job)
    job.state = 'mapping'
    return viewOf(job)
  }

  /** Begins to check every row; the job is 'checked' (or 'failed') when `settled` resolves. */
  async check(job_id: string): Promise<JobView> {
    const job = this.jobOf(job_id)
    assertMay(job, 'check')
    checkMapping(job.mapping, { fields: job.importer.fields, headers: job.table.headers })
    await this.dropRows(job)
    await assertRoom({ folder: this.options.staging, bytes: job.bytes, factor: roomFactor(job.importer) })
    const digits = await this.options.digits()
    begin(job, 'checking', () => checkRows(job, { folder: this.options.staging, digits }))
    return viewOf(job)
  }

  /** Begins to post all checked rows by one command. Refuses 'import.hasProblems', 'import.noRows', 'import.notChecked'. */
  async post({ job_id, caller }: { job_id: string; caller: Caller }): Promise<JobView> {
    const job = this.jobOf(job_id)
    assertMay(job, 'post')
    await assertRoom({ folder: this.options.staging, bytes: job.bytes, factor: roomFactor(job.importer) })
    begin(job, 'posting', () => this.postRows(job, caller))
    return viewOf(job)
  }

  /**
   * Begins to post the good rows and to leave the others out: those that were not understood, and those that the command refuses, until it
   * takes the rest. Refuses 'import.rowsBelongTogether' where rows are parts of documents, 'import.tooManyFaulty' where not all can be named.
   */
  async postGood({ job_id, caller }: { job_id: string; caller: Caller }): Promise<JobView> {
    const job = this.jobOf(job_id)
    assertMay(job, 'postGood')
    if (!aloneKinds.has(job.importer.kind)) throw new Refusal('import.rowsBelongTogether', { name: job.file_name })
    if (job.counts!.problems > MOST_PROBLEMS) throw new Refusal('import.tooManyFaulty', { problems: job.counts!.problems, most: MOST_PROBLEMS })
    await assertRoom({ folder: this.options.staging, bytes: job.bytes, factor: roomFactor(job.importer) })
    begin(job, 'posting', () => this.postGoodRows(job, caller))
    return viewOf(job)
  }

  /** Writes the rows that could not be taken, and why not, into a workbook. Refuses 'import.noFaultyRows'. */
  async writeFaulty({ job_id, locale, path }: { job_id: string; locale: Locale; path: string }): Promise<void> {
    await writeFaultyRows(this.jobOf(job_id), { locale, path })
  }

  /** Stops what runs: reading ends and its rows are dropped; posting is rolled back at its next breath. Nothing half-done stays. */
  async cancel(job_id: string): Promise<JobView> {
    const job = this.jobOf(job_id)
    job.stop.abort()
    if (job.state === 'posting' && job.command_id !== undefined) await this.options.office.cancel(job.command_id)
    return viewOf(job)
  }

  /** The job as it stands now, with progress, rate and the time left. */
  job(job_id: string): JobView {
    const job = this.jobOf(job_id)
    this.measurePosting(job)
    return viewOf(job)
  }

  /** Resolves when nothing runs any more for this job. */
  async settled(job_id: string): Promise<JobView> {
    const job = this.jobOf(job_id)
    await job.work
    return viewOf(job)
  }

  /** One page of all kept problems of the last check. */
  problems({ job_id, limit, offset }: { job_id: string; limit: number; offset: number }): RowProblem[] {
    const job = this.jobOf(job_id)
    if (job.staging_id === undefined || job.counts === undefined) return []
    const reader = openStaging(stagingFile(this.options.staging, job.staging_id))
    try {
      return reader.problems({ limit, offset })
    } finally {
      reader.close()
    }
  }

  /** Milliseconds spent in reading and in posting. */
  spent(job_id: string): { reading_ms: number; posting_ms: number } {
    const { reading_ms, posting_ms } = this.jobOf(job_id)
    return { reading_ms, posting_ms }
  }

  /** Forgets the job and removes its checked rows. */
  async drop(job_id: string): Promise<void> {
    const job = this.jobOf(job_id)
    await this.cancel(job_id)
    await job.work
    await this.dropRows(job)
    if (job.unpacked !== undefined) await rm(job.unpacked, { force: true })
    this.jobs.delete(job_id)
  }

  private jobOf(job_id: string): Job {
    const job = this.jobs.get(job_id)
    if (!job) throw new Refusal('import.jobUnknown', { job_id })
    return job
  }

  /** An .xz file is unpacked beside the staging files, where room for it was asked for. */
  private async unpacked({ path, file_name, factor }: { path: string; file_name: string; factor: number }): Promise<{ bytes: number; unpacked: string | undefined }> {
    const packed = await stat(path).catch(() => undefined)
    const isPacked = XZ.test(file_name)
    // A file that is not there is refused by name when it is opened.
    const guess = (packed?.size ?? 0) * (isPacked ? UNPACKED_RATIO : 1)
    await assertRoom({ folder: this.options.staging, bytes: guess, factor })
    if (!isPacked || packed === undefined) return { bytes: guess, unpacked: undefined }
    await mkdir(this.options.staging, { recursive: true })
    const unpacked = join(this.options.staging, `${randomUUID()}.unpacked`)
    await unpackXz({ path, target: unpacked, signal: new AbortController().signal })
    return { bytes: (await stat(unpacked)).size, unpacked }
  }

  private async postRows(job: Job, caller: Caller): Promise<void> {
    // A new id for each attempt: a refused or cancelled command is not remembered, a posted job is never posted again.
    job.command_id = newCommandId(this.now())
    const answer = await this.options.office.run({ name: job.importer.command, input: { staging_id: job.staging_id }, commandId: job.command_id }, caller)
    this.measurePosting(job)
    job.posting_ms = performance.now() - job.began_ms
    if (!answer.ok) throw new NotPosted(answer)
    job.answer = answer.output
    job.state = 'posted'
    await this.dropRows(job)
  }

  private async postGoodRows(job: Job, caller: Caller): Promise<void> {
    const faulty = [...job.faulty]
    for (;;) {
      const leftOut = new Set(faulty.map((p) => p.source_row))
      const { staging_id, rows } = await stageWithout(job, { folder: this.options.staging, leftOut })
      try {
        if (rows === 0) throw new Refusal('import.noGoodRows', { name: job.file_name })
        job.command_id = newCommandId(this.now())
        const answer = await this.options.office.run({ name: job.importer.command, input: { staging_id }, commandId: job.command_id }, caller)
        if (!answer.ok) {
          const more = problemsOf(answer, job.mapping).filter((p) => !leftOut.has(p.source_row))
          if (more.length === 0) throw new NotPosted(answer)
          faulty.push(...more)
          continue
        }
        Object.assign(job, { answer: answer.output, state: 'posted', faulty, problems: faulty.slice(0, SHOWN_PROBLEMS) })
      } finally {
        await rm(stagingFile(this.options.staging, staging_id), { force: true })
      }
      break
    }
    job.posting_ms = performance.now() - job.began_ms
    await this.dropRows(job)
  }

  private measurePosting(job: Job): void {
    const progress = job.state === 'posting' && job.command_id !== undefined ? this.options.office.progressOf(job.command_id) : undefined
    if (!progress) return
    const { done, total } = progress
    job.pace = paceOf({ phase: 'posting', done, total, share: total === 0 ? 0 : done / total, elapsedMs: performance.now() - job.began_ms })
  }

  private async dropRows(job: Job): Promise<void> {
    if (job.staging_id !== undefined) await rm(stagingFile(this.options.staging, job.staging_id), { force: true })
    job.staging_id = undefined
    // What was posted keeps its figures for the person who looks at them.
    if (job.state === 'posted') return
    Object.assign(job, { counts: undefined, problems: [], faulty: [], reasons: [], pace: null, no: null })
  }

  /** Removes what was left lying for a day: jobs of wizards that were closed, staging files of programs that were ended. */
  private async sweep(): Promise<void> {
    const isOld = (at: number): boolean => this.now() - at > KEPT_MS
    for (const job of [...this.jobs.values()]) if (isOld(job.created_at) && !['checking', 'posting'].includes(job.state)) await this.drop(job.job_id)
    for (const name of await readdir(this.options.staging).catch(() => [])) {
      if (!/\.(staging|unpacked)$/.test(name)) continue
      const path = join(this.options.staging, name)
      const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Date.now() }))
      if (Date.now() - mtimeMs > KEPT_MS) await rm(path, { force: true })
    }
  }
}

/** The office said no to the posting command. */
class NotPosted extends Error {
  readonly answer: Extract<Answer, { ok: false }>
  constructor(answer: Extract<Answer, { ok: false }>) {
    super(answer.code)
    this.answer = answer
  }
}

const roomFactor = (importer: Importer): number => (documentKinds.has(importer.kind) ? ROOM.documents : ROOM.rows)

/** Runs one step in the background; how it ended stands in the job. A defect stays a defect: it rejects `settled`. */
function begin(job: Job, state: 'checking' | 'posting', work: () => Promise<void>): void {
  job.state = state
  job.no = null
  job.stop = new AbortController()
  job.began_ms = performance.now()
  job.work = work().catch((error: unknown) => {
    const no = error instanceof NotPosted ? error.answer : error instanceof Refusal ? { code: error.code, details: error.details } : undefined
    job.state = no?.code === 'platform.cancelled' ? 'cancelled' : 'failed'
    job.no = no ? { code: no.code, details: no.details } : { code: 'defect', details: {} }
    if (error instanceof NotPosted) {
      job.faulty = problemsOf(error.answer, job.mapping)
      job.problems = job.faulty.slice(0, SHOWN_PROBLEMS)
    }
    if (!no) throw error
  })
  // Nobody may be waiting; `settled` still sees the failure.
  job.work.catch(() => undefined)
}

/** The rows that the posting command refused (unknown items, codes taken, …), under the headers of the file. */
function problemsOf({ details }: Extract<Answer, { ok: false }>, mapping: Mapping): RowProblem[] {
  const rows = rejectedRows.safeParse(details)
  return rows.success ? rows.data.problems.map(({ field, ...problem }) => ({ ...problem, column: mapping[field] ?? field })) : []
}

const rejectedRows = z.object({
  problems: z.array(z.object({ source_row: z.number(), field: z.string(), reason_code: z.string(), details: z.record(z.string(), z.unknown()) })),
})

async function previewOf(table: { rows(): AsyncGenerator<{ readonly row: number; readonly cells: readonly string[] }> }): Promise<Job['preview']> {
  const preview: { source_row: number; cells: readonly string[] }[] = []
  for await (const { row, cells } of table.rows()) {
    preview.push({ source_row: row, cells: cells.map((cell) => cell.slice(0, 200)) })
    if (preview.length === PREVIEW_ROWS) break
  }
  return preview
}
