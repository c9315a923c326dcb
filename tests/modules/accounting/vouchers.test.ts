import { beforeEach, describe, expect, test } from 'vitest'
import {
  accounts, deleteVoucherDraft, entry, journal, postVoucher, reverseVoucher, reviewEntry, saveVoucherDraft, updateAccount, voucherDrafts,
} from '../../../src-main/modules/accounting/contract.ts'
import { postEntry } from '../../../src-main/modules/accounting/index.ts'
import { testOffice, type TestOffice } from '../../support/office.ts'
import { closing, codes, colleague, inCommand } from './books.ts'

let t: TestOffice
let id: (code: string) => string
beforeEach(async () => {
  t = await testOffice()
  id = await codes(t)
})

/** Rent of 1,200.00 paid from the bank. */
const rent = (day = '2026-01-15', amount = 120000) => ({
  day,
  summary: '付一月房租',
  lines: [
    { account_id: id('560205'), debit_minor: amount },
    { account_id: id('100201'), credit_minor: amount },
  ],
})

describe('manual vouchers', () => {
  test('are numbered by word and month in posting order; a refused one leaves no gap', async () => {
    expect(await t.run(postVoucher, rent())).toMatchObject({ word: '记', period: '2026-01', number: 1 })
    expect(
      (
        await t.refused(
          postVoucher, { ...rent(), lines: [{ account_id: id('1001'), debit_minor: 5 }, { account_id: id('5001'), credit_minor: 4 }] },
        )
      ).code,
    )
      .toBe('accounting.voucherUnbalanced')
    expect(await t.run(postVoucher, rent('2026-01-03'))).toMatchObject({ period: '2026-01', number: 2 })
    expect(await t.run(postVoucher, rent('2026-02-01'))).toMatchObject({ period: '2026-02', number: 1 })
    expect(await t.run(postVoucher, rent('2026-01-31'))).toMatchObject({ period: '2026-01', number: 3 })
    expect(await closing(t)).toEqual({ '560205': 480000, '100201': -480000 })
  })

  test('that do not balance are told by how much', async () => {
    const lines = [{ account_id: id('560205'), debit_minor: 120000 }, { account_id: id('100201'), credit_minor: 119999 }]
    expect(await t.refused(postVoucher, { ...rent(), lines })).toEqual({
      code: 'accounting.voucherUnbalanced',
      details: { debit_minor: 120000, credit_minor: 119999, difference_minor: 1 },
    })
    expect((await t.ask(journal, {})).total).toBe(0)
  })

  test('may not touch control accounts, accounts with sub-accounts, unknown, inactive or reserved ones', async () => {
    const against = (account_id: string) => (
      { ...rent(), lines: [{ account_id, debit_minor: 100 }, { account_id: id('1001'), credit_minor: 100 }] }
    )
    const says = async (account_id: string) => t.refused(postVoucher, against(account_id))
    for (const code of ['112201', '112202', '2203', '220201', '1123', '140501', '140502', '310499']) {
      expect(await says(id(code)), code).toMatchObject({ code: 'accounting.controlAccount', details: { code } })
    }
    expect(await says(id('1122'))).toEqual({ code: 'accounting.accountNotLeaf', details: { code: '1122', name: '应收账款' } })
    expect((await says(id('1001').replace(/.$/, (c) => (c === '0' ? '1' : '0')))).code).toBe('accounting.accountNotFound')
    await t.run(updateAccount, { account_id: id('1101'), is_active: 0 })
    expect((await says(id('1101'))).code).toBe('accounting.accountInactive')
    await t.run(updateAccount, { account_id: id('1121'), allows_manual: 0 })
    expect((await says(id('1121'))).code).toBe('accounting.manualNotAllowed')
  })

  test('of absurd size are refused, not miscounted', async () => {
    const big = 60_000_000_000_000
    const lines = [1, 2].flatMap(() => [{ account_id: id('1001'), debit_minor: big }, { account_id: id('5001'), credit_minor: big }])
    expect((await t.refused(postVoucher, { ...rent(), lines })).code).toBe('accounting.amountTooLarge')
  })

  test('red amounts are negative amounts on the same side', async () => {
    await t.run(
      postVoucher,
      { ...rent(), lines: [{ account_id: id('560302'), debit_minor: -300 }, { account_id: id('100201'), credit_minor: -300 }] },
    )
    expect(await closing(t)).toEqual({ '560302': -300, '100201': 300 })
  })

  test('a line says one side only', async () => {
    const both = { account_id: id('1001'), debit_minor: 5, credit_minor: 5 }
    const answer = await t.answer(postVoucher, { ...rent(), lines: [both, both] })
    expect(answer).toMatchObject({ ok: false, kind: 'invalid' })
  })
})

