import { z } from 'zod'
import { amount, command, day, flag, id, line, money, name, positiveQuantity, quantity } from '../../kernel/contract.ts'
import { event } from '../../kernel/operation.ts'
import { adjustmentKinds, warehousePolicies } from './contract-words.ts'

export * from './contract-queries.ts'
export * from './contract-words.ts'

// Words: move (not transaction), pool (the company's whole stock of one item, for costing), plan (a promised or expected movement).

/** What went through although it should be looked at: stock below zero where the policy allows it, or a cost nobody knows yet. */
export const stockWarning = z.strictObject({
  code: z.enum(['inventory.stockBelowZero', 'inventory.reservationTaken', 'inventory.costUnknown']),
  item_id: id(),
  item_code: z.string(),
  item_name: z.string(),
  unit: z.string(),
  wanted_e6: quantity(),
  available_e6: quantity(),
  day: day(),
})
export type StockWarning = z.output<typeof stockWarning>

// Events for the upper floors.

/** The cost of earlier moves changed by value-only adjustments; each is posted between inventory and that move's counter account. */
export const costAdjusted = event<{
  readonly adjustments: readonly {
    readonly corrected_seq: number
    readonly item_id: string
    /**
     * 'out': goods left and a positive delta means that they cost more; 'in': goods came back and a positive delta means that they
     * brought more.
     */
    readonly direction: 'in' | 'out'
    readonly delta_minor: number
    readonly day: string
    readonly source_kind: string
    readonly source_id: string
    readonly source_line_no: number
    readonly counter_account_id: string
  }[]
}>('inventory.costAdjusted')

/** Goods came into a location of a warehouse. */
export const stockArrived = event<{
  readonly day: string
  readonly arrivals: readonly { readonly item_id: string; readonly location_id: string; readonly quantity_e6: number }[]
}>('inventory.stockArrived')

// Refusals that any posting of goods may meet, in this module and above it.
export const movingRefusals = [
  'inventory.notEnoughStock',
  'inventory.itemNotStocked',
  'inventory.quantityNotExact',
  'inventory.warehouseNotFound',
  'inventory.warehouseInactive',
  'inventory.moreThanOriginal',
  'inventory.beforeOriginal',
  'accounting.periodLocked',
  'catalog.itemNotFound',
  'catalog.unitUnknown',
] as const

// Warehouses and locations.

export const createWarehouse = command({
  name: 'inventory.createWarehouse',
  permission: 'inventory.configure',
  input: z.strictObject({ code: name(20), name: name(80), negative_stock: z.enum(warehousePolicies).default('inherit') }),
  output: z.strictObject({ warehouse_id: id(), location_id: id() }),
  refusals: ['inventory.warehouseCodeTaken', 'inventory.locationCodeTaken'],
})

export const updateWarehouse = command({
  name: 'inventory.updateWarehouse',
  permission: 'inventory.configure',
  input: z.strictObject({
    warehouse_id: id(),
    code: name(20).optional(),
    name: name(80).optional(),
    negative_stock: z.enum(warehousePolicies).optional(),
    /** 1 makes it the default; the former default steps back. */
    is_default: z.literal(1).optional(),
    is_active: flag().optional(),
  }),
  output: z.strictObject({ warehouse_id: id() }),
  refusals: [
    'inventory.warehouseNotFound',
    'inventory.warehouseCodeTaken',
    'inventory.defaultWarehouseStays',
    'inventory.warehouseInactive',
    'inventory.warehouseHoldsStock',
  ],
})

export const createLocation = command({
  name: 'inventory.createLocation',
  permission: 'inventory.configure',
  input: z.strictObject({ warehouse_id: id(), code: name(20), name: name(80) }),
  output: z.strictObject({ location_id: id() }),
  refusals: ['inventory.warehouseNotFound', 'inventory.locationCodeTaken'],
})

// Adjustments and transfers.

const adjustmentLineInput = z.strictObject({
  item_id: id(),
  /** Defaults to the item's base unit. */
  unit: name(20).optional(),
  /** In that unit, signed: found is positive, written off negative. */
  quantity_e6: quantity(),
  /** What the goods are worth, for opening stock and for found goods of known value; otherwise the current cost is taken. */
  value_minor: amount().optional(),
  note: line(200).optional(),
})

export const postAdjustment = command({
  name: 'inventory.postAdjustment',
  permission: 'inventory.adjust',
  input: z
    .strictObject({
      kind: z.enum(adjustmentKinds).default('adjustment'),
      day: day(),
      /** Defaults to the default warehouse. */
      warehouse_id: id().optional(),
      reason: name(200),
      reference: line(80).optional(),
      lines: z.array(adjustmentLineInput).min(1).max(2000),
    })
    .superRefine((input, ctx) => {
      if (input.kind === 'memo') return
      input.lines.forEach((l, i) => {
        if (l.quantity_e6 === 0) ctx.addIssue({ code: 'custom', path: ['lines', i, 'quantity_e6'], message: 'a quantity is needed' })
        if (l.quantity_e6 < 0 && (input.kind === 'opening' || l.value_minor !== undefined)) {
          const path = ['lines', i, input.kind === 'opening' ? 'quantity_e6' : 'value_minor']
          ctx.addIssue({ code: 'custom', path, message: 'goods that leave take their own cost' })
        }
        if (input.kind === 'opening' && l.value_minor === undefined) {
          ctx.addIssue({ code: 'custom', path: ['lines', i, 'value_minor'], message: 'opening stock needs its value' })
        }
      })
    }),
  output: z.strictObject({
    adjustment_id: id(),
    number: z.string(),
    entry_id: id().nullable(),
    value_minor: money(),
    warnings: z.array(stockWarning),
  }),
  refusals: [...movingRefusals, 'inventory.openingIsClosed'],
})

export const reverseAdjustment = command({
  name: 'inventory.reverseAdjustment',
  permission: 'inventory.adjust',
  input: z.strictObject({ adjustment_id: id(), day: day(), reason: name(200) }),
  output: z.strictObject({ adjustment_id: id(), number: z.string(), entry_id: id().nullable(), warnings: z.array(stockWarning) }),
  refusals: [
    ...movingRefusals,
    'inventory.openingIsClosed',
    'inventory.adjustmentNotFound',
    'inventory.adjustmentAlreadyReversed',
    'inventory.adjustmentIsReversal',
  ],
})

export const transfer = command({
  name: 'inventory.transfer',
  permission: 'inventory.transfer',
  input: z.strictObject({
    day: day(),
    from_location_id: id(),
    to_location_id: id(),
    note: line(200).optional(),
    lines: z
      .array(z.strictObject({ item_id: id(), unit: name(20).optional(), quantity_e6: positiveQuantity() }))
      .min(1)
      .max(2000),
  }),
  output: z.strictObject({ transfer_id: id(), number: z.string(), warnings: z.array(stockWarning) }),
  refusals: [...movingRefusals, 'inventory.locationNotFound', 'inventory.sameLocation'],
})

export const importOpeningStock = command({
  name: 'inventory.importOpeningStock',
  permission: 'inventory.importOpeningStock',
  input: z.strictObject({
    staging_id: z.string().min(1).max(100),
    /** Defaults to the first day of the books. */
    day: day().optional(),
  }),
  output: z.strictObject({
    row_count: z.int(),
    value_minor: money(),
    adjustments: z.array(z.strictObject({ adjustment_id: id(), number: z.string(), warehouse_id: id() })),
  }),
  refusals: [...movingRefusals, 'inventory.openingIsClosed', 'inventory.importRejected'],
})
