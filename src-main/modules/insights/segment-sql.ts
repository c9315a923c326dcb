import { addDays } from '../../kernel/day.ts'
import type { CommandCtx, QueryCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { fold } from '../../kernel/text.ts'
import { marks, type SqlValue } from '../../storage/db.ts'
import { visibleParties } from '../parties/index.ts'
import { extraConditions } from '../platform/index.ts'
import { riskSql, type Condition } from './query-parts.ts'
import type { SegmentCondition, SegmentRule } from './contract-words.ts'

// A segment's conditions become one piece of SQL over the party `p`; every piece is a set asked for once, not a question asked of each row.

type Ctx = Pick<QueryCtx | CommandCtx, 'db' | 'today' | 'scopeUnder' | 'customFields' | 'may'> & (QueryCtx | CommandCtx)
type Of<K extends SegmentCondition['kind']> = Extract<SegmentCondition, { kind: K }>

/** What must be permitted besides seeing the customers: who may not see debts or costs learns nothing of them by counting. */
const NEEDS: Readonly<Partial<Record<SegmentCondition['kind'], string>>> = { bought: 'sales.read', overdue: 'accounting.readMoney', lifetime: 'sales.cost', contacted: 'crm.read', opportunity: 'crm.read', ticket: 'service.read' }

/** Refuses 'parties.segmentNotPermitted' where a condition asks what the reader may not see. */
export function assertAskable(ctx: Ctx, { conditions }: SegmentRule): void {
  for (const { kind } of conditions) {
    const permission = NEEDS[kind]
    if (permission !== undefined && !ctx.may(permission)) throw new Refusal('parties.segmentNotPermitted', { permission })
  }
}

/** SQL that is true where the party in `column` is a customer whom the rule holds today. The reader's own rows are the caller's to ask for. */
export function ruleSql(ctx: Ctx, { rule, column }: { rule: SegmentRule; column: string }): Condition {
  assertAskable(ctx, rule)
  const parts = rule.conditions.map((condition): Condition => {
    const { sql, params } = pieceOf(ctx, condition)
    const permission = NEEDS[condition.kind]
    const seen = permission === undefined ? undefined : visibleParties(ctx.scopeUnder(permission)!, 'p.id')
    const own = condition.is_not === 1 ? `not (${sql})` : `(${sql})`
    return seen ? { sql: `(${own} and ${seen.sql})`, params: [...params, ...seen.params] } : { sql: own, params }
  })
  const glue = rule.match === 'all' ? ' and ' : ' or '
  return {
    sql: `${column} in (select p.id from parties_party p where p.is_customer = 1 and p.is_cash = 0 and p.is_active = 1 and p.same_as = p.id and (${parts.map((p) => p.sql).join(glue)}))`,
    params: parts.flatMap((p) => p.params),
  }
}

const contains = (value: string): string => `%${fold(value).replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`
const scoreIs = (sql: string, params: readonly SqlValue[] = []): Condition => ({ sql: `p.id in (select s.party_id from insights_score s where ${sql})`, params })

function pieceOf(ctx: Ctx, condition: SegmentCondition): Condition {
  switch (condition.kind) {
    case 'field':
      return condition.value === ''
        ? { sql: `coalesce(p.${condition.field}, '') = ''`, params: [] }
        : { sql: `lower(coalesce(p.${condition.field}, '')) like ? escape '\\'`, params: [contains(condition.value)] }
    case 'party_kind':
      return { sql: 'p.kind = ?', params: [condition.value] }
    case 'tag':
      return { sql: 'p.id in (select t.party_id from parties_tag t where t.tag = ?)', params: [condition.tag] }
    case 'owner':
      return condition.user_id === null
        ? { sql: 'p.id not in (select a.party_id from parties_assignment a where a.to_day is null)', params: [] }
        : { sql: 'p.id in (select a.party_id from parties_assignment a where a.to_day is null and a.user_id = ?)', params: [condition.user_id] }
    case 'created':
      return { sql: 'p.created_at >= ?', params: [Date.parse(`${addDays(ctx.today, -condition.within_days)}T00:00:00Z`)] }
    case 'extra':
      return extraPiece(ctx, condition)
    case 'bought':
      return boughtPiece(ctx, condition)
    case 'tier':
      return scoreIs(`s.tier_id in (${marks(condition.tier_ids)})`, condition.tier_ids)
    case 'standing':
      return scoreIs('s.standing = ?', [condition.standing])
    case 'risk':
      return scoreIs(riskSql(condition.risk))
    case 'expected':
      return scoreIs('s.expected_on <= ? and s.lapses_on > ?', [addDays(ctx.today, condition.within_days), ctx.today])
    case 'lifetime':
      return scoreIs('s.lifetime_minor >= ?', [condition.min_minor])
    case 'overdue':
      return {
        sql: `p.id in (select w.same_as from accounting_open_item o join parties_party w on w.id = o.party_id where o.side = 'receivable' and o.amount_minor > 0 and o.amount_minor <> o.settled_minor and o.due_on <= ?
                group by w.same_as having sum(o.amount_minor - o.settled_minor) >= ?)`,
        params: [addDays(ctx.today, -condition.min_days), condition.min_minor],
      }
    case 'contacted':
      return { sql: 'p.id in (select c.party_id from crm_activity c where c.party_id is not null and c.is_withdrawn = 0 and c.day >= ?)', params: [addDays(ctx.today, -condition.within_days)] }
    case 'ticket':
      return { sql: `p.id in (select w.same_as from service_ticket k join parties_party w on w.id = k.party_id where k.state <> 'merged' and k.created_on >= ?)`, params: [addDays(ctx.today, -condition.within_days)] }
    case 'opportunity':
      return { sql: 'p.id in (select o.party_id from crm_opportunity o where o.state = ?)', params: [condition.state] }
  }
}

/** The rows of customers without a value are not those that hold it, also where the condition is turned round. */
function extraPiece(ctx: Ctx, { key, value, from, to }: Of<'extra'>): Condition {
  const parts = extraConditions(ctx, { target: 'parties.party', column: 'p.extra', filters: [{ key, value, from, to }] })
  if (parts.length === 0) return { sql: '1 = 1', params: [] }
  return { sql: `case when ${parts.map((p) => p.sql).join(' and ')} then 1 else 0 end = 1`, params: parts.flatMap((p) => p.params) }
}

/** A category holds those below it. */
const IN_CATEGORY = `with recursive below (id) as (select g.id from catalog_category g where g.id = ? union all select c.id from catalog_category c join below b on c.parent_id = b.id)
  select t.id from catalog_item t where t.category_id in (select id from below)`

function boughtPiece(ctx: Ctx, { item_id, category_id, within_days, min_count, min_minor }: Of<'bought'>): Condition {
  const ofGoods = item_id !== undefined || category_id !== undefined
  const where: Condition[] = [{ sql: 'i.day <= ?', params: [ctx.today] }]
  if (within_days !== undefined) where.push({ sql: 'i.day >= ?', params: [addDays(ctx.today, -within_days)] })
  if (item_id !== undefined) where.push({ sql: 'l.item_id = ?', params: [item_id] })
  if (category_id !== undefined) where.push({ sql: `l.item_id in (${IN_CATEGORY})`, params: [category_id] })
  const net = ofGoods ? 'l.net_minor' : 'i.net_minor'
  const having: Condition[] = [{ sql: `count(distinct case when i.kind = 'invoice' and r.id is null then i.id end) >= ?`, params: [min_count] }]
  if (min_minor !== undefined) having.push({ sql: `sum(${net}) >= ?`, params: [min_minor] })
  return {
    sql: `p.id in (select w.same_as from sales_invoice i join parties_party w on w.id = i.party_id left join sales_invoice r on r.reverses_id = i.id ${ofGoods ? 'join sales_invoice_line l on l.invoice_id = i.id' : ''}
            where ${where.map((c) => c.sql).join(' and ')} group by w.same_as having ${having.map((c) => c.sql).join(' and ')})`,
    params: [...where, ...having].flatMap((c) => c.params),
  }
}
