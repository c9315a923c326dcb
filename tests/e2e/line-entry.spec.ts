import type { CDPSession, Locator, Page } from '@playwright/test'
import { operator, wordsOf } from './support/screens.ts'
import { expect, openPage, test } from './support/office.ts'

// Acceptance U6 and line entry: a scanner anywhere on the form, a table from Excel, steps back and forth, drafts that outlive the program.

const t = wordsOf('zh-CN')
type Draft = { readonly value: { readonly note: string; readonly lines: readonly { readonly item: { readonly code: string } | null; readonly unit: string; readonly quantity_e6: number | null }[] } }

// A trace of every key would slow the scanner down.
test.use({ company: 'sample', language: 'zh-CN', trace: 'off' })
test.describe.configure({ timeout: 240_000 })

async function newOrder(page: Page): Promise<void> {
  await expect(page.getByRole('navigation').first()).toBeVisible({ timeout: 80_000 })
  await page.keyboard.press('n')
  await expect(page.locator(':focus')).toHaveRole('combobox')
}

/** What of this page's form lies in the company file. */
async function draftOf(page: Page): Promise<Draft> {
  const { pathname, search } = new URL(page.url())
  const { draft } = (await operator(page).ask('platform.draft', { address: pathname + search })) as unknown as { draft: { body: string } | null }
  return JSON.parse(draft?.body ?? '{"value":{"lines":[]}}') as Draft
}

const counted = (lines: Draft['value']['lines']): Record<string, number> =>
  Object.fromEntries(lines.flatMap((l) => (l.item ? [[`${l.item.code} ${l.unit}`, (l.quantity_e6 ?? 0) / 1_000_000] as const] : [])).sort())

/** From one event of a scanner's keyboard to the next, in seconds: a key each 2 ms. */
const BETWEEN = 0.001

/**
 * Types as a scanner does: without waiting for anybody. The keyboard says when each key was pressed, as the machine's own does; how late a busy
 * browser takes it up is another matter. An input method hides what the keys say, and writes it down itself at the end.
 */
async function scan(wire: CDPSession, barcode: string, by: 'keys' | 'inputMethod'): Promise<void> {
  const sent: Promise<unknown>[] = []
  let timestamp = Date.now() / 1000
  const key = (type: 'keyDown' | 'rawKeyDown' | 'keyUp', key: string, more: object): void => {
    timestamp += BETWEEN
    sent.push(wire.send('Input.dispatchKeyEvent', { type, key, timestamp, ...more }))
  }
  for (const digit of barcode) {
    const place = { code: `Digit${digit}` }
    if (by === 'inputMethod') key('rawKeyDown', 'Process', { ...place, windowsVirtualKeyCode: 229 })
    else key('keyDown', digit, { ...place, text: digit, windowsVirtualKeyCode: digit.charCodeAt(0) })
    key('keyUp', digit, { ...place, windowsVirtualKeyCode: digit.charCodeAt(0) })
  }
  if (by === 'inputMethod') {
    sent.push(wire.send('Input.imeSetComposition', { text: barcode, selectionStart: 13, selectionEnd: 13 }))
    key('rawKeyDown', 'Process', { code: 'Enter', windowsVirtualKeyCode: 229 })
    sent.push(wire.send('Input.insertText', { text: barcode }))
  } else key('keyDown', 'Enter', { code: 'Enter', text: '\r', windowsVirtualKeyCode: 13 })
  key('keyUp', 'Enter', { code: 'Enter', windowsVirtualKeyCode: 13 })
  await Promise.all(sent)
}

test('200 scans, 20 a second, wherever the cursor is, every fourth under an input method: none lost, doubled or misplaced', async ({ desk, picture }) => {
  await newOrder(desk)
  const { ask } = operator(desk)
  const codes: { barcode: string; name: string }[] = []
  for (const { item_id, code } of (await ask('catalog.items', { limit: 30 })).rows) {
    const { barcodes } = (await ask('catalog.item', { item_id })) as unknown as { barcodes: { barcode: string; unit: string }[] }
    codes.push(...barcodes.map(({ barcode, unit }) => ({ barcode, name: `${code} ${unit}` })))
  }
  expect(codes.length).toBeGreaterThan(5)
  await desk.locator('[data-field=note] input').fill('原来的备注')
  const places: readonly Locator[] = [
    desk.locator('[data-field=note] input'),
    desk.locator('[data-place$=":0"] input'),
    desk.locator('.zg-add-line'),
    desk.locator('[data-field=party_id] input'),
  ]
  const wire = await desk.context().newCDPSession(desk)
  const wanted: Record<string, number> = {}
  const begun = Date.now()
  for (let i = 0; i < 200; i++) {
    if (i % 50 === 0) await places[i / 50]!.last().focus()
    const { barcode, name } = codes[(i * 7) % codes.length]!
    await scan(wire, barcode, i % 4 === 3 ? 'inputMethod' : 'keys')
    wanted[name] = (wanted[name] ?? 0) + 1
    const left = begun + (i + 1) * 50 - Date.now()
    if (left > 0) await desk.waitForTimeout(left)
  }
  process.stdout.write(`200 scans went out in ${Date.now() - begun} ms\n`)
  await expect.poll(async () => counted((await draftOf(desk)).value.lines), { timeout: 20_000 }).toEqual(Object.fromEntries(Object.entries(wanted).sort()))
  expect((await draftOf(desk)).value.note).toBe('原来的备注')
  await expect(desk.locator('[data-field=party_id] input')).toHaveValue('')
  // One that nobody knows is told, and scanning goes on.
  await scan(wire, '6999999999994', 'keys')
  await scan(wire, codes[0]!.barcode, 'keys')
  await expect(desk.getByText(t('ui.scan.unknown').replace('{{barcode}}', '6999999999994'))).toBeVisible()
  await expect.poll(async () => counted((await draftOf(desk)).value.lines)[codes[0]!.name]).toBe(wanted[codes[0]!.name]! + 1)
  await picture('scanned-zh-CN')
})

