import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Defect } from '../../../src-main/kernel/assert.ts'
import { Refusal } from '../../../src-main/kernel/refusal.ts'
import {
  currencies,
  currencyOf,
  formatDecimal,
  formatMoney,
  isCurrencyCode,
  lineAmount,
  minorToDecimal,
  parseDecimal,
  parseMoney,
  unitPriceFromAmount,
} from '../../../src-main/kernel/money.ts'

describe('currencies', () => {
  it.each([
    ['CNY', 2, '¥'],
    ['USD', 2, '$'],
    ['EUR', 2, '€'],
    ['GBP', 2, '£'],
    ['JPY', 0, 'JP¥'],
    ['KRW', 0, '₩'],
    ['VND', 0, '₫'],
    ['TWD', 2, 'NT$'],
    ['KWD', 3, 'KWD'],
    ['BHD', 3, 'BHD'],
    ['CLP', 0, 'CLP$'],
  ])('%s has %d decimals and the symbol %s', (code, digits, symbol) => {
    expect(currencyOf(code)).toMatchObject({ code, digits, symbol })
  })
  it('has each code once, three capitals, with names in both languages', () => {
    expect(new Set(currencies.map((c) => c.code)).size).toBe(currencies.length)
    for (const c of currencies) {
      expect(c.code).toMatch(/^[A-Z]{3}$/)
      expect([0, 2, 3]).toContain(c.digits)
      expect(c.name_zh).toMatch(/^\p{Script=Han}+$/u)
      expect(c.name_en).toMatch(/^[A-Z]/)
      expect(c.plural_en).not.toBe('')
    }
  })
  it('knows what it does not know', () => {
    expect(isCurrencyCode('CNY')).toBe(true)
    expect(isCurrencyCode('cny')).toBe(false)
    expect(isCurrencyCode('toString')).toBe(false)
    expect(() => currencyOf('XXX')).toThrow(Defect)
  })
})

describe('lineAmount', () => {
  it.each([
    // price_e4, quantity_e6, digits, minor
    [12_500, 3_000_000, 2, 375], // 1.25 × 3 = 3.75
    [12_550, 1_000_000, 2, 126], // 1.255 → 1.26
    [12_549, 1_000_000, 2, 125], // 1.2549
    [12_550, -1_000_000, 2, -126],
    [33_333, 500_000, 2, 167], // 1.66665
    [1_234_567, 2_000_000, 0, 247], // 246.9134 yen
    [1_234_567, 2_000_000, 3, 246_913], // 246.9134 dinars
    [1, 1, 2, 0],
    [0, 5_000_000, 2, 0],
    [99_999_999, 1_000_000_000_000, 2, 999_999_990_000], // 9,999.9999 × 1,000,000
    [25, 2_000_000, 2, 1], // 0.0025 × 2 = 0.005
  ])('price %d × quantity %d with %d digits is %d', (price_e4, quantity_e6, digits, minor) => {
    expect(lineAmount({ price_e4, quantity_e6, digits })).toBe(minor)
  })
  it('says so when the amount is beyond exact numbers', () => {
    expect(() => lineAmount({ price_e4: 10_000_000_000_000, quantity_e6: 1_000_000_000_000_000, digits: 2 })).toThrow(Refusal)
  })
})

describe('unitPriceFromAmount', () => {
  it.each([
    [10_000, 3_000_000, 2, 333_333], // 100.00 / 3 = 33.3333
    [20_000, 3_000_000, 2, 666_667],
    [375, 3_000_000, 2, 12_500],
    [-375, -3_000_000, 2, 12_500],
    [247, 2_000_000, 0, 1_235_000], // 247 yen / 2
    [1, 500_000, 3, 20], // 0.001 / 0.5 = 0.002
  ])('%d minor over %d with %d digits is %d', (amount_minor, quantity_e6, digits, price_e4) => {
    expect(unitPriceFromAmount({ amount_minor, quantity_e6, digits })).toBe(price_e4)
  })
  it('refuses the quantity 0', () => {
    expect(() => unitPriceFromAmount({ amount_minor: 1, quantity_e6: 0, digits: 2 })).toThrow(Defect)
  })
})

