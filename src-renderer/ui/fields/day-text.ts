import { addDays, isDay, lastOfMonth, type Day } from '../../../src-main/kernel/day.ts'

const two = (text: string): string => text.padStart(2, '0')

/**
 * A day as people type it: t or 今 (today), y or 昨, +3, -1 (from today), 22 (of this month), 1122 or 11-22 or 11/22 (of this year),
 * 261122, 20261122, 2026-11-22, 2026年11月22日; e is the end of this month. Undefined when it is none of these.
 */
export function parseDay(typed: string, today: Day): Day | undefined {
  const text = typed.normalize('NFKC').trim().toLowerCase()
  const year = today.slice(0, 4)
  if (text === 't' || text === '今' || text === '今天') return today
  if (text === 'y' || text === '昨' || text === '昨天') return addDays(today, -1)
  if (text === 'e' || text === '月底') return lastOfMonth(today)
  const offset = /^([+-])(\d{1,4})$/.exec(text)
  if (offset) return addDays(today, Number(offset[2]) * (offset[1] === '-' ? -1 : 1))
  const parts = text.split(/[-/.年月日\s]+/).filter((p) => p !== '')
  if (parts.some((p) => !/^\d+$/.test(p))) return undefined
  const guess = dayOfParts(parts, { year, month: today.slice(5, 7) })
  return guess !== undefined && isDay(guess) ? guess : undefined
}

function dayOfParts(parts: readonly string[], now: { year: string; month: string }): string | undefined {
  const [a = '', b = '', c = ''] = parts
  if (parts.length === 3) return a.length <= 2 ? `20${two(a)}-${two(b)}-${two(c)}` : `${a}-${two(b)}-${two(c)}`
  if (parts.length === 2) return `${now.year}-${two(a)}-${two(b)}`
  if (parts.length !== 1) return undefined
  switch (a.length) {
    case 1:
    case 2:
      return `${now.year}-${now.month}-${two(a)}`
    case 3:
    case 4:
      return `${now.year}-${two(a.slice(0, -2))}-${a.slice(-2)}`
    case 6:
      return `20${a.slice(0, 2)}-${a.slice(2, 4)}-${a.slice(4)}`
    case 8:
      return `${a.slice(0, 4)}-${a.slice(4, 6)}-${a.slice(6)}`
    default:
      return undefined
  }
}
