import { barcode, category, item, price, priceList, taxCode, taxRate, unit } from '../../../db/schema/catalog.ts'
import type { CommandCtx } from '../../kernel/operation.ts'
import type { NewRow, Patch } from '../../storage/db.ts'
import type { UnitForm } from './contract-forms.ts'

// The only code that writes the tables of the catalogue.

type Ctx = Pick<CommandCtx, 'db'>
type Barcode = { readonly barcode: string; readonly unit: string }

export type WholeItem = { readonly row: NewRow<typeof item>; readonly units: readonly UnitForm[]; readonly barcodes: readonly Barcode[] }

/** Writes new items with units and barcodes, few statements however many they are. */
export async function insertItems({ db }: Ctx, items: readonly WholeItem[]): Promise<void> {
  await db.insertMany(item, items.map((i) => i.row))
  await db.insertMany(unit, items.flatMap((i) => i.units.map((u) => ({ ...u, item_id: i.row.id }))))
  await db.insertMany(barcode, items.flatMap((i) => i.barcodes.map((b) => ({ ...b, item_id: i.row.id }))))
}

export async function patchItem({ db }: Ctx, item_id: string, patch: Patch<typeof item>): Promise<void> {
  await db.update(item, { id: item_id }, patch)
}

export async function replaceUnits({ db }: Ctx, item_id: string, units: readonly UnitForm[]): Promise<void> {
  await db.removeWhere(unit, { item_id })
  await db.insertMany(unit, units.map((u) => ({ ...u, item_id })))
}

export async function replaceBarcodes({ db }: Ctx, item_id: string, barcodes: readonly Barcode[]): Promise<void> {
  await db.removeWhere(barcode, { item_id })
  await db.insertMany(barcode, barcodes.map((b) => ({ ...b, item_id })))
}

/** Barcodes and prices of a base unit follow its new name. */
export async function renameUnit({ db }: Ctx, { item_id, from, to }: { item_id: string; from: string; to: string }): Promise<void> {
  await db.run(barcode, 'update catalog_barcode set unit = ? where item_id = ? and unit = ?', [to, item_id, from])
  await db.run(price, 'update catalog_price set unit = ? where item_id = ? and unit = ?', [to, item_id, from])
}

export async function insertCategories({ db }: Ctx, rows: readonly NewRow<typeof category>[]): Promise<void> {
  await db.insertMany(category, rows)
}

export async function patchCategory({ db }: Ctx, category_id: string, patch: Patch<typeof category>): Promise<void> {
  await db.update(category, { id: category_id }, patch)
}

export async function deleteCategory({ db }: Ctx, category_id: string): Promise<void> {
  await db.remove(category, { id: category_id })
}

export async function insertTaxCodes({ db }: Ctx, rows: readonly NewRow<typeof taxCode>[]): Promise<void> {
  await db.insertMany(taxCode, rows)
}

export async function patchTaxCode({ db }: Ctx, code: string, patch: Patch<typeof taxCode>): Promise<void> {
  await db.update(taxCode, { code }, patch)
}

/** Writes rates; one of the same code, taxpayer and first day is replaced. */
export async function putTaxRates({ db }: Ctx, rows: readonly NewRow<typeof taxRate>[]): Promise<void> {
  await db.put(taxRate, rows)
}

/** Takes a rate away; gives 0 when there was none. */
export async function deleteTaxRate({ db }: Ctx, key: { tax_code: string; taxpayer: string; from_day: string }): Promise<number> {
  return db.removeWhere(taxRate, key)
}

export async function insertPriceList({ db }: Ctx, row: NewRow<typeof priceList>): Promise<void> {
  await db.insert(priceList, row)
}

export async function patchPriceList({ db }: Ctx, list_id: string, patch: Patch<typeof priceList>): Promise<void> {
  await db.update(priceList, { id: list_id }, patch)
}

/** Replaces what a list says of some items. */
export async function replacePrices(
  { db }: Ctx,
  { list_id, item_ids, rows }: { list_id: string; item_ids: readonly string[]; rows: readonly NewRow<typeof price>[] },
): Promise<void> {
  for (const item_id of item_ids) await db.removeWhere(price, { list_id, item_id })
  await db.insertMany(price, rows)
}
