import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openItems, receivePayment, refundCustomer } from '../../src-main/modules/accounting/contract.ts'
import { createItem, setTaxRate } from '../../src-main/modules/catalog/contract.ts'
import { postAdjustment } from '../../src-main/modules/inventory/contract.ts'
import { createParty } from '../../src-main/modules/parties/contract.ts'
import { updateCompany } from '../../src-main/modules/platform/contract.ts'
import { postBill, postLateCost } from '../../src-main/modules/purchasing/contract.ts'
import { confirmOrder, convertQuote, createQuote, deliver, deliverDirect, postInvoice, returnGoods, sendQuote } from '../../src-main/modules/sales/contract.ts'
import { testOffice, type TestOffice } from '../support/office.ts'

// The story of worksheet/worksheet.py step by step through commands; after each step stock, cost and every balance are what the
// worksheet says, which was worked out apart from this program.

const E6 = 1_000_000
type Sheet = ReadonlyMap<string, ReadonlyMap<string, number>>
type Variant = { readonly name: string; readonly profile: 'cn-small' | 'international'; readonly taxpayer: 'small' | 'general'; readonly includes: 0 | 1; readonly costing: 'average' | 'fifo' }

const variants: readonly Variant[] = [
  { name: 'cn-small small inclusive average', profile: 'cn-small', taxpayer: 'small', includes: 1, costing: 'average' },
  { name: 'cn-small general exclusive fifo', profile: 'cn-small', taxpayer: 'general', includes: 0, costing: 'fifo' },
  { name: 'international exclusive average', profile: 'international', taxpayer: 'general', includes: 0, costing: 'average' },
  { name: 'international inclusive fifo', profile: 'international', taxpayer: 'general', includes: 1, costing: 'fifo' },
]

function sheetOf(variant: string): Sheet {
  const steps = new Map<string, Map<string, number>>()
  for (const row of readFileSync(join(import.meta.dirname, 'worksheet/worksheet.csv'), 'utf8').trim().split('\n').slice(1)) {
    const [name, step, measure, value] = row.split(',') as [string, string, string, string]
    if (name !== variant) continue
    if (!steps.has(step)) steps.set(step, new Map())
    steps.get(step)!.set(measure, Number(value))
  }
  return steps
}

const ROLES: Readonly<Record<string, string>> = {
  goods_delivered: 'goods_delivered', cost_of_sales: 'cost_of_sales', receivable: 'receivable', advances: 'customer_advances', payable: 'payable',
  revenue: 'revenue', output_tax: 'output_tax', input_tax: 'input_tax', clearing: 'opening_clearing',
}

/** What the books say now, in the worksheet's words. */
async function measured(t: TestOffice): Promise<Record<string, number>> {
  return t.office.engine.read(async (db) => {
    const balance = async (where: string, word: string): Promise<number> =>
      (await db.get<{ v: number }>(`select coalesce(sum(l.debit_minor - l.credit_minor), 0) as v from accounting_line l where l.account_id = (select account_id from ${where} = ?)`, [word]))!.v
    const out: Record<string, number> = {}
    for (const [measure, role] of Object.entries(ROLES)) out[measure] = await balance('accounting_role where role', role)
    for (const method of ['bank', 'cash']) out[method] = await balance('accounting_payment_method where code', method)
    const pool = await db.get<{ q: number; v: number }>('select coalesce(sum(quantity_e6), 0) as q, coalesce(sum(value_minor), 0) as v from inventory_pool')
    return { ...out, on_hand: pool!.q / E6, stock_value: pool!.v }
  })
}

