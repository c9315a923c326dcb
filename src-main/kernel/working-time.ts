import { assert } from './assert.ts'
import { addDays, dayOfInstant, daysBetween, weekday } from './day.ts'

/** When a company works, on the wall clock of its own place. */
export type WorkingHours = {
  /** IANA name, 'Asia/Shanghai'. */
  readonly zone: string
  /** 1 Monday to 7 Sunday. */
  readonly weekdays: ReadonlySet<number>
  /** Minutes since midnight; `to` is later than `from`. */
  readonly from: number
  readonly to: number
  /** Days on which nobody works though the weekday says so, and the other way round (调休). */
  readonly off: ReadonlySet<string>
  readonly on: ReadonlySet<string>
}

const MINUTE = 60_000
/** No company is closed longer than this: beyond it the hours are wrong. */
const MOST_DAYS = 4000

const formats = new Map<string, Intl.DateTimeFormat>()
function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-US', { timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' })
  formats.set(zone, made)
  return made
}

/** Is this the name of a time zone? */
export function isZone(zone: string): boolean {
  try {
    formatOf(zone)
    return true
  } catch {
    return false
  }
}

/** Minutes east of UTC at an instant (UTC ms). */
function offsetAt(at: number, zone: string): number {
  const parts = new Map(formatOf(zone).formatToParts(at).map((p) => [p.type, Number(p.value)]))
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type)!
  const wall = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'))
  return Math.round((wall - Math.floor(at / 1000) * 1000) / MINUTE)
}

/** The instant at which the wall clock shows this minute of a day; of a minute that the clock skips, the one after. */
function instantOf({ day, minute }: { day: string; minute: number }, zone: string): number {
  const wall = daysBetween({ from: '1970-01-01', to: day }) * 86_400_000 + minute * MINUTE
  const guess = wall - offsetAt(wall, zone) * MINUTE
  return wall - offsetAt(guess, zone) * MINUTE
}

const isWorkday = (day: string, { weekdays, off, on }: WorkingHours): boolean => on.has(day) || (weekdays.has(weekday(day)) && !off.has(day))

/** The first and last instant of work on a day; undefined on a day off. */
function spanOf(day: string, hours: WorkingHours): { begin: number; end: number } | undefined {
  if (!isWorkday(day, hours)) return undefined
  return { begin: instantOf({ day, minute: hours.from }, hours.zone), end: instantOf({ day, minute: hours.to }, hours.zone) }
}

const dayAt = (at: number, zone: string): string => dayOfInstant(at, offsetAt(at, zone))

/** The instant at which so many working minutes have passed since `at` (UTC ms). */
export function afterWorking(at: number, { minutes, hours }: { minutes: number; hours: WorkingHours }): number {
  assert(minutes >= 0 && hours.to > hours.from, 'working time goes forward')
  let left = minutes * MINUTE
  let day = dayAt(at, hours.zone)
  for (let i = 0; i < MOST_DAYS; i++, day = addDays(day, 1)) {
    const span = spanOf(day, hours)
    if (!span) continue
    const begin = Math.max(at, span.begin)
    if (begin + left <= span.end) return begin + left
    left -= Math.max(0, span.end - begin)
  }
  return at + minutes * MINUTE
}

/** Working time between two instants, in whole minutes, rounded down; 0 where the second is earlier. */
export function workingMinutes({ from, to }: { from: number; to: number }, hours: WorkingHours): number {
  if (to <= from) return 0
  const last = dayAt(to, hours.zone)
  let sum = 0
  for (let day = dayAt(from, hours.zone), i = 0; day <= last && i < MOST_DAYS; day = addDays(day, 1), i++) {
    const span = spanOf(day, hours)
    if (span) sum += Math.max(0, Math.min(to, span.end) - Math.max(from, span.begin))
  }
  return Math.floor(sum / MINUTE)
}
