import { defineModule } from '../../kernel/operation.ts'
import { attachedTo } from '../platform/index.ts'
import { postAdjustmentHandler } from './adjust-stock.ts'
import { documentFinders } from './document-finders.ts'
import { adjustmentHandler, adjustmentsHandler, transfersHandler } from './document-queries.ts'
import { importOpeningStockHandler, openingStockFields } from './import-opening-stock.ts'
import { inventoryInvariants } from './invariants.ts'
import { itemLedgerHandler } from './ledger-query.ts'
import { reactions } from './reactions.ts'
import { reverseAdjustmentHandler } from './reverse-adjustment.ts'
import {
  availabilityHandler,
  negativeHandler,
  plansHandler,
  promiseHandler,
  stockHandler,
  valuationHandler,
  warehousesHandler,
} from './stock-queries.ts'
import { transferHandler } from './transfer.ts'
import { createLocationHandler, createWarehouseHandler, updateWarehouseHandler } from './warehouses.ts'

export { adjustStock, inBase } from './adjust-stock.ts'
export { costAdjusted, type StockWarning } from './contract.ts'
export { adjustCosts } from './correct-costs.ts'
export { availability, costOfMoves, type CostOfLine } from './levels.ts'
export type { Basis, MovesPosted, MoveToPost, PostedMove } from './moving.ts'
export { defaultWarehouseId, outsideLocation, stockLocationOf } from './places.ts'
export { consumePlan, dropPlans, promises, setPlans, type PlanSet } from './plans.ts'
export { postMoves } from './post-moves.ts'
export { preloadStock } from './stock.store.ts'
import { verifyCosts } from './verify-costs.ts'
import { locationLabel } from './location-label.ts'

export const inventoryModule = defineModule({
  name: 'inventory',
  floor: 5,
  commands: [
    createWarehouseHandler,
    updateWarehouseHandler,
    createLocationHandler,
    postAdjustmentHandler,
    reverseAdjustmentHandler,
    transferHandler,
    importOpeningStockHandler,
  ],
  queries: [
    stockHandler,
    availabilityHandler,
    promiseHandler,
    itemLedgerHandler,
    valuationHandler,
    negativeHandler,
    plansHandler,
    warehousesHandler,
    adjustmentsHandler,
    adjustmentHandler,
    transfersHandler,
  ],
  reactions,
  permissions: [
    { name: 'inventory.read', grants: { sales: 'all', warehouse: 'all', bookkeeper: 'all', viewer: 'all' } },
    { name: 'inventory.readCosts', grants: { bookkeeper: 'all', viewer: 'all' } },
    { name: 'inventory.adjust', grants: { warehouse: 'all', bookkeeper: 'all' } },
    { name: 'inventory.transfer', grants: { warehouse: 'all' } },
    { name: 'inventory.configure', grants: {} },
    { name: 'inventory.importOpeningStock', grants: { bookkeeper: 'all' } },
  ],
  documentFinders,
  printables: [locationLabel],
  series: [
    { key: 'inventory.adjustment', prefix: 'AD', digits: 5, restarts: 'year' },
    { key: 'inventory.transfer', prefix: 'TR', digits: 5, restarts: 'year' },
  ],
  // Whoever moves goods, on any floor above, may be given these.
  refusals: ['inventory.movesArePermanent', 'inventory.itemHasMoves', 'inventory.costBelowZero', 'inventory.locationNotFound'],
  invariants: [...inventoryInvariants, { name: 'inventory: replayed from the first move, every item costs the same', find: verifyCosts }],
  importers: [
    {
      kind: 'opening-stock',
      permission: 'inventory.importOpeningStock',
      command: 'inventory.importOpeningStock',
      fields: openingStockFields,
    },
  ],
  attachmentScopes: [
    attachedTo({ kind: 'inventory.adjustment', table: 'inventory_adjustment', permission: 'inventory.read' }),
    attachedTo({ kind: 'inventory.transfer', table: 'inventory_transfer', permission: 'inventory.read' }),
  ],
})
