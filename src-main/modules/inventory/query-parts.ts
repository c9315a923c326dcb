import type { QueryCtx } from '../../kernel/operation.ts'
import type { SqlValue } from '../../storage/db.ts'
import { itemsOf } from '../catalog/index.ts'
import { refsFound } from '../platform/index.ts'

/** Pieces of a WHERE with their parameters; null-tests on parameters are not needed then. */
export class Where {
  private readonly parts: string[] = []
  readonly params: SqlValue[] = []

  add(sql: string, ...params: SqlValue[]): this {
    this.parts.push(sql)
    this.params.push(...params)
    return this
  }

  get sql(): string {
    return this.parts.length === 0 ? '1 = 1' : this.parts.join(' and ')
  }
}

/** Limits items to those that a text finds: part of a name, pinyin initials, code, barcode. */
export async function addItemSearch(
  ctx: QueryCtx,
  { where, search, column }: { where: Where; search: string | undefined; column: string },
): Promise<void> {
  if (search === undefined || search === '') return
  const found = await refsFound(ctx.db, { kind: 'item', text: search, column })
  where.add(found.sql, ...found.params)
}

/** What rows say of their item: code, name and the units in which amounts are shown. */
export async function itemHeads(ctx: QueryCtx, item_ids: readonly string[]) {
  const items = await itemsOf(ctx, item_ids)
  return new Map(
    [...items].map(([item_id, { code, name, spec, base_unit, units }]) => [
      item_id,
      {
        item_id,
        item_code: code,
        item_name: name,
        spec,
        base_unit,
        units: units.map((u) => ({ name: u.name, numerator: u.numerator, denominator: u.denominator })),
      },
    ]),
  )
}

export const COSTS = 'inventory.readCosts'

/** +1 where a move brings goods to the company, −1 where it takes them away, 0 inside: `fl` and `tl` are its locations. */
export const COMPANY_SIGN = `(case when tl.kind = 'internal' and fl.kind <> 'internal' then 1
  when fl.kind = 'internal' and tl.kind <> 'internal' then -1 else 0 end)`
export const MOVE_LOCATIONS =
  'join inventory_location fl on fl.id = m.from_location_id join inventory_location tl on tl.id = m.to_location_id'
