import { beforeEach, describe, expect, test } from 'vitest'
import {
  allocateItems, createPaymentMethod, entry, openItems, partyBalance, payment, payments, paySupplier, postOpeningBalances, postOpeningItems, receivePayment,
  receiveSupplierRefund, refundCustomer, reversePayment, reverseVoucher, undoAllocation, updatePaymentMethod, writeOffBadDebt,
} from '../../../src-main/modules/accounting/contract.ts'
import { testOffice, type TestOffice } from '../../support/office.ts'
import { closing, codes, colleague, inCommand, party } from './books.ts'

let t: TestOffice
let id: (code: string) => string
let wang: string
let supplier: string

/** What 王记 owes: RE-1 1,000.00 due 01-31, RE-2 300.00; a credit note CN-1 of 200.00. The supplier is owed ER-1 800.00 and gave a credit of 50.00. */
beforeEach(async () => {
  t = await testOffice()
  id = await codes(t)
  wang = await party(t, '王记小吃')
  supplier = await party(t, '城南批发', { is_supplier: 1 })
  await postDocuments()
})

/** Receivables and payables as documents make them: an entry on the control account and an open item. */
async function postDocuments(): Promise<void> {
  const { addOpenItem, postEntry } = await import('../../../src-main/modules/accounting/index.ts')
  const documents = [
    ['receivable', wang, 'RE-1', 100000, '2026-01-31'],
    ['receivable', wang, 'RE-2', 30000, '2026-01-05'],
    ['receivable', wang, 'CN-1', -20000, '2026-01-05'],
    ['payable', supplier, 'ER-1', 80000, '2026-02-05'],
    ['payable', supplier, 'EC-1', -5000, '2026-01-05'],
  ] as const
  await inCommand(t, async (ctx) => {
    for (const [side, party_id, number, amount_minor, due_on] of documents) {
      const source = { kind: side === 'receivable' ? 'sales.invoice' : 'purchasing.bill', id: ctx.newId() }
      const lines = side === 'receivable'
        ? [{ role: 'receivable', party_id, debit_minor: amount_minor }, { role: 'revenue', credit_minor: amount_minor }] as const
        : [{ role: 'expense', debit_minor: amount_minor }, { role: 'payable', party_id, credit_minor: amount_minor }] as const
      await postEntry(ctx, { day: '2026-01-05', kind: 'document', summary: number, source: { ...source, number }, lines })
      await addOpenItem(ctx, { side, party_id, account_role: side, source, number, day: '2026-01-05', due_on, amount_minor })
    }
  })
}

/** Open items by number. */
async function items(side: 'receivable' | 'payable' = 'receivable') {
  const { rows } = await t.ask(openItems, { side, include_settled: 1 })
  return Object.fromEntries(rows.map((r) => [r.number, r]))
}
const open = async (side: 'receivable' | 'payable' = 'receivable') =>
  Object.fromEntries((await t.ask(openItems, { side })).rows.map((r) => [r.number, r.open_minor]))
const linesOf = async (entry_id: string) =>
  (await t.ask(entry, { entry_id })).lines.map((l) => [l.account_code, l.debit_minor, l.credit_minor])
const unknown = (known: string) => known.replace(/.$/, (c) => (c === '0' ? '1' : '0'))

