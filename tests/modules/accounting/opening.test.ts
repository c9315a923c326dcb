import { beforeEach, describe, expect, test } from 'vitest'
import type { CommandHandler } from '../../../src-main/kernel/operation.ts'
import {
  ageing, entry, importOpeningBalances, importOpeningItems, journal, ledger, lockPeriod, openItems, postOpeningBalances, postOpeningItems, postVoucher, reverseVoucher, trialBalance,
} from '../../../src-main/modules/accounting/contract.ts'
import { testOffice, type TestOffice } from '../../support/office.ts'
import { closing, codes, inCommand, party, partyCodes, refusedInCommand, stagedRows } from './books.ts'

let t: TestOffice
let id: (code: string) => string
beforeEach(async () => {
  t = await testOffice({}, { today: '2026-02-10' })
  id = await codes(t)
})

describe('opening balances', () => {
  test('stand on the first day against the clearing account, as opening balance and not as turnover', async () => {
    const { entry_id } = await t.run(
      postOpeningBalances, { lines: [{ account_id: id('1001'), debit_minor: 50000 }, { account_id: id('100201'), debit_minor: 250000 }] },
    )
    await t.run(
      postOpeningBalances,
      { lines: [{ account_id: id('3001'), credit_minor: 200000 }, { account_id: id('310415'), credit_minor: 100000 }] },
    )
    expect(await t.ask(entry, { entry_id })).toMatchObject(
      { day: '2026-01-01', kind: 'opening', source_kind: 'accounting.opening', total_minor: 300000 },
    )
    await t.run(
      postVoucher,
      {
        day: '2026-01-05', summary: '零售',
        lines: [{ account_id: id('1001'), debit_minor: 700 }, { account_id: id('5001'), credit_minor: 700 }],
      },
    )
    const { rows, totals } = await t.ask(trialBalance, { from: '2026-01-01', to: '2026-01-31' })
    expect(rows.find((r) => r.account_code === '1001')).toMatchObject(
      { opening_debit_minor: 50000, debit_minor: 700, credit_minor: 0, closing_debit_minor: 50700 },
    )
    // The clearing account is back at nothing: it moved only before the first day's turnover.
    expect(rows.some((r) => r.account_code === '310499')).toBe(false)
    expect(totals).toEqual({
      opening_debit_minor: 300000, opening_credit_minor: 300000, debit_minor: 700, credit_minor: 700, closing_debit_minor: 300700, closing_credit_minor: 300700,
    })
    const book = await t.ask(ledger, { account_id: id('1001'), from: '2026-01-01', to: '2026-12-31' })
    expect(book).toMatchObject({ opening: { direction: 'debit', balance_minor: 50000 }, total: 1, closing: { balance_minor: 50700 } })
    expect((await t.ask(ledger, { account_id: id('1001'), from: '2025-06-01', to: '2026-12-31' })).opening.balance_minor).toBe(50000)
  })

  test('of control accounts are refused by name, and so are accounts that take no lines', async () => {
    const line = (code: string) => ({ lines: [{ account_id: id(code), debit_minor: 1 }] })
    for (const code of ['112201', '2203', '220201', '1123', '140501', '140502', '310499']) {
      expect(await t.refused(postOpeningBalances, line(code))).toMatchObject({ code: 'accounting.controlAccount', details: { code } })
    }
    expect((await t.refused(postOpeningBalances, line('1002'))).code).toBe('accounting.accountNotLeaf')
  })

  test('entered wrongly are taken back and entered again: still no turnover', async () => {
    const { entry_id } = await t.run(postOpeningBalances, { lines: [{ account_id: id('1001'), debit_minor: 5000 }] })
    await t.run(reverseVoucher, { entry_id, day: '2026-01-01' })
    await t.run(postOpeningBalances, { lines: [{ account_id: id('1001'), debit_minor: 500 }] })
    await t.run(postOpeningBalances, { lines: [{ account_id: id('3001'), credit_minor: 500 }] })
    const { rows } = await t.ask(trialBalance, { from: '2026-01-01', to: '2026-01-31' })
    expect(
      rows.map((r) => [r.account_code, r.opening_debit_minor, r.opening_credit_minor, r.debit_minor]),
    ).toEqual([['1001', 500, 0, 0], ['3001', 0, 500, 0]])
  })

  test('come too late once the first month is closed', async () => {
    await t.run(lockPeriod, { through: '2026-01-31' })
    expect(
      (await t.refused(postOpeningBalances, { lines: [{ account_id: id('1001'), debit_minor: 1 }] })).code,
    ).toBe('accounting.periodLocked')
  })
})

