import { beforeEach, describe, expect, test } from 'vitest'
import { entry, journal, openItems } from '../../../src-main/modules/accounting/contract.ts'
import {
  accountIdOf, addOpenItem, allocate, cancelOpenItem, openItemsOf, partyBalanceOf, postBadDebt, postEntry, receive, reverseEntry, undoAllocations,
} from '../../../src-main/modules/accounting/index.ts'
import type { CommandCtx } from '../../../src-main/kernel/operation.ts'
import { testOffice, type TestOffice } from '../../support/office.ts'
import { closing, inCommand, party, refusedInCommand } from './books.ts'

let t: TestOffice
let customer: string
beforeEach(async () => {
  t = await testOffice()
  customer = await party(t, '王记小吃')
})

const source = (ctx: CommandCtx, number = 'INV-1') => ({ kind: 'sales.invoice', id: ctx.newId(), number })

/** An invoice as sales posts one: entry and open item. */
async function invoice(ctx: CommandCtx, number: string, amount_minor: number, day = '2026-01-05') {
  const of = source(ctx, number)
  const entry_id = (await postEntry(ctx, {
    day, kind: 'document', summary: number, source: of,
    lines: [{ role: 'receivable', party_id: customer, debit_minor: amount_minor }, { role: 'revenue', credit_minor: amount_minor }],
  }))!.id
  const item_id = (
    await addOpenItem(
      ctx, { side: 'receivable', party_id: customer, account_role: 'receivable', source: of, number, day, due_on: day, amount_minor },
    )
  )!
  return { entry_id, item_id, source: of }
}

describe('postEntry', () => {
  test('drops lines of 0; with none left it posts nothing and takes no number', async () => {
    const nothing = await inCommand(t, (ctx) =>
      postEntry(
        ctx,
        {
          day: '2026-01-05', kind: 'document', summary: '赠品', source: source(ctx),
          lines: [{ role: 'revenue', credit_minor: 0 }, { role: 'receivable', debit_minor: -0 }],
        },
      ))
    expect(nothing).toBeUndefined()
    const posted = await inCommand(t, (ctx) =>
      postEntry(ctx, {
        day: '2026-01-05', kind: 'document', summary: '开单', source: source(ctx),
        lines: [
          { role: 'receivable', party_id: customer, debit_minor: 113 }, { role: 'revenue', credit_minor: 113 },
          { role: 'output_tax', credit_minor: 0 },
        ],
      }))
    await inCommand(
      t,
      (ctx) => addOpenItem(
        ctx,
        {
          side: 'receivable', party_id: customer, account_role: 'receivable', source: source(ctx), number: 'x', day: '2026-01-05',
          due_on: '2026-01-05', amount_minor: 113,
        },
      ),
    )
    expect(posted).toMatchObject({ word: '记', period: '2026-01', number: 1 })
    expect((await t.ask(entry, { entry_id: posted!.id })).lines).toHaveLength(2)
  })

  test('takes an id beforehand, so that moves and documents may name the entry first', async () => {
    const [wanted, got] = await inCommand(t, async (ctx) => {
      const id = ctx.newId()
      const posted = await postEntry(
        ctx,
        {
          id, day: '2026-01-05', kind: 'document', summary: 'x', source: source(ctx),
          lines: [{ role: 'expense', debit_minor: 1 }, { role: 'revenue', credit_minor: 1 }],
        },
      )
      return [id, posted!.id]
    })
    expect(got).toBe(wanted)
  })

  test('an unbalanced entry, a control line without a party and a line with both sides are defects', async () => {
    const post = (lines: Parameters<typeof postEntry>[1]['lines']) =>
      inCommand(t, (ctx) => postEntry(ctx, { day: '2026-01-05', kind: 'document', summary: 'x', source: source(ctx), lines }))
    await expect(
      post([{ role: 'expense', debit_minor: 2 }, { role: 'revenue', credit_minor: 1 }]),
    ).rejects.toThrow('debit 2 is not credit 1')
    await expect(post([{ role: 'receivable', debit_minor: 1 }, { role: 'revenue', credit_minor: 1 }])).rejects.toThrow('names no party')
    await expect(post([{ role: 'expense', debit_minor: 1, credit_minor: 1 }])).rejects.toThrow('both sides')
    await expect(post([{ debit_minor: 1 }, { role: 'revenue', credit_minor: 1 }])).rejects.toThrow('neither account nor role')
    expect((await t.ask(journal, {})).total).toBe(0)
  })

  test('thousands of documents in one command are numbered without a gap and take few statements', async () => {
    const many = 2000
    const before = t.office.engine.statements()
    await inCommand(t, async (ctx) => {
      for (let i = 0; i < many; i++) {
        await postEntry(
          ctx,
          {
            day: '2026-01-05', kind: 'document', summary: 'x', source: source(ctx),
            lines: [{ role: 'expense', debit_minor: 7 }, { role: 'revenue', credit_minor: 7 }],
          },
        )
      }
    })
    // 16 rows a statement: 2,000 entries and 4,000 lines, and a handful around them.
    expect(t.office.engine.statements() - before).toBeLessThan(many / 16 + (2 * many) / 16 + 40)
    expect(await closing(t)).toEqual({ '560299': 7 * many, '5001': -7 * many })
    const { rows, total } = await t.ask(journal, { limit: 1 })
    expect([total, rows[0]!.number]).toEqual([many, many])
  })

  test('an opening entry after the first day is turnover of its month', async () => {
    const posted = await inCommand(t, (ctx) =>
      postEntry(
        ctx,
        {
          day: '2026-01-09', kind: 'opening', summary: '期初库存', source: { kind: 'inventory.adjustment', id: ctx.newId(), number: 'A-1' },
          lines: [{ role: 'expense', debit_minor: 5 }, { role: 'opening_clearing', credit_minor: 5 }],
        },
      ))
    expect((await t.ask(entry, { entry_id: posted!.id })).kind).toBe('document')
  })
})

