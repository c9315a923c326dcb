/**
 * One cell of an export. Figures come as exact decimal text (`'12.30'`): its decimals are the ones shown, and no binary number
 * touches it on the way to a CSV file. A rate is a fraction (`'0.13'`, shown 13%). A day is YYYY-MM-DD; a moment is local time as
 * YYYY-MM-DDTHH:MM:SS, as the caller knows whose clock counts.
 */
export type Cell =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number' | 'money' | 'rate'; readonly number: string }
  | { readonly kind: 'day'; readonly day: string }
  | { readonly kind: 'moment'; readonly moment: string }
  | { readonly kind: 'empty' }

/** A column of an export. `width` in characters; without it the first rows decide. */
export type Column = { readonly title: string; readonly width?: number }

export type Rows = AsyncIterable<readonly Cell[]> | Iterable<readonly Cell[]>

/** Asserts that a figure is exact decimal text; anything else is a defect of the caller. */
export function checkedDecimal(number: string): string {
  if (!/^-?\d+(\.\d+)?$/.test(number)) throw new Error(`not a decimal: ${number.slice(0, 40)}`)
  return number
}

/** Asserts a day. */
export function checkedDay(day: string): string {
  if (!/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.test(day)) throw new Error(`not a day: ${day.slice(0, 40)}`)
  return day
}

/** Asserts a moment. */
export function checkedMoment(moment: string): string {
  const isClock = /^T([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/.test(moment.slice(10))
  if (!isClock) throw new Error(`not a moment: ${moment.slice(0, 40)}`)
  checkedDay(moment.slice(0, 10))
  return moment
}

/** A fraction as a percentage, by moving the point: '0.13' → '13', '0.065' → '6.5'. */
export function percentOf(fraction: string): string {
  const [whole = '0', decimals = ''] = checkedDecimal(fraction).replace('-', '').split('.')
  const digits = (whole + decimals.padEnd(2, '0').slice(0, 2)).replace(/^0+(?=\d)/, '')
  const rest = decimals.slice(2).replace(/0+$/, '')
  return (fraction.startsWith('-') ? '-' : '') + (rest === '' ? digits : `${digits}.${rest}`)
}

/** Holds that a row has as many cells as the table has columns; a defect of the caller otherwise. */
export function checkWidth(cells: readonly Cell[], columns: readonly Column[]): void {
  if (cells.length !== columns.length) throw new Error(`a row of ${cells.length} cells in a table of ${columns.length} columns`)
}
