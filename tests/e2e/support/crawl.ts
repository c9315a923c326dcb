import type { CDPSession, Page, Request } from '@playwright/test'
import { writeFileSync } from 'node:fs'
import axeCore, { type AxeResults, type RunOptions } from 'axe-core'
import { expect, type Locale } from './office.ts'

/** What is said on a page, and where: text, placeholders, titles, names for screen readers, the window's title. */
export type Said = { readonly text: string; readonly at: string }

/**
 * Words that are the same in every language: brands, formats, keys and units. Everything else in the other script is a fault,
 * unless it is data, which the caller knows.
 */
const ofAllLanguages = /^(?:Zhanggui|掌柜|English|中文|Excel|Online|Retail|OpenAI|Ollama|llama|cpp|https?|localhost|XLSX|CSV|PDF|PNG|JPEG|JSON|SQLite|PostgreSQL|API|FIFO|LAN|AGPL|QQ|WhatsApp|Ctrl|Alt|Shift|Enter|Esc|Tab|Insert|Delete|Home|End|Page|Up|Down|Space|F\d+|A[45]|[A-Z]|kg|g|m|cm|mm|t|pcs|v\d+|postgres|[A-Z]{3})$/

/**
 * What on the page is in the other language: Latin words in Chinese, Chinese characters in English. `data` are the words that people
 * entered; what is marked with another `lang` may say it.
 */
export async function mixedTexts(page: Page, { locale, data }: { locale: Locale; data: ReadonlySet<string> }): Promise<readonly Said[]> {
  const words = locale === 'zh-CN' ? /\p{Script=Latin}[\p{Script=Latin}\d]*/gu : /\p{Script=Han}+/gu
  const isFault = ({ text }: Said): boolean => {
    // A text that is missing shows its key, which looks like English.
    if (/\b(?:ui|home|state|refusal|permission)\.[a-z][\w]*\./i.test(text)) return true
    const left = data.has(text) ? '' : text
    return [...left.matchAll(words)].some(([word]) => !data.has(word) && !ofAllLanguages.test(word))
  }
  return (await saidOn(page)).filter(isFault)
}

/** All that the page says in its own language. */
async function saidOn(page: Page): Promise<readonly Said[]> {
  return page.evaluate(() => {
    const own = document.documentElement.lang
    const placeOf = (element: Element): string => `${element.tagName.toLowerCase()}${[...element.classList].map((name) => `.${name}`).join('')}`
    const said: { text: string; at: string }[] = [{ text: document.title, at: 'title' }]
    const add = (text: string | null | undefined, element: Element, at = placeOf(element)): void => {
      const trimmed = text?.trim()
      if (trimmed && element.closest('[lang]')?.getAttribute('lang') === own) said.push({ text: trimmed, at })
    }
    for (const element of document.querySelectorAll('body *')) {
      if (['SCRIPT', 'STYLE', 'NOSCRIPT'].includes(element.tagName)) continue
      const isShown = element.tagName === 'OPTION' || element.checkVisibility({ visibilityProperty: true })
      // What is hidden, also from screen readers alone, has a name only in the source.
      for (const name of !isShown || element.closest('[aria-hidden="true"]') ? [] : ['placeholder', 'title', 'aria-label', 'aria-description', 'aria-valuetext', 'aria-roledescription', 'alt', 'data-text']) {
        add(element.getAttribute(name), element, `${placeOf(element)}[${name}]`)
      }
      if (element instanceof HTMLInputElement && ['button', 'submit', 'reset'].includes(element.type)) add(element.value, element)
      const texts = [...element.childNodes].filter((child) => child.nodeType === Node.TEXT_NODE)
      if (isShown) add(texts.map((child) => child.nodeValue).join(''), element)
    }
    return said
  })
}

const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const aboutColours = ['color-contrast', 'link-in-text-block']

