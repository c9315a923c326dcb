import { defineModule, type ImportField } from '../../kernel/operation.ts'
import { importOnlineRetailHandler } from './import-online-retail.ts'

export type { DocumentKind, StagedItem, StagedLine, StagedRecord } from './staged-rows.ts'

const field = (key: string, header: string, form: ImportField['form'], is_required: boolean): ImportField => ({ key, form, is_required, headers: [header] })

/** The columns of the data set under the names its authors gave them. */
const fields: readonly ImportField[] = [
  field('invoice_no', 'InvoiceNo', 'text', true),
  field('stock_code', 'StockCode', 'text', true),
  field('description', 'Description', 'text', true),
  field('quantity', 'Quantity', 'quantity', true),
  field('invoice_date', 'InvoiceDate', 'day', true),
  field('unit_price', 'UnitPrice', 'price', true),
  field('customer_id', 'CustomerID', 'text', true),
  field('country', 'Country', 'text', true),
]

export const migrationModule = defineModule({
  name: 'migration',
  floor: 9,
  commands: [importOnlineRetailHandler],
  permissions: [{ name: 'migration.importOnlineRetail', grants: {} }],
  importers: [{ kind: 'online-retail', permission: 'migration.importOnlineRetail', command: 'migration.importOnlineRetail', fields }],
})
