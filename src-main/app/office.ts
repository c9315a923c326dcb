import { existsSync } from 'node:fs'
import type { CustomField } from '../kernel/custom-fields.ts'
import { brokenRows, type Invariant } from '../kernel/operation.ts'
import { Refusal } from '../kernel/refusal.ts'
import type { Founding } from '../modules/platform/founding.ts'
import type { Engine, Reader } from '../storage/db.ts'
import { createSqlite, inspectSqlite, migrateSqlite } from '../storage/migrate.ts'
import { connect, openSqlite, type SqliteEngine } from '../storage/sqlite.ts'
import { backupBeside } from './backup.ts'
import { listBackups } from './backups-folder.ts'
import { Bus, type BusCaller, type BusWorld } from './bus.ts'
import { placeOf, type CompanyPlace } from './company-place.ts'
import { openStaged } from './imports/staged.ts'
import { wholeRegistry } from './modules.ts'
import { Postman, type Transport } from './mail/postman.ts'
import { keepSecret } from './mail/secrets.ts'
import type { Answer, Caller, Office, Progress } from './office-types.ts'
import type { Registry } from './registry.ts'
import { Sessions, hashPassword, passwordFits } from './sessions.ts'
import { brokenFiles, sizeOfStored, sweepFiles } from './stored-files.ts'
import { told } from './told.ts'
import { defectLog, localDay, newCommandId, scratchFolder } from './world.ts'

export type OfficeOptions = {
  /** A folder, a company file, or a postgres:// address. */
  readonly data: string
  /** Opens without the write connection: the second thread that answers long queries. */
  readonly readonly?: 0 | 1
  readonly now?: () => number
  readonly today?: () => string
  readonly onProgress?: (commandId: string, progress: Progress) => void
  /** 1: closing makes a verified backup when something was written since opening. */
  readonly backup_on_close?: 0 | 1
  /** 1: letters that are due leave by themselves. */
  readonly posts?: 0 | 1
  /** Resolves when people leave the office a moment: what it does by itself waits for that, piece by piece. */
  readonly quiet?: () => Promise<void>
}

/** So often is it looked whether a letter is due. */
const POST_EVERY_MS = 15_000

/** An open company with what tests, the command line and the hosts need beside the three procedures. */
export interface OpenOffice extends Office {
  readonly place: CompanyPlace
  readonly registry: Registry
  readonly engine: Engine
  readonly bus: Bus
  /** The fields that the company added to its records. */
  customFields(): Promise<readonly CustomField[]>
  /** How far a running command is; undefined when it says nothing or is not running. */
  progressOf(commandId: string): Progress | undefined
  /** Asks a running command to stop at its next breath: it is rolled back as cancelled. */
  cancel(commandId: string): void
  /** Runs every invariant on one snapshot. */
  verify(): Promise<VerifyReport>
  /** The same, one invariant after the other so that others are answered in between; undefined when the office closes meanwhile. */
  checkBooks(): Promise<VerifyReport | undefined>
  /** Runs what the modules do by themselves: some things every time, others once a day unless it ran today already. */
  dailyDuties(): Promise<void>
  /** Sends the letters that are due, one after the other, until none is due or the office closes. Answers how many left. */
  sendLetters(transport?: Transport): Promise<number>
  /** Backs the company up into its own folder, for who may change its settings. */
  backup(caller: Caller): Promise<Answer>
  /** The backups in the company's own folder, newest first. */
  backups(caller: Caller): Promise<Answer>
}

export type VerifyReport = { readonly ok: boolean; readonly checked: number; readonly broken: readonly { name: string; rows: readonly unknown[] }[] }

/** Rows of a broken invariant that the report shows. */
const SHOWN_ROWS = 20

