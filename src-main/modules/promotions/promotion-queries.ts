import type { OutputOf } from '../../kernel/contract.ts'
import { answer, type QueryCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { fold } from '../../kernel/text.ts'
import type { SqlValue } from '../../storage/db.ts'
import { availability } from '../inventory/index.ts'
import { visibleParties } from '../parties/index.ts'
import { getPromotion, listPromotions } from './contract.ts'

type Row = OutputOf<typeof listPromotions>['rows'][number]
type Whole = OutputOf<typeof getPromotion>

const SELECT = `select p.id as promotion_id, p.name, p.kind, p.state, p.owner_id, u.name as owner_name, p.from_at, p.to_at, p.item_id, i.name as item_name,
    i.base_unit, l.name as list_name, p.price_e4, p.quota_e6, p.paused_why, p.ended_why,
    (select coalesce(sum(c.quantity_e6), 0) from promotions_claim c where c.promotion_id = p.id) as sold_e6,
    (select count(*) from promotions_coupon c where c.promotion_id = p.id) as issued,
    (select count(*) from promotions_coupon c join promotions_coupon_use x on x.coupon_id = c.id where c.promotion_id = p.id and x.undone_at is null) as used,
    (select coalesce(sum(x.amount_minor), 0) from promotions_coupon c join promotions_coupon_use x on x.coupon_id = c.id where c.promotion_id = p.id and x.undone_at is null) as given_minor`
const FROM = `from promotions_promotion p join platform_user u on u.id = p.owner_id left join catalog_item i on i.id = p.item_id left join catalog_price_list l on l.id = p.list_id`

export const listPromotionsHandler = answer(listPromotions, async ({ db }, { text, kind, state, limit, offset }) => {
  const where: string[] = ['1 = 1']
  const params: SqlValue[] = []
  const add = (sql: string, ...values: SqlValue[]): void => void (where.push(sql), params.push(...values))
  if (kind !== undefined) add('p.kind = ?', kind)
  if (state !== undefined) add('p.state = ?', state)
  if (text !== '') {
    const part = `%${fold(text).replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`
    add(`(lower(p.name) like ? escape '\\' or lower(coalesce(i.name, '')) like ? escape '\\')`, part, part)
  }
  const rows = await db.all<Row>(
    `${SELECT} ${FROM} where ${where.join(' and ')} order by case p.state when 'running' then 0 when 'paused' then 1 when 'draft' then 2 else 3 end, p.to_at desc, p.id limit ? offset ?`,
    [...params, limit, offset],
  )
  return { rows, total: (await db.get<{ n: number }>(`select count(*) as n ${FROM} where ${where.join(' and ')}`, params))!.n }
})

/** Claims and coupons shown; a report of thousands is an export of the documents. */
const SHOWN = 200

export const getPromotionHandler = answer(getPromotion, async (ctx, { promotion_id }) => {
  const head = await ctx.db.get<Omit<Whole, 'guards' | 'claims' | 'coupons'>>(
    `${SELECT}, coalesce(p.note, '') as note, p.list_id, p.warehouse_id, w.name as warehouse_name, p.most_each_e6, p.off_minor, p.off_rate_e8, p.least_minor
       ${FROM} left join inventory_warehouse w on w.id = p.warehouse_id where p.id = ?`,
    [promotion_id],
  )
  if (!head) throw new Refusal('promotions.notFound', { promotion_id })
  return { ...head, guards: await guardsOf(ctx, promotion_id), claims: await claimsOf(ctx, promotion_id), coupons: await couponsOf(ctx, promotion_id) }
})

async function guardsOf(ctx: QueryCtx, promotion_id: string): Promise<Whole['guards']> {
  const rows = await ctx.db.all<Omit<Whole['guards'][number], 'available_e6'>>(
    'select g.item_id, i.name as item_name, i.base_unit, g.level_e6 from promotions_guard g join catalog_item i on i.id = g.item_id where g.promotion_id = ? order by i.name, g.item_id',
    [promotion_id],
  )
  const levels = await availability(ctx, { item_ids: rows.map((r) => r.item_id) })
  return rows.map((r) => ({ ...r, available_e6: levels.get(r.item_id)!.available_e6 }))
}

/** Who got something: those whom the asker may see. */
async function claimsOf(ctx: QueryCtx, promotion_id: string): Promise<Whole['claims']> {
  const seen = visibleParties(ctx.scope, 'c.party_id')
  return ctx.db.all<Whole['claims'][number]>(
    `select c.id as claim_id, c.party_id, p.name as party_name, c.source_kind, c.source_id, null as number, c.quantity_e6, c.at
       from promotions_claim c join parties_party p on p.id = c.party_id where c.promotion_id = ? and ${seen.sql} order by c.at desc, c.id desc limit ?`,
    [promotion_id, ...seen.params, SHOWN],
  )
}

async function couponsOf(ctx: QueryCtx, promotion_id: string): Promise<Whole['coupons']> {
  const seen = visibleParties(ctx.scope, 'c.party_id')
  return ctx.db.all<Whole['coupons'][number]>(
    `select c.id as coupon_id, c.code, p.name as party_name, c.most_uses,
            (select count(*) from promotions_coupon_use x where x.coupon_id = c.id and x.undone_at is null) as used,
            (select coalesce(sum(x.amount_minor), 0) from promotions_coupon_use x where x.coupon_id = c.id and x.undone_at is null) as given_minor
       from promotions_coupon c left join parties_party p on p.id = c.party_id
      where c.promotion_id = ? and (c.party_id is null or ${seen.sql}) order by c.id desc limit ?`,
    [promotion_id, ...seen.params, SHOWN],
  )
}
