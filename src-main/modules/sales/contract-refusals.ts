// What several operations of sales can refuse.

/** Any priced document can refuse these. */
export const priced = [
  'parties.partyNotFound',
  'catalog.itemNotFound',
  'catalog.unitUnknown',
  'catalog.taxRateUnknown',
  'sales.partyInactive',
  'sales.itemInactive',
  'sales.quantityNotExact',
  'sales.amountTooLarge',
  'sales.discountTooLarge',
  'sales.twoDiscounts',
] as const
/** Whatever posts can refuse these. */
export const posting = [
  'accounting.periodLocked',
  'accounting.roleNotMapped',
  'inventory.notEnoughStock',
  'inventory.warehouseNotFound',
  'inventory.warehouseInactive',
] as const
export const paying = ['accounting.methodNotFound', 'accounting.methodInactive', 'sales.paidTooMuch'] as const
/** Whatever takes pieces of a flash sale, or a coupon, can refuse these. */
export const promoted = [
  'promotions.notFound', 'promotions.notRunning', 'promotions.soldOut', 'promotions.mostEach', 'promotions.otherItem', 'promotions.otherWarehouse', 'promotions.otherPrice',
  'promotions.couponUnknown', 'promotions.couponOfOther', 'promotions.couponUsed', 'promotions.couponTooSmall',
] as const
