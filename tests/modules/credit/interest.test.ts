import { expect, test } from 'vitest'
import * as accounting from '../../../src-main/modules/accounting/contract.ts'
import * as credit from '../../../src-main/modules/credit/contract.ts'
import { stretchesOf } from '../../../src-main/modules/credit/interest.ts'
import * as platform from '../../../src-main/modules/platform/contract.ts'
import * as sales from '../../../src-main/modules/sales/contract.ts'
import { addUser, openToOthers } from '../../support/people.ts'
import { E6, openShop, price } from '../sales/shop.ts'

const set = (t: Awaited<ReturnType<typeof openShop>>['t'], key: string, value: number) => t.run(platform.setSetting, { key: `credit.${key}`, value })

/** A shop that charges 0.05 % a day, and an invoice of 10,000.00 due on the 20th of January. */
async function charging() {
  const shop = await openShop()
  const { t, customer, freight } = shop
  await set(t, 'charges_interest', 1)
  const owe = (major: number, due_on: string) => t.run(sales.deliverDirect, { party_id: customer, lines: [{ item_id: freight, quantity_e6: E6, price_e4: price(major) }], due_on })
  await owe(10_000, '2026-01-20')
  const due = (more: object = {}) => t.ask(credit.customerInterest, { party_id: customer, ...more })
  const charge = (more: object = {}) => t.run(credit.chargeInterest, { party_id: customer, ...more })
  /** Money for the invoice. */
  const pay = async (amount_minor: number) => {
    const { rows } = await t.ask(accounting.openItems, { side: 'receivable', party_id: customer })
    const item = rows.find((r) => r.amount_minor === 1_000_000)!
    await t.run(accounting.receivePayment, { party_id: customer, day: t.today, method: 'bank', amount_minor, allocations: [{ open_item_id: item.open_item_id, amount_minor }] })
  }
  const balanceOf = async (role: 'late_interest' | 'output_tax') => {
    const { rows } = await t.ask(accounting.accounts, {})
    const { account_id } = rows.find((a) => a.roles.includes(role))!
    const sum = await t.office.engine.read((db) => db.get<{ n: number }>('select coalesce(sum(credit_minor - debit_minor), 0) as n from accounting_line where account_id = ?', [account_id]))
    return sum!.n
  }
  return { ...shop, owe, due, charge, pay, balanceOf }
}

test('interest runs on what is open at the end of each day, stretch by stretch', () => {
  const of = (settlements: { day: string; settled_minor: number }[], through_on = '2026-01-10') => stretchesOf({ amount_minor: 1_000_000, settlements, from_on: '2026-01-01', through_on, rate_e8: 50_000 })
  expect(of([])).toEqual([{ from_on: '2026-01-01', through_on: '2026-01-10', days: 10, base_minor: 1_000_000, interest_minor: 5_000 }])
  expect(of([{ day: '2026-01-06', settled_minor: 400_000 }])).toMatchObject([{ through_on: '2026-01-05', days: 5, interest_minor: 2_500 }, { from_on: '2026-01-06', days: 5, base_minor: 600_000, interest_minor: 1_500 }])
  // Paid in full, and the payment taken back: the days between bear none.
  expect(of([{ day: '2026-01-03', settled_minor: 1_000_000 }, { day: '2026-01-09', settled_minor: -1_000_000 }]).map((s) => s.days)).toEqual([2, 2])
  // 0.5 of a cent is a cent: 10.00 × 0.05 % × 1 = 0.005.
  expect(stretchesOf({ amount_minor: 1_000, settlements: [], from_on: '2026-01-01', through_on: '2026-01-01', rate_e8: 50_000 })[0]!.interest_minor).toBe(1)
})

