import { z } from 'zod'
import { day, flag, id, instant, line, money, page, positiveQuantity, quantity, query } from '../../kernel/contract.ts'
import { adjustmentKinds, locationKinds, warehousePolicies } from './contract-words.ts'

// Queries.

const unitRow = z.strictObject({ name: z.string(), numerator: z.int(), denominator: z.int() })
const itemHead = {
  item_id: id(),
  item_code: z.string(),
  item_name: z.string(),
  spec: z.string().nullable(),
  base_unit: z.string(),
  /** Larger and smaller units, for amounts such as 3箱5瓶. */
  units: z.array(unitRow),
}
const levels = { on_hand_e6: quantity(), reserved_e6: quantity(), incoming_e6: quantity(), available_e6: quantity() }

export const stock = query({
  name: 'inventory.stock',
  permission: 'inventory.read',
  input: z.strictObject({
    ...page,
    search: line(80).optional(),
    warehouse_id: id().optional(),
    category_id: id().optional(),
    /**
     * all: every stocked item; moved: with any stock, reservation or arrival; available, short (promised more than there is), low (less
     * free than the item's minimum), negative (in any one place), slow (there, and neither came nor left for 90 days).
     */
    show: z.enum(['all', 'moved', 'available', 'short', 'low', 'negative', 'slow']).default('moved'),
    sort: z.enum(['code', 'name', 'on_hand', 'available', 'value']).default('code'),
    descending: flag().default(0),
  }),
  output: z.strictObject({
    total: z.int(),
    /** Of all rows found, not only of this page; empty without the right to see costs. */
    total_value_minor: money().nullable(),
    rows: z.array(
      z.strictObject({
        ...itemHead,
        ...levels,
        costing: z.enum(['average', 'fifo']),
        is_active: flag(),
        /** Without the right to see costs: empty. For one warehouse: its share of the company's pool by quantity. */
        value_minor: money().nullable(),
      }),
    ),
  }),
  reads: ['inventory_stock', 'inventory_plan', 'inventory_pool', 'inventory_move', 'catalog_item', 'catalog_unit'],
  scope: 'shared',
})

export const availability = query({
  name: 'inventory.availability',
  permission: 'inventory.read',
  input: z.strictObject({ item_ids: z.array(id()).min(1).max(500), warehouse_id: id().optional() }),
  output: z.strictObject({
    rows: z.array(
      z.strictObject({
        item_id: id(),
        ...levels,
        /** The next arrivals that are planned, earliest first. */
        arrivals: z.array(z.strictObject({ due_on: day(), quantity_e6: quantity() })),
      }),
    ),
  }),
  reads: ['inventory_stock', 'inventory_plan'],
  scope: 'shared',
})

export const promise = query({
  name: 'inventory.promise',
  permission: 'inventory.read',
  input: z.strictObject({
    warehouse_id: id().optional(),
    lines: z
      .array(z.strictObject({ item_id: id(), quantity_e6: positiveQuantity() }))
      .min(1)
      .max(500),
  }),
  output: z.strictObject({ lines: z.array(z.strictObject({ item_id: id(), available_e6: quantity(), promised_on: day().nullable() })) }),
  reads: ['inventory_stock', 'inventory_plan'],
  scope: 'shared',
})

export const itemLedger = query({
  name: 'inventory.itemLedger',
  permission: 'inventory.readCosts',
  input: z.strictObject({ ...page, item_id: id(), warehouse_id: id().optional(), from: day().optional(), to: day().optional() }),
  output: z.strictObject({
    item: z.strictObject({ ...itemHead, costing: z.enum(['average', 'fifo']) }),
    opening: z.strictObject({ quantity_e6: quantity(), value_minor: money() }),
    closing: z.strictObject({ quantity_e6: quantity(), value_minor: money() }),
    total: z.int(),
    rows: z.array(
      z.strictObject({
        seq: z.int(),
        day: day(),
        kind: z.enum(['in', 'out', 'transfer', 'adjustment']),
        from_location_name: z.string(),
        to_location_name: z.string(),
        from_kind: z.enum(locationKinds),
        to_kind: z.enum(locationKinds),
        /** Signed by what it did to the stock in view; an adjustment has none. */
        quantity_e6: quantity(),
        /** What it did to the company's pool: the frozen value of the move, or the delta of an adjustment. Costs know no warehouses. */
        value_minor: money(),
        /** What later adjustments did to this move's value, signed likewise. */
        adjusted_minor: money(),
        /** Of the stock in view. */
        running_quantity_e6: quantity(),
        /** Of the company's pool. */
        running_value_minor: money(),
        /** The move that this adjustment corrects, or the move that this one gives back. */
        original_seq: z.int().nullable(),
        source_kind: z.string(),
        source_id: id(),
        source_number: z.string().nullable(),
        entry_id: id().nullable(),
        entry_word: z.string().nullable(),
        entry_number: z.int().nullable(),
        posted_at: instant(),
      }),
    ),
  }),
  reads: ['inventory_move', 'accounting_entry'],
  refusals: ['catalog.itemNotFound'],
  scope: 'shared',
})

