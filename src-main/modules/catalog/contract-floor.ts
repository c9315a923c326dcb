import { z } from 'zod'
import { command, id, query, unitPrice } from '../../kernel/contract.ts'

/** The lowest price at which it is sold without asking; 0: none. */
export const setFloorPrice = command({
  name: 'catalog.setFloorPrice',
  permission: 'catalog.floor',
  input: z.strictObject({ item_id: id(), floor_price_e4: unitPrice() }),
  output: z.object({ item_id: id() }),
  refusals: ['catalog.itemNotFound'],
})

/** Floor prices of some items, for who may know them. */
export const floorPrices = query({
  name: 'catalog.floorPrices',
  permission: 'catalog.floor',
  input: z.strictObject({ item_ids: z.array(id()).min(1).max(500) }),
  output: z.object({ rows: z.array(z.object({ item_id: id(), floor_price_e4: z.int() })) }),
  reads: ['catalog_item'],
  refusals: ['catalog.itemNotFound'],
  scope: 'shared',
})
