import iconv from 'iconv-lite'
import { zipSync, strToU8, gzipSync } from 'fflate'
import { expect, test } from 'vitest'
import { detectFile } from '../../../src-main/files/detect.ts'
import { detectDelimiter } from '../../../src-main/files/detect-delimiter.ts'
import { put, refused, workbook } from './desk.ts'

const table = '编码,名称,单价\r\nA1,龙井茶,12.50\r\nA2,"铁观音,特级",30\r\n'
const encoded = (text: string, encoding: string) => new Uint8Array(iconv.encode(text, encoding))

test.each([
  ['utf-8', encoded(table, 'utf8')],
  ['utf-8', encoded(`\ufeff${table}`, 'utf8')],
  ['utf-8', encoded('code,name\n1,plain\n', 'utf8')],
  ['utf-16le', encoded(`\ufeff${table}`, 'utf-16le')],
  ['utf-16le', encoded(table, 'utf-16le')],
  ['utf-16be', encoded(`\ufeff${table}`, 'utf-16be')],
  ['utf-16be', encoded(table, 'utf-16be')],
  ['utf-16le', encoded('一二,一万\n一,一\n'.repeat(50), 'utf-16le')],
  ['gb18030', encoded(table, 'gbk')],
  ['gb18030', encoded('名称,价\n€𠀀£,1\n朱镕基,2\n', 'gb18030')],
  ['gb18030', encoded(`code,name\n${'1,plain\n'.repeat(40_000)}2,茶\n`, 'gbk')],
  ['windows-1252', encoded('code;name\n1;Café crème\n2;Größe\n3;10 £\n', 'windows-1252')],
])('the encoding is %s', async (encoding, bytes) => {
  expect(await detectFile(put('t.csv', bytes))).toMatchObject({ format: 'csv', encoding })
})

test('a character cut by the end of a read does not make the text broken', async () => {
  // Chunks are 256 KiB: three-byte characters straddle their ends at every phase.
  for (const lead of ['', 'a', 'ab']) {
    const bytes = encoded(`${lead}名,称\n${'龙'.repeat(200_000)},1\n`, 'utf8')
    expect(await detectFile(put('t.csv', bytes))).toMatchObject({ encoding: 'utf-8' })
  }
})

test('gzipped text is read through its packing', async () => {
  const path = put('t.csv.gz', gzipSync(encoded(table, 'gbk')))
  expect(await detectFile(path)).toEqual({ format: 'csv', packing: 'gzip', encoding: 'gb18030', delimiter: ',' })
})

test('damaged UTF-8 is refused with its line, not read as Chinese', async () => {
  const bytes = encoded('名称\n龙井茶\n铁观音\n碧螺春\n普洱茶\n', 'utf8')
  bytes[bytes.indexOf(0x0a, 12) + 2] = 0x41
  await refused(() => detectFile(put('t.csv', bytes)), 'files.encodingBroken', { encoding: 'UTF-8', line: 3 })
  const cut = encoded('名称\n龙井茶\n铁观音', 'utf8').subarray(0, -1)
  await refused(() => detectFile(put('t.csv', cut)), 'files.encodingBroken', { line: 3 })
})

test('damaged GB18030 is refused with its line', async () => {
  const bytes = encoded(`名称,备注\n${'龙井茶,新茶\n'.repeat(20)}`, 'gbk')
  bytes[bytes.length - 2] = 0xff
  await refused(() => detectFile(put('t.csv', bytes)), 'files.encodingBroken', { encoding: 'GB18030', line: 21 })
})

test('what is no table is refused by the name of what it is', async () => {
  const ole = Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])
  const ods = { mimetype: strToU8('application/vnd.oasis.opendocument.spreadsheet'), 'content.xml': strToU8('<x/>') }
  const cases: [Uint8Array | string, string, Record<string, unknown>][] = [
    ['', 'files.empty', {}],
    ['\ufeff \r\n \r\n', 'files.empty', {}],
    [Buffer.concat([ole, Buffer.alloc(600)]), 'files.oldExcel', {}],
    [Buffer.concat([ole, Buffer.from('EncryptedPackage', 'utf16le')]), 'files.encrypted', {}],
    ['%PDF-1.7\n', 'files.notATable', { found: 'PDF' }],
    ['<html><table><tr><td>1</td></tr></table></html>', 'files.notATable', { found: 'HTML' }],
    ['\ufeff<?xml version="1.0"?><Workbook/>', 'files.notATable', { found: 'XML' }],
    [Uint8Array.from([1, 0, 0, 0, 7, 0, 9, 0, 0, 0, 0, 3]), 'files.notATable', { found: 'binary' }],
    [Buffer.concat([Buffer.from('名,称\n1,2\n'.repeat(20_000)), Uint8Array.from([0, 1, 0])]), 'files.notATable', { found: 'binary' }],
    [zipSync({ 'a.txt': strToU8('a') }), 'files.notATable', { found: 'ZIP' }],
    [zipSync(ods), 'files.notATable', { found: 'ODS' }],
    [zipSync({ '[Content_Types].xml': strToU8('<x/>'), 'xl/workbook.bin': strToU8('x') }), 'files.notATable', { found: 'XLSB' }],
    [workbook({}).subarray(0, 900), 'files.brokenZip', { part: 'end' }],
  ]
  for (const [content, code, details] of cases) await refused(() => detectFile(put('t.xls', content)), code, details)
  await refused(() => detectFile('/nowhere/at/all.csv'), 'files.notFound', { name: 'all.csv' })
})

test('a workbook is known by its content, whatever its name', async () => {
  expect(await detectFile(put('list.csv', workbook({})))).toEqual({ format: 'xlsx' })
})

test.each([
  [',', 'a,b,c\n1,2,3\n'],
  ['\t', 'a\tb\n1,5\t2,5\n'],
  [';', 'Artikel;Preis;Menge\nTee, grün;1,50;2\nKaffee;2,50;1\n'],
  ['|', 'a|b|c\nx, y|2|3\n'],
  [',', '单列\n一\n二\n'],
  [',', '导出时间:[2024-01-01]\n说明\n\n日期,摘要,金额\n2024-01-01\t,"a\t",1\t\n2024-01-02\t,"b\t",2\t\n'],
  [',', '"a\tb\tc",1\n"d\te\tf",2\n'],
  [';', 'sep=;\na,b;c\n'],
])('the delimiter is %j', (delimiter, text) => {
  expect(detectDelimiter(text)).toBe(delimiter)
})

test('what the caller says about a text file is taken as said', async () => {
  const path = put('t.csv', encoded('名称;价\n联通;1\n', 'gbk'))
  expect(await detectFile(path, { encoding: 'gb18030', delimiter: ';' })).toMatchObject({ encoding: 'gb18030', delimiter: ';' })
})