test('what was open bears interest from the day after the due day; charged it is owed, income and tax; no day is charged twice', async () => {
  const { t, customer, due, charge, pay, balanceOf } = await charging()
  t.today = '2026-01-30'
  expect(await due()).toMatchObject({ is_charged: 1, rate_e8: 50_000, grace_days: 0, interest_minor: 5_000, rows: [{ from_on: '2026-01-21', through_on: '2026-01-30', days: 10, base_minor: 1_000_000 }] })
  const tax_before = await balanceOf('output_tax')
  const first = await charge({ tax_code: 'VAT6' })
  expect(first).toMatchObject({ number: 'LI2026-00001', gross_minor: 5_000 })
  const [told] = (await due()).charges
  expect(told).toMatchObject({ gross_minor: 5_000, tax_code: 'VAT6', through_on: '2026-01-30', reversed_on: null, lines: [{ days: 10 }] })
  expect(await balanceOf('late_interest')).toBe(5_000 - told!.tax_minor)
  expect((await balanceOf('output_tax')) - tax_before).toBe(told!.tax_minor)
  expect(await t.refused(credit.chargeInterest, { party_id: customer })).toMatchObject({ code: 'credit.noInterest' })
  const statement = await t.ask(sales.customerStatement, { party_id: customer, from: '2026-01-01', to: '2026-01-31' })
  expect(statement.rows.at(-1)).toMatchObject({ kind: 'interest', number: 'LI2026-00001', charged_minor: 5_000, balance_minor: 1_005_000 })
  // A part is paid on the fifth day after: that day counts with the rest only, and the charge itself bears nothing.
  t.today = '2026-02-04'
  await pay(400_000)
  t.today = '2026-02-09'
  expect((await due()).rows.map((r) => [r.from_on, r.days, r.base_minor, r.interest_minor])).toEqual([['2026-01-31', 4, 1_000_000, 2_000], ['2026-02-04', 6, 600_000, 1_800]])
  expect((await charge({ through_on: '2026-02-03', tax_code: null })).gross_minor).toBe(2_000)
  expect((await due()).interest_minor).toBe(1_800)
})

test('a charge is taken back by an opposite entry, and its days can be charged again', async () => {
  const { t, due, charge, balanceOf, customer } = await charging()
  t.today = '2026-01-30'
  const { interest_id } = await charge()
  await t.run(credit.reverseInterest, { interest_id, reason: '老客户，免收' })
  expect(await balanceOf('late_interest')).toBe(0)
  expect((await t.ask(sales.customerStatement, { party_id: customer, from: '2026-01-01', to: '2026-01-31' })).closing_minor).toBe(1_000_000)
  expect((await due()).charges[0]).toMatchObject({ reversed_on: '2026-01-30', reversed_reason: '老客户，免收' })
  expect((await t.refused(credit.reverseInterest, { interest_id, reason: '再来' })).code).toBe('credit.interestReversed')
  expect((await t.refused(credit.reverseInterest, { interest_id: customer, reason: '没有' })).code).toBe('credit.interestNotFound')
  expect((await charge()).gross_minor).toBe(5_000)
})

test('days of grace, what was paid late, a switch that is off, days to come, and who may', async () => {
  const { t, customer, due, pay } = await charging()
  await set(t, 'interest_grace_days', 5)
  t.today = '2026-01-25'
  expect((await due()).interest_minor).toBe(0)
  t.today = '2026-01-27'
  expect((await due()).rows).toMatchObject([{ from_on: '2026-01-26', days: 2, interest_minor: 1_000 }])
  await pay(1_000_000)
  t.today = '2026-01-28'
  expect((await due()).interest_minor).toBe(0)
  expect((await due({ of: 'paid' })).rows).toMatchObject([{ from_on: '2026-01-26', through_on: '2026-01-26', days: 1, interest_minor: 500 }])
  expect((await t.refused(credit.chargeInterest, { party_id: customer, through_on: '2026-02-01' })).code).toBe('credit.interestAhead')
  await openToOthers(t)
  const owner = await t.office.bus.people().then((p) => p.ownerId!)
  const amy = await addUser(t, { login: 'amy', role: 'sales' })
  expect((await t.refused(credit.chargeInterest, { party_id: customer, of: 'paid' }, amy)).code).toBe('platform.notPermitted')
  expect((await t.run(credit.chargeInterest, { party_id: customer, of: 'paid' }, owner)).gross_minor).toBe(500)
  await t.run(platform.setSetting, { key: 'credit.charges_interest', value: 0 }, owner)
  expect((await t.refused(credit.chargeInterest, { party_id: customer }, owner)).code).toBe('credit.interestOff')
})

test('a dunning letter tells what has accrued on top, and keeps it', async () => {
  const { t, customer, charge } = await charging()
  t.today = '2026-01-30'
  const { dunning_id } = await t.run(credit.dun, { party_id: customer })
  expect(await t.ask(credit.getDunning, { dunning_id })).toMatchObject({ total_minor: 1_000_000, interest_minor: 5_000, interest_rate_e8: 50_000 })
  await charge()
  expect(await t.ask(credit.getDunning, { dunning_id })).toMatchObject({ interest_minor: 5_000 })
})
