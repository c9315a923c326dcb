import { describe, expect, it } from 'vitest'
import { parseCell } from '../../../src-main/app/imports/parse-cell.ts'
import { parseDay } from '../../../src-main/app/imports/parse-day.ts'

type Form = Parameters<typeof parseCell>[1]['form']
const read = (form: Form, text: string, digits = 2) => parseCell(text, { form, digits })

describe('a day as files write it', () => {
  it.each([
    ['2026-03-05', '2026-03-05'],
    ['2026/3/5', '2026-03-05'],
    ['2026.3.5', '2026-03-05'],
    ['2026年3月5日', '2026-03-05'],
    ['２０２６年３月５日', '2026-03-05'],
    ['20260305', '2026-03-05'],
    ['2010-12-01 08:26:00', '2010-12-01'],
    ['2026-03-05T09:30:00', '2026-03-05'],
    ['2026/3/5 9:05 PM', '2026-03-05'],
    ['25/03/2026', '2026-03-25'],
    ['03/25/2026', '2026-03-25'],
    ['05.03.2026', '2026-03-05'],
    ['3/3/2026', '2026-03-03'],
    ['5 Mar 2026', '2026-03-05'],
    ['March 5, 2026', '2026-03-05'],
    ['5-Sept-2026', '2026-09-05'],
  ])('%s', (text, day) => expect(parseDay(text)).toEqual({ day }))

  it('asks where day and month could be either way round', () => expect(parseDay('05/03/2026')).toBe('ambiguous'))

  it.each(['2026-02-30', '2026-13-01', '1899-12-31', '2200-01-01', '31/02/2026', '5 Foo 2026', 'tomorrow', '', '2026-3', '45000'])('refuses %s', (text) =>
    expect(parseDay(text)).toBeUndefined(),
  )
})

describe('figures are taken exactly or not at all', () => {
  it.each<[Form, string, number]>([
    ['money', '1,234.50', 123450],
    ['money', '￥１２.５', 1250],
    ['money', '(12.30)', -1230],
    ['money', '12.3400', 1234],
    ['money', '-0', 0],
    ['price', '2.5500', 25500],
    ['price', '0.001', 10],
    ['quantity', '0.5', 500000],
    ['quantity', '1,000', 1000000000],
    ['integer', '30', 30],
    ['integer', '30.00', 30],
    ['rate', '13%', 13000000],
    ['rate', '0.13', 13000000],
    ['rate', '6.5 %', 6500000],
    ['rate', '100%', 100000000],
    ['rate', '0', 0],
    ['flag', '是', 1],
    ['flag', 'No', 0],
    ['flag', 'TRUE', 1],
  ])('%s %s', (form, text, value) => expect(read(form, text)).toEqual({ value }))

  it.each<[Form, string, string]>([
    ['money', '12.345', 'import.tooManyDecimals'],
    ['money', 'twelve', 'import.amountUnknown'],
    ['money', '1,23', 'import.amountUnknown'],
    ['money', '1e5', 'import.amountUnknown'],
    ['money', '99999999999999999', 'import.numberTooLarge'],
    ['money', '900000000000.01', 'import.numberTooLarge'],
    ['price', '0.00001', 'import.tooManyDecimals'],
    ['quantity', '0.0000001', 'import.tooManyDecimals'],
    ['quantity', '#REF!', 'import.quantityUnknown'],
    ['integer', '1.5', 'import.wholeNumberUnknown'],
    ['rate', '13', 'import.rateUnclear'],
    ['rate', '1', 'import.rateUnclear'],
    ['rate', '101%', 'import.rateUnknown'],
    ['rate', '-5%', 'import.rateUnknown'],
    ['flag', 'maybe', 'import.flagUnknown'],
    ['day', '05/03/2026', 'import.dayAmbiguous'],
    ['day', 'soon', 'import.dayUnknown'],
    ['text', 'a\u0007b', 'import.controlCharacters'],
  ])('%s %s is %s', (form, text, reason_code) => expect(read(form, text)).toMatchObject({ reason_code }))

  it('knows currencies without decimals', () => {
    expect(read('money', '1,200', 0)).toEqual({ value: 1200 })
    expect(read('money', '1,200.5', 0)).toMatchObject({ reason_code: 'import.tooManyDecimals' })
  })

  it('keeps line breaks of a text and bounds its length', () => {
    expect(read('text', 'a\r\nb')).toEqual({ value: 'a\nb' })
    expect(read('text', 'x'.repeat(4001))).toMatchObject({ reason_code: 'import.textTooLong' })
  })
})
