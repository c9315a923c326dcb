import { pinyin } from 'pinyin-pro'
import { nameKeyOf } from './party.ts'

// Do two names mean one business? Pure: what of a name counts, and how far two may stand apart.

/** Legal forms say nothing about who it is. */
const FORMS = /(?:有限责任公司|股份有限公司|有限公司|分公司|公司|集团)|(?:limitedcompany|coltd|limited|company|corporation|incorporated|gmbh|corp|ltd|llc|plc|inc)$/gu
/** Where a company was registered stands before its name, or does not. */
const PLACES = /^(?:中国|北京|上海|天津|重庆|广州|深圳|杭州|南京|苏州|成都|武汉|西安|青岛|大连|宁波|厦门|长沙|郑州|济南|合肥|福州|昆明|沈阳|哈尔滨|长春|南昌|贵阳|太原|石家庄|南宁|兰州|海口|义乌|佛山|东莞|广东|浙江|江苏|山东|福建|四川|湖北|湖南|河南|河北|安徽|江西|陕西|云南|辽宁|广西)(?:省|市)?/u
const HAN = /\p{Script=Han}/u

/** What half of all names say: no way to find one of them. */
const TRADES = /^(?:贸易|商行|商贸|实业|科技|食品|茶业|茶庄|超市|酒店|餐饮|建材|电子|服装|百货|批发|工贸|物流|文化|发展|国际|进出|出口)$/u

/** Shorter names are too like others to be compared by their letters. */
const SHORTEST_HAN = 2
const SHORTEST_LATIN = 5

/** What of a name tells a business from others: without its legal form and the place in front, where something is left. */
export function coreOf(name: string): string {
  const key = nameKeyOf(name)
  const bare = key.replace(FORMS, '')
  const local = bare.replace(PLACES, '')
  if (local.length >= SHORTEST_HAN) return local
  return bare === '' ? key : bare
}

const syllablesOf = (name: string): readonly string[] => pinyin(name, { toneType: 'none', type: 'array', nonZh: 'spaced' })

/**
 * Are they one name with a slip? Chinese: equal when read aloud, or one character too many, too few or two in the wrong order, in names of
 * five and more (another character is another name: 金龙 and 金鹏 are neighbours). Other scripts: one letter in six, two in eleven.
 */
export function isSimilar(a: string, b: string): boolean {
  if (a === b) return true
  if (HAN.test(a) !== HAN.test(b)) return false
  if (!HAN.test(a)) {
    const shorter = Math.min(a.length, b.length)
    return shorter >= SHORTEST_LATIN && distance([...a], [...b]) <= (shorter >= 11 ? 2 : 1)
  }
  const [one, other] = [[...a], [...b]]
  if (one.length === other.length) return sounds(a, b) || isSwap(one, other)
  return Math.min(one.length, other.length) >= 4 && Math.abs(one.length - other.length) === 1 && distance(one, other) === 1
}

const sounds = (a: string, b: string): boolean => a.length > SHORTEST_HAN && syllablesOf(a).join(' ') === syllablesOf(b).join(' ')

/** Two neighbours changed places, and nothing else. */
function isSwap(a: readonly string[], b: readonly string[]): boolean {
  const apart = a.flatMap((c, i) => (c === b[i] ? [] : [i]))
  const [i, j] = apart
  return a.length >= 4 && apart.length === 2 && j === i! + 1 && a[i!] === b[j] && a[j] === b[i!]
}

/** Letters to add, take away, change, or swap with their neighbour, to get from one to the other. */
function distance(a: readonly string[], b: readonly string[]): number {
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
  return last[b.length]!
}

/** Pairs of characters, some of which every name shares that is similar: by these the candidates are read. At most eight. */
export function pairsOf(core: string): string[] {
  const letters = [...core]
  if (letters.length < 2) return []
  const step = HAN.test(core) ? 1 : Math.max(1, Math.floor(letters.length / 8))
  const size = HAN.test(core) ? 2 : 3
  const pairs = letters.flatMap((_, i) => (i % step === 0 && i + size <= letters.length ? [letters.slice(i, i + size).join('')] : []))
  const telling = pairs.filter((pair) => !TRADES.test(pair))
  return [...new Set(telling.length > 0 ? telling : pairs)].slice(0, 8)
}
