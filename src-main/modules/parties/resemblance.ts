import { partsOf, phonePartsOf, type NameParts, type PhoneParts } from './name-parts.ts'
import { tidyTaxNo, unique } from './party.ts'

/*
 * Are two parties one? Pure: what is compared (`Profile`), by which keys those worth comparing are found (`likenessKeysOf`), and how far
 * two are one (`resemblanceOf`, 0 to 100). What speaks for it is the name, in the ways that people write it and get it wrong, the phone
 * and the tax number. A branch is never its business, and a shared phone alone makes nobody the same.
 */

/** As what two parties look alike, in the order in which it is told. */
export type Trait = 'name' | 'alias' | 'phone' | 'tax_no' | 'similar'
export type Profile = {
  readonly names: readonly NameParts[]
  readonly phones: readonly PhoneParts[]
  readonly tax_no: string | null
  readonly isPerson: boolean
}
export type Resemblance = { readonly score: number; readonly because: readonly Trait[] }

/** From this score on two are shown as probably one. */
export const LIKELY = 70

type Told = { readonly names: readonly (string | null)[]; readonly phones: readonly (string | null)[]; readonly tax_no: string | null; readonly kind: string }

/** What is compared of a party: its names (the first is its own), phones with those of its contacts, and tax number. */
export function profileOf({ names, phones, tax_no, kind }: Told): Profile {
  const lines = phones.map(phonePartsOf).filter((p): p is PhoneParts => p !== null)
  return { names: unique(names.map((n) => n ?? '')).map(partsOf), phones: lines, tax_no: tidyTaxNo(tax_no), isPerson: kind === 'person' }
}

/** Digits by which lines meet, however much of the number stands before them. */
const LINE_END = 7
const LONGEST_SLIPPED = 16
/** Of longer names one end is whole where there is one slip. */
const END_OF_LONG = 10

/**
 * The keys of which two parties that are one share at least one. A slip of the pen is met by all forms with one character left out: two
 * names that are one slip apart have one of those in common. Few keys are shared by many.
 */
export function likenessKeysOf(profile: Profile): string[] {
  const keys = profile.names.flatMap(({ core, sound, isHan }) => {
    const letters = [...core]
    const isSlippable = letters.length >= (isHan ? 4 : 5) && letters.length <= LONGEST_SLIPPED
    return [
      `n${core}`,
      ...(letters.length > LONGEST_SLIPPED ? [`a${letters.slice(0, END_OF_LONG).join('')}`, `z${letters.slice(-END_OF_LONG).join('')}`] : []),
      ...(sound.length >= 4 ? [`s${sound}`] : []),
      ...(isSlippable ? [`d${core}`, ...letters.map((_, i) => `d${letters.toSpliced(i, 1).join('')}`)] : []),
    ]
  })
  for (const { line } of profile.phones) keys.push(`t${line.slice(-LINE_END)}`)
  if (profile.tax_no !== null) keys.push(`x${profile.tax_no}`)
  return unique(keys)
}

/** How far two parties are one: 100 certainly, from LIKELY on probably. */
export function resemblanceOf(a: Profile, b: Profile): Resemblance {
  const name = bestName(a, b)
  const phone = phonesMeet(a.phones, b.phones)
  const tax = taxMeets(a.tax_no, b.tax_no)
  const because: Trait[] = []
  if (name.score >= NAMED) because.push(name.isExact ? (name.isOwn ? 'name' : 'alias') : 'similar')
  if (phone === 'same' || phone === 'extension') because.push('phone')
  if (tax === 'same') because.push('tax_no')
  return { score: scored({ name, phone, tax, isPerson: a.isPerson && b.isPerson }), because }
}

type Meeting = 'same' | 'slip' | 'extension' | 'differs' | 'unknown'
type Facts = { readonly name: NameLikeness; readonly phone: Meeting; readonly tax: Meeting; readonly isPerson: boolean }

/** A name that is at least this much alike is said to be. */
const NAMED = 45

