import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Defect } from '../../../src-main/kernel/assert.ts'
import { formatMultiUnit, formatQuantity, fromBase, parseQuantity, toBase } from '../../../src-main/kernel/quantity.ts'

const ONE = 1_000_000
const box = { numerator: 12, denominator: 1 }

describe('unit ratios', () => {
  it.each([
    ['2 箱 are 24 瓶', 2 * ONE, box, 24 * ONE],
    ['-0.5 箱 are -6 瓶', -0.5 * ONE, box, -6 * ONE],
    ['250 g are 0.25 kg', 250 * ONE, { numerator: 1, denominator: 1000 }, 250_000],
    ['3 of two thirds are 2', 3 * ONE, { numerator: 2, denominator: 3 }, 2 * ONE],
    ['a third is not exact', 1 * ONE, { numerator: 1, denominator: 3 }, undefined],
    ['a millionth of a thousandth is not exact', 1, { numerator: 1, denominator: 1000 }, undefined],
    ['too many to count', 1_000_000_000_000_000, box, undefined],
    ['none', 0, box, 0],
  ])('%s', (_, entered, ratio, base) => {
    expect(toBase(entered, ratio)).toBe(base)
  })
  it.each([
    ['24 瓶 are 2 箱', 24 * ONE, box, 2 * ONE],
    ['3 瓶 are 0.25 箱', 3 * ONE, box, 250_000],
    ['5 瓶 are no exact 箱', 5 * ONE, box, undefined],
    ['0.25 kg are 250 g', 250_000, { numerator: 1, denominator: 1000 }, 250 * ONE],
  ])('%s', (_, base, ratio, entered) => {
    expect(fromBase(base, ratio)).toBe(entered)
  })
  it('refuses a ratio that is not positive', () => {
    expect(() => toBase(ONE, { numerator: 0, denominator: 1 })).toThrow(Defect)
    expect(() => fromBase(ONE, { numerator: 1, denominator: 0 })).toThrow(Defect)
    expect(() => toBase(ONE, { numerator: 1.5, denominator: 1 })).toThrow(Defect)
  })
  it('what is exact comes back', () => {
    const positive = fc.integer({ min: 1, max: 10_000 })
    fc.assert(
      fc.property(fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }), positive, positive, (quantity, numerator, denominator) => {
        const base = toBase(quantity, { numerator, denominator })
        if (base !== undefined) expect(fromBase(base, { numerator, denominator })).toBe(quantity)
      }),
      { numRuns: 200 },
    )
  })
})

describe('formatQuantity and parseQuantity', () => {
  it.each([
    [12 * ONE, '12'],
    [500_000, '0.5'],
    [-3_250_000, '-3.25'],
    [1, '0.000001'],
    [0, '0'],
    [1_234_567 * ONE, '1234567'],
  ])('%d is %j and back', (quantity_e6, text) => {
    expect(formatQuantity(quantity_e6)).toBe(text)
    expect(parseQuantity(text)).toBe(quantity_e6)
  })
  it('reads what people write and nothing else', () => {
    expect(parseQuantity('1,200.5')).toBe(1_200_500_000)
    expect(parseQuantity('１２')).toBe(12 * ONE)
    expect(parseQuantity('0.0000001')).toBeUndefined()
    expect(parseQuantity('3箱')).toBeUndefined()
  })
})

describe('formatMultiUnit', () => {
  const units = [
    { name: '箱', numerator: 12, denominator: 1 },
    { name: '件', numerator: 144, denominator: 1 },
  ]
  it.each([
    [41 * ONE, '3箱5瓶'],
    [21 * ONE, '1箱9瓶'], // appendix D: 2 箱 less 3 瓶
    [24 * ONE, '2箱'],
    [5 * ONE, '5瓶'],
    [0, '0瓶'],
    [12_500_000, '1箱0.5瓶'],
    [-41 * ONE, '-3箱5瓶'],
    [-500_000, '-0.5瓶'],
    [150 * ONE, '1件6瓶'], // no empty 箱 in between
    [299 * ONE, '2件11瓶'],
    [168 * ONE, '1件2箱'],
    [1, '0.000001瓶'],
  ])('%d is %s', (quantity_e6, text) => {
    expect(formatMultiUnit({ quantity_e6, units, base_name: '瓶' })).toBe(text)
  })
  it('keeps Latin names apart', () => {
    expect(formatMultiUnit({ quantity_e6: 41 * ONE, units: [{ name: 'box', ...box }], base_name: 'pcs' })).toBe('3 box 5 pcs')
    expect(formatMultiUnit({ quantity_e6: -41 * ONE, units: [{ name: 'box', ...box }], base_name: '瓶' })).toBe('-3 box 5瓶')
    expect(formatMultiUnit({ quantity_e6: 2 * ONE, units: [], base_name: 'kg' })).toBe('2 kg')
  })
  it('leaves out units that are smaller than the base or not exact', () => {
    const odd = [
      { name: '克', numerator: 1, denominator: 1000 },
      { name: '份', numerator: 4, denominator: 3 },
      { name: '半打', numerator: 13, denominator: 2 },
    ]
    expect(formatMultiUnit({ quantity_e6: 8 * ONE, units: odd, base_name: '公斤' })).toBe('1半打1.5公斤')
  })
  it('leaves the units as given', () => {
    const frozen = Object.freeze([...units])
    expect(formatMultiUnit({ quantity_e6: 150 * ONE, units: frozen, base_name: '瓶' })).toBe('1件6瓶')
  })
})
