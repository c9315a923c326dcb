import { gramsOf } from '../../kernel/grams.ts'

// How alike two descriptions are, pure.

/** Pairs of characters and whole triples tell something; single characters and initials do not. */
const isTelling = (gram: string): boolean => !gram.includes(':') && gram.length >= (/^[\x21-\x7e]+$/.test(gram) ? 3 : 2)
/** More grams ask the index for more than they tell. */
const MOST_GRAMS = 60

export const tellingGrams = (text: string): string[] => [...new Set(gramsOf(text))].filter(isTelling).slice(0, MOST_GRAMS)

export type Candidate = { readonly ref_id: string; readonly text: string }

/** The share of what was asked that each candidate has too, from 0 to 1; what few of them have weighs more. Best first, the newest of equals. */
export function likenesses(asked: readonly string[], candidates: readonly Candidate[]): { ref_id: string; likeness: number }[] {
  const known = candidates.map((c) => ({ ref_id: c.ref_id, grams: new Set(gramsOf(c.text)) }))
  const weights = new Map(asked.map((gram) => [gram, Math.log(1 + (known.length + 1) / (1 + known.filter((k) => k.grams.has(gram)).length))]))
  const whole = [...weights.values()].reduce((sum, w) => sum + w, 0)
  const likeness = (grams: ReadonlySet<string>): number => (whole === 0 ? 0 : asked.reduce((sum, gram) => (grams.has(gram) ? sum + weights.get(gram)! : sum), 0) / whole)
  return known.map((k) => ({ ref_id: k.ref_id, likeness: likeness(k.grams) })).sort((a, b) => b.likeness - a.likeness || (a.ref_id < b.ref_id ? 1 : -1))
}
