import { createRequire } from 'node:module'
import { expect, test } from 'vitest'
import { defaultLimits, type Limits } from '../../../src-main/files/limits.ts'
import { openXlsx } from '../../../src-main/files/read-xlsx.ts'
import { all, place, put, refusalOf, refused, workbook, type Made } from './desk.ts'
import type * as ExcelJs from 'exceljs'

const exceljs = createRequire(import.meta.url)('exceljs') as typeof ExcelJs

async function read(made: Made, options: { sheet?: string; limits?: Limits } = {}) {
  return all((await openXlsx(put('t.xlsx', workbook(made)), options)).rows())
}
const oneSheet = (inside: string, more: Made = {}) => ({ sheets: { 表一: inside }, ...more })
const cell = (reference: string, value: string, more = '') => `<c r="${reference}" ${more}><v>${value}</v></c>`

test('a workbook that another program wrote comes out as its author meant it', async () => {
  const book = new exceljs.Workbook()
  const sheet = book.addWorksheet('商品')
  sheet.addRow(['编码', '日期', '数量', '税率', '启用', '备注', '金额'])
  const rich = { richText: [{ text: '新' }, { font: { bold: true }, text: '茶' }] }
  const row = sheet.addRow(['00123', new Date(Date.UTC(2024, 0, 5)), 0.1 + 0.2, 0.13, true, rich, { formula: '1+1', result: 2 }])
  row.getCell(2).numFmt = 'yyyy-mm-dd'
  row.getCell(4).numFmt = '0%'
  sheet.addRow([null, { formula: 'A9', result: { error: '#REF!' } }])
  const path = place('other.xlsx')
  await book.xlsx.writeFile(path)
  const read = await openXlsx(path)
  expect(read.sheetNames).toEqual(['商品'])
  expect(await all(read.rows())).toEqual([
    { row: 1, cells: ['编码', '日期', '数量', '税率', '启用', '备注', '金额'] },
    { row: 2, cells: ['00123', '2024-01-05', '0.3', '13%', 'TRUE', '新茶', '2'] },
    { row: 3, cells: ['', '#REF!'], problems: [{ column: 2, code: 'files.cellError', found: '#REF!' }] },
  ])
})

test('cells and rows may leave out their references; gaps stay gaps and blank rows are not told', async () => {
  const inside = '<row><c t="str"><v>a</v></c><c/><c><v>2</v></c></row><row r="7"/>'
    + '<row r="9"><c r="C9"><v>3</v></c><c><v>4</v></c></row><row><c><v>5</v></c></row>'
  expect(await read(oneSheet(inside))).toEqual([
    { row: 1, cells: ['a', '', '2'] },
    { row: 9, cells: ['', '', '3', '4'] },
    { row: 10, cells: ['5'] },
  ])
})

test('shared, inline and escaped texts; phonetic guides and formulas are no part of them', async () => {
  const made = oneSheet(
    '<row r="1">'
    + '<c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c>'
    + '<c r="C1" t="inlineStr"><is><r><t>in</t></r><r><t xml:space="preserve"> line</t></r><rPh><t>no</t></rPh></is></c>'
    + '<c r="D1" t="str"><f>"x"&amp;"y"</f><v>x&amp;y_x000A_z</v></c>'
    + '<c r="E1" t="b"><v>0</v></c><c r="F1" t="d"><v>2024-01-05T00:00:00</v></c></row>',
    { shared: '<si><t>東京</t><rPh sb="0" eb="2"><t>とうきょう</t></rPh></si><si><r><t>富</t></r><r><t>文本</t></r></si>' },
  )
  expect(await read(made)).toEqual([{ row: 1, cells: ['東京', '富文本', 'in line', 'x&y\nz', 'FALSE', '2024-01-05'] }])
})

test('styles decide what a number is, wherever the part stands in the file', async () => {
  const figures = cell('A1', '45296', 's="1"') + cell('B1', '7', 's="2"') + cell('C1', '60', 's="1"') + cell('D1', '8', 's="99"')
  const made = oneSheet(`<row r="1">${figures}${cell('E1', 'x')}</row>`, {
    formats: '<numFmt numFmtId="170" formatCode="0000"/>', styles: [0, 14, 170],
  })
  expect(await read(made)).toEqual([{
    row: 1,
    cells: ['2024-01-05', '0007', '60', '8', 'x'],
    problems: [{ column: 3, code: 'files.cellNoSuchDay', found: '60' }, { column: 5, code: 'files.cellNotANumber', found: 'x' }],
  }])
  expect((await read({ ...made, bookExtra: '<workbookPr date1904="1"/>' }))[0]!.cells[0]).toBe('2028-01-06')
})

test('a formula that was never computed is named', async () => {
  const problem = { column: 2, code: 'files.cellNoValue', found: '' }
  expect(await read(oneSheet('<row r="2"><c r="B2"><f>A1*2</f></c></row>'))).toEqual([{ row: 2, cells: [], problems: [problem] }])
})

