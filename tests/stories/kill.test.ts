import { expect, test } from 'vitest'
import { furnish } from '../support/furnish.ts'
import { killCycles } from '../support/kill-cycles.ts'
import { testOffice } from '../support/office.ts'

// Acceptance 5: `kill -9` while `call -` streams orders. ZHANGGUI_KILL_CYCLES raises the number (200 for the record).

const CYCLES = Number(process.env['ZHANGGUI_KILL_CYCLES'] ?? 3)

test.skipIf(process.env['ZHANGGUI_TEST_POSTGRES'])(`no acknowledged order is lost in ${CYCLES} kills`, { timeout: 3_600_000 }, async () => {
  const t = await testOffice()
  const { customers, items } = await furnish(t)
  const report = await killCycles({ target: { data: t.data, party_id: customers[0]!, item_id: items[0]! }, cycles: CYCLES, random: Math.random })
  process.stdout.write(`kill -9: ${report.cycles} cycles, ${report.acknowledged} orders acknowledged, ${report.lost.length} lost, ${report.broken.length} times broken\n`)
  expect(report.lost).toEqual([])
  expect(report.broken).toEqual([])
  expect(report.acknowledged).toBeGreaterThan(0)
})
