import { expect, test } from 'vitest'
import { receivePayment } from '../../../src-main/modules/accounting/contract.ts'
import * as contracts from '../../../src-main/modules/contracts/contract.ts'
import { nextTerm, paidParts, planFault } from '../../../src-main/modules/contracts/plan.ts'
import * as crm from '../../../src-main/modules/crm/contract.ts'
import * as parties from '../../../src-main/modules/parties/contract.ts'
import * as platform from '../../../src-main/modules/platform/contract.ts'
import * as sales from '../../../src-main/modules/sales/contract.ts'
import { describeMeasured } from '../../support/paper-facts.ts'
import { addUser, openToOthers } from '../../support/people.ts'
import { paperOf, printed } from '../print/printing.ts'
import { E6, openShop, price } from '../sales/shop.ts'

const unknownId = '01900000-0000-7000-8000-000000000000'

async function selling() {
  const shop = await openShop()
  await openToOthers(shop.t)
  const amy = await addUser(shop.t, { login: 'amy', role: 'sales' })
  await shop.t.run(parties.assignParty, { party_id: shop.customer, user_id: amy })
  const form = {
    title: '全年供水', amount_minor: 120_000, starts_on: '2026-01-15', ends_on: '2027-01-14', remind_days: 30,
    plan: [{ due_on: '2026-01-31', amount_minor: 50_000 }, { due_on: '2026-06-30', amount_minor: 70_000, note: '验收后' }],
    lines: [{ item_id: shop.water, unit: '箱', quantity_e6: 10 * E6, price_e4: price(120) }],
  }
  return { ...shop, amy, form }
}

test('plans come to the amount, receipts pay part by part, and terms follow each other by months or days', () => {
  const plan = [{ due_on: '2026-01-31', amount_minor: 50 }, { due_on: '2026-06-30', amount_minor: 70 }]
  expect([planFault(plan, 120), planFault(plan, 121), planFault(plan.toReversed(), 120), planFault([plan[0]!, plan[0]!], 100)]).toEqual([undefined, 'differs', 'order', 'order'])
  const states = (paid_minor: number, today: string) => paidParts(plan, { paid_minor, today }).map((p) => `${p.paid_minor} ${p.state}`)
  expect(states(0, '2026-01-31')).toEqual(['0 open', '0 open'])
  expect(states(49, '2026-01-31')).toEqual(['49 part', '0 open'])
  expect(states(49, '2026-02-01')).toEqual(['49 late', '0 open'])
  expect(states(60, '2026-02-01')).toEqual(['50 paid', '10 part'])
  expect(states(500, '2026-07-01')).toEqual(['50 paid', '70 paid'])
  const next = (starts_on: string, ends_on: string) => { const { moved, ...term } = nextTerm({ starts_on, ends_on }); return [term.starts_on, term.ends_on, moved(starts_on)] }
  expect(next('2026-01-15', '2027-01-14')).toEqual(['2027-01-15', '2028-01-14', '2027-01-15'])
  expect(next('2027-03-01', '2028-02-29')).toEqual(['2028-03-01', '2029-02-28', '2028-03-01'])
  expect(next('2026-01-01', '2026-01-10')).toEqual(['2026-01-11', '2026-01-20', '2026-01-11'])
})

