import { z } from 'zod'
import { day, extra, flag, id, line, name, positiveQuantity, quantity, text, unitPrice } from '../../kernel/contract.ts'

// The forms and rows that several operations of the catalogue share.

export const itemKind = z.enum(['stocked', 'service'])
const costing = z.enum(['average', 'fifo'])
export const taxpayer = z.enum(['small', 'general', 'none'])
export const unitName = () => name(20)
const barcodeText = () => z.string().trim().regex(/^[\x21-\x7e]{1,60}$/)
export const taxCodeText = () => z.string().regex(/^[A-Z][A-Z0-9_-]{0,19}$/)
const part = () => z.int().min(1).max(1_000_000_000)

/** 1 of this unit = numerator / denominator of the base unit, exactly: 1 箱 = 12/1 瓶. */
const unitForm = z.strictObject({ name: unitName(), numerator: part(), denominator: part().default(1) })
/** A barcode names an item in one of its units; without a unit, the base unit. */
export const barcodeForm = z.strictObject({ barcode: barcodeText(), unit: unitName().optional() })
export type UnitForm = z.output<typeof unitForm>
export type BarcodeForm = z.output<typeof barcodeForm>

const fields = {
  name: name(300),
  spec: line(200).nullable(),
  kind: itemKind,
  category_id: id().nullable(),
  base_unit: unitName(),
  /** Null: the company's usual tax code. */
  tax_code: taxCodeText().nullable(),
  costing,
  /** Standard price per base unit; 0: none. */
  price_e4: unitPrice(),
  /** Below this much of what is free, in the base unit, the item counts as low; 0: nobody watches. */
  minimum_e6: quantity().min(0),
  note: text(2000).nullable(),
  extra: extra('catalog.item').unwrap(),
  /** Further units besides the base unit. */
  units: z.array(unitForm).max(20),
}

/** What the code of an item can be made of besides text, year and month. */
export const itemCodeFacts = ['category', 'name'] as const

export const itemForm = z.strictObject({
  ...fields,
  /** Empty: taken from the number series. */
  code: line(60).nullable().default(null),
  spec: fields.spec.default(null),
  kind: fields.kind.default('stocked'),
  category_id: fields.category_id.default(null),
  tax_code: fields.tax_code.default(null),
  costing: fields.costing.default('average'),
  price_e4: fields.price_e4.default(0),
  minimum_e6: fields.minimum_e6.default(0),
  note: fields.note.default(null),
  extra: extra('catalog.item'),
  units: fields.units.default([]),
  barcodes: z.array(barcodeForm).max(100).default([]),
})
export type ItemForm = z.output<typeof itemForm>

export const itemPatch = z.strictObject(fields).partial().extend({ item_id: id(), code: name(60).optional() })

export const itemRow = z.object({
  item_id: id(),
  code: z.string(),
  name: z.string(),
  spec: z.string().nullable(),
  kind: itemKind,
  category_id: id().nullable(),
  category_name: z.string().nullable(),
  base_unit: z.string(),
  tax_code: z.string().nullable(),
  costing,
  price_e4: z.int(),
  minimum_e6: z.int(),
  is_active: flag(),
  units: z.array(z.object({ name: z.string(), numerator: z.int(), denominator: z.int() })),
})
export type ItemRow = z.output<typeof itemRow>

export const priceListForm = {
  name: name(100),
  /** The customers' price level it is for; null: everybody. */
  level: line(40).nullable(),
  from_day: day().nullable(),
  to_day: day().nullable(),
  /** The higher wins where several lists have a price. */
  priority: z.int().min(-1000).max(1000),
}

export const ladderStep = z.strictObject({
  /** Left out: the base unit. */
  unit: unitName().optional(),
  /** The price applies from this quantity (in `unit`, millionths) on; 0: from the first. */
  min_quantity_e6: z.union([z.literal(0), positiveQuantity()]).default(0),
  price_e4: unitPrice(),
})
