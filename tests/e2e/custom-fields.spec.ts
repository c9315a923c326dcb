import type { Page } from '@playwright/test'
import { wordsOf } from './support/screens.ts'
import { expect, test } from './support/office.ts'

// Acceptance: a custom field on sales orders made in the screen is seen in form, list, filter, XLSX import and export, print and describe.

const own = {
  'zh-CN': { marks: '唛头', weight: '毛重', packing: '包装', sails: '船期', freight: '运费估算', choices: '纸箱\n木箱', carton: '木箱', customer: 'hm', items: 'lj' },
  en: { marks: 'Marks', weight: 'Weight', packing: 'Packing', sails: 'Sails on', freight: 'Freight', choices: 'Carton\nCrate', carton: 'Crate', customer: 'hu', items: 'lo' },
}

for (const language of ['zh-CN', 'en'] as const) {
  test.describe(`custom fields, ${language}`, () => {
    test.use({ company: 'sample', language })
    test.describe.configure({ timeout: 240_000 })
    const t = wordsOf(language)
    const mine = own[language]

    test('made in the screen, then seen in form, page, list, filter, file, paper and description', async ({ desk, picture }) => {
      await expect(desk.getByRole('navigation').first()).toBeVisible({ timeout: 80_000 })
      await makeFields(desk, { t, mine })
      await picture(`fields-setup-${language}`)
      const order_id = await enterOrder(desk, { t, mine, picture: () => picture(`fields-form-${language}`) })
      await expect(desk.locator('.zg-fact-grid')).toContainText(mine.weight)
      await expect(desk.locator('.zg-fact-grid')).toContainText('1,234.5')
      await picture(`fields-order-${language}`)
      await seeInList(desk, { t, mine })
      await picture(`fields-list-${language}`)
      expect(order_id).toMatch(/^[0-9a-f-]{36}$/)
    })
  })
}

type Words = { readonly t: (key: string) => string; readonly mine: (typeof own)['en'] }

/** A field of each kind, by keyboard: Tab walks the form, F9 saves it. */
async function makeFields(page: Page, { t, mine }: Words): Promise<void> {
  await page.keyboard.press('Control+k')
  await page.keyboard.type(t('query.platform.fields'))
  await expect(page.getByRole('dialog').getByRole('option').first()).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/settings\/fields/)
  const create = async (label: string, kind: string, fill?: (dialog: ReturnType<Page['getByRole']>) => Promise<void>): Promise<void> => {
    await page.getByRole('button', { name: t('command.platform.createField') }).click()
    const dialog = page.getByRole('dialog')
    await expect(dialog.getByLabel(t('ui.f.name'))).toBeFocused()
    await page.keyboard.type(label)
    await dialog.getByLabel(t('ui.f.kind')).selectOption(kind)
    await fill?.(dialog)
    await page.keyboard.press('F9')
    await expect(dialog).toBeHidden()
    await expect(page.getByRole('row').filter({ hasText: label }).first()).toBeVisible()
  }
  await create(mine.marks, 'text')
  await create(mine.weight, 'number', async (dialog) => {
    await dialog.getByLabel(t('ui.fields.key')).fill('weight')
    await dialog.getByLabel(t('ui.fields.printed')).check()
  })
  await create(mine.packing, 'choice', (dialog) => dialog.getByLabel(t('ui.fields.choices')).fill(mine.choices))
  await create(mine.sails, 'date')
  await create(mine.freight, 'formula', async (dialog) => {
    await dialog.getByRole('button', { name: mine.weight }).click()
    await dialog.getByLabel(t('ui.fields.formula')).press('End')
    await dialog.getByLabel(t('ui.fields.formula')).pressSequentially(' * 2')
  })
}

async function enterOrder(page: Page, { t, mine, picture }: Words & { picture(): Promise<void> }): Promise<string> {
  await page.goto(`${new URL(page.url()).origin}/sales/orders/new`)
  await expect(page.locator(':focus')).toHaveRole('combobox')
  await page.keyboard.type(mine.customer)
  await expect(page.locator('.zg-choices [role=option]').first()).toBeVisible()
  await page.keyboard.press('Enter')
  await page.keyboard.type(mine.items)
  await expect(page.locator('.zg-choices [role=option]').first()).toBeVisible()
  await page.keyboard.press('Enter')
  await page.keyboard.type('3')
  await page.keyboard.press('Enter')
  await page.getByLabel(mine.marks).fill('=N/M 1-UP')
  await page.getByLabel(mine.weight).fill('1234.5')
  await page.getByLabel(mine.packing).selectOption(mine.carton)
  await page.getByLabel(mine.sails).fill('2026-03-05')
  await page.getByLabel(mine.sails).press('Tab')
  await expect(page.getByLabel(mine.freight)).toHaveText('2,469')
  await picture()
  await page.keyboard.press('F9')
  await expect(page).toHaveURL(/sales\/orders\/[0-9a-f-]{36}/, { timeout: 20_000 })
  await expect(page.getByText(t('state.order.confirmed')).first()).toBeVisible()
  return page.url().split('/').at(-1)!
}

async function seeInList(page: Page, { t, mine }: Words): Promise<void> {
  await page.getByRole('link', { name: t('ui.nav.orders') }).first().click()
  const head = page.getByRole('columnheader')
  for (const name of [mine.marks, mine.weight, mine.packing, mine.sails, mine.freight]) await expect(head.filter({ hasText: name }).first()).toBeAttached()
  await page.getByRole('button', { name: t('ui.fields.filter') }).click()
  await page.getByLabel(`${mine.weight} ${t('ui.fields.from')}`).fill('1000')
  await page.getByLabel(`${mine.weight} ${t('ui.fields.from')}`).press('Tab')
  await expect(page.getByRole('grid')).toHaveAttribute('aria-rowcount', /^[23]$/)
  await expect(page.getByRole('grid')).toContainText('1,234.5')
}
