import { assert } from '../../kernel/assert.ts'
import { reference, type CommandCtx, type QueryCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { OutsideKind } from './contract.ts'

/** A location as postings need to know it. */
export type Place = {
  readonly location_id: string
  readonly kind: 'internal' | OutsideKind
  readonly name: string
  /** 1: where its warehouse keeps goods unless said otherwise. */
  readonly is_default: number
  readonly is_active: number
  readonly warehouse_id: string | null
  readonly warehouse_code: string | null
  readonly warehouse_name: string | null
  readonly warehouse_is_default: number | null
  readonly warehouse_is_active: number | null
  readonly negative_stock: 'inherit' | 'forbid' | 'warn' | 'allow' | null
}

type AnyCtx = CommandCtx | QueryCtx

/** All locations by id: a handful of rows. */
const places = reference<ReadonlyMap<string, Place>>({
  key: 'inventory.places',
  tables: ['inventory_location', 'inventory_warehouse'],
  read: async (db) => {
    const rows = await db.all<Place>(
      `select l.id as location_id, l.kind, l.name, l.is_default, l.is_active, l.warehouse_id, w.code as warehouse_code,
              w.name as warehouse_name, w.is_default as warehouse_is_default, w.is_active as warehouse_is_active, w.negative_stock
         from inventory_location l left join inventory_warehouse w on w.id = l.warehouse_id order by l.id`,
    )
    return new Map(rows.map((r) => [r.location_id, r]))
  },
})

const allPlaces = (ctx: AnyCtx): Promise<ReadonlyMap<string, Place>> => ctx.reference(places)

/** Refuses 'inventory.locationNotFound'. */
export async function placeOf(ctx: AnyCtx, location_id: string): Promise<Place> {
  const place = (await allPlaces(ctx)).get(location_id)
  if (!place) throw new Refusal('inventory.locationNotFound', { location_id })
  return place
}

/**
 * The location of a warehouse where goods are kept unless said otherwise. Refuses 'inventory.warehouseNotFound' and
 * 'inventory.warehouseInactive'.
 */
export async function stockLocationOf(ctx: AnyCtx, warehouse_id: string): Promise<string> {
  for (const place of (await allPlaces(ctx)).values()) {
    if (place.warehouse_id !== warehouse_id || place.is_default === 0) continue
    if (place.warehouse_is_active === 0) throw new Refusal('inventory.warehouseInactive', { warehouse_id, name: place.warehouse_name })
    return place.location_id
  }
  throw new Refusal('inventory.warehouseNotFound', { warehouse_id })
}

/** Where goods are when they are not ours: one location for each part of the world. */
export async function outsideLocation(ctx: AnyCtx, kind: OutsideKind): Promise<string> {
  for (const place of (await allPlaces(ctx)).values()) if (place.kind === kind) return place.location_id
  throw new Error(`the location ${kind} was never founded`)
}

/** The warehouse of documents that name none. */
export async function defaultWarehouseId(ctx: AnyCtx): Promise<string> {
  for (const place of (await allPlaces(ctx)).values()) if (place.warehouse_is_default === 1) return place.warehouse_id!
  throw new Error('the default warehouse was never founded')
}

/** Warehouse ids by code, for imports. */
export async function warehouseIdsByCode(ctx: AnyCtx): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  for (const place of (await allPlaces(ctx)).values()) if (place.warehouse_id !== null) found.set(place.warehouse_code!, place.warehouse_id)
  return found
}

/** What happens when a location would fall below zero: the warehouse says, or else the company. */
export function policyOf(ctx: CommandCtx, place: Place): 'forbid' | 'warn' | 'allow' {
  assert(place.negative_stock !== null, 'only locations of a warehouse hold stock')
  return place.negative_stock === 'inherit' ? (ctx.company.negative_stock as 'forbid' | 'warn' | 'allow') : place.negative_stock
}
