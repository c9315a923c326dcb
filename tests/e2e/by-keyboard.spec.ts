import type { Page } from '@playwright/test'
import { followAsks, goTo, settled } from './support/crawl.ts'
import { feedNonsense, walkByTab } from './support/hands.ts'
import { expect, test } from './support/office.ts'
import { routePatterns } from './support/routes.ts'
import { openScreen, recordsOf, screensOf, wordsOf, type Screen } from './support/screens.ts'

// Screens are walked by the Tab key alone: what a mouse can press is come by, the place is seen, nothing lies upon it, nothing holds one
// fast, and a dialog that is left gives the focus back. And forms take nonsense with a word about it.

const t = wordsOf('zh-CN')
const names = { warehouse: '二号仓', list: '批发价', summary: '更正' }
/** Walked with every run, one of each kind; ZHANGGUI_SCREENS walks others, '' all of them (but not the menu's editor, with six controls an entry, nor papers: the browser's own viewer keeps the key to itself). */
const walked = /^(crm-(calendar|visits|deals|quotas|lead-rules|leads-new|contracts-new)|approvals|money-collections|settings-approvals|insights-(value|tiers|segments-new)|marketing-(campaigns-campaign_id|letters)|sales-promotions|service-(tickets-ticket_id|refunds|setup)|merge-two|books-journal|customers-party_id|items|dialog-(promotion|sign|dun|promise|limit|plan-visits|score-rule|routing-rule|tier|stage|hand-over|convert-lead|campaign-.*|ticket-.*)|quick-log)$/
/** Forms of one step each: those that post, or end what the next one needs, are told elsewhere. */
const forms = /^(crm-.*(new|edit)|crm-quotas|insights-(tiers|segments-new)|settings-approvals|service-tickets-new|marketing-letters|quick-log|dialog-(promotion|issue|sign|dun|promise|limit|plan|check|score|routing|tier|stage|campaign-update|ticket-(logLabour|useParts|askRefund|class|template)|feedback-new))/

test.describe.configure({ timeout: 600_000 })
test.use({ company: 'sample', trace: 'off' })

async function screensHere(desk: Page, usual: RegExp): Promise<readonly Screen[]> {
  followAsks(desk)
  desk.setDefaultTimeout(20_000)
  await settled(desk)
  const asked = process.env['ZHANGGUI_SCREENS']
  const wanted = asked === undefined ? usual : new RegExp(asked)
  return screensOf(routePatterns(), await recordsOf(desk, names), t).filter((s) => wanted.test(s.name))
}

test('screens are walked by Tab alone, and every dialog is left by Escape', async ({ desk }) => {
  const faults: string[] = []
  for (const screen of await screensHere(desk, walked)) {
    const before = faults.length
    await openScreen(desk, screen, (path) => goTo(desk, path))
    faults.push(...(await walkByTab(desk)).faults.map((fault) => `${screen.name}: ${fault}`))
    const front = desk.locator('.ant-modal').filter({ visible: true })
    if ((await front.count()) > 0) {
      await desk.keyboard.press('Escape')
      await expect(front).toHaveCount(0)
      await expect.poll(() => desk.evaluate(() => document.activeElement !== document.body), { message: `${screen.name} gives the focus back` }).toBe(true)
    }
    if (faults.length === before && !screen.open) continue
    await desk.reload()
    await settled(desk)
  }
  expect(faults).toEqual([])
})

test('a list is one stop: the arrows lead to what its cells hold, and Enter presses it', async ({ desk }) => {
  await goTo(desk, '/books/journal')
  await settled(desk)
  expect((await walkByTab(desk)).stops.length).toBeLessThan(15)
  await desk.getByRole('grid').focus()
  const source = desk.locator('.zg-grid .zg-cursor a')
  await expect(async () => {
    await desk.keyboard.press('ArrowRight')
    if ((await source.count()) === 0) await desk.keyboard.press('ArrowDown')
    await expect(source).toHaveCount(1, { timeout: 200 })
  }).toPass({ timeout: 15_000 })
  const href = await source.getAttribute('href')
  await desk.keyboard.press('Enter')
  await expect(desk).toHaveURL(new RegExp(`${href}$`))
})

test('forms take nonsense with a word about it', async ({ desk }) => {
  const loud: string[] = []
  desk.on('console', (message) => void (message.type() === 'error' && !message.text().includes('status of 4') && loud.push(message.text())))
  const faults: string[] = []
  for (const screen of await screensHere(desk, forms)) {
    await desk.evaluate(() => localStorage.clear())
    await desk.goto(new URL('/help', desk.url()).href)
    await settled(desk)
    await openScreen(desk, screen, (path) => goTo(desk, path))
    faults.push(...(await feedNonsense(desk, { checkText: t('ui.invalid.custom') })).map((fault) => `${screen.name}: ${fault}`))
    faults.push(...loud.splice(0).map((text) => `${screen.name}: ${text}`))
  }
  expect(faults).toEqual([])
})
