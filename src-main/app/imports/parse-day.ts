import { isDay } from '../../kernel/day.ts'

const yearFirst = /^(\d{4})(?:[-/.]|年)(\d{1,2})(?:[-/.]|月)(\d{1,2})日?$/
const packed = /^(\d{4})(\d{2})(\d{2})$/
const yearLast = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})$/
const dayMonthWord = /^(\d{1,2})[- ]?([a-z]{3,9})\.?,?[- ]?(\d{4})$/
const monthWordDay = /^([a-z]{3,9})\.? (\d{1,2}),? (\d{4})$/
/** A time of day after the day, which an import of days does not need. */
const clock = /(?:t| )\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[ap]m|z|[+-]\d{2}:?\d{2})?$/

const months = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december']

/** A day as files write it; 'ambiguous' where day and month could be either way round. */
export type ParsedDay = { readonly day: string } | 'ambiguous' | undefined

/**
 * Reads 2026-03-05, 2026/3/5, 2026.3.5, 2026年3月5日, 20260305, 5 Mar 2026, March 5, 2026, 25/03/2026, 05.03.2026, each also with a time
 * behind it. 05/03/2026 is ambiguous: Britain and America read it differently, and a wrong day in the books is worse than a question.
 */
export function parseDay(text: string): ParsedDay {
  const plain = text.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase().replace(clock, '')
  const first = yearFirst.exec(plain) ?? packed.exec(plain)
  if (first) return existing({ year: first[1]!, month: Number(first[2]), dayOfMonth: Number(first[3]) })
  const last = yearLast.exec(plain)
  if (last) return dayAndMonth({ year: last[4]!, one: Number(last[1]), two: Number(last[3]), isDotted: last[2] === '.' })
  const [dayFirst, monthFirst] = [dayMonthWord.exec(plain), monthWordDay.exec(plain)]
  if (dayFirst) return existing({ year: dayFirst[3]!, month: monthOfWord(dayFirst[2]!), dayOfMonth: Number(dayFirst[1]) })
  if (monthFirst) return existing({ year: monthFirst[3]!, month: monthOfWord(monthFirst[1]!), dayOfMonth: Number(monthFirst[2]) })
  return undefined
}

function dayAndMonth({ year, one, two, isDotted }: { year: string; one: number; two: number; isDotted: boolean }): ParsedDay {
  // Dots are written only where the day comes first.
  if (isDotted || one > 12 || one === two) return existing({ year, month: two, dayOfMonth: one })
  if (two > 12) return existing({ year, month: one, dayOfMonth: two })
  return 'ambiguous'
}

/** 1 to 12, or 0 for a word that is no month: 0 then makes no day. */
const monthOfWord = (word: string): number => months.findIndex((m) => m === word || m.slice(0, 3) === word || (word === 'sept' && m === 'september')) + 1

function existing({ year, month, dayOfMonth }: { year: string; month: number; dayOfMonth: number }): { day: string } | undefined {
  const day = `${year}-${String(month).padStart(2, '0')}-${String(dayOfMonth).padStart(2, '0')}`
  return isDay(day) && day >= '1900-01-01' && day < '2200-01-01' ? { day } : undefined
}
