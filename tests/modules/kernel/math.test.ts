import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Refusal } from '../../../src-main/kernel/refusal.ts'
import { assert, Defect, safe, unreachable } from '../../../src-main/kernel/assert.ts'
import type { Rounding } from '../../../src-main/kernel/math.ts'
import { allocate, big, divide, mulDiv, powerOfTen, shareOf } from '../../../src-main/kernel/math.ts'

const MAX = Number.MAX_SAFE_INTEGER

describe('assertions', () => {
  it('throw Defect with their message', () => {
    expect(() => assert(false, 'stock went astray')).toThrow(new Defect('stock went astray'))
    expect(() => assert(0, 'zero is no answer')).toThrow(Defect)
    expect(() => assert(1, 'fine')).not.toThrow()
  })
  it('safe narrows what is exact and refuses the rest', () => {
    expect(safe(9_007_199_254_740_991n)).toBe(9_007_199_254_740_991)
    expect(safe(-9_007_199_254_740_991n)).toBe(-9_007_199_254_740_991)
    expect(() => safe(9_007_199_254_740_992n)).toThrow(Refusal)
    expect(() => safe(-9_007_199_254_740_992n)).toThrow(Refusal)
  })
  it('unreachable names the impossible case', () => {
    expect(() => unreachable('lost' as never)).toThrow('no case for "lost"')
  })
  it('big refuses fractions and numbers that have lost digits', () => {
    expect(big(-5)).toBe(-5n)
    expect(() => big(0.5)).toThrow(Defect)
    expect(() => big(Number.NaN)).toThrow(Defect)
    expect(() => big(2 ** 53)).toThrow(Defect)
  })
  it('powerOfTen stays within its table', () => {
    expect(powerOfTen(0)).toBe(1n)
    expect(powerOfTen(10)).toBe(10_000_000_000n)
    expect(() => powerOfTen(-1)).toThrow(Defect)
    expect(() => powerOfTen(21)).toThrow(Defect)
  })
})

describe('mulDiv', () => {
  it.each([
    // a, b, divisor, halfUp, floor, ceil
    [10, 1, 4, 3, 2, 3], // 2.5
    [-10, 1, 4, -3, -3, -2], // −2.5
    [10, -1, 4, -3, -3, -2],
    [10, 1, -4, -3, -3, -2],
    [-10, 1, -4, 3, 2, 3],
    [7, 1, 3, 2, 2, 3], // 2.33
    [-7, 1, 3, -2, -3, -2],
    [8, 1, 3, 3, 2, 3], // 2.67
    [-8, 1, 3, -3, -3, -2],
    [1, 1, 2, 1, 0, 1],
    [-1, 1, 2, -1, -1, 0],
    [6, 7, 3, 14, 14, 14], // exact
    [-6, 7, 3, -14, -14, -14],
    [0, 5, 3, 0, 0, 0],
    [MAX, MAX, MAX, MAX, MAX, MAX],
    [MAX, 1, 2, 4_503_599_627_370_496, 4_503_599_627_370_495, 4_503_599_627_370_496],
  ])('%d × %d / %d is %d half up, %d floor, %d ceil', (a, b, divisor, halfUp, floor, ceil) => {
    expect(mulDiv({ a, b, divisor, rounding: 'halfUp' })).toBe(halfUp)
    expect(mulDiv({ a, b, divisor, rounding: 'floor' })).toBe(floor)
    expect(mulDiv({ a, b, divisor, rounding: 'ceil' })).toBe(ceil)
  })
  it('refuses the divisor 0, fractions and results that would lose digits', () => {
    expect(() => mulDiv({ a: 1, b: 1, divisor: 0, rounding: 'floor' })).toThrow(Defect)
    expect(() => mulDiv({ a: 1.5, b: 1, divisor: 1, rounding: 'floor' })).toThrow(Defect)
    expect(() => mulDiv({ a: MAX, b: 2, divisor: 1, rounding: 'floor' })).toThrow(Refusal)
  })
  it('never gives minus zero', () => {
    expect(Object.is(mulDiv({ a: -1, b: 1, divisor: 3, rounding: 'halfUp' }), 0)).toBe(true)
    expect(Object.is(mulDiv({ a: -1, b: 1, divisor: 3, rounding: 'ceil' }), 0)).toBe(true)
  })
  it('floor ≤ exact ≤ ceil, half up is nearest and mirrors its sign', () => {
    const whole = fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n })
    fc.assert(
      fc.property(whole, whole.filter((d) => d !== 0n), (dividend, divisor) => {
        const rounded = (rounding: Rounding): bigint => divide({ dividend, divisor, rounding })
        const [floor, ceil, near] = [rounded('floor'), rounded('ceil'), rounded('halfUp')]
        const scaled = divisor < 0n ? -dividend : dividend
        const d = divisor < 0n ? -divisor : divisor
        expect(floor * d <= scaled && scaled - floor * d < d).toBe(true)
        expect(ceil * d >= scaled && ceil * d - scaled < d).toBe(true)
        const off = near * d - scaled
        expect((off < 0n ? -off : off) * 2n <= d).toBe(true)
        expect(divide({ dividend: -dividend, divisor, rounding: 'halfUp' })).toBe(-near)
      }),
      { numRuns: 200 },
    )
  })
})

