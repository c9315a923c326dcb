import { describe, expect, test } from 'vitest'
import * as catalog from '../../../src-main/modules/catalog/contract.ts'
import { testOffice, type TestOffice } from '../../support/office.ts'

const codesOf = (rows: readonly { code: string }[]): string[] => rows.map((r) => r.code)
const unknownId = '01900000-0000-7000-8000-000000000000'
const water = { name: '农夫山泉 550ml', base_unit: '瓶', units: [{ name: '箱', numerator: 24 }], price_e4: 20_000 }

describe('items', () => {
  test('one item with exact units and a barcode for each, found by scanner', async () => {
    const t = await testOffice()
    const { item_id, code, warnings } = await t.run(catalog.createItem, {
      ...water,
      spec: '',
      units: [...water.units, { name: '毫升', numerator: 1, denominator: 550 }],
      barcodes: [{ barcode: '6921168509256' }, { barcode: '16921168509253', unit: '箱' }, { barcode: 'OWN-1' }, { barcode: '6921168509257' }],
    })
    expect(code).toBe('I00001')
    expect(warnings).toEqual([{ kind: 'checkDigit', barcode: '6921168509257', expected_digit: 6 }])
    expect(await t.ask(catalog.getItem, { item_id })).toMatchObject({
      spec: null,
      tax_code: 'VAT13',
      costing: 'average',
      kind: 'stocked',
      units: [
        { name: '毫升', numerator: 1, denominator: 550 },
        { name: '箱', numerator: 24, denominator: 1 },
      ],
    })
    const scan = async (barcode: string) => (await t.ask(catalog.byBarcode, { barcode })).hit
    expect(await scan('16921168509253')).toMatchObject({ item_id, unit: '箱' })
    expect(await scan('6921168509256')).toMatchObject({ item_id, unit: '瓶' })
    expect(await scan('nobody')).toBeNull()
    await t.run(catalog.setBarcodes, { item_id, barcodes: [{ barcode: '6921168509256' }] })
    expect(await scan('16921168509253')).toBeNull()
    expect((await t.ask(catalog.searchItems, { text: 'OWN-1' })).rows).toEqual([])
  })

  test('what a form must not say is refused by name', async () => {
    const t = await testOffice()
    const { item_id } = await t.run(catalog.createItem, { ...water, code: 'W1', barcodes: [{ barcode: '123' }] })
    const code = async (input: object) => (await t.refused(catalog.createItem, { ...water, ...input })).code
    expect(await code({ code: 'W1' })).toBe('catalog.codeTaken')
    expect(await code({ units: [{ name: '瓶', numerator: 2 }] })).toBe('catalog.unitTwice')
    expect(await code({ units: [{ name: '箱', numerator: 2 }, { name: '箱', numerator: 3 }] })).toBe('catalog.unitTwice')
    expect(await code({ barcodes: [{ barcode: '9', unit: '打' }] })).toBe('catalog.unitUnknown')
    expect(await code({ barcodes: [{ barcode: '9' }, { barcode: '9', unit: '箱' }] })).toBe('catalog.barcodeTaken')
    expect(await code({ tax_code: 'NONE' })).toBe('catalog.taxCodeUnknown')
    expect(await code({ category_id: unknownId })).toBe('catalog.categoryNotFound')
    expect(await t.refused(catalog.createItem, { ...water, barcodes: [{ barcode: '123' }] })).toEqual({
      code: 'catalog.barcodeTaken',
      details: { barcode: '123', code: 'W1', name: water.name },
    })
    expect((await t.refused(catalog.setBarcodes, { item_id, barcodes: [{ barcode: '1', unit: '打' }] })).code).toBe('catalog.unitUnknown')
    for (const contract of [catalog.updateItem, catalog.deactivateItem, catalog.reactivateItem, catalog.getItem]) {
      expect((await t.refused(contract, { item_id: unknownId })).code).toBe('catalog.itemNotFound')
    }
    for (const input of [{ units: [{ name: '箱', numerator: 0 }] }, { name: '' }, { price_e4: -1 }, { barcodes: [{ barcode: '有 空格' }] }]) {
      expect(await t.answer(catalog.createItem, { ...water, ...input })).toMatchObject({ ok: false, kind: 'invalid' })
    }
  })

  test('a change replaces what it names; units in use stay; a renamed base unit takes its barcodes and prices along', async () => {
    const t = await testOffice()
    const { item_id } = await t.run(catalog.createItem, { ...water, barcodes: [{ barcode: '1' }, { barcode: '2', unit: '箱' }] })
    const { list_id } = await t.run(catalog.createPriceList, { name: '批发' })
    await t.run(catalog.setPrices, { list_id, items: [{ item_id, prices: [{ price_e4: 18_000 }] }] })
    expect(await t.refused(catalog.updateItem, { item_id, units: [] })).toMatchObject({ code: 'catalog.unitInUse', details: { unit: '箱', by: '2' } })
    await t.run(catalog.updateItem, { item_id, base_unit: '支', name: '矿泉水' })
    const renamed = await t.ask(catalog.getItem, { item_id })
    expect(renamed.barcodes).toEqual([{ barcode: '1', unit: '支' }, { barcode: '2', unit: '箱' }])
    expect(renamed.prices).toMatchObject([{ unit: '支', price_e4: 18_000 }])
    await t.run(catalog.updateItem, { item_id, base_unit: '箱', units: [{ name: '支', numerator: 1, denominator: 24 }], costing: 'fifo' })
    expect((await t.ask(catalog.getItem, { item_id })).barcodes).toEqual([{ barcode: '1', unit: '支' }, { barcode: '2', unit: '箱' }])
    expect(await t.refused(catalog.updateItem, { item_id, tax_code: 'NONE' })).toMatchObject({ code: 'catalog.taxCodeUnknown' })
    await t.run(catalog.updateItem, { item_id, tax_code: 'VAT9', note: '夏天' })
    await t.run(catalog.updateItem, { item_id, tax_code: null })
    expect(await t.ask(catalog.getItem, { item_id })).toMatchObject({ tax_code: 'VAT13', note: '夏天', name: '矿泉水', costing: 'fifo' })
  })

  test('found by name, initials, code, specification and barcode; listed, filtered, sorted, paged', async () => {
    const t = await testOffice()
    const { category_id } = await t.run(catalog.createCategory, { name: '饮料' })
    const inner = await t.run(catalog.createCategory, { name: '茶', parent_id: category_id })
    await t.run(catalog.createItem, { ...water, code: 'B2', category_id, barcodes: [{ barcode: '6921168509256' }] })
    await t.run(catalog.createItem, { name: '西湖龙井', code: 'B1', base_unit: '盒', spec: '250克 特级', category_id: inner.category_id, price_e4: 3_880_000 })
    await t.run(catalog.createItem, { name: '送货上门', code: 'B3', base_unit: '次', kind: 'service' })
    const find = async (text: string) => codesOf((await t.ask(catalog.searchItems, { text })).rows)
    expect(await find('龙井')).toEqual(['B1'])
    expect(await find('xhlj')).toEqual(['B1'])
    expect(await find('特级')).toEqual(['B1'])
    expect(await find('6921168509256')).toEqual(['B2'])
    expect(await find('b3')).toEqual(['B3'])
    const list = async (input: object) => t.ask(catalog.listItems, input)
    expect(codesOf((await list({})).rows)).toEqual(['B1', 'B2', 'B3'])
    expect(await list({ category_id, limit: 1 })).toMatchObject({ total: 2, rows: [{ code: 'B1', category_name: '茶' }] })
    expect(codesOf((await list({ kind: 'service' })).rows)).toEqual(['B3'])
    expect(codesOf((await list({ sort: 'price_e4', direction: 'desc' })).rows)).toEqual(['B1', 'B2', 'B3'])
    expect(codesOf((await list({ text: '6921168', kind: 'stocked' })).rows)).toEqual(['B2'])
    expect((await t.ask(catalog.getItem, { item_id: (await list({ kind: 'service' })).rows[0]!.item_id })).tax_code).toBe('VAT6')
    const { item_id } = (await list({ text: '龙井' })).rows[0]!
    await t.run(catalog.deactivateItem, { item_id })
    expect(await find('龙井')).toEqual([])
    expect(codesOf((await list({ is_active: 0 })).rows)).toEqual(['B1'])
    await t.run(catalog.reactivateItem, { item_id })
    expect(await find('龙井')).toEqual(['B1'])
  })

  test('an item can never be deleted, by any path', async () => {
    const t = await testOffice()
    await t.run(catalog.createItem, water)
    await expect(t.office.engine.write((db) => db.all('delete from catalog_item returning id'))).rejects.toMatchObject({ code: 'catalog.itemIsPermanent' })
  })
})