describe('a receipt', () => {
  test('settles an invoice with a discount, the rest is an advance: one entry', async () => {
    const { 'RE-1': re1, 'RE-2': re2 } = await items()
    // 1,000.00 is settled by 990.00 and 10.00 discount, 300.00 in part by 100.00; 110.00 of 1,200.00 stay.
    const paid = await t.run(receivePayment, {
      party_id: wang, day: '2026-01-10', method: 'wechat', amount_minor: 120000, reference: 'WX-77',
      allocations: [
        { open_item_id: re1!.open_item_id, amount_minor: 99000, discount_minor: 1000 },
        { open_item_id: re2!.open_item_id, amount_minor: 10000 },
      ],
    })
    expect(paid.number).toBe('RC2026-00001')
    expect(await linesOf(paid.entry_id)).toEqual([['101201', 120000, 0], ['2203', 0, 11000], ['112201', 0, 110000], ['560304', 1000, 0]])
    expect(await open()).toEqual({ 'RE-2': 20000, 'CN-1': -20000, 'RC2026-00001': -11000 })
    expect(await t.ask(payment, { payment_id: paid.payment_id })).toMatchObject({
      amount_minor: 120000, allocated_minor: 109000, discount_minor: 1000, open_minor: 11000, reference: 'WX-77', method_name_zh: '微信支付',
      entry: { word: '记', number: 6 }, allocations: [
        { number: 'RE-1', amount_minor: 99000, discount_minor: 1000 }, { number: 'RE-2', amount_minor: 10000 },
      ],
    })
    expect(await t.ask(partyBalance, { party_id: wang })).toMatchObject({
      receivable_minor: 20000, receivable_credit_minor: -31000, receivable_overdue_minor: 20000, net_minor: -11000,
    })
  })

  test('without an invoice is an advance; used later it moves from 2203 to 1122', async () => {
    const deposit = await t.run(receivePayment, { party_id: wang, day: '2026-01-08', method: 'cash', amount_minor: 50000 })
    expect(await linesOf(deposit.entry_id)).toEqual([['1001', 50000, 0], ['2203', 0, 50000]])
    const { 'RE-1': re1 } = await items()
    const pairs = [{ positive_id: re1!.open_item_id, negative_id: deposit.open_item_id, amount_minor: 50000 }]
    const { entry_id } = await t.run(allocateItems, { party_id: wang, day: '2026-01-12', pairs })
    expect(await linesOf(entry_id!)).toEqual([['112201', 0, 50000], ['2203', 50000, 0]])
    expect(await open()).toEqual({ 'RE-1': 50000, 'RE-2': 30000, 'CN-1': -20000 })
    expect((await t.ask(openItems, { side: 'receivable', as_of: '2026-01-11' })).rows.map((r) => [r.number, r.open_minor])).toEqual([
      ['RE-2', 30000], ['CN-1', -20000], ['RC2026-00001', -50000], ['RE-1', 100000],
    ])

    const { allocations } = await t.ask(payment, { payment_id: deposit.payment_id })
    const undone = await t.run(undoAllocation, { allocation_id: allocations[0]!.allocation_id, day: '2026-01-14' })
    expect(await linesOf(undone.entry_id!)).toEqual([['112201', 0, -50000], ['2203', -50000, 0]])
    expect(await open()).toMatchObject({ 'RE-1': 100000, 'RC2026-00001': -50000 })
    expect(
      (await t.refused(undoAllocation, { allocation_id: allocations[0]!.allocation_id, day: '2026-01-14' })).code,
    ).toBe('accounting.allocationAlreadyUndone')
  })

  test('that bounced is reversed: what it settled is open again, with its discount, later settlements included', async () => {
    const { 'RE-1': re1, 'RE-2': re2 } = await items()
    const before = await closing(t)
    const paid = await t.run(receivePayment, {
      party_id: wang, day: '2026-01-10', method: 'bank', amount_minor: 100000, allocations: [
        { open_item_id: re1!.open_item_id, amount_minor: 60000, discount_minor: 500 },
      ],
    })
    await t.run(
      allocateItems,
      {
        party_id: wang, day: '2026-01-11', pairs: [{ positive_id: re2!.open_item_id, negative_id: paid.open_item_id, amount_minor: 15000 }],
      },
    )
    const back = await t.run(reversePayment, { payment_id: paid.payment_id, day: '2026-01-13', reason: '转账被退回' })
    expect(back.number).toBe('RC2026-00002')
    expect(await linesOf(back.entry_id)).toEqual([['100201', -100000, 0], ['2203', 0, -25000], ['112201', 0, -75500], ['560304', -500, 0]])
    expect(await t.ask(entry, { entry_id: back.entry_id })).toMatchObject(
      { kind: 'reversal', reverses_id: paid.entry_id, summary: '冲销RC2026-00001：转账被退回' },
    )
    expect(await closing(t)).toEqual(before)
    expect(await open()).toEqual({ 'RE-1': 100000, 'RE-2': 30000, 'CN-1': -20000 })
    const { rows, amount_minor } = await t.ask(payments, { kind: 'receipt' })
    expect(
      rows.map((r) => [r.number, r.amount_minor, r.allocated_minor, r.open_minor]),
    ).toEqual([['RC2026-00002', -100000, 0, 0], ['RC2026-00001', 100000, 0, 0]])
    expect(amount_minor).toBe(0)
    expect(
      (await t.refused(reversePayment, { payment_id: paid.payment_id, day: '2026-01-13', reason: '再次' })).code,
    ).toBe('accounting.paymentAlreadyReversed')
    expect(
      (await t.refused(reversePayment, { payment_id: back.payment_id, day: '2026-01-13', reason: '再次' })).code,
    ).toBe('accounting.paymentIsReversal')
  })

  test('whose reversal settles it for good cannot be revived', async () => {
    const paid = await t.run(receivePayment, { party_id: wang, day: '2026-01-10', method: 'bank', amount_minor: 100 })
    await t.run(reversePayment, { payment_id: paid.payment_id, day: '2026-01-10', reason: '录错' })
    const { allocations } = await t.ask(payment, { payment_id: paid.payment_id })
    expect(allocations).toMatchObject([{ is_final: 1, amount_minor: 100 }])
    expect(
      (await t.refused(undoAllocation, { allocation_id: allocations[0]!.allocation_id, day: '2026-01-10' })).code,
    ).toBe('accounting.allocationIsFinal')
  })

  test('is reversed on its day or later, and only where it exists', async () => {
    const paid = await t.run(receivePayment, { party_id: wang, day: '2026-01-10', method: 'bank', amount_minor: 100 })
    expect(
      (await t.refused(reversePayment, { payment_id: paid.payment_id, day: '2026-01-09', reason: 'x' })).code,
    ).toBe('accounting.reversalTooEarly')
    expect(
      (await t.refused(reversePayment, { payment_id: unknown(paid.payment_id), day: '2026-01-10', reason: 'x' })).code,
    ).toBe('accounting.paymentNotFound')
    expect((await t.refused(payment, { payment_id: unknown(paid.payment_id) })).code).toBe('accounting.paymentNotFound')
  })
})