/** Opens a company; refuses what is missing, foreign or newer by name, and migrates what is older (after a backup made by the caller). */
export async function openOffice(options: OfficeOptions): Promise<OpenOffice> {
  const place = placeOf(options.data, scratchFolder())
  const engine = await openEngine(place, options.readonly === 1 ? 'read' : 'write')
  const registry = wholeRegistry()
  const now = options.now ?? Date.now
  const quiet = options.quiet ?? (async () => undefined)
  const cancelled = new Set<string>()
  const running = new Map<string, Progress>()
  const world: BusWorld = {
    now,
    today: options.today ?? (() => localDay(now())),
    hashPassword,
    passwordFits,
    storedBytes: async (sha256) => {
      if (place.kind !== 'folder') throw new Refusal('platform.notOnServerYet', { what: 'attachments' })
      return sizeOfStored({ folder: place.files, sha256 })
    },
    logDefect: defectLog(place.log),
    staged: (stagingId, command) => openStaged({ folder: place.staging, stagingId, command }),
    keepSecret: async (name, secret) => keepSecret(options.data, { name, secret }),
    breathe: async (commandId, { done, total }) => {
      const progress: Progress = { done, total, phase: 'posting' }
      running.set(commandId, progress)
      options.onProgress?.(commandId, progress)
      await new Promise((resolve) => setImmediate(resolve))
      if (cancelled.has(commandId)) throw new Refusal('platform.cancelled')
    },
  }
  const bus = new Bus({ engine, registry, world })
  const sessions = new Sessions(engine)
  let wrote = false
  let dutyDay = ''
  let isClosing = false
  bus.listen(() => (wrote = true))
  const callerOf = ({ userId, session, desk }: Caller): BusCaller => ({
    desk,
    userId: async (db, people) => {
      if (userId !== undefined) return userId
      if (session !== undefined) return sessions.userOf(db, { token: session, now: now() })
      if (!people.isOnePerson || people.ownerId === undefined) throw new Refusal('platform.notSignedIn')
      return people.ownerId
    },
  })
  if (place.kind === 'folder' && options.readonly !== 1) {
    // What cannot be swept now is swept another time; the books open all the same.
    await sweepFiles({ engine, folder: place.files, now: Date.now() }).catch((error: unknown) => world.logDefect(error, 'sweeping files'))
  }
  /** What the program does by itself; how far it is, somebody may ask meanwhile. */
  const byItself = async (name: string, userId: string): Promise<void> => {
    const commandId = newCommandId(now())
    await bus.run({ name, input: {}, commandId }, { userId, desk: DAILY_DESK })
    running.delete(commandId)
  }
  const postman = new Postman({
    data: options.data,
    read: (work) => engine.read(work),
    run: async (name, input) => bus.run({ name, input, commandId: newCommandId(now()) }, { userId: (await bus.people()).ownerId ?? '', desk: DAILY_DESK }),
    logDefect: world.logDefect,
    isClosing: () => isClosing,
  })
  const posting = options.posts === 1 && options.readonly !== 1 ? setInterval(() => void postman.round(), POST_EVERY_MS).unref() : undefined
  return {
    place,
    registry,
    engine,
    bus,
    run: (envelope, caller) =>
      answering(async () => {
        try {
          return await bus.run(envelope, callerOf(caller))
        } finally {
          // Only long commands breathe; what they wrote stands in the log once more until it is folded into the file.
          if (running.delete(envelope.commandId ?? '') && place.kind === 'folder') await (engine as SqliteEngine).checkpoint()
          cancelled.delete(envelope.commandId ?? '')
        }
      }),
    ask: (envelope, caller) => bus.ask(envelope, callerOf(caller)),
    changes: (signal) => told((tell) => bus.listen(tell), signal),
    signIn: (input) => answering(async () => ({ ok: true, output: { session: await sessions.signIn({ ...input, now: now() }) } })),
    signOut: (token) => sessions.signOut(token),
    onePerson: async () => (await bus.people()).isOnePerson,
    customFields: () => bus.customFields(),
    progressOf: (commandId) => running.get(commandId),
    cancel: (commandId) => void cancelled.add(commandId),
    verify: () => verifyBooks({ engine, place, invariants: registry.invariants }),
    checkBooks: () => checkBooks({ engine, place, invariants: registry.invariants }, { quiet, isClosing: () => isClosing }),
    dailyDuties: async () => {
      const [today, { ownerId: userId }] = [world.today(), await bus.people()]
      if (userId === undefined) return
      const isFirst = dutyDay !== today
      dutyDay = today
      for (const name of [...registry.often, ...(isFirst ? registry.daily : [])]) {
        await quiet()
        if (!isClosing) await byItself(name, userId)
      }
    },
    sendLetters: (transport) => postman.round(transport),
    backup: (caller) => forKeeper({ bus, caller: callerOf(caller) }, () => backupBeside({ data: options.data, now: now(), why: 'hand' })),
    backups: (caller) =>
      forKeeper({ bus, caller: callerOf(caller) }, async () => {
        if (place.kind !== 'folder') throw new Refusal('platform.notOnServerYet', { what: 'backup' })
        return { rows: listBackups(place.backups) }
      }),
    close: async () => {
      isClosing = true
      bus.stop()
      clearInterval(posting)
      await postman.idle()
      try {
        if (options.backup_on_close === 1 && wrote && place.kind === 'folder') {
          await backupBeside({ data: options.data, engine: engine as SqliteEngine, now: now(), why: 'exit' })
        }
      } finally {
        await engine.close()
      }
    },
  }
}

