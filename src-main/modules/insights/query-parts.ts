import type { QueryCtx } from '../../kernel/operation.ts'
import type { SqlValue } from '../../storage/db.ts'
import type { CustomerRow } from './contract.ts'
import { RISK_HIGH, RISK_WATCH } from './rhythm.ts'

// Pieces that several queries of insights are made of.

export type Condition = { readonly sql: string; readonly params: readonly SqlValue[] }

export const joined = (conditions: readonly Condition[]): { where: string; params: SqlValue[] } => ({
  where: conditions.map((c) => c.sql).join(' and '),
  params: conditions.flatMap((c) => c.params),
})

export type Risk = 'high' | 'watch' | 'low'
export const riskLevel = (risk: number): Risk => (risk >= RISK_HIGH ? 'high' : risk >= RISK_WATCH ? 'watch' : 'low')
/** SQL that is true where the score `s` is of this risk; who never bought is no risk. */
export const riskSql = (risk: Risk): string =>
  ({ high: `s.risk >= ${RISK_HIGH}`, watch: `s.risk >= ${RISK_WATCH} and s.risk < ${RISK_HIGH}`, low: `s.risk < ${RISK_WATCH} and s.last_on is not null` })[risk]

/** SQL that is true for scores `s` of who is no other customer by now, and of who is active: the others are few, and looked up once. */
export const STANDING = 's.party_id not in (select w.id from parties_party w where w.same_as <> w.id)'
export const ACTIVE = 's.party_id not in (select w.id from parties_party w where w.is_active = 0)'

/** SQL of a customer's row and of what it is read from: the score `s`, the party `p`. */
export const CUSTOMER = {
  columns: `p.id as party_id, p.code, p.name, p.phone, u.name as owner_name, p.price_level,
    case when s.applied_level is not null and s.applied_level = p.price_level then 1 else 0 end as is_level_applied,
    s.standing, s.tier_id, t.name_zh as tier_zh, t.name_en as tier_en, s.r, s.f, s.m, s.invoice_count, s.amount_minor, s.amount_before_minor, s.total_minor, s.first_on, s.last_on,
    s.purchase_days, s.interval_days, s.expected_on, s.lapses_on, s.alive_e8, s.expected_e6, s.spend_minor, s.margin_minor, s.future_minor, s.lifetime_minor, s.risk, s.risk_reasons, s.computed_on`,
  from: `insights_score s join parties_party p on p.id = s.party_id and p.same_as = p.id left join insights_tier t on t.id = s.tier_id
    left join parties_assignment a on a.party_id = p.id and a.to_day is null left join platform_user u on u.id = a.user_id`,
} as const

/** SQL of one page of scores `s`, picked before anything else is looked up; parameters: those of `where`, limit, offset. */
export const pageSql = ({ where, order }: { readonly where: string; readonly order: string }): string =>
  `s.party_id in (select s.party_id from insights_score s${order.startsWith('p.') ? ' join parties_party p on p.id = s.party_id' : ''} where ${where} order by ${order} limit ? offset ?)`

type Read = Omit<CustomerRow, 'risk_level' | 'risk_reasons'> & { readonly risk_reasons: string }

/** The rows of customers under some conditions; margins only for who may see costs. */
export async function customersWhere(ctx: QueryCtx, { where, params, order, page }: { where: string; params: readonly SqlValue[]; order: string; page?: { limit: number; offset: number } }): Promise<CustomerRow[]> {
  const rows = await ctx.db.all<Read>(
    `select ${CUSTOMER.columns} from ${CUSTOMER.from} where ${page ? pageSql({ where, order }) : where} order by ${order}`,
    page ? [...params, page.limit, page.offset] : params,
  )
  const hidden = ctx.may('sales.cost') ? {} : { margin_minor: null, future_minor: null, lifetime_minor: null }
  return rows.map((row) => ({ ...row, risk_reasons: JSON.parse(row.risk_reasons) as CustomerRow['risk_reasons'], risk_level: riskLevel(row.risk), ...hidden }))
}
