import { searchDoc } from '../../db/schema/platform.ts'
import { gramsOf, gramsOfQuery, recheck } from '../kernel/grams.ts'
import { afterPrefix, fold } from '../kernel/text.ts'
import type { Reader, SqlValue, Writer } from './db.ts'
import { marks } from './db.ts'

export type SearchEntry = {
  readonly kind: string
  readonly ref_id: string
  readonly title: string
  /** The code or number under which people know it; found even when thousands contain it. */
  readonly code?: string
  readonly texts: readonly string[]
}
export type SearchHit = { readonly kind: string; readonly ref_id: string; readonly title: string }

/** Texts of one record are kept in one column; the unit separator keeps their ends apart. */
const SEPARATOR = '\u001f'
/** Hits read before rechecking, for each wanted: grams answer a little too much. */
const OVERSAMPLING = 2

/** Records looked up, and written, by one statement. */
const BATCH = 16

export type SearchKey = { readonly kind: string; readonly ref_id: string }
const wordOf = ({ kind, ref_id }: SearchKey): string => `${kind} ${ref_id}`

/** Puts records into the index, or renews them; of two with one key the later counts. Both engines keep the same grams, made here. */
export async function putSearchDocs(db: Writer, entries: readonly SearchEntry[]): Promise<void> {
  const last = [...new Map(entries.map((entry) => [wordOf(entry), entry])).values()]
  for (let from = 0; from < last.length; from += BATCH) await putBatch(db, last.slice(from, from + BATCH))
}

/** Takes records out of the index. */
export async function dropSearchDocs(db: Writer, keys: readonly SearchKey[]): Promise<void> {
  const docs = [...(await docsOf(db, keys)).values()]
  await forget(db, docs)
  for (const doc of docs) await db.remove(searchDoc, { doc })
}

async function putBatch(db: Writer, entries: readonly SearchEntry[]): Promise<void> {
  const before = await docsOf(db, entries)
  const fresh = entries.filter((entry) => !before.has(wordOf(entry)))
  await db.insertMany(searchDoc, fresh.map(rowOf))
  for (const entry of entries) {
    const doc = before.get(wordOf(entry))
    if (doc !== undefined) await db.update(searchDoc, { doc }, rowOf(entry))
  }
  const docs = fresh.length === 0 ? before : await docsOf(db, entries)
  await forget(db, [...before.values()])
  await index(db, entries.map((entry) => ({ doc: docs.get(wordOf(entry))!, grams: gramsOfEntry(entry) })))
}

const textsOf = ({ code, texts }: SearchEntry): readonly string[] => (code === undefined ? texts : [code, ...texts])

function rowOf(entry: SearchEntry) {
  const { kind, ref_id, title, code } = entry
  const texts = textsOf(entry).filter((t) => t !== '').join(SEPARATOR)
  return { kind, ref_id, title, title_key: fold(title), code: code === undefined ? null : fold(code), texts }
}

const gramsOfEntry = (entry: SearchEntry): string[] => [kindGram(entry.kind), ...new Set([entry.title, ...textsOf(entry)].flatMap(gramsOf))]

/** The documents behind some keys, those that there are. */
async function docsOf(db: Reader, keys: readonly SearchKey[]): Promise<Map<string, number>> {
  const found = new Map<string, number>()
  for (const kind of new Set(keys.map((k) => k.kind))) {
    const ids = keys.filter((k) => k.kind === kind).map((k) => k.ref_id)
    const rows = await db.all<SearchKey & { doc: number }>(
      `select doc, kind, ref_id from platform_search_doc where kind = ? and ref_id in (${marks(ids)}) order by doc`,
      [kind, ...ids],
    )
    for (const row of rows) found.set(wordOf(row), row.doc)
  }
  return found
}

async function forget(db: Writer, docs: readonly number[]): Promise<void> {
  if (docs.length === 0) return
  await db.run(searchDoc, `delete from platform_search where ${db.dialect === 'sqlite' ? 'rowid' : 'doc'} in (${marks(docs)})`, docs)
}