describe('reversal', () => {
  test('writes the same lines in red, quotes the voucher and links both', async () => {
    const { entry_id } = await t.run(postVoucher, rent('2026-01-05'))
    const reversal = await t.run(reverseVoucher, { entry_id, day: '2026-02-03' })
    expect(reversal).toMatchObject({ period: '2026-02', number: 1 })
    const shown = await t.ask(entry, { entry_id: reversal.entry_id })
    expect(shown).toMatchObject({ kind: 'reversal', summary: '注销1月5日记-1号凭证', total_minor: -120000, reverses: { entry_id, number: 1 } })
    expect(
      shown.lines.map((l) => [l.account_code, l.debit_minor, l.credit_minor]),
    ).toEqual([['560205', -120000, 0], ['100201', 0, -120000]])
    expect((await t.ask(entry, { entry_id })).reversed_by).toMatchObject({ entry_id: reversal.entry_id, day: '2026-02-03' })
    expect(await closing(t)).toEqual({})
  })

  test('happens once, not before its original, not of a reversal, and of documents only at the document', async () => {
    const { entry_id } = await t.run(postVoucher, rent('2026-01-05'))
    expect((await t.refused(reverseVoucher, { entry_id, day: '2026-01-04' })).code).toBe('accounting.reversalTooEarly')
    const reversal = await t.run(reverseVoucher, { entry_id, day: '2026-01-05' })
    expect((await t.refused(reverseVoucher, { entry_id, day: '2026-01-05' })).code).toBe('accounting.alreadyReversed')
    expect((await t.refused(reverseVoucher, { entry_id: reversal.entry_id, day: '2026-01-06' })).code).toBe('accounting.reversalIsFinal')
    const document = await inCommand(t, (ctx) =>
      postEntry(ctx, {
        day: '2026-01-06', kind: 'document', summary: '销售', source: { kind: 'sales.invoice', id: ctx.newId(), number: 'INV-1' },
        lines: [{ account_id: id('1001'), debit_minor: 10 }, { role: 'revenue', credit_minor: 10 }],
      }))
    expect(await t.refused(reverseVoucher, { entry_id: document!.id, day: '2026-01-06' }))
      .toMatchObject({ code: 'accounting.reverseAtSource', details: { source_kind: 'sales.invoice', source_number: 'INV-1' } })
    expect(
      (await t.refused(reverseVoucher, { entry_id: document!.id.replace(/.$/, (c) => (c === '0' ? '1' : '0')), day: '2026-01-06' })).code,
    ).toBe('accounting.entryNotFound')
  })

  test('works though the account was closed since', async () => {
    const lines = [{ account_id: id('1101'), debit_minor: 700 }, { account_id: id('1001'), credit_minor: 700 }]
    const first = await t.run(postVoucher, { ...rent(), lines })
    const back = await t.run(
      postVoucher, { ...rent(), lines: [{ account_id: id('1001'), debit_minor: 700 }, { account_id: id('1101'), credit_minor: 700 }] },
    )
    await t.run(updateAccount, { account_id: id('1101'), is_active: 0 })
    await t.run(reverseVoucher, { entry_id: first.entry_id, day: '2026-01-20' })
    await t.run(reverseVoucher, { entry_id: back.entry_id, day: '2026-01-20' })
    expect(await closing(t)).toEqual({})
  })
})

