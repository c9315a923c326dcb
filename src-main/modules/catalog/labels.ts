import { answer } from '../../kernel/operation.ts'
import type { Printable } from '../../kernel/papers.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { marks } from '../../storage/db.ts'
import { listLabels } from './contract.ts'

type Row = { item_id: string; code: string; name: string; spec: string | null; base_unit: string; price_e4: number }

export const listLabelsHandler = answer(listLabels, async ({ db }, { item_ids }) => {
  const rows = await db.all<Row>(
    `select id as item_id, code, name, spec, base_unit, price_e4 from catalog_item where id in (${marks(item_ids)}) order by id`,
    item_ids,
  )
  const barcodes = await db.all<{ item_id: string; barcode: string; unit: string }>(
    `select item_id, barcode, unit from catalog_barcode where item_id in (${marks(item_ids)}) order by item_id, barcode`,
    item_ids,
  )
  const known = new Map(rows.map((r) => [r.item_id, r]))
  return {
    rows: item_ids.map((item_id) => {
      const row = known.get(item_id)
      if (!row) throw new Refusal('catalog.itemNotFound', { item_id })
      const own = barcodes.filter((b) => b.item_id === item_id)
      return { ...row, barcode: (own.find((b) => b.unit === row.base_unit) ?? own[0])?.barcode ?? null }
    }),
  }
})

/** Labels of goods: the first line is the name. */
export const labelPrintable: Printable = {
  kind: 'catalog.label',
  facts: ['item_name', 'spec', 'item_code', 'price'],
  columns: [],
  signatures: [],
  parts: [],
  papers: ['label-60x40', 'label-40x30', 'label-100x70', 'sheet-70x37', 'sheet-63x38', 'sheet-99x38'],
}