describe('reverseEntry', () => {
  test('mirrors line by line, within the same command too, and only once', async () => {
    const { entry_id, reversal } = await inCommand(t, async (ctx) => {
      const posted = await postEntry(ctx, {
        day: '2026-01-05', kind: 'document', summary: '盘盈', source: source(ctx),
        lines: [
          { role: 'expense', debit_minor: 900 }, {
            role: 'pending_property', credit_minor: 900,
          }, { role: 'pending_property', debit_minor: 900 }, { role: 'inventory_gain', credit_minor: 900 },
        ],
      })
      const reversal = await reverseEntry(ctx, { entry_id: posted!.id, day: '2026-01-06', source: source(ctx, 'R-1'), summary: '冲销' })
      return { entry_id: posted!.id, reversal }
    })
    const lines = (await t.ask(entry, { entry_id: reversal.id })).lines.map((l) => [l.account_code, l.debit_minor, l.credit_minor])
    expect(lines).toEqual([['560299', -900, 0], ['190101', 0, -900], ['190101', -900, 0], ['530101', 0, -900]])
    expect(await closing(t)).toEqual({})
    expect(
      (await refusedInCommand(t, (ctx) => reverseEntry(ctx, { entry_id, day: '2026-01-06', source: source(ctx), summary: 'x' }))).code,
    ).toBe('accounting.alreadyReversed')
    expect(
      (
        await refusedInCommand(
          t, (ctx) => reverseEntry(ctx, { entry_id: reversal.id, day: '2026-01-05', source: source(ctx), summary: 'x' }),
        )
      ).code,
    ).toBe('accounting.reversalTooEarly')
    expect(
      (
        await refusedInCommand(
          t, (ctx) => reverseEntry(ctx, { entry_id: ctx.newId(), day: '2026-01-05', source: source(ctx), summary: 'x' }),
        )
      ).code,
    ).toBe('accounting.entryNotFound')
  })
})

