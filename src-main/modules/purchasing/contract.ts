import { z } from 'zod'
import {
  amount,
  command,
  day,
  extra,
  extraFilter,
  extraRefusals,
  extraRow,
  extraSort,
  flag,
  id,
  instant,
  line,
  money,
  name,
  page,
  positiveQuantity,
  quantity,
  query,
  rate,
  text,
  unitPrice,
} from '../../kernel/contract.ts'

// Words: bill (goods received together with the supplier's bill), late cost (freight, duty and the like that makes its goods dearer).

export const billKinds = ['bill', 'late_cost', 'reversal'] as const

const stockRefusals = [
  'inventory.notEnoughStock',
  'inventory.itemNotStocked',
  'inventory.quantityNotExact',
  'inventory.warehouseNotFound',
  'inventory.warehouseInactive',
] as const
const postingRefusals = [
  'accounting.periodLocked',
  'accounting.roleNotMapped',
  'parties.partyNotFound',
  'purchasing.partyNotSupplier',
] as const

const goods = { item_id: id(), item_code: z.string(), item_name: z.string(), unit: z.string() }
/** What inventory let through and says aloud. */
const warning = z.strictObject({ code: z.string(), ...goods, wanted_e6: quantity(), available_e6: quantity(), day: day() })
const posted = z.strictObject({
  bill_id: id(),
  number: z.string(),
  /** Empty where nothing had a price. */
  entry_id: id().nullable(),
  open_item_id: id().nullable(),
  net_minor: money(),
  tax_minor: money(),
  gross_minor: money(),
  /** What went into stock and expense: net where the tax is recoverable, gross elsewhere. */
  cost_minor: money(),
  due_on: day(),
  warnings: z.array(warning),
})

export const postBill = command({
  name: 'purchasing.postBill',
  permission: 'purchasing.post',
  input: z.strictObject({
    party_id: id(),
    day: day(),
    /** Defaults to the day and the supplier's terms. */
    due_on: day().optional(),
    /** Defaults to the default warehouse. */
    warehouse_id: id().optional(),
    /** The number on the supplier's bill. */
    supplier_reference: line(80).optional(),
    /** Defaults to the company's way. */
    prices_include_tax: flag().optional(),
    note: text(1000).optional(),
    extra: extra('purchasing.bill'),
    lines: z
      .array(
        z.strictObject({
          item_id: id(),
          description: line(200).optional(),
          /** Defaults to the base unit. */
          unit: name(20).optional(),
          quantity_e6: positiveQuantity(),
          /** Per unit entered. */
          price_e4: unitPrice(),
          /** Defaults to the item's. */
          tax_code: name(40).optional(),
          /** What the supplier's bill says, where it differs from the tax code's rate. */
          tax_rate_e8: rate().optional(),
        }),
      )
      .min(1)
      .max(2000),
  }),
  output: posted,
  refusals: [
    ...stockRefusals,
    ...postingRefusals,
    'catalog.itemNotFound',
    'catalog.unitUnknown',
    'catalog.taxRateUnknown',
    ...extraRefusals,
    'purchasing.dueBeforeDay',
    'purchasing.amountTooLarge',
  ],
})

export const postLateCost = command({
  name: 'purchasing.postLateCost',
  permission: 'purchasing.post',
  input: z.strictObject({
    /** The bill whose goods become dearer. */
    bill_id: id(),
    /** Who is owed: the carrier, customs, or the supplier. */
    party_id: id(),
    day: day(),
    due_on: day().optional(),
    supplier_reference: line(80).optional(),
    note: text(1000).optional(),
    /** The whole amount, tax included. */
    gross_minor: amount().min(1),
    tax_minor: amount().default(0),
  }),
  output: posted,
  refusals: [
    ...postingRefusals,
    'purchasing.billNotFound',
    'purchasing.billIsReversed',
    'purchasing.notAReceipt',
    'purchasing.nothingCarriesCost',
    'purchasing.lateCostBeforeBill',
    'purchasing.taxAboveGross',
    'purchasing.dueBeforeDay',
  ],
})

