import { addDays } from '../../kernel/day.ts'
import { answer } from '../../kernel/operation.ts'
import { marks, type Reader, type SqlValue } from '../../storage/db.ts'
import { visibleParties, ofParty } from '../parties/index.ts'
import { ageing } from './contract.ts'
import { openDebtsAt } from './open-amounts.ts'
import { allOf, when, type Condition } from './where.ts'

/** The buckets of one party by column name. */
type Sums = { party_id: string } & Record<string, string | number>

/**
 * 账龄 by due day: what is not due yet, and what is overdue by up to each bound in days. Open credits (advances, credit notes)
 * are not spread over the buckets; they stand beside them and lower the total.
 */
export const ageingAnswer = answer(ageing, async ({ db, scope }, { side, as_of, bounds: given, party_id, limit, offset }) => {
  const bounds = [...new Set(given)].sort((a, b) => a - b)
  const visible = visibleParties(scope, 'i.party_id')
  const where = allOf([{ sql: 'i.side = ? and i.day <= ?', params: [side, as_of] }, when(party_id, ofParty('i.party_id')), visible])
  const { parties, columns } = await sumsOf(db, { as_of, bounds, where })
  const owing = [...parties.values()].filter((p) => columns.some((c) => p[c] !== 0))
  owing.sort((a, b) => Number(b['whole']) - Number(a['whole']) || (a.party_id < b.party_id ? -1 : 1))
  const totals: Sums = { party_id: '' }
  for (const row of owing) for (const c of columns) totals[c] = Number(totals[c] ?? 0) + Number(row[c])
  const shown = owing.slice(offset, offset + limit)
  const names = await namesOf(db, shown.map((s) => s.party_id))
  return {
    bounds,
    rows: shown.map((s) => ({ party_id: s.party_id, ...names.get(s.party_id)!, ...amountsOf(s, bounds) })),
    totals: amountsOf(totals, bounds),
    total: owing.length,
  }
})

/** The buckets of every party of these items at the end of a day. */
async function sumsOf(
  db: Reader, { as_of, bounds, where }: { as_of: string; bounds: readonly number[]; where: Condition },
): Promise<{ parties: Map<string, Sums>; columns: readonly string[] }> {
  const buckets = bucketSql({ as_of, bounds })
  const parties = new Map<string, Sums>()
  // What is open today, and what was settled since the day: one index each, added up here.
  for (const part of openDebtsAt(as_of, where)) {
    const sql = `select p.same_as as party_id, ${buckets.sql} from (${part.sql}) i join parties_party p on p.id = i.party_id group by p.same_as order by p.same_as`
    for (const row of await db.all<Sums>(sql, [...buckets.params, ...part.params])) addTo(parties, row, buckets.columns)
  }
  return { parties, columns: buckets.columns }
}

/** What one party owed (or was owed) at the end of a day, by how long it was overdue; the caller has seen to it that the party may be seen. */
export async function partyAgeing(
  db: Reader, { side, party_id, as_of, bounds }: { side: 'receivable' | 'payable'; party_id: string; as_of: string; bounds: readonly number[] },
): Promise<ReturnType<typeof amountsOf>> {
  const where = allOf([{ sql: `i.side = ? and ${ofParty('i.party_id')} and i.day <= ?`, params: [side, party_id, as_of] }])
  const { parties } = await sumsOf(db, { as_of, bounds, where })
  // One customer, by whichever of its ids it was asked for.
  return amountsOf([...parties.values()][0] ?? { party_id }, bounds)
}

function addTo(parties: Map<string, Sums>, row: Sums, columns: readonly string[]): void {
  const held = parties.get(row.party_id)
  if (!held) parties.set(row.party_id, row)
  else for (const c of columns) held[c] = Number(held[c]) + Number(row[c])
}

async function namesOf(db: Reader, ids: readonly string[]): Promise<Map<string, { party_code: string; party_name: string }>> {
  const rows = await db.all<{ id: string; party_code: string; party_name: string }>(
    `select id, code as party_code, name as party_name from parties_party where id in (${marks(ids)}) order by id`,
    ids,
  )
  return new Map(rows.map(({ id, ...names }) => [id, names]))
}

function bucketSql({ as_of, bounds }: { as_of: string; bounds: readonly number[] }): { sql: string; params: SqlValue[]; columns: string[] } {
  const params: SqlValue[] = []
  const columns: string[] = []
  const sum = (name: string, condition: string, ...days: string[]): string => {
    params.push(...days)
    columns.push(name)
    return `sum(case when ${condition} then i.open_minor else 0 end) as ${name}`
  }
  const owed = 'i.amount_minor > 0'
  const parts = [sum('not_due', `${owed} and i.due_on >= ?`, as_of)]
  // Overdue by n days: due n days before the day looked at.
  const edges = bounds.map((n) => addDays(as_of, -n))
  edges.forEach((edge, i) => parts.push(sum(`overdue_${i}`, `${owed} and i.due_on >= ? and i.due_on < ?`, edge, i === 0 ? as_of : edges[i - 1]!)))
  parts.push(sum(`overdue_${bounds.length}`, `${owed} and i.due_on < ?`, edges.at(-1)!))
  parts.push(sum('credit', 'i.amount_minor < 0'))
  parts.push('sum(i.open_minor) as whole')
  columns.push('whole')
  return { sql: parts.join(', '), params, columns }
}

const amountsOf = (row: Sums, bounds: readonly number[]) => ({
  not_due_minor: Number(row['not_due'] ?? 0),
  overdue_minor: [...bounds.keys(), bounds.length].map((i) => Number(row[`overdue_${i}`] ?? 0)),
  credit_minor: Number(row['credit'] ?? 0),
  total_minor: Number(row['whole'] ?? 0),
})
