import { claim, coupon, couponUse, guard, promotion } from '../../../db/schema/promotions.ts'
import type { CommandCtx } from '../../kernel/operation.ts'
import type { NewRow, Patch } from '../../storage/db.ts'

// The only code that writes promotions.

type Ctx = Pick<CommandCtx, 'db'>
export type NewPromotion = NewRow<typeof promotion>
export type NewClaim = NewRow<typeof claim>

export async function insertPromotion({ db }: Ctx, row: NewPromotion): Promise<void> {
  await db.insert(promotion, row)
}

export async function patchPromotion({ db }: Ctx, promotion_id: string, patch: Patch<typeof promotion>): Promise<void> {
  await db.update(promotion, { id: promotion_id }, patch)
}

export async function replaceGuards({ db }: Ctx, promotion_id: string, guards: readonly { item_id: string; level_e6: number }[]): Promise<void> {
  await db.removeWhere(guard, { promotion_id })
  await db.insertMany(guard, guards.map((g) => ({ promotion_id, ...g })))
}

export async function insertClaims({ db }: Ctx, rows: readonly NewClaim[]): Promise<void> {
  await db.insertMany(claim, rows)
}

export async function insertCoupons({ db }: Ctx, rows: readonly NewRow<typeof coupon>[]): Promise<void> {
  await db.insertMany(coupon, rows)
}

export async function insertCouponUse({ db }: Ctx, row: NewRow<typeof couponUse>): Promise<void> {
  await db.insert(couponUse, row)
}

/** The coupon may be used again. */
export const undoCouponUse = ({ db }: Ctx, { source_id, at }: { source_id: string; at: number }): Promise<number> =>
  db.run(couponUse, 'update promotions_coupon_use set undone_at = ? where source_id = ? and undone_at is null', [at, source_id])
