import { describe, expect, test } from 'vitest'
import * as catalog from '../../../src-main/modules/catalog/contract.ts'
import { testOffice, type TestOffice } from '../../support/office.ts'

const rateOf = async (t: TestOffice, { tax_code, day }: { tax_code: string; day?: string }): Promise<number | null> =>
  (await t.ask(catalog.listTaxCodes, { day })).rows.find((r) => r.tax_code === tax_code)!.rate_e8

describe('tax codes', () => {
  test('a small-scale taxpayer levies 3 %, reduced to 1 % until the end of 2027', async () => {
    const t = await testOffice()
    for (const tax_code of ['VAT13', 'VAT9', 'VAT6']) {
      expect(await rateOf(t, { tax_code })).toBe(1_000_000)
      expect(await rateOf(t, { tax_code, day: '2027-12-31' })).toBe(1_000_000)
      expect(await rateOf(t, { tax_code, day: '2028-01-01' })).toBe(3_000_000)
      expect(await rateOf(t, { tax_code, day: '2022-12-31' })).toBe(0)
      expect(await rateOf(t, { tax_code, day: '2019-12-31' })).toBe(3_000_000)
    }
    expect(await rateOf(t, { tax_code: 'EXEMPT' })).toBe(0)
    expect((await t.ask(catalog.listTaxCodes, {})).rows.flatMap((r) => r.rates).every((r) => r.source !== null)).toBe(true)
  })

  test('a general taxpayer has 13, 9, 6 and 0 %', async () => {
    const t = await testOffice({ taxpayer: 'general' })
    expect((await t.ask(catalog.listTaxCodes, {})).rows.map((r) => [r.tax_code, r.rate_e8])).toEqual([
      ['EXEMPT', 0],
      ['VAT0', 0],
      ['VAT13', 13_000_000],
      ['VAT6', 6_000_000],
      ['VAT9', 9_000_000],
    ])
    expect(await rateOf(t, { tax_code: 'VAT13', day: '2018-01-01' })).toBeNull()
  })

  test('elsewhere the standard rate is what the company sets, from a day on', async () => {
    const t = await testOffice({ profile: 'international', locale: 'en', taxpayer: 'general' })
    expect(await t.ask(catalog.listTaxCodes, {})).toMatchObject({ usual: 'STANDARD' })
    expect(await rateOf(t, { tax_code: 'STANDARD' })).toBe(0)
    await t.run(catalog.setTaxRate, { tax_code: 'STANDARD', from_day: '2026-01-01', rate_e8: 20_000_000, source: 'VAT Act' })
    await t.run(catalog.setTaxRate, { tax_code: 'STANDARD', from_day: '2026-07-01', to_day: '2026-12-31', rate_e8: 17_500_000 })
    expect(await rateOf(t, { tax_code: 'STANDARD', day: '2025-12-31' })).toBe(0)
    expect(await rateOf(t, { tax_code: 'STANDARD', day: '2026-06-30' })).toBe(20_000_000)
    expect(await rateOf(t, { tax_code: 'STANDARD', day: '2026-07-01' })).toBe(17_500_000)
    expect(await rateOf(t, { tax_code: 'STANDARD', day: '2027-01-01' })).toBeNull()
    await t.run(catalog.removeTaxRate, { tax_code: 'STANDARD', from_day: '2026-07-01' })
    expect(await rateOf(t, { tax_code: 'STANDARD', day: '2027-01-01' })).toBe(20_000_000)
  })

  test('codes of one\'s own; what cannot be is refused by name', async () => {
    const t = await testOffice()
    const code = async (contract: Parameters<TestOffice['refused']>[0], input: object) => (await t.refused(contract, input)).code
    await t.run(catalog.createTaxCode, { tax_code: 'VAT5', name_zh: '5% 征收率', name_en: 'Levy 5 %' })
    expect(await rateOf(t, { tax_code: 'VAT5' })).toBeNull()
    expect(await code(catalog.createTaxCode, { tax_code: 'VAT5', name_zh: 'x', name_en: 'x' })).toBe('catalog.taxCodeTaken')
    expect(await code(catalog.setTaxRate, { tax_code: 'NONE', from_day: '2026-01-01', rate_e8: 0 })).toBe('catalog.taxCodeUnknown')
    expect(await code(catalog.setTaxRate, { tax_code: 'VAT5', from_day: '2026-01-02', to_day: '2026-01-01', rate_e8: 0 })).toBe('catalog.daysReversed')
    expect(await code(catalog.removeTaxRate, { tax_code: 'VAT5', from_day: '2026-01-02' })).toBe('catalog.taxRateUnknown')
    await t.run(catalog.updateTaxCode, { tax_code: 'VAT5', is_active: 0 })
    expect(await code(catalog.createItem, { name: '房租', base_unit: '月', kind: 'service', tax_code: 'VAT5' })).toBe('catalog.taxCodeUnknown')
    expect(await code(catalog.updateTaxCode, { tax_code: 'NONE', is_active: 0 })).toBe('catalog.taxCodeUnknown')
  })
})

