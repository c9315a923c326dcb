import type { ModuleSchema } from '../../db/schema/columns.ts'
import type { PersonalRows } from '../kernel/personal.ts'
import type { Dialect } from './db.ts'
import { metaOf, quoted } from './table-meta.ts'

/** One trigger: when a row is written, and SQL of those whom the row is about among the erased `e`. */
type Gate = { readonly name: string; readonly table: string; readonly on: string; readonly when: string | undefined; readonly about: string }

/** `r.` in the text of a declaration is the row that is written. */
const rowIs = (sql: string, row: 'new' | 'old'): string => sql.replaceAll(/\br\./g, `${row}.`)
const anyOf = (parts: readonly string[]): string => parts.join(' or ')

/**
 * The triggers that keep what an erasure left: no row about somebody erased is added to what is personal, none is made to be about them, and what was
 * erased stays so. Rows of the books ('kept', and those of `kept`) go on as the law wants them. Nobody erased is one look into an empty table.
 */
export function personalDdl(modules: readonly ModuleSchema[], dialect: Dialect): string[] {
  const told = modules.flatMap((m) => m.personal ?? []).filter((rows) => rows.becomes !== 'kept')
  const gates = [...told.flatMap(gatesOf), ...(told.length === 0 ? [] : atRecords(told))]
  return gates.flatMap((gate) => (dialect === 'sqlite' ? sqliteGate(gate) : postgresGate(gate)))
}

function gatesOf({ table, of, becomes, kept, still = [], added }: PersonalRows, no: number): Gate[] {
  const { name } = metaOf(table)
  const columns = typeof becomes === 'string' ? [] : Object.keys(becomes)
  const naming = [...of.ids.matchAll(/\br\.(\w+)/g)].map((found) => found[1]!)
  const changing = [...new Set([...naming, ...columns, ...still])].map(quoted)
  const about = `e.id in (${rowIs(of.ids, 'new')})`
  const changed = `(${anyOf(changing.map((c) => `new.${c} is distinct from old.${c}`))})`
  return [
    { name: `erased_${no}_${name}_insert`, table: name, on: 'insert', when: added === 'bare' ? anyOf(columns.map((c) => `new.${quoted(c)} is not null`)) : undefined, about },
    { name: `erased_${no}_${name}_update`, table: name, on: `update of ${changing.join(', ')}`, when: kept === undefined ? changed : `${changed} and not (${rowIs(kept, 'old')})`, about },
  ]
}

/** Words and files at records that tell of somebody. */
function atRecords(told: readonly PersonalRows[]): Gate[] {
  const records = told.filter((rows) => metaOf(rows.table).key.length === 1)
  const about = records.map(({ kind, table, of, kept }) => {
    const { name, key } = metaOf(table)
    return `(new.source_kind = '${kind}' and exists (select 1 from ${quoted(name)} r where r.${quoted(key[0]!)} = new.source_id and e.id in (${of.ids})${kept === undefined ? '' : ` and not (${kept})`}))`
  })
  return ['platform_comment', 'platform_attachment'].map((table) => ({ name: `erased_${table}_insert`, table, on: 'insert', when: undefined, about: anyOf(about) }))
}

const sqliteGate = ({ name, table, on, when, about }: Gate): string[] => [
  `create trigger ${quoted(name)} before ${on} on ${quoted(table)}${when === undefined ? '' : ` when ${when}`} begin select raise(abort, 'guard:' || e.says) from platform_erased e where ${about}; end`,
]

const postgresGate = ({ name, table, on, when, about }: Gate): string[] => [
  `create function ${quoted(name)}() returns trigger language plpgsql as $body$ declare said text; begin
  select e.says into said from platform_erased e where ${about} order by e.id limit 1;
  if said is not null then raise exception using message = 'guard:' || said; end if;
  return new;
end $body$`,
  `create trigger ${quoted(name)} before ${on} on ${quoted(table)} for each row${when === undefined ? '' : ` when (${when})`} execute function ${quoted(name)}()`,
]
