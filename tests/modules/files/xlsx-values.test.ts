import { expect, test } from 'vitest'
import {
  decimalText, parseReference, shapedText, shapeOfBuiltIn, shapeOfFormat, unescapeText,
} from '../../../src-main/files/xlsx-values.ts'

test.each([
  ['1', '1'],
  ['-0', '0'],
  ['007', '7'],
  ['12.50', '12.5'],
  ['.5', '0.5'],
  ['-0.05', '-0.05'],
  ['0.30000000000000004', '0.3'],
  ['1.1000000000000001', '1.1'],
  ['2.9999999999999996', '3'],
  ['99.999999999999999', '100'],
  ['1E3', '1000'],
  ['1.5E-7', '0.00000015'],
  ['1.2345678901234567E+17', '123456789012346000'],
  ['6222021234567890123', '6222021234567890123'],
  ['100.0', '100'],
  ['0.0', '0'],
  ['1e-400', undefined],
  ['1e9999', undefined],
  ['abc', undefined],
  ['', undefined],
  ['NaN', undefined],
  ['0x10', undefined],
  ['1.2.3', undefined],
])('the number %j is the decimal %j', (raw, text) => {
  expect(decimalText(raw)).toBe(text)
})

test.each([
  ['General', 'plain'],
  ['0.00', 'plain'],
  ['#,##0.00_);[Red](#,##0.00)', 'plain'],
  ['¥#,##0.00;[Red]-¥#,##0.00', 'plain'],
  ['0.00E+00', 'plain'],
  ['@', 'plain'],
  ['"d"0', 'plain'],
  ['0" days"', 'plain'],
  ['0%', 'percent'],
  ['0.00%', 'percent'],
  ['00000', 'zeros'],
  ['yyyy-mm-dd', 'day'],
  ['yyyy"年"m"月"d"日";@', 'day'],
  ['[$-804]yyyy年m月d日', 'day'],
  ['mmm-yy', 'day'],
  ['m/d/yy h:mm', 'moment'],
  ['yyyy-mm-dd hh:mm:ss.000', 'moment'],
  ['h:mm AM/PM', 'time'],
  ['上午/下午h"时"mm"分"', 'time'],
  ['mm:ss.0', 'time'],
  ['[h]:mm:ss', 'elapsed'],
])('the format %j shows a %s', (code, kind) => {
  expect(shapeOfFormat(code).kind).toBe(kind)
})

test.each([
  ['45296', 'day', 1900, '2024-01-05'],
  ['45296.75', 'day', 1900, '2024-01-05'],
  ['45296.999999999', 'day', 1900, '2024-01-06'],
  ['40513.351388888892', 'moment', 1900, '2010-12-01T08:26:00'],
  ['45296', 'moment', 1900, '2024-01-05T00:00:00'],
  ['0.5', 'time', 1900, '12:00:00'],
  ['45296.5', 'time', 1900, '2024-01-05T12:00:00'],
  ['1.5', 'elapsed', 1900, '36:00:00'],
  ['1', 'day', 1900, '1900-01-01'],
  ['59', 'day', 1900, '1900-02-28'],
  ['60', 'day', 1900, undefined],
  ['61', 'day', 1900, '1900-03-01'],
  ['0', 'day', 1900, undefined],
  ['-1', 'day', 1900, undefined],
  ['2958465', 'day', 1900, '9999-12-31'],
  ['2958466', 'day', 1900, undefined],
  ['0', 'day', 1904, '1904-01-01'],
  ['43834', 'day', 1904, '2024-01-05'],
  ['0.13', 'percent', 1900, '13%'],
  ['-0.065', 'percent', 1900, '-6.5%'],
  ['1.2', 'percent', 1900, '120%'],
] as const)('%s as %s in the %d calendar is %s', (raw, kind, epoch, text) => {
  expect(shapedText(raw, { kind }, epoch)).toBe(text)
})

test('codes keep the zeros that their format shows', () => {
  expect(shapedText('12', { kind: 'zeros', width: 5 }, 1900)).toBe('00012')
  expect(shapedText('123456', { kind: 'zeros', width: 5 }, 1900)).toBe('123456')
})

test('the formats known by number', () => {
  const kinds = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => shapeOfBuiltIn(from + i).kind)
  expect(kinds(0, 8)).toEqual(Array(9).fill('plain'))
  expect(kinds(9, 13)).toEqual(['percent', 'percent', 'plain', 'plain', 'plain'])
  expect(kinds(14, 22)).toEqual(['day', 'day', 'day', 'day', 'time', 'time', 'time', 'time', 'moment'])
  expect(kinds(45, 49)).toEqual(['time', 'elapsed', 'time', 'plain', 'plain'])
})

test('references and escapes', () => {
  expect(parseReference('A1')).toEqual({ column: 1, row: 1 })
  expect(parseReference('XFD1048576')).toEqual({ column: 16_384, row: 1_048_576 })
  for (const bad of ['', 'A', '1', 'A0', 'XFE1', 'A1048577', 'AAAA1', 'A1B', 'A-1', 'A1.5', '$A$1']) {
    expect(parseReference(bad)).toBeUndefined()
  }
  expect(unescapeText('a_x000D_b_x005F_x000D_')).toBe('a\rb_x000D_')
})
