import { pinyin } from 'pinyin-pro'

/** A party as somebody typed it in; `of` tells whose duplicate it is. */
export type Typed = {
  readonly name: string
  readonly short_name: string | null
  readonly aliases: readonly string[]
  readonly kind: 'company' | 'person'
  readonly phone: string | null
  readonly tax_no: string | null
  /** Where in the list the party stands that this one repeats; undefined for an original. */
  readonly of?: number
  /** How it came about: for what was missed. */
  readonly how: string
}

type Dice = { next(): number; below(n: number): number; pick<T>(list: readonly T[]): T; chance(p: number): boolean }

/** The same dice for the same seed. */
export function diceOf(seed: number): Dice {
  let state = (seed * 0x9e3779b9) >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  const below = (n: number): number => Math.floor(next() * n)
  return { next, below, pick: (list) => list[below(list.length)]!, chance: (p) => next() < p }
}

const BRAND = [...'金龙华美鼎盛通天恒瑞宏泰永兴德顺万利福鑫源祥和昌盈丰隆亨达诚信义仁康宁安平吉庆嘉禾春晖明月星辰海川江河山岳松柏梅兰竹菊凤麒麟鹏程远航卓越创新博雅文华天成地利人杰东西南北中正元亿佳良优品百年老号红日蓝天绿洲青云紫光银河玉石宝珠锦绣前程飞翔腾跃凯旋胜强力健乐喜']
const TRADE = ['贸易', '商贸', '茶业', '食品', '建材', '五金', '电子', '科技', '服装', '纺织', '百货', '实业', '餐饮', '医药', '化工', '机械', '家具', '物流', '印刷', '包装', '文具', '图书', '水产', '粮油', '酒业', '农业', '塑料', '电器', '装饰', '汽配', '超市', '商行', '工贸', '进出口', '珠宝', '花卉']
const PLACE = ['北京', '上海', '天津', '广州', '深圳', '杭州', '南京', '苏州', '成都', '武汉', '西安', '青岛', '大连', '宁波', '厦门', '长沙', '郑州', '济南', '合肥', '福州', '温州', '无锡', '义乌', '佛山', '东莞', '浙江', '江苏', '山东', '福建', '广东']
const FORM = ['有限公司', '有限公司', '有限公司', '有限责任公司', '股份有限公司', '']
const DISTRICT = ['滨江', '西湖', '朝阳', '浦东', '天河', '福田', '城南', '城北', '开发区', '高新']
const SURNAME = ['Harrison', 'Bennett', 'Fletcher', 'Whitmore', 'Langley', 'Prescott', 'Radcliffe', 'Sinclair', 'Thornton', 'Underhill', 'Vaughan', 'Winslow', 'Ashford', 'Blackwood', 'Carmichael', 'Donovan', 'Ellsworth', 'Fairchild', 'Greenfield', 'Hathaway', 'Kingsley', 'Lockwood', 'Montgomery', 'Northcote', 'Okafor', 'Pemberton', 'Quigley', 'Rosenthal', 'Sutherland', 'Tennyson', 'Muller', 'Schneider', 'Rossi', 'Garcia', 'Novak', 'Kowalski', 'Johansson', 'Petrov', 'Dubois', 'Ferreira']
const SECOND = ['Trading', 'Tools', 'Foods', 'Textiles', 'Hardware', 'Logistics', 'Furniture', 'Electric', 'Packaging', 'Imports', 'Supplies', 'Interiors', 'Chemicals', 'Stationery', 'Garden Centre', 'Marine', 'Optics', 'Printing', 'Ceramics', 'Outfitters']
const FIRST = ['', '', '', 'New ', 'Royal ', 'North ', 'United ', 'Atlantic ', 'Summit ', 'Golden ']
const LATIN_FORM = [' Ltd', ' Ltd.', ' Limited', ' Inc', ' LLC', ' Co., Ltd.', '']
const FAMILY = [...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗']
const GIVEN = [...'伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂华文斌玲健波宇浩']

const digits = (dice: Dice, n: number): string => Array.from({ length: n }, () => dice.below(10)).join('')
const mobile = (dice: Dice): string => `1${dice.pick(['38', '39', '50', '58', '86', '77'])}${digits(dice, 8)}`
const landline = (dice: Dice): string => `0${dice.pick(['571', '21', '10', '755', '574', '20'])}-${dice.pick(['8', '6', '5'])}${digits(dice, 7)}`
const phoneOf = (dice: Dice): string => (dice.chance(0.6) ? mobile(dice) : landline(dice))
const taxNo = (dice: Dice): string => `9133${digits(dice, 4)}MA${digits(dice, 7)}${dice.pick([...'ABCDEFGHJKLMNPQRTUWXY'])}`

type Business = { place: string; brand: string; trade: string; form: string }
type Whole = Typed & { readonly business?: Business; readonly latin?: { first: string; surname: string; second: string } }

const written = ({ place, brand, trade, form }: Business): string => `${place}${brand}${trade}${form}`

function original(dice: Dice): Whole {
  const rest = { aliases: [], short_name: null, phone: dice.chance(0.85) ? phoneOf(dice) : null, how: 'original' }
  const kind = dice.next()
  if (kind < 0.12) return { ...rest, name: dice.pick(FAMILY) + dice.pick(GIVEN) + (dice.chance(0.5) ? dice.pick(GIVEN) : ''), kind: 'person', phone: mobile(dice), tax_no: null }
  const tax_no = dice.chance(0.5) ? taxNo(dice) : null
  if (kind < 0.32) {
    const latin = { first: dice.pick(FIRST), surname: dice.pick(SURNAME) + (dice.chance(0.4) ? ` & ${dice.pick(SURNAME)}` : ''), second: dice.pick(SECOND) }
    return { ...rest, tax_no, kind: 'company', latin, name: `${latin.first}${latin.surname} ${latin.second}${dice.pick(LATIN_FORM)}` }
  }
  const brand = Array.from({ length: dice.chance(0.6) ? 2 : 3 }, () => dice.pick(BRAND)).join('')
  const business = { place: dice.chance(0.75) ? dice.pick(PLACE) : '', brand, trade: dice.pick(TRADE), form: dice.pick(FORM) }
  return { ...rest, tax_no, kind: 'company', business, name: written(business), short_name: dice.chance(0.2) ? brand + business.trade : null }
}

/** A branch: the name of the business with more behind it, often its phone, perhaps with another extension; its tax number or none. */
function branchOf(dice: Dice, whole: Whole): Whole | undefined {
  const { business, latin } = whole
  const phone = dice.chance(0.7) && whole.phone !== null ? (dice.chance(0.4) && whole.phone.includes('-') ? `${whole.phone}转${8000 + dice.below(99)}` : whole.phone) : phoneOf(dice)
  const rest = { aliases: [], short_name: null, kind: 'company' as const, phone, tax_no: dice.chance(0.3) ? whole.tax_no : null, how: 'branch' }
  if (business) {
    const { brand, trade } = business
    const district = dice.pick(DISTRICT)
    const name = dice.pick([`${written(business)}${district}分公司`, `${brand}${trade}(${district}店)`, `${brand}${trade}${district}门店`, `${written({ ...business, form: '有限公司' })}（${district}办事处）`])
    return { ...rest, name }
  }
  return latin ? { ...rest, name: `${latin.first}${latin.surname} ${latin.second} (${dice.pick(['Leeds', 'Bristol', 'Camden', 'Soho', 'York'])} branch)` } : undefined
}

/** Somebody else whose name differs by little: a character of the brand, the trade, the town, a letter; sometimes the phone of the same house. */
function strangerOf(dice: Dice, whole: Whole): Whole | undefined {
  const { business, latin } = whole
  const phone = dice.chance(0.04) ? whole.phone : dice.chance(0.85) ? phoneOf(dice) : null
  const rest = { aliases: [], short_name: null, kind: 'company' as const, phone, tax_no: dice.chance(0.5) ? taxNo(dice) : null, how: 'stranger' }
  if (business) {
    const [first, ...others] = business.brand
    const way = dice.below(3)
    const other =
      way === 0
        ? { ...business, brand: first + [...others.slice(0, -1), dice.pick(BRAND)].join('') }
        : way === 1
          ? { ...business, trade: dice.pick(TRADE) }
          : { ...business, place: dice.pick(PLACE) }
    const isOther = other.brand !== business.brand || other.trade !== business.trade || (other.place !== business.place && business.place !== '')
    // Read alike it would be the same to anybody.
    const sound = (b: Business) => pinyin(b.brand + b.trade, { toneType: 'none' })
    return isOther && (way === 2 || sound(other) !== sound(business)) ? { ...rest, business: other, name: written(other) } : undefined
  }
  if (!latin) return undefined
  const surname = dice.chance(0.5) ? dice.pick(SURNAME) : dice.pick(['B', 'M', 'W', 'D', 'L']) + latin.surname.slice(1)
  const second = dice.chance(0.5) ? latin.second : dice.pick(SECOND)
  return surname === latin.surname && second === latin.second ? undefined : { ...rest, latin: { ...latin, surname, second }, name: `${latin.first}${surname} ${second} Ltd` }
}

const sameSound: Readonly<Record<string, string>> = { 金: '今', 龙: '隆', 华: '桦', 美: '镁', 鼎: '顶', 盛: '胜', 恒: '衡', 瑞: '睿', 宏: '鸿', 泰: '太', 永: '咏', 兴: '星', 德: '得', 福: '伏', 鑫: '欣', 源: '元', 祥: '翔', 和: '禾', 丰: '峰', 达: '答', 诚: '成', 信: '芯', 康: '慷', 安: '氨', 佳: '家', 茶: '查', 业: '叶', 贸: '茂', 品: '频' }
const KEYS = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm']

/** One slip of the pen in a name, never in what everybody reads twice. Chinese is typed by its sound: the wrong character mostly sounds right. */
function mistyped(dice: Dice, name: string): string {
  const letters = [...name]
  if (!/\p{Script=Han}/u.test(name)) {
    const at = 1 + dice.below(Math.max(1, Math.min(letters.length - 6, 12)))
    const way = dice.below(4)
    if (way === 0) return letters.toSpliced(at, 1).join('')
    if (way === 1) return letters.toSpliced(at, 0, letters[at]!).join('')
    if (way === 2) return letters.toSpliced(at, 2, letters[at + 1]!, letters[at]!).join('')
    const row = KEYS.find((r) => r.includes(letters[at]!.toLowerCase())) ?? KEYS[0]!
    const place = row.indexOf(letters[at]!.toLowerCase())
    return letters.toSpliced(at, 1, row[place + 1] ?? row[place - 1] ?? 'a').join('')
  }
  const soundable = letters.flatMap((c, i) => (sameSound[c] ? [i] : []))
  const way = dice.next()
  if (way < 0.6 && soundable.length > 0) {
    const at = dice.pick(soundable)
    return letters.toSpliced(at, 1, sameSound[letters[at]!]!).join('')
  }
  const end = Math.max(3, name.search(/(?:股份|有限|公司)/u) === -1 ? letters.length : name.search(/(?:股份|有限|公司)/u))
  const at = Math.min(end - 2, 2 + dice.below(Math.max(1, end - 3)))
  if (way < 0.75) return letters.toSpliced(at, 2, letters[at + 1]!, letters[at]!).join('')
  if (way < 0.9) return letters.toSpliced(at, 0, letters[at]!).join('')
  return letters.toSpliced(at, 1).join('')
}

/** A phone as somebody else writes it. */
function rephrased(dice: Dice, phone: string): string {
  if (/^1\d{10}$/.test(phone)) return dice.pick([`+86 ${phone}`, `0086${phone}`, `${phone.slice(0, 3)}-${phone.slice(3, 7)}-${phone.slice(7)}`, `0${phone}`, `${phone.slice(0, 3)} ${phone.slice(3, 7)} ${phone.slice(7)}`, phone])
  const [area = '', line = ''] = phone.split('-')
  return dice.pick([`+86 ${area.slice(1)} ${line}`, `(${area})${line.slice(0, 4)} ${line.slice(4)}`, line, `${area}${line}`, `${area}-${line}转801`, phone])
}

const inLetters = (text: string): string => pinyin(text, { toneType: 'none', type: 'array' }).join('').replaceAll('ü', 'u')
const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)

