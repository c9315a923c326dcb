import { formatDay } from '../../kernel/day.ts'
import type { Company } from '../../kernel/operation.ts'
import type { PaymentKind } from './contract.ts'

// Texts that are written into the books, in the company's language. Screens have their texts in assets/locales.

const isChinese = (company: Company): boolean => company.locale === 'zh-CN'

/** The voucher word where no setting names another: one word is lawful (DF-12). */
export const defaultWord = (company: Company): string => (company.profile === 'cn-small' ? '记' : 'JV')

const paymentWords: Record<PaymentKind, { zh: string; en: string }> = {
  receipt: { zh: '收款', en: 'Receipt from' },
  refund: { zh: '退款给', en: 'Refund to' },
  payment: { zh: '付款给', en: 'Payment to' },
  supplier_refund: { zh: '供应商退款', en: 'Refund from' },
}
export const paymentSummary = (company: Company, { kind, party, number }: { kind: PaymentKind; party: string; number: string }): string =>
  `${isChinese(company) ? paymentWords[kind].zh : paymentWords[kind].en} ${party} ${number}`.slice(0, 200)

/** DF-11: 注销某月某日某号凭证. */
export const reversalSummary = (company: Company, { day, word, number }: { day: string; word: string; number: number }): string =>
  isChinese(company)
    ? `注销${Number(day.slice(5, 7))}月${Number(day.slice(8))}日${word}-${number}号凭证`
    : `Reverses voucher ${word}-${number} of ${formatDay(day, 'en')}`

export const paymentReversalSummary = (company: Company, { number, reason }: { number: string; reason: string }): string =>
  (isChinese(company) ? `冲销${number}：${reason}` : `Reverses ${number}: ${reason}`).slice(0, 200)

export const allocationSummary = (company: Company, party: string): string =>
  (isChinese(company) ? `核销往来 ${party}` : `Settles open items of ${party}`).slice(0, 200)
export const undoSummary = (company: Company, party: string): string =>
  (isChinese(company) ? `撤销核销 ${party}` : `Undoes settlement with ${party}`).slice(0, 200)
export const openingSummary = (company: Company): string => (isChinese(company) ? '期初余额' : 'Opening balances')
export const openingItemsSummary = (company: Company): string => (isChinese(company) ? '期初往来' : 'Opening open items')
