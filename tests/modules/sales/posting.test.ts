import { expect, test } from 'vitest'
import fc from 'fast-check'
import {
  allowanceOf,
  heldCost,
  measureOf,
  nothingTaken,
  partOfLine,
  type PricedLine,
  type Taken,
} from '../../../src-main/modules/sales/posting.ts'

const E6 = 1_000_000
const priced = (more: Partial<PricedLine> = {}): PricedLine => ({
  unit: '瓶', unit_numerator: 1, unit_denominator: 1, quantity_e6: 3 * E6, base_quantity_e6: 3 * E6, price_e4: 33_300,
  tax_rate_e8: 13_000_000,
  discount_minor: 0, order_discount_minor: 0, net_minor: 999, tax_minor: 130, gross_minor: 1_129, ...more,
})
const part = (line: PricedLine, part_e6: number, taken: Taken = nothingTaken) =>
  partOfLine({
    line,
    taken,
    part_e6,
    measure: measureOf({ line, part_e6, base_unit: '瓶' }),
    tax_rate_e8: line.tax_rate_e8,
    prices_include_tax: 0,
    digits: 2,
  })

test('parts of a line sum to the line, the last takes the remainder', () => {
  const line = priced({ net_minor: 1_000, tax_minor: 130, gross_minor: 1_130 })
  const first = part(line, E6)
  expect(first).toMatchObject({ net_minor: 333, gross_minor: 377 })
  const rest = part(line, 2 * E6, { ...nothingTaken, base_quantity_e6: E6, net_minor: 333, gross_minor: 377 })
  expect(rest).toMatchObject({ net_minor: 667, gross_minor: 753, tax_minor: 86 })
})

test('property: however a line is cut, nothing is lost', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000_000 }), fc.integer({ min: 0, max: 130_000 }), fc.array(
      fc.integer({ min: 1, max: 50 }),
      { minLength: 1, maxLength: 10 },
    ), (net, tax, cuts) => {
      const whole = cuts.reduce((sum, c) => sum + c, 0) * E6
      const line = priced({ base_quantity_e6: whole, quantity_e6: whole, net_minor: net, tax_minor: tax, gross_minor: net + tax })
      let taken = nothingTaken
      for (const cut of cuts) {
        const p = part(line, cut * E6, taken)
        expect(p.net_minor).toBeGreaterThanOrEqual(0)
        expect(p.tax_minor).toBeGreaterThanOrEqual(0)
        taken = {
          ...taken,
          base_quantity_e6: taken.base_quantity_e6 + cut * E6,
          net_minor: taken.net_minor + p.net_minor,
          gross_minor: taken.gross_minor + p.gross_minor,
        }
      }
      expect(taken).toMatchObject({ net_minor: net, gross_minor: net + tax })
    }),
  )
})

test('beyond what was ordered each unit adds its share', () => {
  expect(part(priced({ net_minor: 999, gross_minor: 1_129 }), 4 * E6)).toMatchObject({ net_minor: 999 + 333, gross_minor: 1_129 + 376 })
})

test('after a price allowance the rest is shared by what is left', () => {
  const line = priced({ base_quantity_e6: 10 * E6, quantity_e6: 10 * E6, net_minor: 10_000, tax_minor: 1_300, gross_minor: 11_300 })
  const lowered: Taken = { ...nothingTaken, net_minor: 2_000, gross_minor: 2_260, allowance_minor: 2_260 }
  expect(part(line, 5 * E6, lowered)).toMatchObject({ net_minor: 4_000, gross_minor: 4_520 })
})

test('an allowance splits its tax like the line and never takes more than is left', () => {
  const left = { net_minor: 1_000, tax_minor: 130, gross_minor: 1_130 }
  const given = { left, rate_e8: 13_000_000 }
  expect(allowanceOf({ ...given, amount_minor: 113, prices_include_tax: 1 })).toEqual({ net_minor: 100, tax_minor: 13, gross_minor: 113 })
  expect(allowanceOf({ ...given, amount_minor: 100, prices_include_tax: 0 })).toEqual({ net_minor: 100, tax_minor: 13, gross_minor: 113 })
  expect(allowanceOf({ ...given, amount_minor: 1_130, prices_include_tax: 1 })).toEqual(left)
  expect(allowanceOf({ ...given, amount_minor: 1_001, prices_include_tax: 0 })).toBeUndefined()
})

test('what goods delivered hold is the cost of what is not invoiced, with its sign', () => {
  expect(heldCost({ cost_minor: 1_000, delivered_e6: 3 * E6, uninvoiced_e6: E6 })).toBe(333)
  expect(heldCost({ cost_minor: 1_000, delivered_e6: 3 * E6, uninvoiced_e6: 0 })).toBe(0)
  expect(heldCost({ cost_minor: 1_000, delivered_e6: 3 * E6, uninvoiced_e6: -2 * E6 })).toBe(-667)
})

test('a part that is no exact quantity of the unit is told in the base unit', () => {
  const line = priced({ unit: '箱', unit_numerator: 12, price_e4: 1_200_000 })
  expect(measureOf({ line, part_e6: 24 * E6, base_unit: '瓶' })).toMatchObject({ unit: '箱', quantity_e6: 2 * E6, price_e4: 1_200_000 })
  expect(measureOf({ line, part_e6: 5 * E6, base_unit: '瓶' })).toMatchObject({ unit: '瓶', quantity_e6: 5 * E6, price_e4: 100_000 })
})
