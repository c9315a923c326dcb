import { answer } from '../../kernel/operation.ts'
import { journalExport } from './contract.ts'
import type { EntryHead } from './journal.ts'
import { linesOfEntries } from './journal.ts'
import { readTree, upwards, type AccountRow } from './tree.ts'
import { allOf, when, type Condition } from './where.ts'

type Head = Pick<EntryHead, 'entry_id' | 'day' | 'word' | 'period' | 'number' | 'kind' | 'summary' | 'source_kind' | 'source_number' | 'posted_by_name'>

/** The journal page by page in order of day and posting; each page begins after the last entry of the one before. */
export const journalExportAnswer = answer(journalExport, async ({ db }, { from, to, after, limit, locale }) => {
  const tree = await readTree(db)
  const nameOf = (a: AccountRow): string => (locale === 'en' ? a.name_en : a.name_zh)
  // The parts of a path are joined by colons: a colon in a name would make a level.
  const partOf = (a: AccountRow): string => `${a.code} ${nameOf(a)}`.replaceAll(':', '：')
  const paths = new Map(tree.accounts.map((a) => [a.id, upwards(tree, a).reverse().map(partOf).join(':')]))
  const beyond: Condition | undefined = after && {
    sql: 'e.day >= ? and (e.day > ? or e.id > ?)', params: [after.day, after.day, after.entry_id],
  }
  const where = allOf([when(from, 'e.day >= ?'), when(to, 'e.day <= ?'), beyond])
  const heads = await db.all<Head>(
    `select e.id as entry_id, e.day, e.word, e.period, e.number, e.kind, e.summary, e.source_kind, e.source_number, u.name as posted_by_name
       from accounting_entry e left join platform_user u on u.id = e.posted_by where ${where.sql} order by e.day, e.id limit ?`,
    [...where.params, limit],
  )
  const lines = await linesOfEntries(db, heads.map((h) => h.entry_id))
  const rows = heads.map((head) => ({
    ...head,
    lines: lines.get(head.entry_id)!.map((l) => ({
      line_no: l.line_no, account_code: l.account_code, account_name: nameOf(tree.byId.get(l.account_id)!),
      account_path: paths.get(l.account_id)!,
      party_code: l.party_code, party_name: l.party_name, summary: l.summary, debit_minor: l.debit_minor, credit_minor: l.credit_minor,
    })),
  }))
  const last = heads.length < limit ? undefined : heads.at(-1)
  return { rows, after: last === undefined ? null : { day: last.day, entry_id: last.entry_id } }
})
