import type { Hono } from 'hono'
import { join } from 'node:path'
import { Lobby } from './lobby.ts'
import { threadedDoor, type LogIncident } from './office-client.ts'
import type { OfficeDoor } from './office-door.ts'
import { pagesFolder } from './places.ts'
import { defectLog, deskName } from './world.ts'
import type { HostEnv } from './transports/answers.ts'
import { Gate } from './transports/gate.ts'
import { httpApp } from './transports/http.ts'
import type { ExportService, PrintService } from './transports/papers.ts'
import { Presence } from './transports/presence.ts'

/** What a host or a window is made of. Everything but `lobbyHome` has a default that only tests replace. */
export type WorkbenchOptions = {
  /** The folder that keeps the list of companies, the sample, logs and new companies. */
  readonly lobbyHome: string
  /** Opens companies; by default in worker threads. */
  readonly door?: OfficeDoor
  readonly pages?: string
  readonly print?: PrintService
  readonly exportFile?: ExportService
  readonly hosts?: () => readonly string[]
  /** Called when the last page has been gone for `patienceMs` (60 s). */
  readonly onAlone?: () => void
  readonly patienceMs?: number
}

export type AssembledWorkbench = {
  readonly app: Hono<HostEnv>
  readonly lobby: Lobby
  readonly gate: Gate
  readonly presence: Presence
  readonly logIncident: LogIncident
}

// Papers and exports know every module; loaded when first wanted, they cost the start nothing.
const printLater: PrintService = async (request, behind) => (await import('./print/print-service.ts')).printDocument(request, behind)
const exportLater: ExportService = async (request, behind) => (await import('./export-service.ts')).exportFile(request, behind)

/** The same workbench for browsers and for the shell's window: lobby, gate and pages put together. */
export function assembleWorkbench(options: WorkbenchOptions): AssembledWorkbench {
  const logIncident = defectLog(join(options.lobbyHome, 'logs'))
  const desk = deskName().slice(0, 60)
  const door = options.door ?? threadedDoor({ logIncident })
  const lobby = new Lobby({ home: options.lobbyHome, door })
  const gate = new Gate()
  const presence = new Presence({ patienceMs: options.patienceMs ?? 60_000, onAlone: options.onAlone ?? (() => undefined) })
  const app = httpApp({
    lobby,
    gate,
    presence,
    desk,
    pages: options.pages ?? pagesFolder(),
    hosts: options.hosts ?? (() => []),
    logDefect: logIncident,
    print: options.print ?? printLater,
    exportFile: options.exportFile ?? exportLater,
  })
  return { app, lobby, gate, presence, logIncident }
}
