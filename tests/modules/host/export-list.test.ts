import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { exportFile } from '../../../src-main/app/export-service.ts'
import type { Answer } from '../../../src-main/app/office-types.ts'
import type { ExportRequest } from '../../../src-main/app/transports/papers.ts'
import { openTable } from '../../../src-main/files/read-table.ts'
import { postVoucher } from '../../../src-main/modules/accounting/contract.ts'
import { createItem } from '../../../src-main/modules/catalog/contract.ts'
import { createParty } from '../../../src-main/modules/parties/contract.ts'
import { setGrants } from '../../../src-main/modules/platform/contract.ts'
import { confirmOrder, createOrder, listOrders } from '../../../src-main/modules/sales/contract.ts'
import { testOffice, type TestOffice } from '../../support/office.ts'
import { addUser, openToOthers } from '../../support/people.ts'
import { codes } from '../accounting/books.ts'
import { unzipSync } from 'fflate'

const E6 = 1_000_000
const orderColumns = [
  { title: '单号', from: 'number' },
  { title: '日期', from: 'day' },
  { title: '客户', from: 'party_name' },
  { title: '金额', from: 'gross_minor' },
  { title: '状态', from: 'state', words: { draft: '草稿', confirmed: '已确认' } },
  { title: '交期', from: ['wanted_on', 'promised_on'] },
]

/** Asks the service as the host's route does; the bytes of the file, or the no. */
async function exported(t: TestOffice, request: Partial<ExportRequest> & { name: string }, as?: string): Promise<{ bytes: Buffer; file_name: string } | Extract<Answer, { ok: false }>> {
  const userId = as ?? (await t.office.bus.people()).ownerId!
  const { currency } = await t.office.bus.company()
  const paper = await exportFile(
    { input: {}, form: { title: '订单', columns: orderColumns }, format: 'csv', language: 'zh-CN', ...request },
    { office: t.office, caller: { desk: 'test', userId }, data: t.data, currency },
  )
  if (!paper.ok) return paper
  return { bytes: Buffer.from(await new Response(paper.body).arrayBuffer()), file_name: paper.file_name }
}

async function csv(t: TestOffice, request: Partial<ExportRequest> & { name: string }, as?: string): Promise<string[]> {
  const file = await exported(t, request, as)
  if (!('bytes' in file)) throw new Error(JSON.stringify(file))
  return file.bytes.toString('utf8').replace('\ufeff', '').trimEnd().split('\r\n')
}

async function shop(count: number, founding: Parameters<typeof testOffice>[0] = {}) {
  const t = await testOffice(founding)
  const { item_id } = await t.run(createItem, { name: '茶', base_unit: '盒', kind: 'service', price_e4: 100_000 })
  const party = async (name: string, as?: string) => (await t.run(createParty, { name, ...(as ? { assigned_to: as } : {}) })).party_id
  const order = async (party_id: string, price_e4 = 123_450_000) => (await t.run(createOrder, { party_id, lines: [{ item_id, quantity_e6: E6, price_e4 }] })).order_id
  const customer = await party('华美贸易')
  for (let i = 0; i < count; i++) await t.run(confirmOrder, { order_id: await order(customer) })
  return { t, party, order, customer }
}

