import type { ImportField } from '../../kernel/operation.ts'
import { importField as field } from '../platform/index.ts'

const required = (f: ImportField): ImportField => ({ ...f, is_required: true })

/** What the row of a line says, of any document. */
const LINE_FIELDS: readonly ImportField[] = [
  required(field('item', ['商品编码', '货号', '商品', '存货编码', '物料编码', 'StockCode', 'SKU', 'Item', 'Product code', 'Item code'])),
  field('description', ['商品描述', '摘要', '说明', 'Description']),
  field('unit', ['单位', '计量单位', 'Unit']),
  required(field('quantity_e6', ['数量', 'Qty', 'Quantity'], 'quantity')),
  required(field('price_e4', ['单价', '含税单价', '价格', 'UnitPrice', 'Unit price', 'Price'], 'price')),
  field('discount_rate_e8', ['折扣率', '折扣', 'Discount', 'Discount rate'], 'rate'),
  field('tax_code', ['税码', '税收分类', 'Tax code']),
  field('note', ['备注', 'Remark', 'Note']),
]

/** The columns of a table of orders: one row a line; rows with the same number are one order. */
export const orderFields: readonly ImportField[] = [
  required(field('number', ['订单号', '客户单号', '单号', '单据编号', '单据号', '销售订单号', 'Order no', 'Order number', 'Customer reference', 'Reference', 'Number'])),
  field('day', ['日期', '订单日期', '单据日期', '下单日期', 'Order date', 'Date'], 'day'),
  field('customer', ['客户', '客户编码', '客户名称', '购货单位', 'Customer code', 'Customer name', 'Customer']),
  field('wanted_on', ['要货日期', '交货日期', 'Wanted on', 'Delivery date'], 'day'),
  field('ship_to', ['送货地址', '收货地址', 'Ship to', 'Delivery address']),
  ...LINE_FIELDS,
]

/** The columns of a table of invoices: one row a line; rows with the same number are one document. */
export const invoiceFields: readonly ImportField[] = [
  required(field('number', ['账单号', '单号', '单据编号', '单据号', '销售单号', '发票号', 'InvoiceNo', 'Invoice no', 'Number', 'Invoice number'])),
  required(field('day', ['日期', '单据日期', '开单日期', '销售日期', 'InvoiceDate', 'Invoice date', 'Date'], 'day')),
  field('customer', ['客户', '客户编码', '客户名称', '购货单位', 'CustomerID', 'Customer code', 'Customer name', 'Customer']),
  ...LINE_FIELDS,
]
