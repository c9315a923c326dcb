import { answer } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { marks, type Reader } from '../../storage/db.ts'
import { entry, journal, type EntryKind } from './contract.ts'
import { leavesUnder, readTree } from './tree.ts'
import { allOf, anywhere, when, type Condition } from './where.ts'
import { ofParty } from '../parties/index.ts'

export type EntryHead = {
  entry_id: string; word: string; period: string; number: number; day: string; kind: EntryKind; summary: string; total_minor: number
  source_kind: string | null; source_id: string | null; source_number: string | null; reverses_id: string | null; reversed_by_id: string | null
  posted_by: string; posted_by_name: string | null; posted_at: number; is_reviewed: 0 | 1; attachments: number
}
export type EntryLineRow = {
  entry_id: string; line_no: number; account_id: string; account_code: string; account_name_zh: string; account_name_en: string
  party_id: string | null; party_code: string | null; party_name: string | null; debit_minor: number; credit_minor: number; summary: string | null
}

const HEAD = `e.id as entry_id, e.word, e.period, e.number, e.day, e.kind, e.summary, e.total_minor, e.source_kind, e.source_id, e.source_number,
  e.reverses_id, (select min(r.id) from accounting_entry r where r.reverses_id = e.id) as reversed_by_id, e.posted_by, u.name as posted_by_name, e.posted_at,
  case when exists (select 1 from accounting_review v where v.entry_id = e.id) then 1 else 0 end as is_reviewed, e.attachments`

const IDS_A_STATEMENT = 500

/** The lines of these entries, by entry, in their order. */
export async function linesOfEntries(db: Reader, entry_ids: readonly string[]): Promise<Map<string, EntryLineRow[]>> {
  const byEntry = new Map<string, EntryLineRow[]>(entry_ids.map((id) => [id, []]))
  for (let from = 0; from < entry_ids.length; from += IDS_A_STATEMENT) {
    const some = entry_ids.slice(from, from + IDS_A_STATEMENT)
    const rows = await db.all<EntryLineRow>(
      `select l.entry_id, l.line_no, l.account_id, a.code as account_code, a.name_zh as account_name_zh, a.name_en as account_name_en,
              l.party_id, p.code as party_code, p.name as party_name, l.debit_minor, l.credit_minor, l.summary
         from accounting_line l join accounting_account a on a.id = l.account_id left join parties_party p on p.id = l.party_id
        where l.entry_id in (${marks(some)}) order by l.entry_id, l.line_no`,
      some,
    )
    for (const row of rows) byEntry.get(row.entry_id)!.push(row)
  }
  return byEntry
}

/** 序时账: entries with their lines, by day. */
export const journalAnswer = answer(journal, async ({ db }, input) => {
  const onAccount = await accountCondition(db, input.account_id)
  const where = allOf([
    when(input.from, 'e.day >= ?'),
    when(input.to, 'e.day <= ?'),
    when(input.kind, 'e.kind = ?'),
    when(input.source_kind, 'e.source_kind = ?'),
    when(input.source_id, 'e.source_id = ?'),
    onAccount,
    when(input.party_id, `exists (select 1 from accounting_line l where l.entry_id = e.id and ${ofParty('l.party_id')})`),
    textCondition(input.text),
  ])
  const order = input.order === 'newest' ? 'e.day desc, e.id desc' : 'e.day, e.id'
  const heads = await db.all<EntryHead>(
    `select ${HEAD} from accounting_entry e left join platform_user u on u.id = e.posted_by where ${where.sql} order by ${order} limit ? offset ?`,
    [...where.params, input.limit, input.offset],
  )
  const sums = await db.get<{ total: number; amount_minor: number }>(
    `select count(*) as total, coalesce(sum(e.total_minor), 0) as amount_minor from accounting_entry e where ${where.sql}`,
    where.params,
  )
  const lines = await linesOfEntries(db, heads.map((h) => h.entry_id))
  return { rows: heads.map((h) => ({ ...h, ...sidesOf(lines.get(h.entry_id)!), lines: lines.get(h.entry_id)! })), ...sums! }
})

/** The accounts on each side of a voucher, each once, as one text in either language. */
function sidesOf(lines: readonly EntryLineRow[]) {
  const said = (side: 'debit_minor' | 'credit_minor', nameOf: (line: EntryLineRow) => string, glue: string): string =>
    [...new Set(lines.filter((l) => l[side] !== 0).map((l) => `${l.account_code} ${nameOf(l)}`))].join(glue)
  const zh = (line: EntryLineRow): string => line.account_name_zh
  const en = (line: EntryLineRow): string => line.account_name_en || line.account_name_zh
  return {
    debit_accounts_zh: said('debit_minor', zh, '、'),
    debit_accounts_en: said('debit_minor', en, ', '),
    credit_accounts_zh: said('credit_minor', zh, '、'),
    credit_accounts_en: said('credit_minor', en, ', '),
  }
}

async function accountCondition(db: Reader, account_id: string | undefined): Promise<Condition | undefined> {
  if (account_id === undefined) return undefined
  const ids = leavesUnder(await readTree(db), account_id).map((a) => a.id)
  return { sql: `exists (select 1 from accounting_line l where l.entry_id = e.id and l.account_id in (${marks(ids)}))`, params: ids }
}

/** A number like 记-12, part of a document's number, or part of a summary. */
function textCondition(text: string | undefined): Condition | undefined {
  if (text === undefined || text === '') return undefined
  const pattern = anywhere(text)
  const numbered = /^(.+)-(\d{1,9})$/.exec(text)
  const like = `lower(e.summary) like ? escape '!' or lower(e.source_number) like ? escape '!'`
  if (!numbered) return { sql: like, params: [pattern, pattern] }
  return { sql: `${like} or (e.word = ? and e.number = ?)`, params: [pattern, pattern, numbered[1]!, Number(numbered[2])] }
}

type Link = { entry_id: string; word: string; period: string; number: number; day: string }

/** One voucher with everything that points to it. */
export const entryAnswer = answer(entry, async ({ db }, { entry_id }) => {
  const head = await db.get<EntryHead>(
    `select ${HEAD} from accounting_entry e left join platform_user u on u.id = e.posted_by where e.id = ?`, [entry_id],
  )
  if (!head) throw new Refusal('accounting.entryNotFound', { entry_id })
  const reviews = await db.all<{ review_id: string; user_id: string; user_name: string | null; at: number; note: string | null }>(
    `select r.id as review_id, r.user_id, u.name as user_name, r.at, r.note
       from accounting_review r left join platform_user u on u.id = r.user_id where r.entry_id = ? order by r.at, r.id`,
    [entry_id],
  )
  return {
    ...head,
    lines: (await linesOfEntries(db, [entry_id])).get(entry_id)!,
    reviews,
    reverses: await linkTo(db, head.reverses_id),
    reversed_by: await linkTo(db, head.reversed_by_id),
  }
})

async function linkTo(db: Reader, entry_id: string | null): Promise<Link | null> {
  if (entry_id === null) return null
  return (await db.get<Link>('select id as entry_id, word, period, number, day from accounting_entry where id = ?', [entry_id])) ?? null
}
