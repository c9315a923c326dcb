import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { guideGroups, guideOf } from '../../src-renderer/shell/help/guide-map.ts'
import { titleOf, WORD_KEY } from '../../src-renderer/shell/help/guide-pages.ts'
import { routePatterns } from '../e2e/support/routes.ts'

// The guide stands beside every screen, in both languages, and says what the buttons say.

const root = join(import.meta.dirname, '../..')
const languages = ['zh-CN', 'en'] as const
const pagesIn = (language: string): string[] => readdirSync(join(root, 'assets/guide', language)).map((file) => file.replace(/\.md$/, '')).sort()
const textOf = (language: string, page: string): string => readFileSync(join(root, 'assets/guide', language, `${page}.md`), 'utf8')
const wordsIn = (language: string): Record<string, string> =>
  Object.assign({}, ...readdirSync(join(root, 'assets/locales', language)).map((f) => JSON.parse(readFileSync(join(root, 'assets/locales', language, f), 'utf8')) as object)) as Record<string, string>

test('every screen has a page of the guide: say which in src-renderer/shell/help/guide-map.ts', () => {
  const screens = routePatterns().filter((pattern) => !pattern.endsWith('*'))
  expect(screens.length).toBeGreaterThan(50)
  expect(screens.filter((pattern) => guideOf(pattern) === undefined)).toEqual([])
  expect(guideOf('/no/such/screen')).toBeUndefined()
})

test('the pages that are listed are the pages that are there, in both languages, each with a title', () => {
  const listed = guideGroups.flatMap((group) => group.pages).toSorted()
  for (const language of languages) {
    expect(pagesIn(language), language).toEqual(listed)
    expect(listed.filter((page) => titleOf(textOf(language, page)) === ''), language).toEqual([])
  }
  expect(routePatterns().map(guideOf).filter((page) => page !== undefined && !listed.includes(page))).toEqual([])
})

test('names of buttons are keys that the program knows, links lead to pages and screens that exist, and no page holds HTML', () => {
  const screens = routePatterns()
  for (const language of languages) {
    const words = wordsIn(language)
    const pages = pagesIn(language)
    for (const page of pages) {
      const text = textOf(language, page)
      const unknown = [...text.matchAll(WORD_KEY)].map(([, key]) => key!).filter((key) => words[key] === undefined)
      const links = [...text.matchAll(/\]\(([^)]*)\)/g)].map(([, to]) => to!)
      const lost = links.filter((to) => (to.startsWith('#') ? !pages.includes(to.slice(1)) : !screens.includes(to)))
      expect({ page, unknown, lost, html: /<\w/.test(text) }, language).toEqual({ page, unknown: [], lost: [], html: false })
    }
  }
})
