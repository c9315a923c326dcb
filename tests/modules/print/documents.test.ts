import { unzipSync } from 'fflate'
import { expect, test } from 'vitest'
import { exportFile } from '../../../src-main/app/export-service.ts'
import { symbologyOf } from '../../../src-main/app/print/barcode.ts'
import { ledger, openItems, postOpeningItems, receivePayment, reversePayment, writeOffBadDebt, ageing } from '../../../src-main/modules/accounting/contract.ts'
import { listLabels, setBarcodes, updateItem } from '../../../src-main/modules/catalog/contract.ts'
import { warehouses } from '../../../src-main/modules/inventory/contract.ts'
import { assignParty, createParty } from '../../../src-main/modules/parties/contract.ts'
import { creditNote, customerStatement, deliverDirect } from '../../../src-main/modules/sales/contract.ts'
import { addUser, openToOthers } from '../../support/people.ts'
import { describeMeasured } from '../../support/paper-facts.ts'
import { E6, openShop, price, type Shop } from '../sales/shop.ts'
import { paperOf, printed } from './printing.ts'

const unknownId = '01900000-0000-7000-8000-000000000000'

/** What the customer owes on the accounts of its open items, at the end of a day, as the ledger has it. */
async function ledgerBalance({ t, customer }: Shop, to: string): Promise<number> {
  const accounts = await t.office.engine.read((db) => db.all<{ account_id: string }>(
    `select distinct account_id from accounting_open_item where party_id = ? and side = 'receivable' order by account_id`, [customer],
  ))
  let net = 0
  for (const { account_id } of accounts) {
    const { closing } = await t.ask(ledger, { account_id, from: '2026-01-01', to, party_id: customer })
    net += closing.direction === 'credit' ? -closing.balance_minor : closing.balance_minor
  }
  return net
}

const itemsOf = async ({ t, customer }: Shop) => (await t.ask(openItems, { party_id: customer, side: 'receivable', limit: 100 })).rows

/** An opening debt, two invoices, a credit note, money with a discount, money ahead, a reversal and a bad debt: January to March. */
async function tradedShop(): Promise<Shop & { invoice_id: string; receipt_id: string }> {
  const shop = await openShop()
  const { t, customer, water, lamp } = shop
  await t.run(postOpeningItems, { items: [{ side: 'receivable', party_id: customer, number: '旧账-1', day: '2025-12-01', due_on: '2025-12-31', amount_minor: 50_000 }] })
  t.today = '2026-01-20'
  const { invoice_id } = await t.run(deliverDirect, { party_id: customer, lines: [{ item_id: water, quantity_e6: 24 * E6, price_e4: price(10) }, { item_id: lamp, quantity_e6: 2 * E6, price_e4: price(99) }] })
  t.today = '2026-02-03'
  await t.run(creditNote, { invoice_id: invoice_id!, lines: [{ invoice_line_no: 1, amount_minor: 4_000 }] })
  const invoice = (await itemsOf(shop)).find((i) => i.source_id === invoice_id)!
  const { payment_id } = await t.run(receivePayment, {
    party_id: customer, day: '2026-02-10', method: 'cash', amount_minor: 30_000, reference: '转账 881',
    allocations: [{ open_item_id: invoice.open_item_id, amount_minor: 20_000, discount_minor: 500 }],
  })
  const wrong = await t.run(receivePayment, { party_id: customer, day: '2026-02-11', method: 'cash', amount_minor: 7_700 })
  await t.run(reversePayment, { payment_id: wrong.payment_id, day: '2026-02-12', reason: '收错户头' })
  t.today = '2026-03-05'
  await t.run(deliverDirect, { party_id: customer, lines: [{ item_id: lamp, quantity_e6: E6, price_e4: price(99) }] })
  const old = (await itemsOf(shop)).find((i) => i.number === '旧账-1')!
  await t.run(writeOffBadDebt, { party_id: customer, day: '2026-03-06', reason: '收不回', items: [{ open_item_id: old.open_item_id, amount_minor: 10_000 }] })
  return { ...shop, invoice_id: invoice_id!, receipt_id: payment_id }
}

