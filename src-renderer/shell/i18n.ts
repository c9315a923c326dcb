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
  const { texts } = await languages[locale]()
  await i18next.use(initReactI18next).init({
    lng: locale,
    fallbackLng: false,
    // One language at a time: no text is looked for in another.
    load: 'currentOnly',
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false },
    returnEmptyString: false,
    resources: { [locale]: { translation: texts } },
  })
  rememberTexts()
  document.documentElement.lang = locale
}

type Look = ((key: unknown, ...values: unknown[]) => string) & { readonly lng?: string | null }

/** A screen says the same few hundred words at every drawing: what takes no values is looked up once. A page's texts do not change. */
function rememberTexts(): void {
  const texts = new Map<string, Map<string, string>>()
  const fixed = i18next.getFixedT.bind(i18next) as unknown as (...given: unknown[]) => Look
  const remembering = (...given: unknown[]): Look => {
    const t = fixed(...given)
    const quick = (key: unknown, ...values: unknown[]): string => {
      if (typeof key !== 'string' || values.length > 0) return t(key, ...values)
      const language = t.lng ?? i18next.language
      const known = texts.get(language) ?? new Map<string, string>()
      texts.set(language, known)
      const text = known.get(key) ?? t(key)
      known.set(key, text)
      return text
    }
    return Object.assign(quick, t)
  }
  i18next.getFixedT = remembering as unknown as typeof i18next.getFixedT
}

/** Loads a language when it is first wanted and turns the page to it. */
export async function switchTexts(locale: Locale): Promise<void> {
  if (!i18next.hasResourceBundle(locale, 'translation')) {
    i18next.addResourceBundle(locale, 'translation', (await languages[locale]()).texts)
  }
  await i18next.changeLanguage(locale)
  document.documentElement.lang = locale
}