describe('prices', () => {
  const setUp = async () => {
    const t = await testOffice()
    const { item_id } = await t.run(catalog.createItem, { name: '茶', base_unit: '盒', units: [{ name: '箱', numerator: 12 }], price_e4: 100_000 })
    const list = async (input: Parameters<typeof t.run<typeof catalog.createPriceList>>[1], prices: object[]) => {
      const { list_id } = await t.run(catalog.createPriceList, input)
      await t.run(catalog.setPrices, { list_id, items: [{ item_id, prices: prices as [] }] })
      return list_id
    }
    const price = async (input: object) => {
      const { price_e4, source, list_name } = await t.ask(catalog.priceFor, { item_id, ...input })
      return [price_e4, source, list_name]
    }
    return { t, item_id, list, price }
  }

  test('the standard price, for any unit exactly; none at all is said', async () => {
    const { t, price } = await setUp()
    expect(await price({})).toEqual([100_000, 'standard', null])
    expect(await price({ unit: '箱' })).toEqual([1_200_000, 'standard', null])
    const free = await t.run(catalog.createItem, { name: '赠品', base_unit: '个' })
    expect(await t.ask(catalog.priceFor, { item_id: free.item_id })).toMatchObject({ price_e4: null, source: 'none', unit: '个' })
    expect((await t.refused(catalog.priceFor, { item_id: free.item_id, unit: '箱' })).code).toBe('catalog.unitUnknown')
  })

  test('quantity ladders, in the very unit before the base unit', async () => {
    const { list, price } = await setUp()
    await list({ name: '零售' }, [
      { price_e4: 99_000 },
      { min_quantity_e6: 24_000_000, price_e4: 90_000 },
      { unit: '箱', min_quantity_e6: 5_000_000, price_e4: 1_000_000 },
    ])
    expect(await price({ quantity_e6: 23_999_999 })).toEqual([99_000, 'list', '零售'])
    expect(await price({ quantity_e6: 24_000_000 })).toEqual([90_000, 'list', '零售'])
    expect(await price({ unit: '箱', quantity_e6: 1_000_000 })).toEqual([1_188_000, 'list', '零售'])
    expect(await price({ unit: '箱', quantity_e6: 2_000_000 })).toEqual([1_080_000, 'list', '零售'])
    expect(await price({ unit: '箱', quantity_e6: 5_000_000 })).toEqual([1_000_000, 'list', '零售'])
  })

  test('levels, days and priority: the higher priority, then the level, then the later list', async () => {
    const { t, list, price } = await setUp()
    await list({ name: '批发', level: '批发' }, [{ price_e4: 80_000 }])
    await list({ name: '零售' }, [{ price_e4: 99_000 }])
    const promotion = await list({ name: '年货节', from_day: '2026-01-10', to_day: '2026-01-20', priority: 5 }, [{ price_e4: 70_000 }])
    expect(await price({ level: '批发', day: '2026-01-09' })).toEqual([80_000, 'list', '批发'])
    expect(await price({ level: '零售客', day: '2026-01-09' })).toEqual([99_000, 'list', '零售'])
    expect(await price({ level: '批发', day: '2026-01-10' })).toEqual([70_000, 'list', '年货节'])
    expect(await price({ day: '2026-01-20' })).toEqual([70_000, 'list', '年货节'])
    expect(await price({ day: '2026-01-21' })).toEqual([99_000, 'list', '零售'])
    await t.run(catalog.updatePriceList, { list_id: promotion, is_active: 0 })
    expect(await price({ day: '2026-01-15' })).toEqual([99_000, 'list', '零售'])
    await list({ name: '零售2', from_day: '2026-01-01' }, [{ price_e4: 98_000 }])
    expect(await price({})).toEqual([98_000, 'list', '零售2'])
  })

  test('lists are kept by name; what cannot be is refused', async () => {
    const { t, item_id, list } = await setUp()
    const list_id = await list({ name: '零售' }, [{ price_e4: 99_000 }])
    const unknown = '01900000-0000-7000-8000-000000000000'
    const code = async (contract: Parameters<TestOffice['refused']>[0], input: object) => (await t.refused(contract, input)).code
    const set = (prices: object[], over: object = {}) => ({ list_id, items: [{ item_id, prices, ...over }] })
    expect(await code(catalog.createPriceList, { name: '零售' })).toBe('catalog.priceListTwice')
    expect(await code(catalog.createPriceList, { name: 'x', from_day: '2026-02-01', to_day: '2026-01-01' })).toBe('catalog.daysReversed')
    expect(await code(catalog.updatePriceList, { list_id: unknown })).toBe('catalog.priceListNotFound')
    expect(await code(catalog.setPrices, { ...set([]), list_id: unknown })).toBe('catalog.priceListNotFound')
    expect(await code(catalog.getPriceList, { list_id: unknown })).toBe('catalog.priceListNotFound')
    expect(await code(catalog.setPrices, set([{ price_e4: 1 }, { price_e4: 2, unit: '盒' }]))).toBe('catalog.priceTwice')
    expect(await code(catalog.setPrices, set([{ price_e4: 1, unit: '打' }]))).toBe('catalog.unitUnknown')
    expect(await code(catalog.setPrices, set([], { item_id: unknown }))).toBe('catalog.itemNotFound')
    expect(await t.ask(catalog.getPriceList, { list_id })).toMatchObject({ total: 1, item_count: 1, rows: [{ unit: '盒', price_e4: 99_000 }] })
    await t.run(catalog.setPrices, { list_id, items: [{ item_id, prices: [] }] })
    expect(await t.ask(catalog.listPriceLists, {})).toMatchObject({ rows: [{ name: '零售', item_count: 0 }] })
  })
})