/** The name as the second hand wrote it. */
function retold(dice: Dice, whole: Whole): { name: string; aliases: string[]; how: string } {
  const { business, latin, name } = whole
  const way = dice.next()
  if (whole.kind === 'person') return way < 0.4 ? { name: capital(inLetters(name)), aliases: [], how: 'pinyin' } : way < 0.6 ? { name, aliases: [], how: 'same' } : { name: mistyped(dice, name), aliases: [], how: 'typing' }
  if (way < 0.4) return { name: mistyped(dice, name), aliases: [], how: 'typing' }
  if (business) {
    const { place, brand, trade } = business
    if (way < 0.55) return { name: brand + trade, aliases: [], how: 'short name' }
    if (way < 0.65) return { name: written({ ...business, form: dice.pick(FORM) }), aliases: [], how: 'form' }
    if (way < 0.75) return { name: `${brand}${trade}${place === '' ? '' : `（${place}）`}有限公司`, aliases: [], how: 'place in brackets' }
    if (way < 0.85) return { name: brand, aliases: [written(business)], how: 'alias' }
    return dice.chance(0.5)
      ? { name: `${capital(inLetters(place))} ${capital(inLetters(brand))} ${capital(inLetters(trade))} Co., Ltd.`.trim(), aliases: [], how: 'pinyin' }
      : { name: `${capital(inLetters(brand))}${inLetters(trade)}`, aliases: [], how: 'pinyin short' }
  }
  const { first, surname, second } = latin!
  if (way < 0.7) return { name: `${first}${surname} ${second}${dice.pick(LATIN_FORM)}`.toUpperCase(), aliases: [], how: 'form' }
  if (way < 0.85) return { name: `${surname}`, aliases: [`${first}${surname} ${second}`], how: 'alias' }
  return { name: `The ${first}${surname.replace('&', 'and')} ${second} Company`, aliases: [], how: 'words' }
}

