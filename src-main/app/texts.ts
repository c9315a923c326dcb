import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { appRoot } from './places.ts'

export type Locale = 'zh-CN' | 'en'

/** The language of this PC's user: from the environment, otherwise from the system's settings. */
export function systemLocale(env: NodeJS.ProcessEnv = process.env): Locale {
  const wish = env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || Intl.DateTimeFormat().resolvedOptions().locale
  return /^zh/i.test(wish) ? 'zh-CN' : 'en'
}

export type Texts = (key: string, values?: Readonly<Record<string, string | number>>) => string

/** The texts of one file (assets/locales/LOCALE/MODULE.json) with `{{name}}` filled in; a missing key is shown as it is. */
export function textsOf(locale: Locale, module: string): Texts {
  const texts = JSON.parse(readFileSync(join(appRoot(), 'assets/locales', locale, `${module}.json`), 'utf8')) as Record<string, string>
  return (key, values = {}) => (texts[key] ?? key).replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ''))
}

/** The shell's own texts. */
export const hostTexts = (locale: Locale): Texts => textsOf(locale, 'host')
