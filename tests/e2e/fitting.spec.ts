import { settled } from './support/crawl.ts'
import { expect, test } from './support/office.ts'
import { operator, wordsOf } from './support/screens.ts'

// The workbench fits itself to who works at it: it leads a new company through its first steps, helps beside each screen, and its menu
// is arranged by keyboard alone.

const t = wordsOf('en')
test.use({ company: 'international', language: 'en' })

test('first steps tick themselves off and are put away', async ({ desk }) => {
  await settled(desk)
  const steps = desk.getByRole('region', { name: new RegExp(t('home.first')) })
  await expect(steps.getByRole('listitem')).toHaveCount(8)
  const done = steps.locator('[data-done=true]')
  await expect(done).toHaveCount(0)
  await operator(desk).run('catalog.createItem', { name: 'Longjing', base_unit: 'box' })
  await expect(done).toHaveCount(1)
  await steps.getByRole('button', { name: t('home.first.putAway') }).click()
  await expect(steps).toHaveCount(0)
  await desk.reload()
  await settled(desk)
  await expect(steps).toHaveCount(0)
})

test('F1 opens the page about the screen, goes along with it, and gives the cursor back', async ({ desk }) => {
  await settled(desk)
  await desk.keyboard.press('n')
  const customer = desk.locator('[data-field=party_id] input')
  await expect(customer).toBeFocused()
  await desk.keyboard.press('F1')
  const help = desk.getByRole('complementary', { name: t('ui.help'), exact: true })
  await expect(help.getByRole('heading', { name: 'From order to delivery' })).toBeVisible()
  await expect(help.getByText(t('command.sales.closeOrder'))).toBeVisible()
  await desk.keyboard.press('Escape')
  await expect(help).toHaveCount(0)
  await expect(customer).toBeFocused()
  await desk.keyboard.press('F1')
  await expect(help).toBeVisible()
  await desk.getByRole('navigation', { name: t('ui.nav.label') }).getByRole('link', { name: t('ui.nav.items') }).click()
  await expect(help.getByRole('heading', { name: 'Items and services' })).toBeVisible()
})

test('the menu is arranged by keyboard; a module that is off is gone from menu and search, and its address still opens', async ({ desk }) => {
  await desk.goto(new URL('/settings/menus', desk.url()).href)
  await settled(desk)
  const nav = desk.getByRole('navigation', { name: t('ui.nav.label') })
  await expect(nav.getByRole('link', { name: t('ui.nav.bills') })).toBeVisible()
  await desk.getByRole('button', { name: `Move “${t('ui.nav.deliveries')}”`, exact: true }).focus()
  await desk.keyboard.press('ArrowUp')
  await desk.keyboard.press('ArrowUp')
  await desk.getByRole('checkbox', { name: t('ui.menus.module.purchasing') }).uncheck()
  await desk.getByRole('button', { name: t('ui.save'), exact: true }).click()
  await expect(nav.getByRole('group', { name: t('ui.nav.sales') }).getByRole('link').first()).toHaveText(t('ui.nav.deliveries'))
  await expect(nav.getByRole('link', { name: t('ui.nav.bills') })).toHaveCount(0)
  await desk.keyboard.press('Control+k')
  await desk.getByRole('combobox', { name: t('ui.palette.open') }).fill(t('ui.nav.bills'))
  await expect(desk.getByRole('listbox', { name: t('ui.palette.results') })).toBeVisible()
  await expect(desk.getByRole('option', { name: new RegExp(`^${t('ui.nav.bills')}`) })).toHaveCount(0)
  await desk.goto(new URL('/purchasing/bills', desk.url()).href)
  await expect(desk.getByRole('heading', { level: 1, name: t('ui.nav.bills') })).toBeVisible()
})

test('what is typed into a filter stays whole on a slow machine', async ({ desk }) => {
  await desk.goto(new URL('/customers', desk.url()).href)
  await settled(desk)
  const cdp = await desk.context().newCDPSession(desk)
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: 4 })
  const box = desk.getByRole('searchbox')
  await box.click()
  // A little slower than the pause after which the list follows: each letter goes out alone and comes back while the next ones are typed.
  await desk.keyboard.type('SO2026-00078', { delay: 35 })
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: 1 })
  await expect(box).toHaveValue('SO2026-00078')
  await expect(desk).toHaveURL(/SO2026-00078/)
  await desk.goBack()
  await expect(box).toHaveCount(0)
})
