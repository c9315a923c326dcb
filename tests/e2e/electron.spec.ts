import { _electron, expect, test } from '@playwright/test'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { electronBinary } from '../../src-main/start/electron-binary.ts'
import { buildPart } from '../../src-main/start/build-part.ts'

const root = join(import.meta.dirname, '../..')
const binary = electronBinary(root)

test.describe('the desktop window', () => {
  test.skip(binary === undefined, 'there is no Electron binary on this machine')

  test('opens the first start, sandboxed, and leads nowhere else', async () => {
    for (const part of ['main', 'preload'] as const) await buildPart({ root, part })
    const program = await _electron.launch({
      executablePath: binary!,
      args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), root],
      env: { ...(process.env as Record<string, string>), ZHANGGUI_HOME: mkdtempSync(join(tmpdir(), 'zhanggui-electron-')) },
    })
    const page = await program.firstWindow()
    await expect(page).toHaveURL(/^app:\/\/zhanggui\//)
    expect(await page.evaluate(() => ['require', 'process', 'module'].filter((name) => name in globalThis))).toEqual([])
    expect(await page.evaluate(() => Object.keys((globalThis as unknown as { zhanggui: object }).zhanggui))).toEqual(['chooseCompany'])
    await page.evaluate(() => window.open('https://example.org', '_blank'))
    await page.evaluate(() => void (location.href = 'https://example.org'))
    await expect(page).toHaveURL(/^app:\/\/zhanggui\//)
    expect(program.windows()).toHaveLength(1)
    expect(await page.evaluate(async () => (await fetch('/lobby/state')).status)).toBe(200)
    await program.close()
  })
})
