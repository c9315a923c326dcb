import { z } from 'zod'
import { command, day, extraFilter, extraRefusals, extraRow, extraSort, flag, id, instant, line, name, page, positiveQuantity, query, rate } from '../../kernel/contract.ts'
import {
  barcodeForm,
  itemForm,
  itemKind,
  itemPatch,
  itemRow,
  ladderStep,
  priceListForm,
  taxCodeText,
  taxpayer,
  unitName,
} from './contract-forms.ts'

export * from './contract-categories.ts'
export * from './contract-floor.ts'

/** Said aloud but not refused: people do print barcodes of their own. */
const warning = z.object({ kind: z.literal('checkDigit'), barcode: z.string(), expected_digit: z.int() })

const itemRefusals = ['catalog.categoryNotFound', 'catalog.taxCodeUnknown', 'catalog.unitTwice', 'catalog.codeTaken'] as const

export const createItem = command({
  name: 'catalog.createItem',
  permission: 'catalog.write',
  input: itemForm,
  output: z.object({ item_id: id(), code: z.string(), warnings: z.array(warning) }),
  refusals: [...itemRefusals, ...extraRefusals, 'catalog.barcodeTaken', 'catalog.unitUnknown'],
})

/** Replaces the fields it names, leaves the others alone. Base unit, kind and costing of an item that has moved may be refused above. */
export const updateItem = command({
  name: 'catalog.updateItem',
  permission: 'catalog.write',
  input: itemPatch,
  output: z.object({ item_id: id(), code: z.string() }),
  refusals: [...itemRefusals, ...extraRefusals, 'catalog.itemNotFound', 'catalog.unitInUse'],
})

const itemIdOnly = {
  permission: 'catalog.write',
  input: z.strictObject({ item_id: id() }),
  output: z.object({ item_id: id() }),
} as const

export const deactivateItem = command({ name: 'catalog.deactivateItem', ...itemIdOnly, refusals: ['catalog.itemNotFound'] })
export const reactivateItem = command({ name: 'catalog.reactivateItem', ...itemIdOnly, refusals: ['catalog.itemNotFound'] })

/** Replaces all barcodes of an item. */
export const setBarcodes = command({
  name: 'catalog.setBarcodes',
  permission: 'catalog.write',
  input: z.strictObject({ item_id: id(), barcodes: z.array(barcodeForm).max(100) }),
  output: z.object({ item_id: id(), warnings: z.array(warning) }),
  refusals: ['catalog.itemNotFound', 'catalog.barcodeTaken', 'catalog.unitUnknown'],
})

export const createTaxCode = command({
  name: 'catalog.createTaxCode',
  permission: 'catalog.taxes',
  input: z.strictObject({ tax_code: taxCodeText(), name_zh: name(60), name_en: name(60) }),
  output: z.object({ tax_code: z.string() }),
  refusals: ['catalog.taxCodeTaken'],
})

export const updateTaxCode = command({
  name: 'catalog.updateTaxCode',
  permission: 'catalog.taxes',
  input: z.strictObject({
    tax_code: taxCodeText(),
    name_zh: name(60).optional(),
    name_en: name(60).optional(),
    is_active: flag().optional(),
  }),
  output: z.object({ tax_code: z.string() }),
  refusals: ['catalog.taxCodeUnknown'],
})

/** Sets the rate of a tax code from a day on. A row of the same day is replaced; documents keep the rate they were made with. */
export const setTaxRate = command({
  name: 'catalog.setTaxRate',
  permission: 'catalog.taxes',
  input: z.strictObject({
    tax_code: taxCodeText(),
    /** Left out: the company's own kind of taxpayer. */
    taxpayer: taxpayer.optional(),
    from_day: day(),
    /** The last day on which it applies; null: until the next row. */
    to_day: day().nullable().default(null),
    rate_e8: rate(),
    /** The statute or decision behind the rate. */
    source: line(300).nullable().default(null),
  }),
  output: z.object({ tax_code: z.string() }),
  refusals: ['catalog.taxCodeUnknown', 'catalog.daysReversed'],
})

export const removeTaxRate = command({
  name: 'catalog.removeTaxRate',
  permission: 'catalog.taxes',
  input: z.strictObject({ tax_code: taxCodeText(), taxpayer: taxpayer.optional(), from_day: day() }),
  output: z.object({ tax_code: z.string() }),
  refusals: ['catalog.taxRateUnknown'],
})

