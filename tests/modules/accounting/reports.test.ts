import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import {
  ageing, allocateItems, journal, journalExport, ledger, openItems, partyBalance, postOpeningBalances, postVoucher, profitAndLoss, receivePayment, reverseVoucher, trialBalance, voucherDrafts,
} from '../../../src-main/modules/accounting/contract.ts'
import { addOpenItem, postEntry } from '../../../src-main/modules/accounting/index.ts'
import { splitSpan } from '../../../src-main/modules/accounting/turnover.ts'
import { testOffice, type TestOffice } from '../../support/office.ts'
import { codes, inCommand, party } from './books.ts'

let t: TestOffice
let id: (code: string) => string
beforeEach(async () => {
  t = await testOffice({}, { today: '2026-04-20' })
  id = await codes(t)
})

const post = (day: string, debit: string, credit: string, amount: number) =>
  t.run(
    postVoucher,
    {
      day, summary: `${debit}/${credit}`,
      lines: [{ account_id: id(debit), debit_minor: amount }, { account_id: id(credit), credit_minor: amount }],
    },
  )

/** Bank: opening 1,000.00; +50.00 on 01-10, −1,200.00 on 02-14, +150.00 on 02-28, +30.00 on 04-01. */
async function threeMonths(): Promise<void> {
  await t.run(
    postOpeningBalances, { lines: [{ account_id: id('100201'), debit_minor: 100000 }, { account_id: id('3001'), credit_minor: 100000 }] },
  )
  await post('2026-01-10', '100201', '5001', 5000)
  await post('2026-02-14', '560205', '100201', 120000)
  await post('2026-02-28', '100201', '5001', 15000)
  await post('2026-04-01', '100201', '5051', 3000)
}

describe('trial balance', () => {
  test('of whole months comes from balances, of broken ones from lines too; parents show the net below them', async () => {
    await threeMonths()
    const of = async (from: string, to: string, level = 8) => {
      const { rows, totals } = await t.ask(trialBalance, { from, to, level })
      return {
        rows: Object.fromEntries(
          rows.map(
            (r) => [
              r.account_code,
              [
                r.opening_debit_minor - r.opening_credit_minor, r.debit_minor, r.credit_minor,
                r.closing_debit_minor - r.closing_credit_minor,
              ],
            ],
          ),
        ),
        totals,
      }
    }
    expect((await of('2026-02-01', '2026-02-28')).rows).toEqual({
      '1002': [105000, 15000, 120000, 0], '100201': [105000, 15000, 120000, 0], '3001': [-100000, 0, 0, -100000], '5001': [-5000, 0, 15000, -20000],
      '5602': [0, 120000, 0, 120000], '560205': [0, 120000, 0, 120000],
    })
    expect((await of('2026-02-14', '2026-02-20')).rows['100201']).toEqual([105000, 0, 120000, -15000])
    expect((await of('2026-02-15', '2026-02-27')).rows['100201']).toEqual([-15000, 0, 0, -15000])
    expect((await of('2026-02-15', '2026-04-01')).rows['100201']).toEqual([-15000, 18000, 0, 3000])
    expect((await of('2026-01-10', '2026-01-10')).rows['100201']).toEqual([100000, 5000, 0, 105000])
    expect((await of('2026-01-05', '2026-02-20')).rows['100201']).toEqual([100000, 5000, 120000, -15000])
    const top = await of('2026-01-01', '2026-12-31', 1)
    expect(Object.keys(top.rows)).toEqual(['1002', '3001', '5001', '5051', '5602'])
    expect(top.totals).toEqual({
      opening_debit_minor: 100000, opening_credit_minor: 100000, debit_minor: 143000, credit_minor: 143000, closing_debit_minor: 123000, closing_credit_minor: 123000,
    })
    expect(await of('2026-03-01', '2026-02-01')).toMatchObject({ totals: { debit_minor: 0, credit_minor: 0 } })
  })

  test('is the sum of the lines over any span of days', async () => {
    await threeMonths()
    const days = fc.date(
      { min: new Date(Date.UTC(2025, 11, 1)), max: new Date(Date.UTC(2026, 4, 15)), noInvalidDate: true },
    ).map((d) => d.toISOString().slice(0, 10))
    await fc.assert(
      fc.asyncProperty(days, days, async (a, b) => {
        const [from, to] = a < b ? [a, b] : [b, a]
        const { rows } = await t.ask(trialBalance, { from, to })
        const plain = await t.office.engine.read((db) =>
          db.all<{ code: string; opening: number; debit: number; credit: number }>(
            `select a.code, sum(case when l.day < ? or e.kind = 'opening' then l.debit_minor - l.credit_minor else 0 end) as opening,
                    sum(case when l.day >= ? and e.kind <> 'opening' then l.debit_minor else 0 end) as debit,
                    sum(case when l.day >= ? and e.kind <> 'opening' then l.credit_minor else 0 end) as credit
               from accounting_line l join accounting_entry e on e.id = l.entry_id join accounting_account a on a.id = l.account_id
              where l.day <= ? or e.kind = 'opening' group by a.code order by a.code`,
            [from, from, from, to],
          ),
        )
        const ours = rows.filter((r) => r.is_leaf === 1).map(
          (r) => (
            { code: r.account_code, opening: r.opening_debit_minor - r.opening_credit_minor, debit: r.debit_minor, credit: r.credit_minor }
          ),
        )
        const moved = (r: { opening: number; debit: number; credit: number }) => r.opening !== 0 || r.debit !== 0 || r.credit !== 0
        expect(ours).toEqual(plain.filter(moved))
      }),
      { numRuns: 60 },
    )
  })
})

