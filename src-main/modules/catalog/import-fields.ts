import type { ImportField } from '../../kernel/operation.ts'
import { importField as field } from '../platform/index.ts'

/** The columns of a table of items. A category may be a path: 饮料/矿泉水; missing ones are made. */
export const itemFields: readonly ImportField[] = [
  field('code', ['编码', '商品编码', '编号', '商品编号', '货号', '存货编码', '物料编码', 'Code', 'Item code', 'SKU', 'StockCode', 'Stock code', 'Product code']),
  {
    ...field('name', ['名称', '商品名称', '品名', '存货名称', 'Name', 'Item', 'Item name', 'Product', 'Description']),
    is_required: true,
  },
  field('spec', ['规格', '规格型号', '型号', 'Specification', 'Spec', 'Model']),
  field('kind', ['类型', '商品类型', '性质', 'Kind', 'Type', 'Item type']),
  field('category', ['分类', '类别', '商品分类', 'Category', 'Group']),
  { ...field('base_unit', ['单位', '基本单位', '计量单位', 'Unit', 'Base unit', 'UOM']), is_required: true },
  field('price_e4', ['售价', '零售价', '标准售价', '单价', '销售价', 'Price', 'Unit price', 'Sales price'], 'price'),
  field('minimum_e6', ['最低库存', '安全库存', '库存下限', 'Minimum stock', 'Safety stock', 'Reorder level', 'Reorder point'], 'quantity'),
  field('tax_code', ['税码', '税类', 'Tax code']),
  field('costing', ['计价方法', '成本计价', '核算方法', 'Costing', 'Costing method']),
  field('barcode', ['条码', '条形码', '商品条码', 'Barcode', 'EAN', 'UPC']),
  field('second_unit', ['副单位', '大单位', '整件单位', 'Second unit', 'Pack unit']),
  field('second_unit_e6', ['换算率', '换算关系', '副单位换算', '每件数量', 'Pack size', 'Units per pack'], 'quantity'),
  field('second_barcode', ['副单位条码', '箱码', '大单位条码', 'Pack barcode']),
  field('note', ['备注', '说明', 'Note', 'Notes', 'Remark']),
]
