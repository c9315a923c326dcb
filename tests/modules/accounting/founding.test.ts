import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { cnSmallChart } from '../../../db/seeds/accounts/cn-small.ts'
import { internationalChart } from '../../../db/seeds/accounts/international.ts'
import {
  ACCOUNT_ROLES, CONTROL_ROLES, accounts, paymentMethods, periods, type AccountRole,
} from '../../../src-main/modules/accounting/contract.ts'
import { testOffice } from '../../support/office.ts'
import { inCommand, refusedInCommand } from './books.ts'
import { accountIdOf, hasRole } from '../../../src-main/modules/accounting/index.ts'

const dataSets = process.env['ZHANGGUI_DATA_SETS'] ?? join(import.meta.dirname, '../../../../shared/data')
const official = join(dataSets, 'cn_accounting/small_business_accounts_66.csv')

test.runIf(existsSync(official))('cn-small has the 66 official accounts with their codes, names and sides', () => {
  const lines = readFileSync(official, 'utf8').trim().split(/\r?\n/).slice(1).map((l) => l.split(','))
  const ours = new Map(cnSmallChart({ isGeneral: false }).accounts.map((a) => [a.code, a]))
  const tops = [...ours.values()].filter((a) => a.code.length === 4)
  expect(tops).toHaveLength(66)
  for (const [code, name, , side] of lines) {
    const account = ours.get(code!)
    // The official text of 2011 says 营业税金及附加; the name in force today is 税金及附加.
    expect(account?.name_zh, code).toBe(code === '5403' ? '税金及附加' : name)
    if (side === '借' || side === '贷') expect(account?.direction, code).toBe(side === '借' ? 'debit' : 'credit')
  }
})
if (!existsSync(official)) console.warn(`skipped: the official account list is not at ${official}`)

const charts = [
  ['cn-small, small-scale', cnSmallChart({ isGeneral: false }), ['input_tax']],
  ['cn-small, general', cnSmallChart({ isGeneral: true }), []],
  ['international', internationalChart, ['pending_property']],
] as const

test.each(charts)('%s: codes follow 4-2-2-2, parents exist, roles and methods lead to leaves', (_, chart, without) => {
  const known = new Set(chart.accounts.map((a) => a.code))
  expect(known.size).toBe(chart.accounts.length)
  for (const { code } of chart.accounts) if (code.length > 4) expect(known.has(code.slice(0, -2)), code).toBe(true)
  const isLeaf = (code: string) => known.has(code) && ![...known].some((c) => c !== code && c.startsWith(code) && c.length > code.length)
  const leavingOut = without as readonly string[]
  expect(Object.keys(chart.roles).sort()).toEqual(ACCOUNT_ROLES.filter((r) => !leavingOut.includes(r)).toSorted())
  for (const [role, code] of Object.entries(chart.roles)) expect(isLeaf(code), role).toBe(true)
  for (const method of chart.methods) expect(isLeaf(method.account), method.code).toBe(true)
})

test.each([
  ['cn-small', 'small', 'CNY'],
  ['cn-small', 'general', 'CNY'],
  ['international', 'none', 'GBP'],
] as const)('%s (%s) is founded with its chart, five payment methods and closed before the first day', async (
  profile, taxpayer, currency,
) => {
  const t = await testOffice({ profile, taxpayer, currency, first_day: '2026-01-10' })
  const { rows } = await t.ask(accounts, {})
  for (const role of CONTROL_ROLES) {
    const account = rows.find((r) => r.roles.includes(role))!
    expect(account, role).toMatchObject({ control: role, is_leaf: 1, allows_manual: 0, is_active: 1 })
  }
  expect(
    (await t.ask(paymentMethods, { active_only: 1 })).rows.map((m) => m.code).toSorted(),
  ).toEqual(['alipay', 'bank', 'card', 'cash', 'wechat'])
  expect(await t.ask(periods, {})).toMatchObject(
    { locked_through: '2026-01-09', first_open_day: '2026-01-10', next_through: '2026-01-31', rows: [] },
  )
  const inputTax = await inCommand(t, (ctx) => hasRole(ctx, 'input_tax'))
  expect(inputTax).toBe(taxpayer !== 'small')
})

test('a part that no account plays is refused by name', async () => {
  const t = await testOffice()
  const ask = (role: AccountRole) => refusedInCommand(t, (ctx) => accountIdOf(ctx, role))
  expect(await ask('input_tax')).toEqual({ code: 'accounting.roleNotMapped', details: { role: 'input_tax' } })
})
