import { assert, unreachable } from './assert.ts'
import type { Locale } from './text.ts'

/** A calendar day as 'YYYY-MM-DD' (proleptic Gregorian, years 0001 to 9999). Text order is time order. */
export type Day = string
/** A calendar month as 'YYYY-MM'. */
export type Month = string

type Civil = { readonly year: number; readonly month: number; readonly dayOfMonth: number }

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/
const MS_PER_DAY = 86_400_000
/** 1970-01-01 counted in days from 0000-03-01, where the counting below begins. */
const EPOCH_OFFSET = 719_468
const DAYS_PER_ERA = 146_097

const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)

function daysIn({ year, month }: { year: number; month: number }): number {
  if (month === 2) return isLeap(year) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

/** Is this text a day that exists? */
export function isDay(text: string): text is Day {
  const match = DAY.exec(text)
  if (!match) return false
  const [year, month, dayOfMonth] = [Number(match[1]), Number(match[2]), Number(match[3])]
  return year >= 1 && month >= 1 && month <= 12 && dayOfMonth >= 1 && dayOfMonth <= daysIn({ year, month })
}

function civil(day: Day): Civil {
  assert(isDay(day), `${day} is not a day`)
  return { year: Number(day.slice(0, 4)), month: Number(day.slice(5, 7)), dayOfMonth: Number(day.slice(8)) }
}

const digits = (value: number, length: number): string => value.toString().padStart(length, '0')

function textOf({ year, month, dayOfMonth }: Civil): Day {
  assert(year >= 1 && year <= 9999, `year ${year} is outside 1 to 9999`)
  return `${digits(year, 4)}-${digits(month, 2)}-${digits(dayOfMonth, 2)}`
}

// Years are counted from March, so that the leap day is the last of its year and every month's start is one linear formula:
// 153 days in each five months from March. Eras of 400 years (146,097 days) repeat exactly.
function numberOf(day: Day): number {
  const { year, month, dayOfMonth } = civil(day)
  const marchYear = month <= 2 ? year - 1 : year
  const era = Math.floor(marchYear / 400)
  const yearOfEra = marchYear - era * 400
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + dayOfMonth - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * DAYS_PER_ERA + dayOfEra - EPOCH_OFFSET
}

function dayOfNumber(number: number): Day {
  const shifted = number + EPOCH_OFFSET
  const era = Math.floor(shifted / DAYS_PER_ERA)
  const dayOfEra = shifted - era * DAYS_PER_ERA
  const leapDaysBefore = Math.floor(dayOfEra / 1460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096)
  const yearOfEra = Math.floor((dayOfEra - leapDaysBefore) / 365)
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  return textOf({ year, month, dayOfMonth: dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1 })
}

/** The day `count` days later (earlier when negative). Throws Defect outside the years 1 to 9999. */
export function addDays(day: Day, count: number): Day {
  assert(Number.isSafeInteger(count), `${count} is no number of days`)
  return dayOfNumber(numberOf(day) + count)
}

/** The same day of the month `count` months later, or that month's last day where it is shorter: 2026-01-31 + 1 is 2026-02-28. */
export function addMonths(day: Day, count: number): Day {
  assert(Number.isSafeInteger(count), `${count} is no number of months`)
  const { year, month, dayOfMonth } = civil(day)
  const months = year * 12 + (month - 1) + count
  const target = { year: Math.floor(months / 12), month: (((months % 12) + 12) % 12) + 1 }
  return textOf({ ...target, dayOfMonth: Math.min(dayOfMonth, daysIn(target)) })
}

/** Days from one day to another; negative when `to` is earlier. */
export function daysBetween({ from, to }: { from: Day; to: Day }): number {
  return numberOf(to) - numberOf(from)
}

/** Order of time, for sorting. */
export function compareDays(a: Day, b: Day): -1 | 0 | 1 {
  return a === b ? 0 : a < b ? -1 : 1
}

/** The month of a day, 'YYYY-MM'. */
export function monthOf(day: Day): Month {
  assert(isDay(day), `${day} is not a day`)
  return day.slice(0, 7)
}

/** The first day of a day's month; a month ('YYYY-MM') is welcome too. */
export function firstOfMonth(dayOrMonth: Day | Month): Day {
  const first = `${dayOrMonth.slice(0, 7)}-01`
  assert(isDay(first) && (dayOrMonth.length === 7 || isDay(dayOrMonth)), `${dayOrMonth} is neither a day nor a month`)
  return first
}

/** The last day of a day's month; a month ('YYYY-MM') is welcome too. */
export function lastOfMonth(dayOrMonth: Day | Month): Day {
  const { year, month } = civil(firstOfMonth(dayOrMonth))
  return textOf({ year, month, dayOfMonth: daysIn({ year, month }) })
}

/** The calendar year of a day. */
export function yearOf(day: Day): number {
  return civil(day).year
}

/** Monday is 1, Sunday is 7 (ISO 8601). */
export function weekday(day: Day): 1 | 2 | 3 | 4 | 5 | 6 | 7 {
  // 1970-01-01 was a Thursday, three days after a Monday.
  const sinceMonday = (((numberOf(day) + 3) % 7) + 7) % 7
  return (sinceMonday + 1) as 1 | 2 | 3 | 4 | 5 | 6 | 7
}

/** The day on the wall calendar at an instant (UTC ms), `offsetMinutes` east of UTC (China: 480). */
export function dayOfInstant(ms: number, offsetMinutes: number): Day {
  assert(Number.isSafeInteger(ms) && Number.isSafeInteger(offsetMinutes), 'instants and offsets are whole numbers')
  return dayOfNumber(Math.floor((ms + offsetMinutes * 60_000) / MS_PER_DAY))
}

const MONTHS_EN = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const

/** A day for prints and sentences: '2026年3月5日', '5 Mar 2026'. */
export function formatDay(day: Day, locale: Locale): string {
  const { year, month, dayOfMonth } = civil(day)
  switch (locale) {
    case 'zh-CN':
      return `${year}年${month}月${dayOfMonth}日`
    case 'en':
      return `${dayOfMonth} ${MONTHS_EN[month - 1]} ${year}`
    default:
      return unreachable(locale)
  }
}
