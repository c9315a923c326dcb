import iconv from 'iconv-lite'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openTable } from '../../../src-main/files/read-table.ts'
import { all, put, refused, workbook } from './desk.ts'

const open = (text: string, options = {}) => openTable(put('t.csv', text), options)

test('title lines and blank rows before the header are skipped, cells are trimmed, blank rows left out', async () => {
  const table = await open('某某商行 商品表,,\n导出日期:2024-01-05,,\n,,\n 编码 ,名\u3000称,单价(元)\n\u3000A1\u00a0,"龙井\n茶", 12.50\n,,\nA2,,30\n')
  expect(table).toMatchObject({ format: 'csv', encoding: 'utf-8', delimiter: ',', sheet: null })
  expect(table).toMatchObject({ headerRow: 4, headers: ['编码', '名 称', '单价(元)'], columns: [1, 2, 3] })
  expect(await all(table.rows())).toEqual([
    { row: 5, cells: ['A1', '龙井\n茶', '12.50'], problems: [] },
    { row: 7, cells: ['A2', '', '30'], problems: [] },
  ])
  expect(table.progress()).toEqual({ doneBytes: table.progress().totalBytes, totalBytes: table.progress().totalBytes })
})

test('rows can be read again from the start, and left in the middle', async () => {
  const table = await open('a,b\n1,2\n3,4\n')
  for await (const row of table.rows()) {
    expect(row.row).toBe(2)
    break
  }
  expect((await all(table.rows())).length).toBe(2)
})

test('columns without header and content are dropped; what stands under no header is a problem of its row', async () => {
  const late = 'x,,1,\n'.repeat(200)
  const table = await open(`,名称,,数量,\n,茶,,1,\n,${late.replaceAll('\n', '\n,')}茶,多,2,余\n`)
  expect([table.headers, table.columns]).toEqual([['名称', '数量'], [2, 4]])
  const rows = await all(table.rows())
  expect(rows.at(-1)).toEqual({
    row: 203,
    cells: ['茶', '2'],
    problems: [{ column: 3, code: 'files.cellWithoutHeader', found: '多' }, { column: 5, code: 'files.cellWithoutHeader', found: '余' }],
  })
})

test('headers that are empty over data, doubled or endless are refused by name', async () => {
  await refused(() => open('编码,,价\n1,2,3\n'), 'files.emptyHeader', { row: 1, columns: ['B'] })
  await refused(() => open('Code,名称,code \n1,2,3\n'), 'files.duplicateHeader', { row: 1, headers: ['Code', 'code'] })
  await refused(() => open(`${'长'.repeat(300)},b\n1,2\n`), 'files.headerTooLong', { row: 1, column: 'A' })
})

test('a header is words, not figures; the person may say which row it is', async () => {
  expect((await open('2024-01-05,1,2\n日期,数量,金额\n2024-01-06,3,4\n')).headerRow).toBe(2)
  const said = await open('说明,甲\n编码,名称\n1,茶\n', { headerRow: 2 })
  expect([said.headers, (await all(said.rows())).length]).toEqual([['编码', '名称'], 1])
  await refused(() => open('a,b\n', { headerRow: 9 }), 'files.noHeader', { row: 9 })
})

test('a header without rows is an empty table, a sheet without cells is refused', async () => {
  expect(await all((await open('编码,名称\n')).rows())).toEqual([])
  await refused(() => openTable(put('t.xlsx', workbook({}))), 'files.empty')
  await refused(() => open('a,b\n', { sheet: '表一' }), 'files.noSuchSheet')
})

test('what exports do to keep a text from being a formula or a number is undone', async () => {
  const rows = await all((await open('a\n"=""0012"""\n="0013"\n\'+86 138\n\'\'=x\n\'plain\n=1+1\n-5\n')).rows())
  expect(rows.map((row) => row.cells[0])).toEqual(['0012', '0013', '+86 138', '\'=x', '\'plain', '=1+1', '-5'])
})

test('cells of a million blanks, digits or marks take no longer than others', async () => {
  const long = 400_000
  const cells = [`x${' '.repeat(long)}x`, `1${'2'.repeat(long)}x`, `${"'".repeat(long)}x`, `="${'"'.repeat(long + 1)}x`]
  const table = await open(`名称\n${cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join('\n')}\n`, { headerRow: 1 })
  expect((await all(table.rows())).map((row) => row.cells[0]!.length)).toEqual(cells.map((cell) => cell.length))
  expect((await open(`${cells[1]!.slice(0, 150)}\n1\n`)).headers.length).toBe(1)
})

test('a workbook opens like any table', async () => {
  const text = (place: string, value: string) => `<c r="${place}" t="str"><v>${value}</v></c>`
  const inside = `<row r="2">${text('B2', '编码')}${text('C2', '价')}</row>`
    + `<row r="4">${text('B4', ' A1 ')}<c r="C4" t="e"><v>#N/A</v></c></row>`
  const table = await openTable(put('t.xlsx', workbook({ sheets: { 数据: inside } })))
  expect(table).toMatchObject({ format: 'xlsx', encoding: null, delimiter: null, sheet: '数据', sheetNames: ['数据'] })
  expect(table).toMatchObject({ headerRow: 2, headers: ['编码', '价'], columns: [2, 3] })
  const problem = { column: 3, code: 'files.cellError', found: '#N/A' }
  expect(await all(table.rows())).toEqual([{ row: 4, cells: ['A1', '#N/A'], problems: [problem] }])
})

test('GBK tables open without being told', async () => {
  const table = await openTable(put('t.csv', new Uint8Array(iconv.encode('编码\t名称\r\n1\t龙井\r\n', 'gbk'))))
  expect([table.encoding, table.delimiter, table.headers]).toEqual(['gb18030', '\t', ['编码', '名称']])
})

const dataSets = process.env['ZHANGGUI_DATA_SETS'] ?? join(import.meta.dirname, '../../../../shared/data')
const statements = join(dataSets, 'bank_statements')
if (!existsSync(statements)) console.warn(`skipped: no real bank statements under ${dataSets} (set ZHANGGUI_DATA_SETS)`)

describe.skipIf(!existsSync(statements))('real files', () => {
  test.each([
    ['alipay/example-alipay-records.csv', { encoding: 'gb18030', headerRow: 25 }, 12, 10],
    ['cmb/credit/example-cmb-records.csv', { encoding: 'utf-8', headerRow: 2 }, 6, 6],
    ['cmb/debit/example-cmb-records.csv', { encoding: 'utf-8', headerRow: 1 }, 7, 5],
    ['icbc/credit/example-icbc-credit-records.csv', { encoding: 'utf-8', headerRow: 7 }, 13, 10],
    ['icbc/debit-v2/example-icbc-debit-v2-records.csv', { encoding: 'utf-8', headerRow: 7 }, 15, 12],
  ])('%s', async (file, expected, headers, rows) => {
    const table = await openTable(join(statements, file))
    expect(table).toMatchObject(expected)
    expect([table.headers.length, (await all(table.rows())).length]).toEqual([headers, rows])
  })

  test('a workbook of a sales ledger', async () => {
    const table = await openTable(join(dataSets, 'adventureworks/packt_sales_2017_2019/AdventureWorks_Sales_2017.xlsx'))
    const rows = await all(table.rows())
    expect([table.headers[0], rows.length, rows[0]!.cells[0]]).toEqual(['OrderDate', 2630, '2017-01-01'])
  })
})
