import { describe, expect, test } from 'vitest'
import { fieldsIn, merged } from '../../../src-main/kernel/merge-fields.ts'
import { afterWorking, isZone, workingMinutes, type WorkingHours } from '../../../src-main/kernel/working-time.ts'

const hours: WorkingHours = { zone: 'Asia/Shanghai', weekdays: new Set([1, 2, 3, 4, 5]), from: 9 * 60, to: 18 * 60, off: new Set(), on: new Set() }
/** An instant by the wall clock of Shanghai, 8 hours east of UTC all year. */
const at = (day: string, time: string): number => Date.parse(`${day}T${time}:00+08:00`)

describe('working time', () => {
  test.each([
    // 2026-01-15 is a Thursday.
    ['within a day', at('2026-01-15', '09:30'), 60, at('2026-01-15', '10:30')],
    ['up to the last minute', at('2026-01-15', '17:00'), 60, at('2026-01-15', '18:00')],
    ['over the night', at('2026-01-15', '17:30'), 60, at('2026-01-16', '09:30')],
    ['begun before work', at('2026-01-15', '06:00'), 30, at('2026-01-15', '09:30')],
    ['begun after work', at('2026-01-15', '22:00'), 30, at('2026-01-16', '09:30')],
    ['over a weekend', at('2026-01-16', '17:30'), 60, at('2026-01-19', '09:30')],
    ['begun on a Sunday', at('2026-01-18', '12:00'), 0, at('2026-01-19', '09:00')],
    ['three days', at('2026-01-15', '09:00'), 3 * 540, at('2026-01-19', '18:00')],
  ])('%s', (_, from, minutes, due) => {
    expect(new Date(afterWorking(from, { minutes, hours })).toISOString()).toBe(new Date(due).toISOString())
    expect(workingMinutes({ from, to: due }, hours)).toBe(minutes)
  })

  test('leaves out holidays, and counts the Saturday that makes up for one', () => {
    const special = { ...hours, off: new Set(['2026-01-16']), on: new Set(['2026-01-17']) }
    expect(afterWorking(at('2026-01-15', '17:30'), { minutes: 60, hours: special })).toBe(at('2026-01-17', '09:30'))
    expect(workingMinutes({ from: at('2026-01-15', '09:00'), to: at('2026-01-18', '18:00') }, special)).toBe(2 * 540)
  })

  test('follows the clock of the place through the change to summer time', () => {
    const london = { ...hours, zone: 'Europe/London', weekdays: new Set([1, 2, 3, 4, 5, 6, 7]) }
    // On 2026-03-29 the clock goes from 1:00 UTC to 2:00: work begins at 8:00 UTC.
    expect(new Date(afterWorking(Date.parse('2026-03-28T17:30:00Z'), { minutes: 60, hours: london })).toISOString()).toBe('2026-03-29T08:30:00.000Z')
  })

  test('nothing has passed where the end is before the beginning, and names of zones are checked', () => {
    expect(workingMinutes({ from: 5, to: 4 }, hours)).toBe(0)
    expect([isZone('Asia/Shanghai'), isZone('Mars/Olympus')]).toEqual([true, false])
  })
})

test('fields in braces are found once each and filled, and what has no value is left empty', () => {
  const text = 'Dear {{customer}}, {{ number }}: {{customer}} {{toString}}{{item}}'
  expect(fieldsIn(text)).toEqual(['customer', 'number', 'toString', 'item'])
  expect(merged(text, { customer: 'Ann', number: 'T1', item: null })).toBe('Dear Ann, T1: Ann ')
})
