import type { Company } from '../../kernel/operation.ts'

// Texts that are written into the books, in the company's language. Screens have their texts in assets/locales.

const said = (company: Company, { zh, en }: { zh: string; en: string }): string => (company.locale === 'zh-CN' ? zh : en).slice(0, 200)

export const partsSummary = (company: Company, { number, ticket }: { number: string; ticket: string }): string =>
  said(company, { zh: `售后领用配件 ${number}（工单 ${ticket}）`, en: `Parts for repair ${number} (ticket ${ticket})` })
export const partsReturnSummary = (company: Company, { number, reason }: { number: string; reason: string }): string =>
  said(company, { zh: `退回配件 ${number}：${reason}`, en: `Parts ${number} returned: ${reason}` })