test('a statement tells a period line by line, and equals the ledger at every day', async () => {
  const shop = await tradedShop()
  const { t, customer } = shop
  const feb = await t.ask(customerStatement, { party_id: customer, from: '2026-02-01', to: '2026-02-28' })
  expect(feb.opening_minor).toBe(50_000 + 43_800)
  expect(feb.rows.map((r) => [r.kind, r.charged_minor, r.settled_minor, r.balance_minor])).toEqual([
    ['credit_note', -4_000, 0, 89_800],
    ['receipt', 0, 30_000, 59_800],
    ['discount', 0, 500, 59_300],
    ['receipt', 0, 7_700, 51_600],
    ['payment_reversal', 0, -7_700, 59_300],
  ])
  expect(feb).toMatchObject({ charged_minor: -4_000, settled_minor: 30_500, closing_minor: 59_300 })
  for (const [from, to] of [['2026-01-01', '2026-01-31'], ['2026-02-01', '2026-02-10'], ['2026-02-11', '2026-03-05'], ['2026-01-01', '2026-12-31']] as const) {
    const statement = await t.ask(customerStatement, { party_id: customer, from, to })
    expect(statement.closing_minor, to).toBe(await ledgerBalance(shop, to))
    const { rows } = await t.ask(ageing, { side: 'receivable', as_of: to, party_id: customer })
    const { not_due_minor, overdue_minor, credit_minor } = statement.ageing
    expect(rows[0], to).toMatchObject({ not_due_minor, overdue_minor, credit_minor, total_minor: statement.closing_minor })
  }
  const whole = await t.ask(customerStatement, { party_id: customer, from: '2025-01-01', to: '2026-12-31', with_items: 1 })
  expect(whole.opening_minor).toBe(0)
  expect(whole.rows.map((r) => r.kind)).toEqual(['opening', 'invoice', 'credit_note', 'receipt', 'discount', 'receipt', 'payment_reversal', 'invoice', 'write_off'])
  expect(whole.rows[1]!.lines).toMatchObject([{ item_code: 'W', quantity_e6: 24 * E6, gross_minor: 24_000 }, { item_code: 'L', gross_minor: 19_800 }])
  expect(feb.rows[0]!.lines).toEqual([])
})

test('a statement is a file to reckon with too: its sums stand in it once, and nobody gets another one than the screen shows', async () => {
  const { t, customer, invoice_id } = await tradedShop()
  const owner = (await t.office.bus.people()).ownerId!
  const file = async (input: object, { format = 'csv', as = owner, language = 'zh-CN' as const } = {}) => {
    const paper = await exportFile({ name: 'sales.statement', input, format, language }, { office: t.office, caller: { desk: 'test', userId: as }, data: t.data, currency: 'CNY' })
    return paper.ok ? { name: paper.file_name, bytes: Buffer.from(await new Response(paper.body).arrayBuffer()) } : paper
  }
  const january = { party_id: customer, from: '2026-01-01', to: '2026-01-31', with_items: 1 }
  const csv = (await file(january)) as { name: string; bytes: Buffer }
  expect(csv.name).toMatch(/^客户对账单 .* 2026-01-01_2026-01-31\.csv$/)
  const [head, ...rows] = csv.bytes.toString('utf8').replace('\ufeff', '').trimEnd().split('\r\n').map((line) => line.split(','))
  expect(head!.slice(0, 3)).toEqual(['日期', '类别', '单号'])
  const number = (await t.ask(customerStatement, { party_id: customer, from: '2026-01-01', to: '2026-01-31' })).rows.find((r) => r.source_id === invoice_id)!.number
  const own = rows.filter((row) => row[2] === number)
  // The invoice, and its two goods in columns of their own that add up to it.
  expect(own.map((row) => row.slice(4))).toEqual([['', '', '', '', '438.00', '', expect.any(String)], ['24', '瓶', '10.00', '240.00', '', '', ''], ['2', '件', '99.00', '198.00', '', '', '']])
  const sum = rows.slice(1, -1).reduce((all, row) => all + Math.round(Number(row[8] || 0) * 100), 0)
  expect(Math.round(Number(rows.at(-1)![8]) * 100)).toBe(sum)
  const book = (await file(january, { format: 'xlsx' })) as { name: string; bytes: Buffer }
  expect(Object.keys(unzipSync(book.bytes)).filter((name) => name.includes('worksheets'))).toHaveLength(2)
  await openToOthers(t)
  const bob = await addUser(t, { login: 'bob', role: 'warehouse' })
  expect(await file(january, { as: bob })).toMatchObject({ code: 'platform.notPermitted' })
  expect(await file({ ...january, to: '2025-01-01' })).toMatchObject({ code: 'sales.statementDaysReversed' })
  expect(await file(january, { format: 'hledger' })).toMatchObject({ code: 'platform.exportFormatUnknown' })
  expect(await file({ party_id: 'x' })).toMatchObject({ kind: 'invalid' })
})

