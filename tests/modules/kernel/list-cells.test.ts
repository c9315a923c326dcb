import { expect, test } from 'vitest'
import { cellOf, pasteText } from '../../../src-main/kernel/list-cells.ts'

const row = { number: null, word: '记', no: 7, day: '2026-01-02', gross_minor: -1230, price_e4: 12_500, on_hand_e6: 1_500_000, rate_e8: 13_000_000, state: 'draft', tags: ['a', 'b'], lines: [{ name: 'x' }, { name: 'x' }, { name: 'y' }], name: '=1+1\t2', overdue_minor: [5, 600] }
const paste = (from: string | string[], more: object = {}) => pasteText(cellOf(row, { from, ...more }, { digits: 2 }))

test('a field’s name says its unit, and what is pasted is a number, a day or harmless text', () => {
  expect([paste('gross_minor'), paste('price_e4'), paste('on_hand_e6'), paste('rate_e8'), paste('overdue_minor.1')]).toEqual(['-12.30', '1.25', '1.5', '0.13', '6.00'])
  expect(pasteText(cellOf(row, { from: 'gross_minor' }, { digits: 0 }))).toBe('-1230')
  expect([paste('day'), paste(['number', 'day']), paste(['word', 'no'], { glue: '-' }), paste('state', { words: { draft: '草稿' } })]).toEqual(['2026-01-02', '2026-01-02', '记-7', '草稿'])
  expect([paste('tags'), paste('lines.name'), paste('number'), paste('__proto__'), paste('constructor')]).toEqual(['a, b', 'x, y', '', '', ''])
  expect(paste('name')).toBe("'=1+1 2")
})
