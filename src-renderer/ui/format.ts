import { createContext, useContext } from 'react'
import { formatDecimal } from '../../src-main/kernel/decimal.ts'
import { formatMoney } from '../../src-main/kernel/money.ts'
import { formatQuantity } from '../../src-main/kernel/quantity.ts'
import type { Locale } from '../../src-main/kernel/text.ts'

export type Format = {
  readonly digits: number
  readonly symbol: string
  readonly currency: string
  readonly locale: Locale
  /** Minor units without a symbol: columns. */
  money(minor: number | null | undefined): string
  /** Minor units with the currency's symbol: headlines and sentences. */
  moneyWithSymbol(minor: number): string
  /** Unit price (e4): at least the currency's decimals. */
  price(price_e4: number | null | undefined): string
  quantity(quantity_e6: number | null | undefined): string
  /** A rate (e8) in percent. */
  percent(rate_e8: number | null | undefined): string
  /** Several words in a row. */
  list(words: readonly string[]): string
  /** An instant as YYYY-MM-DD HH:mm on this desk's clock. */
  instant(at: number | null | undefined): string
}

const grouped = (text: string): string => {
  const [whole = '', decimals] = text.split('.')
  const separated = whole.replace(/\B(?=(?:\d{3})+$)/g, ',')
  return decimals === undefined ? separated : `${separated}.${decimals}`
}

const two = (value: number): string => String(value).padStart(2, '0')

export function instantText(at: number): string {
  const d = new Date(at)
  return `${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())} ${two(d.getHours())}:${two(d.getMinutes())}`
}

/** How this company's figures look on this desk. Nothing is an empty cell, never a zero. */
export function formatOf({ currency, digits, symbol, locale }: { currency: string; digits: number; symbol: string; locale: Locale }): Format {
  return {
    digits,
    symbol,
    currency,
    locale,
    money: (minor) => (minor == null ? '' : formatMoney(minor, { digits, locale })),
    moneyWithSymbol: (minor) => formatMoney(minor, { digits, symbol, locale }),
    price: (price_e4) => (price_e4 == null ? '' : grouped(formatDecimal(price_e4, 4, Math.min(digits, 4)))),
    quantity: (quantity_e6) => (quantity_e6 == null ? '' : grouped(formatQuantity(quantity_e6))),
    percent: (rate_e8) => (rate_e8 == null ? '' : `${formatDecimal(rate_e8, 6)}%`),
    list: (words) => words.join(locale === 'zh-CN' ? '、' : ', '),
    instant: (at) => (at == null ? '' : instantText(at)),
  }
}

const FormatContext = createContext<Format>(formatOf({ currency: 'CNY', digits: 2, symbol: '¥', locale: 'zh-CN' }))
export const FormatProvider = FormatContext.Provider
export const useFormat = (): Format => useContext(FormatContext)
