import { searchDoc } from '../../db/schema/platform.ts'
import { gramsOf, gramsOfQuery, recheck } from '../kernel/grams.ts'
import { fold } from '../kernel/text.ts'
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

/** Puts records into the index, or renews them. Grams are made in the program, the same for both engines. */
export async function putSearchDocs(db: Writer, entries: readonly SearchEntry[]): Promise<void> {
  for (const entry of entries) {
    const all = entry.code === undefined ? entry.texts : [entry.code, ...entry.texts]
    const texts = all.filter((t) => t !== '').join(SEPARATOR)
    const code = entry.code === undefined ? null : fold(entry.code)
    const row = { kind: entry.kind, ref_id: entry.ref_id, title: entry.title, code, texts }
    const known = await db.get<{ doc: number }>('select doc from platform_search_doc where kind = ? and ref_id = ?', [entry.kind, entry.ref_id])
    if (known) await db.update(searchDoc, { doc: known.doc }, { title: row.title, code, texts })
    else await db.insert(searchDoc, row)
    await indexDoc(db, { doc: known?.doc, row, grams: [kindGram(entry.kind), ...new Set([entry.title, ...all].flatMap(gramsOf))], isNew: !known })
  }
}

type Indexing = { doc: number | undefined; row: { kind: string; ref_id: string }; grams: readonly string[]; isNew: boolean }

async function indexDoc(db: Writer, { doc: known, row, grams, isNew }: Indexing): Promise<void> {
  const doc =
    known ??
    (await db.get<{ doc: number }>('select doc from platform_search_doc where kind = ? and ref_id = ?', [row.kind, row.ref_id]))!.doc
  if (db.dialect === 'sqlite') {
    if (!isNew) await db.run(searchDoc, 'delete from platform_search where rowid = ?', [doc])
    await db.run(searchDoc, 'insert into platform_search (rowid, grams) values (?, ?)', [doc, grams.join(' ')])
    return
  }
  if (!isNew) await db.run(searchDoc, 'delete from platform_search where doc = ?', [doc])
  const list = `{${grams.map((g) => `"${g}"`).join(',')}}`
  await db.run(searchDoc, 'insert into platform_search (doc, grams) values (?, array_to_tsvector(?::text[]))', [doc, list])
}

/** Takes a record out of the index. */
export async function removeSearchDoc(db: Writer, { kind, ref_id }: { kind: string; ref_id: string }): Promise<void> {
  const known = await db.get<{ doc: number }>('select doc from platform_search_doc where kind = ? and ref_id = ?', [kind, ref_id])
  if (!known) return
  await db.run(searchDoc, `delete from platform_search where ${db.dialect === 'sqlite' ? 'rowid' : 'doc'} = ?`, [known.doc])
  await db.remove(searchDoc, { doc: known.doc })
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
  if (wanted.length === 0) return []
  const sql =
    db.dialect === 'sqlite'
      ? `select d.doc, d.kind, d.ref_id, d.title, d.texts from platform_search s join platform_search_doc d on d.doc = s.rowid
          where platform_search match ? and d.kind in (${marks(kinds)}) limit ?`
      : `select d.doc, d.kind, d.ref_id, d.title, d.texts from platform_search s join platform_search_doc d on d.doc = s.doc
          where s.grams @@ ?::tsquery and d.kind in (${marks(kinds)}) limit ?`
  const params: SqlValue[] = [matchExpression(db.dialect, [kinds.map(kindGram), ...wanted]), ...kinds, limit * OVERSAMPLING]
  const folded = fold(text)
  const exact = await db.all<Row>(
    `select doc, kind, ref_id, title, texts from platform_search_doc where code = ? and kind in (${marks(kinds)}) order by doc limit ?`,
    [folded, ...kinds, limit],
  )
  const found = await db.all<Row>(sql, params)
  const seen = new Set(exact.map((row) => row.doc))
  return [...exact, ...found.filter((row) => !seen.has(row.doc))]
    .map((row) => ({ row, texts: [row.title, ...row.texts.split(SEPARATOR)] }))
    .filter(({ texts }) => recheck(text, texts))
    .map(({ row, texts }) => ({ row, rank: rankOf(texts, folded) }))
    .sort((a, b) => a.rank - b.rank || a.row.doc - b.row.doc)
    .slice(0, limit)
    .map(({ row }) => ({ kind: row.kind, ref_id: row.ref_id, title: row.title }))
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
