import { wholeSchema } from '../../db/schema/index.ts'
import { erasureInvariant, extraInvariant } from '../modules/platform/index.ts'
import type { ApprovalPolicy, AttachmentScope, CommandHandler, CustomFieldTarget, DocumentFinder, Importer, Invariant, ModuleDefinition, Permission, QueryHandler, Reaction, PartyFilter, SearchScope, SeriesDefinition, Setting, TimelinePart } from '../kernel/operation.ts'
import type { Printable } from '../kernel/papers.ts'
import type { ErasureObstacle, PersonalRows, PersonSubject } from '../kernel/personal.ts'

/** Everything the modules contribute, by name. Building it fails loudly when two say the same name. */
export type Registry = {
  readonly modules: readonly ModuleDefinition[]
  readonly commands: ReadonlyMap<string, CommandHandler>
  readonly queries: ReadonlyMap<string, QueryHandler>
  readonly reactions: ReadonlyMap<string, readonly Reaction[]>
  readonly permissions: ReadonlyMap<string, Permission>
  readonly settings: ReadonlyMap<string, Setting>
  readonly series: ReadonlyMap<string, SeriesDefinition>
  readonly importers: ReadonlyMap<string, Importer>
  readonly searchScopes: ReadonlyMap<string, SearchScope>
  readonly documentFinders: ReadonlyMap<string, DocumentFinder>
  readonly attachmentScopes: ReadonlyMap<string, AttachmentScope>
  readonly customFieldTargets: ReadonlyMap<string, CustomFieldTarget>
  readonly printables: ReadonlyMap<string, Printable>
  /** What runs by itself once a day, lower floors first. */
  readonly daily: readonly string[]
  readonly often: readonly string[]
  /** By the command about which they are asked. */
  readonly approvalPolicies: ReadonlyMap<string, readonly ApprovalPolicy[]>
  readonly partyFilters: ReadonlyMap<string, PartyFilter>
  readonly timelineParts: ReadonlyMap<string, TimelinePart>
  readonly personSubjects: ReadonlyMap<string, PersonSubject>
  readonly personalRows: readonly PersonalRows[]
  readonly erasureObstacles: readonly ErasureObstacle[]
  readonly invariants: readonly Invariant[]
  /** Refusals declared by the contract or by a module. */
  readonly refusals: ReadonlySet<string>
}

function byName<T>(rows: readonly T[], nameOf: (row: T) => string): Map<string, T> {
  const map = new Map<string, T>()
  for (const row of rows) {
    const name = nameOf(row)
    if (map.has(name)) throw new Error(`${name} is declared twice`)
    map.set(name, row)
  }
  return map
}

/** Collects the modules; reactions run in the order of the floors. */
export function buildRegistry(modules: readonly ModuleDefinition[]): Registry {
  const ordered = [...modules].sort((a, b) => a.floor - b.floor || (a.name < b.name ? -1 : 1))
  const reactions = new Map<string, Reaction[]>()
  for (const reaction of ordered.flatMap((m) => m.reactions)) {
    const list = reactions.get(reaction.event)
    if (list) list.push(reaction)
    else reactions.set(reaction.event, [reaction])
  }
  const commands = byName(ordered.flatMap((m) => m.commands), (h) => h.contract.name)
  const queries = byName(ordered.flatMap((m) => m.queries), (h) => h.contract.name)
  const targets = ordered.flatMap((m) => m.customFieldTargets)
  const permissions = byName(ordered.flatMap((m) => m.permissions), (p) => p.name)
  for (const { contract } of [...commands.values(), ...queries.values()]) {
    if (!permissions.has(contract.permission)) throw new Error(`${contract.name} asks for the unknown permission ${contract.permission}`)
  }
  const daily = ordered.flatMap((m) => m.daily)
  const often = ordered.flatMap((m) => m.often)
  for (const name of [...daily, ...often]) if (!commands.has(name)) throw new Error(`${name} shall run by itself and is no command`)
  const policies = ordered.flatMap((m) => m.approvalPolicies)
  const personalRows = wholeSchema.toReversed().flatMap((m) => m.personal ?? [])
  const judged = [...new Set(policies.flatMap((p) => p.commands))]
  for (const name of judged) if (!commands.has(name)) throw new Error(`an approval policy is to judge the unknown command ${name}`)
  return {
    modules: ordered,
    commands,
    queries,
    reactions,
    permissions,
    settings: byName(ordered.flatMap((m) => m.settings), (s) => s.key),
    series: byName(ordered.flatMap((m) => m.series), (s) => s.key),
    importers: byName(ordered.flatMap((m) => m.importers), (i) => i.kind),
    searchScopes: byName(ordered.flatMap((m) => m.searchScopes), (s) => s.kind),
    documentFinders: byName(ordered.flatMap((m) => m.documentFinders), (f) => f.kind),
    attachmentScopes: byName(ordered.flatMap((m) => m.attachmentScopes), (s) => s.kind),
    customFieldTargets: byName(targets, (t) => t.kind),
    daily,
    often,
    invariants: [...ordered.flatMap((m) => m.invariants), extraInvariant(targets), erasureInvariant(personalRows)],
    approvalPolicies: new Map(judged.map((name) => [name, policies.filter((p) => p.commands.includes(name))])),
    printables: byName(ordered.flatMap((m) => m.printables), (p) => p.kind),
    personSubjects: byName(ordered.flatMap((m) => m.personSubjects), (p) => p.kind),
    personalRows,
    erasureObstacles: ordered.toReversed().flatMap((m) => m.erasureObstacles),
    partyFilters: byName(ordered.flatMap((m) => m.partyFilters), (f) => f.key),
    timelineParts: byName(ordered.flatMap((m) => m.timelineParts), (f) => f.kind),
    refusals: new Set([
      ...ordered.flatMap((m) => m.refusals),
      ...[...commands.values(), ...queries.values()].flatMap((h) => h.contract.refusals),
    ]),
  }
}
