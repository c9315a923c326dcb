import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Defect } from '../../../src-main/kernel/assert.ts'
import {
  addDays,
  addMonths,
  compareDays,
  dayOfInstant,
  daysBetween,
  firstOfMonth,
  formatDay,
  isDay,
  lastOfMonth,
  monthOf,
  weekday,
  yearOf,
} from '../../../src-main/kernel/day.ts'

describe('isDay', () => {
  it.each([
    ['2026-03-05', true],
    ['2024-02-29', true],
    ['2000-02-29', true],
    ['2026-02-29', false],
    ['1900-02-29', false],
    ['2026-04-31', false],
    ['2026-13-01', false],
    ['2026-00-10', false],
    ['2026-01-00', false],
    ['0000-01-01', false],
    ['0001-01-01', true],
    ['9999-12-31', true],
    ['2026-1-5', false],
    ['2026/01/05', false],
    ['2026-01-05T00:00', false],
    ['2026-01-05\n', false],
    ['２026-01-05', false],
    ['', false],
  ])('%j: %j', (text, answer) => {
    expect(isDay(text)).toBe(answer)
  })
})

describe('counting days', () => {
  it.each([
    ['2026-03-05', 1, '2026-03-06'],
    ['2026-02-28', 1, '2026-03-01'],
    ['2024-02-28', 1, '2024-02-29'],
    ['2024-02-29', 1, '2024-03-01'],
    ['2026-12-31', 1, '2027-01-01'],
    ['2026-01-01', -1, '2025-12-31'],
    ['2026-01-01', 365, '2027-01-01'],
    ['2024-01-01', 366, '2025-01-01'],
    ['1900-02-28', 1, '1900-03-01'],
    ['2000-02-28', 1, '2000-02-29'],
    ['1970-01-01', 0, '1970-01-01'],
    ['1970-01-01', 20_000, '2024-10-04'], // 54 years with 13 leap days are 19,723; 277 days into 2024 is 4 October
    ['2000-03-01', -146_097, '1600-03-01'],
    ['0001-01-01', 0, '0001-01-01'],
  ])('%s + %d is %s', (day, count, result) => {
    expect(addDays(day, count)).toBe(result)
    expect(daysBetween({ from: day, to: result })).toBe(count)
  })
  it('refuses what is no day, no number, or outside the years', () => {
    expect(() => addDays('2026-02-30', 1)).toThrow(Defect)
    expect(() => addDays('2026-02-28', 0.5)).toThrow(Defect)
    expect(() => addDays('9999-12-31', 1)).toThrow(Defect)
    expect(() => addDays('0001-01-01', -1)).toThrow(Defect)
    expect(() => daysBetween({ from: '2026-02-30', to: '2026-01-01' })).toThrow(Defect)
  })
  it('agrees with the calendar of the machine and comes back', () => {
    fc.assert(
      fc.property(fc.integer({ min: -600_000, max: 2_800_000 }), fc.integer({ min: -100_000, max: 100_000 }), (at, count) => {
        const day = dayOfInstant(at * 86_400_000, 0)
        expect(day).toBe(new Date(at * 86_400_000).toISOString().slice(0, 10))
        const moved = addDays(day, count)
        expect(addDays(moved, -count)).toBe(day)
        expect(daysBetween({ from: day, to: moved })).toBe(count)
        expect(weekday(day) % 7).toBe(new Date(at * 86_400_000).getUTCDay())
      }),
      { numRuns: 300 },
    )
  })
})

describe('counting months', () => {
  it.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2024-01-31', 1, '2024-02-29'],
    ['2026-01-31', 3, '2026-04-30'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2026-01-15', -1, '2025-12-15'],
    ['2026-12-05', 1, '2027-01-05'],
    ['2026-06-30', 12, '2027-06-30'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2026-05-31', 0, '2026-05-31'],
    ['2026-05-31', -29, '2023-12-31'],
  ])('%s + %d is %s', (day, count, result) => {
    expect(addMonths(day, count)).toBe(result)
  })
  it('refuses to leave the calendar', () => {
    expect(() => addMonths('9999-12-01', 1)).toThrow(Defect)
    expect(() => addMonths('0001-01-01', -1)).toThrow(Defect)
    expect(() => addMonths('2026-01-01', 1.5)).toThrow(Defect)
  })
  it('lands in the month meant, on the same day or its last', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60_000 }), fc.integer({ min: -600, max: 600 }), (at, count) => {
        const day = dayOfInstant(at * 86_400_000, 0)
        const moved = addMonths(day, count)
        const monthsOf = (d: string): number => yearOf(d) * 12 + Number(d.slice(5, 7))
        expect(monthsOf(moved) - monthsOf(day)).toBe(count)
        expect(moved.slice(8) === day.slice(8) || moved === lastOfMonth(moved)).toBe(true)
      }),
      { numRuns: 200 },
    )
  })
})

describe('parts of a day', () => {
  it('month, year, first and last', () => {
    expect(monthOf('2026-02-14')).toBe('2026-02')
    expect(yearOf('2026-02-14')).toBe(2026)
    expect(firstOfMonth('2026-02-14')).toBe('2026-02-01')
    expect(lastOfMonth('2026-02-14')).toBe('2026-02-28')
    expect(lastOfMonth('2024-02-01')).toBe('2024-02-29')
    expect(lastOfMonth('2026-12-31')).toBe('2026-12-31')
    expect(lastOfMonth('2026-11-30')).toBe('2026-11-30')
    expect(firstOfMonth('2026-02')).toBe('2026-02-01')
    expect(lastOfMonth('2026-04')).toBe('2026-04-30')
  })
  it('refuses what is neither day nor month', () => {
    expect(() => firstOfMonth('2026-02-30')).toThrow(Defect)
    expect(() => firstOfMonth('2026-13')).toThrow(Defect)
    expect(() => lastOfMonth('2026')).toThrow(Defect)
    expect(() => monthOf('2026-02')).toThrow(Defect)
  })
  it.each([
    ['2026-03-02', 1], // a Monday
    ['2026-03-08', 7],
    ['1970-01-01', 4],
    ['2000-01-01', 6],
    ['1969-12-31', 3],
    ['1900-01-01', 1],
  ])('weekday of %s is %d', (day, number) => {
    expect(weekday(day)).toBe(number)
  })
  it('sorts by time', () => {
    expect(['2026-03-01', '2025-12-31', '2026-02-28'].toSorted(compareDays)).toEqual(['2025-12-31', '2026-02-28', '2026-03-01'])
    expect(compareDays('2026-01-01', '2026-01-01')).toBe(0)
  })
  it.each([
    [0, 0, '1970-01-01'],
    [-1, 0, '1969-12-31'],
    [86_399_999, 0, '1970-01-01'],
    [57_600_000, 480, '1970-01-02'], // 16:00 UTC is midnight in China
    [57_599_999, 480, '1970-01-01'],
    [3_600_000, -300, '1969-12-31'],
    [1_709_164_800_000, 0, '2024-02-29'], // 19,782 days: 19,723 to 2024, 31 + 28
  ])('instant %d at offset %d is %s', (ms, offset, day) => {
    expect(dayOfInstant(ms, offset)).toBe(day)
  })
  it('is written in both languages', () => {
    expect(formatDay('2026-03-05', 'zh-CN')).toBe('2026年3月5日')
    expect(formatDay('2026-03-05', 'en')).toBe('5 Mar 2026')
    expect(formatDay('2026-12-25', 'en')).toBe('25 Dec 2026')
  })
})
