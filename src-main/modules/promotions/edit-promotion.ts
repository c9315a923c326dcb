import type { InputOf } from '../../kernel/contract.ts'
import { handle, type CommandCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { itemsOf } from '../catalog/index.ts'
import { defaultWarehouseId, stockLocationOf } from '../inventory/index.ts'
import { createPromotion, updatePromotion } from './contract.ts'
import { isComplete, type Promotion } from './promotion.ts'
import { insertPromotion, patchPromotion, replaceGuards } from './promotion.store.ts'
import { promotionOf } from './read-promotion.ts'

type Form = Omit<InputOf<typeof createPromotion>, 'kind'>

export const createPromotionHandler = handle(createPromotion, async (ctx, { kind, guards, ...form }) => {
  const promotion_id = ctx.newId()
  const columns = await columnsOf(ctx, kind, { ...form, guards })
  await insertPromotion(ctx, { id: promotion_id, kind, state: 'draft', ...columns, created_by: ctx.actor.id, created_at: ctx.now })
  await replaceGuards(ctx, promotion_id, guards)
  return { promotion_id }
})

export const updatePromotionHandler = handle(updatePromotion, async (ctx, { promotion_id, guards, ...form }) => {
  const before = await promotionOf(ctx, promotion_id)
  if (before.state !== 'draft') throw new Refusal('promotions.stateForbids', { name: before.name, state: before.state })
  await patchPromotion(ctx, promotion_id, await columnsOf(ctx, before.kind, { ...form, owner_id: form.owner_id ?? before.owner_id, guards }))
  await replaceGuards(ctx, promotion_id, guards)
  return { promotion_id }
})

/** What of the form its kind knows; checked. */
async function columnsOf(ctx: CommandCtx, kind: Promotion['kind'], form: Form) {
  const { name, from_at, to_at, note, guards, owner_id = ctx.actor.id } = form
  if (from_at >= to_at) throw new Refusal('promotions.timeReversed', { name })
  const owner = await ctx.db.get<{ id: string }>('select id from platform_user where id = ? and is_active = 1', [owner_id])
  if (!owner) throw new Refusal('promotions.ownerNotFound', { user_id: owner_id })
  const isFlash = kind === 'flash'
  const columns = {
    name, owner_id, from_at, to_at,
    note: note === '' ? null : note,
    list_id: kind === 'price' ? form.list_id : null,
    item_id: isFlash ? form.item_id : null,
    warehouse_id: isFlash ? (form.warehouse_id ?? (await defaultWarehouseId(ctx))) : null,
    price_e4: isFlash ? form.price_e4 : 0,
    quota_e6: isFlash ? form.quota_e6 : 0,
    most_each_e6: isFlash ? form.most_each_e6 : 0,
    off_minor: kind === 'coupon' ? form.off_minor : 0,
    off_rate_e8: kind === 'coupon' ? form.off_rate_e8 : 0,
    least_minor: kind === 'coupon' ? form.least_minor : 0,
  }
  if (!isComplete({ kind, ...columns })) throw new Refusal('promotions.incomplete', { name, kind })
  if (columns.warehouse_id !== null) await stockLocationOf(ctx, columns.warehouse_id)
  const items = await itemsOf(ctx, [...guards.map((g) => g.item_id), ...(columns.item_id === null ? [] : [columns.item_id])])
  // Services are not kept in stock: nothing of them can be set aside.
  if (columns.item_id !== null && items.get(columns.item_id)!.kind !== 'stocked') throw new Refusal('promotions.incomplete', { name, kind })
  if (columns.list_id !== null && !(await ctx.db.get('select id from catalog_price_list where id = ?', [columns.list_id]))) throw new Refusal('catalog.priceListNotFound', { list_id: columns.list_id })
  return columns
}
