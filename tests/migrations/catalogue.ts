import type Database from 'better-sqlite3'
import type pg from 'pg'

// What a database says of itself, one line a fact and sorted, so that two ways of building one can be compared.

const words = (sql: string): string => sql.replaceAll(/\s+/g, ' ').replaceAll('"', '').trim().toLowerCase()

/** The text of each `check (…)` in a CREATE TABLE. */
function checksOf(sql: string): string[] {
  const found: string[] = []
  for (const match of sql.matchAll(/\bcheck\s*\(/gi)) {
    let depth = 1
    let end = match.index + match[0].length
    while (depth > 0) {
      const c = sql[end++]
      if (c === '(') depth++
      else if (c === ')') depth--
    }
    found.push(words(sql.slice(match.index, end)))
  }
  return found
}

type Facts = Record<string, unknown>
const fact = (...parts: (string | number | Facts)[]): string => parts.map((p) => (typeof p === 'object' ? JSON.stringify(p) : p)).join(' ')

/** Tables with columns, types, keys, checks and references, indexes and triggers of a SQLite file. */
export function sqliteCatalogue(db: Database.Database): string[] {
  const facts: string[] = []
  const tables = db.pragma('table_list') as { schema: string; name: string; type: string; wr: number; strict: number }[]
  const sqlOf = db.prepare<[string], { sql: string | null }>('select sql from sqlite_schema where name = ?')
  for (const { name, type, wr, strict } of tables.filter((t) => t.schema === 'main' && !t.name.startsWith('sqlite_'))) {
    facts.push(fact('table', name, type, { wr, strict }))
    if (type !== 'table') continue
    for (const { cid: _, ...column } of db.pragma(`table_xinfo("${name}")`) as Facts[]) facts.push(fact('column', name, column))
    for (const { id: _, ...key } of db.pragma(`foreign_key_list("${name}")`) as Facts[]) facts.push(fact('reference', name, key))
    const sql = sqlOf.get(name)?.sql ?? ''
    for (const check of checksOf(sql)) facts.push(fact('check', name, check))
    const deferred = sql.match(/deferrable initially deferred/gi)?.length ?? 0
    facts.push(fact('table', name, { deferred, generated: /autoincrement/i.test(sql) }))
  }
  const rest = db.prepare<[], { type: string; name: string; tbl_name: string; sql: string }>(
    `select type, name, tbl_name, sql from sqlite_schema where type in ('index', 'trigger') and sql is not null`,
  )
  for (const row of rest.all()) facts.push(fact(row.type, row.name, row.tbl_name, words(row.sql)))
  return facts.sort()
}

const inSchema = 'relnamespace = current_schema()::regnamespace'

const postgresFacts = [
  `select 'column ' || c.relname || ' ' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || ' '
          || coalesce(l.collname, '') || ' ' || a.attnotnull || ' ' || a.attidentity::text || ' ' || coalesce(pg_get_expr(d.adbin, d.adrelid), '') as fact
     from pg_attribute a join pg_class c on c.oid = a.attrelid left join pg_collation l on l.oid = a.attcollation
     left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
    where c.${inSchema} and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped`,
  `select 'constraint ' || c.relname || ' ' || pg_get_constraintdef(k.oid) as fact
     from pg_constraint k join pg_class c on c.oid = k.conrelid where c.${inSchema}`,
  `select 'index ' || pg_get_indexdef(i.indexrelid) as fact from pg_index i join pg_class c on c.oid = i.indrelid where c.${inSchema}`,
  `select 'trigger ' || pg_get_triggerdef(t.oid) || ' ' || p.prosrc as fact
     from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_proc p on p.oid = t.tgfoid where c.${inSchema} and not t.tgisinternal`,
]

/** The same of a PostgreSQL database; the names of constraints, which the server makes, are left out. */
export async function postgresCatalogue(client: pg.ClientBase): Promise<string[]> {
  const facts: string[] = []
  for (const sql of postgresFacts) {
    const { rows } = await client.query<{ fact: string }>(sql)
    facts.push(...rows.map((r) => r.fact).filter((f) => !f.includes('zhanggui_version')))
  }
  return facts.sort()
}