describe('the worksheet', () => {
  test.each(variants)('$name', async (v) => {
    const sheet = sheetOf(v.name)
    const t = await testOffice({ profile: v.profile, taxpayer: v.taxpayer })
    await t.run(updateCompany, { negative_stock: 'allow' })
    const tax_code = v.profile === 'cn-small' ? 'VAT13' : 'STANDARD'
    if (v.profile === 'international') await t.run(setTaxRate, { tax_code, from_day: '2026-01-01', rate_e8: 20_000_000 })
    const includes = { prices_include_tax: v.includes }
    const party_id = (await t.run(createParty, { name: 'Buyer', terms_days: 30 })).party_id
    const supplier = (await t.run(createParty, { name: 'Maker', is_customer: 0, is_supplier: 1 })).party_id
    const w = (await t.run(createItem, { name: 'W', base_unit: 'pc', costing: v.costing, tax_code })).item_id
    const s = (await t.run(createItem, { name: 'S', kind: 'service', base_unit: 'h', tax_code })).item_id
    const check = async (step: string): Promise<void> => {
      await t.verify()
      const is = await measured(t)
      const shall = Object.fromEntries(sheet.get(step)!)
      expect({ step, ...is }).toEqual({ step, ...shall })
    }
    const bill = (day: string, pieces: number, price_e4: number) =>
      t.run(postBill, { party_id: supplier, day, ...includes, lines: [{ item_id: w, quantity_e6: pieces * E6, price_e4 }] })

    t.today = '2026-01-01'
    await t.run(postAdjustment, { kind: 'opening', day: t.today, reason: 'opening', lines: [{ item_id: w, quantity_e6: 100 * E6, value_minor: 50_000 }] })
    await check('opening')
    t.today = '2026-01-05'
    const first = await bill(t.today, 60, 70_000)
    await check('bill')
    t.today = '2026-01-06'
    const lines = [{ item_id: w, quantity_e6: 120 * E6, price_e4: 125_000, discount_rate_e8: 4_000_000 }, { item_id: s, quantity_e6: E6, price_e4: 300_000 }]
    const quote = await t.run(createQuote, { party_id, ...includes, lines, discount_minor: 333 })
    await t.run(sendQuote, { quote_id: quote.quote_id })
    const { order_id } = await t.run(convertQuote, { quote_id: quote.quote_id })
    await t.run(confirmOrder, { order_id })
    t.today = '2026-01-08'
    const d1 = await t.run(deliver, { order_id, lines: [{ order_line_no: 1, quantity_e6: 70 * E6 }], invoice: 'apart' })
    await check('deliver 1')
    t.today = '2026-01-09'
    const i1 = await t.run(postInvoice, { delivery_ids: [d1.delivery_id!], lines: [{ order_id, order_line_no: 2, quantity_e6: E6 }] })
    await check('invoice 1')
    t.today = '2026-01-10'
    const d2 = await t.run(deliver, { order_id, lines: [{ order_line_no: 1, quantity_e6: 50 * E6 }], invoice: 'apart' })
    await check('deliver 2')
    t.today = '2026-01-12'
    const i2 = await t.run(postInvoice, { delivery_ids: [d2.delivery_id!] })
    await check('invoice 2')
    t.today = '2026-01-15'
    const items = (await t.ask(openItems, { party_id, side: 'receivable' })).rows
    const open = (id: string | null) => items.find((i) => i.source_id === id)!.open_item_id
    await t.run(receivePayment, { party_id, day: t.today, method: 'bank', amount_minor: 80_000, allocations: [{ open_item_id: open(i1.invoice_id), amount_minor: 80_000 }] })
    await check('part payment')
    t.today = '2026-01-16'
    const rest = i1.gross_minor - 80_000
    const allocations = [{ open_item_id: open(i1.invoice_id), amount_minor: rest }, { open_item_id: open(i2.invoice_id), amount_minor: i2.gross_minor }]
    await t.run(receivePayment, { party_id, day: t.today, method: 'bank', amount_minor: rest + i2.gross_minor, allocations })
    await check('rest')
    t.today = '2026-01-20'
    const back = await t.run(returnGoods, { lines: [{ delivery_id: d2.delivery_id!, delivery_line_no: 1, quantity_e6: 20 * E6 }], invoice: 'with' })
    await check('return')
    t.today = '2026-01-22'
    const credit = (await t.ask(openItems, { party_id, side: 'receivable' })).rows.find((i) => i.source_id === back.invoice_id)!
    const amount_minor = -back.gross_minor
    await t.run(refundCustomer, { party_id, day: t.today, method: 'cash', amount_minor, allocations: [{ open_item_id: credit.open_item_id, amount_minor }] })
    await check('refund')
    await bill('2026-01-04', 40, 60_000)
    await check('backdated')
    t.today = '2026-01-25'
    await t.run(postLateCost, { bill_id: first.bill_id, party_id: supplier, day: t.today, gross_minor: 3000 })
    await check('late cost')
    t.today = '2026-01-28'
    await t.run(deliverDirect, { party_id, ...includes, lines: [{ item_id: w, quantity_e6: 130 * E6, price_e4: 100_000 }] })
    await check('below zero')
    t.today = '2026-01-30'
    await bill(t.today, 50, 80_000)
    await check('covered')
  })
})