describe('a refund', () => {
  test('goes back out of a credit note (1122) or an advance (2203)', async () => {
    const { 'CN-1': cn1 } = await items()
    const deposit = await t.run(receivePayment, { party_id: wang, day: '2026-01-08', method: 'cash', amount_minor: 50000 })
    const refund = await t.run(refundCustomer, {
      party_id: wang, day: '2026-01-09', method: 'alipay', amount_minor: 30000,
      allocations: [{ open_item_id: cn1!.open_item_id, amount_minor: 20000 }, { open_item_id: deposit.open_item_id, amount_minor: 10000 }],
    })
    expect(refund.number).toBe('RF2026-00001')
    // The 100.00 out of the advance stay on 2203: debit and credit of one account in one entry are netted.
    expect(await linesOf(refund.entry_id)).toEqual([['101202', 0, 30000], ['2203', 10000, 0], ['112201', 20000, 0]])
    expect(await open()).toEqual({ 'RE-1': 100000, 'RE-2': 30000, 'RC2026-00001': -40000 })
  })

  test('needs a reason for all of it, and takes no discount', async () => {
    const { 'CN-1': cn1 } = await items()
    const input = { party_id: wang, day: '2026-01-09', method: 'cash', amount_minor: 30000 }
    expect(await t.refused(refundCustomer, { ...input, allocations: [{ open_item_id: cn1!.open_item_id, amount_minor: 20000 }] }))
      .toEqual({ code: 'accounting.refundNotCovered', details: { amount_minor: 30000, covered_minor: 20000 } })
    const discounted = {
      ...input, amount_minor: 20000, allocations: [{ open_item_id: cn1!.open_item_id, amount_minor: 20000, discount_minor: 1 }],
    }
    expect((await t.refused(refundCustomer, discounted)).code).toBe('accounting.discountNotAllowed')
  })

  test('of a receipt that is then reversed stands open against the customer', async () => {
    const deposit = await t.run(receivePayment, { party_id: wang, day: '2026-01-08', method: 'cash', amount_minor: 50000 })
    await t.run(
      refundCustomer,
      {
        party_id: wang, day: '2026-01-09', method: 'cash', amount_minor: 50000,
        allocations: [{ open_item_id: deposit.open_item_id, amount_minor: 50000 }],
      },
    )
    await t.run(reversePayment, { payment_id: deposit.payment_id, day: '2026-01-10', reason: '假币' })
    expect(await open()).toMatchObject({ 'RF2026-00001': 50000 })
    expect(await closing(t)).toMatchObject({ '2203': 50000, '1001': -50000 })
  })
})

