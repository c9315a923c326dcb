import type { Page } from '@playwright/test'
import { settled } from './support/crawl.ts'
import { expect, test } from './support/office.ts'
import { operator } from './support/screens.ts'

// Acceptance: a call with its next step is logged by keyboard alone, from anywhere, with few keys: ten seconds of typing.

const said = { 'zh-CN': { customer: 'hm', text: '下周要货', step: '发报价' }, en: { customer: 'hu', text: 'wants goods next week', step: 'send offer' } }

/** The follow-ups there are, the latest first. */
const followUps = (desk: Page) => operator(desk).ask('crm.activities', { limit: 5 })

for (const language of ['zh-CN', 'en'] as const) {
  test.describe(`quick log, ${language}`, () => {
    test.use({ company: 'sample', language })
    test.describe.configure({ timeout: 180_000 })

    test('from the home page by L, and from the palette; keys typed while it opens are not lost', async ({ desk, picture }) => {
      const { customer, text, step } = said[language]
      await settled(desk)
      const began = Date.now()
      // The key and the letters at once: the form is still opening.
      await desk.keyboard.press('l')
      await desk.keyboard.type(customer)
      await expect(desk.locator('[role=option]').first()).toBeVisible({ timeout: 15_000 })
      await desk.keyboard.press('Enter')
      await desk.keyboard.press('Tab')
      await desk.keyboard.press('Tab')
      await desk.keyboard.press('Tab')
      await desk.keyboard.insertText(text)
      await desk.keyboard.press('Tab')
      await desk.keyboard.insertText(step)
      await desk.keyboard.press('Tab')
      await desk.keyboard.press('Tab')
      await desk.keyboard.type('+3')
      await picture(`quick-log-filled-${language}`)
      await desk.keyboard.press('Enter')
      await expect(desk.getByRole('dialog')).toHaveCount(0)
      process.stdout.write(`quick log, ${language}: ${Date.now() - began} ms from L to done, as fast as the machine goes\n`)
      const [row] = (await followUps(desk)).rows
      expect(row).toMatchObject({ text, next_step: step, next_state: 'open', kind: 'call', channel: 'phone' })

      await desk.keyboard.press('Control+k')
      await desk.keyboard.type(language === 'en' ? 'log a' : 'jgj')
      await expect(desk.locator('[role=option]').first()).toBeVisible()
      await desk.keyboard.press('Enter')
      await expect(desk.getByRole('dialog')).toBeVisible()
      await expect(desk.locator(':focus')).toHaveRole('combobox')
      await desk.keyboard.press('Escape')
      await expect(desk.getByRole('dialog')).toHaveCount(0)

      // On the customer's page the customer is filled in and the cursor is in the text.
      await desk.goto(new URL(`/customers/${row!['party_id']}`, desk.url()).href)
      await settled(desk)
      await desk.keyboard.press('l')
      await expect(desk.locator('textarea:focus')).toBeVisible()
      await desk.keyboard.insertText(`${text} 2`)
      await desk.keyboard.press('F9')
      await expect(desk.getByRole('dialog')).toHaveCount(0)
      expect((await followUps(desk)).rows[0]).toMatchObject({ text: `${text} 2`, next_step: null })
      await expect(desk.getByText(`${text} 2`)).toBeVisible()
      await picture(`timeline-${language}`)
    })
  })
}
