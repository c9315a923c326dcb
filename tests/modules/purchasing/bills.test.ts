import { describe, expect, test } from 'vitest'
import { journal, openItems, paySupplier } from '../../../src-main/modules/accounting/contract.ts'
import { createItem } from '../../../src-main/modules/catalog/contract.ts'
import { postAdjustment, stock, valuation } from '../../../src-main/modules/inventory/contract.ts'
import { createParty } from '../../../src-main/modules/parties/contract.ts'
import { bill, bills, postBill, postLateCost, reverseBill } from '../../../src-main/modules/purchasing/contract.ts'
import { testOffice, type TestOffice } from '../../support/office.ts'
import { costsHold, item, standing, trade, units } from '../inventory/rehearsal.ts'

const unknownId = '01900000-0000-7000-8000-000000000000'
const supplier = async (t: TestOffice, name = '通天批发') =>
  (await t.run(createParty, { name, kind: 'company', is_customer: 0, is_supplier: 1, terms_days: 30 })).party_id
/** inventory, input tax, payable, expense, cost of sales: debit less credit. */
const books = async (t: TestOffice) => [
  await standing(t, 'inventory'),
  await standing(t, 'input_tax'),
  await standing(t, 'payable'),
  await standing(t, 'expense'),
  await standing(t, 'cost_of_sales'),
]
const booksOfSmall = async (t: TestOffice) => [await standing(t, 'inventory'), await standing(t, 'payable')]
const worth = async (t: TestOffice) => (await t.ask(valuation, {})).rows.map((r) => [r.item_code, r.quantity_e6 / 1e6, r.value_minor])

