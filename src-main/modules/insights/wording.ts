import type { Company } from '../../kernel/operation.ts'

// Titles and notes of tasks that rules raise, in the company's language.

const words = {
  repurchase: { zh: '回访：该再买了', en: 'Call: due to buy again' },
  visit: { zh: '按等级节奏回访', en: 'Visit due by the rhythm of their tier' },
} as const

export const taskTitle = ({ locale }: Company, why: keyof typeof words): string => words[why][locale === 'zh-CN' ? 'zh' : 'en']

type Rhythm = { readonly interval_days: number; readonly last_on: string; readonly expected_on: string; readonly items: readonly string[] }

/** Why somebody should be called, and about what. */
export function callNote({ locale }: Company, { interval_days, last_on, expected_on, items }: Rhythm): string {
  if (locale === 'zh-CN') {
    const goods = items.length > 0 ? `多半要：${items.join('、')}。` : ''
    return `通常每 ${interval_days} 天买一次，上次 ${last_on}，预计 ${expected_on} 再买。${goods}`
  }
  const goods = items.length > 0 ? ` Likely: ${items.join(', ')}.` : ''
  return `Usually buys every ${interval_days} days, last on ${last_on}, expected on ${expected_on}.${goods}`
}
