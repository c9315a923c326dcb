import type { Company } from '../../kernel/operation.ts'
import { textsOf } from '../describe.ts'
import type { PaperData } from './paper.ts'

export type PaperLocale = 'zh-CN' | 'en'
export type Words = (key: string) => string

/** The words of papers in one language. */
export const paperWords = (locale: PaperLocale): Words => {
  const texts = textsOf(locale, 'print')
  return (key) => texts[`print.${key}`] ?? key
}

type Letterhead = Pick<Company, 'name' | 'tax_no' | 'address' | 'phone' | 'bank_name' | 'bank_account' | 'is_sample'>

/** What all papers of a company have in common. */
export function letterheadOf({ company, locale }: { company: Letterhead; locale: PaperLocale }): Pick<PaperData, 'locale' | 'company' | 'watermark'> {
  const t = paperWords(locale)
  const line = (label: string, value: string | null): string[] => (value ? [`${label} ${value}`] : [])
  return {
    locale,
    company: {
      name: company.name,
      lines: [
        [...line(t('tax_no'), company.tax_no), ...line(t('phone'), company.phone)].join('   '),
        company.address ?? '',
        [company.bank_name, company.bank_account].filter(Boolean).join(' '),
      ].filter((l) => l !== ''),
    },
    watermark: company.is_sample === 1 ? t('sample') : null,
  }
}
