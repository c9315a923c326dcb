import { z } from 'zod'
import { amount, command, id, instant, line, name, page, positiveQuantity, quantity, query, rate, text, unitPrice } from '../../kernel/contract.ts'

export const promotionKinds = ['price', 'flash', 'coupon'] as const
export const promotionStates = ['draft', 'running', 'paused', 'ended'] as const
const kind = z.enum(promotionKinds)
const state = z.enum(promotionStates)

const form = {
  name: name(100),
  /** Who is told when it is paused or over; left out: who makes it. */
  owner_id: id().optional(),
  from_at: instant(),
  to_at: instant(),
  note: text(1000).default(''),
  /** At or below this much that is available of an item it pauses by itself. */
  guards: z.array(z.strictObject({ item_id: id(), level_e6: positiveQuantity() })).max(100).default([]),
  /** Of a price promotion: the price list that holds while it runs. */
  list_id: id().nullable().default(null),
  /** Of a flash sale; price per base unit, quantities in base units. */
  item_id: id().nullable().default(null),
  /** Left out: the default warehouse. */
  warehouse_id: id().optional(),
  price_e4: unitPrice().default(0),
  quota_e6: quantity().min(0).default(0),
  /** 0: as many as somebody wants. */
  most_each_e6: quantity().min(0).default(0),
  /** Of coupons: an amount or a rate off the whole document, from a total (in the document's kind of price) on. */
  off_minor: amount().default(0),
  off_rate_e8: rate().default(0),
  least_minor: amount().default(0),
}
const formRefusals = ['promotions.timeReversed', 'promotions.incomplete', 'promotions.ownerNotFound', 'catalog.itemNotFound', 'catalog.priceListNotFound', 'inventory.warehouseNotFound'] as const

export const createPromotion = command({
  name: 'promotions.createPromotion',
  permission: 'promotions.write',
  input: z.strictObject({ kind, ...form }),
  output: z.object({ promotion_id: id() }),
  refusals: [...formRefusals],
})

/** Replaces a draft whole. */
export const updatePromotion = command({
  name: 'promotions.updatePromotion',
  permission: 'promotions.write',
  input: z.strictObject({ promotion_id: id(), ...form }),
  output: z.object({ promotion_id: id() }),
  refusals: ['promotions.notFound', 'promotions.stateForbids', ...formRefusals],
})

/** From now on, or from its time on, it holds; a flash sale's pieces are set aside from stock. Also goes on after a pause. */
export const startPromotion = command({
  name: 'promotions.startPromotion',
  permission: 'promotions.write',
  input: z.strictObject({ promotion_id: id() }),
  output: z.object({ promotion_id: id(), reserved_e6: quantity() }),
  refusals: ['promotions.notFound', 'promotions.stateForbids', 'promotions.isOver', 'promotions.stockShort', 'promotions.alreadyFlash'],
})

export const pausePromotion = command({
  name: 'promotions.pausePromotion',
  permission: 'promotions.write',
  input: z.strictObject({ promotion_id: id() }),
  output: z.object({ promotion_id: id() }),
  refusals: ['promotions.notFound', 'promotions.stateForbids'],
})

/** For good; what was set aside and not sold is free again. */
export const endPromotion = command({
  name: 'promotions.endPromotion',
  permission: 'promotions.write',
  input: z.strictObject({ promotion_id: id() }),
  output: z.object({ promotion_id: id() }),
  refusals: ['promotions.notFound', 'promotions.stateForbids'],
})

/** Ends what is over by its time, and pauses what runs short. Runs by itself every few minutes, and may be run at any time. */
export const settlePromotions = command({
  name: 'promotions.settle',
  permission: 'promotions.write',
  input: z.strictObject({}),
  output: z.object({ ended: z.int(), paused: z.int() }),
  refusals: ['promotions.nothingToSettle'],
})

/** One code for each of some customers, a number of codes for anybody, or one code that many share. */
export const issueCoupons = command({
  name: 'promotions.issueCoupons',
  permission: 'promotions.write',
  input: z.strictObject({
    promotion_id: id(),
    party_ids: z.array(id()).max(1000).default([]),
    count: z.int().min(0).max(1000).default(0),
    /** A code that people can remember, used by many. */
    code: line(40).default(''),
    most_uses: z.int().min(1).max(1_000_000).default(1),
  }),
  output: z.object({ codes: z.array(z.string()) }),
  refusals: ['promotions.notFound', 'promotions.notCoupons', 'promotions.stateForbids', 'promotions.codeTaken', 'promotions.nothingToIssue', 'parties.partyNotFound'],
})

const row = z.object({
  promotion_id: id(), name: z.string(), kind, state, owner_id: id(), owner_name: z.string(), from_at: instant(), to_at: instant(),
  item_id: id().nullable(), item_name: z.string().nullable(), base_unit: z.string().nullable(), list_name: z.string().nullable(),
  price_e4: unitPrice(), quota_e6: quantity(), sold_e6: quantity(), issued: z.int(), used: z.int(), given_minor: z.int(),
  paused_why: z.string().nullable(), ended_why: z.string().nullable(),
})

const reads = ['promotions_promotion', 'promotions_claim', 'promotions_coupon', 'promotions_coupon_use', 'platform_user', 'catalog_item', 'catalog_price_list']

export const listPromotions = query({
  name: 'promotions.list',
  permission: 'promotions.read',
  input: z.strictObject({ text: line(100).default(''), kind: kind.optional(), state: state.optional(), ...page }),
  output: z.object({ rows: z.array(row), total: z.int() }),
  reads,
  scope: 'shared',
})

/** One of them with its guards, who got something, and its coupons (of customers whom the asker may see). */
export const getPromotion = query({
  name: 'promotions.get',
  permission: 'promotions.read',
  input: z.strictObject({ promotion_id: id() }),
  output: row.extend({
    note: z.string(), list_id: id().nullable(), warehouse_id: id().nullable(), warehouse_name: z.string().nullable(),
    most_each_e6: quantity(), off_minor: amount(), off_rate_e8: rate(), least_minor: amount(),
    guards: z.array(z.object({ item_id: id(), item_name: z.string(), base_unit: z.string(), level_e6: quantity(), available_e6: z.int() })),
    claims: z.array(z.object({ claim_id: id(), party_id: id(), party_name: z.string(), source_kind: z.string(), source_id: id(), number: z.string().nullable(), quantity_e6: z.int(), at: instant() })),
    coupons: z.array(z.object({ coupon_id: id(), code: z.string(), party_name: z.string().nullable(), most_uses: z.int(), used: z.int(), given_minor: z.int() })),
  }),
  reads: [...reads, 'promotions_guard', 'inventory_stock', 'parties_party', 'parties_assignment'],
  refusals: ['promotions.notFound'],
  scope: 'rows',
})

/** What a code would take off a document with this total now; refuses with the reason where it would take nothing. */
export const checkCoupon = query({
  name: 'promotions.coupon',
  permission: 'promotions.read',
  input: z.strictObject({ code: line(40), party_id: id().optional(), total_minor: amount() }),
  output: z.object({ coupon_id: id(), promotion_id: id(), promotion_name: z.string(), amount_minor: amount(), left: z.int(), until_at: instant() }),
  reads,
  refusals: ['promotions.couponUnknown', 'promotions.couponOfOther', 'promotions.couponUsed', 'promotions.notRunning', 'promotions.couponTooSmall'],
  scope: 'shared',
})