describe('a supplier', () => {
  test('is paid with a discount taken, in advance too, and pays back', async () => {
    const { 'ER-1': er1, 'EC-1': ec1 } = await items('payable')
    const paid = await t.run(paySupplier, {
      party_id: supplier, day: '2026-01-10', method: 'bank', amount_minor: 90000, allocations: [
        { open_item_id: er1!.open_item_id, amount_minor: 79000, discount_minor: 1000 },
      ],
    })
    expect(await linesOf(paid.entry_id)).toEqual([['100201', 0, 90000], ['1123', 11000, 0], ['220201', 80000, 0], ['560305', 0, 1000]])
    expect(await open('payable')).toEqual({ 'EC-1': -5000, 'PY2026-00001': -11000 })
    const back = await t.run(receiveSupplierRefund, {
      party_id: supplier, day: '2026-01-12', method: 'bank', amount_minor: 16000,
      allocations: [{ open_item_id: ec1!.open_item_id, amount_minor: 5000 }, { open_item_id: paid.open_item_id, amount_minor: 11000 }],
    })
    expect(await linesOf(back.entry_id)).toEqual([['100201', 16000, 0], ['1123', 0, 11000], ['220201', 0, 5000]])
    expect(await open('payable')).toEqual({})
    const reversed = await t.run(reversePayment, { payment_id: back.payment_id, day: '2026-01-13', reason: '没到账' })
    expect(await linesOf(reversed.entry_id)).toEqual([['100201', -16000, 0], ['1123', 0, -11000], ['220201', 0, -5000]])
    expect(await open('payable')).toEqual({ 'EC-1': -5000, 'PY2026-00001': -11000 })
    expect(await t.ask(partyBalance, { party_id: supplier })).toMatchObject(
      { payable_minor: 0, payable_credit_minor: -16000, net_minor: 16000 },
    )
    const uncovered = {
      party_id: supplier, day: '2026-01-12', method: 'bank', amount_minor: 16001,
      allocations: [{ open_item_id: ec1!.open_item_id, amount_minor: 5000 }],
    }
    expect((await t.refused(receiveSupplierRefund, uncovered)).code).toBe('accounting.refundNotCovered')
  })
})

