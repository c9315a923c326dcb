import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import type { Locale } from '../../src-main/kernel/text.ts'

type Texts = Record<string, string>

// One chunk per language: only the chosen one is loaded.
const languages: Record<Locale, () => Promise<{ readonly texts: Texts }>> = {
  'zh-CN': () => import('./texts-zh.ts'),
  en: () => import('./texts-en.ts'),
}

export async function startTexts(locale: Locale): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: locale,
    fallbackLng: false,
    // One language at a time: no text is looked for in another.
    load: 'currentOnly',
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false },
    returnEmptyString: false,
    resources: {},
  })
  await switchTexts(locale)
}

/** Loads a language when it is first wanted and turns the page to it. */
export async function switchTexts(locale: Locale): Promise<void> {
  if (!i18next.hasResourceBundle(locale, 'translation')) {
    i18next.addResourceBundle(locale, 'translation', (await languages[locale]()).texts)
  }
  await i18next.changeLanguage(locale)
  document.documentElement.lang = locale
}
