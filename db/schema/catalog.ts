import { check, foreignKey, index, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { sql } from 'drizzle-orm'
import { count, day, e4, e6, e8, extra, flag, id, instant, oneOf, optional, ref, schema, txt } from './columns.ts'

export const category = sqliteTable(
  'catalog_category',
  {
    id: id(),
    name: txt(),
    /** What stands for it in codes of items; empty: the initials of its name. */
    code: optional(),
    parent_id: ref(),
  },
  (t) => [foreignKey({ columns: [t.parent_id], foreignColumns: [t.id] }), index('category_parent').on(t.parent_id), index('category_name').on(t.name)],
)

/** A kind of supply for tax; its rates are dated and depend on the taxpayer type. */
export const taxCode = sqliteTable('catalog_tax_code', { code: text().primaryKey().notNull(), name_zh: txt(), name_en: txt(), is_active: flag() })

export const taxRate = sqliteTable(
  'catalog_tax_rate',
  {
    tax_code: ref().notNull().references(() => taxCode.code),
    taxpayer: txt(),
    from_day: day().notNull(),
    /** The last day on which it applies; empty: until the next row. */
    to_day: day(),
    rate_e8: e8(),
    /** The statute or decision behind the rate. */
    source: optional(),
  },
  (t) => [
    primaryKey({ columns: [t.tax_code, t.taxpayer, t.from_day] }),
    check('tax_rate_taxpayer', oneOf(t.taxpayer, ['small', 'general', 'none'])),
  ],
)

export const item = sqliteTable(
  'catalog_item',
  {
    id: id(),
    code: txt(),
    name: txt(),
    spec: optional(),
    kind: txt(),
    category_id: ref().references(() => category.id),
    /** The smallest unit: stock is held in it. */
    base_unit: txt(),
    tax_code: ref().references(() => taxCode.code),
    costing: txt(),
    /** Standard price per base unit, before any price list. */
    price_e4: e4(),
    /** Below this price per base unit somebody must agree, in the company's kind of price; 0: none. */
    floor_price_e4: e4(),
    /** Below this much of what is free (base unit) it is time to buy or make more; 0: nobody watches. */
    minimum_e6: e6(),
    is_active: flag(),
    note: optional(),
    extra: extra(),
    created_at: instant().notNull(),
  },
  (t) => [
    check('item_kind', oneOf(t.kind, ['stocked', 'service'])),
    check('item_costing', oneOf(t.costing, ['average', 'fifo'])),
    uniqueIndex('item_code').on(t.code),
    index('item_name').on(t.name),
    index('item_category').on(t.category_id),
    index('item_tax_code').on(t.tax_code),
    index('item_floor').on(t.floor_price_e4).where(sql`floor_price_e4 > 0`),
  ],
)

/** Further units of an item: 1 of this unit = numerator / denominator of the base unit, exactly. */
export const unit = sqliteTable(
  'catalog_unit',
  { item_id: ref().notNull().references(() => item.id), name: txt(), numerator: count(), denominator: count() },
  (t) => [primaryKey({ columns: [t.item_id, t.name] })],
)

export const barcode = sqliteTable(
  'catalog_barcode',
  { barcode: text().primaryKey().notNull(), item_id: ref().notNull().references(() => item.id), unit: txt() },
  (t) => [index('barcode_item').on(t.item_id)],
)

export const priceList = sqliteTable(
  'catalog_price_list',
  {
    id: id(),
    name: txt(),
    /** The customers' price level it is for; empty: everybody. */
    level: optional(),
    from_day: day(),
    to_day: day(),
    /** The higher wins where several lists apply. */
    priority: count(),
    is_active: flag(),
  },
  (t) => [uniqueIndex('price_list_name').on(t.name), index('price_list_level').on(t.level)],
)

export const price = sqliteTable(
  'catalog_price',
  {
    list_id: ref().notNull().references(() => priceList.id),
    item_id: ref().notNull().references(() => item.id),
    unit: txt(),
    /** The price applies from this quantity (in `unit`, millionths) on. */
    min_quantity_e6: e6(),
    price_e4: e4(),
  },
  (t) => [primaryKey({ columns: [t.list_id, t.item_id, t.unit, t.min_quantity_e6] }), index('price_item').on(t.item_id)],
)

export const catalogSchema = schema({
  module: 'catalog',
  tables: [category, taxCode, taxRate, item, unit, barcode, priceList, price],
  guards: [{ table: item, never: ['delete'], code: 'catalog.itemIsPermanent' }],
  unlogged: [],
  bornWithParent: [],
  reference: [taxRate, item, unit],
  clustered: [taxCode, taxRate, unit, barcode, price],
})
