import type { Page, Response } from '@playwright/test'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { axeFaults, followAsks, goTo, mixedTexts, settled, sidewaysScrolls, takePicture } from './support/crawl.ts'
import { expect, pictures, test, type Locale } from './support/office.ts'
import { routePatterns } from './support/routes.ts'
import { openScreen, operator, recordsOf, screensOf, wordsOf, type Screen } from './support/screens.ts'

// Acceptance: every screen × both languages × light and dark without a fault of axe; nothing scrolls sideways on a small laptop, also
// at 125 %; no word of the other language; pictures of each screen to look at, in both lamps.

const small = { width: 1366, height: 768 }
const magnified = { width: 1093, height: 614 }
const names = {
  'zh-CN': { warehouse: '二号仓', list: '批发价', summary: '更正' },
  en: { warehouse: 'Second warehouse', list: 'Wholesale', summary: 'Correction' },
}

test.describe.configure({ mode: 'parallel', timeout: 900_000 })
// A trace of so long a walk costs more than the walk.
test.use({ trace: 'off' })

for (const language of ['zh-CN', 'en'] as const) {
  test.describe(`every screen, ${language}`, () => {
    test.use({ company: 'sample', language })

    test('is without fault in light and dark', async ({ desk }) => {
      const data = dataOf(desk, language)
      followAsks(desk)
      desk.setDefaultTimeout(20_000)
      await settled(desk)
      const t = wordsOf(language)
      const wanted = new RegExp(process.env['ZHANGGUI_SCREENS'] ?? '')
      const screens = screensOf(routePatterns(), await recordsOf(desk, names[language]), t).filter((s) => wanted.test(s.name))
      const folder = join(pictures, 'screens', language)
      mkdirSync(folder, { recursive: true })
      const faults: string[] = []
      for (const screen of screens) {
        const found = await faultsOf(desk, screen, { language, data, picture: join(folder, `${screen.name}.png`) })
        faults.push(...found.map((fault) => `${screen.name}: ${fault}`))
        writeFileSync(join(folder, 'faults.txt'), faults.join('\n'))
      }
      process.stdout.write(`${language}: ${screens.length} screens, ${faults.length} faults: ${screens.map((s) => s.name).join(', ')}\n`)
      expect(faults).toEqual([])
    })

    test('is seen to be at fault when one is planted', async ({ desk }) => {
      await settled(desk)
      const data = new Set<string>()
      // Cards come one by one: what came between the two looks is known at the next.
      await expect.poll(async () => mixedTexts(desk, { locale: language, data: await everyWord(desk) })).toEqual([])
      const planted = { 'zh-CN': 'Delivered late', en: '已发货' }[language]
      await desk.evaluate((text) => {
        document.querySelector('h1')!.append(text)
        document.querySelector('main')!.insertAdjacentHTML('beforeend', `<input placeholder="${text}"><img alt="${text}" title="${text}"><i lang="fr">${text}</i>`)
        document.title = text
      }, planted)
      const at = (await mixedTexts(desk, { locale: language, data })).filter((said) => said.text.includes(planted)).map((said) => said.at)
      expect(at).toEqual(['title', expect.stringMatching(/^h1/), 'input[placeholder]', 'img[title]', 'img[alt]'])
      await desk.evaluate(() => document.querySelector('main')!.insertAdjacentHTML('beforeend', '<div class="planted" style="overflow-x:auto"><div style="width:3000px">1</div></div>'))
      expect(await sidewaysScrolls(desk)).toEqual([expect.stringContaining('planted')])
      await desk.evaluate(() => document.querySelector('main')!.insertAdjacentHTML('beforeend', '<button type="button"></button><p style="color:#aaa;background:#fff">1234 5678</p>'))
      expect(await axeFaults(desk)).toEqual(expect.arrayContaining([expect.stringMatching(/^button-name/), expect.stringMatching(/^color-contrast/)]))
    })
  })
}

