import type { Company } from '../../kernel/operation.ts'

// Texts that are written into the books, in the company's language. Screens have their texts in assets/locales.

const words = {
  delivery: { zh: '销售出库', en: 'Delivery' },
  return: { zh: '销售退货', en: 'Return' },
  invoice: { zh: '销售', en: 'Sale' },
  credit_note: { zh: '销售退回', en: 'Credit note' },
  delivery_reversal: { zh: '冲销出库', en: 'Reversal of delivery' },
  return_reversal: { zh: '冲销退货', en: 'Reversal of return' },
  invoice_reversal: { zh: '冲销销售', en: 'Reversal of invoice' },
  credit_note_reversal: { zh: '冲销销售退回', en: 'Reversal of credit note' },
  scrap: { zh: '退货报废', en: 'Returned goods scrapped' },
  accrual: { zh: '暂估未开票销售收入', en: 'Revenue of goods delivered, not invoiced' },
  accrual_release: { zh: '冲回暂估销售收入', en: 'Accrued revenue taken back' },
  cost_shift: { zh: '结转已开票销售成本', en: 'Cost of goods invoiced before' },
} as const
export type Wording = keyof typeof words

/** What an entry says about its document, in the company's language, at most 200 characters. */
export function summaryOf(company: Company, { what, number = '', party = '' }: { what: Wording; number?: string; party?: string }): string {
  const word = company.locale === 'zh-CN' ? words[what].zh : words[what].en
  return [word, number, party].filter((part) => part !== '').join(' ').slice(0, 200)
}
