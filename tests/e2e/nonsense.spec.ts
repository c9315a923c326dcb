import { expect, test } from './support/office.ts'
import { goTo, settled } from './support/crawl.ts'
import { wordsOf } from './support/screens.ts'

// What nobody should type is said where it stands, nothing is saved or posted with it, and what was typed is not lost without a word.

const t = wordsOf('zh-CN')
const focused = 'document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.id ?? ""'

test('a design: no number is no number, its own limits are said, and leaving asks first', async ({ desk }) => {
  await goTo(desk, '/settings/prints/design?kind=sales.invoice&template=a4&copy=1')
  await settled(desk)
  await expect(desk.getByLabel(t('ui.f.name')).first()).toBeFocused()
  const width = desk.getByLabel(t('ui.print.paperWidth')).first()
  await width.fill('abc')
  await expect(desk.getByText(t('ui.invalid.number'))).toBeVisible()
  await desk.keyboard.press('Control+s')
  await expect(width).toBeFocused()
  await width.fill('5')
  await expect(desk.getByText(t('ui.print.mendFirst'))).toBeVisible()
  await expect(desk.getByText(t('ui.invalid.number'))).toHaveCount(0)
  await width.fill('210')
  await expect(desk.getByText(t('ui.print.mendFirst'))).toHaveCount(0)
  await desk.getByLabel(t('ui.f.name')).first().fill('又一张')
  await desk.getByRole('link', { name: t('ui.nav.orders') }).first().click()
  await desk.getByRole('button', { name: t('ui.leave.stay') }).click()
  await desk.keyboard.press('Control+s')
  await expect(desk).toHaveURL(/template=[0-9a-f-]{36}$/)
  // The newest invoice stands in for the example.
  await expect(async () => {
    await desk.getByLabel(t('ui.print.example')).selectOption({ index: 2 })
    await expect(desk.getByText(t('ui.print.exampleRealText'))).toBeVisible({ timeout: 1000 })
  }).toPass({ timeout: 20_000 })
  await desk.getByRole('link', { name: t('ui.nav.orders') }).first().click()
  await expect(desk).toHaveURL(/\/sales\/orders$/)
})

test('a voucher refused while it was empty is entered by keyboard all the same', async ({ desk }) => {
  await goTo(desk, '/books/vouchers/new')
  await settled(desk)
  await desk.keyboard.press('F9')
  await expect(desk.getByRole('alert').first()).toBeVisible()
  await desk.keyboard.type('更正')
  await desk.keyboard.press('Enter')
  await expect.poll(() => desk.evaluate(focused)).toBe(`${t('ui.f.summary')} 1`)
  // A dialog gives the focus back.
  await goTo(desk, '/settings/fields')
  await settled(desk)
  const make = desk.getByRole('button', { name: t('command.platform.createField') })
  await make.focus()
  await desk.keyboard.press('Enter')
  await expect(desk.getByRole('dialog')).toBeVisible()
  await desk.keyboard.press('Escape')
  await expect(make).toBeFocused()
})

test('an opening balance: a cell says what it could not read, posting is asked about, and what is typed stays', async ({ desk }) => {
  await goTo(desk, '/books/opening')
  await settled(desk)
  await desk.getByRole('gridcell').first().click()
  await desk.keyboard.type('1001')
  await desk.keyboard.press('Enter')
  await expect.poll(() => desk.evaluate(focused)).toBe(`${t('ui.f.debit')} 1`)
  await desk.keyboard.type('12x')
  await desk.keyboard.press('F9')
  await expect(desk.getByText('“12x”').first()).toBeVisible()
  await expect.poll(() => desk.evaluate(focused)).toBe(`${t('ui.f.debit')} 1`)
  await desk.keyboard.press('Control+a')
  await desk.keyboard.type('1200')
  await desk.keyboard.press('F9')
  await expect(desk.locator('.ant-modal-confirm-title')).toHaveText(t('ui.opening.sure'))
  await desk.keyboard.press('Escape')
  await expect(desk.locator('.ant-modal-confirm-title')).toHaveCount(0)
  await expect(desk.getByRole('textbox', { name: `${t('ui.f.debit')} 1` })).toHaveValue(/^1,?200/)
})