test('a statement is only of customers one may see, for days in order, and not endless', async () => {
  const { t, customer } = await openShop()
  const span = { party_id: customer, from: '2026-01-01', to: '2026-01-31' }
  await openToOthers(t)
  const ben = await addUser(t, { login: 'ben', role: 'sales' })
  const joy = await addUser(t, { login: 'joy', role: 'bookkeeper' })
  await t.run(assignParty, { party_id: customer, user_id: joy, from_day: '2026-01-01' })
  expect((await t.refused(customerStatement, span, ben)).code).toBe('parties.partyNotFound')
  expect((await t.ask(customerStatement, span, joy)).closing_minor).toBe(0)
  expect((await t.refused(customerStatement, { ...span, from: '2026-02-01' })).code).toBe('sales.statementDaysReversed')
  const { party_id } = await t.run(createParty, { name: '大客户' })
  for (let part = 0; part < 6; part++) {
    const items = Array.from({ length: part < 5 ? 1000 : 1 }, (_, i) => ({ side: 'receivable' as const, party_id, number: `${part}-${i}`, day: '2025-12-01', due_on: '2025-12-01', amount_minor: 100 }))
    await t.run(postOpeningItems, { items })
  }
  expect(await t.refused(customerStatement, { party_id, from: '2025-01-01', to: '2026-01-31' })).toEqual({ code: 'sales.statementTooLong', details: { limit: 5000 } })
})

test('a code becomes the bars it is made for', () => {
  expect(symbologyOf('6901028075831', 'bars')).toBe('ean13')
  expect(symbologyOf('6901028075832', 'bars')).toBe('code128')
  expect(symbologyOf('96385074', 'bars')).toBe('ean8')
  expect(symbologyOf('036000291452', 'bars')).toBe('upca')
  expect(symbologyOf('W-01/A', 'bars')).toBe('code128')
  expect(symbologyOf('库位一', 'bars')).toBe('qrcode')
  expect(symbologyOf('6901028075831', 'qr')).toBe('qrcode')
})