export const valuation = query({
  name: 'inventory.valuation',
  permission: 'inventory.readCosts',
  input: z.strictObject({ ...page, as_of: day().optional(), search: line(80).optional() }),
  output: z.strictObject({
    as_of: day().nullable(),
    total: z.int(),
    total_value_minor: money(),
    rows: z.array(z.strictObject({ ...itemHead, quantity_e6: quantity(), value_minor: money() })),
  }),
  reads: ['inventory_pool', 'inventory_move', 'catalog_item'],
  scope: 'shared',
  long: true,
})

export const negative = query({
  name: 'inventory.negative',
  permission: 'inventory.read',
  input: z.strictObject({ ...page }),
  output: z.strictObject({
    total: z.int(),
    rows: z.array(
      z.strictObject({
        ...itemHead,
        warehouse_id: id(),
        warehouse_name: z.string(),
        location_name: z.string(),
        on_hand_e6: quantity(),
        /** 1: nothing was ever received at a known cost, so the goods that left count 0 until a receipt comes. */
        is_cost_unknown: flag(),
      }),
    ),
  }),
  reads: ['inventory_stock', 'inventory_pool'],
  scope: 'shared',
})

export const plans = query({
  name: 'inventory.plans',
  permission: 'inventory.read',
  input: z.strictObject({
    ...page,
    item_id: id().optional(),
    source_kind: line(60).optional(),
    source_id: id().optional(),
    direction: z.enum(['in', 'out']).optional(),
  }),
  output: z.strictObject({
    total: z.int(),
    rows: z.array(
      z.strictObject({
        plan_id: id(),
        direction: z.enum(['in', 'out']),
        item_id: id(),
        item_code: z.string(),
        item_name: z.string(),
        base_unit: z.string(),
        warehouse_name: z.string(),
        quantity_e6: quantity(),
        reserved_e6: quantity(),
        due_on: day(),
        source_kind: z.string(),
        /** Empty where the asker may not see the document. */
        source_id: id().nullable(),
        source_line_no: z.int(),
      }),
    ),
  }),
  reads: ['inventory_plan'],
  scope: 'shared',
})

const locationRow = z.strictObject({ location_id: id(), code: z.string(), name: z.string(), is_default: flag(), is_active: flag() })

export const warehouses = query({
  name: 'inventory.warehouses',
  permission: 'inventory.read',
  input: z.strictObject({ show: z.enum(['active', 'all']).default('active') }),
  output: z.strictObject({
    rows: z.array(
      z.strictObject({
        warehouse_id: id(),
        code: z.string(),
        name: z.string(),
        negative_stock: z.enum(warehousePolicies),
        is_default: flag(),
        is_active: flag(),
        locations: z.array(locationRow),
      }),
    ),
  }),
  reads: ['inventory_warehouse', 'inventory_location'],
  scope: 'shared',
})

const adjustmentHead = {
  adjustment_id: id(),
  number: z.string(),
  kind: z.enum(adjustmentKinds),
  day: day(),
  warehouse_id: id(),
  warehouse_name: z.string(),
  reason: z.string(),
  reference: z.string().nullable(),
  reverses_id: id().nullable(),
  reversed_by_id: id().nullable(),
  entry_id: id().nullable(),
  created_by_name: z.string().nullable(),
  created_at: instant(),
}

export const adjustments = query({
  name: 'inventory.adjustments',
  permission: 'inventory.read',
  input: z.strictObject({
    ...page,
    kind: z.enum(adjustmentKinds).optional(),
    warehouse_id: id().optional(),
    from: day().optional(),
    to: day().optional(),
    search: line(80).optional(),
  }),
  output: z.strictObject({
    total: z.int(),
    /** What all of them come to; null without the permission to see costs. */
    total_value_minor: money().nullable(),
    rows: z.array(z.strictObject({ ...adjustmentHead, line_count: z.int(), value_minor: money().nullable() })),
  }),
  reads: ['inventory_adjustment', 'inventory_adjustment_line'],
  scope: 'shared',
})

export const adjustment = query({
  name: 'inventory.adjustment',
  permission: 'inventory.read',
  input: z.strictObject({ adjustment_id: id() }),
  output: z.strictObject({
    ...adjustmentHead,
    entry_word: z.string().nullable(),
    entry_number: z.int().nullable(),
    lines: z.array(
      z.strictObject({
        line_no: z.int(),
        ...itemHead,
        quantity_e6: quantity(),
        value_minor: money().nullable(),
        note: z.string().nullable(),
      }),
    ),
  }),
  reads: ['inventory_adjustment', 'inventory_adjustment_line', 'inventory_move'],
  refusals: ['inventory.adjustmentNotFound'],
  scope: 'shared',
})

export const transfers = query({
  name: 'inventory.transfers',
  permission: 'inventory.read',
  input: z.strictObject({ ...page, item_id: id().optional(), from: day().optional(), to: day().optional() }),
  output: z.strictObject({
    total: z.int(),
    rows: z.array(
      z.strictObject({
        transfer_id: id(),
        number: z.string(),
        day: day(),
        from_location_name: z.string(),
        to_location_name: z.string(),
        note: z.string().nullable(),
        created_by_name: z.string().nullable(),
        created_at: instant(),
        lines: z.array(
          z.strictObject({ item_id: id(), item_code: z.string(), item_name: z.string(), base_unit: z.string(), quantity_e6: quantity() }),
        ),
      }),
    ),
  }),
  reads: ['inventory_transfer', 'inventory_move'],
  scope: 'shared',
})
