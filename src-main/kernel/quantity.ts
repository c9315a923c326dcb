import { assert } from './assert.ts'
import { formatDecimal, parseDecimal } from './decimal.ts'
import { big, powerOfTen } from './math.ts'

/** How many base units one unit is, as an exact fraction: 1 箱 = 12/1 瓶, 1 g = 1/1000 kg. Both are positive whole numbers. */
export type UnitRatio = { readonly numerator: number; readonly denominator: number }

const QUANTITY_DIGITS = 6
const ONE_E6 = powerOfTen(QUANTITY_DIGITS)

function exactly(dividend: bigint, divisor: bigint): number | undefined {
  if (dividend % divisor !== 0n) return undefined
  const quotient = Number(dividend / divisor)
  return Number.isSafeInteger(quotient) ? quotient : undefined
}

function checked({ numerator, denominator }: UnitRatio): { n: bigint; d: bigint } {
  assert(numerator > 0 && denominator > 0, 'a unit ratio is positive')
  return { n: big(numerator), d: big(denominator) }
}

/** Entered quantity (e6 of a unit) in base units (e6). Undefined when it is not exact to the millionth or beyond the safe integers. */
export function toBase(quantity_e6: number, ratio: UnitRatio): number | undefined {
  if (ratio.numerator === 1 && ratio.denominator === 1 && Number.isSafeInteger(quantity_e6)) return quantity_e6
  const { n, d } = checked(ratio)
  return exactly(big(quantity_e6) * n, d)
}

/** Base quantity (e6) in another unit (e6). Undefined when it is not exact to the millionth or beyond the safe integers. */
export function fromBase(quantity_e6: number, ratio: UnitRatio): number | undefined {
  const { n, d } = checked(ratio)
  return exactly(big(quantity_e6) * d, n)
}

/** '12', '0.5', '-3.25': no zeros at the end, no thousands separators. */
export function formatQuantity(quantity_e6: number): string {
  return formatDecimal(quantity_e6, QUANTITY_DIGITS)
}

/** Reads a quantity with up to 6 decimals. Undefined when it is none. */
export function parseQuantity(text: string): number | undefined {
  return parseDecimal(text, QUANTITY_DIGITS)
}

/** Latin unit names stand apart from their number ("3 box 5 pcs"), Chinese ones do not ("3箱5瓶"). */
const startsWide = (name: string): boolean => /^[^\p{Script=Latin}\p{N}]/u.test(name)

/**
 * A base quantity (e6) counted in whole larger units, largest first, and the rest in the base unit: 41 瓶 with 1 箱 = 12 瓶 is '3箱5瓶',
 * 12.5 瓶 is '1箱0.5瓶', nothing is '0瓶'. Units not larger than the base, or without an exact size in millionths, are left out.
 */
export function formatMultiUnit(given: {
  quantity_e6: number
  units: readonly ({ readonly name: string } & UnitRatio)[]
  base_name: string
}): string {
  const sizes = given.units
    .map((unit) => ({ name: unit.name, ...checked(unit) }))
    .filter(({ n, d }) => n > d && (n * ONE_E6) % d === 0n)
    .map(({ name, n, d }) => ({ name, size_e6: (n * ONE_E6) / d }))
    .toSorted((a, b) => (a.size_e6 === b.size_e6 ? 0 : a.size_e6 > b.size_e6 ? -1 : 1))
  const parts: { count: string; name: string }[] = []
  let rest = big(Math.abs(given.quantity_e6))
  for (const { name, size_e6 } of sizes) {
    const count = rest / size_e6
    if (count > 0n) parts.push({ count: count.toString(), name })
    rest %= size_e6
  }
  if (rest > 0n || parts.length === 0) parts.push({ count: formatQuantity(Number(rest)), name: given.base_name })
  const words = parts.map(({ count, name }) => (startsWide(name) ? `${count}${name}` : `${count} ${name}`))
  return (given.quantity_e6 < 0 ? '-' : '') + words.join(parts.every(({ name }) => startsWide(name)) ? '' : ' ')
}
