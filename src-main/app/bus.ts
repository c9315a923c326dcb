import { z } from 'zod'
import type { CustomField } from '../kernel/custom-fields.ts'
import { idPattern, idSource } from '../kernel/ids.ts'
import type { Approved, CommandCtx, CommandHandler, Company, EventDefinition, Judged, Judgement, LongCtx, QueryCtx, Staged } from '../kernel/operation.ts'
import { Invalid, Refusal } from '../kernel/refusal.ts'
import { ASKED, askedBefore, settleApproval, type Pending } from '../modules/platform/approving.ts'
import { takeDraft } from '../modules/platform/drafts.ts'
import { passwordCommands } from '../modules/platform/contract.ts'
import { companyFounded, foundCompany, foundingInput, type Founding } from '../modules/platform/founding.ts'
import { seedRoles } from '../modules/platform/roles.ts'
import type { Engine, Reader, Writer } from '../storage/db.ts'
import { Mutex } from '../storage/mutex.ts'
import type { Answer, Change, Envelope } from './office-types.ts'
import { beforeCommand, changesOfReference, readMemory, type Memory } from './memory.ts'
import type { People, Person } from './people.ts'
import { NOTHING, sharedCtx, Units, writeAudit } from './shared-ctx.ts'
import type { Registry } from './registry.ts'

/** What the bus needs from the world outside; tests hand in their own. */
export type BusWorld = {
  now(): number
  today(): string
  /** Argon2id; takes long on purpose, so it happens before the transaction. */
  hashPassword(password: string): Promise<string>
  /** Writes a defect to the log and gives its incident number. */
  logDefect(error: unknown, where: string): string
  /** Is this the password behind the hash? As slow as hashing, so it too happens before the transaction. */
  passwordFits(claim: { readonly hash: string; readonly password: string }): Promise<boolean>
  /** The size of a stored content; refuses where files cannot be kept. */
  storedBytes(sha256: string): Promise<number | undefined>
  /** The rows that an import job checked for this command. */
  staged(stagingId: string, command: string): Promise<Staged>
  /** Keeps a secret on this PC; refuses where there is no place of its own. */
  keepSecret(name: string, secret: string): Promise<void>
  breathe(commandId: string, progress: { done: number; total: number }): Promise<void>
}

/** Who calls: a known user, or how to find out in the snapshot in which the call runs. */
export type BusCaller = { readonly userId: string | ((db: Reader, people: People) => Promise<string>); readonly desk: string }

/** The one way in: every command and query of the company runs through here, in the order that house.md §3 gives. */
export class Bus {
  private memory: Memory | undefined
  private readonly listeners = new Set<(change: Change) => void>()
  private readonly engine: Engine
  private readonly registry: Registry
  private readonly world: BusWorld
  /** Long commands go one after the other: two at once would write over each other's pieces. */
  private readonly longOnes = new Mutex()
  private isClosing = false

  constructor({ engine, registry, world }: { engine: Engine; registry: Registry; world: BusWorld }) {
    this.engine = engine
    this.registry = registry
    this.world = world
  }

