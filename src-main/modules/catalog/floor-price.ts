import { answer, handle, reference, type QueryCtx } from '../../kernel/operation.ts'
import { patchItem } from './catalog.store.ts'
import { floorPrices, setFloorPrice } from './contract.ts'
import { forgetItem, itemsOf } from './read-item.ts'

export const setFloorPriceHandler = handle(setFloorPrice, async (ctx, { item_id, floor_price_e4 }) => {
  const item = (await itemsOf(ctx, [item_id])).get(item_id)!
  if (item.floor_price_e4 !== floor_price_e4) await patchItem(ctx, item_id, { floor_price_e4 })
  forgetItem(ctx, item_id)
  return { item_id }
})

export const floorPricesHandler = answer(floorPrices, async (ctx, { item_ids }) => ({
  rows: [...(await itemsOf(ctx, item_ids)).values()].map((i) => ({ item_id: i.id, floor_price_e4: i.floor_price_e4 })),
}))

const floors = reference({
  key: 'catalog.floors',
  tables: ['catalog_item'],
  read: async (db) => (await db.get<{ one: number }>('select 1 as one from catalog_item where floor_price_e4 > 0 limit 1')) !== undefined,
})

/** Has any item a floor price at all? Where none has, nobody need look at lines. */
export const hasFloors = (ctx: Pick<QueryCtx, 'reference'>): Promise<boolean> => ctx.reference(floors)
