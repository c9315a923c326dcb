import { beforeEach, describe, expect, test } from 'vitest'
import { payment as paymentTable, allocation, entry, entryLine, lock } from '../../../db/schema/accounting.ts'
import { Bus } from '../../../src-main/app/bus.ts'
import { buildRegistry } from '../../../src-main/app/registry.ts'
import { newCommandId } from '../../../src-main/app/world.ts'
import { defineModule, on } from '../../../src-main/kernel/operation.ts'
import {
  journal, lockPeriod, periods, postOpeningBalances, postVoucher, receivePayment, reverseVoucher, saveVoucherDraft, trialBalance, unlockPeriod,
} from '../../../src-main/modules/accounting/contract.ts'
import { assertOpenDay, firstOpenDay, periodLocked, periodLocking, postEntry } from '../../../src-main/modules/accounting/index.ts'
import { testOffice, type TestOffice } from '../../support/office.ts'
import { codes, colleague, inCommand, party, refusedInCommand } from './books.ts'

let t: TestOffice
let id: (code: string) => string
beforeEach(async () => {
  t = await testOffice({}, { today: '2026-03-10' })
  id = await codes(t)
})

const sale = (day: string, amount = 5000) => ({
  day, summary: '零售', lines: [{ account_id: id('1001'), debit_minor: amount }, { account_id: id('5001'), credit_minor: amount }],
})

