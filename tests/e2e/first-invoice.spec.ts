import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator } from '@playwright/test'
import { expect, test } from './support/office.ts'

// U1, click by click: from a PC that never saw the program to the first invoice, posted and printed.

const MOST_CLICKS = 12
const texts = (language: string): Record<string, string> =>
  Object.assign({}, ...['ui', 'sales'].map((file) => JSON.parse(readFileSync(join(import.meta.dirname, `../../assets/locales/${language}/${file}.json`), 'utf8')) as object))

for (const language of ['zh-CN', 'en'] as const) {
  test.describe(`the first invoice, ${language}`, () => {
    test.use({ company: 'none', language })
    test.describe.configure({ timeout: 240_000 })

    test('from nothing to paper', async ({ desk, picture }) => {
      const t = texts(language)
      const began = Date.now()
      const clicks: string[] = []
      const click = async (what: Locator, name: string): Promise<void> => {
        await what.click({ timeout: 30_000 })
        clicks.push(name)
      }
      await expect(desk.getByRole('heading', { level: 1 })).toContainText('掌柜', { timeout: 30_000 })
      await click(desk.getByRole('button', { name: t['ui.lobby.createCompany']! }).first(), 'create a company')
      const questions = await desk.getByRole('dialog').locator('input:not([aria-hidden]), select').count()
      expect(questions).toBeLessThanOrEqual(5)
      await desk.keyboard.type('First Shop')
      await click(desk.getByRole('button', { name: t['ui.lobby.createOpen']! }), 'create and open')
      await expect(desk.getByRole('navigation').first()).toBeVisible({ timeout: 80_000 })
      await click(desk.getByRole('banner').getByRole('button', { name: t['ui.new']!, exact: false }).first(), 'new')
      await click(desk.getByRole('menuitem', { name: t['ui.nav.sellDirect']! }), 'direct sale')
      // The counter's customer needs no choice: straight to the goods.
      await click(desk.locator('main [role=grid] [role=combobox], main table [role=combobox]').first(), 'item')
      await desk.keyboard.type('Delivery to the door')
      await click(desk.getByRole('option', { name: /Delivery to the door/ }).first(), 'make it an item')
      const dialog = desk.getByRole('dialog')
      await dialog.locator('select').first().selectOption('service')
      clicks.push('kind', 'service')
      await dialog.getByLabel(t['ui.item.price']!).fill('80')
      await desk.keyboard.press('Enter')
      await expect(dialog).toBeHidden({ timeout: 20_000 })
      await picture(`first-sale-${language}`)
      await desk.keyboard.press('F9')
      const sure = desk.getByRole('dialog').getByRole('button', { name: t['command.sales.deliverDirect']! })
      await click(sure, 'sure')
      await expect(desk).toHaveURL(/sales\/invoices\/[0-9a-f-]{36}/, { timeout: 30_000 })
      await click(desk.getByRole('main').getByRole('button', { name: t['ui.print']!, exact: false }).first(), 'print')
      const preview = desk.getByRole('dialog')
      await expect(preview.locator('iframe, embed, object, canvas, img').first()).toBeVisible({ timeout: 40_000 })
      await picture(`first-invoice-${language}`)
      process.stdout.write(`first invoice, ${language}: ${clicks.length} clicks (${clicks.join(', ')}), ${questions} questions, ${Math.round((Date.now() - began) / 1000)} s by machine\n`)
      expect(clicks.length).toBeLessThanOrEqual(MOST_CLICKS)
    })
  })
}