function scored({ name, phone, tax, isPerson }: Facts): number {
  // A branch shares phone, tax number and name with its business, and is another customer.
  if (name.isOtherBranch) return Math.min(name.score, tax === 'same' ? 50 : 40)
  let score = name.score
  // Many are called Zhang Wei.
  if (isPerson) score = Math.min(score, 60)
  if (tax === 'same') score = score >= 20 ? Math.max(score + 25, 92) : 74
  else if (tax === 'slip') score += score >= 60 ? 12 : 0
  else if (tax === 'differs') score -= 40
  if (phone === 'same') score = score >= NAMED ? Math.max(score + 20, 88) : score >= 30 ? 60 : Math.max(score, 40)
  else if (phone === 'extension') score += score >= 70 ? 5 : 0
  else if (phone === 'slip') score += score >= 55 ? 14 : 0
  else if (phone === 'differs' && tax !== 'same') score -= name.isWhole ? 6 : 16
  if (tax === 'differs' && score > 66) score = 66
  return Math.max(0, Math.min(100, score))
}

type NameLikeness = {
  readonly score: number
  /** The same but for spelling. */
  readonly isExact: boolean
  /** By the first names of both, not by an alias. */
  readonly isOwn: boolean
  /** Nothing of either name is missing in the other. */
  readonly isWhole: boolean
  readonly isOtherBranch: boolean
}

const STRANGE: NameLikeness = { score: 0, isExact: false, isOwn: false, isWhole: false, isOtherBranch: false }

function bestName(a: Profile, b: Profile): NameLikeness {
  let best = STRANGE
  a.names.forEach((one, i) =>
    b.names.forEach((other, j) => {
      const found = nameLikeness(one, other)
      const likeness = { ...found, isOwn: i === 0 && j === 0 }
      if (likeness.isOtherBranch ? best === STRANGE : likeness.score > best.score || best.isOtherBranch) best = likeness
    }),
  )
  // The own names say whether it is a branch, or from elsewhere; an alias that leaves it out takes nothing back.
  const [one, other] = [a.names[0], b.names[0]]
  if (one === undefined || other === undefined) return best
  if (isBranchApart(one, other)) return { ...best, isOtherBranch: true }
  return areApart(one.places, other.places) ? { ...best, score: Math.min(best.score, ELSEWHERE), isExact: false } : best
}

/** One of one town and one of another, of one name: hardly more alike than that. */
const ELSEWHERE = 44

const areApart = (a: readonly string[], b: readonly string[]): boolean => {
  const [few, many] = a.length <= b.length ? [a, b] : [b, a]
  return few.some((place) => !many.includes(place))
}

/** Two branches of one business, or a branch and the business; numbers count as branches do. */
const isBranchApart = (a: NameParts, b: NameParts): boolean => a.branch !== b.branch || a.numbers !== b.numbers

function nameLikeness(a: NameParts, b: NameParts): Omit<NameLikeness, 'isOwn'> {
  const isOtherBranch = isBranchApart(a, b)
  if (a.key === b.key) return { score: 95, isExact: true, isWhole: true, isOtherBranch: false }
  const core = coreLikeness(a, b)
  const isElsewhere = areApart(a.places, b.places)
  const isSamePlace = a.places.length > 0 && b.places.length > 0 && !isElsewhere
  const isWhole = a.places.length === b.places.length && !isElsewhere
  const score = core === 0 ? 0 : isElsewhere ? Math.min(core, ELSEWHERE) : isSamePlace ? core + 6 : core
  return { score, isExact: a.core === b.core && isWhole, isWhole, isOtherBranch }
}

function coreLikeness(a: NameParts, b: NameParts): number {
  if (a.core === b.core) return [...a.core].length >= (a.isHan ? 3 : 5) ? 84 : 66
  if (a.isHan !== b.isHan) return acrossScripts(a.sound, b.sound)
  return a.isHan ? hanLikeness(a, b) : latinLikeness(a.core, b.core)
}

/** A Chinese name and the same in letters. */
function acrossScripts(one: string, other: string): number {
  const shorter = Math.min(one.length, other.length)
  if (one === other) return shorter >= 6 ? 82 : 50
  return shorter >= 8 && distance([...one], [...other]) === 1 ? 74 : 0
}

