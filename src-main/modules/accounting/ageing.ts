import { addDays } from '../../kernel/day.ts'
import { answer } from '../../kernel/operation.ts'
import type { Reader, SqlValue } from '../../storage/db.ts'
import { visibleParties } from '../parties/index.ts'
import { ageing } from './contract.ts'
import { openDebtsAt } from './open-amounts.ts'
import { allOf, when } from './where.ts'

type Numbers = Record<string, number>
type Row = Numbers & { party_id: string; party_code: string; party_name: string } & Record<string, string | number>

/**
 * 账龄 by due day: what is not due yet, and what is overdue by up to each bound in days. Open credits (advances, credit notes)
 * are not spread over the buckets; they stand beside them and lower the total.
 */
export const ageingAnswer = answer(ageing, async ({ db, scope }, { side, as_of, bounds: given, party_id, limit, offset }) => {
  const bounds = [...new Set(given)].sort((a, b) => a - b)
  const columns = ['not_due', ...bounds.map((_, i) => `overdue_${i}`), `overdue_${bounds.length}`, 'credit', 'whole']
  const visible = visibleParties(scope, 'i.party_id')
  const where = allOf([{ sql: 'i.side = ? and i.day <= ?', params: [side, as_of] }, when(party_id, 'i.party_id = ?'), visible])
  const open = openDebtsAt(as_of, where)
  const buckets = bucketSql({ as_of, bounds })
  const sql = `with open_now as (${open.sql}),
    sums as (select i.party_id, ${buckets.sql} from open_now i group by i.party_id)
    select s.party_id, p.code as party_code, p.name as party_name, ${columns.map((c) => `s.${c}`).join(', ')},
           count(*) over () as party_count, ${columns.map((c) => `sum(s.${c}) over () as total_${c}`).join(', ')}
      from sums s join parties_party p on p.id = s.party_id
     where ${columns.map((c) => `s.${c} <> 0`).join(' or ')}
     order by s.whole desc, s.party_id limit ? offset ?`
  const params = [...open.params, ...buckets.params]
  const rows = await db.all<Row>(sql, [...params, limit, offset])
  const first = rows[0] ?? (offset > 0 ? await firstOf(db, sql, params) : undefined)
  return {
    bounds,
    rows: rows.map((r) => ({ party_id: r.party_id, party_code: r.party_code, party_name: r.party_name, ...amountsOf(r, '', bounds) })),
    totals: first ? amountsOf(first, 'total_', bounds) : { not_due_minor: 0, overdue_minor: [...bounds, 0].map(() => 0), credit_minor: 0, total_minor: 0 },
    total: Number(first?.['party_count'] ?? 0),
  }
})

/** Behind the last page there is still a total. */
const firstOf = (db: Reader, sql: string, params: readonly SqlValue[]): Promise<Row | undefined> => db.get<Row>(sql, [...params, 1, 0])

function bucketSql({ as_of, bounds }: { as_of: string; bounds: readonly number[] }): { sql: string; params: SqlValue[] } {
  const params: SqlValue[] = []
  const sum = (name: string, condition: string, ...days: string[]): string => {
    params.push(...days)
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
  return { sql: parts.join(', '), params }
}

const amountsOf = (row: Row, prefix: '' | 'total_', bounds: readonly number[]) => ({
  not_due_minor: Number(row[`${prefix}not_due`]),
  overdue_minor: [...bounds.keys(), bounds.length].map((i) => Number(row[`${prefix}overdue_${i}`])),
  credit_minor: Number(row[`${prefix}credit`]),
  total_minor: Number(row[`${prefix}whole`]),
})
