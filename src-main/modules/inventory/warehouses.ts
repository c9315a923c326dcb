import { handle, type CommandCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { createLocation, createWarehouse, updateWarehouse } from './contract.ts'
import { changeWarehouse, writeLocations, writeWarehouse, type WarehouseRow } from './warehouse.store.ts'

/** A warehouse comes with one location; shelves and bins are added as needed. */
export const createWarehouseHandler = handle(createWarehouse, async (ctx, input) => {
  await assertCodeFree(ctx, input.code)
  await assertLocationCodeFree(ctx, input.code)
  const warehouse_id = ctx.newId()
  const location_id = ctx.newId()
  await writeWarehouse(ctx, { id: warehouse_id, ...input, is_default: 0, is_active: 1 })
  await writeLocations(ctx, [
    { id: location_id, warehouse_id, kind: 'internal', code: input.code, name: input.name, is_default: 1, is_active: 1 },
  ])
  return { warehouse_id, location_id }
})

export const updateWarehouseHandler = handle(updateWarehouse, async (ctx, { warehouse_id, ...patch }) => {
  const before = await warehouseOf(ctx, warehouse_id)
  if (patch.code !== undefined && patch.code !== before.code) await assertCodeFree(ctx, patch.code)
  const is_active = patch.is_active ?? before.is_active
  if (is_active === 0 && before.is_active === 1) await assertMayRest(ctx, before)
  if (patch.is_default === 1 && before.is_default === 0) {
    if (is_active === 0) throw new Refusal('inventory.warehouseInactive', { warehouse_id, name: before.name })
    const former = await ctx.db.get<{ id: string }>('select id from inventory_warehouse where is_default = 1')
    if (former) await changeWarehouse(ctx, { warehouse_id: former.id, patch: { is_default: 0 } })
  }
  await changeWarehouse(ctx, { warehouse_id, patch })
  return { warehouse_id }
})

export const createLocationHandler = handle(createLocation, async (ctx, { warehouse_id, code, name }) => {
  await warehouseOf(ctx, warehouse_id)
  await assertLocationCodeFree(ctx, code)
  const location_id = ctx.newId()
  await writeLocations(ctx, [{ id: location_id, warehouse_id, kind: 'internal', code, name, is_default: 0, is_active: 1 }])
  return { location_id }
})

async function warehouseOf(ctx: CommandCtx, warehouse_id: string): Promise<WarehouseRow> {
  const row = await ctx.db.get<WarehouseRow>(
    'select id, code, name, negative_stock, is_default, is_active from inventory_warehouse where id = ?',
    [warehouse_id],
  )
  if (!row) throw new Refusal('inventory.warehouseNotFound', { warehouse_id })
  return row
}

/** A warehouse may rest when nothing lies in it, nothing is promised from it, and documents do not fall back on it. */
async function assertMayRest(ctx: CommandCtx, { id, name, is_default }: WarehouseRow): Promise<void> {
  if (is_default === 1) throw new Refusal('inventory.defaultWarehouseStays', { name })
  const held = await ctx.db.get<{ item_id: string }>(
    `select s.item_id from inventory_stock s join inventory_location l on l.id = s.location_id
      where l.warehouse_id = ? and (s.on_hand_e6 <> 0 or s.reserved_e6 <> 0 or s.incoming_e6 <> 0)
      order by s.item_id, s.location_id limit 1`,
    [id],
  )
  const planned = await ctx.db.get<{ id: string }>(
    'select p.id from inventory_plan p join inventory_location l on l.id = p.location_id where l.warehouse_id = ? order by p.id limit 1',
    [id],
  )
  if (held || planned) throw new Refusal('inventory.warehouseHoldsStock', { name })
}

async function assertCodeFree(ctx: CommandCtx, code: string): Promise<void> {
  const taken = await ctx.db.get<{ name: string }>('select name from inventory_warehouse where code = ?', [code])
  if (taken) throw new Refusal('inventory.warehouseCodeTaken', { code, name: taken.name })
}

async function assertLocationCodeFree(ctx: CommandCtx, code: string): Promise<void> {
  const taken = await ctx.db.get<{ name: string }>('select name from inventory_location where code = ?', [code])
  if (taken) throw new Refusal('inventory.locationCodeTaken', { code, name: taken.name })
}