/**
 * What axe finds wrong with the page as it stands, one line a fault. Where only the colours have changed, only they are looked at again. Axe is
 * put into a page once; frames (papers in the browser's own viewer) are not ours.
 */
export async function axeFaults(page: Page, which: 'all' | 'colours' = 'all'): Promise<readonly string[]> {
  if (await page.evaluate(() => !('axe' in window))) await page.evaluate(axeCore.source)
  const runOnly: RunOptions['runOnly'] = which === 'all' ? { type: 'tag', values: standards } : { type: 'rule', values: aboutColours }
  const violations = await page.evaluate(async (options) => {
    const { axe } = window as unknown as { axe: { run(root: Document, options: RunOptions): Promise<AxeResults> } }
    return (await axe.run(document, options)).violations.map(({ id, help, nodes }) => ({ id, help, nodes: nodes.map(({ target, failureSummary }) => ({ target, failureSummary })) }))
  }, { runOnly, resultTypes: ['violations'], iframes: false } satisfies RunOptions)
  return violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.target.join(' ')} — ${(n.failureSummary ?? v.help).split('\n').slice(1, 3).map((part) => part.trim()).join('; ')}`))
}

/** What can be scrolled sideways: nothing should. */
export async function sidewaysScrolls(page: Page): Promise<readonly string[]> {
  return page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll<HTMLElement>('body *')]
      .filter((e) => e.scrollWidth > e.clientWidth + 1 && (e === document.documentElement || ['auto', 'scroll'].includes(getComputedStyle(e).overflowX)) && e.clientWidth > 0)
      .map((e) => `${e.tagName.toLowerCase()}.${[...e.classList].join('.')} is ${e.scrollWidth} wide in ${e.clientWidth}`),
  )
}

const wires = new WeakMap<Page, Promise<CDPSession>>()

/** A picture of the window as it stands, taken by the shortest way: hundreds are. */
export async function takePicture(page: Page, path: string): Promise<void> {
  if (!wires.has(page)) wires.set(page, page.context().newCDPSession(page))
  const { data } = await (await wires.get(page)!).send('Page.captureScreenshot', { format: 'png', optimizeForSpeed: true })
  writeFileSync(path, Buffer.from(data, 'base64'))
}

const onTheWay = new WeakMap<Page, Set<Request>>()

/** Keeps in mind which questions of the page are not answered yet. */
export function followAsks(page: Page): void {
  const asked = new Set<Request>()
  onTheWay.set(page, asked)
  page.on('request', (request) => void (request.url().endsWith('/rpc/ask') && asked.add(request)))
  page.on('requestfinished', (request) => void asked.delete(request))
  page.on('requestfailed', (request) => void asked.delete(request))
}

/** Waits until the screen stands: every answer is here and drawn. */
export async function settled(page: Page): Promise<void> {
  await expect(page.locator('h1').first()).toBeAttached({ timeout: 30_000 })
  await page.waitForFunction(
    () => document.querySelector('[aria-busy="true"], .zg-bone, .ant-spin-spinning') === null && document.querySelector('h1, .ant-modal-title') !== null,
    undefined,
    { timeout: 30_000 },
  )
  const drawn = (): Promise<void> => page.evaluate(() => new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve()))))
  await drawn()
  const asked = onTheWay.get(page)
  while (asked && asked.size > 0) {
    await Promise.all([...asked].map((request) => request.response().then((response) => response?.finished())))
    await drawn()
  }
}

/** Goes to another screen as a link does, without loading the page anew, and waits until the old one is gone. */
export async function goTo(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => {
    if (location.pathname !== new URL(to, location.href).pathname) document.querySelector('main > *')?.setAttribute('data-left', '')
    history.pushState(null, '', to)
    dispatchEvent(new PopStateEvent('popstate', { state: null }))
  }, path)
  await page.waitForFunction(() => document.querySelector('[data-left]') === null, undefined, { timeout: 30_000 })
}
