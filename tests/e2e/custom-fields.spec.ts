import type { Page } from '@playwright/test'
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openTable } from '../../src-main/files/read-table.ts'
import { writeXlsx } from '../../src-main/files/write-xlsx.ts'
import { expect, pictures, test, zhanggui, type RunningOffice } from './support/office.ts'
import { operator, wordsOf } from './support/screens.ts'

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

    test('made in the screen, then seen in form, page, list, filter, file, paper and description', async ({ desk, office, picture }) => {
      await expect(desk.getByRole('navigation').first()).toBeVisible({ timeout: 80_000 })
      await makeFields(desk, { t, mine })
      await picture(`fields-setup-${language}`)
      const order_id = await enterOrder(desk, { t, mine, picture: () => picture(`fields-form-${language}`) })
      await expect(desk.locator('.zg-fact-grid')).toContainText(mine.weight)
      await expect(desk.locator('.zg-fact-grid')).toContainText('1,234.5')
      await picture(`fields-order-${language}`)
      await seeInList(desk, { t, mine })
      await picture(`fields-list-${language}`)
      await exportList(desk, { t, mine, home: office.home })
      await importOrder(desk, { t, mine, home: office.home, picture: () => picture(`fields-import-${language}`) })
      await seeOnPaper(desk, { mine, language, address: `${office.origin}/print/sales.order/${order_id}.pdf?lang=${language}` })
      await seeDescribed(desk, { mine, office })
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
    await expect(dialog.getByRole('textbox', { name: t('ui.f.name'), exact: true })).toBeFocused()
    await page.keyboard.type(label)
    await dialog.getByRole('combobox', { name: t('ui.f.kind'), exact: true }).selectOption(kind)
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
    await dialog.getByRole('textbox', { name: t('ui.fields.formula'), exact: true }).press('End')
    await dialog.getByRole('textbox', { name: t('ui.fields.formula'), exact: true }).pressSequentially(' * 2')
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

type Files = Words & { readonly home: string }

/** The list as it is filtered, as a workbook: the columns are the screen's, figures and days are figures and days. */
async function exportList(page: Page, { t, mine, home }: Files): Promise<void> {
  await page.getByRole('button', { name: t('ui.grid.export') }).click()
  const download = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: t('ui.grid.toExcel') }).click()
  const path = join(home, 'orders.xlsx')
  await (await download).saveAs(path)
  const table = await openTable(path)
  const rows: (readonly string[])[] = []
  for await (const { cells } of table.rows()) rows.push(cells)
  const cell = (title: string): string | undefined => rows[0]?.[table.headers.indexOf(title)]
  expect(rows).toHaveLength(1)
  expect([mine.marks, mine.weight, mine.packing, mine.sails, mine.freight].map(cell)).toEqual(['=N/M 1-UP', '1234.5', mine.carton, '2026-03-05', '2469'])
}

/** A workbook with the order's own fields among its columns becomes a draft. */
async function importOrder(page: Page, { t, mine, home, picture }: Files & { picture(): Promise<void> }): Promise<void> {
  const { rows: items } = await operator(page).ask('catalog.items', { limit: 1 })
  const { rows: customers } = await operator(page).ask('parties.list', { role: 'customer', text: mine.customer, limit: 1 })
  const text = (words: string) => ({ kind: 'text' as const, text: words })
  const columns = ['Order no', 'Customer', 'Item', 'Qty', 'Price', mine.marks, mine.weight, mine.packing, mine.sails].map((title) => ({ title }))
  const row = [text('PO-77'), text(customers[0]!['code']!), text(items[0]!['code']!), { kind: 'number' as const, number: '2' }, { kind: 'number' as const, number: '10' }]
  const own = [text('IMPORTED'), { kind: 'number' as const, number: '77.25' }, text(mine.carton), { kind: 'day' as const, day: '2026-04-01' }]
  const path = join(home, 'to-import.xlsx')
  await writeXlsx({ path, sheets: [{ name: 'orders', columns, rows: [[...row, ...own]] }] })
  await page.goto(`${new URL(page.url()).origin}/settings/import`)
  await page.getByRole('radio', { name: t('ui.import.kind.sales-orders'), exact: true }).check()
  await expect(page.getByText(mine.weight).first()).toBeVisible()
  await page.locator('input[type=file]').setInputFiles(path)
  await page.getByRole('button', { name: t('ui.import.check') }).click()
  await picture()
  await page.getByRole('button', { name: t('ui.import.post') }).click()
  await expect(page.getByText(`${t('ui.import.made.orders')}:`).first()).toBeVisible({ timeout: 20_000 })
  const { rows } = (await operator(page).ask('sales.orders', { fields: [{ key: 'weight_e6', from: 77_250_000, to: 77_250_000 }] })) as unknown as { rows: { customer_reference: string; extra: Record<string, unknown> }[] }
  expect(rows).toMatchObject([{ customer_reference: 'PO-77', extra: { weight_e6: 77_250_000 } }])
  expect(Object.values(rows[0]!.extra)).toEqual(expect.arrayContaining(['IMPORTED', mine.carton, '2026-04-01', 154_500_000]))
}

async function seeOnPaper(page: Page, { mine, language, address }: { mine: Words['mine']; language: string; address: string }): Promise<void> {
  const pdf = await page.request.get(address)
  expect(pdf.status()).toBe(200)
  const file = join(pictures, `fields-paper-${language}.pdf`)
  writeFileSync(file, await pdf.body())
  const text = spawnSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' })
  if (text.error) return void process.stdout.write('pdftotext is not installed: the text of the PDF was not read\n')
  expect(text.stdout).toContain(mine.weight)
  expect(text.stdout).toContain('1234.5')
  // Only what is marked as printed is.
  expect(text.stdout).not.toContain(mine.packing)
  spawnSync('pdftoppm', ['-r', '80', '-png', file, join(pictures, `fields-paper-${language}`)])
}

type Described = { properties: { extra: { properties: Record<string, { title: string }> } } }

/** The command line and the OpenAPI document name the fields of this company. */
async function seeDescribed(page: Page, { mine, office }: { mine: Words['mine']; office: RunningOffice }): Promise<void> {
  const described = JSON.parse(zhanggui(['describe', '--data', office.data, 'sales.createOrder'], { home: office.home })) as { input: Described }
  expect(described.input.properties.extra.properties['weight_e6']).toEqual({ type: 'integer', title: mine.weight })
  const document = (await (await page.request.get(`${office.origin}/api/openapi.json`)).json()) as {
    paths: Record<string, { post: { requestBody: { content: { 'application/json': { schema: Described } } } } }>
  }
  const { properties } = document.paths['/api/sales.createOrder']!.post.requestBody.content['application/json'].schema
  expect(Object.values(properties.extra.properties).map((p) => p.title)).toEqual([mine.marks, mine.weight, mine.packing, mine.sails])
}