test.each([
  ['2026-01-01', '2026-03-31', '2026-01-01..2026-03-31', []],
  ['2026-01-02', '2026-03-31', '2026-02-01..2026-03-31', ['2026-01-02..2026-01-31']],
  ['2026-01-01', '2026-03-30', '2026-01-01..2026-02-28', ['2026-03-01..2026-03-30']],
  ['2026-01-02', '2026-02-27', undefined, ['2026-01-02..2026-01-31', '2026-02-01..2026-02-27']],
  ['2026-01-02', '2026-01-30', undefined, ['2026-01-02..2026-01-30']],
  ['2026-01-15', '2026-03-15', '2026-02-01..2026-02-28', ['2026-01-15..2026-01-31', '2026-03-01..2026-03-15']],
  ['2026-01-31', '2026-01-31', undefined, ['2026-01-31..2026-01-31']],
  ['2024-02-01', '2024-02-29', '2024-02-01..2024-02-29', []],
  ['2026-02-01', '2026-01-31', undefined, []],
] as const)('days %s to %s: whole months %s, broken %j', (from, to, whole, broken) => {
  const text = (s: { from: string; to: string } | undefined) => s && `${s.from}..${s.to}`
  const split = splitSpan({ from, to })
  expect([text(split.whole), split.broken.map(text)]).toEqual([whole, broken])
})