describe('open items', () => {
  test('nothing owed opens no item', async () => {
    const none = await inCommand(
      t,
      (ctx) => addOpenItem(
        ctx,
        {
          side: 'receivable', party_id: customer, account_role: 'receivable', source: source(ctx), number: 'x', day: '2026-01-05',
          due_on: '2026-01-05', amount_minor: 0,
        },
      ),
    )
    expect(none).toBeUndefined()
  })

  test('sale, payment and settlement in one command write each row once', async () => {
    const before = t.office.engine.statements()
    const rows = await inCommand(t, async (ctx) => {
      const sold = await invoice(ctx, 'INV-1', 11300)
      await receive(
        ctx,
        {
          kind: 'receipt', party_id: customer, day: '2026-01-05', method: 'cash', amount_minor: 11300,
          pairs: [{ open_item_id: sold.item_id, amount_minor: 11300 }],
        },
      )
      await ctx.flush()
      return openItemsOf(ctx.db, { source_kind: 'sales.invoice', source_id: sold.source.id })
    })
    expect(rows).toMatchObject([{ amount_minor: 11300, settled_minor: 11300, number: 'INV-1' }])
    expect(t.office.engine.statements() - before).toBeLessThan(45)
    expect(await closing(t)).toEqual({ '1001': 11300, '5001': -11300 })
  })

  test('of a reversed invoice: its money stands as an advance again, item and opposite are settled for good', async () => {
    const sold = await inCommand(t, (ctx) => invoice(ctx, 'INV-1', 10000))
    const paid = await inCommand(t, (ctx) =>
      receive(
        ctx,
        {
          kind: 'receipt', party_id: customer, day: '2026-01-06', method: 'bank', amount_minor: 9000,
          pairs: [{ open_item_id: sold.item_id, amount_minor: 9000, discount_minor: 1000 }],
        },
      ))
    await inCommand(t, async (ctx) => {
      const reversal = source(ctx, 'INV-1R')
      await cancelOpenItem(ctx, { item_id: sold.item_id, day: '2026-01-08', source: reversal, number: 'INV-1R' })
      await reverseEntry(ctx, { entry_id: sold.entry_id, day: '2026-01-08', source: reversal, summary: '冲销 INV-1' })
    })
    expect(await closing(t)).toEqual({ '100201': 9000, '2203': -9000 })
    const { rows } = await t.ask(openItems, { include_settled: 1 })
    expect(rows.map((r) => [r.number, r.open_minor])).toEqual([['INV-1', 0], [paid.number, -9000], ['INV-1R', 0]])
    const again = (ctx: CommandCtx) => undoAllocations(ctx, { item_id: sold.item_id, day: '2026-01-09' })
    expect((await refusedInCommand(t, again)).code).toBe('accounting.allocationIsFinal')
  })

  test('undoing all allocations of an item that has none does nothing', async () => {
    const sold = await inCommand(t, (ctx) => invoice(ctx, 'INV-1', 10000))
    await inCommand(t, (ctx) => undoAllocations(ctx, { item_id: sold.item_id, day: '2026-01-05' }))
    expect((await t.ask(journal, {})).total).toBe(1)
  })

  test('many are settled in one command without reading each', async () => {
    const many = 300
    const before = t.office.engine.statements()
    await inCommand(t, async (ctx) => {
      for (let i = 0; i < many; i++) {
        const sold = await invoice(ctx, `INV-${i}`, 100 + i)
        await receive(
          ctx,
          {
            kind: 'receipt', party_id: customer, day: '2026-01-05', method: 'cash', amount_minor: 100 + i,
            pairs: [{ open_item_id: sold.item_id, amount_minor: 100 + i }],
          },
        )
      }
    })
    expect(t.office.engine.statements() - before).toBeLessThan(many)
    const balance = await t.office.engine.read((db) => partyBalanceOf(db, { party_id: customer, day: '2026-01-15' }))
    expect(balance).toMatchObject({ receivable_minor: 0, receivable_credit_minor: 0 })
  })

  test('an allocation names its own source where a document stands behind it', async () => {
    const sold = await inCommand(t, (ctx) => invoice(ctx, 'INV-1', 10000))
    const { entry_id } = await inCommand(t, async (ctx) => {
      const paid = await receive(ctx, { kind: 'receipt', party_id: customer, day: '2026-01-06', method: 'bank', amount_minor: 4000 })
      const pairs = [{ positive_id: sold.item_id, negative_id: paid.open_item_id, amount_minor: 4000 }]
      return allocate(
        ctx, { day: '2026-01-06', pairs, source: { kind: 'sales.invoice', id: sold.source.id, number: 'INV-1' }, summary: '定金抵货款' },
      )
    })
    expect(await t.ask(entry, { entry_id: entry_id! })).toMatchObject(
      { source_kind: 'sales.invoice', source_number: 'INV-1', summary: '定金抵货款', total_minor: 4000 },
    )
  })
})

test('a bad debt may be taken back by a negative one', async () => {
  await inCommand(t, async (ctx) => {
    await postBadDebt(ctx, { party_id: customer, day: '2026-01-05', amount_minor: 1106206, summary: 'Adjust bad debt', number: 'A563186' })
    await postBadDebt(ctx, { party_id: customer, day: '2026-01-05', amount_minor: -1106206, summary: 'Adjust bad debt', number: 'A563185' })
  })
  expect(await closing(t)).toEqual({})
  expect((await t.ask(openItems, {})).rows.map((r) => [r.number, r.open_minor])).toEqual([['A563186', -1106206], ['A563185', 1106206]])
})

test('roles lead to the accounts of the chart', async () => {
  const lead = await inCommand(t, async (ctx) => [await accountIdOf(ctx, 'receivable'), await accountIdOf(ctx, 'receivable')])
  expect(lead[0]).toBe(lead[1])
})
