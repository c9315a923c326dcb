import * as promotions from '../../../src-main/modules/promotions/contract.ts'
import * as sales from '../../../src-main/modules/sales/contract.ts'
import { customer, E6, inStock, move, often, type Move, type Walk } from './walk.ts'

type Id = { id: string }
type Flash = Id & { item_id: string; price_e4: number }

const promotionIn = (w: Walk, states: string, kind = `'flash', 'price', 'coupon'`) => w.pick<Id>(`select id from promotions_promotion where state in (${states}) and kind in (${kind}) order by id desc`)
const named = (states: string) => async (w: Walk) => {
  const row = await promotionIn(w, states)
  return row && { promotion_id: row.id }
}

/** A while after the last command: some minutes of the walk's clock. */
const soon = async (w: Walk): Promise<number> => ((await w.pick<{ at: number }>('select at from platform_audit order by seq desc'))?.at ?? 0) + 1000 * (50 + w.roll(300))

async function form(w: Walk, kind: 'flash' | 'price' | 'coupon') {
  const item_id = await inStock(w)
  const list = await w.pick<Id>('select id from catalog_price_list order by id desc')
  if (!item_id || (kind === 'price' && !list)) return undefined
  return {
    name: w.fresh('促销'),
    from_at: 0,
    to_at: w.chance(12) ? 1 : w.chance(4) ? 9_000_000_000_000 : await soon(w),
    guards: w.chance(2) ? [{ item_id, level_e6: (1 + w.roll(60)) * E6 }] : [],
    ...(kind === 'flash' ? { item_id, price_e4: 10_000 * (1 + w.roll(50)), quota_e6: (1 + w.roll(6)) * E6, most_each_e6: w.chance(3) ? 2 * E6 : 0 } : {}),
    ...(kind === 'price' ? { list_id: list!.id } : {}),
    ...(kind === 'coupon' ? { off_minor: 1 + w.roll(50), off_rate_e8: w.chance(2) ? 5_000_000 : 0, least_minor: w.chance(3) ? 10_000 : 0 } : {}),
  }
}

/** Pieces of a flash sale that runs; now and then more than there are, or at another price. */
async function pieces(w: Walk) {
  const flash = await w.pick<Flash>(`select id, item_id, price_e4 from promotions_promotion where state in ('running', 'paused') and kind = 'flash' order by id desc`)
  return flash && [{ item_id: flash.item_id, quantity_e6: (1 + w.roll(3)) * E6, price_e4: w.chance(9) ? flash.price_e4 + 1 : flash.price_e4, promotion_id: flash.id }]
}
const couponCode = async (w: Walk) =>
  (await w.pick<{ code: string }>(`select c.code from promotions_coupon c ${w.chance(9) ? '' : `join promotions_promotion p on p.id = c.promotion_id where p.state = 'running'`} order by c.id desc`))?.code

export const promotionMoves: readonly Move[] = [
  often(2, move(promotions.createPromotion, async (w) => {
    const kind = w.one(['flash', 'flash', 'price', 'coupon'] as const)
    const made = await form(w, kind)
    return made && { kind, ...made }
  })),
  move(promotions.updatePromotion, async (w) => {
    const row = await w.pick<Id & { kind: 'flash' | 'price' | 'coupon' }>(`select id, kind from promotions_promotion where state = 'draft' order by id desc`)
    const made = row && (await form(w, row.kind))
    return row && made && { promotion_id: row.id, ...made }
  }),
  often(3, move(promotions.startPromotion, named(`'draft', 'paused'`))),
  move(promotions.pausePromotion, named(`'running'`)),
  move(promotions.endPromotion, named(`'running', 'paused', 'draft'`)),
  move(promotions.settlePromotions, async (w) => {
    // One that ends within the minute, now and then: others seldom end while they run.
    const made = w.chance(9) ? await form(w, 'price') : undefined
    const said = made && (await w.t.answer(promotions.createPromotion, { kind: 'price', ...made, to_at: await soon(w) }))
    if (said?.ok) {
      await w.t.answer(promotions.startPromotion, { promotion_id: (said.output as { promotion_id: string }).promotion_id })
      w.t.pass(6)
    }
    return {}
  }),
  often(2, move(promotions.issueCoupons, async (w) => {
    const row = await promotionIn(w, `'draft', 'running'`, `'coupon'`)
    return row && { promotion_id: row.id, count: 1 + w.roll(2), ...(w.chance(2) ? { party_ids: [await customer(w)] } : {}), ...(w.chance(3) ? { code: w.fresh('CODE'), most_uses: 3 } : {}) }
  })),
  often(2, move(sales.createOrder, async (w) => {
    const lines = await pieces(w)
    return lines && { party_id: await customer(w), lines }
  })),
  often(2, move(sales.deliverDirect, async (w) => {
    const lines = await pieces(w)
    const code = w.chance(2) ? await couponCode(w) : undefined
    return lines && { party_id: await customer(w), lines, ...(code === undefined ? {} : { coupon_code: code }) }
  })),
  often(2, move(sales.applyCoupon, async (w) => {
    const [order, code] = [await w.pick<Id>(`select id from sales_order where state = 'draft' ${w.chance(9) ? '' : 'and coupon_code is null'} order by id desc`), await couponCode(w)]
    return order && code !== undefined ? { order_id: order.id, code } : undefined
  })),
  move(sales.removeCoupon, async (w) => {
    const order = await w.pick<Id>(`select id from sales_order where state = 'draft' order by coupon_code is null, id desc`)
    return order && { order_id: order.id }
  }),
]