describe('goods received with the supplier’s bill', () => {
  test('a general taxpayer: goods at net, services to expense, input tax, the supplier is owed the gross', async () => {
    const t = await testOffice({ taxpayer: 'general' })
    const [a, party_id] = [await item(t, 'A', { units: [{ name: '箱', numerator: 12 }] }), await supplier(t)]
    const { item_id: freight } = await t.run(createItem, { name: '运费', base_unit: '次', kind: 'service', tax_code: 'VAT9' })
    const posted = await t.run(postBill, {
      party_id,
      day: '2026-01-05',
      supplier_reference: 'TT-88',
      prices_include_tax: 0,
      lines: [
        { item_id: a, unit: '箱', quantity_e6: units(2), price_e4: 600_000 },
        { item_id: freight, quantity_e6: units(1), price_e4: 100_000 },
      ],
    })
    // 2 × 60.00 = 120.00 + 13 % 15.60; 10.00 + 9 % 0.90.
    expect(posted).toMatchObject({
      number: 'PB2026-00001',
      net_minor: 13_000,
      tax_minor: 1650,
      gross_minor: 14_650,
      cost_minor: 13_000,
      due_on: '2026-02-04',
      warnings: [],
    })
    expect(await books(t)).toEqual([12_000, 1650, -14_650, 1000, 0])
    expect(await worth(t)).toEqual([['A', 24, 12_000]])
    const [owed] = (await t.ask(openItems, { party_id, side: 'payable' })).rows
    expect(owed).toMatchObject({ number: 'PB2026-00001', amount_minor: 14_650, due_on: '2026-02-04' })
    const shown = await t.ask(bill, { bill_id: posted.bill_id })
    expect(shown).toMatchObject({
      supplier_reference: 'TT-88',
      party_name: '通天批发',
      open_minor: 14_650,
      entry_word: '记',
      late_costs: [],
    })
    expect(
      shown.lines.map((l) => [l.line_no, l.unit, l.quantity_e6 / 1e6, l.base_quantity_e6 / 1e6, l.net_minor, l.tax_minor, l.cost_minor]),
    ).toEqual([
      [1, '箱', 2, 24, 12_000, 1560, 12_000],
      [2, '次', 1, 1, 1000, 90, 1000],
    ])
    await costsHold(t)
  })

  test('a small-scale taxpayer: the tax is part of the cost; prices include it unless said otherwise', async () => {
    const t = await testOffice()
    const [a, party_id] = [await item(t, 'A'), await supplier(t)]
    const posted = await t.run(postBill, {
      party_id,
      day: '2026-01-05',
      lines: [{ item_id: a, quantity_e6: units(10), price_e4: 101_000, tax_rate_e8: 13_000_000 }],
    })
    // 101.00 with 13 %: 89.38 + 11.62.
    expect(posted).toMatchObject({ net_minor: 8938, tax_minor: 1162, gross_minor: 10_100, cost_minor: 10_100 })
    expect(await booksOfSmall(t)).toEqual([10_100, -10_100])
    const exclusive = await t.run(postBill, {
      party_id,
      day: '2026-01-06',
      prices_include_tax: 0,
      lines: [{ item_id: a, quantity_e6: units(10), price_e4: 101_000 }],
    })
    expect(exclusive).toMatchObject({ net_minor: 10_100, tax_minor: 101, gross_minor: 10_201, cost_minor: 10_201 })
  })

  test('payment, then reversal: goods and books go back in red, the money stands as an advance', async () => {
    const t = await testOffice({ taxpayer: 'general' })
    const [a, party_id] = [await item(t, 'A'), await supplier(t)]
    const posted = await t.run(postBill, {
      party_id,
      day: '2026-01-05',
      lines: [{ item_id: a, quantity_e6: units(10), price_e4: 113_000 }],
    })
    await t.run(paySupplier, {
      party_id,
      day: '2026-01-08',
      method: 'bank',
      amount_minor: 5000,
      allocations: [{ open_item_id: posted.open_item_id!, amount_minor: 5000 }],
    })
    expect((await t.ask(bills, { show: 'open' })).rows).toMatchObject([{ open_minor: 6300 }])
    expect((await t.refused(reverseBill, { bill_id: posted.bill_id, day: '2026-01-04', reason: '错' })).code).toBe(
      'purchasing.reversalTooEarly',
    )
    const back = await t.run(reverseBill, { bill_id: posted.bill_id, day: '2026-01-10', reason: '供应商开错' })
    expect(back).toMatchObject({ number: 'PB2026-00002', gross_minor: -11_300, net_minor: -10_000, tax_minor: -1300 })
    expect(await books(t)).toEqual([0, 0, 0, 0, 0])
    expect(await standing(t, 'supplier_advances')).toBe(5000)
    expect((await t.ask(journal, { source_id: back.bill_id })).rows[0]).toMatchObject({
      kind: 'reversal',
      reverses_id: posted.entry_id,
      total_minor: -11_300,
    })
    expect((await t.ask(bills, { show: 'open' })).rows).toEqual([])
    expect(await t.refused(reverseBill, { bill_id: posted.bill_id, day: '2026-01-10', reason: 'x' })).toMatchObject({
      code: 'purchasing.billIsReversed',
      details: { reversed_by: 'PB2026-00002' },
    })
    expect((await t.refused(reverseBill, { bill_id: back.bill_id, day: '2026-01-10', reason: 'x' })).code).toBe('purchasing.billIsReversal')
    expect((await t.ask(bill, { bill_id: posted.bill_id })).reversed_by_id).toBe(back.bill_id)
    await costsHold(t)
  })

  test('goods that are sold cannot go back; goods that average made dearer leave the difference in cost of sales', async () => {
    const t = await testOffice({ taxpayer: 'general' })
    const [a, party_id] = [await item(t, 'A'), await supplier(t)]
    const buy = (price_e4: number, quantity: number) =>
      t.run(postBill, {
        party_id,
        day: '2026-01-05',
        prices_include_tax: 0,
        lines: [{ item_id: a, quantity_e6: units(quantity), price_e4, tax_rate_e8: 0 }],
      })
    await buy(50_000, 15)
    const second = await buy(70_000, 5)
    // 20 for 110.00: 15 sold at 5.50 are 82.50; the 5 left hold 27.50.
    await trade(t, { day: '2026-01-06', item_id: a, deliver: 15 })
    await t.run(reverseBill, { bill_id: second.bill_id, day: '2026-01-07', reason: '退回' })
    // 35.00 are no longer owed, 27.50 left the stock: what was sold cost 82.50 − 7.50 = 75.00, the 15 that stay bought.
    expect(await books(t)).toEqual([0, 0, -7500, 0, 7500])
    const third = await buy(80_000, 5)
    await trade(t, { day: '2026-01-08', item_id: a, deliver: 1 })
    const no = await t.refused(reverseBill, { bill_id: third.bill_id, day: '2026-01-08', reason: '退回' })
    expect(no).toMatchObject({ code: 'inventory.notEnoughStock', details: { item_code: 'A', wanted_e6: units(5), available_e6: units(4) } })
    await costsHold(t)
  })
})

