import { defineModule } from '../../kernel/operation.ts'
import { attachedTo } from '../platform/index.ts'
import { checkCouponHandler, issueCouponsHandler } from './coupons.ts'
import { createPromotionHandler, updatePromotionHandler } from './edit-promotion.ts'
import { promotionInvariants } from './invariants.ts'
import { getPromotionHandler, listPromotionsHandler } from './promotion-queries.ts'
import { endPromotionHandler, pausePromotionHandler, settlePromotionsHandler, startPromotionHandler } from './states.ts'

export { takePieces, writeClaims } from './claims.ts'
export { couponOffer, giveCouponBack, useCoupon } from './coupons.ts'
export { flashPrice } from './flash-price.ts'
export { watchStock } from './states.ts'

export const promotionsModule = defineModule({
  name: 'promotions',
  floor: 6,
  commands: [createPromotionHandler, updatePromotionHandler, startPromotionHandler, pausePromotionHandler, endPromotionHandler, settlePromotionsHandler, issueCouponsHandler],
  queries: [listPromotionsHandler, getPromotionHandler, checkCouponHandler],
  permissions: [
    { name: 'promotions.read', grants: { sales: 'own', warehouse: 'all', bookkeeper: 'all', viewer: 'all' } },
    { name: 'promotions.write', grants: {} },
  ],
  refusals: ['promotions.recordIsPermanent'],
  often: ['promotions.settle'],
  invariants: promotionInvariants,
  attachmentScopes: [attachedTo({ kind: 'promotions.promotion', table: 'promotions_promotion', permission: 'promotions.read' })],
})