describe('closing the books', () => {
  test('through a month end keeps everything out up to that day', async () => {
    const { entry_id } = await t.run(postVoucher, sale('2026-01-31'))
    expect(await t.run(lockPeriod, { through: '2026-01-31', reason: '一月结账' })).toEqual({ locked_through: '2026-01-31' })
    expect(await t.refused(postVoucher, sale('2026-01-31')))
      .toEqual(
        { code: 'accounting.periodLocked', details: { day: '2026-01-31', locked_through: '2026-01-31', first_open_day: '2026-02-01' } },
      )
    expect((await t.refused(reverseVoucher, { entry_id, day: '2026-01-31' })).code).toBe('accounting.periodLocked')
    await t.run(reverseVoucher, { entry_id, day: '2026-02-01' })
    await t.run(postVoucher, sale('2026-02-01'))
    expect(await t.ask(periods, {})).toMatchObject({
      locked_through: '2026-01-31', next_through: '2026-02-28', blockers: { opening_clearing_minor: 0, drafts: [] },
      rows: [{ period: '2026-02', entries: 2, is_locked: 0 }, { period: '2026-01', entries: 1, is_locked: 1, unreviewed: 1 }],
      events: [{ locked_through: '2026-01-31', previous: '2025-12-31', reason: '一月结账' }],
    })
  })

  test('is refused by name: not a month end, closed already, not begun', async () => {
    expect(await t.refused(lockPeriod, { through: '2026-01-30' })).toMatchObject(
      { code: 'accounting.notMonthEnd', details: { month_end: '2026-01-31' } },
    )
    expect((await t.refused(lockPeriod, { through: '2025-12-31' })).code).toBe('accounting.periodAlreadyLocked')
    expect((await t.refused(lockPeriod, { through: '2026-04-30' })).code).toBe('accounting.periodNotBegun')
    await t.run(lockPeriod, { through: '2026-02-28' })
    expect((await t.refused(lockPeriod, { through: '2026-01-31' })).code).toBe('accounting.periodAlreadyLocked')
  })

  test('waits for the opening clearing account to be clear, as of that month', async () => {
    await t.run(postOpeningBalances, { lines: [{ account_id: id('1001'), debit_minor: 90000 }] })
    expect(await t.refused(lockPeriod, { through: '2026-01-31' })).toEqual(
      { code: 'accounting.openingNotCleared', details: { balance_minor: -90000 } },
    )
    expect(await t.ask(periods, {})).toMatchObject({ blockers: { opening_clearing_minor: -90000 } })
    await t.run(postOpeningBalances, { lines: [{ account_id: id('3001'), credit_minor: 90000 }] })
    // What is brought in during a month blocks that month, not the one before it.
    const bringIn = (day: string) =>
      inCommand(
        t,
        (ctx) => postEntry(
          ctx,
          {
            day, kind: 'opening', summary: '补录期初', source: { kind: 'x', id: ctx.newId(), number: null },
            lines: [{ account_id: id('1001'), debit_minor: 70 }, { role: 'opening_clearing', credit_minor: 70 }],
          },
        ),
      )
    await bringIn('2026-02-03')
    await t.run(lockPeriod, { through: '2026-01-31' })
    expect(await t.refused(lockPeriod, { through: '2026-02-28' })).toEqual(
      { code: 'accounting.openingNotCleared', details: { balance_minor: -70 } },
    )
  })

  test('lists the drafts that stand in the way', async () => {
    const { draft_id } = await t.run(saveVoucherDraft, { day: '2026-01-20', summary: '房租', lines: [] })
    await t.run(saveVoucherDraft, { day: '2026-02-01', summary: '水电', lines: [] })
    expect(await t.refused(lockPeriod, { through: '2026-01-31' })).toEqual(
      { code: 'accounting.draftsInPeriod', details: { count: 1, drafts: ['2026-01-20 房租'] } },
    )
    expect((await t.ask(periods, {})).blockers.drafts.map((d) => d.draft_id)).toEqual([draft_id])
    await t.run(postVoucher, { ...sale('2026-01-20'), draft_id })
    await t.run(lockPeriod, { through: '2026-01-31' })
  })

  test('lets upper floors post into the period before it closes', async () => {
    const seen: string[] = []
    const accruals = defineModule({
      name: 'accruals',
      floor: 9,
      reactions: [
        on(periodLocking, async (ctx, { through, previous }) => {
          seen.push(`${previous} ${await firstOpenDay(ctx)}`)
          await postEntry(
            ctx,
            {
              day: through, kind: 'accrual', summary: '暂估收入',
              lines: [{ account_id: id('1001'), debit_minor: 800 }, { role: 'revenue', credit_minor: 800 }],
            },
          )
        }),
        on(periodLocked, async (ctx) => void seen.push(await firstOpenDay(ctx))),
      ],
    })
    const bus = new Bus({
      engine: t.office.engine,
      registry: buildRegistry([...t.office.registry.modules, accruals]),
      world: {
        now: () => Date.UTC(2026, 2, 10), today: () => t.today, logDefect: String, staged: () => Promise.reject(new Error('none')),
        breathe: async () => {}, passwordFits: async () => false, keepSecret: async () => undefined, storedBytes: async () => undefined, hashPassword: async () => 'x',
      },
    })
    const userId = (await bus.people()).ownerId!
    const answer = await bus.run(
      { name: lockPeriod.name, input: { through: '2026-02-28' }, commandId: newCommandId() }, { userId, desk: 'test' },
    )
    expect(answer).toEqual({ ok: true, output: { locked_through: '2026-02-28' } })
    expect(seen).toEqual(['2025-12-31 2026-01-01', '2026-03-01'])
    expect((await t.ask(journal, { kind: 'accrual' })).rows).toMatchObject(
      [{ day: '2026-02-28', period: '2026-02', number: 1, total_minor: 800 }],
    )
  })
})

