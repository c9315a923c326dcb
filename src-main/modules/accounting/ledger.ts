import { addDays, firstOfMonth, lastOfMonth, monthOf, yearOf } from '../../kernel/day.ts'
import { answer, type QueryCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { marks, type Reader } from '../../storage/db.ts'
import type { EntryKind } from './contract.ts'
import { ledger } from './contract.ts'
import { monthsBetween } from './profit-and-loss.ts'
import { isLeaf, leavesUnder, named, readTree, type AccountRow } from './tree.ts'
import { splitSpan, turnovers, type Turnover } from './turnover.ts'
import { allOf, when } from './where.ts'
import { ofParty } from '../parties/index.ts'

type Direction = 'debit' | 'credit'
type Standing = { direction: Direction | 'flat'; balance_minor: number }
type Sides = { debit_minor: number; credit_minor: number }

/** DF-13: 平 at 0; otherwise the account's own side, with a sign when the balance stands on the other. `net` is debit less credit. */
const standingOf = (net: number, direction: Direction): Standing =>
  net === 0 ? { direction: 'flat', balance_minor: 0 } : { direction, balance_minor: direction === 'debit' ? net : -net }

type LineRow = Sides & {
  entry_id: string; line_no: number; day: string; word: string; period: string; number: number; kind: EntryKind; summary: string
  account_id: string; account_code: string; account_name_zh: string; account_name_en: string; party_id: string | null; party_name: string | null
  source_kind: string | null; source_id: string | null; source_number: string | null
}

/** 明细账 of one account (or all below it), perhaps of one party alone: opening, a page of lines with running balance, closing. */
export const ledgerAnswer = answer(ledger, async (ctx, { account_id, from, to, party_id, limit, offset }) => {
  const { db } = ctx
  const tree = await readTree(db)
  const account = tree.byId.get(account_id)
  if (!account) throw new Refusal('accounting.accountNotFound', { account_id })
  const leaves = leavesUnder(tree, account_id)
  const account_ids = leaves.map((a) => a.id)
  const book: Book = { account_ids, party_id, from, to, first_day: ctx.company.first_day }
  const sum = party_id === undefined ? addUp(await turnovers(db, { from, to, account_ids })) : await partyTurnover(db, book)
  const total = await countLines(db, book)
  const before = await sumOfFirst(db, book, offset)
  const standing = (net: number): Standing => standingOf(net, account.direction)
  const carried_minor = sum.opening_minor + before.debit_minor - before.credit_minor
  let running = carried_minor
  const rows = (await readLines(db, book, { limit, offset })).map((line) => {
    running += line.debit_minor - line.credit_minor
    return { ...line, ...standing(running) }
  })
  return {
    account: { ...named(account), class: account.class, account_direction: account.direction, is_leaf: isLeaf(tree, account) },
    opening: standing(sum.opening_minor),
    carried: standing(carried_minor),
    rows,
    total,
    turnover: { debit_minor: sum.debit_minor, credit_minor: sum.credit_minor },
    closing: standing(sum.opening_minor + sum.debit_minor - sum.credit_minor),
    periods: party_id === undefined ? await periodsOf(ctx, book, account) : [],
  }
})

type Book = {
  readonly account_ids: readonly string[]; readonly party_id: string | undefined; readonly from: string; readonly to: string;
  readonly first_day: string
}

function addUp(sums: ReadonlyMap<string, Turnover>): Turnover {
  const total = { opening_minor: 0, debit_minor: 0, credit_minor: 0 }
  for (const sum of sums.values()) {
    total.opening_minor += sum.opening_minor
    total.debit_minor += sum.debit_minor
    total.credit_minor += sum.credit_minor
  }
  return total
}

/** Opening entries all stand on the first day of books; there they belong to the opening balance. */
const OPENING = `select o.id from accounting_entry o where o.day = ? and o.kind = 'opening'`

function linesWhere({ account_ids, party_id, from, to, first_day }: Book): ReturnType<typeof allOf> {
  const notOpening = { sql: `l.day > ? or l.entry_id not in (${OPENING})`, params: [first_day, first_day] }
  return allOf([
    { sql: `l.account_id in (${marks(account_ids)})`, params: account_ids },
    { sql: 'l.day >= ? and l.day <= ?', params: [from, to] },
    when(party_id, ofParty('l.party_id')),
    from > first_day ? undefined : notOpening,
  ])
}

async function partyTurnover(db: Reader, book: Book): Promise<Turnover> {
  const { account_ids, party_id, from, first_day } = book
  const within = linesWhere(book)
  const sums = await db.get<Sides>(
    `select coalesce(sum(l.debit_minor), 0) as debit_minor, coalesce(sum(l.credit_minor), 0) as credit_minor from accounting_line l where ${within.sql}`,
    within.params,
  )
  const opening = await db.get<{ net: number }>(
    `select coalesce(sum(l.debit_minor - l.credit_minor), 0) as net from accounting_line l
      where ${ofParty('l.party_id')} and l.account_id in (${marks(account_ids)}) and (l.day < ? or (l.day = ? and l.entry_id in (${OPENING})))`,
    [party_id!, ...account_ids, from, first_day, first_day],
  )
  return { opening_minor: opening!.net, ...sums! }
}

async function countLines(db: Reader, book: Book): Promise<number> {
  const where = linesWhere(book)
  return (await db.get<{ total: number }>(`select count(*) as total from accounting_line l where ${where.sql}`, where.params))!.total
}

/** What the lines before this page add up to. */
async function sumOfFirst(db: Reader, book: Book, offset: number): Promise<Sides> {
  if (offset === 0) return { debit_minor: 0, credit_minor: 0 }
  const where = linesWhere(book)
  const sums = await db.get<Sides>(
    `select coalesce(sum(f.debit_minor), 0) as debit_minor, coalesce(sum(f.credit_minor), 0) as credit_minor
       from (select l.debit_minor, l.credit_minor from accounting_line l where ${where.sql} order by l.day, l.entry_id, l.line_no limit ?) f`,
    [...where.params, offset],
  )
  return sums!
}

function readLines(db: Reader, book: Book, { limit, offset }: { limit: number; offset: number }): Promise<LineRow[]> {
  const where = linesWhere(book)
  // The page is found in the index alone; only its rows are looked up.
  return db.all<LineRow>(
    `select l.entry_id, l.line_no, l.day, e.word, e.period, e.number, e.kind, coalesce(l.summary, e.summary) as summary,
            l.account_id, a.code as account_code, a.name_zh as account_name_zh, a.name_en as account_name_en,
            l.party_id, p.name as party_name, e.source_kind, e.source_id, e.source_number, l.debit_minor, l.credit_minor
       from (select l.entry_id, l.line_no from accounting_line l where ${where.sql} order by l.day, l.entry_id, l.line_no limit ? offset ?) page
       join accounting_line l on l.entry_id = page.entry_id and l.line_no = page.line_no
       join accounting_entry e on e.id = l.entry_id
       join accounting_account a on a.id = l.account_id
       left join parties_party p on p.id = l.party_id
      order by l.day, l.entry_id, l.line_no`,
    [...where.params, limit, offset],
  )
}

type PeriodRow = Sides & Standing & { period: string; year_debit_minor: number; year_credit_minor: number }

/** 本期合计 and 本年累计 of every month of the range in which the books were kept, also of months without lines. */
async function periodsOf({ db, company, today }: QueryCtx, book: Book, account: AccountRow): Promise<PeriodRow[]> {
  const { account_ids } = book
  const from = book.from > company.first_day ? book.from : company.first_day
  const last = await db.get<{ day: string | null }>('select max(day) as day from accounting_entry')
  const end = [today, last!.day ?? today].sort()[1]!
  const to = book.to < end ? book.to : lastOfMonth(end)
  if (from > to) return []
  const byMonth = await monthlySums(db, { account_ids, from, to })
  const yearBegin = `${String(yearOf(from)).padStart(4, '0')}-01-01`
  const early = addUp(await turnovers(db, { from: yearBegin, to: addDays(from, -1), account_ids }))
  let net = addUp(await turnovers(db, { from, to: from, account_ids })).opening_minor
  let year = yearOf(from)
  let sums = { debit_minor: early.debit_minor, credit_minor: early.credit_minor }
  return monthsBetween(monthOf(from), monthOf(to)).map((period) => {
    const month = byMonth.get(period) ?? { debit_minor: 0, credit_minor: 0 }
    if (Number(period.slice(0, 4)) !== year) sums = { debit_minor: 0, credit_minor: 0 }
    year = Number(period.slice(0, 4))
    sums = { debit_minor: sums.debit_minor + month.debit_minor, credit_minor: sums.credit_minor + month.credit_minor }
    net += month.debit_minor - month.credit_minor
    return {
      period, ...month, year_debit_minor: sums.debit_minor, year_credit_minor: sums.credit_minor, ...standingOf(net, account.direction),
    }
  })
}

async function monthlySums(
  db: Reader, { account_ids, from, to }: { account_ids: readonly string[]; from: string; to: string },
): Promise<Map<string, Sides>> {
  const { whole, broken } = splitSpan({ from, to })
  const months = new Map<string, Sides>()
  if (whole) {
    const rows = await db.all<Sides & { period: string }>(
      `select period, sum(debit_minor) as debit_minor, sum(credit_minor) as credit_minor from accounting_balance
        where account_id in (${marks(account_ids)}) and period >= ? and period <= ? group by period order by period`,
      [...account_ids, monthOf(whole.from), monthOf(whole.to)],
    )
    for (const { period, ...sums } of rows) months.set(period, sums)
  }
  for (const piece of broken) {
    const { debit_minor, credit_minor } = addUp(await turnovers(db, { ...piece, account_ids }))
    months.set(monthOf(firstOfMonth(piece.from)), { debit_minor, credit_minor })
  }
  return months
}
