import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { gramsOf, gramsOfQuery, recheck } from '../../../src-main/kernel/grams.ts'
import { fold } from '../../../src-main/kernel/text.ts'

/** What an index does: every clause met by one of its grams, each gram whole. */
function indexFinds(query: string, text: string): boolean {
  const grams = new Set(gramsOf(text))
  return gramsOfQuery(query).every((clause) => clause.some((gram) => grams.has(gram)))
}

const finds = (query: string, text: string): boolean => indexFinds(query, text) && recheck(query, text.split('\n'))

describe('fold', () => {
  it.each([
    ['  Ａｂ  Ｃ\t１２ ', 'ab c 12'],
    ['ＡＢＣ（上海）', 'abc(上海)'],
    ['', ''],
    ['\u3000华美\u3000', '华美'],
  ])('%j is %j', (text, folded) => {
    expect(fold(text)).toBe(folded)
  })
})

describe('gramsOf', () => {
  it.each<[string, string[]]>([
    ['', []],
    ['()-', []],
    ['华美', ['华', '美', '华美', 'p:h', 'p:m', 'p:hm']],
    ['长', ['长', 'p:c', 'p:z']], // both readings
    ['ab', ['a', 'ab']],
    ['A', ['a']],
    ['Cake', ['c', 'ca', 'cak', 'ake']],
    ['1203', ['1', '12', '120', '203']],
    ['ab-12', ['a', 'ab', '1', '12', 'ab1', 'b12']], // joined as a code too
    ['Coca-Cola', ['c', 'co', 'coc', 'oca', 'col', 'ola']], // a hyphen alone makes no code
    ['美P3', ['美', 'p:m', 'p', 'p3', 'p:mp', 'p:p3']],
    ['美 P3', ['美', 'p:m', 'p', 'p3']],
    ['あい', ['あ', 'い', 'あい']],
    ['Café', ['c', 'ca', 'caf', 'afe']],
  ])('%j gives %j', (text, grams) => {
    expect(gramsOf(text).toSorted()).toEqual(grams.toSorted())
  })
  it('joins nothing across lines', () => {
    expect(gramsOf('华\n美')).not.toContain('华美')
    expect(gramsOf('华 美')).toContain('华美')
    expect(gramsOf('1234567\n8901')).not.toContain('678')
  })
  it('gives each gram once, of letters, digits, marks and one colon', () => {
    const texts = fc.string({ unit: fc.constantFrom(...'上海华美长ab1 3-()é\n字ｱ🙂"\'*:𠮷ー'), maxLength: 40 })
    fc.assert(
      fc.property(texts, (text) => {
        const grams = gramsOf(text)
        expect(new Set(grams).size).toBe(grams.length)
        for (const gram of grams) expect(gram).toMatch(/^(?:[\p{L}\p{N}\p{M}]{1,3}|p:[a-z0-9]{1,2})$/u)
      }),
      { numRuns: 300 },
    )
  })
})

describe('gramsOfQuery', () => {
  it.each<[string, string[][]]>([
    ['', []],
    [' -- ', []],
    ['华', [['华']]],
    ['华美贸', [['华美'], ['美贸']]],
    ['h', [['h', 'p:h']]],
    ['HM', [['hm', 'p:hm']]],
    ['hmm', [['hmm', 'p:hm'], ['hmm', 'p:mm']]],
    ['shhm', [['shh', 'p:sh'], ['hhm', 'p:hh'], ['hhm', 'p:hm']]],
    ['13', [['13']]],
    ['1380', [['138'], ['380']]],
    ['华美 13', [['华美'], ['13']]],
    ['138-0013-80', [['138'], ['001'], ['013']]], // a short piece from the middle of a number is left to the recheck
    ['hm 13', [['hm', 'p:hm'], ['13']]],
    ['+86 13800', [['138'], ['380'], ['800']]],
  ])('%j asks %j', (query, clauses) => {
    expect(gramsOfQuery(query)).toEqual(clauses)
  })
})

describe('finding', () => {
  const party = '上海华美（长宁）贸易有限公司\nKH-00123\n+86 138-0013-8000\n021-6234 5678\nCoca-Cola Regency\n华为P30手机壳'
  it.each([
    '上海', '华美', '海华美', '长宁贸易', '华美（长宁）', '贸', // part of the name, with or without its brackets
    'sh', 'shhm', 'hm', 'hmcn', 'hmzn', 'myyxgs', 'SHHM', 'm', // pinyin initials, either reading of 长
    'hwp30', 'p30', 'p30sjk', '华为p30',
    'kh', 'KH-00123', 'kh00123', '00123', '0123', '123', 'kh-001',
    '13800138000', '138 0013 8000', '138-0013-80', '+86 138 0013 8000', '0086-13800138000', '8000', '0138', '86138',
    '62345678', '02162345678', '(021)62345678', '6234 56',
    'coca', 'cola', 'ola', 'regency', 'gen', 're', 'Coca Cola', 'cola coca', 'coca-cola',
    '华美 8000', 'cola 上海', 'hm kh', '上海　华美',
    '', '  ',
  ])('finds %j', (query) => {
    expect(indexFinds(query, party)).toBe(true)
    expect(recheck(query, party.split('\n'))).toBe(true)
  })
  it.each([
    '美华', '北京', 'bj', 'hmsh', '13900', 'kh-00124', 'colo', 'regents', '华美 北京', '80001', 'gsk', 'xyz',
  ])('does not find %j', (query) => {
    expect(finds(query, party)).toBe(false)
  })
  it('rechecks what grams alone would let through', () => {
    // Every triple of 'abcdbcda' is there, but the word is not.
    expect(indexFinds('abcda', 'abcd bcda')).toBe(true)
    expect(recheck('abcda', ['abcd bcda'])).toBe(false)
    expect(indexFinds('华美华', '华美 x 美华')).toBe(true)
    expect(recheck('华美华', ['华美 x 美华'])).toBe(false)
    expect(recheck('hmh', ['华美 x 美华'])).toBe(false)
    expect(recheck('mp', ['美 P3'])).toBe(false)
  })
  it('looks for each word in any of the texts', () => {
    expect(recheck('华美 138', ['华美', '13800'])).toBe(true)
    expect(recheck('华美 139', ['华美', '13800'])).toBe(false)
    expect(recheck('华', [])).toBe(false)
  })
  it('never loses at the index what the recheck would keep', () => {
    const texts = fc.string({ unit: fc.constantFrom(...'上海华美长abc12 -()'), maxLength: 16 })
    const word = fc.string({ unit: fc.constantFrom(...'上海华美长abc12-'), minLength: 3, maxLength: 5 })
    // Words of one or two letters are asked from their beginning only.
    const isLong = (query: string): boolean => (query.match(/[a-z0-9]+/g) ?? []).every((piece) => piece.length >= 3)
    fc.assert(
      fc.property(texts, word, (text, query) => {
        fc.pre(isLong(query))
        if (recheck(query, [text])) expect(indexFinds(query, text)).toBe(true)
      }),
      { numRuns: 500 },
    )
  })
  it('finds every part of three characters of what it indexed', () => {
    const texts = fc.string({ unit: fc.constantFrom(...'上海华美长abc12 -()'), minLength: 3, maxLength: 16 })
    fc.assert(
      fc.property(texts, fc.nat({ max: 13 }), fc.integer({ min: 3, max: 8 }), (text, at, length) => {
        const part = text.slice(at, at + length)
        fc.pre(/^(?:\p{Script=Han}+|[a-z0-9]{3,})$/u.test(part))
        expect(finds(part, text)).toBe(true)
      }),
      { numRuns: 500 },
    )
  })
})
