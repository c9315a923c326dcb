import { create } from 'zustand'
import { persist } from 'zustand/middleware'
import type { Locale } from '../../src-main/kernel/text.ts'
import type { Contrast, Mode } from '../ui/tokens.ts'

type Preferences = {
  readonly mode: Mode
  readonly contrast: Contrast
  readonly locale: Locale
  /** Is the navigation folded to icons? */
  readonly isNavFolded: boolean
  setMode(mode: Mode): void
  setContrast(contrast: Contrast): void
  setLocale(locale: Locale): void
  /** The template that each kind of paper was printed with last: the printer stands at this desk. */
  readonly printedWith: Readonly<Record<string, string>>
  /** Groups of the navigation that are closed. */
  readonly closedGroups: readonly string[]
  toggleGroup(key: string): void
  setNavFolded(isNavFolded: boolean): void
  setPrintedWith(kind: string, template: string): void
}

const systemMode = (): Mode => (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')
const systemContrast = (): Contrast => (matchMedia('(prefers-contrast: more)').matches ? 'more' : 'usual')
const systemLocale = (): Locale => (navigator.language.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en')

/** What this desk likes: kept in the browser, for it is nobody's business data. */
export const usePreferences = create<Preferences>()(
  persist(
    (set) => ({
      mode: systemMode(),
      contrast: systemContrast(),
      locale: systemLocale(),
      // On a small screen the lists need the width.
      isNavFolded: innerWidth < 1200,
      // What is set up once is not in the way of the day's work; on a small screen neither are the books.
      closedGroups: innerHeight < 860 ? ['group.books', 'group.settings'] : ['group.settings'],
      toggleGroup: (key) => set(({ closedGroups }) => ({ closedGroups: closedGroups.includes(key) ? closedGroups.filter((k) => k !== key) : [...closedGroups, key] })),
      setMode: (mode) => set({ mode }),
      setContrast: (contrast) => set({ contrast }),
      setLocale: (locale) => set({ locale }),
      printedWith: {},
      setNavFolded: (isNavFolded) => set({ isNavFolded }),
      setPrintedWith: (kind, template) => set(({ printedWith }) => ({ printedWith: { ...printedWith, [kind]: template } })),
    }),
    { name: 'zhanggui.preferences' },
  ),
)
