import { ask } from '../../api/client.ts'
import type { RowOf } from '../../api/operations.ts'
import type { PickedItem } from './priced-lines/draft.ts'
import type { Choice } from '../../ui/picker/entity-picker.tsx'

export type ItemChoice = Choice & { readonly item: PickedItem; /** The unit that a scanned barcode names. */ readonly unit: string }

type ItemRow = RowOf<'catalog.search'>

export const pickedItem = (row: ItemRow): PickedItem => ({
  item_id: row.item_id,
  code: row.code,
  name: row.name,
  spec: row.spec,
  kind: row.kind,
  base_unit: row.base_unit,
  units: row.units,
})

const choiceOf = (row: ItemRow, unit: string, price: (price_e4: number) => string): ItemChoice => ({
  id: row.item_id,
  code: row.code,
  label: [row.name, row.spec].filter(Boolean).join(' '),
  note: `${row.price_e4 > 0 ? price(row.price_e4) : ''} / ${unit}`,
  item: pickedItem(row),
  unit,
})

/** Barcodes are long and without spaces; a scanner's hit knows its unit. */
const looksScanned = (text: string): boolean => /^[\x21-\x7e]{6,}$/.test(text)

/** Finds items for a line: a barcode first, then by code, name or pinyin. */
export async function searchItems(text: string, given: { kind?: 'stocked' | 'service'; price(price_e4: number): string }): Promise<ItemChoice[]> {
  const wanted = text.trim()
  const [scanned, found] = await Promise.all([
    looksScanned(wanted) ? ask('catalog.byBarcode', { barcode: wanted }) : undefined,
    ask('catalog.search', { text: wanted, limit: 20, ...(given.kind ? { kind: given.kind } : {}) }),
  ])
  const hit = scanned?.hit
  const rows = found.rows.filter((row) => row.item_id !== hit?.item_id).map((row) => choiceOf(row, row.base_unit, given.price))
  return hit && (given.kind === undefined || hit.kind === given.kind) ? [choiceOf(hit, hit.unit, given.price), ...rows] : rows
}

/** Words that head the column of items in people's tables. */
export const itemNames = ['code', 'item', 'itemcode', 'sku', 'barcode', 'product', '编码', '商品', '商品编码', '货号', '条码', '名称', '商品名称', '品名']

/** No unit is called by a number. */
export const isFigure = (text: string): boolean => /^[-\d.,\s]+$/.test(text)

/** What one question may ask about. */
const MOST_TEXTS = 500

/** The items that texts name exactly: by barcode, code or name. What names none, or more than one, is left out. */
export async function itemsByTexts(texts: readonly string[]): Promise<Map<string, { item: PickedItem; unit: string }>> {
  const found = new Map<string, { item: PickedItem; unit: string }>()
  for (let from = 0; from < texts.length; from += MOST_TEXTS) {
    const { rows } = await ask('catalog.itemsByTexts', { texts: texts.slice(from, from + MOST_TEXTS) })
    for (const row of rows) found.set(row.text, { item: pickedItem(row), unit: row.unit })
  }
  return found
}