describe('late costs', () => {
  test('freight is spread by value, the sold part goes on to cost of sales, and all of it can be taken back', async () => {
    const t = await testOffice({ taxpayer: 'general' })
    const [a, b, party_id, carrier] = [
      await item(t, 'A'),
      await item(t, 'B', { costing: 'fifo' }),
      await supplier(t),
      await supplier(t, '顺达物流'),
    ]
    const { bill_id } = await t.run(postBill, {
      party_id,
      day: '2026-01-05',
      prices_include_tax: 0,
      lines: [
        { item_id: a, quantity_e6: units(10), price_e4: 60_000, tax_rate_e8: 0 },
        { item_id: b, quantity_e6: units(4), price_e4: 75_000, tax_rate_e8: 0 },
      ],
    })
    await trade(t, { day: '2026-01-06', item_id: a, deliver: 4 })
    // 109.00 with 9.00 tax: 100.00 on 60.00 and 30.00 are 66.67 and 33.33; 4 of 10 A are gone: 26.67.
    const late = await t.run(postLateCost, {
      bill_id,
      party_id: carrier,
      day: '2026-01-09',
      gross_minor: 10_900,
      tax_minor: 900,
      supplier_reference: 'SD-1',
    })
    expect(late).toMatchObject({ number: 'PB2026-00002', net_minor: 10_000, gross_minor: 10_900, cost_minor: 10_000, due_on: '2026-02-08' })
    expect(await worth(t)).toEqual([
      ['A', 6, 3600 + 6667 - 2667],
      ['B', 4, 3000 + 3333],
    ])
    expect(await books(t)).toEqual([13_933, 900, -19_900, 0, 2400 + 2667])
    expect((await t.ask(journal, { source_id: late.bill_id })).rows.map((r) => [r.kind, r.day, r.total_minor])).toEqual([
      ['adjustment', '2026-01-09', 2667],
      ['document', '2026-01-09', 10_900],
    ])
    const shown = await t.ask(bill, { bill_id })
    expect(shown.lines.map((l) => l.late_cost_minor)).toEqual([6667, 3333])
    expect(shown.late_costs).toMatchObject([{ number: 'PB2026-00002', party_name: '顺达物流', gross_minor: 10_900, reversed_by_id: null }])
    expect(await t.refused(reverseBill, { bill_id, day: '2026-01-10', reason: 'x' })).toMatchObject({
      code: 'purchasing.lateCostsStand',
      details: { late_costs: ['PB2026-00002'] },
    })
    await costsHold(t)
    await t.run(reverseBill, { bill_id: late.bill_id, day: '2026-01-10', reason: '算错' })
    expect(await worth(t)).toEqual([
      ['A', 6, 3600],
      ['B', 4, 3000],
    ])
    expect(await books(t)).toEqual([6600, 0, -9000, 0, 2400])
    expect((await t.ask(bill, { bill_id })).lines.map((l) => l.late_cost_minor)).toEqual([0, 0])
    await costsHold(t)
  })

  test('what cannot bear a late cost is refused by name', async () => {
    const t = await testOffice({ taxpayer: 'general' })
    const [a, b, party_id] = [await item(t, 'A'), await item(t, 'B'), await supplier(t)]
    const { item_id: service } = await t.run(createItem, { name: '咨询', base_unit: '次', kind: 'service' })
    const goods = await t.run(postBill, {
      party_id,
      day: '2026-01-05',
      lines: [
        { item_id: a, quantity_e6: units(3), price_e4: 0 },
        { item_id: b, quantity_e6: units(1), price_e4: 0 },
      ],
    })
    expect(goods).toMatchObject({ entry_id: null, open_item_id: null, gross_minor: 0 })
    const words = await t.run(postBill, {
      party_id,
      day: '2026-01-05',
      lines: [{ item_id: service, quantity_e6: units(1), price_e4: 10_000 }],
    })
    const no = async (input: object) =>
      (await t.refused(postLateCost, { bill_id: goods.bill_id, party_id, day: '2026-01-06', gross_minor: 100, ...input })).code
    expect(await no({ bill_id: words.bill_id })).toBe('purchasing.nothingCarriesCost')
    expect(await no({ bill_id: unknownId })).toBe('purchasing.billNotFound')
    expect(await no({ day: '2026-01-04' })).toBe('purchasing.lateCostBeforeBill')
    expect(await no({ tax_minor: 101 })).toBe('purchasing.taxAboveGross')
    expect(await no({ due_on: '2026-01-05' })).toBe('purchasing.dueBeforeDay')
    const late = await t.run(postLateCost, { bill_id: goods.bill_id, party_id, day: '2026-01-06', gross_minor: 100 })
    expect(await no({ bill_id: late.bill_id })).toBe('purchasing.notAReceipt')
    // What came free of charge bears it by quantity.
    expect(await worth(t)).toEqual([
      ['A', 3, 75],
      ['B', 1, 25],
    ])
    await t.run(reverseBill, { bill_id: late.bill_id, day: '2026-01-06', reason: 'x' })
    await t.run(reverseBill, { bill_id: goods.bill_id, day: '2026-01-06', reason: 'x' })
    expect(await no({})).toBe('purchasing.billIsReversed')
    expect((await t.ask(stock, {})).rows).toEqual([])
  })
})

