import type { Company } from '../../kernel/operation.ts'

// Texts that are written into the books, in the company's language. Screens have their texts in assets/locales.

const said = (company: Company, { zh, en }: { zh: string; en: string }): string => (company.locale === 'zh-CN' ? zh : en).slice(0, 200)

export const billSummary = (company: Company, { party, number }: { party: string; number: string }): string =>
  said(company, { zh: `采购入库 ${party} ${number}`, en: `Purchase from ${party} ${number}` })
export const lateCostSummary = (company: Company, { party, number, of }: { party: string; number: string; of: string }): string =>
  said(company, { zh: `采购费用 ${party} ${number}（${of}）`, en: `Late cost of ${of} from ${party} ${number}` })
export const billReversalSummary = (company: Company, { number, reason }: { number: string; reason: string }): string =>
  said(company, { zh: `冲销${number}：${reason}`, en: `Reverses ${number}: ${reason}` })
