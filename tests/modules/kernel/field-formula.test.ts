import { describe, expect, test } from 'vitest'
import { isFormula, parseFormula } from '../../../src-main/kernel/field-formula.ts'

const figures: Readonly<Record<string, { value: number; scale: number }>> = { a: { value: 2_500_000, scale: 6 }, b: { value: 1999, scale: 2 }, zero: { value: 0, scale: 0 } }

function value(text: string): number | null {
  const parsed = parseFormula(text)
  if (!isFormula(parsed)) throw new Error(`no formula at ${parsed.at}`)
  return parsed.value((name) => figures[name] ?? null)
}

describe('formulas', () => {
  test('are exact to the millionth, and round half up once', () => {
    expect(value('{a} + {b}')).toBe(22_490_000)
    expect(value('1 + 2 * 3 - 4 / 8')).toBe(6_500_000)
    expect(value('-(1 - 3) * 2')).toBe(4_000_000)
    expect(value('1 / 3 * 3')).toBe(1_000_000)
    expect(value('2 / 3')).toBe(666_667)
    expect(value('0.1 + 0.2')).toBe(300_000)
    expect(value('round({b}, 1) + round(2.5) + abs(-1) + min(3, 2, 5) + max({a}, 2)')).toBe(28_500_000)
    expect(value('（１＋２）×３÷９')).toBe(1_000_000)
    expect(value('- - 2')).toBe(2_000_000)
  })

  test('have no value where there is none: nothing divides by zero, and nothing comes of nothing', () => {
    expect(value('1 / {zero}')).toBeNull()
    expect(value('{nothing} * 2')).toBeNull()
    expect(value('{nothing} + {a}')).toBe(2_500_000)
    expect(value('999999999999999 * 999999999999999')).toBeNull()
    expect(value('round(1, 9)')).toBeNull()
  })

  test.each([['', 0], ['1 +', 3], ['(1', 2], ['1)', 1], ['{a', 0], ['{}', 0], ['foo(1)', 0], ['min()', 4], ['round(1, 2, 3)', 13], ['1 1', 1], ['"x"', 0], ['2 ** 2', 3]])('%s is none', (text, at) => {
    expect(parseFormula(text)).toMatchObject({ at })
  })

  test('stop at nesting that nobody writes', () => {
    expect(isFormula(parseFormula(`${'('.repeat(30)}1${')'.repeat(30)}`))).toBe(true)
    expect(isFormula(parseFormula(`${'('.repeat(100)}1${')'.repeat(100)}`))).toBe(false)
    expect(isFormula(parseFormula(`${'-'.repeat(290)}1`))).toBe(false)
  })
})
