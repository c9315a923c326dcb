import { percentOf } from './cells.ts'

/**
 * How a number format shows a number, as far as it changes what the person meant: a date, a time, a percentage, a code with
 * leading zeros. Everything else is a plain number whose format is only decoration.
 */
export type NumberShape =
  | { readonly kind: 'plain' }
  | { readonly kind: 'day' | 'moment' | 'time' | 'elapsed' | 'percent' }
  | { readonly kind: 'zeros'; readonly width: number }

const plain: NumberShape = { kind: 'plain' }

/** The formats every spreadsheet knows by number. 27-36 and 50-58 are the East Asian dates. Source: ECMA-376 part 1, 18.8.30. */
export function shapeOfBuiltIn(formatId: number): NumberShape {
  if (formatId === 9 || formatId === 10) return { kind: 'percent' }
  if ((formatId >= 14 && formatId <= 17) || formatId === 36) return { kind: 'day' }
  if (formatId === 22) return { kind: 'moment' }
  const isTime = (formatId >= 18 && formatId <= 21) || (formatId >= 32 && formatId <= 35)
  if (isTime || [45, 47, 55, 56].includes(formatId)) return { kind: 'time' }
  if (formatId === 46) return { kind: 'elapsed' }
  if ((formatId >= 27 && formatId <= 31) || (formatId >= 50 && formatId <= 58)) return { kind: 'day' }
  return plain
}