test('from an opportunity over its quote to a signed contract, its order and the money that comes for it; every link is followed both ways', async () => {
  const { t, amy, customer, water } = await selling()
  const { opportunity_id } = await t.run(crm.createOpportunity, { name: '全年供水', party_id: customer, lines: [{ item_id: water, quantity_e6: 120 * E6, price_e4: price(10) }] }, amy)
  const fresh = await t.run(contracts.draftContract, { opportunity_id }, amy)
  expect(await t.ask(contracts.getContract, fresh, amy)).toMatchObject({
    title: '全年供水', amount_minor: 120_000, ends_on: '2027-01-14', owner_name: 'amy', state: 'draft', number: null, lines: [{ item_name: '矿泉水', quantity_e6: 120 * E6 }],
    plan: [{ due_on: '2026-01-15', amount_minor: 120_000, state: 'open' }], opportunity: { id: opportunity_id },
  })
  await t.run(contracts.terminateContract, { contract_id: fresh.contract_id, reason: '按报价单重做' }, amy)
  const { quote_id } = await t.run(crm.quoteOpportunity, { opportunity_id }, amy)
  await t.run(sales.sendQuote, { quote_id }, amy)
  const { contract_id } = await t.run(contracts.draftContract, { quote_id }, amy)
  expect((await t.refused(contracts.orderContract, { contract_id }, amy)).code).toBe('contracts.stateForbids')
  expect((await t.refused(contracts.signContract, { contract_id, signed_on: '2026-01-16' }, amy)).code).toBe('contracts.signedInFuture')
  const { number } = await t.run(contracts.signContract, { contract_id, signed_on: '2026-01-15' }, amy)
  expect(number).toBe('CT2026-00001')
  const { order_id } = await t.run(contracts.orderContract, { contract_id }, amy)
  expect((await t.ask(sales.getQuote, { quote_id }, amy)).state).toBe('won')
  expect(await t.refused(contracts.orderContract, { contract_id }, amy)).toEqual({ code: 'contracts.orderedAlready', details: { number } })
  expect(await t.ask(contracts.getContract, { contract_id }, amy)).toMatchObject({ opportunity: { id: opportunity_id }, quote: { id: quote_id }, order: { id: order_id } })
  for (const of of [{ opportunity_id }, { quote_id }, { order_id }]) {
    expect((await t.ask(contracts.listContracts, { ...of, show: 'all' }, amy)).rows.map((r) => r.contract_id)).toContain(contract_id)
  }
  // A deposit, then the invoice that uses it: both count once.
  await t.run(sales.confirmOrder, { order_id }, amy)
  await t.run(receivePayment, { party_id: customer, day: '2026-01-15', method: 'bank', amount_minor: 40_000, source: { kind: 'sales.order', id: order_id } })
  expect(await t.ask(contracts.getContract, { contract_id }, amy)).toMatchObject({ paid_minor: 40_000, plan: [{ state: 'part', paid_minor: 40_000 }] })
  await t.run(sales.deliver, { order_id, invoice: 'with' })
  expect((await t.ask(contracts.getContract, { contract_id }, amy)).paid_minor).toBe(40_000)
  t.today = '2026-01-16'
  expect((await t.ask(contracts.listContracts, { show: 'late' }, amy)).rows).toMatchObject([{ number, late_minor: 80_000, next_due_on: '2026-01-15' }])
})

test('a draft is changed and refused by name, seen with its customer, renewed once and never deleted', async () => {
  const { t, amy, customer, form } = await selling()
  const create = { party_id: customer, ...form }
  expect((await t.refused(contracts.createContract, { ...create, ends_on: '2026-01-14' }, amy)).code).toBe('contracts.termReversed')
  expect(await t.refused(contracts.createContract, { ...create, amount_minor: 120_001 }, amy)).toEqual({ code: 'contracts.planDiffers', details: { amount_minor: 120_001, plan_minor: 120_000 } })
  expect((await t.refused(contracts.createContract, { ...create, plan: form.plan.toReversed() }, amy)).code).toBe('contracts.planOutOfOrder')
  expect((await t.refused(contracts.createContract, { ...create, owner_id: unknownId }, amy)).code).toBe('crm.userNotFound')
  const { contract_id } = await t.run(contracts.createContract, create, amy)
  await t.run(contracts.updateContract, { contract_id, ...form, title: '全年供水（改）', lines: [] }, amy)
  const bob = await addUser(t, { login: 'bob', role: 'sales' })
  expect((await t.refused(contracts.getContract, { contract_id }, bob)).code).toBe('contracts.contractNotFound')
  expect((await t.ask(contracts.listContracts, { show: 'all' }, bob)).total).toBe(0)
  expect((await t.refused(contracts.renewContract, { contract_id }, amy)).code).toBe('contracts.stateForbids')
  const { number } = await t.run(contracts.signContract, { contract_id, signed_on: '2026-01-15' }, amy)
  expect((await t.refused(contracts.updateContract, { contract_id, ...form }, amy)).code).toBe('contracts.stateForbids')
  expect(await t.refused(contracts.orderContract, { contract_id }, amy)).toEqual({ code: 'contracts.nothingToOrder', details: { number } })
  const viewer = (await t.ask(platform.listRoles, {})).rows.find((r) => r.code === 'viewer')!
  await t.run(platform.setGrants, { role_id: viewer.role_id, grants: [...viewer.grants, { permission: 'contracts.write', scope: 'all' }] })
  const eve = await addUser(t, { login: 'eve', role: 'viewer' })
  expect((await t.refused(contracts.orderContract, { contract_id }, eve)).code).toBe('contracts.orderNotPermitted')

  // 30 days before its end its owner is told, once.
  t.today = '2026-12-14'
  expect(await t.run(contracts.remindOfEnds, {})).toEqual({ count: 0 })
  t.today = '2026-12-15'
  expect((await t.ask(contracts.listContracts, { show: 'ending', text: '供水' }, amy)).rows).toMatchObject([{ number, ends_soon: 1, late_minor: 120_000 }])
  expect(await t.run(contracts.remindOfEnds, {})).toEqual({ count: 1 })
  expect(await t.run(contracts.remindOfEnds, {})).toEqual({ count: 0 })
  expect((await t.ask(crm.listTasks, { party_id: customer }, amy)).rows).toMatchObject([{ title: `合同 ${number} 2027-01-14 到期，谈续约：全年供水（改）`, assignee_name: 'amy' }])
  const next = await t.run(contracts.renewContract, { contract_id }, amy)
  expect(await t.ask(contracts.getContract, next, amy)).toMatchObject({ starts_on: '2027-01-15', ends_on: '2028-01-14', plan: [{ due_on: '2027-01-31' }, { due_on: '2027-06-30', note: '验收后' }], renews: { number } })
  expect(await t.refused(contracts.renewContract, { contract_id }, amy)).toEqual({ code: 'contracts.renewedAlready', details: { number } })
  t.today = '2027-01-15'
  expect((await t.ask(contracts.listContracts, { show: 'over' }, amy)).rows).toMatchObject([{ number, is_over: 1 }])
  await t.run(contracts.terminateContract, { contract_id, reason: '到期' }, amy)
  expect((await t.refused(contracts.terminateContract, { contract_id, reason: '再来' }, amy)).code).toBe('contracts.stateForbids')
  const nothing = await t.run(crm.createOpportunity, { name: '还没谈价', party_id: customer }, amy)
  expect(await t.refused(contracts.draftContract, { opportunity_id: nothing.opportunity_id }, amy)).toEqual({ code: 'contracts.nothingAgreed', details: { title: '还没谈价' } })
  const { contract } = await import('../../../db/schema/contracts.ts')
  await expect(t.office.engine.write((db) => db.run(contract, 'delete from contracts_contract'))).rejects.toThrow('contracts.contractIsPermanent')
})

