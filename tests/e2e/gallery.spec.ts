import { join } from 'node:path'
import { mkdirSync } from 'node:fs'
import { build, preview, type PreviewServer } from 'vite'
import { axeFaults } from './support/crawl.ts'
import { expect, pictures, test } from './support/office.ts'

// `npm run ui`: every piece of the workbench in every state, in both languages, light, dark and high contrast, without a fault of axe.

const root = join(import.meta.dirname, '../..')
let server: PreviewServer
let address: string

test.beforeAll(async () => {
  // Built, as the workbench is: hundreds of single files would take a slow machine minutes.
  const config = { configFile: join(root, 'vite.config.ts'), mode: 'gallery', logLevel: 'error' as const }
  await build(config)
  server = await preview({ ...config, preview: { port: 0, open: false, host: '127.0.0.1' } })
  address = `${server.resolvedUrls!.local[0]!}gallery/index.html`
})
test.afterAll(() => server.close())

for (const locale of ['zh-CN', 'en'] as const) {
  test(`all pieces are without fault, ${locale}`, async ({ browser }) => {
    test.setTimeout(300_000)
    const folder = join(pictures, 'gallery')
    mkdirSync(folder, { recursive: true })
    const faults: string[] = []
    for (const contrast of ['no-preference', 'more'] as const) {
      for (const colorScheme of ['light', 'dark'] as const) {
        // Colours know no language.
        if (locale === 'en' && (contrast === 'more' || colorScheme === 'dark')) continue
        const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale, colorScheme, contrast })
        const page = await context.newPage()
        page.on('pageerror', (error) => faults.push(`error in the page: ${error.message}`))
        await page.goto(address)
        await expect(page.getByRole('region', { name: 'DataGrid' }).getByRole('row').nth(2)).toBeVisible({ timeout: 60_000 })
        expect(await page.evaluate(() => ({ ...document.documentElement.dataset }))).toMatchObject({ theme: colorScheme, contrast: contrast === 'more' ? 'more' : 'usual' })
        await page.screenshot({ path: join(folder, `${locale}-${colorScheme}-${contrast}.png`), fullPage: true })
        // What is not a matter of colour is the same in all of them.
        const which = colorScheme === 'light' && contrast === 'no-preference' ? 'all' : 'colours'
        faults.push(...(await axeFaults(page, which)).map((fault) => `${colorScheme} ${contrast}: ${fault}`))
        await context.close()
      }
    }
    expect(faults).toEqual([])
  })
}