/** Reads a format code such as `yyyy"年"m"月"d"日"`, `0.00%` or `00000`. Only the first section counts: it is the one for positive numbers. */
export function shapeOfFormat(code: string): NumberShape {
  const bare = code
    .replace(/"[^"]*"?|\\.|_.|\*./g, '')
    .replace(/am\/pm|a\/p|上午\/下午/gi, 'h')
    .toLowerCase()
  if (/\[(h+|m+|s+)\]/.test(bare)) return { kind: 'elapsed' }
  const section = bare.replace(/\[[^\]]*\]?/g, '').split(';')[0] ?? ''
  if (section === '' || section.includes('general')) return plain
  if (section.includes('%')) return { kind: 'percent' }
  if (/^0{2,}$/.test(section)) return { kind: 'zeros', width: section.length }
  if (/[0#?]/.test(section.replace(/[sS][.]0+/g, 's'))) return plain
  const hasDay = /[yd]|mmm|e|b/.test(section)
  const hasTime = /[hs]/.test(section)
  if (hasDay && hasTime) return { kind: 'moment' }
  if (hasTime) return { kind: 'time' }
  return hasDay || section.includes('m') ? { kind: 'day' } : plain
}

/**
 * A number of a sheet as exact decimal text without exponent, undefined when it is none. Excel keeps 15 digits and shows 15, but
 * stores 17: the last two are noise of binary fractions (0.1 + 0.2 is stored as 0.30000000000000004). Whole numbers written out in
 * full keep all their digits, since programs that write long account numbers as numbers mean every one of them.
 */
export function decimalText(raw: string): string | undefined {
  if (raw.length > 400) return undefined
  const match = /^\s*([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?\s*$/.exec(raw)
  if (match === null) return undefined
  const [, sign = '', whole = '', fraction = '', exponent] = match
  if (whole === '' && fraction === '') return undefined
  if (exponent === undefined && whole !== '' && /^0*$/.test(fraction)) return signed(sign, whole.replace(/^0+(?=\d)/, ''))
  const digits = (whole + fraction).replace(/^0+/, '')
  if (digits === '') return '0'
  const point = digits.length - fraction.length + Number(exponent ?? 0)
  if (Math.abs(point) > 310) return undefined
  const kept = digits.length > 15 ? roundedDigits(digits, 15) : { digits, carried: 0 }
  return signed(sign, placePoint(kept.digits, point + kept.carried))
}

/** Rounds half up to so many digits; a carry past the front (99.9 → 100) is reported. */
function roundedDigits(digits: string, keep: number): { digits: string; carried: number } {
  const head = BigInt(digits.slice(0, keep)) + (digits.charCodeAt(keep) >= 53 ? 1n : 0n)
  const text = head.toString()
  return { digits: text, carried: text.length - keep }
}

function placePoint(digits: string, point: number): string {
  const whole = point <= 0 ? '0' : digits.slice(0, point).padEnd(point, '0')
  const fraction = (point < 0 ? '0'.repeat(-point) + digits : digits.slice(Math.max(point, 0))).replace(/0+$/, '')
  return fraction === '' ? whole : `${whole}.${fraction}`
}

function signed(sign: string, text: string): string {
  return sign === '-' && text !== '0' ? `-${text}` : text
}

/** The text of a stored number under a shape; undefined when the number is no day that exists (negative, past 9999, 29 February 1900). */
export function shapedText(raw: string, shape: NumberShape, epoch: 1900 | 1904): string | undefined {
  const decimal = decimalText(raw)
  if (decimal === undefined) return undefined
  if (shape.kind === 'plain') return decimal
  if (shape.kind === 'percent') return `${percentOf(decimal)}%`
  if (shape.kind === 'zeros') return /^\d+$/.test(decimal) ? decimal.padStart(shape.width, '0') : decimal
  return dayText(Number(decimal), shape.kind, epoch)
}

const daySeconds = 86_400

/** Serial days count from 1899-12-31 as day 0, with a 29 February 1900 that never was; the 1904 system counts from 1904-01-01. */
function dayText(serial: number, kind: 'day' | 'moment' | 'time' | 'elapsed', epoch: 1900 | 1904): string | undefined {
  if (serial < 0 || serial >= 2_958_466) return undefined
  // Times are binary fractions of a day: to the nearest second they are what was typed.
  const seconds = Math.round(serial * daySeconds)
  const clock = clockText(seconds % daySeconds)
  if (kind === 'elapsed') return `${Math.floor(seconds / 3600)}:${clock.slice(3)}`
  if (kind === 'time' && seconds < daySeconds) return clock
  const day = dayOfSerial(Math.floor(seconds / daySeconds), epoch)
  if (day === undefined) return undefined
  return kind === 'day' ? day : `${day}T${clock}`
}

function dayOfSerial(serial: number, epoch: 1900 | 1904): string | undefined {
  const isLost = epoch === 1900 && (serial === 0 || serial === 60)
  if (isLost) return undefined
  const base = epoch === 1904 ? Date.UTC(1904, 0, 1) : serial < 60 ? Date.UTC(1899, 11, 31) : Date.UTC(1899, 11, 30)
  return new Date(base + serial * daySeconds * 1000).toISOString().slice(0, 10)
}

function clockText(seconds: number): string {
  const two = (value: number) => String(value).padStart(2, '0')
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
}

/** Text of a sheet with its `_x000D_` escapes undone. Source: ECMA-376 part 1, 22.9.2.19 (ST_Xstring). */
export function unescapeText(text: string): string {
  if (!text.includes('_x')) return text
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
}

/** A cell reference such as AB12 as column and row counted from 1; undefined when it is none or lies outside any sheet. */
export function parseReference(reference: string): { readonly column: number; readonly row: number } | undefined {
  let column = 0
  let at = 0
  for (; at < reference.length && at < 4; at++) {
    const code = reference.charCodeAt(at) & ~32
    if (code < 65 || code > 90) break
    column = column * 26 + code - 64
  }
  const row = at === 0 || at === 4 ? Number.NaN : wholeNumber(reference.slice(at))
  return column > 16_384 || !(row >= 1 && row <= 1_048_576) ? undefined : { column, row }
}

/** Digits as a number; NaN for everything else, also for more digits than any row, style or text index has. */
export function wholeNumber(text: string): number {
  return /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
}
