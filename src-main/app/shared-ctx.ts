import { z } from 'zod'
import { wholeSchema } from '../../db/schema/index.ts'
import { audit } from '../../db/schema/platform.ts'
import { assert } from '../kernel/assert.ts'
import type { CustomField } from '../kernel/custom-fields.ts'
import type { CommandCtx, Contributions, Reference, Setting, Unit } from '../kernel/operation.ts'
import type { Reader, Writer } from '../storage/db.ts'
import { metaOf } from '../storage/table-meta.ts'
import type { Memory } from './memory.ts'
import { mayDo, scopeOf, type Person } from './people.ts'

/** The working sets of one command, flushed in order of first use. */
export class Units {
  private readonly held = new Map<string, { definition: Unit<unknown>; value: unknown }>()
  private readonly db: Writer

  constructor(db: Writer) {
    this.db = db
  }

  of<T>(definition: Unit<T>): T {
    let known = this.held.get(definition.key)
    if (!known) this.held.set(definition.key, (known = { definition: definition as Unit<unknown>, value: definition.create() }))
    return known.value as T
  }

  async flush(): Promise<void> {
    for (const { definition, value } of this.held.values()) await definition.flush(this.db, value)
  }
}

type Sharing = { db: Reader; touched: ReadonlySet<string>; memory: Memory; person: Person; permission: string | undefined; now: number; today: string; contributions: Contributions }

const NO_FIELDS: readonly CustomField[] = []
export const NOTHING: ReadonlySet<string> = new Set()
const COUNTED: ReadonlySet<string> = new Set(wholeSchema.flatMap((m) => m.reference).map((t) => metaOf(t).name))

async function readReference<T>(definition: Reference<T>, { db, touched, memory }: Sharing): Promise<T> {
  const { key, tables } = definition
  if (tables.some((t) => touched.has(t))) return definition.read(db, memory.company)
  if (memory.references.has(key)) return memory.references.get(key) as T
  for (const t of tables) assert(COUNTED.has(t), `the changes of ${t} are not counted`)
  const value = await definition.read(db, memory.company)
  memory.references.set(key, value)
  return value
}

/** What commands and queries know alike. Without a permission (founding) everything may be seen. */
export function sharedCtx(sharing: Sharing) {
  const { memory, person, permission, now, today, contributions } = sharing
  return {
    now,
    today,
    actor: person.actor,
    scope: permission === undefined ? ({ kind: 'all' } as const) : scopeOf(person, permission),
    company: memory.company,
    may: (permission: string) => mayDo(person, permission),
    scopeUnder: (permission: string) => (mayDo(person, permission) ? scopeOf(person, permission) : undefined),
    scopeOfUser: (user_id: string, permission: string) => {
      const other = memory.people.byId.get(user_id)
      return other && mayDo(other, permission) ? scopeOf(other, permission) : undefined
    },
    contributions,
    customFields: (target: string) => memory.fields.get(target) ?? NO_FIELDS,
    reference: <T>(definition: Reference<T>): Promise<T> => readReference(definition, sharing),
    setting: <T>(definition: Setting<T>): T => {
      const stored = memory.settings.get(definition.key)
      return stored === undefined ? definition.fallback : z.parse(definition.schema, JSON.parse(stored))
    },
  }
}

/** Every committed command leaves a row, in its own transaction. */
export async function writeAudit(ctx: CommandCtx, { name, inputText, answer }: { name: string; inputText: string; answer: string }): Promise<void> {
  await ctx.db.run(
    audit,
    `insert into platform_audit (command_id, name, user_id, desk, at, today, input, answer, changes_through)
     values (?, ?, ?, ?, ?, ?, ?, ?, (select coalesce(max(seq), 0) from platform_change))`,
    [ctx.commandId, name, ctx.actor.id, ctx.desk, ctx.now, ctx.today, inputText, answer],
  )
}
