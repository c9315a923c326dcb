import { on } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { itemChanging } from '../catalog/index.ts'
import { companyFounded } from '../platform/index.ts'
import { foundPlaces } from './warehouse.store.ts'

export const reactions = [
  on(companyFounded, (ctx, { company }) => foundPlaces(ctx, company)),
  // Base unit, costing method and kind are what moves and pools are counted in: they stay once goods have moved or are promised.
  on(itemChanging, async (ctx, { item_id, what }) => {
    await ctx.flush()
    const moved = await ctx.db.get<{ seq: number }>('select seq from inventory_move where item_id = ? order by day, seq limit 1', [item_id])
    const planned = await ctx.db.get<{ id: string }>('select id from inventory_plan where item_id = ? order by due_on, id limit 1', [
      item_id,
    ])
    if (moved || planned) throw new Refusal('inventory.itemHasMoves', { item_id, what })
  }),
]
