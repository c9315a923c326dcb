import { location, warehouse } from '../../../db/schema/inventory.ts'
import type { CommandCtx, Company } from '../../kernel/operation.ts'
import type { NewRow, Patch, Row } from '../../storage/db.ts'
import type { OutsideKind } from './contract.ts'
import { placeNames } from './wording.ts'

export type WarehouseRow = Row<typeof warehouse>

export async function writeWarehouse(ctx: CommandCtx, row: NewRow<typeof warehouse>): Promise<void> {
  await ctx.db.insert(warehouse, row)
}

export async function changeWarehouse(
  ctx: CommandCtx,
  { warehouse_id, patch }: { warehouse_id: string; patch: Patch<typeof warehouse> },
): Promise<void> {
  await ctx.db.update(warehouse, { id: warehouse_id }, patch)
}

export async function writeLocations(ctx: CommandCtx, rows: readonly NewRow<typeof location>[]): Promise<void> {
  await ctx.db.insertMany(location, rows)
}

/** A new company has one warehouse, and the world outside. */
export async function foundPlaces(ctx: CommandCtx, company: Company): Promise<void> {
  const names = placeNames(company)
  const warehouse_id = ctx.newId()
  await writeWarehouse(ctx, { id: warehouse_id, code: 'MAIN', name: names.main, negative_stock: 'inherit', is_default: 1, is_active: 1 })
  const outside = (kind: OutsideKind) => ({
    id: ctx.newId(),
    warehouse_id: null,
    kind,
    code: kind.toUpperCase(),
    name: names[kind],
    is_default: 0,
    is_active: 1,
  })
  await writeLocations(ctx, [
    { id: ctx.newId(), warehouse_id, kind: 'internal', code: 'MAIN', name: names.main, is_default: 1, is_active: 1 },
    ...(['supplier', 'customer', 'loss', 'opening', 'production'] as const).map(outside),
  ])
}
