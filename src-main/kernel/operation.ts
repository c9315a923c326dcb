import type { Reader, Row, Writer } from '../storage/db.ts'
import type { company } from '../../db/schema/platform.ts'
import type { z } from 'zod'
import type { CommandContract, InputOf, QueryContract, ScopeKind } from './contract.ts'
import { Defect } from './assert.ts'
import type { CustomField } from './custom-fields.ts'
import type { Printable } from './papers.ts'
import type { ErasureObstacle, PersonalRows, PersonSubject } from './personal.ts'

/** The company whose books are open. */
export type Company = Row<typeof company>

/** Who asks, as far as rows are concerned: the users whose rows may be seen, or all. */
export type Scope = { readonly kind: 'all' } | { readonly kind: 'users'; readonly user_ids: readonly string[] }

export type Actor = { readonly id: string; readonly name: string; readonly locale: string }

/** A setting a module declares: its JSON value is checked by the schema; `fallback` holds until somebody sets it. */
export type Setting<T = unknown> = { readonly key: string; readonly schema: z.ZodType<T>; readonly fallback: T; readonly permission: string }
export const setting = <T>(definition: Setting<T>): Setting<T> => definition

/**
 * What is read from small tables that nearly every operation needs and few change: programs keep it in memory until one of the tables
 * changes. `tables` are all that `read` looks at, and all are in the `reference` list of their schema.
 */
export type Reference<T> = { readonly key: string; readonly tables: readonly string[]; read(db: Reader, company: Company): Promise<T> }
export const reference = <T>(definition: Reference<T>): Reference<T> => definition

/** Who may find records of one kind: the permission, and SQL that is true for the rows a scope may see, by the id in `column`. */
export type SearchScope = {
  readonly kind: string
  readonly permission: string
  readonly rows: (scope: Scope, column: string) => { sql: string; params: (string | number | null)[] }
}

/**
 * Records that files can be attached to: `kind` is the source_kind ('sales.order'), and `rows` is SQL that is true where the record with the
 * id in `column` exists and the scope may see it. Whoever may not see a record sees none of its files.
 */
export type AttachmentScope = SearchScope

/** SQL that is true for some rows, with its parameters. */
type Rows = { readonly sql: string; readonly params: readonly (string | number | null)[] }

/** Documents of one kind that people look up by number, reference or amount. SQL speaks of the document's table as `d`. */
export type DocumentFinder = {
  readonly kind: string
  readonly permission: string
  /** The document's table with its alias, and joins that `title` needs. */
  readonly from: string
  /** SQL of the number that people see; a plain column with an index also answers to its beginning. */
  readonly number: string
  /** The number series whose bare serial ('12') names it. */
  readonly series: readonly string[]
  /** Columns: somebody else's number for it; its amount in minor units. */
  readonly reference?: string
  readonly amount?: string
  /** SQL of what tells it from others in a list: the party's name, a summary. */
  readonly title: string
  /** Documents that a text names in a way of their own. */
  readonly named?: (text: string, today: string) => Rows | undefined
  /** True for the rows that a scope may see. */
  readonly rows: (scope: Scope) => Rows
}

/** A kind of record to which a company can add fields: its values lie in the column `extra` of the table. */
export type CustomFieldTarget = {
  readonly kind: string
  readonly table: string
  /** What its formulas may speak of besides its figures of custom fields; the names end in their unit. */
  readonly figures: readonly string[]
}

/**
 * Parties picked by a saved rule of an upper floor, for the lists of lower ones: SQL that is true where the party in `column` is one of the rule
 * with this id. Whoever asks adds the rows that the reader may see.
 */
export type PartyFilter = { readonly key: 'segment'; readonly rows: (ctx: QueryCtx | CommandCtx, of: { id: string; column: string }) => Promise<Rows> }

/** Things of an upper floor that stand in a customer's timeline: SQL of `d` after `d.id as source_id, d.day,`, whose `d` has a party_id and a day. */
export type TimelinePart = { readonly kind: string; readonly permission: string; readonly select: string }