describe('categories', () => {
  test('a tree without circles, brothers with different names, emptied before it goes', async () => {
    const t = await testOffice()
    const a = (await t.run(catalog.createCategory, { name: '食品' })).category_id
    const b = (await t.run(catalog.createCategory, { name: '零食', parent_id: a })).category_id
    await t.run(catalog.createCategory, { name: '食品', parent_id: b })
    const code = async (contract: Parameters<TestOffice['refused']>[0], input: object) => (await t.refused(contract, input)).code
    expect(await code(catalog.createCategory, { name: '食品' })).toBe('catalog.categoryTwice')
    expect(await code(catalog.updateCategory, { category_id: a, parent_id: b })).toBe('catalog.categoryInItself')
    expect(await code(catalog.updateCategory, { category_id: a, parent_id: a })).toBe('catalog.categoryInItself')
    expect(await code(catalog.updateCategory, { category_id: unknownId, name: 'x' })).toBe('catalog.categoryNotFound')
    expect(await t.refused(catalog.removeCategory, { category_id: b })).toMatchObject({ code: 'catalog.categoryInUse', details: { items: 0, categories: 1 } })
    await t.run(catalog.createItem, { ...water, category_id: a })
    await t.run(catalog.updateCategory, { category_id: b, parent_id: null, name: '小食' })
    expect(await t.refused(catalog.removeCategory, { category_id: a })).toMatchObject({ code: 'catalog.categoryInUse', details: { items: 1, categories: 0 } })
    expect((await t.ask(catalog.listCategories, {})).rows).toMatchObject([
      { name: '小食', parent_id: null },
      { name: '食品', parent_id: null, item_count: 1 },
      { name: '食品', parent_id: b, item_count: 0 },
    ])
  })

  test('an empty category goes', async () => {
    const t = await testOffice()
    const { category_id } = await t.run(catalog.createCategory, { name: '空' })
    await t.run(catalog.removeCategory, { category_id })
    expect((await t.ask(catalog.listCategories, {})).rows).toEqual([])
  })
})
