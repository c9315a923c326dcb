import type { InputOf, OutputOf } from '../../kernel/contract.ts'
import { answer, event, handleLong, type CommandCtx, type Invariant, type QueryCtx } from '../../kernel/operation.ts'
import type { Person, PersonalRows, Whose } from '../../kernel/personal.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { marks, type Reader, type SqlValue } from '../../storage/db.ts'
import { metaOf, quoted } from '../../storage/table-meta.ts'
import { tableNamed } from '../../storage/tables.ts'
import { erasePerson, erasurePreview, listErasures } from './contract.ts'
import { forgetInLogs, wantedOf, type Touched } from './erase-logs.ts'
import { blankRows, closeErasing, insertErased, insertErasure, openErasing, removeFiles, removeRows, rewriteComment, rewriteRow } from './erasure.store.ts'
import { endOfLogs, lookThroughLogs, type Places } from './look-through-logs.ts'
import { without } from './personal-words.ts'

/** What is kept of somebody was erased: who holds keys, search words or unfinished things of theirs puts them right. */
export const personErased = event<Person>('platform.personErased')

type Ctx = QueryCtx | CommandCtx
type Where = { readonly sql: string; readonly params: readonly SqlValue[] }
type Subject = { readonly subject_kind: string; readonly subject_id: string }

async function personOf(ctx: Ctx, { subject_kind, subject_id }: Subject): Promise<{ person: Person; refusal: string }> {
  if (await isErased(ctx, subject_id)) throw new Refusal('platform.alreadyErased')
  const subject = ctx.contributions.personSubjects.get(subject_kind)
  if (!subject) throw new Refusal('platform.noSuchPerson')
  return { person: await subject.find(ctx, subject_id), refusal: subject.refusal }
}

/** Were the data of this party, contact or lead erased? */
export const isErased = async ({ db }: { readonly db: Pick<Reader, 'get'> }, id: string): Promise<boolean> =>
  (await db.get<{ id: string }>('select id from platform_erased where id = ?', [id])) !== undefined

/** SQL that is true where the column names nobody whose data were erased: for what goes over many at once, and would be refused because of one. */
export const notErased = (column: string): string => `not exists (select 1 from platform_erased pe where pe.id = ${column})`

/** SQL pattern of texts that hold a word, as JSON writes it; `like ? escape '!'`. */
export const pattern = (word: string): string => `%${JSON.stringify(word).slice(1, -1).toLowerCase().replaceAll(/[!%_]/g, (c) => `!${c}`)}%`
/** SQL that is true where one of the columns holds one of the words. */
export function holding(columns: readonly string[], words: readonly string[]): Where {
  const parts = columns.flatMap((column) => words.map(() => `lower(${column}) like ? escape '!'`))
  return { sql: parts.length === 0 ? '1 = 0' : `(${parts.join(' or ')})`, params: columns.flatMap(() => words.map(pattern)) }
}

/** The columns in which the words of a contact are looked for. */
const wordColumns = ({ becomes, words }: PersonalRows): readonly string[] => words ?? (typeof becomes === 'string' ? [] : Object.keys(becomes).filter((c) => becomes[c] === null || typeof becomes[c]!('') === 'string'))

/** Does all of these rows go, and not only words in them? */
const isWhole = (person: Person, rows: PersonalRows): boolean => person.extent === 'whole' || rows.extent === 'record'

/** The rows that an erasure changes; undefined where it leaves the table alone. */
function going(person: Person, rows: PersonalRows): Where | undefined {
  const tellsNothing = rows.becomes === 'kept' || (rows.becomes !== 'removed' && Object.keys(rows.becomes).length === 0)
  if (tellsNothing || (person.extent === 'part' && rows.extent === 'whole')) return undefined
  const of = rows.of.rows(person)
  const kept = rows.kept === undefined ? '' : ` and not (${rows.kept})`
  if (isWhole(person, rows)) return { sql: `${of.sql}${kept}`, params: of.params }
  const told = holding(wordColumns(rows).map((c) => `r.${quoted(c)}`), person.words)
  return { sql: `${of.sql}${kept} and ${told.sql}`, params: [...of.params, ...told.params] }
}

