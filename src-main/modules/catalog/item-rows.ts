import type { QueryCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { marks, type Reader, type SqlValue } from '../../storage/db.ts'
import type { ItemDetail } from './contract.ts'
import type { ItemRow } from './contract-forms.ts'

type Db = Pick<Reader, 'all' | 'get'>

/** Reads items as lists show them, with their further units: two statements however many rows. `order` ends in the key. */
export async function itemRowsWhere(
  db: Db,
  { where, params, order, page }: { where: string; params: readonly SqlValue[]; order: string; page?: { limit: number; offset: number } },
): Promise<ItemRow[]> {
  const rows = await db.all<Omit<ItemRow, 'units'>>(
    `select i.id as item_id, i.code, i.name, i.spec, i.kind, i.category_id, c.name as category_name, i.base_unit, i.tax_code, i.costing,
            i.price_e4, i.minimum_e6, i.is_active
       from catalog_item i left join catalog_category c on c.id = i.category_id
      where ${where} order by ${order}${page ? ' limit ? offset ?' : ''}`,
    page ? [...params, page.limit, page.offset] : params,
  )
  const units = await unitsOf(db, rows.map((r) => r.item_id))
  return rows.map((row) => ({ ...row, units: units.get(row.item_id) ?? [] }))
}

async function unitsOf(db: Db, ids: readonly string[]): Promise<Map<string, ItemRow['units']>> {
  const units = new Map<string, ItemRow['units']>()
  if (ids.length === 0) return units
  const rows = await db.all<ItemRow['units'][number] & { item_id: string }>(
    `select item_id, name, numerator, denominator from catalog_unit where item_id in (${marks(ids)}) order by item_id, name`,
    ids,
  )
  for (const { item_id, ...unit } of rows) {
    const known = units.get(item_id)
    if (known) known.push(unit)
    else units.set(item_id, [unit])
  }
  return units
}

/** One item with everything that belongs to it. Refuses 'catalog.itemNotFound'. */
export async function readItemDetail({ db }: { db: Pick<QueryCtx['db'], 'all' | 'get'> }, item_id: string): Promise<Omit<ItemDetail, 'extra_names'>> {
  const [row] = await itemRowsWhere(db, { where: 'i.id = ?', params: [item_id], order: 'i.id' })
  if (!row) throw new Refusal('catalog.itemNotFound', { item_id })
  const rest = (await db.get<{ note: string | null; extra: string; created_at: number }>(
    'select note, extra, created_at from catalog_item where id = ?',
    [item_id],
  ))!
  const barcodes = await db.all<ItemDetail['barcodes'][number]>(
    'select barcode, unit from catalog_barcode where item_id = ? order by barcode',
    [item_id],
  )
  const prices = await db.all<ItemDetail['prices'][number]>(
    `select l.id as list_id, l.name as list_name, l.level, p.unit, p.min_quantity_e6, p.price_e4
       from catalog_price p join catalog_price_list l on l.id = p.list_id where p.item_id = ?
      order by l.name, l.id, p.unit, p.min_quantity_e6`,
    [item_id],
  )
  return { ...row, ...rest, extra: JSON.parse(rest.extra) as ItemDetail['extra'], barcodes, prices }
}