describe('allocate', () => {
  it.each<[number, number[], number[]]>([
    [100, [1, 1, 1], [34, 33, 33]], // a tie goes to the lower index
    [100, [1, 1], [50, 50]],
    [101, [1, 1], [51, 50]],
    [-101, [1, 1], [-51, -50]],
    [200, [1, 1, 1], [67, 67, 66]],
    [10, [1, 2, 4], [1, 3, 6]], // 1.43, 2.86, 5.71: the two left go to .86 and .71
    [5, [0, 1, 0], [0, 5, 0]],
    [7, [0, 0, 0], [0, 0, 7]],
    [-7, [0, 0], [0, -7]],
    [0, [3, 4], [0, 0]],
    [0, [], []],
    [1, [5, 5, 6], [0, 0, 1]], // 0.3125, 0.3125, 0.375
    [9_007_199_254_740_991, [9_007_199_254_740_991, 9_007_199_254_740_991], [4_503_599_627_370_496, 4_503_599_627_370_495]],
  ])('%d by %j is %j', (total, weights, parts) => {
    expect(allocate(total, weights)).toEqual(parts)
  })
  it('refuses a total that nobody takes and negative weights', () => {
    expect(() => allocate(1, [])).toThrow(Defect)
    expect(() => allocate(1, [1, -1])).toThrow(Defect)
  })
  it('sums exactly, stays within one of the exact share, and mirrors its sign', () => {
    const weights = fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }), weights, (total, ws) => {
        const parts = allocate(total, ws)
        expect(parts.reduce((a, b) => a + b, 0)).toBe(total)
        const whole = ws.reduce((a, b) => a + b, 0)
        if (whole > 0) {
          parts.forEach((part, i) => {
            const off = BigInt(part) * BigInt(whole) - BigInt(total) * BigInt(ws[i] ?? 0)
            expect((off < 0n ? -off : off) < BigInt(whole)).toBe(true)
          })
        }
        expect(allocate(-total, ws)).toEqual(parts.map((p) => 0 - p))
      }),
      { numRuns: 200 },
    )
  })
})

describe('shareOf', () => {
  it.each([
    // total, part, whole, taken, takenPart, share
    [10_000, 1, 3, 0, 0, 3333],
    [10_000, 1, 3, 3333, 1, 3333],
    [10_000, 1, 3, 6666, 2, 3334], // the last takes the remainder
    [-10_000, 1, 3, 0, 0, -3333],
    [-10_000, 1, 3, -6666, 2, -3334],
    [10_000, 3, 3, 0, 0, 10_000],
    [5, 1, 10, 0, 0, 1], // 0.5 rounds up, so the first five take it all …
    [5, 1, 10, 5, 5, 0], // … and the others nothing, instead of more than there is
    [-5, 1, 10, -5, 7, 0],
    [5, 1, 10, 5, 9, 0],
    [100, 0, 3, 40, 1, 0],
    [0, 1, 2, 0, 0, 0],
    [100, 1, 2, 130, 1, -30], // an earlier part took too much: the last sets it right
    [1030, 2_000_000, 3_000_000, 0, 0, 687], // 686.67
  ])('of %d, %d of %d after %d for %d, is %d', (total_minor, part, whole, taken_minor, takenPart, share) => {
    expect(shareOf({ total_minor, part, whole, taken_minor, takenPart })).toBe(share)
  })
  it('refuses more than the whole', () => {
    expect(() => shareOf({ total_minor: 100, part: 2, whole: 3, taken_minor: 50, takenPart: 2 })).toThrow(Defect)
    expect(() => shareOf({ total_minor: 100, part: -1, whole: 3, taken_minor: 0, takenPart: 2 })).toThrow(Defect)
    expect(() => shareOf({ total_minor: 100, part: 0, whole: 0, taken_minor: 0, takenPart: 0 })).toThrow(Defect)
  })
  it('parts taken one after the other sum to the total and never turn back', () => {
    const parts = fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 1, maxLength: 10 })
    fc.assert(
      fc.property(fc.integer({ min: -100_000, max: 100_000 }), parts, (total_minor, sizes) => {
        const whole = sizes.reduce((a, b) => a + b, 0)
        let [taken_minor, takenPart] = [0, 0]
        for (const part of sizes) {
          const share = shareOf({ total_minor, part, whole, taken_minor, takenPart })
          expect(share * Math.sign(total_minor)).toBeGreaterThanOrEqual(0)
          taken_minor += share
          takenPart += part
        }
        expect(taken_minor).toBe(total_minor)
      }),
      { numRuns: 200 },
    )
  })
})