test('the first visible sheet is read, or the named one', async () => {
  const inside = (value: string) => `<row r="1">${cell('A1', value)}</row>`
  const book = '<x:workbook xmlns:x="m" xmlns:q="o"><x:sheets><x:sheet name="隐藏" state="hidden" q:id="s1"/>'
    + '<x:sheet name="明细" q:id="s2"/><x:sheet name="a &amp; b" q:id="s3"/></x:sheets></x:workbook>'
  const path = put('t.xlsx', workbook({ sheets: { a: inside('1'), b: inside('2'), c: inside('3') }, parts: { 'xl/workbook.xml': book } }))
  const opened = await openXlsx(path)
  expect([opened.sheet, opened.sheetNames]).toEqual(['明细', ['隐藏', '明细', 'a & b']])
  expect((await all((await openXlsx(path, { sheet: 'a & b' })).rows()))[0]!.cells).toEqual(['3'])
  await refused(() => openXlsx(path, { sheet: '没有' }), 'files.noSuchSheet', { sheet: '没有', sheets: ['隐藏', '明细', 'a & b'] })
})

test('a declared dimension is never believed', async () => {
  const made = oneSheet(`<row r="1">${cell('A1', '1')}</row>`, { before: '<dimension ref="A1:XFD1048576"/>' })
  expect(await read(made)).toEqual([{ row: 1, cells: ['1'] }])
})

const part = (xml: string): Made => ({ parts: { 'xl/worksheets/sheet1.xml': xml } })
const texts = (xml: string | undefined): Made => ({ parts: { 'xl/sharedStrings.xml': xml } })

test.each<[string, Made, Record<string, unknown>]>([
  ['rows that go back', oneSheet('<row r="5"/><row r="5"/>'), { row: 6 }],
  ['a row past the last', oneSheet('<row r="1048577"/>'), {}],
  ['a row that is no number', oneSheet('<row r="1e3"/>'), {}],
  ['a cell of another row', oneSheet(`<row r="1">${cell('A2', '1')}</row>`), { row: 1 }],
  ['a cell past the last column', oneSheet(`<row r="1">${cell('XFE1', '1')}</row>`), { row: 1 }],
  ['a cell twice', oneSheet(`<row r="1">${cell('A1', '1')}${cell('A1', '2')}</row>`), { row: 1, column: 'A' }],
  ['a shared text that is missing', oneSheet('<row r="3"><c r="B3" t="s"><v>4</v></c></row>'), { row: 3, column: 'B' }],
  ['shared texts that are missing altogether', oneSheet('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', texts(undefined)), { row: 1 }],
  ['a cell type nobody knows', oneSheet('<row r="1"><c r="A1" t="zz"><v>0</v></c></row>'), { row: 1, column: 'A' }],
  ['a sheet that is not there', { parts: { 'xl/worksheets/sheet1.xml': undefined } }, { part: 'xl/worksheets/sheet1.xml' }],
  ['a workbook that is not there', { parts: { 'xl/workbook.xml': undefined, 'xl/workbook2.xml': '<x/>' } }, { part: 'xl/workbook.xml' }],
  ['a part that is no sheet', part('<chart/>'), { reason: 'worksheet' }],
  ['XML that breaks off', part('<worksheet><sheetData><row>'), {}],
  ['XML that is none', { parts: { 'xl/styles.xml': 'not xml' } }, { part: 'xl/styles.xml' }],
  ['a document type', texts('<!DOCTYPE sst [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><sst><si><t>&b;</t></si></sst>'), { reason: 'DOCTYPE' }],
  ['an entity of its own', texts('<sst><si><t>&lol;</t></si></sst>'), { part: 'xl/sharedStrings.xml' }],
  ['nesting without end', part(`<worksheet>${'<a>'.repeat(200)}`), { reason: 'nesting' }],
  ['a text without end', part(`<worksheet><a>${'x'.repeat(5_000_000)}</a></worksheet>`), { reason: 'size' }],
  ['an attribute without end', part(`<worksheet a="${'x'.repeat(5_000_000)}"/>`), { reason: 'size' }],
])('refuses %s', async (_, made, details) => {
  expect(await refusalOf(() => read(made))).toMatchObject({ code: 'files.brokenWorkbook', details })
})

test('rows, columns and shared texts have limits', async () => {
  const limits = (more: Partial<Limits>) => ({ limits: { ...defaultLimits, ...more } })
  const rows = `<row r="1">${cell('A1', '1')}</row><row r="2">${cell('C2', '1')}</row>`
  await refused(() => read(oneSheet(rows), limits({ maxRows: 1 })), 'files.tooManyRows', { limit: 1 })
  await refused(() => read(oneSheet(rows), limits({ maxColumns: 2 })), 'files.tooManyColumns', { row: 2, column: 'C' })
  await refused(() => read(oneSheet(rows, { shared: '<si/><si/><si/>' }), limits({ maxSharedChars: 40 })), 'files.tooLarge')
  const long = `<row r="1"><c r="A1" t="str"><v>${'x'.repeat(60)}</v></c><c t="str"><v>${'x'.repeat(60)}</v></c></row>`
  await refused(() => read(oneSheet(long), limits({ maxRecordChars: 100 })), 'files.recordTooLong', { row: 1, column: 'B' })
  // A cell that is only formatted far to the right holds nothing and costs nothing.
  expect(await read(oneSheet(`<row r="1">${cell('A1', '1')}<c r="XFD1" s="0"/></row>`))).toEqual([{ row: 1, cells: ['1'] }])
})