  /** Calls `listener` after every commit; gives the way to stop. */
  listen(listener: (change: Change) => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** The books are about to be closed: what goes on in pieces stops at the next one, as if it were cancelled. */
  stop(): void {
    this.isClosing = true
  }

  async people(): Promise<People> {
    return (await this.engine.read((db) => this.remembered(db))).people
  }

  async company(): Promise<Company> {
    return (await this.engine.read((db) => this.remembered(db))).company
  }

  async customFields(): Promise<readonly CustomField[]> {
    return [...(await this.engine.read((db) => this.remembered(db))).fields.values()].flat()
  }

  /** Carries out one command: parse, begin, repeated?, permission, approvals, handler and reactions, parse output, audit, commit, effects, announce. */
  async run(envelope: Envelope, caller: BusCaller): Promise<Answer> {
    try {
      const handler = this.registry.commands.get(envelope.name)
      if (!handler) throw new Refusal('platform.unknownOperation', { name: envelope.name })
      const commandId = envelope.commandId
      if (commandId === undefined || !idPattern.test(commandId)) throw invalidAt('commandId', 'a command needs a commandId made like an id')
      const { input, inputText } = await this.withoutPassword(envelope.name, { input: parsed(handler.contract.input, envelope.input), caller })
      const effects: (() => Promise<void>)[] = []
      const touched = new Set<string>()
      const work = { touched, handler, commandId, input, inputText, caller, effects }
      const done = handler.inPieces
        ? await this.longOnes.run(() => this.carryOutInPieces(work))
        : await this.engine.write(async (db) => {
            effects.length = 0
            touched.clear()
            return this.carryOut({ db, ...work, draft: envelope.draft })
          }, touched)
      this.announce(touched)
      if ('pending' in done) return { ok: false, kind: 'pending', code: 'approvalPending', details: done.pending }
      const { output } = done
      for (const effect of effects) await effect().catch((error: unknown) => this.world.logDefect(error, `${envelope.name} after commit`))
      return { ok: true, output }
    } catch (error) {
      return this.negative(error, envelope.name)
    }
  }

  /**
   * A password never reaches a handler, the audit or the log: its hash takes its place, and the audit holds neither. In the place of the
   * current password stands the hash that it was found to fit: the handler compares it with the hash in force in its transaction.
   */
  private async withoutPassword(name: string, { input, caller }: { input: unknown; caller: BusCaller }): Promise<{ input: unknown; inputText: string }> {
    if (!passwordCommands.has(name)) return { input, inputText: JSON.stringify(input) }
    const { password, current_password, ...rest } = input as { password?: string; current_password?: string }
    const inputText = JSON.stringify(rest)
    const password_hash = password === undefined ? undefined : await this.world.hashPassword(password)
    const proven_hash = current_password === undefined ? undefined : await this.fittingHash(current_password, caller)
    return { input: { ...rest, ...(password_hash ? { password_hash } : {}), ...(proven_hash ? { proven_hash } : {}) }, inputText }
  }

  /** The caller's password hash, when this password fits it. */
  private async fittingHash(password: string, caller: BusCaller): Promise<string | undefined> {
    const row = await this.engine.read(async (db) => {
      const userId = await userIdOf(caller, { db, people: (await this.remembered(db)).people })
      return db.get<{ hash: string | null }>('select password_hash as hash from platform_user where id = ?', [userId])
    })
    const hash = row?.hash ?? undefined
    return hash !== undefined && (await this.world.passwordFits({ hash, password })) ? hash : undefined
  }

  /** Who asks, and what was answered where this was asked before. */
  private async known(db: Reader, { handler, commandId, inputText, caller }: Pick<Work, 'handler' | 'commandId' | 'inputText' | 'caller'>): Promise<{ memory: Memory; person: Person; before: Done | undefined }> {
    const { version, repeated } = await beforeCommand(db, commandId)
    const memory = await this.remembered(db, version)
    const userId = await userIdOf(caller, { db, people: memory.people })
    const person = personOf(memory.people, userId)
    if (!repeated) return { memory, person, before: undefined }
    const pending = askedBefore(repeated, { name: handler.contract.name, userId, inputText })
    if (pending) return { memory, person, before: { pending } }
    if (repeated.name !== handler.contract.name || repeated.user_id !== userId || repeated.input !== inputText) {
      throw invalidAt('commandId', 'this commandId was used for another command')
    }
    return { memory, person, before: { output: JSON.parse(repeated.answer) } }
  }

  /**
   * Carries out a long command: each piece in a transaction of its own, as whoever asks may at that moment; the answer is audited with the last.
   * Approvals are not asked: nothing that waits for a person takes long.
   */
  private async carryOutInPieces(work: Work): Promise<Done> {
    const { handler, commandId, input, inputText, caller, touched, effects } = work
    const { name, permission } = handler.contract
    const { before } = await this.engine.read((db) => this.known(db, work))
    if (before) return before
    const [now, today] = [this.world.now(), this.world.today()]
    const newId = idSource({ commandId, now })
    const assertOpen = (): void => {
      if (this.isClosing) throw new Refusal('platform.cancelled')
    }
    const write: LongCtx['write'] = async (piece) => {
      assertOpen()
      const [tables, after] = [new Set<string>(), [] as (() => Promise<void>)[]]
      const result = await this.engine.write(async (db) => {
        after.length = 0
        tables.clear()
        const units = new Units(db)
        const { memory, person } = await this.known(db, work)
        const result = await piece(this.commandCtx({ db, touched: tables, name, permission, commandId, desk: caller.desk, memory, person, units, now, today, effects: after, newId }))
        await units.flush()
        return result
      }, tables)
      for (const table of tables) touched.add(table)
      effects.push(...after)
      return result
    }
    const read: LongCtx['read'] = async (piece) => {
      assertOpen()
      return this.engine.read(async (db) => {
        const { memory, person } = await this.known(db, work)
        return piece({ ...sharedCtx({ db, touched: NOTHING, memory, person, permission, now, today, contributions: this.registry }), db })
      })
    }
    try {
      const last = await handler.inPieces!({ read, write, breathe: (done, total) => this.world.breathe(commandId, { done, total }) }, input as never)
      return await write(async (ctx) => {
        const output = z.parse(handler.contract.output, await last(ctx))
        await ctx.flush()
        await writeAudit(ctx, { name, inputText, answer: JSON.stringify(output) })
        return { output }
      })
    } catch (error) {
      // What its pieces wrote before it was stopped is there.
      this.announce(touched)
      throw error
    }
  }

  private async carryOut(work: Work & { db: Writer; draft: Envelope['draft'] }): Promise<Done> {
    const { db, handler, input, inputText, caller, draft } = work
    const { memory, person, before } = await this.known(db, work)
    if (before) return before
    const units = new Units(db)
    const [now, today] = [this.world.now(), this.world.today()]
    const { name, permission } = handler.contract
    const ctx = this.commandCtx({ ...work, desk: caller.desk, name, permission, memory, person, units, now, today })
    const judged = await this.judge(ctx, { name, input })
    const pending = judged && (await settleApproval(ctx, { name, inputText, judged }))
    if (pending) {
      await writeAudit(ctx, { name: ASKED, inputText: JSON.stringify({ name, input: inputText }), answer: JSON.stringify(pending) })
      return { pending }
    }
    // In the same transaction: what was posted is posted once, whichever desk has the draft open, and never comes back as a draft.
    if (draft !== undefined && handler.contract.audit !== 'none') await takeDraft(ctx, draft)
    const output = z.parse(handler.contract.output, await handler.run(ctx, input as never))
    await units.flush()
    if (handler.contract.audit !== 'none') await writeAudit(ctx, { name: handler.contract.name, inputText, answer: JSON.stringify(output) })
    return { output }
  }

  /** What the policies say of a command, those of all modules together; undefined where none has anything to say. */
  private async judge(ctx: CommandCtx, command: { readonly name: string; readonly input: unknown }): Promise<Judged | undefined> {
    const said: Judged[] = []
    for (const policy of this.registry.approvalPolicies.get(command.name) ?? []) {
      const judged = await policy.judge(ctx, command as never)
      if (judged && judged.judgements.length > 0) said.push(judged)
    }
    return said[0] && { about: said[0].about, judgements: said.flatMap((s) => s.judgements) }
  }

  /** A command that a person has approved: as its asker, with permission, policies and input looked at anew, audited under its own commandId. */
  private async runApproved(work: CtxWork, approved: Approved): Promise<{ judgements: readonly Judgement[] }> {
    const handler = this.registry.commands.get(approved.name)
    if (!handler) throw new Refusal('platform.unknownOperation', { name: approved.name })
    const person = work.memory.people.byId.get(approved.user_id)
    if (!person) throw new Refusal('platform.approvalAskerGone')
    const { db } = work
    const { name, permission } = handler.contract
    const units = new Units(db)
    const ctx = this.commandCtx({ ...work, name, permission, commandId: approved.command_id, person, units })
    const input = parsed(handler.contract.input, approved.input)
    const judged = await this.judge(ctx, { name, input })
    if (judged && judged.about.terms !== approved.terms) throw new Refusal('platform.approvalOutdated', { title: judged.about.title })
    const judgements = judged?.judgements ?? []
    const unheld = judgements.find((j) => j.verdict === 'waits' && !approved.may(j.permission))
    if (unheld) throw new Refusal('platform.notPermitted', { permission: unheld.permission })
    const output = z.parse(handler.contract.output, await handler.run(ctx, input as never))
    await units.flush()
    await writeAudit(ctx, { name, inputText: JSON.stringify(approved.input), answer: JSON.stringify(output) })
    return { judgements }
  }

  /**
   * Founds the company of an empty database: its first row, owner and roles, then what every module seeds, in one transaction.
   * Not a command, because before it there is nobody who could be permitted; it leaves an audit row like one.
   */
  async found({ founding, commandId, desk }: { founding: Founding; commandId: string; desk: string }): Promise<void> {
    const input = parsed(foundingInput, founding) as z.output<typeof foundingInput>
    const [now, today] = [this.world.now(), this.world.today()]
    const touched = new Set<string>()
    await this.engine.write(async (db) => {
      const newId = idSource({ commandId, now })
      const first = { db, newId, now }
      const { company, owner_id } = await foundCompany(first, { founding: input, definitions: [...this.registry.series.values()] })
      await seedRoles(first, { owner_id, permissions: [...this.registry.permissions.values()] })
      const units = new Units(db)
      const memory = await readMemory(db, 0)
      const work = { db, touched, name: 'platform.found', commandId, memory, units, now, today, permission: undefined, effects: [] }
      const ctx = { ...this.commandCtx({ ...work, desk, person: personOf(memory.people, owner_id) }), newId }
      await ctx.emit(companyFounded, { company })
      await units.flush()
      await writeAudit(ctx, { name: 'platform.found', inputText: JSON.stringify(input), answer: '{}' })
    }, touched)
  }

  private commandCtx(work: CtxWork): CommandCtx {
    const { db, commandId, units } = work
    const ctx: CommandCtx = {
      ...sharedCtx({ ...work, contributions: this.registry }),
      commandId,
      desk: work.desk,
      db,
      newId: work.newId ?? idSource({ commandId, now: work.now }),
      emit: async <P>(definition: EventDefinition<P>, payload: P) => {
        for (const reaction of this.registry.reactions.get(definition.name) ?? []) await reaction.run(ctx, payload as never)
      },
      unit: (definition) => units.of(definition),
      flush: () => units.flush(),
      afterCommit: (effect) => void work.effects.push(effect),
      keepSecret: (name, secret) => void work.effects.push(() => this.world.keepSecret(name, secret)),
      staged: (stagingId) => this.world.staged(stagingId, work.name),
      storedBytes: (sha256) => this.world.storedBytes(sha256),
      breathe: (done, total) => this.world.breathe(commandId, { done, total }),
      runApproved: (approved) => this.runApproved(work, approved),
    }
    return ctx
  }

  /** Answers one query from a consistent snapshot. */
  async ask(envelope: Envelope, caller: BusCaller): Promise<Answer> {
    try {
      const handler = this.registry.queries.get(envelope.name)
      if (!handler) throw new Refusal('platform.unknownOperation', { name: envelope.name })
      const input = parsed(handler.contract.input, envelope.input)
      const [permission, now, today] = [handler.contract.permission, this.world.now(), this.world.today()]
      const output = await this.engine.read(async (db) => {
        const memory = await this.remembered(db)
        const person = personOf(memory.people, await userIdOf(caller, { db, people: memory.people }))
        const ctx: QueryCtx = { ...sharedCtx({ db, touched: NOTHING, memory, person, permission, now, today, contributions: this.registry }), db }
        return handler.run(ctx, input as never)
      })
      return { ok: true, output: z.parse(handler.contract.output, output) }
    } catch (error) {
      return this.negative(error, envelope.name)
    }
  }

  private announce(touched: ReadonlySet<string>): void {
    const change: Change = { tables: [...touched] }
    for (const listener of this.listeners) listener(change)
  }

  /**
   * Company, settings, custom fields and people as this snapshot sees them. They are read anew only when a reference table was changed, by
   * this program or by another one on the same books: the count, kept by triggers below all code, is the version.
   */
  private async remembered(db: Reader, known?: number): Promise<Memory> {
    const version = known ?? (await changesOfReference(db))
    if (this.memory?.version !== version) this.memory = await readMemory(db, version)
    return this.memory
  }

  private negative(error: unknown, where: string): Answer {
    if (error instanceof Invalid) return { ok: false, kind: 'invalid', code: error.code, details: { problems: error.problems } }
    if (error instanceof Refusal && (this.registry.refusals.has(error.code) || error.code.startsWith('platform.'))) {
      return { ok: false, kind: 'refusal', code: error.code, details: error.details }
    }
    return { ok: false, kind: 'defect', code: 'defect', details: { incident: this.world.logDefect(error, where) } }
  }
}

/** What the ctx of one command is made of. */
type CtxWork = {
  db: Writer
  touched: ReadonlySet<string>
  name: string
  permission: string | undefined
  commandId: string
  desk: string
  memory: Memory
  effects: (() => Promise<void>)[]
  person: Person
  units: Units
  now: number
  today: string
  /** Where several pieces of one command make ids. */
  newId?: () => string
}

/** One command on its way. */
type Work = {
  readonly touched: Set<string>
  readonly handler: CommandHandler
  readonly commandId: string
  readonly input: unknown
  /** The input as the audit keeps it. */
  readonly inputText: string
  readonly caller: BusCaller
  readonly effects: (() => Promise<void>)[]
}
type Done = { readonly output: unknown } | { readonly pending: Pending }

const userIdOf = async (caller: BusCaller, { db, people }: { db: Reader; people: People }): Promise<string> =>
  typeof caller.userId === 'string' ? caller.userId : caller.userId(db, people)

function personOf(people: People, userId: string): Person {
  const person = people.byId.get(userId)
  if (!person) throw new Refusal('platform.notSignedIn')
  return person
}

const invalidAt = (field: string, message: string): Invalid => new Invalid('platform.invalidInput', [{ path: [field], code: 'custom', message }])

function parsed(schema: z.ZodType, input: unknown): unknown {
  const result = schema.safeParse(input)
  if (result.success) return result.data
  throw new Invalid(
    'platform.invalidInput',
    result.error.issues.slice(0, 100).map((issue) => ({
      path: issue.path.map((p) => (typeof p === 'number' ? p : String(p))),
      code: issue.code,
      message: issue.message,
    })),
  )
}
