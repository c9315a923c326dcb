import { expect, test } from './support/office.ts'
import { operator, wordsOf } from './support/screens.ts'

// A template copied, changed, kept and printed with; what cannot be printed says why.

test.use({ company: 'sample', language: 'zh-CN' })
test.describe.configure({ timeout: 180_000 })

test('a template is copied, changed beside its paper, kept, and used for the next print', async ({ desk, office: { origin } }) => {
  await expect(desk.getByRole('navigation').first()).toBeVisible({ timeout: 80_000 })
  const t = wordsOf('zh-CN')
  const { ask } = operator(desk)
  await desk.goto(`${origin}/settings/prints/design?kind=sales.invoice&template=continuous-140&copy=1`)
  const preview = desk.getByRole('region', { name: t('ui.printPreview') }).locator('iframe')
  await expect(preview).toBeVisible()
  const first = await preview.getAttribute('src')
  await desk.getByRole('textbox', { name: t('ui.f.name') }).first().fill('门市三联')
  // Nonsense is said beside the preview and not kept.
  await desk.getByLabel(t('ui.print.margin.left')).fill('99')
  await desk.getByLabel(t('ui.print.margin.right')).fill('99')
  await expect(desk.getByRole('alert').filter({ hasText: '减小列宽或边距' }).first()).toBeVisible()
  await desk.keyboard.press('Control+s')
  await expect(desk.getByRole('alert').filter({ hasText: '减小列宽或边距' })).toHaveCount(2)
  await desk.getByLabel(t('ui.print.margin.left')).fill('17')
  await desk.getByLabel(t('ui.print.margin.right')).fill('17')
  await desk.getByLabel(`${t('ui.print.caption')} ${t('print.customer')}`).fill('购货单位')
  await desk.getByRole('button', { name: t('ui.print.down').replace('{{name}}', t('print.customer')), exact: true }).click()
  await expect.poll(() => preview.getAttribute('src')).not.toBe(first)
  await desk.keyboard.press('Control+s')
  await expect(desk.getByText(t('ui.saved')).first()).toBeVisible()
  await expect(desk).toHaveURL(/template=[0-9a-f-]{36}/)
  const kept = (await ask('platform.printTemplates', { kind: 'sales.invoice' })).rows.find((r) => r['name'] === '门市三联')
  // Moved below the tax number.
  const facts = (kept as unknown as { definition: { facts: unknown[] } }).definition.facts.slice(0, 2)
  expect(facts).toMatchObject([{ key: 'tax_no' }, { key: 'customer', caption: '购货单位' }])
  // Chosen once for an invoice, it is there the next time.
  const { invoice_id } = (await ask('sales.invoices', { limit: 1 })).rows[0]!
  for (const time of [1, 2]) {
    await desk.goto(`${origin}/sales/invoices/${invoice_id}`)
    await desk.getByRole('button', { name: t('ui.print'), exact: true }).click()
    const choice = desk.getByLabel(t('ui.print.template'))
    if (time === 1) await choice.selectOption({ label: '门市三联' })
    await expect(choice).toHaveValue(kept!['template']!)
    await expect(desk.getByRole('dialog').locator('iframe')).toBeVisible()
  }
})
