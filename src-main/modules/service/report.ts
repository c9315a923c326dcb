import type { InputOf, OutputOf } from '../../kernel/contract.ts'
import { answer } from '../../kernel/operation.ts'
import { serviceReport } from './contract.ts'
import { hoursOf, minutesTaken } from './hours.ts'
import { COST_OF_PARTS } from './repairs.ts'
import { joined, visibleTickets, type Condition } from './sight.ts'

type Output = OutputOf<typeof serviceReport>
type Figures = Output['whole']
type Row = {
  key: string | null
  name_zh: string | null
  name_en: string | null
  state: string
  created_at: number
  responded_at: number | null
  resolved_at: number | null
  respond_due_at: number
  resolve_due_at: number
  waiting_since: number | null
  waited_minutes: number
  escalated_at: number | null
  score: number | null
  closing_reason: string | null
  minutes: number
  labour_minor: number
  parts_minor: number
  refunded_minor: number
}

const keys: Readonly<Record<InputOf<typeof serviceReport>['by'], { key: string; zh: string; en: string }>> = {
  engineer: { key: 't.assignee_id', zh: 'u.name', en: 'u.name' },
  class: { key: 't.class_id', zh: 'c.name_zh', en: 'c.name_en' },
  item: { key: 't.item_id', zh: 'i.name', en: 'i.name' },
  customer: { key: 't.party_id', zh: 'p.name', en: 'p.name' },
  month: { key: 'substr(t.created_on, 1, 7)', zh: 'substr(t.created_on, 1, 7)', en: 'substr(t.created_on, 1, 7)' },
}
/** What hangs on a ticket and on those merged into it. */
const FAMILY = '(select f.id from service_ticket f where f.id = t.id or f.merged_into_id = t.id)'

export const serviceReportHandler = answer(serviceReport, async (ctx, { by, from, to, kind }) => {
  const { key, zh, en } = keys[by]
  const conditions: Condition[] = [visibleTickets(ctx.scope, 't'), { sql: `t.state <> 'merged' and t.created_on >= ? and t.created_on <= ?`, params: [from, to] }]
  if (kind !== undefined) conditions.push({ sql: 'c.kind = ?', params: [kind] })
  const { where, params } = joined(conditions)
  const rows = await ctx.db.all<Row>(
    `select ${key} as key, ${zh} as name_zh, ${en} as name_en, t.state, t.created_at, t.responded_at, t.resolved_at, t.respond_due_at, t.resolve_due_at, t.waiting_since, t.waited_minutes, t.escalated_at,
            t.score, t.closing_reason,
            (select coalesce(sum(l.minutes), 0) from service_labour l where l.is_withdrawn = 0 and l.ticket_id in ${FAMILY}) as minutes,
            (select coalesce(sum(l.cost_minor), 0) from service_labour l where l.is_withdrawn = 0 and l.ticket_id in ${FAMILY}) as labour_minor,
            (select coalesce(sum(${COST_OF_PARTS}), 0) from service_parts p where p.ticket_id in ${FAMILY}) as parts_minor,
            (select coalesce(-sum(n.gross_minor), 0) from service_refund r join sales_invoice n on n.id = r.credit_note_id where r.ticket_id in ${FAMILY}) as refunded_minor
       from service_ticket t join service_class c on c.id = t.class_id join parties_party p on p.id = t.party_id left join catalog_item i on i.id = t.item_id left join platform_user u on u.id = t.assignee_id
      where ${where} order by t.id`,
    params,
  )
  const showsCosts = ctx.may('inventory.readCosts')
  const hours = hoursOf(ctx)
  const figures = (some: readonly Row[]): Figures => {
    const mean = (numbers: readonly number[], scale = 1): number | null => (numbers.length === 0 ? null : Math.round((numbers.reduce((s, n) => s + n, 0) * scale) / numbers.length))
    const sum = (of: (r: Row) => number): number => some.reduce((s, r) => s + of(r), 0)
    const kept = (lates: readonly (boolean | null)[]): number | null => {
      const decided = lates.filter((late) => late !== null)
      return decided.length === 0 ? null : Math.round((decided.filter((late) => !late).length * 100_000_000) / decided.length)
    }
    /** In time, late, or not decided yet. */
    const lateness = ({ at, due }: { at: number | null; due: number }): boolean | null => (at !== null ? at > due : ctx.now > due ? true : null)
    const scores = some.flatMap((r) => r.score ?? [])
    return {
      count: some.length,
      open: some.filter((r) => ['new', 'working', 'waiting'].includes(r.state)).length,
      closed: some.filter((r) => r.state === 'closed').length,
      respond_minutes: mean(some.flatMap((r) => (r.responded_at === null ? [] : minutesTaken(hours, { from: r.created_at, to: r.responded_at })))),
      resolve_minutes: mean(some.flatMap((r) => (r.resolved_at === null ? [] : minutesTaken(hours, { from: r.created_at, to: r.resolved_at, waited_minutes: r.waited_minutes })))),
      respond_kept_e8: kept(some.map((r) => lateness({ at: r.responded_at, due: r.respond_due_at }))),
      resolve_kept_e8: kept(some.map((r) => (r.waiting_since !== null && r.waiting_since <= r.resolve_due_at ? null : lateness({ at: r.resolved_at, due: r.resolve_due_at })))),
      escalated: some.filter((r) => r.escalated_at !== null).length,
      score_e2: mean(scores, 100),
      scored: scores.length,
      minutes: sum((r) => r.minutes),
      cost_minor: showsCosts ? sum((r) => r.labour_minor + r.parts_minor) : null,
      refunded_minor: sum((r) => r.refunded_minor),
    }
  }
  const groups = [...Map.groupBy(rows, (r) => r.key)]
  const told = groups.map(([id, some]) => ({ id: by === 'month' ? null : id, name_zh: some[0]!.name_zh, name_en: some[0]!.name_en, ...figures(some) }))
  const reasons = [...Map.groupBy(rows.filter((r) => r.closing_reason !== null), (r) => r.closing_reason!)].map(([closing_reason, some]) => ({ closing_reason, count: some.length }))
  return {
    rows: by === 'month' ? told.sort((a, b) => ((a.name_zh ?? '') < (b.name_zh ?? '') ? -1 : 1)) : told.sort((a, b) => b.count - a.count),
    whole: figures(rows),
    reasons: reasons.sort((a, b) => b.count - a.count || (a.closing_reason < b.closing_reason ? -1 : 1)),
  }
})
