import { defineModule } from '../../kernel/operation.ts'
import { attachedTo } from '../platform/index.ts'
import { createCategoryHandler, removeCategoryHandler, updateCategoryHandler } from './categories.ts'
import { createItemHandler, ITEM_FIGURES, ITEM_KIND, usualTaxCodeSetting } from './create-item.ts'
import { itemCodeRule, nextItemCodeHandler } from './item-code.ts'
import { itemFields } from './import-fields.ts'
import { importItemsHandler } from './import-items.ts'
import { catalogInvariants } from './invariants.ts'
import { byBarcodeHandler, getItemHandler, itemsByTextsHandler, listCategoriesHandler, listItemsHandler, searchItemsHandler } from './list-items.ts'
import { labelPrintable, listLabelsHandler } from './labels.ts'
import {
  createPriceListHandler,
  getPriceListHandler,
  listPriceListsHandler,
  priceForHandler,
  setPricesHandler,
  updatePriceListHandler,
} from './price-lists.ts'
import {
  createTaxCodeHandler,
  listTaxCodesHandler,
  removeTaxRateHandler,
  seedTaxes,
  setTaxRateHandler,
  updateTaxCodeHandler,
} from './taxes.ts'
import { floorPricesHandler, hasFloors, setFloorPriceHandler } from './floor-price.ts'
import { deactivateItemHandler, reactivateItemHandler, setBarcodesHandler, updateItemHandler } from './update-item.ts'

export {
  itemsOf,
  itemIdsByCode,
  ratioOf,
  taxRateOn,
  priceAnswer,
  type ItemInfo,
} from './read-item.ts'
export { hasFloors }
export { itemForm } from './contract-forms.ts'
export { createItems, defaultTaxCode } from './create-item.ts'
export { priceInUnit } from './price.ts'
export { setListActive } from './price-lists.ts'
export { itemChanging } from './events.ts'

export const catalogModule = defineModule({
  name: 'catalog',
  floor: 3,
  commands: [
    createItemHandler,
    updateItemHandler,
    deactivateItemHandler,
    reactivateItemHandler,
    setBarcodesHandler,
    setFloorPriceHandler,
    createCategoryHandler,
    updateCategoryHandler,
    removeCategoryHandler,
    createTaxCodeHandler,
    updateTaxCodeHandler,
    setTaxRateHandler,
    removeTaxRateHandler,
    createPriceListHandler,
    updatePriceListHandler,
    setPricesHandler,
    importItemsHandler,
  ],
  queries: [
    listItemsHandler,
    getItemHandler,
    byBarcodeHandler,
    itemsByTextsHandler,
    searchItemsHandler,
    listCategoriesHandler,
    listTaxCodesHandler,
    listPriceListsHandler,
    getPriceListHandler,
    priceForHandler,
    listLabelsHandler,
    floorPricesHandler,
    nextItemCodeHandler,
  ],
  printables: [labelPrintable],
  reactions: [seedTaxes],
  settings: [usualTaxCodeSetting, itemCodeRule],
  permissions: [
    { name: 'catalog.read', grants: { sales: 'all', warehouse: 'all', bookkeeper: 'all', viewer: 'all' } },
    { name: 'catalog.write', grants: { warehouse: 'all', bookkeeper: 'all' } },
    { name: 'catalog.floor', grants: {} },
    { name: 'catalog.prices', grants: { bookkeeper: 'all' } },
    { name: 'catalog.taxes', grants: { bookkeeper: 'all' } },
    { name: 'catalog.import', grants: { bookkeeper: 'all' } },
  ],
  series: [{ key: 'catalog.item', prefix: 'I', digits: 5, restarts: 'never' }],
  // Any reader of items, units and rates in upper floors may give these.
  refusals: ['catalog.itemNotFound', 'catalog.unitUnknown', 'catalog.taxRateUnknown', 'catalog.itemIsPermanent'],
  invariants: catalogInvariants,
  importers: [{ kind: 'items', permission: 'catalog.import', command: 'catalog.importItems', fields: itemFields, target: 'catalog.item' }],
  searchScopes: [{ kind: ITEM_KIND, permission: 'catalog.read', rows: () => ({ sql: '1 = 1', params: [] }) }],
  customFieldTargets: [{ kind: 'catalog.item', table: 'catalog_item', figures: ITEM_FIGURES }],
  attachmentScopes: [attachedTo({ kind: 'catalog.item', table: 'catalog_item', permission: 'catalog.read' })],
})