for (const language of ['zh-CN', 'en'] as const) {
  test.describe(`before the workbench, ${language}`, () => {
    test.use({ company: 'none', language })

    test('the first start and its dialogs are without fault', async ({ desk }) => {
      const t = wordsOf(language)
      await settled(desk)
      const faults = [...(await faultsBefore(desk, 'first-start', { language }))]
      for (const [name, key] of [['create', 'ui.lobby.createCompany'], ['open', 'ui.lobby.chooseFolder'], ['restore', 'ui.restore.title']] as const) {
        const open = async (page: Page): Promise<void> => {
          await page.getByRole('button', { name: t(key) }).click()
          await expect(page.getByRole('dialog')).toBeVisible()
          await settled(page)
        }
        faults.push(...(await faultsBefore(desk, `first-start-${name}`, { language, open })))
      }
      expect(faults).toEqual([])
    })
  })

  test.describe(`at the door, ${language}`, () => {
    test.use({ company: 'cn-small', language })

    test('the sign-in is without fault', async ({ desk }) => {
      await settled(desk)
      await operator(desk).run('platform.setOwnPassword', { password: 'a long enough password' })
      expect(await faultsBefore(desk, 'sign-in', { language })).toEqual([])
      await expect(desk.locator('input[type=password]')).toBeVisible()
    })
  })
}

type Look = { readonly language: Locale; readonly data: ReadonlySet<string>; readonly picture: string }

/** Looks at a screen in light and dark, at both sizes; says what is wrong with it. */
async function faultsOf(page: Page, screen: Screen, look: Look): Promise<readonly string[]> {
  const faults: string[] = []
  try {
    await openScreen(page, screen, (path) => goTo(page, path))
    await lookAt(page, look, faults)
    const guide = page.locator('aside .zg-guide')
    if (await guide.isVisible()) {
      await page.keyboard.press('F1')
      await expect(guide).toBeHidden()
    }
    const front = page.getByRole('dialog').or(page.getByRole('menuitem'))
    if (screen.open && (await front.count()) > 0) {
      await page.keyboard.press('Escape')
      await expect(front).toHaveCount(0)
    }
  } catch (error) {
    await takePicture(page, look.picture)
    faults.push(`does not work: ${String(error).split('\n').slice(0, 3).join(' ')}`)
    // Whatever stands in the way goes with a fresh start.
    await page.goto(new URL('/', page.url()).href)
    await page.setViewportSize(small)
    await page.evaluate(() => localStorage.clear())
    await page.reload()
    await settled(page)
  }
  return faults
}

/**
 * A screen is opened under the lamp and at the size at which the one before was left, and is looked at under both and at both: to begin
 * each with the same would turn everything twice. What is the same under every lamp is looked at under the first.
 */
async function lookAt(page: Page, look: Look, faults: string[]): Promise<void> {
  const drawnBy = await drawingPapers(page)
  const isMagnified = page.viewportSize()!.width === magnified.width
  if (isMagnified) {
    faults.push(...(await scrollsAt(page, '125 %')))
    await resize(page, small)
  }
  faults.push(...(await faultsOfWords(page, look)))
  for (const which of ['all', 'colours'] as const) {
    const lamp = await lampOf(page)
    faults.push(...(await axeFaults(page, which)).map((fault) => `${lamp}: ${fault}`))
    await page.waitForTimeout(Math.max(0, drawnBy - performance.now()))
    await takePicture(page, lamp === 'dark' ? inTheDark(look.picture) : look.picture)
    if (which === 'all') await turnLamp(page)
  }
  faults.push(...(await scrollsAt(page, '1366×768')))
  if (isMagnified) return
  await resize(page, magnified)
  faults.push(...(await scrollsAt(page, '125 %')))
}

const inTheDark = (picture: string): string => picture.replace(/\.png$/, '-dark.png')
const lampOf = (page: Page): Promise<string> => page.evaluate(() => document.documentElement.dataset['theme']!)
const scrollsAt = async (page: Page, size: string): Promise<readonly string[]> => (await sidewaysScrolls(page)).map((fault) => `sideways at ${size}: ${fault}`)
const faultsOfWords = async (page: Page, { language, data }: Look): Promise<readonly string[]> =>
  (await mixedTexts(page, { locale: language, data })).map(({ text, at }) => `the other language at ${at}: ${text}`)

