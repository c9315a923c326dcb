import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import type { Bought } from '../../src-main/modules/insights/buying.ts'
import type { Spent } from '../../src-main/modules/insights/spending.ts'

// CDNOW: 2,357 customers of a seller of records, the sample on which the models were published.

const FOLDER = join(process.env['ZHANGGUI_DATA_SETS'] ?? join(import.meta.dirname, '../../../shared/data'), 'cdnow/lifetimes/lifetimes/datasets')
export const cdnowIsMissing = !existsSync(FOLDER)

const rows = (file: string): string[][] =>
  readFileSync(join(FOLDER, file), 'utf8')
    .split('\n')
    .map((row) => row.trim().split(/[\s,]+/))
    .filter((row) => /^\d/.test(row[0] ?? ''))

const WEEK = 7 * 86_400_000
const END = Date.UTC(1997, 8, 30)
const HOLDOUT_END = Date.UTC(1998, 5, 30)

/** Each customer's purchases of the first 39 weeks, and how many days of buying followed in the 39 after. */
export function cdnowBought(): { readonly calibration: Bought[]; readonly holdout: number[] } {
  const calibration = rows('cdnow_customers_summary.csv').map(([, x, last, watched]): Bought => ({ repeats: Number(x), last: Number(last), watched: Number(watched) }))
  const days = new Map<number, Set<number>>()
  for (const [, sample, date] of rows('CDNOW_sample.txt')) {
    const at = Date.UTC(Number(date!.slice(0, 4)), Number(date!.slice(4, 6)) - 1, Number(date!.slice(6, 8)))
    const later = days.get(Number(sample)) ?? new Set()
    if (at > END && at <= HOLDOUT_END) later.add(at)
    days.set(Number(sample), later)
  }
  return { calibration, holdout: [...days].sort((a, b) => a[0] - b[0]).map(([, later]) => later.size) }
}
export const HOLDOUT_WEEKS = Math.round((HOLDOUT_END - END) / WEEK)

/** Those who came back, with what their later purchases came to on average. */
export const cdnowSpent = (): Spent[] =>
  rows('cdnow_customers_summary_with_transactions.csv')
    .map(([, x, , , mean]): Spent => ({ repeats: Number(x), mean: Number(mean) }))
    .filter((one) => one.repeats > 0)