/** What modules contribute to the services of platform. */
export type Contributions = {
  readonly permissions: ReadonlyMap<string, Permission>
  readonly settings: ReadonlyMap<string, Setting>
  readonly searchScopes: ReadonlyMap<string, SearchScope>
  readonly documentFinders: ReadonlyMap<string, DocumentFinder>
  readonly attachmentScopes: ReadonlyMap<string, AttachmentScope>
  readonly customFieldTargets: ReadonlyMap<string, CustomFieldTarget>
  readonly printables: ReadonlyMap<string, Printable>
  readonly partyFilters: ReadonlyMap<string, PartyFilter>
  readonly timelineParts: ReadonlyMap<string, TimelinePart>
  readonly personSubjects: ReadonlyMap<string, PersonSubject>
  /** Upper floors first: rows that lead to others go before them. */
  readonly personalRows: readonly PersonalRows[]
  readonly erasureObstacles: readonly ErasureObstacle[]
}

type Shared = {
  /** The instant of the envelope, UTC ms: the same when the command runs again. */
  readonly now: number
  /** The company's calendar day of the envelope. */
  readonly today: string
  readonly actor: Actor
  /** The rows this operation may see, from the grant of its permission. */
  readonly scope: Scope
  readonly company: Company
  /** Does the actor hold this permission, in any scope? */
  may(permission: string): boolean
  /** The rows the actor may see under another permission than this operation's own; undefined without it. */
  scopeUnder(permission: string): Scope | undefined
  /** The rows that somebody else may see under a permission; undefined without it, and for who does not work here any more. */
  scopeOfUser(user_id: string, permission: string): Scope | undefined
  setting<T>(definition: Setting<T>): T
  /** Read once for many operations; read anew each time by a command that has itself changed one of its tables. */
  reference<T>(definition: Reference<T>): Promise<T>
  /** The fields that the company added to one kind of record, retired ones too, in their order. */
  customFields(target: string): readonly CustomField[]
  /** What all modules contribute; for platform, which serves them all. */
  readonly contributions: Contributions
}

export type QueryCtx = Shared & { readonly db: Reader }

/** A fact of the past tense that a lower floor announces and upper floors react to, in the same transaction. */
export type EventDefinition<P> = { readonly name: string; readonly payload?: P }
export const event = <P>(name: string): EventDefinition<P> => ({ name })

/** What one command keeps in memory and writes once at its end: balances, counters, pools. */
export type Unit<T> = { readonly key: string; create(): T; flush(db: Writer, unit: T): Promise<void> }
export const unit = <T>(definition: Unit<T>): Unit<T> => definition

/** A reader of checked rows staged by an import job. */
export type Staged = {
  readonly sha256: string
  readonly file_name: string
  readonly count: number
  rows(): AsyncIterable<{ readonly source_row: number; readonly values: Record<string, unknown> }>
}

export type CommandCtx = Shared & {
  readonly commandId: string
  readonly desk: string
  readonly db: Writer
  newId(): string
  /** Tells upper floors; each reaction runs before this resolves. */
  emit<P>(definition: EventDefinition<P>, payload: P): Promise<void>
  /** The one instance of this unit in this command; flushed before commit in order of first use. */
  unit<T>(definition: Unit<T>): T
  /** Writes all units now: needed before SQL that must see what they hold. */
  flush(): Promise<void>
  /** Work for the outside world, run only after a commit; its failure is logged and never undoes the command. */
  afterCommit(effect: () => Promise<void>): void
  /** Keeps a secret on this PC, outside the company file, once the command is committed: no row, no audit, no backup holds it. */
  keepSecret(name: string, secret: string): void
  /** Rows checked by an import job, by the id that the job gave. */
  staged(stagingId: string): Promise<Staged>
  /** The size in bytes of a stored content, by its SHA-256; undefined when it is not there. Refuses where files cannot be kept. */
  storedBytes(sha256: string): Promise<number | undefined>
  /** Long commands call this now and then: reports progress, lets others breathe, and throws when cancelled. */
  breathe(done: number, total: number): Promise<void>
  /** Runs what was approved, as who asked for it and under a commandId of its own, in this transaction; everything is checked anew. */
  runApproved(approved: Approved): Promise<{ readonly judgements: readonly Judgement[] }>
}

