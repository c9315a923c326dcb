import { describe, expect, test } from 'vitest'
import * as catalog from '../../../src-main/modules/catalog/contract.ts'
import { testOffice, type TestOffice } from '../../support/office.ts'
import { stageRows } from '../../support/staging.ts'

const staged = (t: TestOffice, rows: readonly Record<string, unknown>[]) => ({ staging_id: stageRows(t, { command: catalog.importItems.name, rows }) })

describe('import of items', () => {
  test('a whole file with categories, second units and barcodes', async () => {
    const t = await testOffice()
    const old = await t.run(catalog.createCategory, { name: '饮料' })
    const rows = [
      {
        code: 'W1',
        name: '矿泉水',
        base_unit: '瓶',
        category: '饮料/水',
        price_e4: 20_000,
        barcode: '6921168509256',
        second_unit: '箱',
        second_unit_e6: 24_000_000,
        second_barcode: '16921168509253',
        costing: '先进先出',
        minimum_e6: 48_000_000,
      },
      { name: '散装茶', base_unit: '千克', second_unit: '两', second_unit_e6: 50_000, category: '饮料 > 茶' },
      { name: '安装', base_unit: '次', kind: '服务', tax_code: 'EXEMPT' },
    ]
    expect((await t.run(catalog.importItems, staged(t, rows))).created).toBe(3)
    const { rows: items } = await t.ask(catalog.listItems, { sort: 'name' })
    expect(items.map((i) => [i.code, i.kind, i.tax_code, i.category_name, i.units])).toEqual([
      ['I00002', 'service', 'EXEMPT', null, []],
      ['I00001', 'stocked', 'VAT13', '茶', [{ name: '两', numerator: 1, denominator: 20 }]],
      ['W1', 'stocked', 'VAT13', '水', [{ name: '箱', numerator: 24, denominator: 1 }]],
    ])
    expect((await t.ask(catalog.byBarcode, { barcode: '16921168509253' })).hit).toMatchObject({ code: 'W1', unit: '箱', costing: 'fifo', minimum_e6: 48_000_000 })
    expect((await t.ask(catalog.listItems, { category_id: old.category_id })).total).toBe(2)
  })

  test('bad rows are named, all of them, and nothing is written', async () => {
    const t = await testOffice()
    await t.run(catalog.createItem, { code: 'W1', name: '水', base_unit: '瓶', barcodes: [{ barcode: '123' }] })
    const { code, details } = await t.refused(
      catalog.importItems,
      staged(t, [
        { code: 'W1', name: '甲', base_unit: '个' },
        { code: 'W2', name: '乙', base_unit: '个', barcode: '123' },
        { code: 'W2', name: '丙', base_unit: '个', barcode: '9' },
        { name: '丁', base_unit: '个', barcode: '9' },
        { name: '戊', base_unit: '个', tax_code: 'NONE' },
        { name: '己', base_unit: '个', second_unit: '个', second_unit_e6: 2_000_000 },
        { name: '庚', base_unit: '个', second_unit: '箱', second_unit_e6: 0 },
        { name: '辛', base_unit: '个', kind: '怪物' },
        { name: '壬', base_unit: '个', second_barcode: '77' },
      ]),
    )
    expect(code).toBe('catalog.importRejected')
    const problems = details['problems'] as { source_row: number; field: string; reason_code: string }[]
    expect(problems.map((p) => `${p.source_row} ${p.field} ${p.reason_code}`)).toEqual([
      '2 code catalog.codeTaken',
      '3 barcode catalog.barcodeInBooks',
      '4 code catalog.codeTwice',
      '5 barcode catalog.barcodeTwice',
      '6 tax_code catalog.taxCodeUnknown',
      '7 second_unit catalog.unitTwice',
      '8 units catalog.cellNotAccepted',
      '9 kind catalog.cellNotAccepted',
      '10 barcodes catalog.cellNotAccepted',
    ])
    expect((await t.ask(catalog.listItems, {})).total).toBe(1)
    expect((await t.ask(catalog.listCategories, {})).rows).toEqual([])
  })
})
