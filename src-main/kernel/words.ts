import { currencyOf, type Currency } from './currencies.ts'
import { big, powerOfTen } from './math.ts'

const DIGITS_ZH = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'] as const
const PLACES_ZH = [
  { size: 1000n, name: '仟' },
  { size: 100n, name: '佰' },
  { size: 10n, name: '拾' },
  { size: 1n, name: '' },
] as const
const WAN = 10_000n
const YI = 100_000_000n

const digitZh = (digit: bigint): string => DIGITS_ZH[Number(digit)] ?? ''

/** 1 to 9999; zeros between digits are read once, zeros at the end not at all. */
function groupZh(group: bigint): string {
  let words = ''
  let skipped = false
  for (const { size, name } of PLACES_ZH) {
    const digit = (group / size) % 10n
    if (digit === 0n) {
      skipped = words !== ''
      continue
    }
    words += (skipped ? '零' : '') + digitZh(digit) + name
    skipped = false
  }
  return words
}

/** Joins a higher and a lower part of a number: where the lower part does not fill its first place, one 零 stands for the gap. */
function joinZh(parts: { high: string; unit: string; low: string; lowIsShort: boolean }): string {
  if (parts.high === '') return parts.low
  return parts.high + parts.unit + (parts.low !== '' && parts.lowIsShort ? '零' : '') + parts.low
}

/** 0 to 99,999,999; nothing for 0. */
function belowYiZh(n: bigint): string {
  const low = n % WAN
  return joinZh({ high: groupZh(n / WAN), unit: '万', low: groupZh(low), lowIsShort: low < WAN / 10n })
}

function integerZh(n: bigint): string {
  const low = n % YI
  return joinZh({ high: belowYiZh(n / YI), unit: '亿', low: belowYiZh(low), lowIsShort: low < YI / 10n })
}

/**
 * An amount in fen written out for Chinese vouchers, cheques and invoices: 壹仟零伍元整, 伍角整, 壹万零贰佰零叁元零肆分
 * (支付结算办法, appendix 1; features DF-31, BK-24). 整 follows 元 and 角, never 分; 零 between 元 and 分 where 角 is 0. Where the rules
 * leave 零 open (1,680.32 and 107,000.53) the shorter lawful form is written. Negative amounts begin with 负. Any safe integer works.
 */
export function amountInWordsZh(minor: number): string {
  const signed = big(minor)
  const fenTotal = signed < 0n ? -signed : signed
  const [yuan, jiao, fen] = [fenTotal / 100n, (fenTotal / 10n) % 10n, fenTotal % 10n]
  if (fenTotal === 0n) return '零元整'
  let words = signed < 0n ? '负' : ''
  if (yuan > 0n) words += `${integerZh(yuan)}元`
  if (jiao > 0n) words += `${digitZh(jiao)}角`
  if (fen === 0n) return `${words}整`
  return `${words}${jiao === 0n && yuan > 0n ? '零' : ''}${digitZh(fen)}分`
}

const SMALL_EN = [
  'zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve', 'thirteen', 'fourteen',
  'fifteen', 'sixteen', 'seventeen', 'eighteen', 'nineteen',
] as const
const TENS_EN = ['', '', 'twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'] as const
const SCALES_EN = ['', 'thousand', 'million', 'billion', 'trillion', 'quadrillion'] as const

function groupEn(group: number): string {
  const [hundreds, rest] = [Math.trunc(group / 100), group % 100]
  const words: string[] = []
  if (hundreds > 0) words.push(`${SMALL_EN[hundreds]} hundred`)
  if (rest >= 20) words.push(rest % 10 === 0 ? `${TENS_EN[rest / 10]}` : `${TENS_EN[Math.trunc(rest / 10)]}-${SMALL_EN[rest % 10]}`)
  else if (rest > 0) words.push(`${SMALL_EN[rest]}`)
  return words.join(' ')
}

function integerEn(n: bigint): string {
  if (n === 0n) return SMALL_EN[0]
  const words: string[] = []
  let rest = n
  for (const scale of SCALES_EN) {
    const group = Number(rest % 1000n)
    if (group > 0) words.unshift(scale === '' ? groupEn(group) : `${groupEn(group)} ${scale}`)
    rest /= 1000n
  }
  return words.join(' ')
}

/**
 * An amount in minor units written out as on a cheque, for any currency: 'One thousand five British pounds and 04/100 only',
 * 'One Euro only', 'Five hundred Japanese yen only', 'Minus two Kuwaiti dinars and 005/1000 only'. 'And' stands only before the fraction.
 */
export function amountInWordsEn(minor: number, currency: Currency): string {
  const signed = big(minor)
  const magnitude = signed < 0n ? -signed : signed
  const unit = powerOfTen(currency.digits)
  const [whole, fraction] = [magnitude / unit, magnitude % unit]
  const number = `${signed < 0n ? 'minus ' : ''}${integerEn(whole)}`
  const noun = whole === 1n ? currency.name_en : currency.plural_en
  const cents = fraction === 0n ? '' : ` and ${fraction.toString().padStart(currency.digits, '0')}/${unit}`
  return `${number.charAt(0).toUpperCase()}${number.slice(1)} ${noun}${cents} only`
}

/** The amount as a cheque of the language writes it; Chinese capitals are for currencies of yuan, jiao and fen, that is of two digits. */
export const amountInWords = (minor: number, { currency, locale }: { currency: string; locale: 'zh-CN' | 'en' }): string =>
  locale === 'zh-CN' && currencyOf(currency).digits === 2 ? amountInWordsZh(minor) : amountInWordsEn(minor, currencyOf(currency))
