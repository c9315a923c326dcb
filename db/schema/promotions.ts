import { check, index, integer, primaryKey, sqliteTable, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { sql } from 'drizzle-orm'
import { count, day, e4, e6, e8, id, instant, minor, oneOf, optional, ref, schema, txt } from './columns.ts'
import { item, priceList } from './catalog.ts'
import { warehouse } from './inventory.ts'
import { party } from './parties.ts'
import { user } from './platform.ts'

/** Something offered for a time: a price list that runs (price), a few pieces at a low price (flash), or coupons. */
export const promotion = sqliteTable(
  'promotions_promotion',
  {
    id: id(),
    name: txt(),
    kind: txt(),
    state: txt(),
    /** Who is told. */
    owner_id: ref().notNull().references(() => user.id),
    from_at: instant().notNull(),
    /** Not in it any more. */
    to_at: instant().notNull(),
    note: optional(),
    /** Of a price promotion: the list whose prices hold. */
    list_id: ref().references(() => priceList.id),
    /** Of a flash sale: what is sold from where, for how much a base unit, how many pieces in all and to one customer. */
    item_id: ref().references(() => item.id),
    warehouse_id: ref().references(() => warehouse.id),
    price_e4: e4(),
    quota_e6: e6(),
    /** 0: as many as somebody wants. */
    most_each_e6: e6(),
    /** Of coupons: an amount off, or a rate, from a total on. */
    off_minor: minor(),
    off_rate_e8: e8(),
    least_minor: minor(),
    paused_why: optional(),
    ended_why: optional(),
    created_by: ref().notNull(),
    created_at: instant().notNull(),
  },
  (t) => [
    check('promotion_kind', oneOf(t.kind, ['price', 'flash', 'coupon'])),
    check('promotion_state', oneOf(t.state, ['draft', 'running', 'paused', 'ended'])),
    check('promotion_time', sql`from_at < to_at`),
    check('promotion_is', sql`(kind = 'price') = (list_id is not null) and (kind = 'flash') = (item_id is not null) and (kind = 'flash') = (warehouse_id is not null)`),
    check('promotion_paused', sql`(state = 'paused') = (paused_why is not null)`),
    check('promotion_ended', sql`(state = 'ended') = (ended_why is not null)`),
    index('promotion_state_to').on(t.state, t.to_at),
    index('promotion_item').on(t.item_id).where(sql`item_id is not null`),
    index('promotion_list').on(t.list_id).where(sql`list_id is not null`),
    index('promotion_warehouse').on(t.warehouse_id).where(sql`warehouse_id is not null`),
    index('promotion_owner').on(t.owner_id),
  ],
)

/** At or below this much that is available of an item the promotion is paused and its owner told. */
export const guard = sqliteTable(
  'promotions_guard',
  { promotion_id: ref().notNull().references(() => promotion.id), item_id: ref().notNull().references(() => item.id), level_e6: e6() },
  (t) => [primaryKey({ columns: [t.promotion_id, t.item_id] }), index('guard_item').on(t.item_id)],
)

/** Pieces of a flash sale that somebody got, or gave back (negative). Never changed. */
export const claim = sqliteTable(
  'promotions_claim',
  {
    id: id(),
    promotion_id: ref().notNull().references(() => promotion.id),
    party_id: ref().notNull().references(() => party.id),
    source_kind: txt(),
    source_id: ref().notNull(),
    source_line_no: count(),
    quantity_e6: e6(),
    day: day().notNull(),
    at: instant().notNull(),
    user_id: ref().notNull(),
  },
  (t) => [index('claim_promotion').on(t.promotion_id, t.party_id), index('claim_party').on(t.party_id), index('claim_source').on(t.source_id)],
)

export const coupon = sqliteTable(
  'promotions_coupon',
  {
    id: id(),
    promotion_id: ref().notNull().references(() => promotion.id),
    /** In capitals, without spaces. */
    code: txt(),
    /** Whose alone it is; empty: anybody's. */
    party_id: ref().references(() => party.id),
    most_uses: integer().notNull(),
    issued_at: instant().notNull(),
  },
  (t) => [uniqueIndex('coupon_code').on(t.code), index('coupon_promotion').on(t.promotion_id), index('coupon_party').on(t.party_id).where(sql`party_id is not null`)],
)

export const couponUse = sqliteTable(
  'promotions_coupon_use',
  {
    id: id(),
    coupon_id: ref().notNull().references(() => coupon.id),
    party_id: ref().notNull().references(() => party.id),
    source_kind: txt(),
    source_id: ref().notNull(),
    amount_minor: minor(),
    day: day().notNull(),
    at: instant().notNull(),
    /** Given back: the order was cancelled. */
    undone_at: instant(),
  },
  (t) => [
    index('coupon_use_coupon').on(t.coupon_id),
    index('coupon_use_party').on(t.party_id),
    uniqueIndex('coupon_use_source').on(t.coupon_id, t.source_id).where(sql`undone_at is null`),
    index('coupon_use_source_all').on(t.source_id),
  ],
)

export const promotionsSchema = schema({
  module: 'promotions',
  tables: [promotion, guard, claim, coupon, couponUse],
  guards: [
    { table: promotion, never: ['delete'], code: 'promotions.recordIsPermanent' },
    { table: claim, never: ['update', 'delete'], code: 'promotions.recordIsPermanent' },
    { table: couponUse, never: ['delete'], code: 'promotions.recordIsPermanent' },
  ],
  unlogged: [claim],
  bornWithParent: [],
  reference: [],
  clustered: [guard],
})