/**
 * What a long command works with: it reads in snapshots and writes in transactions of its own, each short, so that everybody's questions and commands go
 * between them. What a piece wrote stays when the command is cancelled: each leaves the books whole, and the command begun again goes over everything anew.
 */
export type LongCtx = {
  read<T>(work: (ctx: QueryCtx) => Promise<T>): Promise<T>
  /** Only into tables that the change log leaves out: what the command changed of others' rows is written, and answered for, by its last piece. */
  write<T>(work: (ctx: CommandCtx) => Promise<T>): Promise<T>
  breathe(done: number, total: number): Promise<void>
}
/** The last piece of a long command: in its transaction the answer is audited. */
export type LastPiece = (ctx: CommandCtx) => Promise<unknown>

export type CommandHandler = {
  readonly contract: CommandContract
  readonly run: (ctx: CommandCtx, input: never) => Promise<unknown>
  /** Of a long command, in the place of `run`. */
  readonly inPieces?: (long: LongCtx, input: never) => Promise<LastPiece>
}
export type QueryHandler = { readonly contract: QueryContract; readonly run: (ctx: QueryCtx, input: never) => Promise<unknown> }

/** Binds a command's contract to the story that carries it out. */
export const handle = <C extends CommandContract>(
  contract: C,
  run: (ctx: CommandCtx, input: InputOf<C>) => Promise<z.input<C['output']>>,
): CommandHandler => ({ contract, run })

/** Binds a command's contract to a story that takes long: it ends with the piece that answers. */
export const handleLong = <C extends CommandContract>(
  contract: C,
  inPieces: (long: LongCtx, input: InputOf<C>) => Promise<(ctx: CommandCtx) => Promise<z.input<C['output']>>>,
): CommandHandler => ({
  contract,
  inPieces,
  run: () => {
    throw new Defect(`${contract.name} runs in pieces`)
  },
})

/** Binds a query's contract to its reader. */
export const answer = <C extends QueryContract>(
  contract: C,
  run: (ctx: QueryCtx, input: InputOf<C>) => Promise<z.input<C['output']>>,
): QueryHandler => ({ contract, run })

export type Reaction = { readonly event: string; readonly run: (ctx: CommandCtx, payload: never) => Promise<void> }
/** What a module does when a lower floor announces a fact. */
export const on = <P>(definition: EventDefinition<P>, run: (ctx: CommandCtx, payload: P) => Promise<void>): Reaction => ({
  event: definition.name,
  run,
})

export type RoleCode = 'owner' | 'sales' | 'warehouse' | 'bookkeeper' | 'viewer'
/** A permission and the scope in which each built-in role holds it at first. The owner holds all. */
export type Permission = { readonly name: string; readonly grants: Partial<Record<Exclude<RoleCode, 'owner'>, ScopeKind>> }

/** A truth about the books: the query must return no rows, or, where SQL cannot say it, the program finds none. Runs on both engines. */
export type Invariant = { readonly name: string; readonly sql: string } | { readonly name: string; readonly find: (db: Reader) => Promise<readonly unknown[]> }

/** The rows that break an invariant, `limit` at most. */
export const brokenRows = async (db: Reader, invariant: Invariant, limit: number): Promise<readonly unknown[]> =>
  'sql' in invariant ? db.all<unknown>(`select q.* from (${invariant.sql}) q limit ${limit}`) : (await invariant.find(db)).slice(0, limit)

/** One kind of row a module can take from a table file; `fields` drive mapping, checking and the template. */
export type Importer = {
  readonly kind: string
  readonly permission: string
  readonly command: string
  readonly fields: readonly ImportField[]
  /** The kind of record that its rows become: their custom fields are columns too. */
  readonly target?: string
}
export type ImportField = {
  readonly key: string
  readonly form: 'text' | 'day' | 'money' | 'price' | 'quantity' | 'rate' | 'integer' | 'flag'
  readonly is_required: boolean
  /** Headers under which people know it, both languages; matching folds case, spaces and width. */
  readonly headers: readonly string[]
}