/** The same party once more, as it comes into the books a second time: what identifies it is kept, written another way or left out. */
function duplicateOf(dice: Dice, whole: Whole, of: number): Typed {
  const { name, aliases, how } = retold(dice, whole)
  const luck = dice.next()
  const isSlip = how === 'typing' || how === 'pinyin' || how === 'pinyin short' || how === 'short name'
  // People are told apart by their phone alone.
  const isKept = whole.kind === 'person' || luck < (isSlip ? 0.75 : 0.6)
  const phone = whole.phone === null ? null : isKept ? rephrased(dice, whole.phone) : luck < 0.95 ? null : phoneOf(dice)
  return { name, aliases, short_name: null, kind: whole.kind, phone, tax_no: dice.chance(0.5) ? whole.tax_no : null, of, how }
}

/**
 * The books of a company that took over two lists of customers: `count` parties of which `duplicates` repeat another one, with branches
 * (4 %) that share the phone of their business and strangers (6 %) of nearly the same name. No original repeats another.
 */
export function booksWithDuplicates({ seed, count = 10_000, duplicates = 1_000 }: { seed: number; count?: number; duplicates?: number }): Typed[] {
  const dice = diceOf(seed)
  const originals: Whole[] = []
  const taken = new Set<string>()
  const add = (party: Whole | undefined): void => {
    const key = party?.business ? party.business.place + inLetters(party.business.brand + party.business.trade) : party?.kind === 'person' ? party.name + (party.phone ?? '') : party?.name.toLowerCase().replace(/\W/g, '').replace(/(?:coltd|ltd|limited|inc|llc)$/, '')
    if (!party || taken.has(key!)) return
    taken.add(key!)
    originals.push(party)
  }
  while (originals.length < count - duplicates) {
    const luck = dice.next()
    const known = originals.length > 50 ? dice.pick(originals) : undefined
    if (known && luck < 0.04) add(branchOf(dice, known))
    else if (known && luck < 0.1) add(strangerOf(dice, known))
    else add(original(dice))
  }
  originals.length = count - duplicates
  const chosen = new Set<number>()
  while (chosen.size < duplicates) {
    const at = dice.below(originals.length)
    if (originals[at]!.how !== 'branch') chosen.add(at)
  }
  return [...originals, ...[...chosen].map((at) => duplicateOf(dice, originals[at]!, at))]
}