export const reverseBill = command({
  name: 'purchasing.reverseBill',
  permission: 'purchasing.reverse',
  input: z.strictObject({ bill_id: id(), day: day(), reason: name(200) }),
  output: posted,
  refusals: [
    'inventory.notEnoughStock',
    'inventory.moreThanOriginal',
    'inventory.costBelowZero',
    'accounting.periodLocked',
    'accounting.allocationTooEarly',
    'purchasing.billNotFound',
    'purchasing.billIsReversed',
    'purchasing.billIsReversal',
    'purchasing.lateCostsStand',
    'purchasing.reversalTooEarly',
  ],
})

const head = {
  bill_id: id(),
  number: z.string(),
  kind: z.enum(billKinds),
  party_id: id(),
  party_name: z.string(),
  supplier_reference: z.string().nullable(),
  warehouse_id: id(),
  warehouse_name: z.string(),
  day: day(),
  due_on: day(),
  currency: z.string(),
  net_minor: money(),
  tax_minor: money(),
  gross_minor: money(),
  /** What is still to pay; negative: a credit not yet used. */
  open_minor: money(),
  reverses_id: id().nullable(),
  reversed_by_id: id().nullable(),
  late_cost_of_id: id().nullable(),
  entry_id: id().nullable(),
  ...extraRow('purchasing.bill'),
}

export const bills = query({
  name: 'purchasing.bills',
  permission: 'purchasing.read',
  input: z.strictObject({
    ...page,
    party_id: id().optional(),
    item_id: id().optional(),
    kind: z.enum(billKinds).optional(),
    from: day().optional(),
    to: day().optional(),
    /** open: with something to pay; overdue: past its day. */
    show: z.enum(['all', 'open', 'overdue']).default('all'),
    /** Part of a number, of the supplier's number, or of the supplier's name. */
    search: line(80).optional(),
    fields: extraFilter(),
    sort: z.union([z.enum(['day']), extraSort()]).default('day'),
    direction: z.enum(['asc', 'desc']).default('desc'),
  }),
  output: z.strictObject({ total: z.int(), total_gross_minor: money(), total_open_minor: money(), rows: z.array(z.strictObject(head)) }),
  reads: ['purchasing_bill', 'accounting_open_item', 'parties_party', 'parties_assignment'],
  refusals: ['platform.fieldUnknown', 'platform.fieldValueUnfit'],
  scope: 'rows',
})

export const bill = query({
  name: 'purchasing.bill',
  permission: 'purchasing.read',
  input: z.strictObject({ bill_id: id() }),
  output: z.strictObject({
    ...head,
    /** Name and tax data of the supplier as they were: JSON. */
    party_snapshot: z.string(),
    prices_include_tax: flag(),
    note: z.string().nullable(),
    open_item_id: id().nullable(),
    entry_word: z.string().nullable(),
    entry_number: z.int().nullable(),
    created_by_name: z.string().nullable(),
    created_at: instant(),
    lines: z.array(
      z.strictObject({
        line_no: z.int(),
        item_id: id(),
        item_code: z.string(),
        item_name: z.string(),
        base_unit: z.string(),
        description: z.string().nullable(),
        unit: z.string(),
        unit_numerator: z.int(),
        unit_denominator: z.int(),
        quantity_e6: quantity(),
        base_quantity_e6: quantity(),
        price_e4: unitPrice(),
        tax_code: z.string().nullable(),
        tax_rate_e8: rate(),
        net_minor: money(),
        tax_minor: money(),
        gross_minor: money(),
        cost_minor: money(),
        /** What late costs added to this line's goods since. */
        late_cost_minor: money(),
      }),
    ),
    /** The late costs on this bill, reversed ones included. */
    late_costs: z.array(
      z.strictObject({
        bill_id: id(),
        number: z.string(),
        kind: z.enum(billKinds),
        day: day(),
        party_name: z.string(),
        gross_minor: money(),
        reversed_by_id: id().nullable(),
      }),
    ),
  }),
  reads: ['purchasing_bill', 'purchasing_bill_line', 'accounting_open_item', 'parties_party', 'parties_assignment'],
  refusals: ['purchasing.billNotFound'],
  scope: 'rows',
})
