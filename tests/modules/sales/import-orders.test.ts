import { join } from 'node:path'
import { expect, test } from 'vitest'
import { writeFileSync } from 'node:fs'
import { describeAll } from '../../../src-main/app/describe.ts'
import { exportList } from '../../../src-main/app/export-list.ts'
import { FileNotImported, importFiles } from '../../../src-main/app/imports/import-files.ts'
import { withOwnColumns } from '../../../src-main/app/imports/custom-columns.ts'
import { writeTemplate } from '../../../src-main/app/imports/template.ts'
import { openTable } from '../../../src-main/files/read-table.ts'
import { listItems } from '../../../src-main/modules/catalog/contract.ts'
import { createParty, listParties } from '../../../src-main/modules/parties/contract.ts'
import { createField, updateField } from '../../../src-main/modules/platform/contract.ts'
import { confirmOrder, createOrder, deliver, deliveryPrint, importOrders, listOrders, offerPrint } from '../../../src-main/modules/sales/contract.ts'
import { isOnServer } from '../../support/files.ts'
import { stageRows } from '../../support/staging.ts'
import { E6, openShop, price, type Shop } from './shop.ts'

const target = 'sales.order'
const command = 'sales.importOrders'

async function fitted(): Promise<Shop> {
  const shop = await openShop()
  const { t } = shop
  await t.run(createField, { target, label: '唛头', kind: 'text', is_printed: 1 })
  await t.run(createField, { target, label: '毛重', key: 'weight', kind: 'number', is_printed: 1 })
  await t.run(createField, { target, label: '包装', kind: 'choice', choices: ['纸箱', '木箱'] })
  await t.run(createField, { target, label: '船期', key: 'sails', kind: 'date' })
  await t.run(createField, { target, label: '承运商', key: 'carrier', kind: 'link', link_kind: 'party', is_printed: 1 })
  await t.run(createField, { target, label: '运费', key: 'freight', kind: 'formula', formula: '{weight_e6} * 2' })
  await t.run(createParty, { code: 'SF', name: '顺达物流', is_supplier: 1 })
  return shop
}

async function imported({ t }: Shop, { kind, rows }: { kind: string; rows: readonly string[] }) {
  const path = join(t.scratch, `${kind}.csv`)
  writeFileSync(path, `${rows.join('\n')}\n`)
  try {
    const [file] = await importFiles({ office: t.office, place: t.office.place, kind, files: [path] })
    return { output: file!.output, problems: [] }
  } catch (error) {
    if (!(error instanceof FileNotImported)) throw error
    const { problems } = error.no.details as { problems: readonly { source_row: number; field: string; reason_code: string }[] }
    return { output: undefined, problems: problems.map((p) => [p.source_row, p.field, p.reason_code]) }
  }
}

test.skipIf(isOnServer)('orders come from a file as drafts with their custom fields; a bad row and nothing comes', async () => {
  const shop = await fitted()
  const { t } = shop
  const header = '订单号,日期,客户,商品编码,数量,单价,要货日期,唛头,毛重,包装,船期,承运商'
  const made = await imported(shop, {
    kind: 'sales-orders',
    rows: [
      header,
      'PO-1,2026-01-10,华美贸易,W,2,10,2026-01-20,N/M,12.5,木箱,2026/2/3,sf',
      'PO-2,,华美贸易,L,1,99,,,,,,顺达物流',
      'PO-1,,,F,1,30,,,,,,',
    ],
  })
  expect(made).toMatchObject({ output: { orders: 2, gross_minor: 14_900 } })
  const { rows } = await t.ask(listOrders, { sort: 'number' })
  const [second, first] = rows.toSorted((a, b) => (a.customer_reference! < b.customer_reference! ? 1 : -1))
  expect(first).toMatchObject({
    state: 'draft', customer_reference: 'PO-1', day: '2026-01-10', wanted_on: '2026-01-20', gross_minor: 5_000,
    extra: { weight_e6: 12_500_000, freight_e6: 25 * E6, bao_zhuang: '木箱', sails_on: '2026-02-03', mai_tou: 'N/M' },
    extra_names: { carrier_id: '顺达物流' },
  })
  expect(second).toMatchObject({ customer_reference: 'PO-2', day: t.today, extra_names: { carrier_id: '顺达物流' } })
  await t.run(updateField, { target, key: 'weight_e6', is_required: 1 })
  const refused = await imported(shop, {
    kind: 'sales-orders',
    rows: [
      header,
      'PO-1,,华美贸易,W,2,10,,,1,,,',
      'PO-3,,华美贸易,W,-2,10,,,1,纸袋,,',
      'PO-4,,华美贸易,W,2,10,,,1,,,没有',
      'PO-5,,华美贸易,W,2,10,,,,,,',
      'PO-6,,没有,X,0,-1,,,1,,,',
    ],
  })
  expect(refused.problems).toEqual([
    [2, 'number', 'sales.importOrderKnown'],
    [3, 'quantity_e6', 'sales.importQuantityNegative'],
    [3, 'extra.bao_zhuang', 'platform.fieldChoiceUnknown'],
    [4, 'extra.carrier_id', 'platform.fieldLinkUnknown'],
    [5, 'extra.weight_e6', 'platform.fieldRequired'],
    [6, 'item', 'sales.importItemUnknown'],
    [6, 'customer', 'sales.importCustomerUnknown'],
    [6, 'quantity_e6', 'sales.importQuantityZero'],
    [6, 'price_e4', 'sales.importPriceNegative'],
  ])
  expect((await t.ask(listOrders, {})).total).toBe(2)
})

