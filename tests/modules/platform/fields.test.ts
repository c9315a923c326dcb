import { describe, expect, test } from 'vitest'
import { createItem, listItems, setBarcodes, updateItem } from '../../../src-main/modules/catalog/contract.ts'
import { assignParty, createParty, getParty, listParties, updateParty } from '../../../src-main/modules/parties/contract.ts'
import * as platform from '../../../src-main/modules/platform/contract.ts'
import { bill as getBill, bills as listBills, postBill, reverseBill } from '../../../src-main/modules/purchasing/contract.ts'
import * as sales from '../../../src-main/modules/sales/contract.ts'
import { addUser, openToOthers } from '../../support/people.ts'
import { seesPlanted } from '../../support/planted.ts'
import { E6, openShop, price, type Shop } from '../sales/shop.ts'

const target = 'sales.order'
const unknownId = '01900000-0000-7000-8000-000000000000'

/** A shop whose orders say how they are packed, what they weigh, when they sail, who carries them, and what that costs. */
async function fittedShop() {
  const shop = await openShop()
  const { t } = shop
  const keys: Record<string, string> = {}
  const add = async (name: string, input: Omit<Parameters<typeof t.run<typeof platform.createField>>[1], 'target'>) => {
    keys[name] = (await t.run(platform.createField, { target, ...input })).key
  }
  await add('marks', { label: '唛头', kind: 'text' })
  await add('weight', { label: '毛重', key: 'weight', kind: 'number', is_printed: 1 })
  await add('sails', { label: '船期', key: 'sails', kind: 'date' })
  await add('packing', { label: '包装', kind: 'choice', choices: ['纸箱', '木箱'] })
  await add('carrier', { label: 'Carrier', kind: 'link', link_kind: 'party' })
  await add('freight', { label: '运费估算', key: 'freight', kind: 'formula', formula: 'round({weight_e6} × 1.5 + {gross_minor} ÷ 100, 2)' })
  const { party_id: carrier } = await t.run(createParty, { name: '顺达物流', kind: 'company', is_supplier: 1 })
  return { ...shop, keys, carrier }
}

const orderOf = ({ customer, water }: Shop) => ({ party_id: customer, lines: [{ item_id: water, quantity_e6: 2 * E6, price_e4: price(10) }] })

