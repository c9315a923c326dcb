import { expect, test } from 'vitest'
import fc from 'fast-check'
import {
  amountsWithShare,
  priceFreeLines,
  priceLines,
  totalsOf,
  type LineTerms,
  type PriceRules,
} from '../../../src-main/modules/sales/pricing.ts'

const line = (quantity: number, price: number, more: Partial<LineTerms> = {}): LineTerms => ({
  line_no: 1,
  quantity_e6: quantity * 1_000_000,
  price_e4: Math.round(price * 10_000),
  discount_rate_e8: 0,
  discount_minor: null,
  tax_rate_e8: 1_000_000,
  ...more,
})
const rules = (
  more: Partial<PriceRules> = {},
): PriceRules => ({ digits: 2, prices_include_tax: 1, discount_minor: 0, total_minor: null, ...more })
const thirteen = { tax_rate_e8: 13_000_000 }

test('inclusive: net is gross / (1 + rate), tax the rest (DF-18)', () => {
  expect(
    priceLines([line(1, 1030)], rules()),
  ).toEqual([{ discount_minor: 0, order_discount_minor: 0, gross_minor: 103_000, net_minor: 101_980, tax_minor: 1_020 }])
})

test('exclusive: tax is net × rate, half up, per line', () => {
  // 3 × 33.35 = 100.05; × 13 % = 13.0065 → 13.01
  expect(
    priceLines([line(3, 33.35, thirteen)], rules({ prices_include_tax: 0 })),
  ).toMatchObject([{ net_minor: 10_005, tax_minor: 1_301, gross_minor: 11_306 }])
})

test('a line has its own discount, by rate or amount, before the document has its', () => {
  expect(priceLines([line(7, 9.99, { discount_rate_e8: 5_000_000 })], rules())).toMatchObject([{ discount_minor: 350, gross_minor: 6_643 }])
  expect(priceLines([line(7, 9.99, { discount_minor: 93 })], rules())).toMatchObject([{ discount_minor: 93, gross_minor: 6_900 }])
})

test('the whole discount is spread to the cent, by largest remainder', () => {
  const priced = priceLines([line(1, 10), line(1, 10), line(1, 10)], rules({ discount_minor: 100 }))
  expect(priced.map((p) => p.order_discount_minor)).toEqual([34, 33, 33])
  expect(totalsOf(priced).gross_minor).toBe(2_900)
})

test('抹零: an agreed total is met exactly, on prices with and without tax', () => {
  expect(totalsOf(priceLines([line(3, 33.37), line(1, 0.89)], rules({ total_minor: 10_100 }))).gross_minor).toBe(10_100)
  // 13 % on one line cannot reach 100.00 from a whole net amount by net × rate; the tax is worked out from within.
  const [only] = priceLines([line(1, 88.5, thirteen)], rules({ prices_include_tax: 0, total_minor: 10_000 }))
  expect(only).toEqual({ discount_minor: 0, order_discount_minor: 0, net_minor: 8_850, tax_minor: 1_150, gross_minor: 10_000 })
})

test('an agreed total above the sum is a surcharge', () => {
  const priced = priceLines([line(1, 9.9), line(1, 0)], rules({ total_minor: 1_000 }))
  expect(priced.map((p) => p.order_discount_minor)).toEqual([-10, 0])
})

test('property: the total that was agreed is the total, whatever the lines, rates and kind of price', () => {
  const anyLine = fc.record({
    quantity_e6: fc.integer({ min: 1, max: 10_000_000_000 }),
    price_e4: fc.integer({ min: 1, max: 100_000_000 }),
    tax_rate_e8: fc.constantFrom(0, 1_000_000, 6_000_000, 13_000_000),
  })
  fc.assert(
    fc.property(fc.array(
      anyLine,
      { minLength: 1, maxLength: 8 },
    ), fc.constantFrom(0, 1), fc.integer({ min: 0, max: 100 }), (lines, prices_include_tax, cut) => {
      const terms = lines.map((l, i): LineTerms => ({ ...l, line_no: i + 1, discount_rate_e8: 0, discount_minor: null }))
      const full = totalsOf(priceLines(terms, rules({ prices_include_tax }))).gross_minor
      const total_minor = Math.floor((full * (100 - cut)) / 100)
      if (full === 0 && total_minor === 0) return
      const priced = priceLines(terms, rules({ prices_include_tax, total_minor }))
      expect(totalsOf(priced).gross_minor).toBe(total_minor)
      for (const p of priced) expect(p.net_minor + p.tax_minor).toBe(p.gross_minor)
      for (const [i, p] of priced.entries()) {
        // Never further than a cent from the rate.
        const exact = (p.net_minor * terms[i]!.tax_rate_e8) / 100_000_000
        expect(Math.abs(p.tax_minor - exact)).toBeLessThanOrEqual(1)
      }
    }),
  )
})

test('refuses what no line can carry, two discounts, and amounts beyond the books', () => {
  expect(() => priceLines([line(1, 10)], rules({ discount_minor: 1_001 }))).toThrow('sales.discountTooLarge')
  expect(() => priceLines([line(1, 10, { discount_minor: 1_001 })], rules())).toThrow('sales.discountTooLarge')
  expect(() => priceLines([line(1, 0)], rules({ discount_minor: 1 }))).toThrow('sales.discountTooLarge')
  expect(() => priceLines([line(1, 10)], rules({ discount_minor: 1, total_minor: 900 }))).toThrow('sales.twoDiscounts')
  expect(() => priceLines([line(1_000_000_000, 1_000_000)], rules())).toThrow('sales.amountTooLarge')
})

test('lines that are invoiced keep their amounts; the others meet the discount and the total', () => {
  const kept = priceLines([line(2, 50)], rules({ discount_minor: 10 }))
  const free = priceFreeLines({ free: [line(1, 100)], kept, rules: rules({ discount_minor: 30 }) })
  expect(free).toMatchObject([{ order_discount_minor: 20, gross_minor: 9_980 }])
  expect(priceFreeLines({ free: [line(1, 100)], kept, rules: rules({ total_minor: 19_000 }) })).toMatchObject([{ gross_minor: 9_010 }])
  expect(() => priceFreeLines({ free: [line(1, 100)], kept, rules: rules({ total_minor: 9_000 }) })).toThrow('sales.discountTooLarge')
  expect(
    amountsWithShare(line(4, 50), { order_discount_minor: 10, rules: rules() }),
  ).toMatchObject({ order_discount_minor: 10, gross_minor: 19_990 })
})
