import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { currencyOf } from '../../../src-main/kernel/money.ts'
import { amountInWordsEn, amountInWordsZh } from '../../../src-main/kernel/words.ts'

describe('amountInWordsZh', () => {
  it.each<[string, string]>([
    // features DF-31
    ['1005.00', '壹仟零伍元整'],
    ['0.50', '伍角整'],
    ['10203.04', '壹万零贰佰零叁元零肆分'],
    ['-1005.00', '负壹仟零伍元整'],
    ['0.00', '零元整'],
    // small sums
    ['0.01', '壹分'],
    ['0.05', '伍分'],
    ['0.54', '伍角肆分'],
    ['1.00', '壹元整'],
    ['1.05', '壹元零伍分'],
    ['1.50', '壹元伍角整'],
    ['9.99', '玖元玖角玖分'],
    ['-0.05', '负伍分'],
    // ten is 壹拾, never 拾
    ['10.00', '壹拾元整'],
    ['15.30', '壹拾伍元叁角整'],
    ['110.00', '壹佰壹拾元整'],
    // the examples of 支付结算办法, appendix 1
    ['1409.50', '壹仟肆佰零玖元伍角整'],
    ['6007.14', '陆仟零柒元壹角肆分'],
    ['1680.32', '壹仟陆佰捌拾元叁角贰分'],
    ['107000.53', '壹拾万柒仟元伍角叁分'],
    ['16409.02', '壹万陆仟肆佰零玖元零贰分'],
    ['325.04', '叁佰贰拾伍元零肆分'],
    // zeros inside and at the ends of groups
    ['1001.00', '壹仟零壹元整'],
    ['1010.00', '壹仟零壹拾元整'],
    ['1100.00', '壹仟壹佰元整'],
    ['10000.00', '壹万元整'],
    ['10001.00', '壹万零壹元整'],
    ['10010.00', '壹万零壹拾元整'],
    ['10100.00', '壹万零壹佰元整'],
    ['11000.00', '壹万壹仟元整'],
    ['100000.00', '壹拾万元整'],
    ['1000000.00', '壹佰万元整'],
    ['1000000.01', '壹佰万元零壹分'],
    ['1005000.00', '壹佰万伍仟元整'],
    ['10050607.08', '壹仟零伍万零陆佰零柒元零捌分'],
    ['100000000.00', '壹亿元整'],
    ['100000005.00', '壹亿零伍元整'],
    ['100010001.10', '壹亿零壹万零壹元壹角整'],
    ['100050000.00', '壹亿零伍万元整'],
    ['110000000.00', '壹亿壹仟万元整'],
    ['1000000000.00', '壹拾亿元整'],
    ['1010101010.10', '壹拾亿壹仟零壹拾万壹仟零壹拾元壹角整'],
    ['1234567890.12', '壹拾贰亿叁仟肆佰伍拾陆万柒仟捌佰玖拾元壹角贰分'],
    ['100000000000.00', '壹仟亿元整'],
    ['1000000000000.00', '壹万亿元整'],
    ['1000000010000.00', '壹万亿零壹万元整'],
    ['1000100000000.00', '壹万零壹亿元整'],
    ['10000000000001.00', '壹拾万亿零壹元整'],
    // the largest exact number, sixteen digits
    ['90071992547409.91', '玖拾万零柒佰壹拾玖亿玖仟贰佰伍拾肆万柒仟肆佰零玖元玖角壹分'],
  ])('%s is %s', (decimal, words) => {
    expect(amountInWordsZh(Number(decimal.replace('.', '')))).toBe(words)
  })
  it('keeps the rules of zeros for any amount', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (minor) => {
        const words = amountInWordsZh(minor)
        expect(words).not.toMatch(/零零|零万|零亿|零拾|零佰|零仟|零角|点|undefined/)
        expect(words).toMatch(/^(负)?.*(整|分)$/)
        if (minor > 0) expect(amountInWordsZh(-minor)).toBe(`负${words}`)
      }),
      { numRuns: 300 },
    )
  })
  it('reads back as the same number', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9_999_999_999_999 }), (minor) => {
        expect(readZh(amountInWordsZh(minor))).toBe(minor)
      }),
      { numRuns: 300 },
    )
  })
})

/** A reader of Chinese numerals, written the other way round from the writer: each place name multiplies what was read before it. */
function readZh(words: string): number {
  const integer = (text: string): number => {
    for (const [name, size] of [['亿', 100_000_000], ['万', 10_000], ['仟', 1000], ['佰', 100], ['拾', 10]] as const) {
      const at = text.lastIndexOf(name)
      if (at >= 0) return integer(text.slice(0, at)) * size + integer(text.slice(at + 1))
    }
    const digits = text.replaceAll('零', '')
    return digits === '' ? 0 : '零壹贰叁肆伍陆柒捌玖'.indexOf(digits)
  }
  const match = /^(?:(.*)元)?(?:零?(.)角)?(?:零?(.)分)?整?$/.exec(words)
  return integer(match?.[1] ?? '') * 100 + integer(match?.[2] ?? '') * 10 + integer(match?.[3] ?? '')
}

describe('amountInWordsEn', () => {
  it.each<[number, string, string]>([
    [100_504, 'GBP', 'One thousand five British pounds and 04/100 only'],
    [100_500, 'GBP', 'One thousand five British pounds only'],
    [100, 'GBP', 'One British pound only'],
    [101, 'EUR', 'One Euro and 01/100 only'],
    [50, 'USD', 'Zero US dollars and 50/100 only'],
    [0, 'USD', 'Zero US dollars only'],
    [-200, 'USD', 'Minus two US dollars only'],
    [500, 'JPY', 'Five hundred Japanese yen only'],
    [2005, 'KWD', 'Two Kuwaiti dinars and 005/1000 only'],
    [1_234_567_89, 'CNY', 'One million two hundred thirty-four thousand five hundred sixty-seven Chinese yuan and 89/100 only'],
    [1100, 'USD', 'Eleven US dollars only'],
    [1900, 'USD', 'Nineteen US dollars only'],
    [2000, 'USD', 'Twenty US dollars only'],
    [2100, 'USD', 'Twenty-one US dollars only'],
    [9900, 'USD', 'Ninety-nine US dollars only'],
    [10_000, 'USD', 'One hundred US dollars only'],
    [11_000, 'USD', 'One hundred ten US dollars only'],
    [100_000_000, 'USD', 'One million US dollars only'],
    [100_000_100, 'USD', 'One million one US dollars only'],
  ])('%d %s is %s', (minor, code, words) => {
    expect(amountInWordsEn(minor, currencyOf(code))).toBe(words)
  })
  it('the largest exact number', () => {
    const words =
      'Nine quadrillion seven trillion one hundred ninety-nine billion two hundred fifty-four million ' +
      'seven hundred forty thousand nine hundred ninety-one Japanese yen only'
    expect(amountInWordsEn(9_007_199_254_740_991, currencyOf('JPY'))).toBe(words)
  })
})