/** The rows that stay because the law wants them. */
function staying(person: Person, rows: PersonalRows): Where | undefined {
  if (rows.becomes !== 'kept' && rows.kept === undefined) return undefined
  const of = rows.of.rows(person)
  return { sql: rows.kept === undefined ? of.sql : `${of.sql} and (${rows.kept})`, params: of.params }
}

const countOf = async (ctx: Ctx, rows: PersonalRows, where: Where | undefined): Promise<number> =>
  where === undefined ? 0 : (await ctx.db.get<{ n: number }>(`select count(*) as n from ${quoted(metaOf(rows.table).name)} r where ${where.sql}`, where.params))!.n

async function obstaclesOf(ctx: Ctx, person: Person): Promise<{ refusal: string; count: number }[]> {
  const found: { refusal: string; count: number }[] = []
  if (person.extent === 'part') return found
  for (const { refusal, count } of ctx.contributions.erasureObstacles) {
    const asked = count(person)
    const { n } = (await ctx.db.get<{ n: number }>(asked.sql, asked.params))!
    if (n > 0) found.push({ refusal, count: n })
  }
  return found
}

const counted = (counts: ReadonlyMap<string, number>): { kind: string; count: number }[] => [...counts].filter(([, count]) => count > 0).map(([kind, count]) => ({ kind, count }))

export const erasurePreviewHandler = answer(erasurePreview, async (ctx, input) => {
  const { person } = await personOf(ctx, input)
  const [goes, stays] = [new Map<string, number>(), new Map<string, number>()]
  for (const rows of ctx.contributions.personalRows) {
    const where = going(person, rows)
    goes.set(rows.kind, (goes.get(rows.kind) ?? 0) + (await countOf(ctx, rows, where)))
    stays.set(rows.kind, (stays.get(rows.kind) ?? 0) + (await countOf(ctx, rows, staying(person, rows))))
    for (const [kind, records] of AT_THEM) {
      const { length } = where && person.extent === 'whole' ? await idsAt(ctx, { records, rows, where }) : []
      goes.set(kind, (goes.get(kind) ?? 0) + length)
    }
  }
  return { code: person.code, label: person.label, extent: person.extent, known_by: [...new Set(person.words)], goes: counted(goes), stays: counted(stays), obstacles: await obstaclesOf(ctx, person) }
})

const AT_THEM = [['platform.files', 'platform_attachment'], ['platform.comments', 'platform_comment']] as const

/** Files, or words, at records that go. */
async function idsAt({ db }: Ctx, { records, rows, where }: { records: (typeof AT_THEM)[number][1]; rows: PersonalRows; where: Where }): Promise<string[]> {
  const { name, key } = metaOf(rows.table)
  if (key.length > 1) return []
  const sql = `select a.id from ${records} a where a.source_kind = ? and a.source_id in (select r.${key[0]!} from ${quoted(name)} r where ${where.sql}) order by a.id`
  return (await db.all<{ id: string }>(sql, [rows.kind, ...where.params])).map((a) => a.id)
}

/** In pieces (0050): the logs are read through first, in portions between which others work; what is found is erased by the last one. */
export const erasePersonHandler = handleLong(erasePerson, async (long, input) => {
  const { wanted, through } = await long.read(async (ctx) => {
    const { person } = await erasable(ctx, input)
    const keys: SqlValue[][] = []
    for (const rows of ctx.contributions.personalRows) {
      const where = going(person, rows)
      if (!where) continue
      keys.push(...(await keysOf(ctx, rows, where)))
      for (const [, records] of AT_THEM) keys.push(...(await idsAt(ctx, { records, rows, where })).map((id) => [id]))
    }
    return { wanted: wantedOf(person, keys), through: await endOfLogs(ctx) }
  })
  const before = await lookThroughLogs((work) => long.read(work), { wanted, through, breathe: (done, total) => long.breathe(done, total) })
  return (ctx: CommandCtx) => erase(ctx, { ...input, before })
})

type Asked = InputOf<typeof erasePerson>