/** When a paper can be in the picture: the browser's own viewer draws it a moment after its frame stands, and says nothing when it has. */
const drawingPapers = async (page: Page): Promise<number> => ((await page.locator('iframe.zg-paper').count()) > 0 ? performance.now() + 1500 : 0)

/** The rooms before the workbench have no lamp: they follow the machine. */
async function faultsBefore(page: Page, name: string, { language, open }: { language: Locale; open?: (page: Page) => Promise<void> }): Promise<readonly string[]> {
  const faults: string[] = []
  const folder = join(pictures, 'screens', language)
  mkdirSync(folder, { recursive: true })
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await page.evaluate(() => localStorage.clear())
    await page.reload()
    await settled(page)
    await open?.(page)
    const look = { language, data: new Set([await page.locator('h1').innerText()]), picture: join(folder, `${name}.png`) }
    faults.push(...(await axeFaults(page, colorScheme === 'light' ? 'all' : 'colours')).map((fault) => `${colorScheme}: ${fault}`))
    await takePicture(page, colorScheme === 'dark' ? inTheDark(look.picture) : look.picture)
    if (colorScheme === 'dark') continue
    faults.push(...(await faultsOfWords(page, look)), ...(await scrollsAt(page, '1366×768')))
    await page.setViewportSize(magnified)
    await settled(page)
    faults.push(...(await scrollsAt(page, '125 %')))
    await page.setViewportSize(small)
  }
  return faults.map((fault) => `${name}: ${fault}`)
}

/** So narrow a window begins with the navigation folded, and a wide one without: it is folded or unfolded, also behind a dialog. */
async function resize(page: Page, size: typeof small): Promise<void> {
  await page.setViewportSize(size)
  await page.evaluate(() => document.querySelector('.zg-top button')?.dispatchEvent(new MouseEvent('click', { bubbles: true })))
  await settled(page)
}

/** From light to dark or back, by the button in the top bar, also behind a dialog. */
async function turnLamp(page: Page): Promise<void> {
  const before = await page.evaluate(() => {
    const button = document.querySelector('.zg-top .anticon-moon, .zg-top .anticon-sun')?.closest('button')
    button?.click()
    return document.documentElement.dataset['theme']
  })
  await page.waitForFunction((mode) => document.documentElement.dataset['theme'] !== mode, before)
  await settled(page)
}

/** The words that people entered, as they come from the office: names, numbers, units, never states or kinds. The English sample has nothing in Chinese. */
function dataOf(page: Page, locale: Locale): ReadonlySet<string> {
  const words = new Set<string>()
  if (locale === 'en') return words
  const isData = (key: string): boolean => /(^|_)(name|number|next|code|unit|login|email|phone|reference|word|spec|barcode|data|words|handle|desk)s?(_zh)?$/.test(key)
  const take = (value: unknown, key: string): void => {
    if (typeof value === 'string' && isData(key)) {
      words.add(value)
      for (const [word] of value.matchAll(/\p{Script=Latin}[\p{Script=Latin}\d]*|\p{Script=Han}+/gu)) words.add(word)
    } else if (Array.isArray(value)) for (const one of value) take(one, key)
    else if (value !== null && typeof value === 'object') for (const [k, v] of Object.entries(value)) take(v, k)
  }
  page.on('response', (response: Response) => {
    if (/\/rpc\/ask$/.test(new URL(response.url()).pathname)) void response.json().then((answer) => take(answer, ''), () => undefined)
  })
  return words
}

async function everyWord(page: Page): Promise<ReadonlySet<string>> {
  // Text by text: cells side by side would run together into words that nobody wrote.
  return new Set(await page.evaluate(() =>
    [...document.querySelectorAll('main, main *, header, header *')]
      .flatMap((element) => [...element.childNodes].filter((child) => child.nodeType === Node.TEXT_NODE))
      .flatMap((text) => text.nodeValue?.match(/\p{Script=Latin}[\p{Script=Latin}\d]*|\p{Script=Han}+/gu) ?? []),
  ))
}