describe('opening items', () => {
  const item = (party_id: string, number: string, amount_minor: number, more: object = {}) =>
    ({ side: 'receivable' as const, party_id, number, day: '2025-11-20', due_on: '2025-12-20', amount_minor, ...more })

  test('open what was owed and advanced, by document, and age by their due day', async () => {
    const [wang, li] = [await party(t, '王记'), await party(t, '李家', { is_supplier: 1 })]
    await t.run(postOpeningItems, {
      items: [
        item(wang, 'A-1', 30000), item(wang, 'A-2', -5000), item(
          li, 'B-1', 80000, { side: 'payable', due_on: '2026-01-31' },
        ), item(li, 'B-2', -2000, { side: 'payable' }),
      ],
    })
    expect(await closing(t)).toEqual({ '112201': 30000, '2203': -5000, '220201': -80000, '1123': 2000, '310499': 53000 })
    const { rows } = await t.ask(ageing, { side: 'receivable', as_of: '2026-02-10' })
    expect(rows).toEqual([{
      party_id: wang, party_code: expect.any(String), party_name: '王记', not_due_minor: 0, overdue_minor: [0, 30000, 0, 0], credit_minor: -5000, total_minor: 25000,
    }])
    await t.run(postOpeningBalances, { lines: [{ account_id: id('310415'), debit_minor: 53000 }] })
    await t.run(lockPeriod, { through: '2026-01-31' })
  })

  test('are refused when dated after the first day, entered twice, or of nobody', async () => {
    const wang = await party(t, '王记')
    expect(await t.refused(postOpeningItems, { items: [item(wang, 'A-1', 100, { day: '2026-01-02' })] }))
      .toEqual({ code: 'accounting.openingItemTooLate', details: { number: 'A-1', day: '2026-01-02', first_day: '2026-01-01' } })
    await t.run(postOpeningItems, { items: [item(wang, 'A-1', 100)] })
    expect((await t.refused(postOpeningItems, { items: [item(wang, 'A-1', 100)] })).code).toBe('accounting.openingItemExists')
    expect(
      (await t.refused(postOpeningItems, { items: [item(wang, 'A-2', 100), item(wang, 'A-2', 100)] })).code,
    ).toBe('accounting.openingItemExists')
    const nobody = wang.replace(/.$/, (c) => (c === '0' ? '1' : '0'))
    expect((await t.refused(postOpeningItems, { items: [item(nobody, 'A-3', 100)] })).code).toBe('parties.partyNotFound')
  })

  test('taken back are cancelled and may be entered again', async () => {
    const wang = await party(t, '王记')
    await t.run(postOpeningItems, { items: [item(wang, 'A-1', 100)] })
    const first = (await t.ask(journal, { kind: 'opening' })).rows[0]!
    await t.run(reverseVoucher, { entry_id: first.entry_id, day: '2026-01-01' })
    expect((await t.ask(openItems, {})).total).toBe(0)
    await t.run(postOpeningItems, { items: [item(wang, 'A-1', 120)] })
    expect((await t.ask(openItems, {})).rows.map((r) => r.open_minor)).toEqual([120])
  })
})

