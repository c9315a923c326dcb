import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { cellProblems, clip, columnLetter, fileRefusals } from '../../../src-main/files/refusals.ts'

const keys = [...fileRefusals.map((code) => `refusal.${code}`), ...cellProblems.map((code) => `problem.${code}`)].sort()
const locales = join(import.meta.dirname, '../../../assets/locales')
const textsOf = (locale: string) => JSON.parse(readFileSync(join(locales, locale, 'files.json'), 'utf8')) as Record<string, string>
const namesIn = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).sort()

test('every refusal and every problem has a text in both languages that tells the same details', () => {
  const zh = textsOf('zh-CN')
  const en = textsOf('en')
  expect(Object.keys(zh).sort()).toEqual(keys)
  expect(Object.keys(en).sort()).toEqual(keys)
  for (const key of keys) expect([key, namesIn(en[key]!)]).toEqual([key, namesIn(zh[key]!)])
})

test('what a message quotes is short and on one line', () => {
  expect(clip(`a\u0000b\n${'x'.repeat(500)}`)).toMatch(/^a b x{55}…$/)
  expect([1, 26, 27, 702, 703, 16_384].map(columnLetter)).toEqual(['A', 'Z', 'AA', 'ZZ', 'AAA', 'XFD'])
})