export type SeriesDefinition = { readonly key: string; readonly prefix: string; readonly digits: number; readonly restarts: 'year' | 'month' | 'never' }

/** What one rule of an approval policy says of a command. */
export type Judgement = {
  /** The rule's name; `approval.<rule>` are its words. */
  readonly rule: string
  /** 'approved': the rule itself lets it pass. 'waits': somebody who holds `permission` decides. */
  readonly verdict: 'approved' | 'waits'
  readonly permission: string
  /** By what it judged; names end in their unit, and the words of the rule speak of them. */
  readonly values: Readonly<Record<string, string | number | null>>
  /** Values that only holders of a permission may know. */
  readonly confidential?: { readonly permission: string; readonly keys: readonly string[] }
}
/** What a command is about to do, as far as an approver must know it. */
export type InQuestion = {
  readonly source_kind: string
  readonly source_id: string
  /** What people know it by: a number, a customer's name. */
  readonly title: string
  readonly amount_minor: number | null
  /** Everything that was looked at, as text: another text later means that something was changed since. */
  readonly terms: string
}
export type Judged = { readonly about: InQuestion; readonly judgements: readonly Judgement[] }
/**
 * Rules that the bus asks between permission and handler, for the commands named. Undefined, or without judgements: they have nothing to
 * say. A policy may refuse as a handler does; it writes nothing.
 */
export type ApprovalPolicy = {
  readonly name: string
  readonly commands: readonly string[]
  readonly judge: (ctx: CommandCtx, command: { readonly name: string; readonly input: never }) => Promise<Judged | undefined>
}

/** A request that a person approves: who asked, under which id it is run now, and what the approver saw and may decide. */
export type Approved = {
  readonly name: string
  readonly input: unknown
  readonly user_id: string
  readonly command_id: string
  readonly terms: string
  may(permission: string): boolean
}

/** All that a module adds to the house. */
export type ModuleDefinition = {
  readonly name: string
  readonly floor: number
  readonly commands: readonly CommandHandler[]
  readonly queries: readonly QueryHandler[]
  readonly reactions: readonly Reaction[]
  readonly permissions: readonly Permission[]
  readonly settings: readonly Setting[]
  readonly series: readonly SeriesDefinition[]
  readonly invariants: readonly Invariant[]
  readonly importers: readonly Importer[]
  readonly searchScopes: readonly SearchScope[]
  readonly documentFinders: readonly DocumentFinder[]
  readonly attachmentScopes: readonly AttachmentScope[]
  readonly customFieldTargets: readonly CustomFieldTarget[]
  readonly printables: readonly Printable[]
  /**
   * Commands without input that the program runs by itself once a day, as the owner. They go by ctx.today alone, so that a second time on the
   * same day changes nothing; where there is nothing to do, or the company does not want it, they refuse.
   */
  readonly daily: readonly string[]
  /** Commands without input that run by themselves every few minutes while the program is open; what is not due, they leave alone. */
  readonly often: readonly string[]
  readonly approvalPolicies: readonly ApprovalPolicy[]
  readonly partyFilters: readonly PartyFilter[]
  readonly timelineParts: readonly TimelinePart[]
  readonly personSubjects: readonly PersonSubject[]
  readonly erasureObstacles: readonly ErasureObstacle[]
  /** Refusals that any command of the module may give (guards of its tables among them), besides those of each contract. */
  readonly refusals: readonly string[]
}

export const defineModule = (m: Partial<ModuleDefinition> & { name: string; floor: number }): ModuleDefinition => ({
  commands: [],
  queries: [],
  reactions: [],
  permissions: [],
  settings: [],
  series: [],
  invariants: [],
  importers: [],
  searchScopes: [],
  documentFinders: [],
  attachmentScopes: [],
  customFieldTargets: [],
  printables: [],
  daily: [],
  often: [],
  approvalPolicies: [],
  partyFilters: [],
  timelineParts: [],
  personSubjects: [],
  erasureObstacles: [],
  refusals: [],
  ...m,
})
