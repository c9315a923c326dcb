import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { FileNotImported, importFiles } from '../../../src-main/app/imports/import-files.ts'
import { createItem } from '../../../src-main/modules/catalog/contract.ts'
import { postAdjustment } from '../../../src-main/modules/inventory/contract.ts'
import type { Founding } from '../../../src-main/modules/platform/founding.ts'
import { testOffice, type TestOffice } from '../../support/office.ts'

// The data set goes into books of its own: pounds, open from 2010-11-30, nothing posted yet.

const ROWS = `InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country
536365,85123A,HEART HOLDER,6,2010-12-01 08:26:00,2.55,17850.0,United Kingdom
536365,POST,POSTAGE,1,2010-12-01 08:26:00,18.0,17850.0,United Kingdom
C536379,85123A,HEART HOLDER,-1,2010-12-01 09:41:00,2.55,17850.0,United Kingdom
`
const pounds: Partial<Founding> = { profile: 'international', currency: 'GBP', first_day: '2010-11-30', taxpayer: 'none', locale: 'en' }

async function imported(t: TestOffice): Promise<{ code: string } | Record<string, unknown>> {
  const file = join(t.scratch, 'online_retail.csv')
  writeFileSync(file, ROWS)
  try {
    const [one] = await importFiles({ office: t.office, place: t.office.place, kind: 'online-retail', files: [file] })
    return one!.output as Record<string, unknown>
  } catch (error) {
    if (error instanceof FileNotImported) return error.no
    throw error
  }
}

test('three lines become opening stock, an invoice with its delivery, and a credit note with goods', async () => {
  const t = await testOffice(pounds, { today: '2011-12-31' })
  expect(await imported(t)).toMatchObject({ opening_items: 1, invoices: 1, deliveries: 1, credit_notes: 1, returns: 1, lines: 3 })
})

test('books in another currency do not fit', async () => {
  const t = await testOffice({ ...pounds, currency: 'EUR' }, { today: '2011-12-31' })
  expect(await imported(t)).toMatchObject({ code: 'migration.booksDoNotFit' })
})

test('books in which something was posted are left alone', async () => {
  const t = await testOffice(pounds, { today: '2011-12-31' })
  const { item_id } = await t.run(createItem, { name: 'Heart', base_unit: 'pc' })
  await t.run(postAdjustment, { kind: 'opening', day: '2010-11-30', reason: 'opening', lines: [{ item_id, quantity_e6: 1_000_000, value_minor: 100 }] })
  expect(await imported(t)).toMatchObject({ code: 'migration.booksNotEmpty' })
})
