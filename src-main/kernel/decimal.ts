import { big, powerOfTen } from './math.ts'
import { assert } from './assert.ts'

const NUMBER = /^([+-])? ?(\d+|\d{1,3}(?:,\d{3})+)?(?:\.(\d*))?$/

/** Full-width digits and signs become plain ones, the typographic minus a hyphen, outer spaces go. */
export function plainNumberText(text: string): string {
  return text.normalize('NFKC').replace(/[\u2212\u2012\u2013]/g, '-').replace(/\s+/g, ' ').trim()
}

/**
 * Reads a decimal number as a whole number of 10^−scale: ('1,234.5', 2) is 123450. Full-width digits, a sign and well-formed thousands
 * separators are understood. Gives undefined for anything else, for more decimals than the scale holds, and beyond the safe integers.
 */
export function parseDecimal(text: string, scale: number): number | undefined {
  const match = NUMBER.exec(plainNumberText(text))
  if (!match) return undefined
  const [, sign, whole = '', decimals = ''] = match
  if (whole === '' && decimals === '') return undefined
  if (decimals.length > scale || whole.length > 24) return undefined
  const magnitude = Number(BigInt(whole.replaceAll(',', '') + decimals.padEnd(scale, '0')))
  if (!Number.isSafeInteger(magnitude)) return undefined
  return sign === '-' && magnitude !== 0 ? -magnitude : magnitude
}

/** A whole number of 10^−scale cut into its sign, whole digits and `scale` decimals. */
export function decimalParts(value: number, scale: number): { sign: '' | '-'; whole: string; decimals: string } {
  const unit = powerOfTen(scale)
  const magnitude = value < 0 ? -big(value) : big(value)
  const decimals = scale === 0 ? '' : (magnitude % unit).toString().padStart(scale, '0')
  return { sign: value < 0 ? '-' : '', whole: (magnitude / unit).toString(), decimals }
}

/**
 * Writes a whole number of 10^−scale as a plain decimal: (12500, 4) is '1.25'. Zeros at the end go, but `minDecimals` decimals stay:
 * (10000, 4, 2) is '1.00'. No thousands separators, so every program reads it back.
 */
export function formatDecimal(value: number, scale: number, minDecimals = 0): string {
  assert(minDecimals <= scale, 'more decimals wanted than the scale has')
  const { sign, whole, decimals } = decimalParts(value, scale)
  let keep = scale
  while (keep > minDecimals && decimals[keep - 1] === '0') keep--
  return keep === 0 ? `${sign}${whole}` : `${sign}${whole}.${decimals.slice(0, keep)}`
}
