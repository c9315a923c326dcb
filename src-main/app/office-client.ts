import { setTimeout as delay } from 'node:timers/promises'
import { MessageChannel, Worker } from 'node:worker_threads'
import { Refusal } from '../kernel/refusal.ts'
import type { CustomField } from '../kernel/custom-fields.ts'
import type { Importer } from '../kernel/operation.ts'
import type { CompanyCard, HostedOffice, OfficeDoor } from './office-door.ts'
import type { OfficeFacts, OnProgress, OperationKind, WorkerReport, WorkerTask } from './office-serving.ts'
import type { Answer, Caller, Change, Envelope, Progress } from './office-types.ts'
import { heard, newPulse, type Pulse } from './pulse.ts'
import type { DescribedOperation } from './transports/openapi.ts'
import { officePortClient, type OfficePort } from './transports/office-port.ts'

/** Writes something that should not have happened to the log and gives its incident number. */
export type LogIncident = (error: unknown, where: string) => string

type WithoutPort<T> = T extends { port: unknown } ? Omit<T, 'port'> : T
type Hiring = { readonly worker: URL; readonly onProgress?: OnProgress | undefined }

/** A worker thread that serves an open office. */
type Clerk = {
  readonly office: OfficePort
  readonly facts: OfficeFacts
  /** Resolves with the exit code when the thread is gone, for whatever reason. */
  readonly gone: Promise<number>
  /** Rejects at the same moment: a call to a port whose thread is gone would wait for ever. */
  readonly lost: Promise<never>
  readonly thread: Worker
}

/** One call to a clerk; rejects when its thread dies before it answers. */
const at = async <T>(clerk: Promise<Clerk>, call: (office: OfficePort) => Promise<T>): Promise<T> => {
  const { office, lost } = await clerk
  return Promise.race([call(office), lost])
}

/** A small nursery keeps long work (an import) below the memory of a small PC. */
const NURSERY_MB = 24

/** Starts a thread with its task; resolves with its last word, and rejects with the refusal it gave or with its failure. */
function startThread({ worker, onProgress }: Hiring, task: WithoutPort<WorkerTask>) {
  const { port1, port2 } = new MessageChannel()
  const resourceLimits = { maxYoungGenerationSizeMb: NURSERY_MB }
  const thread = new Worker(worker, { workerData: { ...task, port: port2 }, transferList: [port2], resourceLimits })
  const gone = new Promise<number>((resolve) => thread.once('exit', resolve))
  const said = new Promise<Extract<WorkerReport, { report: 'ready' | 'done' }>>((resolve, reject) => {
    thread.on('message', (report: WorkerReport) => {
      if (report.report === 'progress') onProgress?.(report.progress, report.commandId)
      else if (report.report === 'refused') reject(new Refusal(report.code, report.details))
      else if (report.report === 'failed') reject(new Error(report.message))
      else resolve(report)
    })
    thread.once('error', reject)
    void gone.then((code) => reject(new Error(`the office's thread ended with ${code}`)))
  })
  return { thread, port: port1, gone, said }
}

async function hireClerk(hiring: Hiring, task: WithoutPort<Extract<WorkerTask, { task: 'serve' }>>): Promise<Clerk> {
  const { thread, port, gone, said } = startThread(hiring, task)
  const office = officePortClient(port)
  const lost = gone.then((code) => {
    port.close()
    throw new Error(`the office's thread ended with ${code}`)
  })
  // Nobody may be waiting at that moment.
  lost.catch(() => undefined)
  try {
    const ready = await said
    if (ready.report !== 'ready') throw new Error('the thread did not open the office')
    return { office, facts: ready, gone, lost, thread }
  } catch (error) {
    await thread.terminate()
    throw error
  }
}

/** The first screen comes before the look through the books, which takes a core for a while where they are large. */
const BEFORE_LOOKING_MS = 3_000

/** So often is it looked whether a new day has begun. */
const NEW_DAY_MS = 10 * 60_000

/** A command that takes longer than this is not waited for by those who only read. */
const HELD_UP_MS = 150

type Hire = (access: 'write' | 'read') => Promise<Clerk>