describeMeasured('papers of money and goods', () => {
  test('a receipt says from whom, how much in words, and what it settled', async () => {
    const { t, receipt_id } = await tradedShop()
    const { text, file_name } = await paperOf(t, { name: 'accounting.payment', input: { id: receipt_id } })
    expect(file_name).toMatch(/^收款收据 RC/)
    for (const said of ['交款单位', '华美贸易', '叁佰元整', '转账 881', '未核销', '100.00', '200.00', '5.00', '出纳']) expect(text).toContain(said)
    const roll = await paperOf(t, { name: 'accounting.payment', input: { id: receipt_id }, template: 'receipt-58', language: 'en' })
    expect(roll.pages).toHaveLength(1)
    expect(roll.text).toMatch(/Received from[^]*Three hundred/)
    expect(await printed(t, { name: 'accounting.payment', input: { id: unknownId } })).toMatchObject({ code: 'accounting.paymentNotFound' })
  })

  test('twenty deliveries and invoices come as one file each: every document on pages of its own, numbered by itself', async () => {
    const shop = await openShop()
    const { t, customer, lamp } = shop
    const ids: string[] = []
    const deliveries: string[] = []
    for (let i = 0; i < 20; i++) {
      // Every tenth is too long for one page.
      const lines = Array.from({ length: i % 10 === 9 ? 60 : 1 }, () => ({ item_id: lamp, quantity_e6: E6 / 100, price_e4: price(99) }))
      const { invoice_id, delivery_id } = await t.run(deliverDirect, { party_id: customer, lines })
      ids.push(invoice_id!)
      deliveries.push(delivery_id!)
    }
    const alone = [await paperOf(t, { name: 'sales.invoice', input: { id: ids[0] } }), await paperOf(t, { name: 'sales.invoice', input: { id: ids[9] } })]
    expect(alone[0]!.pages).toHaveLength(1)
    const long = alone[1]!.pages.length
    expect(long).toBeGreaterThan(1)
    const paper = await paperOf(t, { name: 'sales.invoice', input: { ids } })
    expect(paper.pages).toHaveLength(18 + 2 * long)
    expect(paper.file_name).toMatch(/IN2026-00001–IN2026-00020\.pdf$/)
    // What the file says of itself is whole too.
    expect(paper.title).toBe('销售单 IN2026-00001–IN2026-00020')
    // Every page begins its own count and looks as it does alone.
    const own = paper.words.filter((w) => w.page === 18 + 2 * long).map((w) => w.text)
    const last = await paperOf(t, { name: 'sales.invoice', input: { id: ids[19] } })
    expect(own).toEqual(last.words.filter((w) => w.page === long).map((w) => w.text))
    expect(paper.words.filter((w) => w.page === 1)).toEqual(alone[0]!.words)
    const form = await paperOf(t, { name: 'sales.delivery', input: { ids: deliveries }, template: 'continuous-140' })
    expect(new Set(form.pages.map(({ width_mm, height_mm }) => `${width_mm.toFixed(1)} ${height_mm.toFixed(1)}`)).size).toBe(1)
    expect(form.pages.length).toBeGreaterThanOrEqual(20)
    // One that is not there stops it by name; nothing, or too many, is no wish.
    expect(await printed(t, { name: 'sales.invoice', input: { ids: [ids[0], unknownId] } })).toMatchObject({ code: 'sales.invoiceNotFound' })
    for (const wrong of [[], Array.from({ length: 201 }, () => ids[0]), 'all']) expect(await printed(t, { name: 'sales.invoice', input: { ids: wrong } })).toMatchObject({ kind: 'invalid' })
  })

  test('a statement is printed with opening, goods, closing, age and the part to send back', async () => {
    const { t, customer } = await tradedShop()
    const input = { party_id: customer, from: '2026-01-01', to: '2026-03-31', with_items: 1 }
    const { text } = await paperOf(t, { name: 'sales.statement', input })
    for (const said of ['期初余额', '期末余额', '矿泉水', '24 瓶 × 10.00', '红字销售单', '现金折扣', '坏账核销', '账龄', '对账回执', '应付贵方']) expect(text).toContain(said)
    expect(text).toContain('592.00')
    expect(await printed(t, { name: 'sales.statement', input: { party_id: customer } })).toMatchObject({ kind: 'invalid' })
    const english = await paperOf(t, { name: 'sales.statement', input, language: 'en' })
    expect(english.text).toMatch(/Confirmation of balance[^]*We agree/)
  })

  test('an account\'s ledger is printed to its last line, with the sums of months and year', async () => {
    const shop = await tradedShop()
    const { account_id } = (await shop.t.office.engine.read((db) => db.get<{ account_id: string }>(`select account_id from accounting_role where role = 'receivable'`)))!
    const { text } = await paperOf(shop.t, { name: 'accounting.ledger', input: { account_id, from: '2026-01-01', to: '2026-03-31' } })
    expect(text.match(/本月合计/g)).toHaveLength(3)
    for (const said of ['期初余额', '本年累计', '借', '华美贸易']) expect(text).toContain(said)
  })

  test('labels: one page each, as often as asked for, with price and bars', async () => {
    const { t, water, lamp } = await openShop()
    await t.run(setBarcodes, { item_id: water, barcodes: [{ barcode: '6901028075831' }, { barcode: 'BOX-1', unit: '箱' }] })
    await t.run(updateItem, { item_id: lamp, name: '充电式护眼学习台灯三档调光无线可折叠大学生宿舍卧室床头阅读用特别长的名字', spec: 'LED 9W 白色' })
    expect((await t.ask(listLabels, { item_ids: [lamp, water] })).rows.map((r) => r.barcode)).toEqual([null, '6901028075831'])
    const input = { items: [{ item_id: water, count: 3 }, { item_id: lamp, count: 2 }] }
    for (const template of ['label-40x30', 'label-60x40', 'label-100x70']) {
      const { pages, text, words } = await paperOf(t, { name: 'catalog.label', input, template })
      expect(pages).toHaveLength(5)
      expect(text.match(/矿泉水/g)).toHaveLength(3)
      expect(text).toContain('¥10.00 / 瓶')
      for (const word of words) expect(word.bottom_mm, `${template} ${word.text}`).toBeLessThan(pages[0]!.height_mm)
    }
    expect(await printed(t, { name: 'catalog.label', input: { items: [{ item_id: water, count: 1500 }, { item_id: lamp, count: 600 }] } })).toMatchObject({
      code: 'platform.tooManyLabels', details: { labels: 2100, limit: 2000 },
    })
    // On a sheet that is begun: four are gone, so that 21 go on this one and the rest on the next.
    expect((await paperOf(t, { name: 'catalog.label', template: 'sheet-70x37', input: { start_at: 5, items: [{ item_id: water, count: 21 }] } })).pages).toHaveLength(2)
    expect(await printed(t, { name: 'catalog.label', template: 'sheet-70x37', input: { start_at: 25, items: [{ item_id: water, count: 1 }] } })).toMatchObject({
      code: 'platform.labelBeyondSheet', details: { start_at: 25, labels: 24 },
    })
    expect(await printed(t, { name: 'catalog.label', input: { items: [{ item_id: unknownId, count: 1 }] } })).toMatchObject({ code: 'catalog.itemNotFound' })
    expect(await printed(t, { name: 'catalog.label', input: { items: [] } })).toMatchObject({ kind: 'invalid' })
  })

  test('places of a warehouse have labels too', async () => {
    const { t } = await openShop()
    const [warehouse] = (await t.ask(warehouses, {})).rows
    const { location_id, code, name } = warehouse!.locations[0]!
    const { pages, text } = await paperOf(t, { name: 'inventory.label', input: { places: [{ location_id, count: 2 }] } })
    // Not one page more: bars that are pushed over leave a label without and one with nothing else.
    expect(pages).toHaveLength(2)
    expect(text).toContain(name)
    expect(text).toContain(code)
    expect(await printed(t, { name: 'inventory.label', input: { places: [{ location_id: unknownId, count: 1 }] } })).toMatchObject({ code: 'inventory.locationNotFound' })
  })
})
