import { LIKELY, likenessKeysOf, profileOf, resemblanceOf, type Profile } from '../../src-main/modules/parties/resemblance.ts'
import { booksWithDuplicates, type Typed } from './duplicates.ts'

export const profile = (p: Partial<Typed>): Profile => profileOf({ names: [p.name ?? '', p.short_name ?? null, ...(p.aliases ?? [])], phones: [p.phone ?? null], tax_no: p.tax_no ?? null, kind: p.kind ?? 'company' })

/** The pairs that the program would show of a list, found by their keys as in the books. */
function pairsFound(books: readonly Typed[]): Map<string, number> {
  const profiles = books.map(profile)
  const bearers = new Map<string, number[]>()
  profiles.forEach((p, i) => {
    for (const key of likenessKeysOf(p)) {
      const known = bearers.get(key)
      if (known) known.push(i)
      else bearers.set(key, [i])
    }
  })
  const found = new Map<string, number>()
  for (const ids of bearers.values()) {
    if (ids.length > 30) continue
    for (const a of ids) for (const b of ids) if (a < b) {
      const key = `${a} ${b}`
      if (!found.has(key)) found.set(key, resemblanceOf(profiles[a]!, profiles[b]!).score)
    }
  }
  return new Map([...found].filter(([, score]) => score >= LIKELY))
}

/** How well the pairs that are shown are the pairs that there are. */
export function measured(seed: number) {
  const books = booksWithDuplicates({ seed })
  const found = pairsFound(books)
  const duplicates = books.flatMap((p, i) => (p.of === undefined ? [] : [{ key: `${p.of} ${i}`, p, of: books[p.of]! }]))
  const truth = new Set(duplicates.map((d) => d.key))
  const right = [...found.keys()].filter((key) => truth.has(key)).length
  return { seed, books, found, duplicates, truth, recall: right / truth.size, precision: right / found.size }
}