test.skipIf(isOnServer)('parties and items bring theirs along too', async () => {
  const shop = await openShop()
  const { t } = shop
  await t.run(createField, { target: 'parties.party', label: '来源', kind: 'choice', choices: ['展会'] })
  await t.run(createField, { target: 'catalog.item', label: '替代品', key: 'other', kind: 'link', link_kind: 'item' })
  expect(await imported(shop, { kind: 'parties', rows: ['名称,来源', '甲,展会', '乙,'] })).toMatchObject({ output: { created: 2 } })
  expect((await t.ask(listParties, { fields: [{ key: 'lai_yuan', value: '展会' }] })).rows.map((p) => p.name)).toEqual(['甲'])
  expect((await imported(shop, { kind: 'parties', rows: ['名称,来源', '丙,街上'] })).problems).toEqual([[2, 'extra.lai_yuan', 'platform.fieldChoiceUnknown']])
  expect(await imported(shop, { kind: 'items', rows: ['名称,单位,替代品', '大灯,件,台灯'] })).toMatchObject({ output: { created: 1 } })
  expect((await t.ask(listItems, { text: '大灯' })).rows[0]!.extra_names).toEqual({ other_id: '台灯' })
})

test('staged rows bring custom values under their keys', async () => {
  const { t } = await fitted()
  const staging_id = stageRows(t, { command, rows: [{ number: 'A', item: 'W', quantity_e6: E6, price_e4: price(10), 'extra.weight_e6': 3 * E6, 'extra.carrier_id': 'SF' }] })
  expect(await t.run(importOrders, { staging_id })).toMatchObject({ orders: 1 })
  expect((await t.ask(listOrders, {})).rows[0]).toMatchObject({ extra: { weight_e6: 3 * E6, freight_e6: 6 * E6 }, extra_names: { carrier_id: '顺达物流' } })
})

test('they stand in the list as a workbook, on the paper, in the template and in the description of the company', async () => {
  const { t, customer, water } = await fitted()
  const carrier_id = (await t.ask(listParties, { text: '顺达' })).rows[0]!.party_id
  const { order_id } = await t.run(createOrder, {
    party_id: customer,
    lines: [{ item_id: water, quantity_e6: E6, price_e4: price(10) }],
    extra: { mai_tou: '=N/M', weight_e6: 1_250_000, sails_on: '2026-02-03', bao_zhuang: '木箱', carrier_id },
  })
  const columns = ['extra.mai_tou', 'extra.weight_e6', 'extra.sails_on', 'extra_names.carrier_id', 'extra.freight_e6'].map((from) => ({ title: from, from }))
  for (const format of ['xlsx', 'csv'] as const) {
    const out = join(t.scratch, `orders.${format}`)
    const caller = { desk: 'test', userId: (await t.office.bus.people()).ownerId! }
    const form = { title: '订单', columns }
    expect(await exportList({ office: t.office, caller, registry: t.office.registry, name: 'sales.orders', input: { sort: 'extra.weight_e6' }, form, format, out, currency: 'CNY' })).toBe(1)
    const read: (readonly string[])[] = []
    for await (const { cells } of (await openTable(out)).rows()) read.push(cells)
    expect(read).toEqual([['=N/M', '1.25', '2026-02-03', '顺达物流', '2.5']])
  }
  const paper = [{ label: '唛头', value: '=N/M' }, { label: '毛重', value: '1.25' }, { label: '承运商', value: '顺达物流' }]
  expect((await t.ask(offerPrint, { kind: 'order', id: order_id })).own_fields).toEqual(paper)
  await t.run(confirmOrder, { order_id })
  const { delivery_id } = await t.run(deliver, { order_id })
  expect((await t.ask(deliveryPrint, { delivery_id: delivery_id! })).own_fields).toEqual(paper)

  const own = await t.office.customFields()
  const importer = withOwnColumns(t.office.registry.importers.get('sales-orders')!, own)
  const template = join(t.scratch, 'template.xlsx')
  await writeTemplate({ importer, locale: 'en', path: template })
  expect((await openTable(template)).headers.slice(-5)).toEqual(['唛头', '毛重', '包装', '船期', '承运商'])

  type Shape = { properties: { extra: { properties: Record<string, unknown> }; rows: { items: Shape } } }
  const described = new Map(describeAll(t.office.registry, own).map((d) => [d.name, d]))
  const input = (described.get('sales.createOrder')!.input as Shape).properties.extra.properties
  expect(input['weight_e6']).toEqual({ type: 'integer', title: '毛重' })
  expect(input['bao_zhuang']).toEqual({ type: 'string', title: '包装', enum: ['纸箱', '木箱'] })
  expect(Object.keys(input)).not.toContain('freight_e6')
  const output = (described.get('sales.orders')!.output as Shape).properties.rows.items.properties.extra.properties
  expect(output['freight_e6']).toEqual({ type: 'integer', title: '运费' })
  expect(describeAll(t.office.registry).find((d) => d.name === 'sales.createOrder')!.input).not.toHaveProperty(['properties', 'extra', 'properties'])
})