describe('reopening', () => {
  test('takes the last closed month only, with a reason that stays; what is posted stays posted', async () => {
    await t.run(postVoucher, sale('2026-01-15'))
    await t.run(lockPeriod, { through: '2026-02-28' })
    expect(await t.refused(unlockPeriod, { period: '2026-01', reason: '漏记' })).toEqual(
      { code: 'accounting.notLastClosed', details: { period: '2026-01', last_closed: '2026-02' } },
    )
    expect(await t.run(unlockPeriod, { period: '2026-02', reason: '漏记运费' })).toEqual({ locked_through: '2026-01-31' })
    expect(await t.run(unlockPeriod, { period: '2026-01', reason: '漏记房租' })).toEqual({ locked_through: '2025-12-31' })
    expect((await t.refused(unlockPeriod, { period: '2025-12', reason: 'x' })).code).toBe('accounting.nothingLocked')
    const { events } = await t.ask(periods, {})
    expect(events.map((e) => [e.previous, e.locked_through, e.reason])).toEqual([
      ['2026-01-31', '2025-12-31', '漏记房租'], ['2026-02-28', '2026-01-31', '漏记运费'], ['2025-12-31', '2026-02-28', null],
    ])
    await expect(
      t.office.engine.write((db) => db.run(entry, "update accounting_entry set day = '2026-01-16'")),
    ).rejects.toMatchObject({ code: 'accounting.postedIsPermanent' })
  })

  test('books that begin within a month reopen to the day before they began', async () => {
    const mid = await testOffice({ first_day: '2026-01-10' }, { today: '2026-03-10' })
    await mid.run(lockPeriod, { through: '2026-01-31' })
    expect(await mid.run(unlockPeriod, { period: '2026-01', reason: '漏记' })).toEqual({ locked_through: '2026-01-09' })
  })

  test('needs a permission that a bookkeeper does not have', async () => {
    const bookkeeper = await colleague(t, 'bookkeeper')
    await t.run(lockPeriod, { through: '2026-01-31' }, bookkeeper)
    expect((await t.refused(unlockPeriod, { period: '2026-01', reason: 'x' }, bookkeeper)).code).toBe('platform.notPermitted')
  })
})

test('the lock holds below the code', async () => {
  const customer = await party(t, '王记')
  const paid = await t.run(receivePayment, { party_id: customer, day: '2026-02-02', method: 'cash', amount_minor: 100 })
  await t.run(lockPeriod, { through: '2026-01-31' })
  const write = (work: Parameters<typeof t.office.engine.write>[0]) => t.office.engine.write(work)
  const locked = { code: 'accounting.periodLocked' }
  const head = {
    id: 'x', word: '记', period: '2026-01', number: 99, day: '2026-01-31', kind: 'manual', summary: '硬写', posted_by: 'x', posted_at: 1,
    attachments: 0, total_minor: 0,
  }
  await expect(write((db) => db.insert(entry, head))).rejects.toMatchObject(locked)
  await expect(
    write((db) => db.insert(entryLine, { entry_id: paid.entry_id, line_no: 9, day: '2026-01-31', account_id: id('1001') })),
  ).rejects.toMatchObject(locked)
  await expect(
    write((db) =>
      db.insert(
        paymentTable,
        {
          id: 'x', number: 'X', kind: 'receipt', party_id: customer, party_name: '', day: '2026-01-05', method: 'cash',
          entry_id: paid.entry_id, created_by: 'x', created_at: 1,
        },
      ),
    ),
  ).rejects.toMatchObject(locked)
  await expect(
    write(
      (db) => db.insert(
        allocation,
        { id: 'x', positive_id: paid.open_item_id, negative_id: paid.open_item_id, day: '2026-01-05', created_by: 'x', created_at: 1 },
      ),
    ),
  ).rejects.toMatchObject(locked)
  const permanent = { code: 'accounting.postedIsPermanent' }
  await expect(write((db) => db.run(lock, 'delete from accounting_lock'))).rejects.toMatchObject(permanent)
  await expect(write((db) => db.run(paymentTable, 'update accounting_payment set amount_minor = 1'))).rejects.toMatchObject(permanent)
  await expect(write((db) => db.run(allocation, 'delete from accounting_open_item'))).rejects.toMatchObject(permanent)
})

test('doors tell the first open day and refuse closed ones', async () => {
  expect(await inCommand(t, firstOpenDay)).toBe('2026-01-01')
  expect((await refusedInCommand(t, (ctx) => assertOpenDay(ctx, '2025-12-31'))).code).toBe('accounting.periodLocked')
  await inCommand(t, (ctx) => assertOpenDay(ctx, '2026-01-01'))
  expect((await t.ask(trialBalance, { from: '2026-01-01', to: '2026-01-31' })).rows).toEqual([])
})
