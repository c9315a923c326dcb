import { createRequire } from 'node:module'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import iconv from 'iconv-lite'
import { expect, test } from 'vitest'
import { openXlsx } from '../../../src-main/files/read-xlsx.ts'
import { openTable } from '../../../src-main/files/read-table.ts'
import { writeCsv } from '../../../src-main/files/write-csv.ts'
import { writeXlsx } from '../../../src-main/files/write-xlsx.ts'
import type { Cell } from '../../../src-main/files/cells.ts'
import { all, place, refused } from './desk.ts'
import type * as ExcelJs from 'exceljs'

const exceljs = createRequire(import.meta.url)('exceljs') as typeof ExcelJs

const text = (value: string): Cell => ({ kind: 'text', text: value })
const columns = ['摘要', '金额', '数量', '税率', '日期', '时间', '备注'].map((title) => ({ title }))
const rows: Cell[][] = [
  [text('销售,"龙井"'), { kind: 'money', number: '12345.60' }, { kind: 'number', number: '-3' }, { kind: 'rate', number: '0.13' },
    { kind: 'day', day: '2024-02-29' }, { kind: 'moment', moment: '2024-02-29T08:26:01' }, { kind: 'empty' }],
  [text('=1+1'), { kind: 'money', number: '-0.05' }, { kind: 'number', number: '12345678901234567.89' }, { kind: 'rate', number: '0.065' },
    { kind: 'day', day: '1900-01-31' }, { kind: 'moment', moment: '1999-12-31T23:59:59' }, text(' 两\n行 ')],
]

test('a CSV file holds figures as they came and no formulas', async () => {
  const path = place('t.csv')
  expect(await writeCsv({ path, columns, rows })).toEqual({ rows: 2, bytes: readFileSync(path).length })
  expect(readFileSync(path, 'utf8')).toBe(
    '\ufeff摘要,金额,数量,税率,日期,时间,备注\r\n'
    + '"销售,""龙井""",12345.60,-3,13%,2024-02-29,2024-02-29 08:26:01,\r\n'
    + '\'=1+1,-0.05,12345678901234567.89,6.5%,1900-01-31,1999-12-31 23:59:59," 两\n行 "\r\n',
  )
})