describe('imports', () => {
  const handlerOf = (name: string): CommandHandler => t.office.registry.commands.get(name)!
  const importing = (contract: { name: string }, rows: Record<string, unknown>[]) => ({
    good: () => inCommand(t, (ctx) => handlerOf(contract.name).run(ctx, { staging_id: 'x' } as never), { staged: stagedRows(rows) }),
    refused: () => refusedInCommand(
      t, (ctx) => handlerOf(contract.name).run(ctx, { staging_id: 'x' } as never), { staged: stagedRows(rows) },
    ),
  })

  test('opening balances come by account code; every bad row is named and nothing is posted', async () => {
    const rows = [
      { account_code: '1001', debit_minor: 50000 }, { account_code: '3001', credit_minor: 40000 }, {
        account_code: '310415', credit_minor: 10000,
      }, { account_code: '1101' },
    ]
    expect(await importing(importOpeningBalances, rows).good()).toEqual({ posted: 3, sha256: 'a'.repeat(64) })
    expect(await closing(t)).toEqual({ '1001': 50000, '3001': -40000, '310415': -10000 })
    const bad = [
      { account_code: '9999', debit_minor: 1 }, { account_code: '112201', debit_minor: 1 }, { account_code: '1002', debit_minor: 1 },
      { account_code: '1001', debit_minor: 1 },
    ]
    const said = await importing(importOpeningBalances, bad).refused()
    expect(said.code).toBe('accounting.importRejected')
    expect(said.details['problems']).toEqual([
      { source_row: 2, field: 'account_code', reason_code: 'accounting.accountNotFound', details: { code: '9999' } },
      { source_row: 3, field: 'account_code', reason_code: 'accounting.controlAccount', details: { code: '112201', name: '应收货款' } },
      { source_row: 4, field: 'account_code', reason_code: 'accounting.accountNotLeaf', details: { code: '1002', name: '银行存款' } },
    ])
    expect(await closing(t)).toEqual({ '1001': 50000, '3001': -40000, '310415': -10000 })
  })

  test('opening items come by party code, in many entries when they are many', async () => {
    await party(t, '王记')
    const code = (await partyCodes(t))['王记']!
    const rows = Array.from(
      { length: 1201 }, (_, i) => ({ side: '应收', party_code: code, number: `A-${i}`, day: '2025-12-01', amount_minor: 100 + i }),
    )
    expect(await importing(importOpeningItems, rows).good()).toMatchObject({ posted: 1201 })
    const total = 1201 * 100 + (1200 * 1201) / 2
    expect(await closing(t)).toEqual({ '112201': total, '310499': -total })
    expect((await t.ask(openItems, { limit: 1 })).total).toBe(1201)
    expect((await t.ask(journal, {})).rows.map((r) => r.lines.length).toSorted()).toEqual([202, 501, 501])
  })

  test('opening items are checked row by row', async () => {
    await party(t, '王记')
    const code = (await partyCodes(t))['王记']!
    const good = { side: 'Receivable', party_code: code, number: 'A-1', day: '2025-12-01', due_on: '2026-01-01', amount_minor: 5 }
    const rows = [
      good, { ...good }, { ...good, number: 'A-2', side: '其他' }, {
        ...good, number: 'A-3', party_code: 'nobody',
      }, { ...good, number: 'A-4', amount_minor: 0 },
      { ...good, number: 'A-5', day: '2026-01-02' },
    ]
    const said = await importing(importOpeningItems, rows).refused()
    expect(said.details).toMatchObject({ count: 5 })
    expect((said.details['problems'] as { source_row: number; reason_code: string }[]).map((p) => [p.source_row, p.reason_code])).toEqual([
      [3, 'accounting.openingItemExists'], [
        4, 'accounting.openingSideUnknown',
      ], [5, 'parties.partyNotFound'], [6, 'accounting.openingAmountZero'],
      [7, 'accounting.openingItemTooLate'],
    ])
    expect((await t.ask(openItems, {})).total).toBe(0)
  })
})