test('what a bill must not say is refused by name', async () => {
  const t = await testOffice()
  const [a, party_id] = [await item(t, 'A'), await supplier(t)]
  const { party_id: customer } = await t.run(createParty, { name: '客户', kind: 'company', is_customer: 1, is_supplier: 0 })
  const line = { item_id: a, quantity_e6: units(1), price_e4: 10_000 }
  const no = async (input: object) => (await t.refused(postBill, { party_id, day: '2026-01-05', lines: [line], ...input })).code
  expect(await no({ party_id: customer })).toBe('purchasing.partyNotSupplier')
  expect(await no({ party_id: unknownId })).toBe('parties.partyNotFound')
  expect(await no({ due_on: '2026-01-04' })).toBe('purchasing.dueBeforeDay')
  expect(await no({ day: '2025-12-31' })).toBe('accounting.periodLocked')
  expect(await no({ warehouse_id: unknownId })).toBe('inventory.warehouseNotFound')
  expect(await no({ lines: [{ ...line, item_id: unknownId }] })).toBe('catalog.itemNotFound')
  expect(await no({ lines: [{ ...line, unit: '吨' }] })).toBe('catalog.unitUnknown')
  expect(await no({ lines: [{ ...line, tax_code: 'NONE' }] })).toBe('catalog.taxRateUnknown')
  expect(await no({ lines: Array.from({ length: 10 }, () => ({ ...line, quantity_e6: 1_000_000_000_000_000, price_e4: 950_000 })) })).toBe(
    'purchasing.amountTooLarge',
  )
  expect((await t.refused(bill, { bill_id: unknownId })).code).toBe('purchasing.billNotFound')
  const { bill_id } = await t.run(postBill, { party_id, day: '2026-01-05', supplier_reference: 'XY-7', lines: [line] })
  const broken = t.office.engine.write((db) => db.all('update purchasing_bill set gross_minor = 1 returning id'))
  await expect(broken).rejects.toMatchObject({ code: 'purchasing.postedIsPermanent' })
  const found = async (search: string) =>
    (await t.ask(bills, { search, item_id: a, kind: 'bill', from: '2026-01-01', to: '2026-01-31' })).rows.map((r) => r.bill_id)
  expect([await found('xy'), await found('pb2026'), await found('批发'), await found('nobody')]).toEqual([
    [bill_id],
    [bill_id],
    [bill_id],
    [],
  ])
  t.today = '2026-03-01'
  expect(await t.ask(bills, { show: 'overdue', party_id })).toMatchObject({ total: 1, total_gross_minor: 100, total_open_minor: 100 })
  await t.run(postAdjustment, { day: '2026-01-06', reason: 'x', lines: [{ item_id: a, quantity_e6: units(-1) }] })
})