describe('drafts', () => {
  test('hold anything and no number; posting takes the draft away', async () => {
    const lines = [{ account_id: null, debit_minor: 120000 }, { account_id: id('100201'), summary: '房租', credit_minor: 100 }]
    const { draft_id } = await t.run(saveVoucherDraft, { day: '2026-01-15', summary: '房租', lines })
    expect((await t.ask(voucherDrafts, {})).rows).toMatchObject(
      [{ draft_id, lines: [{ account_id: null, debit_minor: 120000 }, { credit_minor: 100 }] }],
    )
    await t.run(saveVoucherDraft, { draft_id, day: '2026-01-16', lines: [] })
    expect((await t.ask(voucherDrafts, {})).rows).toMatchObject([{ draft_id, day: '2026-01-16', lines: [] }])
    expect(await t.run(postVoucher, { ...rent(), draft_id })).toMatchObject({ number: 1 })
    expect((await t.ask(voucherDrafts, {})).total).toBe(0)
  })

  test('that are gone are refused', async () => {
    const { draft_id } = await t.run(saveVoucherDraft, { day: '2026-01-15', lines: [] })
    await t.run(deleteVoucherDraft, { draft_id })
    expect((await t.refused(deleteVoucherDraft, { draft_id })).code).toBe('accounting.draftNotFound')
    expect((await t.refused(saveVoucherDraft, { draft_id, day: '2026-01-15', lines: [] })).code).toBe('accounting.draftNotFound')
    expect((await t.refused(postVoucher, { ...rent(), draft_id })).code).toBe('accounting.draftNotFound')
    expect((await t.ask(journal, {})).total).toBe(0)
  })
})

describe('review', () => {
  test('one person alone reviews what that person posted, once', async () => {
    const { entry_id } = await t.run(postVoucher, rent())
    expect(await t.run(reviewEntry, { entry_ids: [entry_id, entry_id], note: '附件齐全' })).toEqual({ reviewed: 1 })
    expect((await t.ask(entry, { entry_id })).reviews).toMatchObject([{ note: '附件齐全' }])
    expect((await t.refused(reviewEntry, { entry_ids: [entry_id] })).code).toBe('accounting.alreadyReviewed')
  })

  test('among several it is somebody else; the entry itself stays as it was', async () => {
    const { entry_id } = await t.run(postVoucher, rent())
    const other = await colleague(t, 'bookkeeper')
    expect((await t.refused(reviewEntry, { entry_ids: [entry_id] })).code).toBe('accounting.reviewOwnEntry')
    await t.run(reviewEntry, { entry_ids: [entry_id] }, other)
    expect((await t.ask(journal, {})).rows[0]).toMatchObject({ is_reviewed: 1, number: 1, total_minor: 120000 })
    expect(
      (await t.refused(reviewEntry, { entry_ids: [entry_id.replace(/.$/, (c) => (c === '0' ? '1' : '0'))] }, other)).code,
    ).toBe('accounting.entryNotFound')
  })
})

test('posted rows are permanent below the code', async () => {
  const { entry_id } = await t.run(postVoucher, rent())
  await t.run(reviewEntry, { entry_ids: [entry_id] })
  const { entry: entries, entryLine, review } = await import('../../../db/schema/accounting.ts')
  const attempts = [
    [entries, "update accounting_entry set summary = 'x'"],
    [entries, 'delete from accounting_entry'],
    [entryLine, 'update accounting_line set debit_minor = debit_minor + 1'],
    [entryLine, 'delete from accounting_line'],
    [review, 'delete from accounting_review'],
  ] as const
  for (const [table, sql] of attempts) {
    await expect(t.office.engine.write((db) => db.run(table, sql)), sql).rejects.toMatchObject({ code: 'accounting.postedIsPermanent' })
  }
  const { account } = await import('../../../db/schema/accounting.ts')
  await expect(
    t.office.engine.write((db) => db.run(account, "delete from accounting_account where code = '1801'")),
  ).rejects.toMatchObject({ code: 'accounting.accountIsPermanent' })
})

test('the voucher word is a setting; each word counts for itself', async () => {
  const { setting } = await import('../../../db/schema/platform.ts')
  await t.run(postVoucher, rent())
  await t.office.engine.write((db) => db.insert(setting, { key: 'accounting.voucherWord', value: JSON.stringify('转') }))
  expect(await t.run(postVoucher, rent())).toMatchObject({ word: '转', number: 1 })
  expect((await t.ask(journal, { text: '转-1' })).rows).toMatchObject([{ word: '转', number: 1 }])
  expect((await t.ask(accounts, { manual_only: 1 })).rows.every((a) => a.is_leaf === 1 && a.control === null)).toBe(true)
})
