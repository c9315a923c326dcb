import { defineModule } from '../../kernel/operation.ts'

export {
  itemsOf,
  itemIdsByCode,
  ratioOf,
  taxRateOn,
  listPrice,
  priceAnswer,
  type ItemInfo,
  type ItemUnit,
  type PriceRequest,
} from './read-item.ts'
export { usualTaxCode } from './tax-seeds.ts'
export { itemChanging } from './events.ts'

export const catalogModule = defineModule({
  name: 'catalog',
  floor: 3,
  permissions: [
    { name: 'catalog.read', grants: { sales: 'all', warehouse: 'all', bookkeeper: 'all', viewer: 'all' } },
    { name: 'catalog.write', grants: { warehouse: 'all', bookkeeper: 'all' } },
    { name: 'catalog.prices', grants: { bookkeeper: 'all' } },
    { name: 'catalog.taxes', grants: { bookkeeper: 'all' } },
    { name: 'catalog.import', grants: { bookkeeper: 'all' } },
  ],
  series: [{ key: 'catalog.item', prefix: 'I', digits: 5, restarts: 'never' }],
  // Any reader of items, units and rates in upper floors may give these.
  refusals: ['catalog.itemNotFound', 'catalog.unitUnknown', 'catalog.taxRateUnknown', 'catalog.itemIsPermanent'],
})
