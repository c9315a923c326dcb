import { expect, test } from 'vitest'
import * as catalog from '../../../src-main/modules/catalog/contract.ts'
import type { LineBase, LineColumn } from '../../../src-renderer/ui/line-grid/columns.ts'
import { pasting, tableOf, written } from '../../../src-renderer/ui/line-grid/paste.ts'
import { testOffice } from '../../support/office.ts'

test('a pasted table names its items by barcode, code or name; what names none or several is left open', async () => {
  const t = await testOffice()
  const item = async (code: string, name: string, barcode?: string) =>
    (await t.run(catalog.createItem, { code, name, kind: 'stocked', base_unit: '个', units: [{ name: '箱', numerator: 12, denominator: 1 }], barcodes: barcode ? [{ barcode, unit: '箱' }] : [] })).item_id
  const tea = await item('A1', '绿茶', '6901234000009')
  await item('A2', '红茶')
  await item('A3', '红茶')
  const old = await item('A4', '黑茶')
  await t.run(catalog.deactivateItem, { item_id: old })
  const { rows } = await t.ask(catalog.itemsByTexts, { texts: ['A1', '6901234000009', '绿茶', '红茶', 'A2', '黑茶', 'nothing', 'A1'] })
  expect(rows.map(({ text, code, unit }) => [text, code, unit])).toEqual([
    ['A1', 'A1', '个'],
    ['6901234000009', 'A1', '箱'],
    ['绿茶', 'A1', '个'],
    ['A2', 'A2', '个'],
  ])
  expect(rows[0]!.item_id).toBe(tea)
})

type Line = LineBase & { readonly code?: string; readonly unit?: string; readonly quantity?: number }
const columns: readonly LineColumn<Line>[] = [
  { key: 'item', title: '商品', width: 1, view: () => '', names: ['code'], paste: () => 'ask' },
  { key: 'quantity', title: '数量', width: 1, view: () => '', names: ['qty'], paste: (text) => (/^\d+$/.test(text) ? { quantity: Number(text) } : undefined) },
  { key: 'unit', title: '单位', width: 1, view: () => '', paste: (text) => (/\d/.test(text) ? undefined : { unit: text }) },
  { key: 'note', title: '备注', width: 1, view: () => '', paste: (text) => ({ code: text }) },
]
const line: Line = { key: 'k' }

test('what Excel copies is read as it was meant: quotes, line ends in cells, empty rows', () => {
  expect(tableOf('a\t"b\r\n""c"""\r\n\t\r\n d \te')).toEqual([['a', 'b\r\n"c"'], ['d', 'e']])
})

test('columns come by their heads or by their place; what is no value stays in sight, what has no column is named', () => {
  const headed = pasting(tableOf('QTY\tColour\t 商品：\n3\tred\tA1\nx\t\tA2'), { columns, from: 1 })
  expect(headed.left).toEqual(['Colour'])
  expect(headed.rows.map((row) => written(line, row, headed.columns))).toEqual([
    { key: 'k', quantity: 3, wrong: { item: { text: 'A1', is: 'asked' } } },
    { key: 'k', wrong: { quantity: { text: 'x', is: 'unread' }, item: { text: 'A2', is: 'asked' } } },
  ])
  const placed = pasting(tableOf('5\t箱\n6\t'), { columns, from: 1 })
  expect(placed.rows.map((row) => written(line, row, placed.columns))).toEqual([{ key: 'k', quantity: 5, unit: '箱' }, { key: 'k', quantity: 6 }])
  // Nobody's unit is a number: the column is passed over.
  const without = pasting(tableOf('A1\t5\t12.5'), { columns, from: 0 })
  expect(written(line, without.rows[0]!, without.columns)).toMatchObject({ quantity: 5, code: '12.5' })
})