test('what would run as a formula comes back as the text it was', async () => {
  const hostile = ['=cmd|x', '+1', '-1', '@a', '\t=1', '\r=1', '\'=1', '=1', '\'plain', '-']
  const path = place('t.csv')
  const pairs = hostile.map((value) => [text(value), text('x')])
  await writeCsv({ path, columns: [{ title: 'a' }, { title: '=b' }], rows: pairs, encoding: 'utf-8' })
  const lines = readFileSync(path, 'utf8').split('\r\n')
  expect(lines[0]).toBe('a,\'=b')
  expect(lines.slice(1).filter((line) => /^"?[=+\-@\t\r=]/.test(line))).toEqual([])
  const table = await openTable(path, { headerRow: 1 })
  expect((await all(table.rows())).map((row) => row.cells[0])).toEqual(hostile)
})

test('GB18030 for programs that know nothing else', async () => {
  const path = place('t.csv')
  await writeCsv({ path, columns: [{ title: '编码' }], rows: [[text('龙井€')]], encoding: 'gb18030', delimiter: '\t' })
  expect(iconv.decode(readFileSync(path), 'gb18030')).toBe('编码\r\n龙井€\r\n')
})

test('blanks at the ends of a text are kept by quotation marks, delimiters too', async () => {
  const path = place('t.csv')
  await writeCsv({ path, columns: [{ title: 'a' }], rows: [[text(' x')], [text('y ')], [text('a;b')]], encoding: 'utf-8', delimiter: ';' })
  expect(readFileSync(path, 'utf8')).toBe('a\r\n" x"\r\n"y "\r\n"a;b"\r\n')
})

test('a workbook opens in another program with figures as numbers and days as days', async () => {
  const path = place('t.xlsx')
  const empty = { name: '序时账 1', columns: [{ title: '空', width: 30 }], rows: [] }
  const result = await writeXlsx({ path, sheets: [{ name: '序时账/1', columns, rows }, empty] })
  expect(result).toEqual({ rows: 2, bytes: readFileSync(path).length })
  const book = new exceljs.Workbook()
  await book.xlsx.readFile(path)
  expect(book.worksheets.map((sheet) => sheet.name)).toEqual(['序时账 1', '序时账 1 2'])
  const sheet = book.worksheets[0]!
  const cell = (row: number, column: number) => sheet.getRow(row).getCell(column)
  expect([cell(2, 1).value, cell(2, 2).value, cell(2, 2).numFmt]).toEqual(['销售,"龙井"', 12345.6, '#,##0.00'])
  expect([cell(2, 3).value, cell(2, 3).numFmt]).toEqual([-3, '0'])
  expect([cell(2, 4).value, cell(2, 4).numFmt, cell(3, 4).numFmt]).toEqual([0.13, '0%', '0.0%'])
  expect(cell(2, 5).value).toEqual(new Date('2024-02-29T00:00:00Z'))
  expect(cell(2, 6).value).toEqual(new Date('2024-02-29T08:26:01Z'))
  // More digits than Excel holds, days of its wrong calendar, and formulas stay the text they are.
  expect([1, 3, 5, 7].map((column) => cell(3, column).value)).toEqual(['=1+1', '12345678901234567.89', '1900-01-31', ' 两\n行 '])
  expect([cell(1, 1).font.bold, sheet.autoFilter]).toEqual([true, 'A1:G3'])
  expect(sheet.views[0]).toMatchObject({ state: 'frozen', ySplit: 1 })
  expect(book.worksheets[1]!.getColumn(1).width).toBe(30)
})

test('our own reader gives back what was written, hostile characters too', async () => {
  const hostile = ['<a>&"\'', 'a\u0000b\u0007', '_x000D_', '\ufffe', '😀', 'tab\tend', 'cr\r\nlf', ' edge ', '=1+1', '00123']
  const path = place('t.xlsx')
  await writeXlsx({ path, sheets: [{ name: 's', columns: [{ title: '文' }], rows: hostile.map((value) => [text(value)]) }] })
  const read = await all((await openXlsx(path)).rows())
  expect(read.slice(1).map((row) => row.cells[0])).toEqual(hostile)
})

test('many rows go through without being held; the first rows decide the widths', async () => {
  const path = place('t.xlsx')
  async function* many(): AsyncGenerator<Cell[]> {
    for (let i = 1; i <= 30_000; i++) yield [text(`第 ${i} 行`), { kind: 'number', number: String(i) }]
  }
  expect((await writeXlsx({ path, sheets: [{ name: 's', columns: [{ title: 'a' }, { title: 'b' }], rows: many() }] })).rows).toBe(30_000)
  let sum = 0
  for await (const row of (await openXlsx(path)).rows()) sum += Number(row.cells[1]) || 0
  expect(sum).toBe((30_000 * 30_001) / 2)
})

test('a failure leaves the older file as it was and nothing beside it', async () => {
  const path = place('t.csv')
  writeFileSync(path, 'older')
  async function* broken(): AsyncGenerator<Cell[]> {
    yield [text('1')]
    throw new Error('the source broke')
  }
  const before = readdirSync(dirname(path)).length
  await expect(writeCsv({ path, columns: [{ title: 'a' }], rows: broken() })).rejects.toThrow('the source broke')
  await expect(writeXlsx({ path, sheets: [{ name: 's', columns: [{ title: 'a' }], rows: broken() }] })).rejects.toThrow('the source broke')
  expect([readFileSync(path, 'utf8'), readdirSync(dirname(path)).length]).toEqual(['older', before])
})

test('what cannot be written is refused, what the caller got wrong is a defect', async () => {
  const one = (cell: Cell) => ({ columns: [{ title: 'a' }], rows: [[cell]] })
  await refused(() => writeCsv({ path: `${place('no')}/such/folder.csv`, ...one(text('1')) }), 'files.cannotWrite')
  const long = { name: 's', ...one(text('x'.repeat(32_768))) }
  await refused(() => writeXlsx({ path: place('t.xlsx'), sheets: [long] }), 'files.textTooLong', { row: 2, column: 'A' })
  const wrong: Cell[] = [
    { kind: 'number', number: '1e3' },
    { kind: 'money', number: '' },
    { kind: 'day', day: '2023-02-30' },
    { kind: 'day', day: '5/1/2023' },
    { kind: 'moment', moment: '2023-01-01' },
  ]
  for (const bad of wrong) {
    await expect(writeXlsx({ path: place('t.xlsx'), sheets: [{ name: 's', ...one(bad) }] })).rejects.not.toHaveProperty('code')
  }
  await expect(writeCsv({ path: place('t.csv'), columns: [{ title: 'a' }], rows: [[]] })).rejects.toThrow('cells')
})