/** Backups hold everything, so they are for the owner and for who may change the company's settings. */
async function forKeeper({ bus, caller }: { bus: Bus; caller: BusCaller }, work: () => Promise<unknown>): Promise<Answer> {
  const me = await bus.ask({ name: 'platform.me', input: {} }, caller)
  if (!me.ok) return me
  const { is_owner, grants } = me.output as { is_owner: 0 | 1; grants: { permission: string }[] }
  return answering(async () => {
    if (is_owner !== 1 && !grants.some((g) => g.permission === KEEPERS)) throw new Refusal('platform.notPermitted', { permission: KEEPERS })
    return { ok: true, output: await work() }
  })
}

/** At this desk the program works by itself. */
const DAILY_DESK = 'daily'

const KEEPERS = 'platform.settings'

/** Makes a company in an empty place and founds it. An existing one is never overwritten. */
export async function createCompany({ data, founding, now, today }: { data: string; founding: Founding; now?: () => number; today?: () => string }): Promise<void> {
  const place = placeOf(data, scratchFolder())
  if (place.kind === 'folder') createSqlite(place.file)
  else await (await import('../storage/migrate-postgres.ts')).createPostgres(place.url)
  const office = await openOffice({ data, now, today })
  try {
    await office.bus.found({ founding, commandId: newCommandId(now?.()), desk: 'founding' })
  } finally {
    await office.close()
  }
}

async function openEngine(place: CompanyPlace, access: 'write' | 'read'): Promise<Engine> {
  if (place.kind === 'postgres') return (await import('../storage/postgres.ts')).openPostgres({ url: place.url, access })
  const { version, newest } = inspectSqlite(place.file)
  if (version < newest && access === 'write') {
    await backupBeside({ data: place.folder, now: Date.now(), why: 'migration' })
    const db = connect(place.file, 'write')
    try {
      migrateSqlite(db)
    } finally {
      db.close()
    }
  }
  return openSqlite({ file: place.file, access })
}

/** Refusals before the bus (no session) are answers too. */
async function answering(work: () => Promise<Answer>): Promise<Answer> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, kind: 'refusal', code: error.code, details: error.details }
    throw error
  }
}

type Books = { readonly engine: Engine; readonly place: CompanyPlace; readonly invariants: readonly Invariant[] }
type Broken = VerifyReport['broken'][number]

/** Every invariant on one snapshot, then the attached files against the hashes they are named by. */
async function verifyBooks({ engine, place, invariants }: Books): Promise<VerifyReport> {
  const broken = await engine.read(async (db) => {
    const found: Broken[] = []
    for (const invariant of invariants) found.push(...(await brokenBy(db, invariant)))
    return found
  })
  return withFiles({ engine, place, invariants }, broken)
}

type Pace = { readonly quiet: () => Promise<void>; readonly isClosing: () => boolean }

async function checkBooks({ engine, place, invariants }: Books, { quiet, isClosing }: Pace): Promise<VerifyReport | undefined> {
  const broken: Broken[] = []
  for (const invariant of invariants) {
    await quiet()
    if (isClosing()) return undefined
    broken.push(...(await engine.read((db) => brokenBy(db, invariant))))
    await new Promise((resolve) => setImmediate(resolve))
  }
  return isClosing() ? undefined : withFiles({ engine, place, invariants }, broken)
}

async function brokenBy(db: Reader, invariant: Invariant): Promise<Broken[]> {
  const rows = await brokenRows(db, invariant, SHOWN_ROWS)
  return rows.length > 0 ? [{ name: invariant.name, rows }] : []
}

async function withFiles({ engine, place, invariants }: Books, broken: Broken[]): Promise<VerifyReport> {
  if (place.kind !== 'folder') return { ok: broken.length === 0, checked: invariants.length, broken }
  const files = await brokenFiles({ engine, folder: place.files })
  if (files.length > 0) broken.push({ name: ATTACHED_FILES, rows: files.slice(0, SHOWN_ROWS) })
  return { ok: broken.length === 0, checked: invariants.length + 1, broken }
}

const ATTACHED_FILES = 'platform: every attached file is there and is what its hash says'

/** Is there a company at this place? Asked before offering to create one. */
export const hasCompany = (data: string): boolean => {
  const place = placeOf(data, scratchFolder())
  return place.kind === 'postgres' || existsSync(place.file)
}