describe('account ledger', () => {
  test('carries the balance from line to line and page to page; 平 at nothing, the sign against its side', async () => {
    await threeMonths()
    const book = await t.ask(ledger, { account_id: id('100201'), from: '2026-02-01', to: '2026-04-30', limit: 2 })
    expect(book.opening).toEqual({ direction: 'debit', balance_minor: 105000 })
    expect(book.rows.map((r) => [r.day, r.debit_minor, r.credit_minor, r.direction, r.balance_minor])).toEqual([
      ['2026-02-14', 0, 120000, 'debit', -15000], ['2026-02-28', 15000, 0, 'flat', 0],
    ])
    expect(book).toMatchObject(
      { total: 3, turnover: { debit_minor: 18000, credit_minor: 120000 }, closing: { direction: 'debit', balance_minor: 3000 } },
    )
    const second = await t.ask(ledger, { account_id: id('100201'), from: '2026-02-01', to: '2026-04-30', limit: 2, offset: 2 })
    expect(second.carried).toEqual({ direction: 'flat', balance_minor: 0 })
    expect(second.rows.map((r) => [r.day, r.balance_minor])).toEqual([['2026-04-01', 3000]])
    expect(book.periods).toEqual([
      {
        period: '2026-02', debit_minor: 15000, credit_minor: 120000, year_debit_minor: 20000, year_credit_minor: 120000, direction: 'flat',
        balance_minor: 0,
      },
      {
        period: '2026-03', debit_minor: 0, credit_minor: 0, year_debit_minor: 20000, year_credit_minor: 120000, direction: 'flat',
        balance_minor: 0,
      },
      {
        period: '2026-04', debit_minor: 3000, credit_minor: 0, year_debit_minor: 23000, year_credit_minor: 120000, direction: 'debit',
        balance_minor: 3000,
      },
    ])
  })

  test('begins its year anew in January, also when the range begins within the year', async () => {
    t.today = '2027-02-10'
    await post('2026-11-03', '1001', '5001', 500)
    await post('2026-12-04', '1001', '5001', 70)
    await post('2027-01-05', '1001', '5001', 9)
    const { periods } = await t.ask(ledger, { account_id: id('1001'), from: '2026-12-01', to: '2027-12-31' })
    expect(periods.map((p) => [p.period, p.debit_minor, p.year_debit_minor, p.balance_minor])).toEqual([
      ['2026-12', 70, 570, 570], ['2027-01', 9, 9, 579], ['2027-02', 0, 9, 579],
    ])
  })

  test('of a revenue account stands in credit; of a parent it is that of all below', async () => {
    await threeMonths()
    const revenue = await t.ask(ledger, { account_id: id('5001'), from: '2026-01-01', to: '2026-12-31' })
    expect(revenue.rows.map((r) => [r.direction, r.balance_minor])).toEqual([['credit', 5000], ['credit', 20000]])
    await post('2026-04-02', '101201', '5001', 100)
    await post('2026-04-03', '101202', '5001', 200)
    const parent = await t.ask(ledger, { account_id: id('1012'), from: '2026-01-01', to: '2026-12-31' })
    expect(parent.account).toMatchObject({ account_code: '1012', is_leaf: 0 })
    expect(parent.rows.map((r) => [r.account_code, r.balance_minor])).toEqual([['101201', 100], ['101202', 300]])
    expect(
      (
        await t.refused(
          ledger, { account_id: id('1012').replace(/.$/, (c) => (c === '0' ? '1' : '0')), from: '2026-01-01', to: '2026-12-31' },
        )
      ).code,
    ).toBe('accounting.accountNotFound')
  })

  test('of one party shows that party alone, opening items as its opening balance', async () => {
    const [wang, li] = [await party(t, '王记'), await party(t, '李家')]
    const { postOpeningItems } = await import('../../../src-main/modules/accounting/contract.ts')
    const item = (party_id: string, amount_minor: number) => (
      { side: 'receivable' as const, party_id, number: 'A', day: '2025-12-01', due_on: '2025-12-31', amount_minor }
    )
    await t.run(postOpeningItems, { items: [item(wang, 700), item(li, 900)] })
    const items = await t.office.engine.read(
      (db) => db.all<{ id: string; party_id: string }>('select id, party_id from accounting_open_item order by id'),
    )
    const of = (party_id: string) => items.find((i) => i.party_id === party_id)!.id
    await t.run(
      receivePayment,
      {
        party_id: wang, day: '2026-02-05', method: 'cash', amount_minor: 300, allocations: [{ open_item_id: of(wang), amount_minor: 300 }],
      },
    )
    await t.run(
      receivePayment,
      { party_id: li, day: '2026-02-06', method: 'cash', amount_minor: 900, allocations: [{ open_item_id: of(li), amount_minor: 900 }] },
    )
    const book = await t.ask(ledger, { account_id: id('1122'), from: '2026-01-01', to: '2026-12-31', party_id: wang })
    expect(book).toMatchObject(
      {
        opening: { balance_minor: 700 }, total: 1, closing: { balance_minor: 400 }, periods: [],
        rows: [{ party_name: '王记', balance_minor: 400 }],
      },
    )
    const later = await t.ask(ledger, { account_id: id('1122'), from: '2026-03-01', to: '2026-12-31', party_id: li })
    expect(later).toMatchObject({ opening: { direction: 'flat' }, total: 0 })
  })
})

test('profit and loss by month', async () => {
  await threeMonths()
  const report = await t.ask(profitAndLoss, { from_period: '2026-01', to_period: '2026-04' })
  expect(report).toMatchObject({
    periods: ['2026-01', '2026-02', '2026-03', '2026-04'], income_minor: [5000, 15000, 0, 3000], expense_minor: [0, 120000, 0, 0],
    profit_minor: [5000, -105000, 0, 3000], total_profit_minor: -97000,
  })
  expect(report.rows.map((r) => [r.account_code ?? r.line, r.amounts_minor, r.total_minor])).toEqual([
    ['5001', [5000, 15000, 0, 0], 20000], ['5051', [0, 0, 0, 3000], 3000], ['income', [5000, 15000, 0, 3000], 23000],
    ['560205', [0, 120000, 0, 0], 120000], ['expense', [0, 120000, 0, 0], 120000],
    ['profit', [5000, -105000, 0, 3000], -97000],
  ])
  expect((await t.ask(profitAndLoss, { from_period: '2025-01', to_period: '2025-02' })).rows).toEqual([])
})