/** Who it is. Refuses while something stands against it. */
async function erasable(ctx: Ctx, { asked_on, subject_kind, subject_id }: Asked): Promise<{ person: Person; refusal: string }> {
  const found = await personOf(ctx, { subject_kind, subject_id })
  if (asked_on > ctx.today) throw new Refusal('platform.erasureAskedLater', { asked_on, today: ctx.today })
  const [obstacle] = await obstaclesOf(ctx, found.person)
  if (obstacle) throw new Refusal(obstacle.refusal, { count: obstacle.count })
  return found
}

async function keysOf(ctx: Ctx, { table }: PersonalRows, where: Where): Promise<SqlValue[][]> {
  const { name, key } = metaOf(table)
  const columns = key.map((c) => `r.${quoted(c)}`).join(', ')
  return (await ctx.db.all<Key>(`select ${columns} from ${quoted(name)} r where ${where.sql} order by ${columns}`, where.params)).map((row) => Object.values(row))
}

async function erase(ctx: CommandCtx, { before, ...input }: Asked & { readonly before: Places }): Promise<OutputOf<typeof erasePerson>> {
  const { person, refusal } = await erasable(ctx, input)
  const { asked_by, asked_on, reference, ...subject } = input
  await openErasing(ctx)
  const touched: Touched[] = []
  let kept = 0
  for (const rows of ctx.contributions.personalRows) {
    kept += await countOf(ctx, rows, staying(person, rows))
    const where = going(person, rows)
    if (where) touched.push(...(await eraseRows(ctx, { person, rows, where })))
  }
  await ctx.emit(personErased, person)
  await ctx.flush()
  await forgetInLogs(ctx, { person, touched, before })
  await closeErasing(ctx)
  const erasure_id = ctx.newId()
  const erased = touched.reduce((sum, t) => sum + t.keys.length, 0)
  const { code, label, extent } = person
  await insertErasure(ctx, { id: erasure_id, ...subject, code, label, extent, asked_by, asked_on, reference: reference || null, erased, kept, by_id: ctx.actor.id, at: ctx.now })
  // From here on the books take nothing more about them.
  const ids = extent === 'whole' ? [...person.party_ids, ...person.lead_ids] : person.contact_ids
  const says = `${refusal} ${JSON.stringify({ name: label, code })}`
  await insertErased(ctx, ids.map((id) => ({ id, erasure_id, says })))
  return { erasure_id, erased, kept }
}

type Work = { readonly person: Person; readonly rows: PersonalRows; readonly where: Where }
type Key = Record<string, SqlValue>

const NOBODY: Whose = { rows: () => ({ sql: '1 = 0', params: [] }), ids: 'null' }
const AT_RECORDS = {
  comments: { kind: 'platform.comments', table: tableNamed('platform_comment')!, of: NOBODY, becomes: { text: null } },
  files: { kind: 'platform.files', table: tableNamed('platform_attachment')!, of: NOBODY, becomes: 'removed' },
} as const satisfies Record<string, PersonalRows>

/** Erases rows of one table, with files and words at them; gives their keys, table by table. */
async function eraseRows(ctx: CommandCtx, { person, rows, where }: Work): Promise<Touched[]> {
  const { name, key } = metaOf(rows.table)
  const columns = !isWhole(person, rows) ? [...new Set([...key, ...wordColumns(rows)])] : key
  const order = key.map((c) => `r.${quoted(c)}`).join(', ')
  const found = await ctx.db.all<Key>(`select ${columns.map((c) => `r.${quoted(c)}`).join(', ')} from ${quoted(name)} r where ${where.sql} order by ${order}`, where.params)
  if (found.length === 0) return [{ rows, keys: [] }]
  const keyOf = (row: Key): Key => Object.fromEntries(key.map((c) => [c, row[c]!]))
  const atThem = key.length === 1 ? await eraseAtRecords(ctx, { person, source_kind: rows.kind, ids: found.map((row) => String(row[key[0]!])) }) : []
  if (!isWhole(person, rows)) {
    const clean = without(person.words)
    const cleaned = (value: SqlValue): SqlValue => (typeof value === 'string' ? clean(value) : value)
    for (const row of found) await rewriteRow(ctx, rows.table, { key: keyOf(row), to: Object.fromEntries(wordColumns(rows).map((c) => [c, cleaned(row[c]!)])) })
  } else if (rows.becomes === 'removed') await removeRows(ctx, rows.table, where)
  else if (rows.becomes !== 'kept') {
    const to = Object.fromEntries(Object.entries(rows.becomes).map(([column, becomes]) => [column, becomes === null ? null : becomes(person.label)]))
    await blankRows(ctx, rows.table, { columns: to, where })
  }
  return [{ rows, keys: found.map(keyOf) }, ...atThem]
}

