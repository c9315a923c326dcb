import type { ImportField } from '../../../src-main/kernel/operation.ts'
import type { Locale } from '../../../src-main/kernel/text.ts'

const CHINESE = /\p{Script=Han}/u

/** The name of a field in the language of the screen: the first of its headers in that script. */
export const columnName = ({ headers, key }: ImportField, locale: Locale): string =>
  headers.find((h) => CHINESE.test(h) === (locale === 'zh-CN')) ?? headers[0] ?? key