describe('ageing', () => {
  test('by due day, at any day, with credits beside the buckets', async () => {
    const [wang, li] = [await party(t, '王记'), await party(t, '李家')]
    const invoices = [
      [wang, 'W1', 10000, '2026-01-05', '2026-01-31'], [
        wang, 'W2', 2000, '2026-02-01', '2026-03-21',
      ], [li, 'L1', 5000, '2026-02-10', '2026-04-20'], [li, 'L2', 700, '2026-03-01', '2026-04-19'],
    ] as const
    await inCommand(t, async (ctx) => {
      for (const [party_id, number, amount_minor, day, due_on] of invoices) {
        const source = { kind: 'sales.invoice', id: ctx.newId() }
        await postEntry(
          ctx,
          {
            day, kind: 'document', summary: number, source: { ...source, number },
            lines: [{ role: 'receivable', party_id, debit_minor: amount_minor }, { role: 'revenue', credit_minor: amount_minor }],
          },
        )
        await addOpenItem(ctx, { side: 'receivable', party_id, account_role: 'receivable', source, number, day, due_on, amount_minor })
      }
    })
    const items = await t.office.engine.read(
      (db) => db.all<{ id: string; number: string }>('select id, number from accounting_open_item order by id'),
    )
    const of = (number: string) => items.find((i) => i.number === number)!.id
    // Wang pays 40.00 of W1 and 10.00 ahead on 03-10.
    await t.run(
      receivePayment,
      {
        party_id: wang, day: '2026-03-10', method: 'cash', amount_minor: 5000,
        allocations: [{ open_item_id: of('W1'), amount_minor: 4000 }],
      },
    )
    const at = async (as_of: string) => {
      const { rows, totals, total } = await t.ask(ageing, { side: 'receivable', as_of })
      return {
        rows: rows.map((r) => [r.party_name, r.not_due_minor, ...r.overdue_minor, r.credit_minor, r.total_minor]), sum: totals.total_minor,
        total,
      }
    }
    // On 04-20 W1 is 79 days overdue, W2 30, L1 due today, L2 1 day over.
    expect(await at('2026-04-20')).toEqual(
      { rows: [['王记', 0, 2000, 0, 6000, 0, -1000, 7000], ['李家', 5000, 700, 0, 0, 0, 0, 5700]], sum: 12700, total: 2 },
    )
    expect(await at('2026-04-21')).toMatchObject({ rows: [['王记', 0, 0, 2000, 6000, 0, -1000, 7000], ['李家', 0, 5700, 0, 0, 0, 0, 5700]] })
    expect(await at('2026-03-09')).toEqual(
      { rows: [['王记', 2000, 0, 10000, 0, 0, 0, 12000], ['李家', 5700, 0, 0, 0, 0, 0, 5700]], sum: 17700, total: 2 },
    )
    expect(await at('2026-01-04')).toEqual({ rows: [], sum: 0, total: 0 })
    const page = await t.ask(ageing, { side: 'receivable', as_of: '2026-04-20', limit: 1, offset: 5, bounds: [7] })
    expect(page).toMatchObject(
      { rows: [], total: 2, totals: { not_due_minor: 5000, overdue_minor: [700, 8000], credit_minor: -1000, total_minor: 12700 } },
    )
    expect((await t.ask(ageing, { side: 'receivable', as_of: '2026-04-20', party_id: li })).totals.total_minor).toBe(5700)
    const wangAt = (as_of?: string) => t.ask(partyBalance, { party_id: wang, ...(as_of ? { as_of } : {}) })
    expect(await wangAt('2026-03-09')).toMatchObject({ receivable_minor: 12000, receivable_overdue_minor: 10000, receivable_credit_minor: 0 })
    expect(await wangAt('2026-04-20')).toMatchObject({ receivable_minor: 8000, receivable_overdue_minor: 8000, receivable_credit_minor: -1000 })
    expect(await wangAt()).toEqual(await wangAt('2026-04-20'))
    expect((await t.ask(openItems, { as_of: '2026-03-09' })).rows.map((r) => [r.number, r.open_minor, r.overdue_days])).toEqual([
      ['W1', 10000, 37], ['W2', 2000, 0], ['L2', 700, 0], ['L1', 5000, 0],
    ])
    expect(await t.ask(openItems, { as_of: '2026-03-09', include_settled: 1, limit: 1 })).toMatchObject({ total: 4, open_minor: 17700 })
    expect((await t.ask(ageing, { side: 'payable', as_of: '2026-04-20' })).total).toBe(0)
    // The 10.00 paid ahead on 03-10 are used on 04-20: the day before they were still a credit.
    const ahead = (await t.ask(openItems, { party_id: wang })).rows.find((r) => r.open_minor === -1000)!
    const pairs = [{ positive_id: of('W2'), negative_id: ahead.open_item_id, amount_minor: 1000 }]
    await t.run(allocateItems, { party_id: wang, day: '2026-04-20', pairs })
    expect(await at('2026-04-19')).toMatchObject({ rows: [['王记', 0, 2000, 0, 6000, 0, -1000, 7000], ['李家', 5700, 0, 0, 0, 0, 0, 5700]] })
    expect(await at('2026-04-20')).toMatchObject({ rows: [['王记', 0, 1000, 0, 6000, 0, 0, 7000], ['李家', 5000, 700, 0, 0, 0, 0, 5700]] })
    expect(await wangAt('2026-04-19')).toMatchObject({ receivable_minor: 8000, receivable_credit_minor: -1000 })
  })
})

