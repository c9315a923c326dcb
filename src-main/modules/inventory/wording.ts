import type { Company } from '../../kernel/operation.ts'

// Texts that are written into the books, in the company's language. Screens have their texts in assets/locales.

const said = (company: Company, { zh, en }: { zh: string; en: string }): string => (company.locale === 'zh-CN' ? zh : en).slice(0, 200)

export const costCorrectionSummary = (company: Company, number: string | null): string =>
  said(company, { zh: `成本调整${number === null ? '' : `：${number}`}`, en: `Cost adjustment${number === null ? '' : ` by ${number}`}` })

const kinds = {
  opening: { zh: '期初库存', en: 'Opening stock' },
  adjustment: { zh: '库存盘盈盘亏', en: 'Stock adjustment' },
  memo: { zh: '库存备忘', en: 'Stock memo' },
} as const
export const adjustmentSummary = (company: Company, { kind, reason }: { kind: keyof typeof kinds; reason: string }): string =>
  said(company, { zh: `${kinds[kind].zh}：${reason}`, en: `${kinds[kind].en}: ${reason}` })
export const adjustmentReversalSummary = (company: Company, { number, reason }: { number: string; reason: string }): string =>
  said(company, { zh: `冲销${number}：${reason}`, en: `Reverses ${number}: ${reason}` })

export const openingReason = (company: Company, file: string): string => said(company, { zh: `导入 ${file}`, en: `Imported from ${file}` })

/** What a new company's places are called. */
export const placeNames = (company: Company) =>
  company.locale === 'zh-CN'
    ? { main: '主仓库', supplier: '供应商', customer: '客户', loss: '盘亏报损', opening: '期初', production: '生产' }
    : { main: 'Main', supplier: 'Suppliers', customer: 'Customers', loss: 'Loss', opening: 'Opening', production: 'Production' }
