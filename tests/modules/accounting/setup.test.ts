import { beforeEach, describe, expect, test } from 'vitest'
import { accounts, createAccount, postOpeningItems, postVoucher, setAccountRole, updateAccount } from '../../../src-main/modules/accounting/contract.ts'
import { postEntry } from '../../../src-main/modules/accounting/index.ts'
import { updateCompany } from '../../../src-main/modules/platform/contract.ts'
import { testOffice, type TestOffice } from '../../support/office.ts'
import { codes, inCommand, party, refusedInCommand } from './books.ts'

let t: TestOffice
let id: (code: string) => string
beforeEach(async () => {
  t = await testOffice()
  id = await codes(t)
})

const voucher = (debit: string, credit: string) => ({
  day: '2026-01-05', summary: 'x', lines: [{ account_id: id(debit), debit_minor: 100 }, { account_id: id(credit), credit_minor: 100 }],
})

describe('accounts', () => {
  test('grow below others by two characters and inherit class and side', async () => {
    const { account_id } = await t.run(createAccount, { code: '100202', name_zh: '一般户' })
    await t.run(createAccount, { code: '1602'.concat('01'), name_zh: '房屋折旧', name_en: 'Buildings' })
    const { rows } = await t.ask(accounts, {})
    expect(rows.find((r) => r.account_id === account_id)).toMatchObject(
      { class: 'asset', direction: 'debit', level: 2, is_leaf: 1, name_en: '一般户', parent_id: id('1002') },
    )
    expect(rows.find((r) => r.code === '160201')).toMatchObject({ direction: 'credit', name_en: 'Buildings' })
    expect(rows.find((r) => r.code === '1602')).toMatchObject({ is_leaf: 0 })
    await t.run(createAccount, { code: '2711', name_zh: '专项应付款', class: 'liability' })
    expect(
      (await t.ask(accounts, {})).rows.find((r) => r.code === '2711'),
    ).toMatchObject({ direction: 'credit', parent_id: null, level: 1 })
  })

  test('must follow the code rule, be new, and not stand below one that takes lines or plays a part', async () => {
    const says = async (input: object) => (await t.refused(createAccount, { name_zh: 'x', ...input })).code
    expect(await says({ code: '10020' })).toBe('accounting.accountCodeRule')
    expect(await says({ code: '100' })).toBe('accounting.accountCodeRule')
    expect(await says({ code: '100299', parent_id: id('1001') })).toBe('accounting.accountCodeRule')
    expect(await says({ code: '2711', parent_id: id('1001') })).toBe('accounting.accountCodeRule')
    expect(await says({ code: '1002' })).toBe('accounting.accountCodeTaken')
    expect(await says({ code: '2711' })).toBe('accounting.accountClassNeeded')
    expect(await says({ code: '271101' })).toBe('accounting.accountNotFound')
    await t.run(postVoucher, voucher('1101', '1001'))
    expect(await says({ code: '110101' })).toBe('accounting.accountHasEntries')
    expect(await says({ code: '100101' })).toBe('accounting.accountHasEntries')
    expect(await says({ code: '500101' })).toBe('accounting.accountInUse')
    expect(await says({ code: '11220101' })).toBe('accounting.accountInUse')
  })

  test('are switched off only when nothing leads to them and they are empty', async () => {
    expect((await t.refused(updateAccount, { account_id: id('1001'), is_active: 0 })).code).toBe('accounting.accountInUse')
    expect((await t.refused(updateAccount, { account_id: id('2203'), is_active: 0 })).code).toBe('accounting.accountInUse')
    await t.run(postVoucher, voucher('1101', '1001'))
    expect(await t.refused(updateAccount, { account_id: id('1101'), is_active: 0 }))
      .toEqual({ code: 'accounting.accountHasBalance', details: { code: '1101', name: '短期投资', balance_minor: 100 } })
    await t.run(updateAccount, { account_id: id('1121'), is_active: 0, name_zh: '应收票据（停用）' })
    expect((await t.ask(accounts, { active_only: 1 })).rows.some((r) => r.code === '1121')).toBe(false)
    await t.run(updateAccount, { account_id: id('1121'), is_active: 1 })
    expect((await t.refused(updateAccount, { account_id: id('112201'), allows_manual: 1 })).code).toBe('accounting.controlAccount')
    expect(
      (await t.refused(updateAccount, { account_id: id('1121').replace(/.$/, (c) => (c === '0' ? '1' : '0')), is_active: 1 })).code,
    ).toBe('accounting.accountNotFound')
  })
})