async function index(db: Writer, rows: readonly { doc: number; grams: readonly string[] }[]): Promise<void> {
  const [columns, row] = db.dialect === 'sqlite' ? ['rowid, grams', '(?, ?)'] : ['doc, grams', '(?, array_to_tsvector(?::text[]))']
  const gramsText = (grams: readonly string[]) => (db.dialect === 'sqlite' ? grams.join(' ') : `{${grams.map((g) => `"${g}"`).join(',')}}`)
  await db.run(
    searchDoc,
    `insert into platform_search (${columns}) values ${rows.map(() => row).join(', ')}`,
    rows.flatMap(({ doc, grams }) => [doc, gramsText(grams)]),
  )
}

type Row = SearchHit & { doc: number; texts: string }

/** Says in the index itself of what kind a record is, so that a search among items never walks through parties. */
const kindGram = (kind: string): string => `k:${kind.toLowerCase().replaceAll(/[^a-z]/g, '')}`

/** All alternatives of one wanted word, ORed; the words, ANDed. */
function matchExpression(dialect: 'sqlite' | 'postgres', wanted: readonly (readonly string[])[]): string {
  const quote = dialect === 'sqlite' ? '"' : "'"
  const [or, and] = dialect === 'sqlite' ? [' OR ', ' AND '] : [' | ', ' & ']
  return wanted.map((alternatives) => `(${alternatives.map((a) => quote + a.replaceAll(quote, quote + quote) + quote).join(or)})`).join(and)
}

/**
 * Finds records by part of a name, pinyin initials, code or phone; exact title or code matches first.
 * At most `limit` hits. The caller filters by permission: hits carry ids only.
 */
export async function findSearchDocs(
  db: Reader,
  { kinds, text, limit }: { kinds: readonly string[]; text: string; limit: number },
): Promise<SearchHit[]> {
  const wanted = gramsOfQuery(text)
  if (wanted.length === 0 || kinds.length === 0) return []
  const sql =
    db.dialect === 'sqlite'
      ? `select d.doc, d.kind, d.ref_id, d.title, d.texts from platform_search s join platform_search_doc d on d.doc = s.rowid
          where platform_search match ? and d.kind in (${marks(kinds)}) order by s.rowid limit ?`
      : `select d.doc, d.kind, d.ref_id, d.title, d.texts from platform_search s join platform_search_doc d on d.doc = s.doc
          where s.grams @@ ?::tsquery and d.kind in (${marks(kinds)}) order by s.doc limit ?`
  const params: SqlValue[] = [matchExpression(db.dialect, [kinds.map(kindGram), ...wanted]), ...kinds, limit * OVERSAMPLING]
  const folded = fold(text)
  const exact = await db.all<Row>(
    `select doc, kind, ref_id, title, texts from platform_search_doc where code = ? and kind in (${marks(kinds)}) order by doc limit ?`,
    [folded, ...kinds, limit],
  )
  const found = [...exact, ...(await beginning(db, { kinds, folded, limit })), ...(await db.all<Row>(sql, params))]
  return [...new Map(found.map((row) => [row.doc, row])).values()]
    .map((row) => ({ row, texts: [row.title, ...row.texts.split(SEPARATOR)] }))
    .filter(({ texts }) => recheck(text, texts))
    .map(({ row, texts }) => ({ row, rank: rankOf(texts, folded) }))
    .sort((a, b) => a.rank - b.rank || a.row.doc - b.row.doc)
    .slice(0, limit)
    .map(({ row }) => ({ kind: row.kind, ref_id: row.ref_id, title: row.title }))
}

/** So many hits are named by their ids; of more the index itself is asked within the list's own query. */
const MOST_NAMED = 1000

const ONE_WORD = /^[\p{L}\p{N}\p{M}]+$/v

export type RefCondition = { readonly sql: string; readonly params: readonly SqlValue[] }

/**
 * Limits `column`, which holds the ids of records of a kind, to those that a text finds: all of them, however many, and no other. A text
 * without a letter or digit finds nothing.
 */
