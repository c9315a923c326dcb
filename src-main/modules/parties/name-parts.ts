import { pinyin } from 'pinyin-pro'
import { fold, nameKeyOf } from '../../kernel/text.ts'

// Pure: what the name of a business is made of. 杭州金龙茶业有限公司滨江分公司 is a place, a core, a legal form and a branch.

export type NameParts = {
  /** The whole name, folded, without punctuation. */
  readonly key: string
  /** What tells it from others: without place, legal form and branch. */
  readonly core: string
  /** The core read aloud, without tones; letters stay letters. */
  readonly sound: string
  readonly isHan: boolean
  readonly places: readonly string[]
  /** Which branch, shop or office of one business it is; empty for the business itself. */
  readonly branch: string
  /** Numbers within the name: No. 2 is not No. 3. */
  readonly numbers: string
}

const PLACES = [
  ...['中国', '北京', '上海', '天津', '重庆', '广州', '深圳', '杭州', '南京', '苏州', '成都', '武汉', '西安', '青岛', '大连', '宁波', '厦门', '长沙', '郑州', '济南', '合肥', '福州', '昆明'],
  ...['沈阳', '哈尔滨', '长春', '南昌', '贵阳', '太原', '石家庄', '南宁', '兰州', '海口', '义乌', '佛山', '东莞', '温州', '无锡', '常州', '绍兴', '嘉兴', '金华', '泉州', '珠海', '中山', '烟台', '徐州'],
  ...['浙江', '江苏', '山东', '福建', '广东', '四川', '湖北', '湖南', '河南', '河北', '安徽', '江西', '陕西', '山西', '云南', '贵州', '辽宁', '吉林', '黑龙江', '海南', '甘肃', '青海', '宁夏', '新疆', '内蒙古', '西藏', '广西', '香港', '澳门', '台湾'],
]
const PLACE = new RegExp(`^(${PLACES.join('|')})(?:省|市)?`, 'u')
const PLACE_IN_BRACKETS = new RegExp(`[（(](${PLACES.join('|')})(?:省|市)?[)）]`, 'gu')
const FORM = /有限责任公司|股份有限公司|集团有限公司|有限公司|集团公司|公司|集团/u
const BRANCH_WORD = '分公司|分店|门店|专卖店|旗舰店|直营店|加盟店|体验店|店|办事处|营业部|经营部|门市部|分部|分厂|仓库|分行'
const BRANCH_IN_BRACKETS = new RegExp(`[（(]([^）)]*(?:${BRANCH_WORD}))[)）]`, 'u')
const BRANCH_AFTER_FORM = new RegExp(`(?<=公司|集团)(.{1,8}(?:${BRANCH_WORD}))$`, 'u')
/** Shops that are called a shop are no branches: 书店, 酒店. */
const BRANCH_AT_END = /(?<=.{3})((?:第?[一二三四五六七八九十\d]+|[\p{Script=Han}]{2})(?:分公司|分店|门店|专卖店|旗舰店|直营店|办事处|营业部|(?<![商书酒药饭茶花布粮网便利副食]|[专旗])店))$/u
const BRANCH_IN_WORDS = /[\s,(-]+((?:(?!ltd|co|inc)[\p{L}\d]+\s+){0,2}(?:branch|store|shop|office|depot)(?:\s*(?:no\.?|#)?\s*\d+)?|(?:branch|store|shop|no\.?|#)\s*\d+)\)?\s*$/iu
const LATIN_FORMS = new Set(['co', 'company', 'ltd', 'limited', 'inc', 'incorporated', 'corp', 'corporation', 'llc', 'plc', 'gmbh', 'pty', 'bv', 'ag', 'sa', 'srl', 'llp'])
const HAN = /\p{Script=Han}/u

const spoken = new Map<string, string>()
/** A text read aloud, without tones and gaps. Read once: names come back. */
export function soundOf(text: string): string {
  const known = spoken.get(text)
  if (known !== undefined) return known
  if (spoken.size > 50_000) spoken.clear()
  // Typed without accents, ü is v; most write u.
  const sound = HAN.test(text) ? pinyin(text, { toneType: 'none', type: 'array', nonZh: 'spaced' }).join('').replaceAll('ü', 'u') : text
  spoken.set(text, sound)
  return sound
}

const PLACE_SOUNDS = PLACES.map((place) => [place, soundOf(place)] as const).sort((a, b) => b[1].length - a[1].length)
const FORM_SOUND = /(?:gufen|jituan)?(?:youxian)?(?:zeren)?gongsi$/

/** Takes a name apart. A name that is nothing but place and form stays whole. */
export function partsOf(name: string): NameParts {
  const folded = fold(name).trim()
  const key = nameKeyOf(name)
  return HAN.test(folded) ? hanParts(folded, key) : latinParts(folded, key)
}

function hanParts(folded: string, key: string): NameParts {
  const places: string[] = []
  let rest = folded.replaceAll(PLACE_IN_BRACKETS, (_, place: string) => (places.push(place), ''))
  const branch = (BRANCH_IN_BRACKETS.exec(rest) ?? BRANCH_AFTER_FORM.exec(rest))?.[1] ?? ''
  rest = nameKeyOf(branch === '' ? rest : rest.replace(BRANCH_IN_BRACKETS, '').replace(BRANCH_AFTER_FORM, ''))
  rest = rest.replace(FORM, '').replace(FORM, '').replace(/(?:coltd|limited|ltd|inc)$/, '')
  for (let place = PLACE.exec(rest); place !== null && rest.length - place[0].length >= 2; place = PLACE.exec(rest)) {
    places.push(place[1]!)
    rest = rest.slice(place[0].length)
  }
  const shop = branch === '' ? (BRANCH_AT_END.exec(rest)?.[1] ?? '') : ''
  if (shop !== '') rest = rest.slice(0, -shop.length)
  const core = rest === '' ? key : rest
  return { key, core, sound: soundOf(core), isHan: true, places, branch: nameKeyOf(branch + shop), numbers: numbersOf(core) }
}

function latinParts(folded: string, key: string): NameParts {
  const branch = BRANCH_IN_WORDS.exec(folded)?.[1] ?? ''
  const bare = branch === '' ? folded : folded.replace(BRANCH_IN_WORDS, '')
  const words = bare.replace(/['’]/gu, '').split(/[^\p{L}\p{N}\p{M}]+/u).filter((w) => w !== '' && w !== 'and' && w !== 'the')
  while (words.length > 1 && LATIN_FORMS.has(words.at(-1)!)) words.pop()
  let core = words.join('')
  const places: string[] = []
  const unformed = core.replace(FORM_SOUND, '')
  if (unformed.length >= 4) core = unformed
  // A Chinese name written in letters begins with its place as well.
  const place = PLACE_SOUNDS.find(([, sound]) => core.startsWith(sound) && core.length - sound.length >= 6)
  if (place) {
    places.push(place[0])
    core = core.slice(place[1].length)
  }
  if (core === '') core = key
  return { key, core, sound: core, isHan: false, places, branch: nameKeyOf(branch), numbers: numbersOf(core) }
}

const NUMERALS = /\d+|第[一二三四五六七八九十]+/gu
const numbersOf = (core: string): string => (core.match(NUMERALS) ?? []).join(' ')

/** A phone by its parts: the digits of its line with a leading 0 for the area where there is one, and its extension. */
export type PhoneParts = { readonly line: string; readonly extension: string }

const EXTENSION = /(?:转|分机|ext\.?|x|#)\s*(\d{1,6})\s*$/iu
const SHORT_TAIL = /(?<=\d{7})\s*-\s*(\d{2,5})\s*$/u
const SHORTEST_LINE = 6

/** Null where there are too few digits to mean a line. '+86 571 8888 6666', '0571-88886666' and '(0571) 8888-6666 ext 801' are one line. */
export function phonePartsOf(phone: string | null | undefined): PhoneParts | null {
  const text = (phone ?? '').normalize('NFKC')
  const extension = (EXTENSION.exec(text) ?? SHORT_TAIL.exec(text))?.[1] ?? ''
  const bare = extension === '' ? text : text.replace(EXTENSION, '').replace(SHORT_TAIL, '')
  const digits = bare.replace(/\D+/g, '')
  const home = digits.replace(/^(?:00)?86(?=0?[1-9]\d{8,10}$)/, '').replace(/^0(?=1[3-9]\d{9}$)/, '')
  const line = /^[2-9]\d{8,10}$/.test(home) && home !== digits ? `0${home}` : home
  return line.length < SHORTEST_LINE ? null : { line, extension }
}