describe('roles', () => {
  test('move to another account for what comes; control roles only to an untouched one, which becomes a control account', async () => {
    await t.run(createAccount, { code: '2711', name_zh: '预收货款', class: 'liability' })
    id = await codes(t)
    await t.run(setAccountRole, { role: 'customer_advances', account_id: id('2711') })
    expect((await t.ask(accounts, {})).rows.find((r) => r.code === '2711')).toMatchObject(
      { control: 'customer_advances', allows_manual: 0, roles: ['customer_advances'] },
    )
    expect((await t.refused(postVoucher, voucher('2711', '1001'))).code).toBe('accounting.controlAccount')
    await t.run(setAccountRole, { role: 'expense', account_id: id('560204') })
    await inCommand(t, (ctx) =>
      postEntry(
        ctx,
        {
          day: '2026-01-05', kind: 'document', summary: 'x', source: { kind: 'purchasing.bill', id: ctx.newId(), number: 'B' },
          lines: [{ role: 'expense', debit_minor: 5 }, { account_id: id('1001'), credit_minor: 5 }],
        },
      ))
    await t.run(setAccountRole, { role: 'customer_advances', account_id: id('2203') })
    await t.run(postOpeningItems, {
      items: [{ side: 'receivable', party_id: await party(t, '王记'), number: 'A', day: '2025-12-01', due_on: '2025-12-01', amount_minor: -500 }],
    })
    expect(await t.refused(setAccountRole, { role: 'customer_advances', account_id: id('2711') }))
      .toEqual({ code: 'accounting.accountHasBalance', details: { code: '2203', name: '预收账款', balance_minor: -500 } })
  })

  test('do not lead to accounts that cannot take them', async () => {
    const says = async (role: string, code: string) => (await t.refused(setAccountRole, { role, account_id: id(code) })).code
    expect(await says('expense', '112201')).toBe('accounting.controlAccount')
    expect(await says('payable', '112201')).toBe('accounting.controlAccount')
    expect(await says('expense', '5602')).toBe('accounting.accountNotLeaf')
    await t.run(postVoucher, voucher('1221', '1101'))
    expect(await says('receivable', '1221')).toBe('accounting.accountHasEntries')
    expect(await says('receivable', '5001')).toBe('accounting.accountInUse')
    await t.run(updateAccount, { account_id: id('1121'), is_active: 0 })
    expect(await says('expense', '1121')).toBe('accounting.accountInactive')
  })
})

test('documents do not post to accounts that are switched off or have sub-accounts', async () => {
  const post = (code: string) =>
    refusedInCommand(t, (ctx) =>
      postEntry(
        ctx,
        {
          day: '2026-01-05', kind: 'document', summary: 'x', source: { kind: 'x', id: ctx.newId(), number: null },
          lines: [{ account_id: id(code), debit_minor: 5 }, { role: 'revenue', credit_minor: 5 }],
        },
      ))
  await t.run(updateAccount, { account_id: id('1121'), is_active: 0 })
  expect(await post('1121')).toMatchObject({ code: 'accounting.accountInactive', details: { code: '1121', name: '应收票据' } })
  expect((await post('1122')).code).toBe('accounting.accountNotLeaf')
})

describe('a company that becomes a general taxpayer', () => {
  const vat = async () => (await t.ask(accounts, {})).rows.filter((r) => r.code.startsWith('2221')).map((r) => [r.code, r.roles, r.is_leaf])

  test('gets the columns of VAT below 应交增值税 while nothing stands there', async () => {
    await t.run(updateCompany, { taxpayer: 'general' })
    const rows = await vat()
    expect(rows).toContainEqual(['222101', [], 0])
    expect(rows).toContainEqual(['22210101', ['input_tax'], 1])
    expect(rows).toContainEqual(['22210102', ['output_tax'], 1])
    expect(rows).toContainEqual(['222102', [], 1])
    // Back and forth again changes nothing more.
    await t.run(updateCompany, { taxpayer: 'small' })
    await t.run(updateCompany, { taxpayer: 'general' })
    expect(await vat()).toEqual(rows)
  })

  test('gets them beside it once it has lines, under the next free code', async () => {
    await t.run(createAccount, { code: '222107', name_zh: '自设' })
    await t.run(postVoucher, voucher('1001', '222101'))
    await t.run(updateCompany, { taxpayer: 'general' })
    const rows = await vat()
    expect(rows).toContainEqual(['222101', [], 1])
    expect(rows).toContainEqual(['222108', [], 0])
    expect(rows).toContainEqual(['22210801', ['input_tax'], 1])
    expect(rows).toContainEqual(['22210802', ['output_tax'], 1])
    const after = (await t.ask(accounts, {})).rows.find((r) => r.code === '222108')!
    expect(after).toMatchObject({ name_zh: '应交增值税（一般纳税人）', class: 'liability', level: 2 })
  })
})
