import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { spawnSync } from 'node:child_process'
import type { Page } from '@playwright/test'
import { expect, pictures, test } from './support/office.ts'

// Acceptance: a five-line order for a known customer, entered, confirmed and delivered by keyboard alone, and its invoice as PDF.

const words = {
  'zh-CN': { customer: 'hm', items: ['lj', 'pe', 'gw', 'pm', 'fm'], confirmed: '已确认', title: '销售单', inWords: '大写金额' },
  en: { customer: 'hu', items: ['lo', 'pu', 'ga', 'ta', 'ho'], confirmed: 'Confirmed', title: 'Invoice', inWords: 'In words' },
}

/** Types like a person at the keyboard and counts every key that is no digit. */
class Keys {
  count = 0
  private readonly page: Page
  constructor(page: Page) {
    this.page = page
  }
  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key)
    this.count += keys.length
  }
  /** Looks something up by pinyin initials or the first letters, and takes the first hit. */
  async find(letters: string): Promise<void> {
    await this.press(...letters)
    await expect(this.page.locator('[role=option]').first()).toBeVisible({ timeout: 15_000 })
    await this.press('Enter')
  }
}

for (const language of ['zh-CN', 'en'] as const) {
  test.describe(`order by keyboard, ${language}`, () => {
    test.use({ company: 'sample', language })
    test.describe.configure({ timeout: 240_000 })

    test('five lines, confirmed without the mouse; the invoice prints', async ({ desk, office, picture }) => {
      await expect(desk.getByRole('navigation').first()).toBeVisible({ timeout: 80_000 })
      const keys = new Keys(desk)
      await keys.press('n')
      await expect(desk).toHaveURL(/sales\/orders\/new/)
      await expect(desk.locator(':focus')).toHaveRole('combobox')
      await keys.find(words[language].customer)
      for (const [i, item] of words[language].items.entries()) {
        await expect(desk.locator(':focus')).toHaveRole('combobox')
        await keys.find(item)
        // Quantity, the price as proposed, and on to the next line.
        await desk.keyboard.type(String(2 + i))
        await keys.press('Enter')
        if (i < 4) await keys.press('Enter')
      }
      await picture(`order-entry-${language}`)
      await keys.press('F9')
      await expect(desk).toHaveURL(/sales\/orders\/[0-9a-f-]{36}/, { timeout: 20_000 })
      await expect(desk.getByText(words[language].confirmed).first()).toBeVisible()
      await picture(`order-confirmed-${language}`)
      process.stdout.write(`five-line order, ${language}: ${keys.count} keystrokes besides digits\n`)
      expect(keys.count).toBeLessThanOrEqual(35)
      await expect(desk.getByRole('main')).toContainText(/SO\d{4}-\d{5}/)
      await printInvoice({ page: desk, origin: office.origin, language })
    })
  })
}

async function printInvoice({ page, origin, language }: { page: Page; origin: string; language: 'zh-CN' | 'en' }): Promise<void> {
  const id = await page.evaluate(async () => {
    const answer = await fetch('/api/sales.invoices', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{"limit":1}' })
    return ((await answer.json()) as { output: { rows: { invoice_id: string }[] } }).output.rows[0]!.invoice_id
  })
  const pdf = await page.request.get(`${origin}/print/sales.invoice/${id}.pdf?lang=${language}`)
  expect(pdf.status()).toBe(200)
  const file = join(pictures, `invoice-${language}.pdf`)
  writeFileSync(file, await pdf.body())
  const text = spawnSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' })
  if (text.error) return void process.stdout.write('pdftotext is not installed: the text of the PDF was not read\n')
  expect(text.stdout).toContain(words[language].title)
  expect(text.stdout).toContain(words[language].inWords)
  spawnSync('pdftoppm', ['-r', '80', '-png', file, join(pictures, `invoice-${language}`)])
}
