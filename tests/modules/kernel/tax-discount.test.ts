import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Defect } from '../../../src-main/kernel/assert.ts'
import { discountableAmount, lineDiscount, spreadDiscount } from '../../../src-main/kernel/discount.ts'
import { addExclusive, splitInclusive } from '../../../src-main/kernel/tax.ts'

const PERCENT = 1_000_000

describe('splitInclusive', () => {
  it.each([
    [103_000, 1 * PERCENT, 101_980, 1020], // features DF-18: 1,030.00 → 1,019.80 + 10.20
    [10_100, 1 * PERCENT, 10_000, 100],
    [100_000, 1 * PERCENT, 99_010, 990], // appendix D
    [11_300, 13 * PERCENT, 10_000, 1300],
    [10_000, 13 * PERCENT, 8850, 1150], // 88.4956
    [-10_000, 13 * PERCENT, -8850, -1150],
    [10_000, 0, 10_000, 0],
    [12_000, 20 * PERCENT, 10_000, 2000],
    [1, 13 * PERCENT, 1, 0], // 0.885
    [0, 13 * PERCENT, 0, 0],
    [10_825, 8_250_000, 10_000, 825], // 8.25 %
    [200, 100 * PERCENT, 100, 100],
  ])('%d at %d is %d + %d', (gross_minor, rate_e8, net_minor, tax_minor) => {
    expect(splitInclusive({ gross_minor, rate_e8 })).toEqual({ net_minor, tax_minor })
  })
  it('refuses a negative rate', () => {
    expect(() => splitInclusive({ gross_minor: 1, rate_e8: -1 })).toThrow(Defect)
    expect(() => addExclusive({ net_minor: 1, rate_e8: -1 })).toThrow(Defect)
  })
})

describe('addExclusive', () => {
  it.each([
    [10_000, 13 * PERCENT, 1300, 11_300],
    [150, 3 * PERCENT, 5, 155], // 4.5 → 5
    [-150, 3 * PERCENT, -5, -155],
    [149, 3 * PERCENT, 4, 153], // 4.47
    [10_000, 0, 0, 10_000],
    [9999, 8_250_000, 825, 10_824], // 824.9175
  ])('%d at %d adds %d to make %d', (net_minor, rate_e8, tax_minor, gross_minor) => {
    expect(addExclusive({ net_minor, rate_e8 })).toEqual({ tax_minor, gross_minor })
  })
  it('splitting and adding agree on the sums, and mirror their sign', () => {
    const amounts = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 })
    fc.assert(
      fc.property(amounts, fc.integer({ min: 0, max: 100 * PERCENT }), (amount, rate_e8) => {
        const split = splitInclusive({ gross_minor: amount, rate_e8 })
        expect(split.net_minor + split.tax_minor).toBe(amount)
        expect(splitInclusive({ gross_minor: -amount, rate_e8 }).net_minor).toBe(0 - split.net_minor)
        // Adding the tax to the net found by splitting comes back to the gross, but for one unit of rounding.
        expect(Math.abs(addExclusive({ net_minor: split.net_minor, rate_e8 }).gross_minor - amount)).toBeLessThanOrEqual(1)
        // Splitting what was added comes back exactly: tax never shrinks the scale.
        const added = addExclusive({ net_minor: amount, rate_e8 })
        expect(splitInclusive({ gross_minor: added.gross_minor, rate_e8 })).toEqual({ net_minor: amount, tax_minor: added.tax_minor })
      }),
      { numRuns: 200 },
    )
  })
})

describe('lineDiscount', () => {
  it.each([
    [10_000, 10 * PERCENT, 1000],
    [995, 10 * PERCENT, 100], // 99.5
    [-995, 10 * PERCENT, -100],
    [994, 10 * PERCENT, 99],
    [333, 100 * PERCENT, 333],
    [333, 0, 0],
    [12_345, 12_500_000, 1543], // 1543.125
  ])('%d at %d is %d', (gross_minor, rate_e8, discount) => {
    expect(lineDiscount({ gross_minor, rate_e8 })).toBe(discount)
  })
  it('lies between 0 and 100 %', () => {
    expect(() => lineDiscount({ gross_minor: 1, rate_e8: 100 * PERCENT + 1 })).toThrow(Defect)
    expect(() => lineDiscount({ gross_minor: 1, rate_e8: -1 })).toThrow(Defect)
  })
})

describe('spreadDiscount', () => {
  it.each<[string, number, number[], number[]]>([
    ['evenly, the odd cent to the first', 100, [1000, 1000, 1000], [34, 33, 33]],
    ['in proportion', 300, [1000, 2000], [100, 200]],
    ['the whole document for nothing', 3000, [1000, 2000], [1000, 2000]],
    ['抹零 of 0.37', 37, [9990, 47], [37, 0]], // 36.83 and 0.17
    ['past a free line', 10, [0, 100, 0], [0, 10, 0]],
    ['a cent on cents', 1, [1, 1, 1], [1, 0, 0]],
    ['on a credit note', -100, [-1000, -1000, -1000], [-34, -33, -33]],
    ['goods taken back keep their amount', 80, [1000, -200], [80, 0]],
    ['a negative one falls on the goods taken back', -20, [1000, -200], [0, -20]],
    ['rounding up is a surcharge on every line by size', -10, [750, 250], [-8, -2]], // 7.5 and 2.5: the tie goes to the first
    ['no discount at all', 0, [5, 5], [0, 0]],
    ['nothing on nothing', 0, [], []],
  ])('%s', (_, discount_minor, line_amounts_minor, parts) => {
    expect(spreadDiscount({ discount_minor, line_amounts_minor })).toEqual(parts)
  })
  it('refuses more than its lines hold, and lines that hold nothing', () => {
    expect(() => spreadDiscount({ discount_minor: 3001, line_amounts_minor: [1000, 2000] })).toThrow(Defect)
    expect(() => spreadDiscount({ discount_minor: 801, line_amounts_minor: [800, -200] })).toThrow(Defect)
    expect(() => spreadDiscount({ discount_minor: 1, line_amounts_minor: [0, 0] })).toThrow(Defect)
    expect(() => spreadDiscount({ discount_minor: 1, line_amounts_minor: [] })).toThrow(Defect)
  })
  it('says beforehand how much it can take', () => {
    expect(discountableAmount({ sign: 1, line_amounts_minor: [1000, -200, 50] })).toBe(1050)
    expect(discountableAmount({ sign: -1, line_amounts_minor: [1000, -200, 50] })).toBe(-200)
    expect(discountableAmount({ sign: 1, line_amounts_minor: [] })).toBe(0)
  })
  it('sums exactly and never exceeds a line', () => {
    const lines = fc.array(fc.integer({ min: -100_000, max: 100_000 }), { minLength: 1, maxLength: 10 })
    fc.assert(
      fc.property(lines, fc.constantFrom(1 as const, -1 as const), fc.nat({ max: 1000 }), (line_amounts_minor, sign, permille) => {
        const most = discountableAmount({ sign, line_amounts_minor })
        fc.pre(most !== 0)
        const discount_minor = Math.trunc((most * permille) / 1000) + 0
        const parts = spreadDiscount({ discount_minor, line_amounts_minor })
        expect(parts.reduce((a, b) => a + b, 0)).toBe(discount_minor)
        parts.forEach((part, i) => {
          const line = line_amounts_minor[i] ?? 0
          expect(part * Math.sign(line)).toBeGreaterThanOrEqual(0)
          expect(Math.abs(part)).toBeLessThanOrEqual(Math.abs(line))
        })
      }),
      { numRuns: 200 },
    )
  })
})