export async function refsFound(db: Reader, { kind, text, column }: { kind: string; text: string; column: string }): Promise<RefCondition> {
  const wanted = gramsOfQuery(text)
  if (wanted.length === 0) return { sql: '1 = 0', params: [] }
  const hits = `from platform_search s join platform_search_doc d on d.doc = s.${db.dialect === 'sqlite' ? 'rowid' : 'doc'}
    where ${db.dialect === 'sqlite' ? 'platform_search match ?' : 's.grams @@ ?::tsquery'} and d.kind = ?`
  const params: SqlValue[] = [matchExpression(db.dialect, [[kindGram(kind)], ...wanted]), kind]
  const read = (limit: number | undefined): Promise<Row[]> =>
    db.all<Row>(`select d.doc, d.kind, d.ref_id, d.title, d.texts ${hits} order by d.doc ${limit === undefined ? '' : `limit ${limit}`}`, params)
  const isTrue = (row: Row): boolean => recheck(text, [row.title, ...row.texts.split(SEPARATOR)])
  const first = await read(MOST_NAMED + 1)
  if (first.length <= MOST_NAMED) {
    const ids = first.filter(isTrue).map((row) => row.ref_id)
    return { sql: `${column} in (${marks(ids)})`, params: ids }
  }
  const all = `${column} in (select d.ref_id ${hits}`
  // One gram alone is in a text only where what was typed is: only several can meet in a text that they are not in together.
  if (wanted.length === 1 && ONE_WORD.test(text.trim())) return { sql: `${all})`, params }
  const rows = await read(undefined)
  const found = rows.filter(isTrue)
  if (found.length === rows.length) return { sql: `${all})`, params }
  if (found.length === 0) return { sql: '1 = 0', params: [] }
  const isMost = found.length * 2 > rows.length
  const named = isMost ? new Set(rows).difference(new Set(found)) : new Set(found)
  // Whole numbers of our own: as parameters they would be too many.
  return { sql: `${all} and d.doc ${isMost ? 'not in' : 'in'} (${[...named].map((row) => row.doc).join(', ')}))`, params }
}

/** Those whose title begins with the text, the shortest way to what people call by its name. */
async function beginning(db: Reader, { kinds, folded, limit }: { kinds: readonly string[]; folded: string; limit: number }): Promise<Row[]> {
  if (folded === '') return []
  return db.all<Row>(
    `select doc, kind, ref_id, title, texts from platform_search_doc
      where kind in (${marks(kinds)}) and title_key >= ? and title_key < ? order by title_key, doc limit ?`,
    [...kinds, folded, afterPrefix(folded), limit],
  )
}

/** 0: a text is exactly this; 1: one begins with it; 2: it is somewhere inside. */
function rankOf(texts: readonly string[], folded: string): number {
  let rank = 2
  for (const text of texts) {
    const lower = fold(text)
    if (lower === folded) return 0
    if (lower.startsWith(folded)) rank = 1
  }
  return rank
}

export type SharingDoc = { readonly ref_id: string; readonly text: string }

/** Records of a kind that share any of these grams, the newest first: for likeness, which the caller judges. */
export async function docsSharing(db: Reader, { kind, grams, limit }: { kind: string; grams: readonly string[]; limit: number }): Promise<SharingDoc[]> {
  if (grams.length === 0) return []
  const id = db.dialect === 'sqlite' ? 'rowid' : 'doc'
  const rows = await db.all<Row>(
    `select d.doc, d.kind, d.ref_id, d.title, d.texts from platform_search s join platform_search_doc d on d.doc = s.${id}
      where ${db.dialect === 'sqlite' ? 'platform_search match ?' : 's.grams @@ ?::tsquery'} and d.kind = ? order by s.${id} desc limit ?`,
    [matchExpression(db.dialect, [[kindGram(kind)], grams]), kind, limit],
  )
  return rows.map((row) => ({ ref_id: row.ref_id, text: [row.title, ...row.texts.split(SEPARATOR)].join(' ') }))
}