describe('what may not be settled', () => {
  const receipt = (open_item_id: string, more: object = {}) => ({
    party_id: wang, day: '2026-01-10', method: 'bank', amount_minor: 100000, allocations: [{ open_item_id, amount_minor: 100000, ...more }],
  })

  test('more than is open, or than was paid', async () => {
    const { 'RE-1': re1, 'RE-2': re2 } = await items()
    expect(await t.refused(receivePayment, receipt(re2!.open_item_id)))
      .toEqual({ code: 'accounting.overAllocated', details: { number: 'RE-2', open_minor: 30000, wanted_minor: 100000 } })
    expect((await t.refused(receivePayment, receipt(re1!.open_item_id, { discount_minor: 1 }))).code).toBe('accounting.overAllocated')
    expect(await t.refused(receivePayment, { ...receipt(re1!.open_item_id), amount_minor: 99999 }))
      .toEqual({ code: 'accounting.allocationsExceedPayment', details: { amount_minor: 99999, allocated_minor: 100000 } })
    const twice = {
      ...receipt(re2!.open_item_id), allocations: [1, 2].map(() => ({ open_item_id: re2!.open_item_id, amount_minor: 20000 })),
    }
    expect(await t.refused(receivePayment, twice)).toMatchObject(
      { code: 'accounting.overAllocated', details: { open_minor: 10000, wanted_minor: 20000 } },
    )
    expect((await t.ask(payments, {})).total).toBe(0)
  })

  test("another party's item, the other side, the wrong sign, or an item that is not there", async () => {
    const { 'RE-1': re1, 'CN-1': cn1 } = await items()
    const { 'ER-1': er1 } = await items('payable')
    const li = await party(t, '李家面馆')
    expect((await t.refused(receivePayment, { ...receipt(re1!.open_item_id), party_id: li })).code).toBe('accounting.openItemOfOtherParty')
    expect(
      (await t.refused(receivePayment, { ...receipt(er1!.open_item_id), party_id: supplier })).code,
    ).toBe('accounting.openItemSidesMixed')
    expect((await t.refused(receivePayment, receipt(cn1!.open_item_id))).code).toBe('accounting.allocationSigns')
    expect((await t.refused(receivePayment, receipt(unknown(re1!.open_item_id)))).code).toBe('accounting.openItemNotFound')
    const pairs = [{ positive_id: re1!.open_item_id, negative_id: cn1!.open_item_id, amount_minor: 1 }]
    expect((await t.refused(allocateItems, { party_id: li, day: '2026-01-10', pairs })).code).toBe('accounting.openItemOfOtherParty')
  })

  test('before the day of an item, or in closed books', async () => {
    const { 'RE-2': re2 } = await items()
    const early = {
      ...receipt(re2!.open_item_id), day: '2026-01-04', amount_minor: 30000,
      allocations: [{ open_item_id: re2!.open_item_id, amount_minor: 30000 }],
    }
    expect(await t.refused(receivePayment, early))
      .toEqual({ code: 'accounting.allocationTooEarly', details: { number: 'RE-2', day: '2026-01-04', item_day: '2026-01-05' } })
    expect(await t.refused(receivePayment, { ...early, day: '2025-12-31', allocations: [] }))
      .toEqual(
        { code: 'accounting.periodLocked', details: { day: '2025-12-31', locked_through: '2025-12-31', first_open_day: '2026-01-01' } },
      )
  })

  test('an undoing before its settlement, or what was never settled', async () => {
    const { 'RE-1': re1, 'CN-1': cn1 } = await items()
    await t.run(
      allocateItems,
      {
        party_id: wang, day: '2026-01-12', pairs: [{ positive_id: re1!.open_item_id, negative_id: cn1!.open_item_id, amount_minor: 20000 }],
      },
    )
    const row = await t.office.engine.read(
      (db) => db.get<{ id: string; entry_id: string | null }>('select id, entry_id from accounting_allocation'),
    )
    // Both stand on 1122: settling them moves nothing, so there is no entry.
    expect(row!.entry_id).toBeNull()
    expect((await t.refused(undoAllocation, { allocation_id: row!.id, day: '2026-01-11' })).code).toBe('accounting.allocationTooEarly')
    expect(
      (await t.refused(undoAllocation, { allocation_id: unknown(row!.id), day: '2026-01-13' })).code,
    ).toBe('accounting.allocationNotFound')
    expect(await t.run(undoAllocation, { allocation_id: row!.id, day: '2026-01-13' })).toEqual({ entry_id: null })
    const undoing = await t.office.engine.read(
      (db) => db.get<{ id: string }>('select id from accounting_allocation where undoes_id is not null'),
    )
    expect((await t.refused(undoAllocation, { allocation_id: undoing!.id, day: '2026-01-13' })).code).toBe('accounting.allocationNotFound')
  })
})

describe('payment methods', () => {
  test('lead to ordinary accounts; used ones keep theirs; inactive and unknown ones are refused', async () => {
    const input = { party_id: wang, day: '2026-01-10', method: 'bank', amount_minor: 100 }
    await t.run(createPaymentMethod, { code: 'bank2', name_zh: '一般户', account_id: id('1012'.concat('03')) })
    expect(
      (await t.refused(createPaymentMethod, { code: 'bank2', name_zh: '重复', account_id: id('1001') })).code,
    ).toBe('accounting.methodTaken')
    expect(
      (await t.refused(createPaymentMethod, { code: 'x', name_zh: '往来', account_id: id('2203') })).code,
    ).toBe('accounting.controlAccount')
    expect(
      (await t.refused(createPaymentMethod, { code: 'x', name_zh: '银行', account_id: id('1002') })).code,
    ).toBe('accounting.accountNotLeaf')
    expect((await t.refused(receivePayment, { ...input, method: 'cheque' })).code).toBe('accounting.methodNotFound')
    expect((await t.refused(updatePaymentMethod, { code: 'cheque', is_active: 0 })).code).toBe('accounting.methodNotFound')
    await t.run(updatePaymentMethod, { code: 'bank2', account_id: id('100201'), name_en: 'Second account' })
    await t.run(receivePayment, { ...input, method: 'bank2' })
    expect((await t.refused(updatePaymentMethod, { code: 'bank2', account_id: id('1001') })).code).toBe('accounting.methodInUse')
    await t.run(updatePaymentMethod, { code: 'bank2', is_active: 0 })
    // Said by its name, not by its code.
    expect(await t.refused(receivePayment, { ...input, method: 'bank2' })).toEqual({ code: 'accounting.methodInactive', details: { method: expect.not.stringMatching('bank2') } })
  })
})