/** The office as the main thread sees it: one thread writes and answers, a second one carries the long reports. */
class OfficeInThreads implements HostedOffice {
  private readonly hire: Hire
  private readonly running: ReadonlyMap<string, Progress>
  private readonly logIncident: LogIncident
  private first: Promise<Clerk>
  private second: Promise<Clerk> | undefined
  private readonly pulse: Pulse
  private readonly kinds: ReadonlyMap<string, OperationKind>
  private readonly inHand = new Set<{ readonly at: number }>()
  private isClosing = false
  private readonly closing = new AbortController()
  readonly card: CompanyCard
  readonly reads: Readonly<Record<string, readonly string[]>>
  readonly importers: ReadonlyMap<string, Importer>
  private found: readonly string[] | null = null

  constructor(start: { hire: Hire; running: ReadonlyMap<string, Progress>; logIncident: LogIncident; first: Clerk; pulse: Pulse; lookAfterMs: number }) {
    this.hire = start.hire
    this.running = start.running
    this.logIncident = start.logIncident
    this.first = Promise.resolve(start.first)
    this.pulse = start.pulse
    this.kinds = new Map(start.first.facts.operations.map((o) => [o.name, o]))
    this.card = start.first.facts.card
    this.reads = Object.fromEntries(start.first.facts.operations.flatMap((o) => (o.reads ? [[o.name, o.reads]] : [])))
    this.importers = new Map(start.first.facts.importers.map((i) => [i.kind, i]))
    this.standIn(start.first, 'write')
    void this.lookThrough(start.lookAfterMs)
    void this.doDuties(start.lookAfterMs)
  }

  get brokenInvariants(): readonly string[] | null {
    return this.found
  }

  /** Verifies the books in the thread that only reads, while people work already; what is broken stands in the log and is told to every page. */
  private async lookThrough(afterMs: number): Promise<void> {
    await delay(afterMs, undefined, { ref: false, signal: this.closing.signal }).catch(() => undefined)
    if (this.isClosing) return
    try {
      this.found = await at(this.reader(), (office) => office.checkBooks())
      if (this.found && this.found.length > 0) this.logIncident(new Error(`the books break: ${this.found.join('; ')}`), 'verify')
    } catch (error) {
      if (!this.isClosing) this.logIncident(error, 'verify')
    }
  }

  /** Does what a day brings by itself, soon after opening and when a new day has begun while the program was left open. */
  private async doDuties(afterMs: number): Promise<void> {
    for (let wait = afterMs; !this.isClosing; wait = NEW_DAY_MS) {
      await delay(wait, undefined, { ref: false, signal: this.closing.signal }).catch(() => undefined)
      if (this.isClosing) return
      await at(this.first, (office) => office.dailyDuties()).catch((error: unknown) => void (this.isClosing || this.logIncident(error, 'daily')))
    }
  }

  backup(caller: Caller): Promise<Answer> {
    return this.answered('backup', this.reader(), (office) => office.backup({ caller }))
  }

  backups(caller: Caller): Promise<Answer> {
    return this.answered('backups', this.reader(), (office) => office.backups({ caller }))
  }

  kindOf(name: string): 'command' | 'query' | undefined {
    return this.kinds.get(name)?.kind
  }

  async run(envelope: Envelope, caller: Caller): Promise<Answer> {
    const began = { at: performance.now() }
    heard(this.pulse)
    this.inHand.add(began)
    try {
      return await this.answered(envelope.name, this.first, (office) => office.run({ envelope, caller }))
    } finally {
      this.inHand.delete(began)
    }
  }

  ask(envelope: Envelope, caller: Caller): Promise<Answer> {
    heard(this.pulse)
    const isLong = this.kinds.get(envelope.name)?.is_long === true
    const clerk = isLong || this.isHeldUp() ? this.reader() : this.first
    return this.answered(envelope.name, clerk, (office) => office.ask({ envelope, caller }))
  }

  async *changes(signal: AbortSignal): AsyncGenerator<Change> {
    const either = AbortSignal.any([signal, this.closing.signal])
    try {
      yield* await (await this.first).office.changes(undefined, { signal: either })
    } catch (error) {
      // The stream ends when the page leaves, the company is closed or the thread is gone; a page that is still there asks again.
      if (!either.aborted) this.logIncident(error, 'changes')
    }
  }

  signIn(input: { login: string; password: string; desk: string }): Promise<Answer> {
    return this.answered('signIn', this.first, (office) => office.signIn(input))
  }