test('a hundred steps back and forth; after a power cut the draft is there again with its cursor, and once saved it is gone', async ({ desk, office, browser }) => {
  await newOrder(desk)
  await desk.locator('[data-place="0:0"]').click()
  await expect(desk.locator('[data-place="0:0"] input')).toBeFocused()
  for (let i = 0; i < 110; i++) await desk.keyboard.press('Insert')
  const rows = desk.getByRole('grid', { name: t('ui.f.lines') })
  await expect(rows).toHaveAttribute('aria-rowcount', '112')
  for (let i = 0; i < 105; i++) await desk.keyboard.press('Control+z')
  await expect(rows).toHaveAttribute('aria-rowcount', '7')
  for (let i = 0; i < 3; i++) await desk.keyboard.press(i === 0 ? 'Control+y' : 'Control+Shift+z')
  await expect(rows).toHaveAttribute('aria-rowcount', '10')
  await desk.locator('[data-field=note] input').fill('急')
  await desk.locator('[data-place="4:1"]').click()
  await desk.keyboard.press('7')
  await expect(desk.getByText(t('ui.draft.kept'))).toBeVisible({ timeout: 3_000 })
  const { pathname, search } = new URL(desk.url())
  await desk.context().close()
  const again = await office.afterPowerCut()
  try {
    const page = await openPage({ browser, office: again, locale: 'zh-CN' })
    // Another port is another origin: nothing of the old browser is left.
    expect(again.origin).not.toBe(office.origin)
    await page.getByRole('navigation', { name: t('ui.tabs.label') }).getByRole('link').nth(1).click()
    await expect(page).toHaveURL(again.origin + pathname + search)
    await expect(page.getByText(t('ui.draft.restored').split('（')[0]!)).toBeVisible()
    await expect(page.locator('[data-place="4:1"] input')).toBeFocused()
    await expect(page.locator('[data-place="4:1"] input')).toHaveValue('7')
    await expect(page.locator('[data-field=note] input')).toHaveValue('急')
    await page.screenshot({ path: 'tests/e2e/output/draft-restored-zh-CN.png' })
    await page.locator('[data-field=party_id] input').pressSequentially('hm', { delay: 120 })
    await expect(page.locator('[role=option]').first()).toBeVisible()
    await page.keyboard.press('Enter')
    await page.locator('[data-place="4:0"]').click()
    await page.locator('[data-place="4:0"] input').pressSequentially('lj', { delay: 120 })
    await expect(page.locator('[role=option]').first()).toBeVisible()
    await page.keyboard.press('Enter')
    await page.keyboard.press('Control+s')
    await expect(page).toHaveURL(/sales\/orders\/[0-9a-f-]{36}$/)
    await expect.poll(async () => (await operator(page).ask('platform.drafts')).rows).toEqual([])
    await page.context().close()
  } finally {
    await again.stop()
  }
})

