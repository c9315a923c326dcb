import type { Company } from '../../kernel/operation.ts'

// What owners of promotions are told, in the company's language.

const words = {
  paused: { zh: '“{name}”已自动暂停：{item}可用库存只剩 {left}', en: '“{name}” was paused: only {left} of {item} available' },
  sold_out: { zh: '“{name}”的限量已售完，活动结束', en: '“{name}” is sold out and over' },
  time: { zh: '“{name}”时间到，活动结束', en: '“{name}” is over: its time has come' },
} as const
export type Wording = keyof typeof words

export const wordOf = (company: Company, { what, ...facts }: { what: Wording; name: string; item: string; left: string }): string =>
  (company.locale === 'zh-CN' ? words[what].zh : words[what].en).replace(/\{(\w+)\}/g, (_, key: keyof typeof facts) => facts[key])
