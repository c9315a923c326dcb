import type { ImportField } from '../../kernel/operation.ts'
import { parseDecimal, parseMoney } from '../../kernel/money.ts'
import { clip } from '../../files/refusals.ts'
import { parseDay } from './parse-day.ts'
import type { CellReason, RowReason } from './reasons.ts'

export type CellVerdict = { readonly value: string | number } | CellReason

const LONGEST_TEXT = 4_000
/** The bounds of the contracts' words (kernel/contract.ts). */
const bounds = { money: 90_000_000_000_000, price: 10_000_000_000_000, quantity: 1_000_000_000_000_000, integer: 1_000_000_000 } as const
const PRICE_DECIMALS = 4
const QUANTITY_DECIMALS = 6
const RATE_DECIMALS = 8

const yes = new Set(['1', 'true', 'yes', 'y', 't', '是', '有', '对', '真', '启用', '√', '✓', '✔'])
const no = new Set(['0', 'false', 'no', 'n', 'f', '否', '无', '没有', '不是', '假', '停用', '×', '✗', '✘', 'x'])

/**
 * Reads one filled cell by the form of its field: money in minor units (`digits` decimals), price e4, quantity e6, rate e8, day as
 * YYYY-MM-DD, flag as 0 or 1. Nothing is rounded: a cell with more decimals than its form holds is a reason to ask.
 */
export function parseCell(text: string, { form, digits }: { form: ImportField['form']; digits: number }): CellVerdict {
  switch (form) {
    case 'text':
      return textCell(text)
    case 'day':
      return dayCell(text)
    case 'money':
      return amountCell(text, { decimals: digits, bound: bounds.money, reason: 'import.amountUnknown' })
    case 'price':
      return amountCell(text, { decimals: PRICE_DECIMALS, bound: bounds.price, reason: 'import.amountUnknown' })
    case 'quantity':
      return amountCell(text, { decimals: QUANTITY_DECIMALS, bound: bounds.quantity, reason: 'import.quantityUnknown' })
    case 'integer':
      return amountCell(text, { decimals: 0, bound: bounds.integer, reason: 'import.wholeNumberUnknown' })
    case 'rate':
      return rateCell(text)
    case 'flag':
      return flagCell(text)
  }
}

const reason = (reason_code: RowReason, details: Record<string, unknown>): CellReason => ({ reason_code, details })

function textCell(text: string): CellVerdict {
  if (text.length > LONGEST_TEXT) return reason('import.textTooLong', { limit: LONGEST_TEXT })
  const plain = text.replace(/\r\n?/g, '\n')
  // eslint-disable-next-line no-control-regex -- controls are what must not get into the books
  if (/[\u0000-\u0008\u000b-\u001f\u007f]/.test(plain)) return reason('import.controlCharacters', { found: clip(text) })
  return { value: plain }
}

function dayCell(text: string): CellVerdict {
  const parsed = parseDay(text)
  if (parsed === 'ambiguous') return reason('import.dayAmbiguous', { found: clip(text) })
  return parsed === undefined ? reason('import.dayUnknown', { found: clip(text) }) : { value: parsed.day }
}

/** A figure with up to `decimals` decimals; zeros behind them are only decoration. */
function amountCell(text: string, { decimals, bound, reason: unknown }: { decimals: number; bound: number; reason: RowReason }): CellVerdict {
  const value = parseMoney(text, decimals) ?? parseMoney(withoutLastZeros(text), decimals)
  if (value === undefined) return reason(whyNoAmount(text, unknown), { found: clip(text), decimals })
  return Math.abs(value) > bound ? reason('import.numberTooLarge', { found: clip(text) }) : { value }
}

const withoutLastZeros = (text: string): string => text.replace(/([.．]\d*?)0+(?=\D*$)/, '$1')

/** Tells a figure that has too many decimals or digits from what is no figure. */
function whyNoAmount(text: string, unknown: RowReason): RowReason {
  const whole = text.replace(/[.．]\d*(?=\D*$)/, '')
  if (whole !== text && parseMoney(whole, 0) !== undefined) return unknown === 'import.wholeNumberUnknown' ? unknown : 'import.tooManyDecimals'
  return /^[\s+-]*\d[\d,]{12,}(\.\d+)?\s*$/.test(text) ? 'import.numberTooLarge' : unknown
}

/** '13%' or '0.13'. A bare number from 1 on could mean either 1 % or 100 %, so it is asked about. */
function rateCell(text: string): CellVerdict {
  const plain = text.normalize('NFKC').trim()
  const percent = /^(.*\S)\s*%$/.exec(plain)?.[1]
  const value = percent === undefined ? parseDecimal(plain, RATE_DECIMALS) : parseDecimal(withoutLastZeros(percent), RATE_DECIMALS - 2)
  if (value === undefined) return reason('import.rateUnknown', { found: clip(text) })
  if (percent === undefined && value >= 100_000_000) return reason('import.rateUnclear', { found: clip(text) })
  return value < 0 || value > 100_000_000 ? reason('import.rateUnknown', { found: clip(text) }) : { value }
}

function flagCell(text: string): CellVerdict {
  const word = text.normalize('NFKC').trim().toLowerCase()
  if (yes.has(word)) return { value: 1 }
  if (no.has(word)) return { value: 0 }
  return reason('import.flagUnknown', { found: clip(text) })
}
