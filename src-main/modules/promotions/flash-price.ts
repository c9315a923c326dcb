import type { QueryCtx } from '../../kernel/operation.ts'
import { mulDiv } from '../../kernel/math.ts'
import { isOn } from './promotion.ts'
import { promotionsWhere, soldOf } from './read-promotion.ts'

/** The flash sale in which an item can be bought now, in a unit: its price per unit (e4) and what is left (base units). */
export async function flashPrice(
  ctx: QueryCtx,
  { item_id, ratio }: { item_id: string; ratio: { readonly numerator: number; readonly denominator: number } },
): Promise<{ promotion_id: string; name: string; price_e4: number; left_e6: number } | undefined> {
  const [p] = await promotionsWhere(ctx, `state = 'running' and kind = 'flash' and item_id = ?`, [item_id])
  if (!p || !isOn(p, ctx.now)) return undefined
  const left_e6 = p.quota_e6 - (await soldOf(ctx, p.id))
  return { promotion_id: p.id, name: p.name, price_e4: mulDiv({ a: p.price_e4, b: ratio.numerator, divisor: ratio.denominator, rounding: 'halfUp' }), left_e6 }
}