describe('journal', () => {
  test('is found by day, account, party, kind, source and text', async () => {
    await threeMonths()
    const { entry_id } = await post('2026-04-05', '560204', '1001', 4200)
    await t.run(reverseVoucher, { entry_id, day: '2026-04-06' })
    const found = async (filter: object) =>
      (await t.ask(journal, { order: 'oldest', ...filter })).rows.map((r) => `${r.period} ${r.number}`)
    expect(await found({ from: '2026-02-14', to: '2026-02-28' })).toEqual(['2026-02 1', '2026-02 2'])
    expect(await found({ account_id: id('1002'), from: '2026-02-01' })).toEqual(['2026-02 1', '2026-02 2', '2026-04 1'])
    expect(await found({ kind: 'reversal' })).toEqual(['2026-04 3'])
    expect(await found({ kind: 'opening' })).toEqual(['2026-01 1'])
    expect(await found({ text: '记-3' })).toEqual(['2026-04 3'])
    expect(await found({ text: '注销4月5日' })).toEqual(['2026-04 3'])
    expect(await found({ text: '100%' })).toEqual([])
    expect(await found({ source_kind: 'accounting.opening' })).toEqual(['2026-01 1'])
    const newest = await t.ask(journal, { limit: 1 })
    expect(newest).toMatchObject(
      { total: 7, rows: [{ number: 3, reverses_id: entry_id, credit_accounts_zh: '1001 库存现金', credit_accounts_en: '1001 Cash on hand', lines: [{ debit_minor: -4200 }, { credit_minor: -4200 }] }] },
    )
    expect(newest.rows[0]!.debit_accounts_zh).toMatch(/^560204 /)
    // The sum is of all that was found, not of the page.
    const all = await t.ask(journal, {})
    expect(newest.amount_minor).toBe(all.rows.reduce((sum, r) => sum + r.total_minor, 0))
    expect((await t.ask(voucherDrafts, {})).rows).toEqual([])
  })

  test('goes to files page by page, with the full path of every account', async () => {
    await threeMonths()
    const rows = []
    let after: { day: string; entry_id: string } | null | undefined
    let pages = 0
    while (after !== null) {
      const page = await t.ask(journalExport, { limit: 2, ...(after ? { after } : {}), locale: 'en' })
      rows.push(...page.rows)
      after = page.after
      pages++
    }
    expect(pages).toBe(3)
    expect(rows.map((r) => `${r.day} ${r.word}-${r.number}`)).toEqual(
      ['2026-01-01 记-1', '2026-01-10 记-2', '2026-02-14 记-1', '2026-02-28 记-2', '2026-04-01 记-1'],
    )
    expect(rows[0]!.lines[0]).toMatchObject(
      { account_path: '1002 Bank deposits:100201 Basic bank account', account_code: '100201', debit_minor: 100000 },
    )
    expect(
      (await t.ask(journalExport, { from: '2026-02-01', to: '2026-02-28' })).rows.map((r) => r.lines[0]!.account_name),
    ).toEqual(['房租', '基本户'])
  })
})