test('a thousand rows from Excel: what is no value is told at its cell, `=` fills the rest, one step takes all of it back; tabs by keyboard', async ({ desk, picture }) => {
  await newOrder(desk)
  const codes = (await operator(desk).ask('catalog.items', { limit: 15 })).rows.map((row) => row['code']!)
  const table = Array.from({ length: 1000 }, (_, i) => [i === 5 ? '没有的货' : codes[i % codes.length], i === 7 ? '一打' : (i % 9) + 1, '12.50'].join('\t'))
  await desk.locator('[data-place="0:0"]').click()
  await expect(desk.locator('[data-place="0:0"] input')).toBeFocused()
  await desk.evaluate((text) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', text)
    document.activeElement!.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  }, [['商品编码', '数量', '单价'].join('\t'), ...table].join('\r\n'))
  const rows = desk.getByRole('grid', { name: t('ui.f.lines') })
  await expect(rows).toHaveAttribute('aria-rowcount', '1001')
  await expect(desk.getByText(t('ui.lines.wrongCells').replace('{{count}}', '2'))).toBeVisible()
  await expect(desk.locator('.zg-wrong-cells')).toContainText('没有的货')
  await expect(desk.locator('.zg-wrong-cells')).toContainText('一打')
  await picture('pasted-zh-CN')
  // Tab passes what is filled, to the next cell that wants input.
  await desk.locator('.zg-wrong-cells button', { hasText: '没有的货' }).click()
  await expect(desk.locator('[data-place="5:0"] input')).toBeFocused()
  await desk.keyboard.press('Tab')
  await expect(desk.locator('[data-place="7:1"] input')).toBeFocused()
  await desk.keyboard.press('3')
  await expect(desk.getByText(t('ui.lines.wrongCells').replace('{{count}}', '1'))).toBeVisible()
  await desk.keyboard.press('=')
  await expect.poll(async () => (await draftOf(desk)).value.lines.filter((l) => l.quantity_e6 === 3_000_000).length).toBeGreaterThan(990)
  await desk.keyboard.press('Control+z')
  await desk.keyboard.press('Control+z')
  await desk.keyboard.press('Control+z')
  await expect(rows).toHaveAttribute('aria-rowcount', '2')
  await desk.keyboard.press('Control+y')
  await expect(rows).toHaveAttribute('aria-rowcount', '1001')
  await desk.keyboard.press('Alt+n')
  await expect(rows).toHaveAttribute('aria-rowcount', '2')
  await desk.locator('[data-field=note] input').fill('第二张')
  await desk.keyboard.press('Alt+2')
  await expect(rows).toHaveAttribute('aria-rowcount', '1001')
  await desk.keyboard.press('Alt+PageDown')
  await expect(desk.locator('[data-field=note] input')).toHaveValue('第二张')
  await expect(desk.locator('[data-field=note] input')).toBeFocused()
  await desk.keyboard.press('Alt+w')
  await desk.getByRole('button', { name: t('ui.tabs.closeOk') }).click()
  await expect(rows).toHaveAttribute('aria-rowcount', '1001')
  await expect.poll(async () => (await operator(desk).ask('platform.drafts')).rows.length).toBe(1)
})

test('a receipt open on two desks: what is typed at one is there at the other, the first posts it, the second is led to what was made', async ({ desk, picture }) => {
  await expect(desk.getByRole('navigation').first()).toBeVisible({ timeout: 80_000 })
  await desk.goto(new URL('/money/receipts/new', desk.url()).href)
  await expect(desk.locator('[data-field=party_id] input')).toBeFocused()
  await desk.keyboard.type('hm', { delay: 120 })
  await expect(desk.locator('[role=option]').first()).toBeVisible()
  await desk.keyboard.press('Enter')
  await desk.locator('[data-field=amount_minor] input').fill('12.34')
  await desk.locator('[data-field=reference] input').fill('流水 77')
  await expect(desk.getByText(t('ui.draft.kept'))).toBeVisible({ timeout: 3_000 })
  const second = await desk.context().newPage()
  await second.goto(desk.url())
  await expect(second.locator('[data-field=reference] input')).toHaveValue('流水 77', { timeout: 20_000 })
  await expect(second.locator('[data-field=amount_minor] input')).toHaveValue('12.34')
  // Who only looks, and walks through the fields, does not change the draft: the first would be told so, and not post.
  const revisionNow = async (): Promise<unknown> => (await operator(desk).ask('platform.drafts')).rows[0]?.['revision']
  const revision = await revisionNow()
  await second.locator('[data-field=amount_minor] input').focus()
  await second.locator('[data-field=reference] input').focus()
  await second.waitForTimeout(1_500)
  expect(await revisionNow()).toBe(revision)
  await desk.keyboard.press('F9')
  await expect(desk).toHaveURL(/money\/receipts\/[0-9a-f-]{36}$/)
  // The second learns it by itself; its key posts nothing.
  const told = second.getByRole('alert').filter({ hasText: t('command.accounting.receivePayment') })
  await expect(told).toBeVisible({ timeout: 10_000 })
  await second.keyboard.press('F9')
  await expect(told).toHaveCount(1)
  await second.screenshot({ path: 'tests/e2e/output/draft-elsewhere-zh-CN.png' })
  const { rows } = await operator(desk).ask('accounting.payments', { text: '流水 77', limit: 10 })
  expect(rows).toHaveLength(1)
  await second.getByRole('button', { name: t('ui.draft.showMade') }).click()
  await expect(second).toHaveURL(/money\/(receipts|payments)\/[0-9a-f-]{36}$/)
  await picture('receipt-posted-once-zh-CN')
})