describe('custom fields', () => {
  test('of an order are checked, kept, worked out, named, listed, filtered and sorted', async () => {
    const shop = await fittedShop()
    const { t, keys, carrier } = shop
    expect(keys).toEqual({ marks: 'mai_tou', weight: 'weight_e6', sails: 'sails_on', packing: 'bao_zhuang', carrier: 'carrier_id', freight: 'freight_e6' })
    const heavy = await t.run(sales.createOrder, {
      ...orderOf(shop),
      // Nobody enters a formula: what is sent for it counts for nothing.
      extra: { mai_tou: ' N/M 50% ', weight_e6: 12_500_000, sails_on: '2026-02-03', bao_zhuang: '木箱', carrier_id: carrier, freight_e6: 1 },
    })
    const light = await t.run(sales.createOrder, { ...orderOf(shop), extra: { weight_e6: 2 * E6, mai_tou: 'n/m 5', sails_on: '' } })
    const plain = await t.run(sales.createOrder, orderOf(shop))
    const page = await t.ask(sales.getOrder, { order_id: heavy.order_id })
    expect(page.extra).toEqual({ bao_zhuang: '木箱', carrier_id: carrier, freight_e6: 18_950_000, mai_tou: 'N/M 50%', sails_on: '2026-02-03', weight_e6: 12_500_000 })
    expect(page.extra_names).toEqual({ carrier_id: '顺达物流' })
    const found = async (...fields: { key: string; value?: string; from?: string | number; to?: string | number }[]) =>
      (await t.ask(sales.listOrders, { fields })).rows.map((row) => row.order_id).sort()
    const both = [heavy.order_id, light.order_id].sort()
    expect(await found({ key: 'mai_tou', value: 'n/M' })).toEqual(both)
    expect(await found({ key: 'mai_tou', value: '50%' })).toEqual([heavy.order_id])
    expect(await found({ key: 'mai_tou', value: '5_' })).toEqual([])
    expect(await found({ key: 'bao_zhuang', value: '木箱' })).toEqual([heavy.order_id])
    expect(await found({ key: 'bao_zhuang', value: '木' })).toEqual([])
    expect(await found({ key: 'carrier_id', value: carrier })).toEqual([heavy.order_id])
    expect(await found({ key: 'weight_e6', from: 3 * E6 })).toEqual([heavy.order_id])
    expect(await found({ key: 'freight_e6', to: 18_950_000 }, { key: 'weight_e6', from: 2 * E6 })).toEqual(both)
    expect(await found({ key: 'sails_on', from: '2026-02-03', to: '2026-02-03' })).toEqual([heavy.order_id])
    const sorted = async (sort: string, direction: 'asc' | 'desc') => (await t.ask(sales.listOrders, { sort, direction })).rows.map((row) => row.order_id)
    // 12.5 is more than 2, though '12500000' comes before '2000000' as a text; what has no value comes last both ways.
    expect(await sorted('extra.weight_e6', 'asc')).toEqual([light.order_id, heavy.order_id, plain.order_id])
    expect(await sorted('extra.weight_e6', 'desc')).toEqual([heavy.order_id, light.order_id, plain.order_id])
    const [row] = (await t.ask(sales.listOrders, { sort: 'extra.mai_tou', direction: 'asc' })).rows
    expect([row!.extra, row!.extra_names]).toEqual([page.extra, page.extra_names])
    expect((await t.refused(sales.listOrders, { sort: 'extra.nothing' })).code).toBe('platform.fieldUnknown')
    expect((await t.refused(sales.listOrders, { fields: [{ key: 'weight_e6', from: '2026-01-01' }] })).code).toBe('platform.fieldValueUnfit')
  })

  test('values that are not of their field are refused by its name', async () => {
    const shop = await fittedShop()
    const { t } = shop
    const refused = async (extra: Record<string, string | number>) => t.refused(sales.createOrder, { ...orderOf(shop), extra })
    expect(await refused({ colour: 'red' })).toEqual({ code: 'platform.fieldUnknown', details: { key: 'colour', target } })
    expect(await refused({ weight_e6: 1.5 })).toEqual({ code: 'platform.fieldValueUnfit', details: { key: 'weight_e6', label: '毛重', kind: 'number', value: '1.5' } })
    expect((await refused({ weight_e6: '1' })).code).toBe('platform.fieldValueUnfit')
    expect((await refused({ sails_on: '2026-02-30' })).code).toBe('platform.fieldValueUnfit')
    expect((await refused({ mai_tou: 'a\u0007' })).code).toBe('platform.fieldValueUnfit')
    expect((await refused({ bao_zhuang: '纸袋' })).code).toBe('platform.fieldChoiceUnknown')
    expect((await refused({ carrier_id: unknownId })).code).toBe('platform.fieldLinkUnknown')
    await t.run(platform.updateField, { target, key: 'weight_e6', is_required: 1 })
    expect(await refused({})).toEqual({ code: 'platform.fieldRequired', details: { key: 'weight_e6', label: '毛重' } })
  })

  test('follow a draft through changes, and a quote into its order and invoice where both have them', async () => {
    const shop = await fittedShop()
    const { t, carrier } = shop
    await t.run(platform.createField, { target: 'sales.quote', label: '唛头', kind: 'text' })
    await t.run(platform.createField, { target: 'sales.quote', label: '毛重', key: 'weight', kind: 'text' })
    await t.run(platform.createField, { target: 'sales.invoice', label: '毛重', key: 'weight', kind: 'number' })
    const quote = await t.run(sales.createQuote, { ...orderOf(shop), extra: { mai_tou: 'A', weight: 'heavy' } })
    const { order_id } = await t.run(sales.convertQuote, { quote_id: quote.quote_id })
    expect((await t.ask(sales.getOrder, { order_id })).extra).toEqual({ freight_e6: 200_000, mai_tou: 'A' })
    await t.run(platform.updateField, { target, key: 'weight_e6', is_required: 1 })
    expect(await t.refused(sales.confirmOrder, { order_id })).toMatchObject({ code: 'platform.fieldRequired', details: { label: '毛重' } })
    await t.run(sales.updateOrder, { order_id, ...orderOf(shop), extra: { weight_e6: 4 * E6, carrier_id: carrier } })
    await t.run(sales.confirmOrder, { order_id })
    const lines = [{ line_no: 1, item_id: shop.water, quantity_e6: 4 * E6, price_e4: price(10) }]
    await t.run(sales.changeOrder, { order_id, lines })
    expect((await t.ask(sales.getOrder, { order_id })).extra).toEqual({ carrier_id: carrier, freight_e6: 6_400_000, weight_e6: 4 * E6 })
    const { invoice_id } = await t.run(sales.deliver, { order_id, invoice: 'with' })
    expect((await t.ask(sales.getInvoice, { invoice_id: invoice_id! })).extra).toEqual({ weight_e6: 4 * E6 })
    expect((await t.ask(sales.listInvoices, { fields: [{ key: 'weight_e6', from: E6 }] })).rows.map((r) => r.invoice_id)).toEqual([invoice_id])
    await t.run(sales.deliverDirect, { lines, extra: { weight_e6: 7 } })
    expect((await t.ask(sales.listInvoices, { sort: 'extra.weight_e6', direction: 'asc' })).rows.map((r) => r.extra)).toEqual([{ weight_e6: 7 }, { weight_e6: 4 * E6 }])
  })

  test('of parties and items are found in their lists, and formulas follow the figures they speak of', async () => {
    const { t } = await openShop()
    await t.run(platform.createField, { target: 'parties.party', label: 'Channel', kind: 'choice', choices: ['展会', '网店'] })
    await t.run(platform.createField, { target: 'parties.party', label: 'Weekly limit', kind: 'formula', formula: '{credit_limit_minor} / 4' })
    const { party_id } = await t.run(createParty, { name: '新客户', extra: { channel: '展会' }, credit_limit_minor: 100_000 })
    await t.run(updateParty, { party_id, credit_limit_minor: 200_000 })
    expect((await t.ask(getParty, { party_id })).extra).toEqual({ channel: '展会', weekly_limit_e6: 500 * E6 })
    expect((await t.ask(listParties, { fields: [{ key: 'channel', value: '展会' }] })).rows.map((r) => r.party_id)).toEqual([party_id])
    expect((await t.ask(listParties, { sort: 'extra.weekly_limit_e6' })).rows[0]!.party_id).toBe(party_id)
    await t.run(platform.createField, { target: 'catalog.item', label: 'Substitute', kind: 'link', link_kind: 'item' })
    const { item_id } = await t.run(createItem, { name: '纯净水', base_unit: '瓶', kind: 'stocked' })
    const other = await t.run(createItem, { name: '苏打水', base_unit: '瓶', kind: 'stocked', extra: { substitute_id: item_id } })
    expect((await t.ask(listItems, { fields: [{ key: 'substitute_id', value: item_id }] })).rows).toMatchObject([{ item_id: other.item_id, extra_names: { substitute_id: '纯净水' } }])
    // What their texts and choices say finds them too, Ctrl+K and pickers included; a barcode more does not make it forgotten.
    await t.run(platform.createField, { target: 'catalog.item', label: 'Shelf', kind: 'text' })
    await t.run(updateItem, { item_id, extra: { shelf: '乙排七格' } })
    await t.run(setBarcodes, { item_id, barcodes: [{ barcode: '690' }] })
    const found = async (text: string) => (await t.ask(platform.searchAll, { text })).rows.map((r) => r.ref_id)
    expect([await found('七格'), await found('展会')]).toEqual([[item_id], [party_id]])
    await t.run(updateItem, { item_id: other.item_id, extra: {} })
    expect((await t.ask(listItems, { fields: [{ key: 'substitute_id', value: item_id }] })).total).toBe(0)
  })

  test('of a bill stand on it, on what undoes it, and in its list', async () => {
    const { t, water } = await openShop()
    await t.run(platform.createField, { target: 'purchasing.bill', label: 'Truck', kind: 'text', is_required: 1 })
    await t.run(platform.createField, { target: 'purchasing.bill', label: 'Per cent', kind: 'formula', formula: '{gross_minor} / 100' })
    const { party_id } = await t.run(createParty, { name: '批发商', is_supplier: 1 })
    const bill = { party_id, day: t.today, lines: [{ item_id: water, quantity_e6: E6, price_e4: price(50) }] }
    expect((await t.refused(postBill, bill)).code).toBe('platform.fieldRequired')
    const { bill_id } = await t.run(postBill, { ...bill, extra: { truck: '浙A·12345' } })
    const extra = { per_cent_e6: 500_000, truck: '浙A·12345' }
    expect((await t.ask(getBill, { bill_id })).extra).toEqual(extra)
    const undone = await t.run(reverseBill, { bill_id, day: t.today, reason: '退' })
    expect((await t.ask(getBill, { bill_id: undone.bill_id })).extra).toEqual(extra)
    expect((await t.ask(listBills, { fields: [{ key: 'truck', value: '浙a' }], sort: 'extra.truck' })).total).toBe(2)
  })

  test('are retired rather than lost: what has values stays readable, what has none goes', async () => {
    const shop = await fittedShop()
    const { t } = shop
    const { order_id } = await t.run(sales.createOrder, { ...orderOf(shop), extra: { bao_zhuang: '木箱', mai_tou: 'A', weight_e6: E6 } })
    expect(await t.refused(platform.removeField, { target, key: 'mai_tou' })).toEqual({ code: 'platform.fieldInUse', details: { label: '唛头', count: 1 } })
    await t.run(platform.updateField, { target, key: 'mai_tou', is_active: 0, is_required: 1 })
    expect((await t.refused(sales.updateOrder, { order_id, ...orderOf(shop), extra: { mai_tou: 'B' } })).code).toBe('platform.fieldRetired')
    await t.run(sales.updateOrder, { order_id, ...orderOf(shop), extra: { bao_zhuang: '木箱' } })
    expect((await t.ask(sales.getOrder, { order_id })).extra).toMatchObject({ mai_tou: 'A', bao_zhuang: '木箱' })
    expect(await t.refused(platform.updateField, { target, key: 'bao_zhuang', choices: ['纸箱'] })).toEqual({
      code: 'platform.fieldChoiceUsed',
      details: { label: '包装', choice: '木箱', count: 1 },
    })
    await t.run(platform.updateField, { target, key: 'bao_zhuang', choices: ['木箱', '托盘'] })
    expect((await t.refused(platform.updateField, { target, key: 'bao_zhuang', kind: 'text' })).code).toBe('platform.fieldKindFixed')
    await t.run(platform.removeField, { target, key: 'sails_on' })
    expect((await t.refused(platform.removeField, { target, key: 'sails_on' })).code).toBe('platform.fieldNotFound')
    expect((await t.ask(platform.listFields, { target })).rows.map((f) => [f.key, f.is_active])).toEqual([
      ['mai_tou', 0], ['weight_e6', 1], ['bao_zhuang', 1], ['carrier_id', 1], ['freight_e6', 1],
    ])
  })

  test('say what is wrong with a field itself', async () => {
    const { t } = await fittedShop()
    const refused = async (input: object) => (await t.refused(platform.createField, { target, label: 'X', kind: 'text', ...input })).code
    const formula = async (text: string) => refused({ kind: 'formula', formula: text })
    expect(await refused({ target: 'platform.user' })).toBe('platform.fieldTargetUnknown')
    expect(await refused({ label: '唛头' })).toBe('platform.fieldNameTaken')
    expect(await refused({ key: 'weight', kind: 'number' })).toBe('platform.fieldKeyTaken')
    expect(await formula('{weight_e6} *')).toBe('platform.formulaBroken')
    expect(await formula('alert(1)')).toBe('platform.formulaBroken')
    expect(await formula('{mai_tou} * 2')).toBe('platform.formulaNameUnknown')
    expect(await formula('{nothing} * 2')).toBe('platform.formulaNameUnknown')
    expect(await formula('{毛 重} * 2')).toBe('platform.formulaNameUnknown')
    await t.run(platform.createField, { target, label: 'Twice', kind: 'formula', formula: '{freight_e6} * 2' })
    expect((await t.refused(platform.updateField, { target, key: 'freight_e6', formula: '{twice_e6} / 2' })).code).toBe('platform.formulaCircular')
    expect((await t.refused(platform.updateField, { target, key: 'freight_e6', formula: '1 + {freight_e6}' })).code).toBe('platform.formulaCircular')
    expect(await t.refused(platform.updateField, { target, key: 'weight_e6', is_active: 0 })).toEqual({
      code: 'platform.fieldNamedByFormula',
      details: { label: '毛重', by: '运费估算' },
    })
    for (let i = 0; i < 33; i++) await t.run(platform.createField, { target, label: `字段${i}`, kind: 'text' })
    expect(await refused({})).toBe('platform.tooManyFields')
    // Two labels that sound alike get two keys.
    const keys = (await t.ask(platform.listFields, { target })).rows.map((f) => f.key)
    expect(new Set(keys).size).toBe(40)
  })

  test('are made by owners and those who may change the settings, and links lead nobody to what he may not see', async () => {
    const shop = await fittedShop()
    const { t, carrier, customer } = shop
    await openToOthers(t)
    const amy = await addUser(t, { login: 'amy', role: 'sales' })
    expect((await t.refused(platform.createField, { target, label: 'X', kind: 'text' }, amy)).code).toBe('platform.notPermitted')
    const bob = await addUser(t, { login: 'bob', role: 'sales' })
    for (const id of [carrier, customer]) await t.run(assignParty, { party_id: id, user_id: bob })
    const { party_id } = await t.run(createParty, { name: 'Amy 的客户' }, amy)
    const own = { ...orderOf(shop), party_id }
    expect((await t.refused(sales.createOrder, { ...own, extra: { carrier_id: carrier } }, amy)).code).toBe('platform.fieldLinkUnknown')
    const { order_id } = await t.run(sales.createOrder, { ...own, extra: { carrier_id: party_id } }, amy)
    await t.run(sales.updateOrder, { order_id, ...own, extra: { carrier_id: customer } })
    const seen = await t.ask(sales.getOrder, { order_id }, amy)
    expect([seen.extra['carrier_id'], seen.extra_names]).toEqual([customer, {}])
    // What he may not see, he may leave as it is.
    await t.run(sales.updateOrder, { order_id, ...own, extra: { carrier_id: customer, mai_tou: 'A' } }, amy)
  })

  test('without them nothing is asked, and values of no field are found by the invariant', async () => {
    const shop = await openShop()
    const { t } = shop
    const { order_id } = await t.run(sales.createOrder, orderOf(shop))
    const before = t.office.engine.statements()
    await t.ask(sales.listOrders, {})
    const without = t.office.engine.statements() - before
    await t.run(platform.createField, { target, label: '唛头', kind: 'text' })
    await t.ask(sales.listOrders, {})
    const after = t.office.engine.statements()
    await t.ask(sales.listOrders, {})
    expect(t.office.engine.statements() - after).toBe(without + 1)
    const invariant = 'platform: every value of a custom field belongs to a field and is of its kind'
    const plant = async (extra: string) => seesPlanted(t, { invariant, plant: [['update sales_order set extra = ? where id = ?', [extra, order_id]]] })
    expect(await plant('{"mai_tou":1}')).toBe(true)
    expect(await plant('{"strange":"A"}')).toBe(true)
    expect(await plant('{"mai_tou":"A"}')).toBe(false)
  })
})
