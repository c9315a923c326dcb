import { Refusal } from '../../kernel/refusal.ts'
import { currencyOf } from '../../kernel/money.ts'
import { ImportService } from '../import-service.ts'
import type { CompanyPlace } from '../company-place.ts'
import type { OpenOffice } from '../office.ts'
import type { Answer } from '../office-types.ts'
import type { JobView, Pace } from '../import-types.ts'

/** What one file came to. `rate` is rows a second over reading and posting together; `peak_rss_bytes` is the whole program's. */
export type ImportedFile = {
  readonly file_name: string
  readonly rows: number
  readonly output: unknown
  readonly seconds: number
  readonly reading_seconds: number
  readonly posting_seconds: number
  readonly rate: number
  readonly peak_rss_bytes: number
}

/** A file that could not be imported: nothing of it was posted. The files before it stay posted. */
export class FileNotImported extends Error {
  readonly file_name: string
  readonly no: { readonly code: string; readonly details: Record<string, unknown> }
  constructor(job: JobView, no: FileNotImported['no']) {
    super(`${job.file_name}: ${no.code}`)
    this.file_name = job.file_name
    this.no = no
  }
}

/** The import service of a company that is open in this thread. */
export function importServiceOf({ office, place }: { office: OpenOffice; place: CompanyPlace }): ImportService {
  return new ImportService({
    office,
    importers: office.registry.importers,
    customFields: () => office.customFields(),
    staging: place.staging,
    digits: async () => currencyOf((await office.bus.company()).currency)?.digits ?? 2,
  })
}

const POLL_MS = 500

/**
 * Imports files of one kind one after another without a person at the screen: the proposed mapping is taken, and one bad row refuses its
 * file. Told the pace twice a second. Throws FileNotImported (with 'import.hasProblems' and the problems), or the refusals of
 * `ImportService.start`; an aborted `signal` cancels what runs and nothing of that file stays.
 */
export async function importFiles(given: {
  readonly office: OpenOffice
  readonly place: CompanyPlace
  readonly kind: string
  readonly files: readonly string[]
  readonly onProgress?: (pace: Pace, file_name: string) => void
  readonly signal?: AbortSignal
}): Promise<ImportedFile[]> {
  const { office, place, kind, files } = given
  if (kind === 'online-retail' && files.length > 1) throw new Refusal('import.oneFileOnly', { kind })
  const service = importServiceOf({ office, place })
  const done: ImportedFile[] = []
  for (const path of files) done.push(await importFile({ ...given, service, path }))
  return done
}

type OneFile = Parameters<typeof importFiles>[0] & { readonly service: ImportService; readonly path: string }

async function importFile({ service, path, kind, office, onProgress, signal }: OneFile): Promise<ImportedFile> {
  const { job_id, file_name } = await service.start({ path, kind })
  const cancel = (): void => void service.cancel(job_id)
  signal?.addEventListener('abort', cancel)
  const timer = setInterval(() => {
    const { pace } = service.job(job_id)
    if (pace) onProgress?.(pace, file_name)
  }, POLL_MS)
  try {
    await service.check(job_id)
    if (signal?.aborted) cancel()
    const checked = await service.settled(job_id)
    refuseUnless(checked, 'checked')
    const { counts, problems, reasons } = checked
    if (counts!.problems > 0) throw new FileNotImported(checked, { code: 'import.hasProblems', details: { problems: counts!.problems, reasons, rows: problems.slice(0, 20) } })
    await service.post({ job_id, caller: { desk: 'cli', userId: (await office.bus.people()).ownerId } })
    const posted = await service.settled(job_id)
    refuseUnless(posted, 'posted')
    return summary(posted, service.spent(job_id))
  } finally {
    clearInterval(timer)
    signal?.removeEventListener('abort', cancel)
    await service.drop(job_id)
  }
}

function refuseUnless(job: JobView, state: JobView['state']): void {
  if (job.state !== state) throw new FileNotImported(job, job.no ?? { code: 'platform.cancelled', details: {} })
}

function summary(job: JobView, { reading_ms, posting_ms }: { reading_ms: number; posting_ms: number }): ImportedFile {
  const rows = job.counts?.rows ?? 0
  const seconds = (reading_ms + posting_ms) / 1000
  return {
    file_name: job.file_name,
    rows,
    output: job.output,
    seconds: rounded(seconds),
    reading_seconds: rounded(reading_ms / 1000),
    posting_seconds: rounded(posting_ms / 1000),
    rate: Math.round(rows / Math.max(seconds, 0.001)),
    peak_rss_bytes: process.resourceUsage().maxRSS * 1024,
  }
}

const rounded = (seconds: number): number => Math.round(seconds * 100) / 100

/** The answer on the wire for what `importFiles` threw; undefined for what is no refusal. */
export const answerToFailure = (error: unknown): Answer | undefined =>
  error instanceof FileNotImported
    ? { ok: false, kind: 'refusal', code: error.no.code, details: { file_name: error.file_name, ...error.no.details } }
    : undefined
