import { handle, type CommandCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { setListActive } from '../catalog/index.ts'
import { availability, setPlans, stockLocationOf } from '../inventory/index.ts'
import { tellUser } from '../platform/index.ts'
import { endPromotion, pausePromotion, settlePromotions, startPromotion } from './contract.ts'
import type { Promotion } from './promotion.ts'
import { patchPromotion } from './promotion.store.ts'
import { promotionOf, promotionsWhere, soldOf } from './read-promotion.ts'
import { wordOf, type Wording } from './wording.ts'

/** What a promotion sets aside of stock is planned in its name. */
export const SOURCE_KIND = 'promotions.promotion'

/** Sets aside so many pieces of a flash sale, none for 0; gives what is really reserved. */
export async function setAside(ctx: CommandCtx, p: Promotion, quantity_e6: number): Promise<number> {
  const location_id = await stockLocationOf(ctx, p.warehouse_id!)
  const line = { line_no: 1, direction: 'out' as const, item_id: p.item_id!, location_id, quantity_e6, due_on: ctx.today }
  const [plan] = await setPlans(ctx, { source: { kind: SOURCE_KIND, id: p.id }, lines: [line] })
  return plan!.reserved_e6
}

export const startPromotionHandler = handle(startPromotion, async (ctx, { promotion_id }) => {
  const p = await promotionOf(ctx, promotion_id)
  if (p.state !== 'draft' && p.state !== 'paused') throw new Refusal('promotions.stateForbids', { name: p.name, state: p.state })
  if (p.to_at <= ctx.now) throw new Refusal('promotions.isOver', { name: p.name })
  let reserved_e6 = 0
  if (p.kind === 'flash') {
    const [other] = await promotionsWhere(ctx, `state in ('running', 'paused') and kind = 'flash' and item_id = ? and id <> ?`, [p.item_id!, p.id])
    if (other) throw new Refusal('promotions.alreadyFlash', { name: other.name })
    const wanted_e6 = p.quota_e6 - (await soldOf(ctx, p.id))
    reserved_e6 = await setAside(ctx, p, wanted_e6)
    if (reserved_e6 < wanted_e6) throw new Refusal('promotions.stockShort', { wanted_e6, available_e6: reserved_e6 })
  }
  if (p.kind === 'price') await setListActive(ctx, { list_id: p.list_id!, is_active: 1 })
  await patchPromotion(ctx, p.id, { state: 'running', paused_why: null })
  await watchStock(ctx, p.item_id === null ? [] : [p.item_id])
  return { promotion_id, reserved_e6 }
})

export const pausePromotionHandler = handle(pausePromotion, async (ctx, { promotion_id }) => {
  const p = await promotionOf(ctx, promotion_id)
  if (p.state !== 'running') throw new Refusal('promotions.stateForbids', { name: p.name, state: p.state })
  await pause(ctx, p, 'person')
  return { promotion_id }
})

/** Nothing holds while it is paused; a flash sale's pieces stay set aside. */
async function pause(ctx: CommandCtx, p: Promotion, why: 'person' | 'stock'): Promise<void> {
  if (p.kind === 'price') await setListActive(ctx, { list_id: p.list_id!, is_active: 0 })
  await patchPromotion(ctx, p.id, { state: 'paused', paused_why: why })
}

export const endPromotionHandler = handle(endPromotion, async (ctx, { promotion_id }) => {
  const p = await promotionOf(ctx, promotion_id)
  if (p.state === 'ended') throw new Refusal('promotions.stateForbids', { name: p.name, state: p.state })
  await end(ctx, p, 'person')
  return { promotion_id }
})

/** It is over: nothing holds, nothing is set aside any more; the owner hears what did not come of the own hand. */
export async function end(ctx: CommandCtx, p: Promotion, why: 'person' | 'time' | 'sold_out'): Promise<void> {
  if (p.kind === 'flash' && p.state !== 'draft') await setAside(ctx, p, 0)
  if (p.kind === 'price' && p.state === 'running') await setListActive(ctx, { list_id: p.list_id!, is_active: 0 })
  await patchPromotion(ctx, p.id, { state: 'ended', paused_why: null, ended_why: why })
  if (why !== 'person') await tellOwner(ctx, p, { what: why })
}

export const settlePromotionsHandler = handle(settlePromotions, async (ctx) => {
  const over = await promotionsWhere(ctx, `state in ('running', 'paused') and to_at <= ?`, [ctx.now])
  for (const p of over) await end(ctx, p, 'time')
  const items = await ctx.db.all<{ item_id: string }>(
    `select distinct g.item_id from promotions_guard g join promotions_promotion p on p.id = g.promotion_id where p.state = 'running' order by g.item_id`,
  )
  const paused = await watchStock(ctx, items.map((i) => i.item_id))
  // Asked every few minutes: nothing done leaves no trace in the audit.
  if (over.length + paused === 0) throw new Refusal('promotions.nothingToSettle')
  return { ended: over.length, paused }
})

type Guarded = { promotion_id: string; item_id: string; item_name: string; base_unit: string; level_e6: number }

/**
 * Pauses promotions of which some item has fallen to its level, and tells their owners; gives how many. Whoever sells asks this after the
 * goods were promised or left. A flash sale does not watch its own pieces: they are set aside.
 */
export async function watchStock(ctx: CommandCtx, item_ids: readonly string[]): Promise<number> {
  if (item_ids.length === 0) return 0
  const wanted = [...new Set(item_ids)]
  const guards = await ctx.db.all<Guarded>(
    `select g.promotion_id, g.item_id, i.name as item_name, i.base_unit, g.level_e6 from promotions_guard g
       join promotions_promotion p on p.id = g.promotion_id join catalog_item i on i.id = g.item_id
      where p.state = 'running' and g.item_id in (${wanted.map(() => '?').join(', ')}) order by g.promotion_id, g.item_id`,
    wanted,
  )
  const paused = new Set<string>()
  const levels = guards.length === 0 ? undefined : await availability(ctx, { item_ids: [...new Set(guards.map((g) => g.item_id))] })
  for (const g of guards) {
    const { available_e6 } = levels!.get(g.item_id)!
    if (available_e6 > g.level_e6 || paused.has(g.promotion_id)) continue
    paused.add(g.promotion_id)
    const p = await promotionOf(ctx, g.promotion_id)
    await pause(ctx, p, 'stock')
    await tellOwner(ctx, p, { what: 'paused', item: g.item_name, left: `${available_e6 / 1_000_000} ${g.base_unit}` })
  }
  return paused.size
}

/** A word at the promotion that waits in the owner's tray. */
const tellOwner = (ctx: CommandCtx, p: Promotion, { what, item = '', left = '' }: { what: Wording; item?: string; left?: string }): Promise<void> =>
  tellUser(ctx, { source_kind: SOURCE_KIND, source_id: p.id, user_id: p.owner_id, text: wordOf(ctx.company, { what, name: p.name, item, left }) })