describe('bad debt', () => {
  test('is written off to 571101 and can be taken back as a whole', async () => {
    const { 'RE-1': re1, 'RE-2': re2 } = await items()
    const written = await t.run(writeOffBadDebt, {
      party_id: wang, day: '2026-01-20', reason: '店已关门', items: [
        { open_item_id: re1!.open_item_id, amount_minor: 80000 }, { open_item_id: re2!.open_item_id, amount_minor: 30000 },
      ],
    })
    expect(await linesOf(written.entry_id)).toEqual([['571101', 110000, 0], ['112201', 0, 110000]])
    expect(await open()).toEqual({ 'RE-1': 20000, 'CN-1': -20000 })
    await t.run(reverseVoucher, { entry_id: written.entry_id, day: '2026-01-25' })
    expect(await open()).toEqual({ 'RE-1': 100000, 'RE-2': 30000, 'CN-1': -20000 })
    expect(await closing(t)).toMatchObject({ '112201': 110000 })
    expect(await closing(t)).not.toHaveProperty('571101')
    const tooMuch = { party_id: wang, day: '2026-01-20', reason: 'x', items: [{ open_item_id: re2!.open_item_id, amount_minor: 30001 }] }
    expect((await t.refused(writeOffBadDebt, tooMuch)).code).toBe('accounting.overAllocated')
  })
})

test('a salesperson sees and settles the money of own customers only', async () => {
  const me = await colleague(t, 'sales')
  const other = await colleague(t, 'sales')
  const assign = (party_id: string, user_id: string) =>
    inCommand(t, async (ctx) => {
      const { assignment } = await import('../../../db/schema/parties.ts')
      await ctx.db.insert(assignment, { party_id, user_id, from_day: '2026-01-01', seq: 1 })
    })
  const mine = await party(t, '我的客户')
  await assign(wang, other)
  await assign(mine, me)
  const input = { day: '2026-01-10', method: 'cash', amount_minor: 100 }
  expect((await t.refused(receivePayment, { ...input, party_id: wang }, me)).code).toBe('parties.partyNotFound')
  await t.run(receivePayment, { ...input, party_id: mine }, me)
  await t.run(receivePayment, { ...input, party_id: wang }, other)
  expect((await t.ask(payments, {}, me)).rows.map((r) => r.party_id)).toEqual([mine])
  expect((await t.ask(openItems, { side: 'receivable' }, me)).rows.map((r) => r.party_id)).toEqual([mine])
  expect(await t.ask(partyBalance, { party_id: wang }, me)).toMatchObject({ receivable_minor: 0, net_minor: 0 })
  expect((await t.refused(refundCustomer, { ...input, party_id: mine }, me)).code).toBe('platform.notPermitted')
})

test('opening balances of customers count as money too', async () => {
  await t.run(
    postOpeningItems,
    { items: [{ side: 'receivable', party_id: wang, number: 'ALT-1', day: '2025-11-30', due_on: '2025-12-30', amount_minor: 7000 }] },
  )
  await t.run(postOpeningBalances, { lines: [{ account_id: id('310415'), credit_minor: 7000 }] })
  const { 'ALT-1': alt } = await items()
  await t.run(
    receivePayment,
    {
      party_id: wang, day: '2026-01-10', method: 'cash', amount_minor: 7000,
      allocations: [{ open_item_id: alt!.open_item_id, amount_minor: 7000 }],
    },
  )
  expect(await open()).toEqual({ 'RE-1': 100000, 'RE-2': 30000, 'CN-1': -20000 })
})
