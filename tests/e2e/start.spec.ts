import { expect, test } from './support/office.ts'

// The first minutes: what a new user sees, one click to the sample, a company of one's own from a name.

const words = {
  'zh-CN': { sample: '打开示例公司' },
  en: { sample: 'Open the sample' },
}

for (const language of ['zh-CN', 'en'] as const) {
  test.describe(`first start, ${language}`, () => {
    test.use({ company: 'none', language })

    test('one click opens the sample company', async ({ desk, picture }) => {
      await expect(desk.getByRole('heading', { level: 1 })).toContainText('掌柜')
      await picture(`first-start-${language}`)
      await desk.getByRole('button', { name: words[language].sample }).click()
      await expect(desk.getByRole('navigation').first()).toBeVisible({ timeout: 80_000 })
      await expect(desk.getByRole('main').getByRole('heading').first()).toBeVisible({ timeout: 30_000 })
      await picture(`sample-home-${language}`)
    })
  })
}

test.describe('a desk', () => {
  test.use({ company: 'cn-small', language: 'zh-CN' })

  // Browsers allow six connections to a host, all tabs together: lines that stay open must be shared.
  test('works in eight tabs at once', async ({ desk, office }) => {
    for (let tab = 1; tab < 8; tab++) {
      const page = await desk.context().newPage()
      await page.goto(office.origin)
      await expect(page.getByRole('navigation').first()).toBeVisible({ timeout: 20_000 })
    }
    await desk.reload()
    await expect(desk.getByRole('navigation').first()).toBeVisible({ timeout: 20_000 })
  })

  test('is let in by its link once, and told so the second time', async ({ desk, office, browser }) => {
    await expect(desk.getByRole('navigation').first()).toBeVisible({ timeout: 20_000 })
    const other = await browser.newPage()
    const answer = await other.goto(office.link)
    expect(answer?.status()).toBe(401)
    await expect(other.locator('body')).toContainText('这个链接已经用过了')
    await other.close()
  })
})
