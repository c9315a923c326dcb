import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ImportService } from '../../../src-main/app/import-service.ts'
import { createItem } from '../../../src-main/modules/catalog/contract.ts'
import { adjustments, createWarehouse, stock } from '../../../src-main/modules/inventory/contract.ts'
import { testOffice, type TestOffice } from '../../support/office.ts'
import { costsHold, item, standing, units } from './rehearsal.ts'

async function importOpening(t: TestOffice, csv: string) {
  const folder = mkdtempSync(join(tmpdir(), 'zhanggui-opening-'))
  try {
    const path = join(folder, 'opening.csv')
    writeFileSync(path, csv)
    const { importers } = t.office.registry
    const service = new ImportService({ office: t.office, importers, staging: t.office.place.staging, digits: async () => 2 })
    const { job_id } = await service.start({ path, kind: 'opening-stock' })
    await service.check(job_id)
    await service.settled(job_id)
    await service.post({ job_id, caller: { desk: 'test', userId: (await t.office.bus.people()).ownerId! } })
    return await service.settled(job_id)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

test('opening stock from a table: values or unit costs, other units and warehouses, against the clearing account', async () => {
  const t = await testOffice()
  await item(t, 'A', { units: [{ name: '箱', numerator: 12 }] })
  await item(t, 'B', { costing: 'fifo' })
  const east = await t.run(createWarehouse, { code: 'EAST', name: '东仓' })
  const job = await importOpening(t, '商品编码,仓库,单位,数量,单位成本,金额\nA,,箱,2,60,\nB,EAST,,5,,12.50\nA,EAST,,3,,15\n')
  expect(job).toMatchObject({ state: 'posted', no: null })
  expect((await t.ask(stock, {})).rows.map((r) => [r.item_code, r.on_hand_e6 / 1e6, r.value_minor])).toEqual([
    ['A', 27, 13_500],
    ['B', 5, 1250],
  ])
  expect((await t.ask(stock, { warehouse_id: east.warehouse_id })).rows.map((r) => r.on_hand_e6)).toEqual([units(3), units(5)])
  expect((await t.ask(adjustments, { kind: 'opening' })).rows.map((r) => [r.number, r.day, r.reason])).toEqual([
    ['AD2026-00002', '2026-01-01', '导入 opening.csv'],
    ['AD2026-00001', '2026-01-01', '导入 opening.csv'],
  ])
  expect([await standing(t, 'inventory'), await standing(t, 'opening_clearing')]).toEqual([14_750, -14_750])
  await costsHold(t)
})

test('every wrong row is told, and nothing is written', async () => {
  const t = await testOffice()
  await item(t, 'A', { units: [{ name: '箱', numerator: 12 }] })
  await t.run(createItem, { name: '运费', code: 'F', base_unit: '次', kind: 'service' })
  const job = await importOpening(
    t,
    'Item code,Warehouse,Unit,Quantity,Unit cost\nX,,,1,1\nF,,,1,1\nA,WEST,,1,1\nA,,吨,1,1\nA,,,0,1\nA,,,1,\nA,,箱,1,1\n',
  )
  expect(job).toMatchObject({ no: { code: 'inventory.importRejected' } })
  const problems = job.no!.details['problems'] as { source_row: number; field: string; reason_code: string }[]
  expect(problems.map((p) => [p.source_row, p.field, p.reason_code])).toEqual([
    [2, 'item_code', 'inventory.itemUnknown'],
    [3, 'item_code', 'inventory.itemNotStocked'],
    [4, 'warehouse_code', 'inventory.warehouseUnknown'],
    [5, 'unit', 'catalog.unitUnknown'],
    [6, 'quantity_e6', 'inventory.openingQuantityNeeded'],
    [7, 'value_minor', 'inventory.openingValueNeeded'],
  ])
  expect((await t.ask(adjustments, {})).total).toBe(0)
})
