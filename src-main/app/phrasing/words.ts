import { currencyOf, formatMoney } from '../../kernel/money.ts'
import type { OutputOf } from '../../kernel/contract.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { phrasingTask } from '../../modules/insights/contract.ts'
import { textsOf, type Locale } from '../texts.ts'

type Task = OutputOf<typeof phrasingTask>
export type Message = { readonly role: 'system' | 'user'; readonly content: string }
/** What is sent, what the rules say of it, and what stands behind the marks in it. */
export type Errand = { readonly messages: readonly Message[]; readonly own: string; readonly marks: ReadonlyMap<string, string> }

/** Numbers of phones, cards and taxes are long; they never go, wherever somebody wrote them. */
const LONG_NUMBER = /\d[\d\s-]{4,}\d/
/** What the rules say in figures and days; everything else are somebody's words. */
const FIGURES = new Set(['day', 'reason'])
const MOST_CHARACTERS = 400

/** The suggestion in the reader's language, with marks in place of names unless these may go. */
export function errandOf(task: Task, { locale, currency }: { locale: Locale; currency: string }): Errand {
  const t = textsOf(locale, 'insights')
  const marks = new Map<string, string>()
  const marked = (word: string): string => {
    const mark = `[${String.fromCharCode(65 + marks.size)}]`
    marks.set(mark, word)
    return mark
  }
  const told = (key: string, value: string | number): string | number =>
    typeof value === 'number' || value === '' || FIGURES.has(key) ? value : task.sends_names === 0 || LONG_NUMBER.test(value) ? marked(value) : value
  const b = Object.fromEntries(Object.entries(task.because).map(([key, value]) => [key, told(key, value)]))
  const values: Record<string, string | number> = {
    ...b,
    amount: typeof b['amount_minor'] === 'number' ? formatMoney(b['amount_minor'], { digits: currencyOf(currency).digits, locale }) : '',
    share: typeof b['share_e8'] === 'number' ? `${Math.round(b['share_e8'] / 1e6)}%` : '',
    item: task.what === 'callAgain' && b['item'] ? t('ui.step.callAgain.item', { name: b['item'] }) : '',
    offer: task.what === 'winBack' && b['offer'] ? t('ui.step.winBack.offer', { offer: b['offer'] }) : '',
    reason: task.what === 'winBack' ? t(`ui.insights.reason.${String(b['reason'])}`) : '',
  }
  const why = task.what === 'keepTouch' && b['days'] === 0 ? 'ui.step.keepTouch.never' : `ui.step.${task.what}.why`
  const own = `${t(`ui.step.${task.what}`, values)}${locale === 'zh-CN' ? '。' : '. '}${t(why, values)}`
  const customer = task.customer === null ? '' : `${t('ui.phrasing.customer', { name: LONG_NUMBER.test(task.customer) ? marked(task.customer) : task.customer })}\n`
  return { messages: [{ role: 'system', content: t('ui.phrasing.task') }, { role: 'user', content: `${customer}${own}` }], own, marks }
}

/** Figures in a text, however they are grouped or padded. */
function figuresIn(text: string): Set<string> {
  const plain = text.normalize('NFKC').replaceAll(/(\d)[,，](?=\d{3}(?!\d))/g, '$1')
  return new Set([...plain.matchAll(/\d+(?:\.\d+)?/g)].map(([figure]) => String(Number(figure))))
}

const ZH_DIGITS = '零一二三四五六七八九'
const ZH_NUMBER = /([零〇一二两三四五六七八九十百千万亿半几数]+)(个|天|日|号|周|月|年|季|元|块|次|件|单|笔|位|家|成|倍|折|小时|分钟|点|星期)/g
const EN_NUMBERS: Readonly<Record<string, number>> = {
  two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10, eleven: 11, twelve: 12, thirteen: 13, fourteen: 14, fifteen: 15, sixteen: 16, seventeen: 17, eighteen: 18, nineteen: 19,
  twenty: 20, thirty: 30, forty: 40, fifty: 50, sixty: 60, seventy: 70, eighty: 80, ninety: 90,
}
const EN_ROUND = /\b(?:hundred|thousand|million|billion|dozens?|half|double|twice|thrice|couple|third|quarter)s?\b/i

/** A whole number below ten thousand in Chinese signs; undefined for anything else. */
function fromChinese(signs: string): number | undefined {
  if (/[半几数万亿]/.test(signs)) return undefined
  let [sum, digit] = [0, 0]
  for (const sign of signs.replaceAll('〇', '零').replaceAll('两', '二')) {
    const unit = { 十: 10, 百: 100, 千: 1000 }[sign]
    if (unit) [sum, digit] = [sum + (digit || 1) * unit, 0]
    else digit = ZH_DIGITS.indexOf(sign)
  }
  return sum + digit
}

/** Are there figures in the wording, in digits or in words, that were not given? */
function bringsOthers(wording: string, given: ReadonlySet<string>): boolean {
  if ([...figuresIn(wording)].some((figure) => !given.has(figure))) return true
  if (/百分之|[零一二两三四五六七八九十]成|\bper\s?cent\b(?<!\d\s?per\s?cent)/i.test(wording) || EN_ROUND.test(wording)) return true
  const inChinese = [...wording.matchAll(ZH_NUMBER)].filter(([, signs, unit]) => !(signs === '一' && /[个次]/.test(unit!))).map(([, signs]) => fromChinese(signs!))
  const inEnglish = [...wording.toLowerCase().matchAll(/[a-z]+/g)].flatMap(([word]) => EN_NUMBERS[word] ?? [])
  return [...inChinese, ...inEnglish].some((number) => number === undefined || !given.has(String(number)))
}

/**
 * What the service answered, made ready to be shown: thinking aloud is left out, marks become names again. Refuses 'insights.phrasingOtherFigures' where it
 * brings figures or marks that were not given, 'insights.phrasingUnreadable' where it is empty, too long or no plain sentence.
 */
export function wordingOf(answer: string, { own, marks, messages }: Errand): string {
  const plain = answer.replaceAll(/<think>[\s\S]*?<\/think>/g, '').replaceAll(/\s+/g, ' ').trim().replaceAll(/^["“「]|["”」]$/g, '')
  if (plain === '' || plain.length > MOST_CHARACTERS || /[<>{}`|]|https?:|www\./i.test(plain)) throw new Refusal('insights.phrasingUnreadable')
  const strange = [...plain.matchAll(/\[[^\]]*\]?/g)].some(([mark]) => !marks.has(mark))
  const told = `${own} ${messages.at(-1)!.content}`
  if (strange || bringsOthers(plain, figuresIn(told))) throw new Refusal('insights.phrasingOtherFigures')
  return plain.replaceAll(/\[[A-Z]\]/g, (mark) => marks.get(mark)!)
}