describe('a list as a file', () => {
  test('has every row, not the page, with its filter, sort, columns and words', async () => {
    const { t, party, order } = await shop(60)
    await order(await party('金龙商行'), 20_000)
    const all = await csv(t, { name: 'sales.orders', input: { sort: 'gross_minor', direction: 'asc' } })
    expect(all).toHaveLength(62)
    expect(all[0]).toBe('单号,日期,客户,金额,状态,交期')
    expect(all[1]).toBe(',2026-01-15,金龙商行,2.00,草稿,')
    expect(all[2]).toMatch(/^SO2026-\d{5},2026-01-15,华美贸易,12345.00,已确认,$/)
    expect(await csv(t, { name: 'sales.orders', input: { state: 'draft' } })).toHaveLength(2)
    const rows = (await t.ask(listOrders, { limit: 3 })).rows
    const marked = { title: '所选', columns: orderColumns, only: { field: 'order_id', values: rows.map((r) => r.order_id) } }
    expect((await csv(t, { name: 'sales.orders', form: marked })).slice(1).map((l) => l.split(',')[0])).toEqual(rows.map((r) => r.number ?? ''))
  })

  test('keeps numbers numbers and days days in a workbook', async () => {
    const { t } = await shop(2)
    const file = await exported(t, { name: 'sales.orders', format: 'xlsx' })
    if (!('bytes' in file)) throw new Error('no file')
    expect(file.file_name).toBe('订单.xlsx')
    const path = join(t.scratch, 'orders.xlsx')
    writeFileSync(path, file.bytes)
    const sheet = Buffer.from(unzipSync(readFileSync(path))['xl/worksheets/sheet1.xml']!).toString('utf8')
    expect(sheet).toMatch(/<c r="D2"(?![^>]*t=)[^>]*><v>12345(\.00)?<\/v>/)
    expect(sheet).toMatch(/<c r="B2"(?![^>]*t=)[^>]*><v>46037<\/v>/)
    const table = await openTable(path, {})
    expect(table.headers).toEqual(orderColumns.map((c) => c.title))
  })

  test('uses the decimals of the currency', async () => {
    const { t } = await shop(1, { profile: 'international', currency: 'JPY' })
    expect((await csv(t, { name: 'sales.orders' }))[1]).toContain(',12345,')
    const kwd = await shop(1, { profile: 'international', currency: 'KWD' })
    expect((await csv(kwd.t, { name: 'sales.orders' }))[1]).toContain(',12345.000,')
  })

  test('runs no formula', async () => {
    const { t, party } = await shop(0)
    const evil = ['=cmd|"/c calc"!A1', '+1+1', '-2+3', '@SUM(A1)', '＝SUM(7)', "'=HYPERLINK", '普通, "客户"']
    for (const name of evil) await party(name)
    const form = { title: '客户', columns: [{ title: '=编号', from: 'code' }, { title: '名称', from: 'name' }] }
    const lines = (await csv(t, { name: 'parties.list', form, input: { sort: 'code' } })).filter((l) => !l.includes('零散客户')).slice(-evil.length)
    const names = lines.map((l) => l.slice(l.indexOf(',') + 1))
    expect(names).toEqual(['"\'=cmd|""/c calc""!A1"', "'+1+1", "'-2+3", "'@SUM(A1)", "'＝SUM(7)", "''=HYPERLINK", '"普通, ""客户"""'])
    const file = await exported(t, { name: 'parties.list', form, format: 'xlsx' })
    if (!('bytes' in file)) throw new Error('no file')
    const sheet = Buffer.from(unzipSync(file.bytes)['xl/worksheets/sheet1.xml']!).toString('utf8')
    expect(sheet).not.toContain('<f>')
    expect(sheet).toMatch(/t="inlineStr"[^>]*><is><t[^>]*>=cmd/)
  })

  test('holds only the rows that the asker may see', async () => {
    const { t, party, order, customer } = await shop(1)
    const roles = await openToOthers(t)
    const amy = await addUser(t, { login: 'amy', role: 'sales' })
    const bob = await addUser(t, { login: 'bob', role: 'sales' })
    await order(await party('甲茶庄', amy))
    await order(await party('乙茶庄', bob))
    const customersOf = async (as?: string) => (await csv(t, { name: 'sales.orders' }, as)).slice(1).map((l) => l.split(',')[2]).sort()
    const unassigned = (await t.ask(listOrders, { party_id: customer }, amy)).rows.map((r) => r.party_name)
    expect(await customersOf()).toEqual(['乙茶庄', '华美贸易', '甲茶庄'])
    expect(await customersOf(amy)).toEqual([...unassigned, '甲茶庄'].sort())
    expect(await customersOf(bob)).toEqual([...unassigned, '乙茶庄'].sort())
    await t.run(setGrants, { role_id: roles.get('sales')!, grants: [{ permission: 'platform.use', scope: 'all' }] })
    expect(await exported(t, { name: 'sales.orders' }, amy)).toMatchObject({ ok: false, code: 'platform.notPermitted' })
  })

  test('is refused by name where there is none', async () => {
    const { t } = await shop(0)
    expect(await exported(t, { name: 'no.such' })).toMatchObject({ kind: 'refusal', code: 'platform.exportUnknown', details: { what: 'no.such' } })
    // A query that is no list, and one word for everything else.
    expect(await exported(t, { name: 'platform.me' })).toMatchObject({ kind: 'refusal', code: 'platform.exportUnknown' })
    for (const format of ['pdf', 'hledger', 'constructor']) {
      expect(await exported(t, { name: 'sales.orders', format })).toMatchObject({ kind: 'refusal', code: 'platform.exportFormatUnknown' })
    }
    for (const columns of [[], [{ title: 'x', from: 'password_hash' }], [{ title: 'x', from: '__proto__' }], [{ title: 'x', from: 'constructor' }], [{ title: 'x' }]]) {
      expect(await exported(t, { name: 'sales.orders', form: { title: 'x', columns } })).toMatchObject({ kind: 'invalid' })
    }
    expect(await exported(t, { name: 'sales.orders', form: undefined })).toMatchObject({ kind: 'invalid' })
    expect(await exported(t, { name: 'sales.orders', input: { state: 'no such' } })).toMatchObject({ kind: 'invalid' })
    expect(await exported(t, { name: 'sales.orders', input: [] })).toMatchObject({ kind: 'invalid' })
  })

  test('of profit and loss has the sums and the profit where they stand, and a month a column', async () => {
    const t = await testOffice()
    const id = await codes(t)
    await t.run(postVoucher, { day: '2026-01-10', summary: '卖', lines: [{ account_id: id('100201'), debit_minor: 5000 }, { account_id: id('5001'), credit_minor: 5000 }] })
    await t.run(postVoucher, { day: '2026-01-12', summary: '租', lines: [{ account_id: id('560205'), debit_minor: 7000 }, { account_id: id('100201'), credit_minor: 7000 }] })
    const words = { income: '收入合计', expense: '费用合计', profit: '利润' }
    const form = { title: '利润表', columns: [{ title: '编码', from: 'account_code' }, { title: '科目', from: ['account_name_zh', 'line'], words }, { title: '01', from: 'amounts_minor.0' }, { title: '02', from: 'amounts_minor.1' }] }
    const lines = await csv(t, { name: 'accounting.profitAndLoss', input: { from_period: '2026-01', to_period: '2026-02' }, form })
    expect(lines.map((l) => l.replace(/^(\d+),[^,]+/, '$1,…'))).toEqual(['编码,科目,01,02', '5001,…,50.00,0.00', ',收入合计,50.00,0.00', '560205,…,70.00,0.00', ',费用合计,70.00,0.00', ',利润,-20.00,0.00'])
  })

  test('is whole even while orders come in, or refused', async () => {
    const { t, order, customer } = await shop(520)
    let asked = 0
    const restless = (until: number): TestOffice['office'] =>
      Object.assign(Object.create(t.office) as TestOffice['office'], {
        ask: async (...call: Parameters<TestOffice['office']['ask']>) => {
          const answer = await t.office.ask(...call)
          if (++asked <= until && asked % 2 === 1) await order(customer)
          return answer
        },
      })
    const once = { ...t, office: restless(1), data: t.data } as TestOffice
    const file = await exported(Object.assign(once, { scratch: t.scratch }), { name: 'sales.orders' })
    expect('bytes' in file && file.bytes.toString('utf8').trimEnd().split('\r\n').length).toBe(522)
    asked = 0
    const never = { ...t, office: restless(1000) } as TestOffice
    expect(await exported(never, { name: 'sales.orders' })).toMatchObject({ kind: 'refusal', code: 'platform.exportRowsMoving' })
  })
})
