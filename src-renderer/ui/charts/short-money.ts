import type { Format } from '../format.ts'

/** Amounts on an axis: 1.2万 or 12k, in the major unit. */
export function shortMoney(minor: number, { digits, locale }: Pick<Format, 'digits' | 'locale'>): string {
  const major = minor / 10 ** digits
  const steps = locale === 'zh-CN' ? ([[1e8, '亿'], [1e4, '万']] as const) : ([[1e9, 'bn'], [1e6, 'm'], [1e3, 'k']] as const)
  const step = steps.find(([size]) => Math.abs(major) >= size)
  const value = step ? major / step[0] : major
  return `${Number(value.toPrecision(3))}${step?.[1] ?? ''}`
}
