import { addDays } from '../../kernel/day.ts'
import { fold } from '../../kernel/text.ts'
import type { Reader, SqlValue } from '../../storage/db.ts'
import type { ScoreFact } from './contract.ts'
import type { Condition } from './query-parts.ts'

export type ScoreRule = { readonly rule_id: string; readonly position: number; readonly fact: ScoreFact; readonly word: string | null; readonly number: number | null; readonly points: number; readonly is_active: 0 | 1 }

/** Every rule in its order, those that are switched off too. */
export const scoreRulesIn = (db: Reader): Promise<ScoreRule[]> =>
  db.all<ScoreRule>('select id as rule_id, position, fact, word, number, points, is_active from crm_score_rule order by position, id')

const part = (word: string): string => `%${fold(word).replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`
const has = (column: string, word: string): Condition => ({ sql: `lower(coalesce(${column}, '')) like ? escape '\\'`, params: [part(word)] })
const LAST = '(select max(a.day) from crm_activity a where a.lead_id = l.id and a.is_withdrawn = 0)'

/** SQL that is true where a rule's fact is true of the lead `l`. */
function conditionOf({ fact, word, number }: ScoreRule, today: string): Condition {
  const [w, n] = [word ?? '', number ?? 0]
  switch (fact) {
    case 'has_phone':
      return { sql: 'l.phone is not null', params: [] }
    case 'has_email':
      return { sql: 'l.email is not null', params: [] }
    case 'has_company':
      return { sql: 'l.company is not null', params: [] }
    case 'has_tax_no':
      return { sql: 'l.tax_no is not null', params: [] }
    case 'is_referred':
      return { sql: 'l.referrer_id is not null', params: [] }
    case 'source_is':
      return { sql: `lower(coalesce(l.source, '')) = ?`, params: [fold(w)] }
    case 'campaign_is':
      return { sql: `lower(coalesce(l.campaign, '')) = ?`, params: [fold(w)] }
    case 'address_has':
      return has('l.address', w)
    case 'note_has':
      return has('l.note', w)
    case 'last_result':
      return {
        sql: `(select a.result from crm_activity a where a.lead_id = l.id and a.is_withdrawn = 0 and a.result is not null order by a.day desc, a.id desc limit 1) = ?`,
        params: [w],
      }
    case 'followed_up':
      return { sql: '(select count(*) from crm_activity a where a.lead_id = l.id and a.is_withdrawn = 0) >= ?', params: [n] }
    case 'idle_days':
      return { sql: `coalesce(${LAST}, l.created_on) <= ?`, params: [addDays(today, -n)] }
    case 'younger_days':
      return { sql: 'l.created_on > ?', params: [addDays(today, -n)] }
  }
}

/** What lists of leads need of the rules: the sum of points as SQL, and each rule's part of it as a column of its own. */
export type Scoring = { readonly rules: readonly ScoreRule[]; readonly score: Condition; readonly columns: Condition }

/** `null` as the score where there are no rules. */
export function scoringOf(all: readonly ScoreRule[], today: string): Scoring {
  const rules = all.filter((rule) => rule.is_active === 1)
  const facts = rules.map((rule) => conditionOf(rule, today))
  const params: SqlValue[] = facts.flatMap((f) => f.params)
  // Whole numbers of our own: no value of anybody's is written into the text.
  const score = facts.length === 0 ? 'cast(null as integer)' : `(${facts.map((f, i) => `case when ${f.sql} then ${rules[i]!.points} else 0 end`).join(' + ')})`
  const columns = facts.map((f, i) => `, case when ${f.sql} then 1 else 0 end as hit_${i}`).join('')
  return { rules, score: { sql: score, params }, columns: { sql: columns, params } }
}

/** The rules that are true of a row, and the row without their columns. */
export function withReasons<R extends object>(row: R, { rules }: Scoring): R & { reasons: { fact: ScoreFact; word: string | null; number: number | null; points: number }[] } {
  const plain = Object.fromEntries(Object.entries(row).filter(([key]) => !/^hit_\d+$/.test(key))) as R
  const hits = row as Readonly<Record<string, unknown>>
  return { ...plain, reasons: rules.filter((_rule, i) => hits[`hit_${i}`] === 1).map(({ fact, word, number, points }) => ({ fact, word, number, points })) }
}