const CHUNK = 200

/** Words and files at records that are erased. Of a contact, words that name them. */
async function eraseAtRecords(ctx: CommandCtx, { person, source_kind, ids }: { person: Person; source_kind: string; ids: readonly string[] }): Promise<Touched[]> {
  const clean = without(person.words)
  const [comments, files]: [Key[], Key[]] = [[], []]
  for (let from = 0; from < ids.length; from += CHUNK) {
    const some = ids.slice(from, from + CHUNK)
    const at = `source_kind = ? and source_id in (${marks(some)})`
    for (const { id, text } of await ctx.db.all<{ id: string; text: string | null }>(`select id, text from platform_comment where ${at} order by id`, [source_kind, ...some])) {
      const left = text === null || person.extent === 'whole' ? null : clean(text)
      if (person.extent === 'part' && left === text) continue
      comments.push({ id })
      if (text !== null) await rewriteComment(ctx, id, left === null ? { text: left, retracted_at: ctx.now } : { text: left })
    }
    if (person.extent === 'part') continue
    const gone = await ctx.db.all<{ id: string }>(`select id from platform_attachment where ${at} order by id`, [source_kind, ...some])
    files.push(...gone)
    if (gone.length > 0) await removeFiles(ctx, gone.map((f) => f.id))
  }
  return [{ rows: AT_RECORDS.comments, keys: comments }, { rows: AT_RECORDS.files, keys: files }]
}

export const listErasuresHandler = answer(listErasures, async ({ db }, { limit, offset }) => ({
  rows: await db.all<OutputOf<typeof listErasures>['rows'][number]>(
    `select e.id as erasure_id, e.subject_kind, e.subject_id, e.code, e.label, e.asked_by, e.asked_on, e.reference, e.erased, e.kept, u.name as by_name, e.at
       from platform_erasure e join platform_user u on u.id = e.by_id order by e.id desc limit ? offset ?`,
    [limit, offset],
  ),
  total: (await db.get<{ n: number }>('select count(*) as n from platform_erasure'))!.n,
}))

type Erased = { id: string; code: string; label: string }

/** Of who was erased nothing is left, and nothing came since, but what the law wants kept. */
export const erasureInvariant = (personalRows: readonly PersonalRows[]): Invariant => ({
  name: 'platform: of who was erased nothing is left but what is posted',
  find: async (db: Reader) => {
    const broken: unknown[] = [...(await db.all('select id from platform_erasing union all select e.id from platform_erasure e where not exists (select 1 from platform_erased d where d.erasure_id = e.id) order by id'))]
    for (const erased of await db.all<Erased>(`select id, code, label from platform_erasure where extent = 'whole' order by id`)) {
      // A party's id is no lead's.
      const ids = (await db.all<{ id: string }>('select id from platform_erased where erasure_id = ? order by id', [erased.id])).map((e) => e.id)
      const person: Person = { party_ids: ids, lead_ids: ids, code: erased.code, label: erased.label, contact_ids: [], words: [], own_words: [], extent: 'whole' }
      for (const rows of personalRows) {
        const where = going(person, rows)
        if (!where) continue
        const said = typeof rows.becomes === 'string' ? [] : Object.entries(rows.becomes).map(([column, to]) => ({ column: `r.${quoted(column)}`, to: to === null ? null : to(person.label) }))
        const left = rows.becomes === 'removed' ? '1 = 1' : said.map(({ column, to }) => (to === null ? `${column} is not null` : `${column} <> ?`)).join(' or ')
        const params = [...where.params, ...said.map((s) => s.to).filter((to) => to !== null)]
        const { name, key } = metaOf(rows.table)
        broken.push(...(await db.all(`select '${rows.kind}' as kind, r.${quoted(key[0]!)} as row_key from ${quoted(name)} r where ${where.sql} and (${left}) order by r.${quoted(key[0]!)} limit 5`, params)))
      }
    }
    return broken
  },
})