test('a contract at the bound waits for approval, one cent below it passes by rule; a changed draft must be asked for again', async () => {
  const { t, amy, customer, form } = await selling()
  for (const [key, value] of [['approves_contracts', 1], ['approved_below_minor', 120_000]] as const) await t.run(platform.setSetting, { key: `contracts.${key}`, value })
  const make = async (amount_minor: number) => (await t.run(contracts.createContract, { party_id: customer, ...form, amount_minor, plan: [{ due_on: '2026-01-31', amount_minor }] }, amy)).contract_id
  const small = await make(119_999)
  await t.run(contracts.signContract, { contract_id: small, signed_on: '2026-01-15' }, amy)
  expect((await t.ask(platform.approvalsOf, { source_kind: 'contracts.contract', source_id: small }, amy)).rows).toMatchObject([{ state: 'by_rule', reasons: [{ rule: 'contracts.small', values: { amount_minor: 119_999, below_minor: 120_000 } }] }])
  const large = await make(120_000)
  const sign = () => t.answer(contracts.signContract, { contract_id: large, signed_on: '2026-01-15' }, amy)
  const asked = await sign()
  if (asked.ok || asked.kind !== 'pending') throw new Error(JSON.stringify(asked))
  await t.run(contracts.updateContract, { contract_id: large, ...form, title: '别的' }, amy)
  expect((await t.refused(platform.approve, { approval_id: asked.details.approval_id })).code).toBe('platform.approvalOutdated')
  const again = await sign()
  if (again.ok || again.kind !== 'pending') throw new Error(JSON.stringify(again))
  await t.run(platform.approve, { approval_id: again.details.approval_id })
  expect(await t.ask(contracts.getContract, { contract_id: large }, amy)).toMatchObject({ state: 'active', number: 'CT2026-00002' })
})

describeMeasured('a contract on paper', () => {
  test('names both sides, what is agreed and in which parts it is paid, in either language; unsigned it is a draft', async () => {
    const { t, amy, customer, form } = await selling()
    const { contract_id } = await t.run(contracts.createContract, { party_id: customer, ...form, note: '货到验收' }, amy)
    const draft = await paperOf(t, { name: 'contracts.contract', input: { id: contract_id } }, amy)
    for (const said of ['合同', '甲方（采购方）', '华美贸易', '乙方（销售方）', '测试商行', '全年供水', '2026-01-15 – 2027-01-14', '矿泉水', '1,200.00', '壹仟贰佰元整', '付款计划', '2026-06-30', '700.00', '验收后', '货到验收', '甲方签章']) expect(draft.text).toContain(said)
    const { number } = await t.run(contracts.signContract, { contract_id, signed_on: '2026-01-15' }, amy)
    const signed = await paperOf(t, { name: 'contracts.contract', input: { id: contract_id }, language: 'en' })
    for (const said of [number, 'Contract', 'Buyer', 'Seller', 'Payment plan', 'One thousand two hundred', 'Signed on']) expect(signed.text).toContain(said)
    const stranger = await addUser(t, { login: 'bob', role: 'sales' })
    expect(await printed(t, { name: 'contracts.contract', input: { id: contract_id } }, stranger)).toMatchObject({ code: 'contracts.contractNotFound' })
  })
})
