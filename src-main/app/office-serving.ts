import { parentPort, workerData, type MessagePort } from 'node:worker_threads'
import type { Importer } from '../kernel/operation.ts'
import { Refusal } from '../kernel/refusal.ts'
import type { CompanyAnswers, CompanyCard } from './office-door.ts'
import type { Progress } from './office-types.ts'
import type { Pulse } from './pulse.ts'
import { serveOfficePort, type PortOffice } from './transports/office-port.ts'

/** One operation as the main thread needs to know it: where to send it. */
export type OperationKind = { readonly name: string; readonly kind: 'command' | 'query'; readonly is_long: boolean; readonly reads?: readonly string[] }

/** What a worker thread is asked to do, once, at its start. */
export type WorkerTask =
  | { readonly task: 'serve'; readonly data: string; readonly access: 'write' | 'read'; readonly port: MessagePort; readonly pulse: Pulse }
  | { readonly task: 'create'; readonly company: CompanyAnswers & { readonly data: string } }
  | { readonly task: 'restore'; readonly from: string; readonly data: string }
  | { readonly task: 'sample'; readonly data: string; readonly locale: 'zh-CN' | 'en' }

/** What it says on the way. */
export type WorkerReport =
  | { readonly report: 'progress'; readonly progress: Progress; readonly commandId?: string }
  | ({ readonly report: 'ready' } & OfficeFacts)
  | { readonly report: 'done' }
  | { readonly report: 'refused'; readonly code: string; readonly details: Record<string, unknown> }
  | { readonly report: 'failed'; readonly message: string }

export type OnProgress = (progress: Progress, commandId?: string) => void
/** What the main thread keeps of an office, so that it need not load the modules itself. */
export type OfficeFacts = {
  readonly card: CompanyCard
  readonly operations: readonly OperationKind[]
  readonly importers: readonly Importer[]
}
export type ServedOffice = OfficeFacts & { readonly office: PortOffice }

/** The functions that know SQLite and PostgreSQL; tests hand in their own. */
export type OfficeMakers = {
  openOffice(input: { data: string; access: 'write' | 'read'; onProgress: OnProgress; pulse: Pulse }): Promise<ServedOffice>
  createCompany(company: CompanyAnswers & { data: string }): Promise<void>
  restoreCompany(input: { from: string; data: string }): Promise<unknown>
  buildSample(input: { data: string; locale: 'zh-CN' | 'en'; onProgress: OnProgress }): Promise<void>
}

/** The life of a worker thread: does its task, tells how it went, and ends (or serves until it is closed). */
export async function workInThread(makers: OfficeMakers): Promise<void> {
  const tell = (report: WorkerReport): void => parentPort?.postMessage(report)
  const onProgress: OnProgress = (progress, commandId) =>
    tell({ report: 'progress', progress, ...(commandId === undefined ? {} : { commandId }) })
  const task = workerData as WorkerTask
  try {
    if (task.task === 'create') await makers.createCompany(task.company)
    else if (task.task === 'restore') await makers.restoreCompany({ from: task.from, data: task.data })
    else if (task.task === 'sample') await makers.buildSample({ data: task.data, locale: task.locale, onProgress })
    else return await serve(makers, task, { tell, onProgress })
    tell({ report: 'done' })
  } catch (error) {
    if (error instanceof Refusal) tell({ report: 'refused', code: error.code, details: error.details })
    else tell({ report: 'failed', message: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  }
}

async function serve(
  makers: OfficeMakers,
  { data, access, port, pulse }: Extract<WorkerTask, { task: 'serve' }>,
  { tell, onProgress }: { tell: (report: WorkerReport) => void; onProgress: OnProgress },
): Promise<void> {
  const { office, ...facts } = await makers.openOffice({ data, access, onProgress, pulse })
  serveOfficePort(office, port)
  tell({ report: 'ready', ...facts })
}