  async signOut(session: string): Promise<void> {
    await at(this.first, (office) => office.signOut({ session }))
  }

  async onePerson(): Promise<boolean> {
    return at(this.first, (office) => office.onePerson())
  }

  describe(): Promise<readonly DescribedOperation[]> {
    return at(this.first, (office) => office.describe())
  }

  customFields(): Promise<readonly CustomField[]> {
    return at(this.first, (office) => office.customFields())
  }

  progressOf(commandId: string): Progress | undefined {
    return this.running.get(commandId)
  }

  async cancel(commandId: string): Promise<void> {
    await at(this.first, (office) => office.cancel({ commandId }))
  }

  async close(): Promise<void> {
    this.isClosing = true
    this.closing.abort()
    for (const clerk of [this.second, this.first]) {
      if (clerk === undefined) continue
      await at(clerk, (office) => office.close()).catch((error: unknown) => this.logIncident(error, 'close'))
      await clerk.then(({ thread }) => thread.terminate()).catch(() => undefined)
    }
  }

  /** The second thread, opened when it is first wanted: while the first screen is on its way both cores have enough to do. */
  private reader(): Promise<Clerk> {
    if (this.second === undefined) {
      this.second = this.hire('read')
      void this.second.then(
        (clerk) => this.standIn(clerk, 'read'),
        (error: unknown) => this.logIncident(error, 'office'),
      )
    }
    return this.second
  }

  /** Is the first thread busy with a long command (an import)? Then others read from the second one, which sees what is committed. */
  private isHeldUp(): boolean {
    const now = performance.now()
    return [...this.inHand].some(({ at: since }) => now - since > HELD_UP_MS)
  }

  /** When a clerk's thread dies, the incident is logged and one other takes its place; a second death is final. */
  private standIn(clerk: Clerk, access: 'write' | 'read'): void {
    void clerk.gone.then((code) => {
      if (this.isClosing) return
      this.logIncident(new Error(`the office's ${access} thread ended with ${code}; it is opened again`), 'office')
      const next = this.hire(access)
      next.catch((error: unknown) => this.logIncident(error, 'office'))
      if (access === 'write') this.first = next
      else this.second = next
    })
  }

  private async answered(where: string, clerk: Promise<Clerk>, call: (office: OfficePort) => Promise<Answer>): Promise<Answer> {
    try {
      return await at(clerk, call)
    } catch (error) {
      return { ok: false, kind: 'defect', code: 'defect', details: { incident: this.logIncident(error, where) } }
    }
  }
}

type DoorOptions = { readonly worker?: URL; readonly logIncident: LogIncident; readonly lookAfterMs?: number }

/** The door to companies whose offices run in worker threads. `worker` is the thread's file; tests hand in their own. */
export function threadedDoor({ worker = officeWorker(), logIncident, lookAfterMs = BEFORE_LOOKING_MS }: DoorOptions): OfficeDoor {
  const carryOut = async (hiring: Hiring, task: WithoutPort<WorkerTask>): Promise<void> => {
    const { thread, said } = startThread(hiring, task)
    try {
      await said
    } finally {
      await thread.terminate()
    }
  }
  return {
    open: async ({ data, onProgress }) => {
      const running = new Map<string, Progress>()
      const report: OnProgress = (progress, commandId) => {
        if (commandId === undefined) return onProgress?.(progress)
        running.delete(commandId)
        running.set(commandId, progress)
        // The newest few are enough: finished commands are not asked about any more.
        if (running.size > 20) running.delete(running.keys().next().value!)
      }
      const pulse = newPulse()
      const hire: Hire = (access) => hireClerk({ worker, onProgress: report }, { task: 'serve', data, access, pulse })
      // One after the other: the first may have to migrate what the second reads.
      return new OfficeInThreads({ hire, running, logIncident, first: await hire('write'), pulse, lookAfterMs })
    },
    create: (company) => carryOut({ worker }, { task: 'create', company }),
    restore: (input) => carryOut({ worker }, { task: 'restore', ...input }),
    buildSample: ({ data, locale, onProgress }) => carryOut({ worker, onProgress }, { task: 'sample', data, locale }),
  }
}

/** The thread's file: beside this one, as source or as built. */
const officeWorker = (): URL => new URL(import.meta.url.endsWith('.ts') ? './office-worker.ts' : './office-worker.js', import.meta.url)
