import { answer } from '../../kernel/operation.ts'
import type { Reader, SqlValue } from '../../storage/db.ts'
import { metaOf, quoted } from '../../storage/table-meta.ts'
import { tableNamed } from '../../storage/tables.ts'
import { listAudit, rowHistory } from './contract.ts'
import type { Change } from './contract-forms.ts'

/** Changes shown with a command; an import may have made a million. */
const SHOWN_CHANGES = 20
/** What nobody may read, not even in the past. */
const SECRETS: readonly string[] = ['password_hash']

type StoredChange = { tbl: string; op: 'i' | 'u' | 'd'; pk: string; before: string | null }

const shown = ({ tbl, op, pk, before }: StoredChange): Change => ({
  tbl,
  op,
  pk,
  before: before === null ? null : withoutSecrets(JSON.parse(before) as Record<string, unknown>),
})

const withoutSecrets = (row: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(row).filter(([column]) => !SECRETS.includes(column)))

/** The row as it is now; null when it is gone, or when there is no such table. */
async function rowNow(db: Reader, tbl: string, key: readonly (string | number)[]): Promise<Record<string, unknown> | null> {
  const table = tableNamed(tbl)
  const meta = table && metaOf(table)
  if (!meta || meta.key.length !== key.length) return null
  const where = meta.key.map((column) => `${quoted(column)} = ?`).join(' and ')
  const row = await db.get<Record<string, unknown>>(`select ${meta.columns.map(quoted).join(', ')} from ${quoted(meta.name)} where ${where}`, key)
  return row === undefined ? null : withoutSecrets(row)
}

type AuditRow = {
  seq: number
  command_id: string
  name: string
  user_id: string
  user_name: string | null
  desk: string
  at: number
  today: string
  input: string
  changes_through: number
}

export const listAuditHandler = answer(listAudit, async ({ db }, { user_id, from_day, to_day, name, limit, offset }) => {
  const conditions: { sql: string; params: SqlValue[] }[] = [{ sql: '1 = 1', params: [] }]
  if (user_id !== undefined) conditions.push({ sql: 'a.user_id = ?', params: [user_id] })
  if (from_day !== undefined) conditions.push({ sql: 'a.today >= ?', params: [from_day] })
  if (to_day !== undefined) conditions.push({ sql: 'a.today <= ?', params: [to_day] })
  // All names that begin so: the next character after any letter closes the range.
  if (name !== '') conditions.push({ sql: 'a.name >= ? and a.name < ?', params: [name, `${name}~`] })
  const where = conditions.map((c) => c.sql).join(' and ')
  const params = conditions.flatMap((c) => c.params)
  const total = await db.get<{ n: number }>(`select count(*) as n from platform_audit a where ${where}`, params)
  const rows = await db.all<AuditRow>(
    `select a.seq, a.command_id, a.name, a.user_id, u.name as user_name, a.desk, a.at, a.today, a.input, a.changes_through
       from platform_audit a left join platform_user u on u.id = a.user_id where ${where} order by a.seq desc limit ? offset ?`,
    [...params, limit, offset],
  )
  const full = []
  for (const { input, changes_through, ...row } of rows) {
    full.push({ ...row, input: JSON.parse(input) as unknown, ...(await changesOf(db, { seq: row.seq, changes_through })) })
  }
  return { rows: full, total: total!.n }
})

/** A command's changes lie between the last change of the command before and its own last one. */
async function changesOf(db: Reader, { seq, changes_through }: { seq: number; changes_through: number }) {
  const previous = await db.get<{ changes_through: number }>(
    'select changes_through from platform_audit where seq < ? order by seq desc limit 1',
    [seq],
  )
  const from = previous?.changes_through ?? 0
  const count = await db.get<{ n: number }>('select count(*) as n from platform_change where seq > ? and seq <= ?', [from, changes_through])
  const changes = await db.all<StoredChange>(
    'select tbl, op, pk, before from platform_change where seq > ? and seq <= ? order by seq limit ?',
    [from, changes_through, SHOWN_CHANGES],
  )
  return { change_count: count!.n, changes: changes.map(shown) }
}

/** How the change log writes a key: the value itself, or a JSON list for several columns (each engine spaces it in its own way). */
export function keyText(db: Reader, key: readonly (string | number)[]): string {
  if (key.length === 1) return String(key[0])
  return `[${key.map((part) => JSON.stringify(part)).join(db.dialect === 'sqlite' ? ',' : ', ')}]`
}

export const rowHistoryHandler = answer(rowHistory, async ({ db }, { tbl, key, limit, offset }) => {
  const params = [tbl, keyText(db, key)]
  const total = await db.get<{ n: number }>('select count(*) as n from platform_change where tbl = ? and pk = ?', params)
  const changes = await db.all<StoredChange & { seq: number }>(
    'select seq, tbl, op, pk, before from platform_change where tbl = ? and pk = ? order by seq desc limit ? offset ?',
    [...params, limit, offset],
  )
  const newest = (await db.get<{ seq: number }>('select coalesce(max(seq), 0) as seq from platform_audit'))!.seq
  const rows = []
  for (const { seq, ...change } of changes) {
    const by = await commandOf(db, { change_seq: seq, newest })
    rows.push({
      ...shown(change),
      seq,
      audit_seq: by?.seq ?? null,
      name: by?.name ?? null,
      user_name: by?.user_name ?? null,
      desk: by?.desk ?? null,
      at: by?.at ?? null,
    })
  }
  return { rows, total: total!.n, now: await rowNow(db, tbl, key) }
})

type Cause = Pick<AuditRow, 'seq' | 'name' | 'user_name' | 'desk' | 'at' | 'changes_through'>

/** The command behind a change: the first whose changes reach it. Both numbers only grow, so halving finds it without another index. */
export async function commandOf(db: Reader, { change_seq, newest }: { change_seq: number; newest: number }): Promise<Cause | undefined> {
  let found: Cause | undefined
  for (let low = 1, high = newest; low <= high; ) {
    const middle = Math.floor((low + high) / 2)
    const row = await db.get<Cause>(
      `select a.seq, a.name, u.name as user_name, a.desk, a.at, a.changes_through
         from platform_audit a left join platform_user u on u.id = a.user_id where a.seq >= ? order by a.seq limit 1`,
      [middle],
    )
    if (row && row.changes_through >= change_seq) {
      found = row
      high = middle - 1
    } else low = (row?.seq ?? high) + 1
  }
  return found
}
