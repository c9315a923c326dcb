import { pinyin } from 'pinyin-pro'
import { fold } from './text.ts'

/*
 * Search in three steps that both engines share: `gramsOf` says what the index keeps of a text, `gramsOfQuery` what it is asked, and
 * `recheck` keeps only true hits, because grams answer a little too much. A gram is matched whole, never by prefix. Grams are:
 *   Chinese, Japanese, Korean   single characters and pairs
 *   other words and numbers     the first one and two characters, and all triples (so any part of three characters finds)
 *   phones and codes            the same again without their separators: 138-0013-8000 is also 13800138000
 *   pinyin initials             'p:' and one or two of them; a run may mix in letters: 华为P30 is hwp30; every reading counts
 * Grams hold letters, digits, marks and that one colon, so they need no quoting but as phrases.
 */

/** A stretch of one script, and whether it follows the stretch before it without a gap. */
type Segment = { readonly text: string; readonly isCjk: boolean; readonly isFirstOfPhrase: boolean; readonly joinsPrevious: boolean }

const CJK = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー`
const SEGMENTS = new RegExp(String.raw`([${CJK}]+)|([[\p{L}\p{N}\p{M}]--[${CJK}]]+)`, 'gv')
/** Brackets, dots and spaces inside a Chinese name: people leave them out. */
const GAPS_IN_CJK = new RegExp(String.raw`(?<=[${CJK}])[^\p{L}\p{N}\p{M}]+(?=[${CJK}])`, 'gv')
const HAS_CJK = new RegExp(`[${CJK}]`, 'v')
const HAN = /^\p{Script=Han}$/v
const CODE = /[a-z0-9]+(?:[-_./][a-z0-9]+)+/g
const PHONE = /\d[\d ().-]{5,}\d/g
const SEPARATORS = /[^a-z0-9]+/g
const COUNTRY_CODE_OF_CHINA = /(?:\+|\b00)86[ -]*(?=1\d)/g
const PLAIN_ASCII = /^[\x20-\x7e]*$/

/** The folded text, without accents: 'Café' is found as 'cafe'. */
function searchForm(text: string): string {
  const folded = fold(text)
  if (PLAIN_ASCII.test(folded)) return folded
  return folded.normalize('NFKD').replace(/[\u0300-\u036f]/g, '').normalize('NFKC')
}

function documentForm(text: string): string {
  const form = searchForm(text)
  return HAS_CJK.test(form) ? form.replace(GAPS_IN_CJK, '') : form
}

function segmentsOf(form: string): Segment[] {
  const segments: Segment[] = []
  let end = -1
  let previous = ''
  for (const match of form.matchAll(SEGMENTS)) {
    const text = match[0]
    const isCjk = match[1] !== undefined
    // A phrase is a code or a phone written in pieces; a piece after the first may be a short one from its middle.
    const gap = previous === '' ? '' : form.slice(end, match.index)
    const isCodeGap = !isCjk && /^[a-z0-9]+$/.test(previous) && /^[-_./]$/.test(gap)
    const isPhoneGap = /^\d+$/.test(text) && /^\d+$/.test(previous) && /^[ ().-]{1,2}$/.test(gap)
    segments.push({ text, isCjk, isFirstOfPhrase: !isCodeGap && !isPhoneGap, joinsPrevious: match.index === end })
    end = match.index + text.length
    previous = text
  }
  return segments
}

const initialsOfCharacter = new Map<string, string>()

/** The initials of all readings of a Chinese character ('zc' for 长), or nothing for any other character. */
function initialsOf(character: string): string {
  const known = initialsOfCharacter.get(character)
  if (known !== undefined) return known
  const readings = HAN.test(character) ? pinyin(character, { pattern: 'first', toneType: 'none', multiple: true, type: 'array' }) : []
  const initials = [...new Set(readings)].filter((reading) => /^[a-z]$/.test(reading)).join('')
  initialsOfCharacter.set(character, initials)
  return initials
}

/**
 * What can be typed for each character of a text by its initials, in stretches without a gap: [['h', 'w', 'p', '3', '0']] for 华为P30.
 * Stretches without a Chinese character are left out, they are found as words.
 */
function initialStretches(segments: readonly Segment[]): string[][] {
  const stretches: string[][] = []
  let current: string[] = []
  let hasHan = false
  const close = (): void => {
    if (hasHan) stretches.push(current)
    current = []
    hasHan = false
  }
  for (const segment of segments) {
    if (!segment.joinsPrevious) close()
    for (const character of segment.text) {
      const initials = segment.isCjk ? initialsOf(character) : character
      if (initials === '') close()
      else current.push(initials)
      hasHan ||= segment.isCjk && initials !== ''
    }
  }
  close()
  return stretches
}

/** Codes and phones written in pieces, joined: 'ab-1203' is 'ab1203'. Words without a digit are not codes. */
function joinedCodes(form: string): string[] {
  const pieces = [...(form.match(CODE) ?? []), ...(form.match(PHONE) ?? [])]
  return pieces.filter((piece) => /\d/.test(piece)).map((piece) => piece.replace(SEPARATORS, ''))
}

const SURROGATES = /[\ud800-\udfff]/

/** All stretches of `size` characters, in order. Most words have no character of two code units and are cut as they are. */
function windows(word: string, size: number): string[] {
  const characters = SURROGATES.test(word) ? Array.from(word) : word
  const found: string[] = []
  for (let end = size; end <= characters.length; end++) {
    const window = characters.slice(end - size, end)
    found.push(typeof window === 'string' ? window : window.join(''))
  }
  return found
}

function addWord(grams: Set<string>, word: string): void {
  const [first = '', second = ''] = word
  grams.add(first).add(first + second)
  for (const triple of windows(word, 3)) grams.add(triple)
}

function addCjk(grams: Set<string>, run: string): void {
  for (const character of run) {
    grams.add(character)
    for (const initial of initialsOf(character)) grams.add(`p:${initial}`)
  }
  for (const pair of windows(run, 2)) grams.add(pair)
}

function addPairsOfInitials(grams: Set<string>, stretch: readonly string[]): void {
  for (let i = 1; i < stretch.length; i++) {
    for (const first of stretch[i - 1] ?? '') {
      for (const second of stretch[i] ?? '') grams.add(`p:${first}${second}`)
    }
  }
}

/** What the index keeps of a text, each gram once. A document's fields come together, a line for each: nothing joins across lines. */
export function gramsOf(text: string): string[] {
  const grams = new Set<string>()
  for (const line of text.split('\n')) {
    const form = documentForm(line)
    const segments = segmentsOf(form)
    for (const segment of segments) {
      if (segment.isCjk) addCjk(grams, segment.text)
      else addWord(grams, segment.text)
    }
    for (const code of joinedCodes(form)) addWord(grams, code)
    for (const stretch of initialStretches(segments)) addPairsOfInitials(grams, stretch)
  }
  return [...grams]
}

const queryForm = (query: string): string => searchForm(query).replace(COUNTRY_CODE_OF_CHINA, '')

/** The clauses of one segment: every clause must be met, by any one of its grams. */
function clausesOf({ text, isCjk, isFirstOfPhrase }: Segment): string[][] {
  const length = Array.from(text).length
  if (isCjk) return length === 1 ? [[text]] : windows(text, 2).map((pair) => [pair])
  const initials = /^[a-z0-9]*[a-z][a-z0-9]*$/.test(text)
  if (length <= 2) {
    if (!isFirstOfPhrase) return []
    return [initials ? [text, `p:${text}`] : [text]]
  }
  const triples = windows(text, 3)
  if (!initials) return triples.map((triple) => [triple])
  // The word is meant either as letters (all triples) or as initials (all pairs). Each clause pairs one of either kind: what is meant
  // as one of them meets them all, and the little that meets them by a mixture is sorted out by `recheck`.
  return windows(text, 2).map((pair, i) => [triples[Math.min(i, triples.length - 1)] ?? text, `p:${pair}`])
}

/**
 * What the index is asked for a query: all of the outer list, each by any one of its inner list. Words in any order, whole grams only.
 * Empty when the query holds no letter or digit.
 */
export function gramsOfQuery(query: string): string[][] {
  const clauses = segmentsOf(queryForm(query)).flatMap(clausesOf)
  const unique = new Map(clauses.map((clause) => [clause.join('\n'), clause]))
  return [...unique.values()]
}

function hasInitials(stretch: readonly string[], typed: string): boolean {
  for (let start = 0; start + typed.length <= stretch.length; start++) {
    let length = 0
    while (length < typed.length && stretch[start + length]?.includes(typed.charAt(length))) length++
    if (length === typed.length) return true
  }
  return false
}

/**
 * Is every word of the query truly in at least one of the texts: as a part of it, of its codes and phones without separators, or by pinyin
 * initials? Asked of the rows the index answered. A query without letters or digits is in every text.
 */
export function recheck(query: string, haystackTexts: readonly string[]): boolean {
  const wanted = segmentsOf(queryForm(query))
  const forms = haystackTexts.map(documentForm)
  // Codes and initials take long to make, and most words are simply there.
  return wanted.every(({ text, isCjk }) => {
    if (forms.some((form) => form.includes(text))) return true
    if (isCjk) return false
    return forms.some(
      (form) =>
        joinedCodes(form).some((code) => code.includes(text)) ||
        (HAS_CJK.test(form) && initialStretches(segmentsOf(form)).some((stretch) => hasInitials(stretch, text))),
    )
  })
}
