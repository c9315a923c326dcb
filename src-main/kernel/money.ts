import { Refusal } from './refusal.ts'
import { safe, unreachable } from './assert.ts'
import { decimalParts, formatDecimal, parseDecimal, plainNumberText } from './decimal.ts'
import { big, divide, mulDiv, powerOfTen } from './math.ts'
import type { Locale } from './text.ts'

// The one place where callers find everything about money; the tables and the plain decimals live next door.
export { currencies, currencyOf, isCurrencyCode } from './currencies.ts'
export { formatDecimal, parseDecimal } from './decimal.ts'

/** A price has 4 decimals of the major unit, a quantity 6. */
const PRICE_TIMES_QUANTITY_DIGITS = 10
/** The largest amount of one line, in minor units. */
const LARGEST_LINE = 10_000_000_000_000

/**
 * Price × quantity in minor units of a currency with `digits` decimals, half up (away from zero).
 * Refuses 'platform.numberTooLarge' beyond 10^13 minor units, so that a document of some hundred lines still sums exactly.
 */
export function lineAmount({ price_e4, quantity_e6, digits }: { price_e4: number; quantity_e6: number; digits: number }): number {
  const divisor = 10 ** (PRICE_TIMES_QUANTITY_DIGITS - digits)
  const amount = mulDiv({ a: price_e4, b: quantity_e6, divisor, rounding: 'halfUp' })
  if (Math.abs(amount) > LARGEST_LINE) throw new Refusal('platform.numberTooLarge', { value: String(amount) })
  return amount
}

/** The unit price (e4) that amount / quantity comes to, half up. Throws Defect for the quantity 0. */
export function unitPriceFromAmount(given: { amount_minor: number; quantity_e6: number; digits: number }): number {
  const dividend = big(given.amount_minor) * powerOfTen(PRICE_TIMES_QUANTITY_DIGITS)
  return safe(divide({ dividend, divisor: big(given.quantity_e6) * powerOfTen(given.digits), rounding: 'halfUp' }))
}

const MARK = '(?:[A-Za-z]{0,3}[$¥]|[€£₩₹₽฿₫₱]|[A-Z]{3})'
const MARKED = new RegExp(`^([+-]?) ?(?:${MARK})? ?([+-]?) ?([\\d.,]+) ?(?:${MARK}|[元圆])?$`)

/**
 * Reads an amount as people and bank statements write it: '1,234.50', '￥１２.５', '-$5', '¥-5', '(12.30)', '88元'. Gives minor units,
 * or undefined when it is no amount, has more decimals than the currency, or is beyond the safe integers.
 */
export function parseMoney(text: string, digits: number): number | undefined {
  const plain = plainNumberText(text)
  const bracketed = /^\((.*)\)$/.exec(plain)
  const match = MARKED.exec(bracketed?.[1]?.trim() ?? plain)
  if (!match) return undefined
  const [, before = '', after = '', number = ''] = match
  const signs = before + after
  if (bracketed && signs !== '') return undefined
  return parseDecimal(`${bracketed ? '-' : signs}${number}`, digits)
}

/** Minor units as a plain decimal with all decimals of the currency, for files and other programs: (−1230, 2) is '-12.30'. */
export function minorToDecimal(minor: number, digits: number): string {
  return formatDecimal(minor, digits, digits)
}

function separatorsOf(locale: Locale): { group: string; decimal: string } {
  switch (locale) {
    case 'zh-CN':
    case 'en':
      return { group: ',', decimal: '.' }
    default:
      return unreachable(locale)
  }
}

/**
 * Minor units for the eye: thousands separated, all decimals of the currency, the sign before the symbol ('-¥1,234.50');
 * a symbol that ends in a letter keeps a space from the number ('CHF 5.00').
 */
export function formatMoney(minor: number, { digits, symbol = '', locale }: { digits: number; symbol?: string; locale: Locale }): string {
  const { group, decimal } = separatorsOf(locale)
  const { sign, whole, decimals } = decimalParts(minor, digits)
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, group)
  const gap = /\p{L}$/u.test(symbol) ? ' ' : ''
  return `${sign}${symbol}${gap}${grouped}${digits === 0 ? '' : decimal + decimals}`
}
