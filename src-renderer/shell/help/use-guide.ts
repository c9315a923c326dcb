import { useQuery } from '@tanstack/react-query'
import type { Locale } from '../../../src-main/kernel/text.ts'
import { usePreferences } from '../preferences.ts'

// One chunk per language, fetched when somebody first asks for help.
const guides: Record<Locale, () => Promise<{ readonly pages: ReadonlyMap<string, string> }>> = {
  'zh-CN': () => import('./guide-zh.ts'),
  en: () => import('./guide-en.ts'),
}

/** The guide in the user's language; undefined while it comes. */
export function useGuide(): ReadonlyMap<string, string> | undefined {
  const locale = usePreferences((p) => p.locale)
  return useQuery({ queryKey: ['/guide', locale], queryFn: async () => (await guides[locale]()).pages }).data
}
