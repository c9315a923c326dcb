import { serve, type ServerType } from '@hono/node-server'
import { randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { remember } from './app/home.ts'
import { assembleWorkbench, type AssembledWorkbench, type WorkbenchOptions } from './app/workbench.ts'

export type HostOptions = Omit<WorkbenchOptions, 'hosts' | 'onAlone'> & {
  /** A fixed port, which must be free; without it the usual one, or any when that is taken. */
  readonly port?: number
  /** A company to open at once instead of the lobby: a folder, a file in it, or a postgres:// address. */
  readonly data?: string
  /** 'close' ends the host 60 s after its last page is gone; 'stay' serves until it is closed. */
  readonly whenAlone?: 'close' | 'stay'
  /** Shows the workbench: opens a browser at the link, or prints it. */
  readonly openBrowser?: (link: string) => void
}

export type Host = AssembledWorkbench & {
  readonly port: number
  /** A link that lets one browser in, once. */
  newLink(): string
  /** Closes the company (with its backup) and the port. */
  close(): Promise<void>
  /** Resolves when the host has been closed, for whatever reason. */
  readonly closed: Promise<void>
}

/** Where a running host leaves its port and key, so that a second start finds it. */
export const hostNote = (lobbyHome: string): string => join(lobbyHome, 'host.json')

/** The port that is tried first, so that what a browser remembers for the address stays with it. */
const USUAL_PORT = 7717

const KEPT_OPEN_MS = 65_000

/** Serves the workbench on 127.0.0.1 only. Rejects when the company cannot be opened or the wanted port is taken. */
export async function startHost(options: HostOptions): Promise<Host> {
  let port = 0
  let close: () => Promise<void> = async () => undefined
  const bench = assembleWorkbench({
    ...options,
    hosts: () => [`127.0.0.1:${port}`, `localhost:${port}`],
    onAlone: () => void (options.whenAlone === 'close' && close()),
  })
  if (options.data !== undefined) await bench.lobby.open(options.data)
  const key = randomBytes(32).toString('base64url')
  const newLink = (): string => `http://127.0.0.1:${port}/enter?token=${bench.gate.newToken()}`
  bench.gate.keep(key, newLink)
  const server = await listen(bench, options.port)
  port = (server.address() as AddressInfo).port
  remember(hostNote(options.lobbyHome), { pid: process.pid, port, key })
  let ended: Promise<void> | undefined
  const closed = new Promise<void>((resolve) => {
    close = () => (ended ??= end({ bench, server, note: hostNote(options.lobbyHome) }).finally(resolve))
  })
  options.openBrowser?.(newLink())
  return { ...bench, port, newLink, close: () => close(), closed }
}

async function end({ bench, server, note }: { bench: AssembledWorkbench; server: ServerType; note: string }): Promise<void> {
  rmSync(note, { force: true })
  bench.presence.stop()
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  await bench.lobby.close()
  // The pages' open lines would keep the port for as long as they stay.
  if ('closeAllConnections' in server) server.closeAllConnections()
  await closed
}

async function listen(bench: AssembledWorkbench, wanted: number | undefined): Promise<ServerType> {
  try {
    return await listenAt(bench, wanted ?? USUAL_PORT)
  } catch (error) {
    if (wanted !== undefined || (error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    return listenAt(bench, 0)
  }
}

function listenAt({ app }: AssembledWorkbench, port: number): Promise<ServerType> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: (request) => app.fetch(request), hostname: '127.0.0.1', port }, () => resolve(server))
    // Longer than people pause: Node's own five seconds cut lines that are just about to be used again.
    if ('keepAliveTimeout' in server) server.keepAliveTimeout = KEPT_OPEN_MS
    server.once('error', reject)
  })
}