/** Read alike; a character too many or too few; two in the wrong order. Another character is another name: 金龙 and 金鹏 are neighbours. */
function hanLikeness(a: NameParts, b: NameParts): number {
  const [one, other] = [[...a.core], [...b.core]]
  const shorter = Math.min(one.length, other.length)
  if (a.sound === b.sound) return one.length > 2 ? 80 : 50
  const apart = distance(one, other)
  if (apart === 1 && one.length !== other.length) return shorter >= 4 ? 76 : shorter === 3 ? 64 : 45
  if (apart === 1 && isSwap(one, other)) return shorter >= 4 ? 78 : shorter === 3 ? 74 : 45
  if (apart === 1) return shorter >= 6 ? 52 : shorter >= 4 ? 48 : 32
  // A short name begins, or is, the long one.
  if (shorter >= 2 && (a.core.startsWith(b.core) || b.core.startsWith(a.core))) return 56
  return a.core.slice(0, 2) === b.core.slice(0, 2) ? 30 : 0
}

function latinLikeness(a: string, b: string): number {
  const [one, other] = [[...a], [...b]]
  const shorter = Math.min(one.length, other.length)
  if (shorter < 5) return 0
  const apart = distance(one, other)
  if (apart === 1) {
    if (isSwap(one, other)) return 78
    if (one.length !== other.length) return shorter >= 7 ? 76 : 66
    return isNeighbouringKey(one, other) ? 76 : 58
  }
  if (apart === 2 && shorter >= 11) return 64
  return shorter >= 5 && (a.startsWith(b) || b.startsWith(a)) ? 54 : a.slice(0, 5) === b.slice(0, 5) ? 30 : 0
}

/** Two neighbours changed places, and nothing else. */
function isSwap(a: readonly string[], b: readonly string[]): boolean {
  if (a.length !== b.length) return false
  const apart = a.flatMap((c, i) => (c === b[i] ? [] : [i]))
  const [i, j] = apart
  return apart.length === 2 && j === i! + 1 && a[i!] === b[j] && a[j] === b[i!]
}

const KEYBOARD = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm'] as const

/** The one other letter lies beside the right one: a finger slipped. The first letter is looked at longest. */
function isNeighbouringKey(a: readonly string[], b: readonly string[]): boolean {
  const at = a.findIndex((c, i) => c !== b[i])
  const place = (c: string): readonly [row: number, column: number] => {
    const row = KEYBOARD.findIndex((keys) => keys.includes(c))
    return [row, row < 0 ? -9 : KEYBOARD[row]!.indexOf(c)]
  }
  const [one, other] = [place(a[at]!), place(b[at]!)]
  return at > 0 && one[0] >= 0 && other[0] >= 0 && Math.abs(one[0] - other[0]) <= 1 && Math.abs(one[1] - other[1]) <= 1
}

function phonesMeet(a: readonly PhoneParts[], b: readonly PhoneParts[]): Meeting {
  if (a.length === 0 || b.length === 0) return 'unknown'
  const meetings = a.flatMap((one) => b.map((other) => phoneMeets(one, other)))
  return (['same', 'extension', 'slip'] as const).find((m) => meetings.includes(m)) ?? 'differs'
}

function phoneMeets(a: PhoneParts, b: PhoneParts): Meeting {
  const [short, long] = a.line.length <= b.line.length ? [a.line, b.line] : [b.line, a.line]
  // A number without the code of its area, or its country, is the end of the whole one.
  const isSame = short === long || (short.length >= LINE_END && long.endsWith(short.replace(/^0/, '')) && long.length - short.length <= 4)
  if (isSame) return a.extension !== '' && b.extension !== '' && a.extension !== b.extension ? 'extension' : 'same'
  return short.length >= 8 && distance([...short], [...long]) === 1 ? 'slip' : 'differs'
}

function taxMeets(a: string | null, b: string | null): Meeting {
  if (a === null || b === null) return 'unknown'
  if (a === b) return 'same'
  return Math.min(a.length, b.length) >= 9 && distance([...a], [...b]) === 1 ? 'slip' : 'differs'
}

/** Letters to add, take away, change, or swap with their neighbour, to get from one to the other; 3 stands for more than two. */
function distance(a: readonly string[], b: readonly string[]): number {
  if (Math.abs(a.length - b.length) > 2) return 3
  let before: number[] = []
  let last = b.map((_, j) => j + 1)
  last.unshift(0)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const isSame = a[i - 1] === b[j - 1]
      let least = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (isSame ? 0 : 1))
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) least = Math.min(least, before[j - 2]! + 1)
      row.push(least)
    }
    before = last
    last = row
  }
  return Math.min(3, last[b.length]!)
}

