import { answer } from '../../kernel/operation.ts'
import { marks, type SqlValue } from '../../storage/db.ts'
import { extraConditions, extraOrder, firstRows, refsFound, searchRefs, withExtra } from '../platform/index.ts'
import { byBarcode, getItem, itemsByTexts, listCategories, listItems, searchItems } from './contract.ts'
import type { ItemRow } from './contract-forms.ts'
import { ITEM_KIND } from './create-item.ts'
import { itemRowsWhere, readItemDetail } from './item-rows.ts'

type Condition = { readonly sql: string; readonly params: readonly SqlValue[] }
const OWN_FIELDS = { target: 'catalog.item', column: 'i.extra' } as const
const sortColumns = { code: 'i.code', name: 'i.name', price_e4: 'i.price_e4' } as const

const joined = (conditions: readonly Condition[]): { where: string; params: SqlValue[] } => ({
  where: ['1 = 1', ...conditions.map((c) => c.sql)].join(' and '),
  params: conditions.flatMap((c) => c.params),
})

const inCategory = (category_id: string): Condition => ({
  sql: `i.category_id in (with recursive below (id) as (
          select id from catalog_category where id = ?
          union all select c.id from catalog_category c join below b on c.parent_id = b.id) select id from below)`,
  params: [category_id],
})

export const listItemsHandler = answer(listItems, async (ctx, { text, kind, category_id, is_active, fields, sort, direction, limit, offset }) => {
  const conditions: Condition[] = extraConditions(ctx, { ...OWN_FIELDS, filters: fields })
  if (kind !== undefined) conditions.push({ sql: 'i.kind = ?', params: [kind] })
  if (is_active !== undefined) conditions.push({ sql: 'i.is_active = ?', params: [is_active] })
  if (category_id !== undefined) conditions.push(inCategory(category_id))
  if (text !== '') conditions.push(await refsFound(ctx.db, { kind: ITEM_KIND, text, column: 'i.id' }))
  const { where, params } = joined(conditions)
  const total = await ctx.db.get<{ n: number }>(`select count(*) as n from catalog_item i where ${where}`, params)
  const by = extraOrder(ctx, { ...OWN_FIELDS, sort, direction }) ?? `${sortColumns[sort as keyof typeof sortColumns]} ${direction}`
  const rows = await itemRowsWhere(ctx.db, { where, params, order: `${by}, i.id`, page: { limit, offset } })
  return { rows: await withExtra(ctx, { target: 'catalog.item', rows, idOf: (row) => row.item_id }), total: total!.n }
})

export const getItemHandler = answer(getItem, async (ctx, { item_id }) => {
  const [item] = await withExtra(ctx, { target: 'catalog.item', rows: [await readItemDetail(ctx, item_id)], idOf: (row) => row.item_id })
  return item!
})

export const byBarcodeHandler = answer(byBarcode, async ({ db }, { barcode }) => {
  const named = await db.get<{ item_id: string; unit: string }>('select item_id, unit from catalog_barcode where barcode = ?', [barcode])
  if (!named) return { hit: null }
  const [row] = await itemRowsWhere(db, { where: 'i.id = ?', params: [named.item_id], order: 'i.id' })
  return { hit: { ...row!, unit: named.unit } }
})

export const itemsByTextsHandler = answer(itemsByTexts, async ({ db }, { texts }) => {
  const wanted = [...new Set(texts)]
  const barcodes = await db.all<{ text: string; item_id: string; unit: string }>(
    `select barcode as text, item_id, unit from catalog_barcode where barcode in (${marks(wanted)}) order by barcode`,
    wanted,
  )
  const where = `i.is_active = 1 and (i.id in (${marks(barcodes)}) or i.code in (${marks(wanted)}) or i.name in (${marks(wanted)}))`
  const rows = await itemRowsWhere(db, { where, params: [...barcodes.map((b) => b.item_id), ...wanted, ...wanted], order: 'i.id' })
  return {
    rows: wanted.flatMap((text) => {
      const scanned = barcodes.find((b) => b.text === text)
      const coded = rows.find((row) => row.item_id === scanned?.item_id) ?? rows.find((row) => row.code === text)
      const named = coded ? [coded] : rows.filter((row) => row.name === text)
      return named.length === 1 ? [{ ...named[0]!, text, unit: scanned?.unit ?? named[0]!.base_unit }] : []
    }),
  }
})

export const searchItemsHandler = answer(searchItems, async ({ db }, { text, kind, with_inactive, limit }) => {
  const scanned = await db.all<{ item_id: string }>('select item_id from catalog_barcode where barcode = ?', [text])
  const hits = await searchRefs(db, { kinds: [ITEM_KIND], text, limit: limit * 2 })
  const ids = [...new Set([...scanned.map((s) => s.item_id), ...hits.map((hit) => hit.ref_id)])]
  const wanted = [
    ...(kind === undefined ? [] : [{ sql: 'i.kind = ?', params: [kind] }]),
    ...(with_inactive === 1 ? [] : [{ sql: 'i.is_active = 1', params: [] }]),
  ]
  const read = async (portion: readonly string[]): Promise<Map<string, ItemRow>> => {
    const { where, params } = joined([{ sql: `i.id in (${marks(portion)})`, params: portion }, ...wanted])
    return new Map((await itemRowsWhere(db, { where, params, order: 'i.id' })).map((row) => [row.item_id, row]))
  }
  return { rows: await firstRows(ids, limit, read) }
})

export const listCategoriesHandler = answer(listCategories, async ({ db }) => ({
  rows: await db.all<{ category_id: string; name: string; code: string | null; parent_id: string | null; item_count: number }>(
    `select c.id as category_id, c.name, c.code, c.parent_id, (select count(*) from catalog_item i where i.category_id = c.id) as item_count
       from catalog_category c order by c.name, c.id`,
  ),
}))