export const createPriceList = command({
  name: 'catalog.createPriceList',
  permission: 'catalog.prices',
  input: z.strictObject({
    ...priceListForm,
    level: priceListForm.level.default(null),
    from_day: priceListForm.from_day.default(null),
    to_day: priceListForm.to_day.default(null),
    priority: priceListForm.priority.default(0),
  }),
  output: z.object({ list_id: id() }),
  refusals: ['catalog.priceListTwice', 'catalog.daysReversed'],
})

export const updatePriceList = command({
  name: 'catalog.updatePriceList',
  permission: 'catalog.prices',
  input: z.strictObject(priceListForm).partial().extend({ list_id: id(), is_active: flag().optional() }),
  output: z.object({ list_id: id() }),
  refusals: ['catalog.priceListNotFound', 'catalog.priceListTwice', 'catalog.daysReversed'],
})

/** Replaces the prices of the items it names in one list; an empty `prices` takes the item off the list. */
export const setPrices = command({
  name: 'catalog.setPrices',
  permission: 'catalog.prices',
  input: z.strictObject({
    list_id: id(),
    items: z.array(z.strictObject({ item_id: id(), prices: z.array(ladderStep).max(50) })).min(1).max(1000),
  }),
  output: z.object({ list_id: id(), prices: z.int() }),
  refusals: ['catalog.priceListNotFound', 'catalog.itemNotFound', 'catalog.unitUnknown', 'catalog.priceTwice'],
})

/** Posts the rows of a checked file, all or none. */
export const importItems = command({
  name: 'catalog.importItems',
  permission: 'catalog.import',
  input: z.strictObject({ staging_id: name(100) }),
  output: z.object({ created: z.int(), sha256: z.string() }),
  refusals: ['catalog.importRejected'],
})

export const listItems = query({
  name: 'catalog.items',
  permission: 'catalog.read',
  input: z.strictObject({
    /** Part of a name, pinyin initials, code, specification or barcode. */
    text: line(100).default(''),
    kind: itemKind.optional(),
    /** This category and those below it. */
    category_id: id().optional(),
    is_active: flag().optional(),
    fields: extraFilter(),
    sort: z.union([z.enum(['code', 'name', 'price_e4']), extraSort()]).default('code'),
    direction: z.enum(['asc', 'desc']).default('asc'),
    ...page,
  }),
  output: z.object({ rows: z.array(itemRow.extend(extraRow('catalog.item'))), total: z.int() }),
  reads: ['catalog_item', 'catalog_unit', 'catalog_category', 'platform_search_doc'],
  refusals: ['platform.fieldUnknown', 'platform.fieldValueUnfit'],
  scope: 'shared',
})

export const getItem = query({
  name: 'catalog.item',
  permission: 'catalog.read',
  input: z.strictObject({ item_id: id() }),
  output: itemRow.extend({
    note: z.string().nullable(),
    ...extraRow('catalog.item'),
    created_at: instant(),
    barcodes: z.array(z.object({ barcode: z.string(), unit: z.string() })),
    prices: z.array(
      z.object({
        list_id: id(),
        list_name: z.string(),
        level: z.string().nullable(),
        unit: z.string(),
        min_quantity_e6: z.int(),
        price_e4: z.int(),
      }),
    ),
  }),
  reads: ['catalog_item', 'catalog_unit', 'catalog_category', 'catalog_barcode', 'catalog_price', 'catalog_price_list'],
  refusals: ['catalog.itemNotFound'],
  scope: 'shared',
})
export type ItemDetail = z.output<typeof getItem.output>

/** What the labels of items say, in the order asked for. */
export const listLabels = query({
  name: 'catalog.labels',
  permission: 'catalog.read',
  input: z.strictObject({ item_ids: z.array(id()).min(1).max(500) }),
  output: z.object({
    rows: z.array(
      z.object({
        item_id: id(), code: z.string(), name: z.string(), spec: z.string().nullable(), base_unit: z.string(), price_e4: z.int(),
        /** The one that names the base unit, or any. */
        barcode: z.string().nullable(),
      }),
    ),
  }),
  reads: ['catalog_item', 'catalog_barcode'],
  refusals: ['catalog.itemNotFound'],
  scope: 'shared',
})

