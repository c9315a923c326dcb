import { toBase } from '../../kernel/quantity.ts'
import { currencyOf, lineAmount } from '../../kernel/money.ts'
import { handle, type CommandCtx, type ImportField, type Staged } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { itemIdsByCode, itemsOf, type ItemInfo } from '../catalog/index.ts'
import { adjustStock } from './adjust-stock.ts'
import { importOpeningStock } from './contract.ts'
import { defaultWarehouseId, warehouseIdsByCode } from './places.ts'
import { openingReason } from './wording.ts'

const field = (key: string, headers: readonly string[], form: ImportField['form'] = 'text'): ImportField => ({
  key,
  form,
  is_required: false,
  headers,
})

/** The columns of a table of opening stock: the value of each row, or the cost of one unit. */
export const openingStockFields: readonly ImportField[] = [
  {
    ...field('item_code', ['商品编码', '编码', '商品编号', '编号', '货号', '存货编码', 'Item code', 'Code', 'SKU', 'StockCode', 'Product code']),
    is_required: true,
  },
  field('warehouse_code', ['仓库编码', '仓库', 'Warehouse', 'Warehouse code']),
  field('unit', ['单位', '计量单位', 'Unit', 'UOM']),
  {
    ...field('quantity_e6', ['数量', '期初数量', '库存数量', '结存数量', 'Quantity', 'Qty', 'Opening quantity', 'On hand'], 'quantity'),
    is_required: true,
  },
  field('cost_e4', ['单位成本', '成本单价', '成本价', '期初单价', 'Unit cost', 'Cost'], 'price'),
  field('value_minor', ['金额', '期初金额', '库存金额', '成本金额', 'Value', 'Amount', 'Opening value'], 'money'),
]

/** What is wrong with one row of the file; texts as `refusal.<reason_code>`. */
type Problem = { source_row: number; field: string; reason_code: string; details: Record<string, unknown> }
type Row = { readonly item_id: string; readonly warehouse_id: string; readonly quantity_e6: number; readonly value_minor: number }

/** Problems told; more than that are counted. */
const SHOWN = 100
/** Lines of one opening document. */
const LINES_A_DOCUMENT = 1000

/** Checks every row against items and warehouses, then posts opening stock by warehouse; one bad row and nothing is written. */
export const importOpeningStockHandler = handle(importOpeningStock, async (ctx, { staging_id, day }) => {
  const staged = await ctx.staged(staging_id)
  const { rows, problems } = await readRows(ctx, staged)
  if (problems.length > 0) throw new Refusal('inventory.importRejected', { count: problems.length, problems: problems.slice(0, SHOWN) })
  const adjustments: { adjustment_id: string; number: string; warehouse_id: string }[] = []
  let value_minor = 0
  let done = 0
  for (const [warehouse_id, list] of Map.groupBy(rows, (r) => r.warehouse_id)) {
    for (let from = 0; from < list.length; from += LINES_A_DOCUMENT) {
      const lines = list.slice(from, from + LINES_A_DOCUMENT)
      const reason = openingReason(ctx.company, staged.file_name)
      const posted = await adjustStock(ctx, { kind: 'opening', day: day ?? ctx.company.first_day, warehouse_id, reason, lines })
      adjustments.push({ adjustment_id: posted.adjustment_id, number: posted.number, warehouse_id })
      value_minor += posted.value_minor
      done += lines.length
      await ctx.breathe(done, rows.length)
    }
  }
  return { row_count: rows.length, value_minor, adjustments }
})

async function readRows(ctx: CommandCtx, staged: Staged): Promise<{ rows: Row[]; problems: Problem[] }> {
  const raw: { source_row: number; values: Record<string, unknown> }[] = []
  for await (const row of staged.rows()) raw.push(row)
  const ids = await itemIdsByCode(
    ctx,
    raw.map((r) => String(r.values['item_code'] ?? '')),
  )
  const items = await itemsOf(ctx, [...new Set(ids.values())])
  const books: Books = {
    items: new Map([...ids].map(([code, item_id]) => [code, items.get(item_id)!])),
    warehouses: await warehouseIdsByCode(ctx),
    main: await defaultWarehouseId(ctx),
    digits: currencyOf(ctx.company.currency)?.digits ?? 2,
  }
  const rows: Row[] = []
  const problems: Problem[] = []
  for (const { source_row, values } of raw) {
    const checked = rowOf(values, books)
    if ('item_id' in checked) rows.push(checked)
    else problems.push({ source_row, ...checked })
  }
  return { rows, problems }
}

type Books = {
  readonly items: ReadonlyMap<string, ItemInfo>
  readonly warehouses: ReadonlyMap<string, string>
  readonly main: string
  readonly digits: number
}

function rowOf(values: Record<string, unknown>, books: Books): Row | Omit<Problem, 'source_row'> {
  const problem = (name: string, reason_code: string, details: Record<string, unknown> = {}) => ({ field: name, reason_code, details })
  const item_code = String(values['item_code'] ?? '')
  const item = books.items.get(item_code)
  if (!item) return problem('item_code', 'inventory.itemUnknown', { item_code })
  if (item.kind !== 'stocked') return problem('item_code', 'inventory.itemNotStocked', { item_code, item_name: item.name })
  const warehouse_code = String(values['warehouse_code'] ?? '')
  const warehouse_id = warehouse_code === '' ? books.main : books.warehouses.get(warehouse_code)
  if (warehouse_id === undefined) return problem('warehouse_code', 'inventory.warehouseUnknown', { warehouse_code })
  const unit = String(values['unit'] ?? '') || item.base_unit
  const ratio = unit === item.base_unit ? { numerator: 1, denominator: 1 } : item.units.find((u) => u.name === unit)
  if (!ratio) return problem('unit', 'catalog.unitUnknown', { unit, code: item.code, name: item.name })
  const entered_e6 = Number(values['quantity_e6'] ?? 0)
  if (entered_e6 <= 0) return problem('quantity_e6', 'inventory.openingQuantityNeeded', { item_code })
  const quantity_e6 = toBase(entered_e6, ratio)
  if (quantity_e6 === undefined) return problem('quantity_e6', 'inventory.quantityNotExact', { item_code, item_name: item.name, unit })
  const value_minor = valueOf(values, { entered_e6, digits: books.digits })
  if (value_minor === undefined || value_minor < 0) return problem('value_minor', 'inventory.openingValueNeeded', { item_code })
  return { item_id: item.id, warehouse_id, quantity_e6, value_minor }
}

/** The row's value, or its unit cost (per unit entered) times the quantity. */
function valueOf(values: Record<string, unknown>, { entered_e6, digits }: { entered_e6: number; digits: number }): number | undefined {
  if (values['value_minor'] !== undefined && values['value_minor'] !== null) return Number(values['value_minor'])
  if (values['cost_e4'] === undefined || values['cost_e4'] === null) return undefined
  return lineAmount({ price_e4: Number(values['cost_e4']), quantity_e6: entered_e6, digits })
}
