import { pinyin } from 'pinyin-pro'
import { z } from 'zod'

// How codes of master data are made: fixed text, what the record says of itself, the year or month, and a counter behind it.

/** What a record says of itself that a code can be made of, in words as people wrote them. */
export type CodeFacts = Readonly<Record<string, string | null | undefined>>

/** The longest code that parties and items take. */
const LONGEST = 40

const parts = <const F extends readonly [string, ...string[]]>(facts: F) =>
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('text'), text: z.string().regex(/^[\p{L}\p{N}\-_./]{1,20}$/u) }),
    z.strictObject({ kind: z.literal('year'), digits: z.union([z.literal(2), z.literal(4)]) }),
    z.strictObject({ kind: z.literal('month') }),
    z.strictObject({ kind: z.literal('fact'), fact: z.enum(facts), letters: z.int().min(1).max(12) }),
  ])

/** A rule whose parts speak of these facts. Refuses (invalid) what could grow longer than a code may be. */
export const codeRule = <const F extends readonly [string, ...string[]]>(facts: F) =>
  z
    .strictObject({ parts: z.array(parts(facts)).min(1).max(8), digits: z.int().min(1).max(10) })
    .refine((rule) => longest(rule) <= LONGEST, { path: ['parts'], message: `longer than ${LONGEST} signs` })

type CodePart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'year'; readonly digits: 2 | 4 }
  | { readonly kind: 'month' }
  | { readonly kind: 'fact'; readonly fact: string; readonly letters: number }
export type CodeRule = { readonly parts: readonly CodePart[]; readonly digits: number }

const widthOf = (part: CodePart): number => (part.kind === 'text' ? part.text.length : part.kind === 'year' ? part.digits : part.kind === 'month' ? 2 : part.letters)
const longest = ({ parts, digits }: CodeRule): number => parts.reduce((sum, part) => sum + widthOf(part), 1 + digits)

/** Words as letters for a code: the initial of each Chinese character, other letters and digits as they stand, in capitals, at most so many. */
export function lettersOf(text: string, most: number): string {
  const read = pinyin(text.normalize('NFKC'), { pattern: 'first', toneType: 'none', type: 'array', nonZh: 'spaced' }).join('')
  return read.normalize('NFKD').replace(/[^\p{ASCII}]/gu, '').replace(/[^A-Za-z0-9]/g, '').toUpperCase().slice(0, most)
}

/**
 * What stands before the counter on a day. A part of which the record says nothing is left out, with the sign that parted it. The stem never ends in a digit (a hyphen comes
 * between), so that two stems never make one code and a counter of each stem is enough.
 */
export function stemOf(rule: CodeRule, { facts, day }: { facts: CodeFacts; day: string }): string {
  const said = rule.parts.map((part) => {
    if (part.kind === 'text') return part.text
    if (part.kind === 'year') return day.slice(4 - part.digits, 4)
    return part.kind === 'month' ? day.slice(5, 7) : lettersOf(facts[part.fact] ?? '', part.letters)
  })
  const stem = said.includes('') ? said.join('').replace(/^[-_./]+/, '').replaceAll(/([-_./])[-_./]+/g, '$1') : said.join('')
  return /\p{N}$/u.test(stem) ? `${stem}-` : stem
}

/** The code with this number, filled to the rule's width. */
export const codeAt = (stem: string, { no, digits }: { no: number; digits: number }): string => `${stem}${String(no).padStart(digits, '0')}`