/** What a scanner asks: the item and the unit that a barcode names, or null. */
export const byBarcode = query({
  name: 'catalog.byBarcode',
  permission: 'catalog.read',
  input: z.strictObject({ barcode: line(60) }),
  output: z.object({ hit: itemRow.extend({ unit: z.string() }).nullable() }),
  reads: ['catalog_barcode', 'catalog_item', 'catalog_unit', 'catalog_category'],
  scope: 'shared',
})

/** The items that texts name exactly, by barcode, code or name: what a pasted table means. A text that names none or several has no row. */
export const itemsByTexts = query({
  name: 'catalog.itemsByTexts',
  permission: 'catalog.read',
  input: z.strictObject({ texts: z.array(line(200)).max(500) }),
  output: z.object({ rows: z.array(itemRow.extend({ text: z.string(), unit: z.string() })) }),
  reads: ['catalog_barcode', 'catalog_item', 'catalog_unit', 'catalog_category'],
  scope: 'shared',
})

/** The quick search of pickers: an exact barcode or code first, then the best hits. */
export const searchItems = query({
  name: 'catalog.search',
  permission: 'catalog.read',
  input: z.strictObject({
    text: line(100),
    kind: itemKind.optional(),
    with_inactive: flag().default(0),
    limit: z.int().min(1).max(100).default(20),
  }),
  output: z.object({ rows: z.array(itemRow) }),
  reads: ['catalog_item', 'catalog_unit', 'catalog_category', 'catalog_barcode', 'platform_search_doc'],
  scope: 'shared',
})

const taxRateRow = z.object({
  taxpayer,
  from_day: day(),
  to_day: day().nullable(),
  rate_e8: z.int(),
  source: z.string().nullable(),
})

/** The tax codes with all their rates, and the one that holds for this company on a day. */
export const listTaxCodes = query({
  name: 'catalog.taxCodes',
  permission: 'catalog.read',
  input: z.strictObject({ day: day().optional() }),
  output: z.object({
    /** What an item without a tax code takes. */
    usual: z.string(),
    rows: z.array(
      z.object({
        tax_code: z.string(),
        name_zh: z.string(),
        name_en: z.string(),
        is_active: flag(),
        /** Null: no rate holds on that day. */
        rate_e8: z.int().nullable(),
        rates: z.array(taxRateRow),
      }),
    ),
  }),
  reads: ['catalog_tax_code', 'catalog_tax_rate', 'platform_company'],
  scope: 'shared',
})

const priceListRow = z.object({
  list_id: id(),
  name: z.string(),
  level: z.string().nullable(),
  from_day: day().nullable(),
  to_day: day().nullable(),
  priority: z.int(),
  is_active: flag(),
  item_count: z.int(),
})

export const listPriceLists = query({
  name: 'catalog.priceLists',
  permission: 'catalog.read',
  input: z.strictObject({}),
  output: z.object({ rows: z.array(priceListRow) }),
  reads: ['catalog_price_list', 'catalog_price'],
  scope: 'shared',
})

export const getPriceList = query({
  name: 'catalog.priceList',
  permission: 'catalog.read',
  input: z.strictObject({ list_id: id(), ...page }),
  output: priceListRow.extend({
    rows: z.array(
      z.object({
        item_id: id(),
        code: z.string(),
        item_name: z.string(),
        unit: z.string(),
        min_quantity_e6: z.int(),
        price_e4: z.int(),
      }),
    ),
    total: z.int(),
  }),
  reads: ['catalog_price_list', 'catalog_price', 'catalog_item'],
  refusals: ['catalog.priceListNotFound'],
  scope: 'shared',
})

/** The price of a quantity of an item for a level on a day, and where it comes from. */
export const priceFor = query({
  name: 'catalog.priceFor',
  permission: 'catalog.read',
  input: z.strictObject({
    item_id: id(),
    /** Left out: the base unit. */
    unit: unitName().optional(),
    quantity_e6: positiveQuantity().default(1_000_000),
    level: line(40).nullable().default(null),
    day: day().optional(),
  }),
  output: z.object({
    /** Null: nobody has set a price. */
    price_e4: z.int().nullable(),
    unit: z.string(),
    source: z.enum(['list', 'standard', 'none']),
    list_id: id().nullable(),
    list_name: z.string().nullable(),
  }),
  reads: ['catalog_item', 'catalog_unit', 'catalog_price_list', 'catalog_price'],
  refusals: ['catalog.itemNotFound', 'catalog.unitUnknown'],
  scope: 'shared',
})