describe('parseMoney', () => {
  it.each<[string, number, number]>([
    ['1,234.50', 2, 123_450],
    ['1234.5', 2, 123_450],
    ['１，２３４．５０', 2, 123_450],
    ['￥12.30', 2, 1230],
    ['¥ 12.30', 2, 1230],
    ['＄12', 2, 1200],
    ['HK$12.3', 2, 1230],
    ['JP¥120', 0, 120],
    ['£0.05', 2, 5],
    ['-12.30', 2, -1230],
    ['−12.30', 2, -1230],
    ['－１２', 2, -1200],
    ['-¥5', 2, -500],
    ['¥-5', 2, -500],
    ['(12.30)', 2, -1230],
    ['（￥12.30）', 2, -1230],
    ['( 12.30 )', 2, -1230],
    ['+7', 2, 700],
    ['88元', 2, 8800],
    ['1,000.00 元', 2, 100_000],
    ['CNY 5', 2, 500],
    ['5.00 EUR', 2, 500],
    ['.5', 2, 50],
    ['5.', 2, 500],
    ['  42 ', 2, 4200],
    ['1,234,567', 0, 1_234_567],
    ['1.234', 3, 1234],
    ['0', 2, 0],
    ['-0.00', 2, 0],
    ['007', 2, 700],
    ['90071992547409.91', 2, 9_007_199_254_740_991],
  ])('reads %j with %d digits as %d', (text, digits, minor) => {
    const read = parseMoney(text, digits)
    expect(read).toBe(minor)
    expect(Object.is(read, -0)).toBe(false)
  })
  it.each([
    ['', 2],
    [' ', 2],
    ['.', 2],
    ['-', 2],
    ['¥', 2],
    ['()', 2],
    ['abc', 2],
    ['12.345', 2], // more decimals than the currency has
    ['1.000', 2],
    ['12.0', 0],
    ['1,23', 2], // no thousands separator, perhaps a decimal comma: nobody knows
    ['1,2345', 2],
    [',123', 2],
    ['1,234,56', 2],
    ['1.2.3', 2],
    ['1 234', 2],
    ['--5', 2],
    ['-¥-5', 2],
    ['(-5)', 2],
    ['(5', 2],
    ['5)', 2],
    ['1e5', 2],
    ['0x10', 2],
    ['NaN', 2],
    ['Infinity', 2],
    ['12 apples', 2],
    ['90071992547409.92', 2], // beyond exact numbers
    ['9'.repeat(5000), 2],
  ])('does not read %j with %d digits', (text, digits) => {
    expect(parseMoney(text, digits)).toBeUndefined()
  })
})

describe('formatMoney', () => {
  it.each([
    [123_456_789, 2, '', '1,234,567.89'],
    [123_450, 2, '¥', '¥1,234.50'],
    [-123_450, 2, '¥', '-¥1,234.50'],
    [5, 2, '£', '£0.05'],
    [-5, 2, '£', '-£0.05'],
    [0, 2, '$', '$0.00'],
    [99_999, 2, '', '999.99'],
    [100_000, 2, '', '1,000.00'],
    [1_234_567, 0, '₩', '₩1,234,567'],
    [1_234_567, 3, 'KWD', 'KWD 1,234.567'],
    [-1000, 2, 'CHF', '-CHF 10.00'],
    [9_007_199_254_740_991, 2, '¥', '¥90,071,992,547,409.91'],
  ])('%d with %d digits and %j is %j', (minor, digits, symbol, text) => {
    expect(formatMoney(minor, { digits, symbol, locale: 'zh-CN' })).toBe(text)
    expect(formatMoney(minor, { digits, symbol, locale: 'en' })).toBe(text)
  })
  it('needs no symbol', () => {
    expect(formatMoney(100, { digits: 2, locale: 'en' })).toBe('1.00')
  })
})

describe('plain decimals', () => {
  it.each([
    [-1230, 2, '-12.30'],
    [0, 2, '0.00'],
    [-5, 2, '-0.05'],
    [1500, 0, '1500'],
    [1, 3, '0.001'],
    [123_456_789, 2, '1234567.89'],
  ])('minorToDecimal(%d, %d) is %j', (minor, digits, text) => {
    expect(minorToDecimal(minor, digits)).toBe(text)
  })
  it.each([
    [12_500, 4, 0, '1.25'],
    [10_000, 4, 0, '1'],
    [10_000, 4, 2, '1.00'],
    [12_345, 4, 2, '1.2345'],
    [-1, 6, 0, '-0.000001'],
    [0, 6, 0, '0'],
    [0, 4, 2, '0.00'],
    [100, 0, 0, '100'],
    [13_000_000, 6, 0, '13'],
    [120_000, 4, 0, '12'],
  ])('formatDecimal(%d, %d, %d) is %j', (value, scale, minDecimals, text) => {
    expect(formatDecimal(value, scale, minDecimals)).toBe(text)
  })
  it('formatDecimal refuses more decimals than there are, and fractions', () => {
    expect(() => formatDecimal(1, 2, 3)).toThrow(Defect)
    expect(() => formatDecimal(1.5, 2)).toThrow(Defect)
  })
  it.each<[string, number, number | undefined]>([
    ['1.25', 4, 12_500],
    ['1,000.0001', 4, 10_000_001],
    ['１．５', 6, 1_500_000],
    ['-0.5', 6, -500_000],
    ['+3', 0, 3],
    ['1.23456', 4, undefined],
    ['¥5', 4, undefined],
    ['(5)', 4, undefined],
    ['5%', 6, undefined],
    ['', 4, undefined],
  ])('parseDecimal(%j, %d) is %j', (text, scale, value) => {
    expect(parseDecimal(text, scale)).toBe(value)
  })
  it('what is written is read back', () => {
    const value = fc.maxSafeInteger()
    fc.assert(
      fc.property(value, fc.integer({ min: 0, max: 8 }), (n, scale) => {
        expect(parseDecimal(formatDecimal(n, scale), scale)).toBe(n)
        expect(parseMoney(formatMoney(n, { digits: scale, symbol: '¥', locale: 'zh-CN' }), scale)).toBe(n)
        expect(parseMoney(minorToDecimal(n, scale), scale)).toBe(n)
      }),
      { numRuns: 200 },
    )
  })
  it('no text is too odd to read', () => {
    const odd = fc.string({ unit: fc.constantFrom(...'0123456789.,-+()¥￥$元 −１．，eE'), maxLength: 20 })
    fc.assert(
      fc.property(odd, (text) => {
        const read = parseMoney(text, 2)
        expect(read === undefined || Number.isSafeInteger(read)).toBe(true)
      }),
      { numRuns: 300 },
    )
  })
})
