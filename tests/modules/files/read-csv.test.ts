import { gzipSync } from 'fflate'
import iconv from 'iconv-lite'
import { expect, test } from 'vitest'
import { defaultLimits } from '../../../src-main/files/limits.ts'
import { readCsv, type CsvSource } from '../../../src-main/files/read-csv.ts'
import { all, place, put, refused } from './desk.ts'

function read(content: string | Uint8Array, more: Partial<CsvSource> = {}) {
  return readCsv({ path: put('t.csv', content), packing: 'none', encoding: 'utf-8', delimiter: ',', ...more })
}
const limits = (more: Partial<typeof defaultLimits>) => ({ limits: { ...defaultLimits, ...more } })

test('rows carry the number a spreadsheet shows beside them', async () => {
  const text = 'a,b\r\n\r\n"two\r\nlines",2\r\n \r\n3,"say ""hi"""\r\n'
  expect(await all(read(text))).toEqual([
    { row: 1, cells: ['a', 'b'] },
    { row: 2, cells: [''] },
    { row: 3, cells: ['two\r\nlines', '2'] },
    { row: 4, cells: [''] },
    { row: 5, cells: ['3', 'say "hi"'] },
  ])
})

test.each(['\n', '\r\n', '\r'])('lines may end in %j, also mixed, also at the end of a read', async (end) => {
  const text = Array.from({ length: 60_000 }, (_, i) => `${i},x`).join(end)
  const rows = await all(read(text))
  expect(rows.length).toBe(60_000)
  expect(rows.every((row, i) => row.row === i + 1 && row.cells.length === 2 && row.cells[0] === String(i))).toBe(true)
  expect((await all(read('a\r\nb\nc\rd'))).map((row) => row.cells[0])).toEqual(['a', 'b', 'c', 'd'])
})

test('quotation marks inside a plain cell are characters like any other', async () => {
  const rows = await all(read('3" pipe,="0012", "a, b" ,end\n'))
  expect(rows[0]!.cells).toEqual(['3" pipe', '="0012"', 'a, b', 'end'])
})

test('a lone quotation mark does not eat the file', async () => {
  const tail = 'x,y\n'.repeat(400_000)
  await refused(() => all(read(`a,b\n1,"open\n${tail}`)), 'files.recordTooLong', { row: 2, column: 'B' })
  await refused(() => all(read('a,b\n1,2\n3,"open\n4,5\n')), 'files.strayQuote', { row: 3, column: 'B' })
  await refused(() => all(read('a,b\n1,"open\n2,"plain",3\n')), 'files.strayQuote', { row: 2, column: 'B' })
})

test('every encoding comes out as the same text, and a mark at the start is no text', async () => {
  const text = '编码,名称\n1,龙井€\n'
  for (const [encoding, bytes] of [
    ['utf-8', iconv.encode(`\ufeff${text}`, 'utf8')],
    ['utf-16le', iconv.encode(`\ufeff${text}`, 'utf-16le')],
    ['utf-16be', iconv.encode(`\ufeff${text}`, 'utf-16be')],
    ['gb18030', iconv.encode(text, 'gb18030')],
  ] as const) expect((await all(read(bytes, { encoding }))).map((row) => row.cells)).toEqual([['编码', '名称'], ['1', '龙井€']])
})

test('bytes that are not of the said encoding are refused with their line', async () => {
  const bytes = iconv.encode('a\nb\n龙井\n', 'gb18030')
  await refused(() => all(read(bytes)), 'files.encodingBroken', { encoding: 'UTF-8', line: 3 })
})

test('text that holds zero characters is no text', async () => {
  await refused(() => all(read('a,b\n1,\u0000\n')), 'files.notATable', { found: 'binary' })
})

test('gzip is unpacked; cut off it is refused, and a bomb is not unpacked to its end', async () => {
  const packed = gzipSync(new TextEncoder().encode('a,b\n1,2\n'))
  expect((await all(read(packed, { packing: 'gzip' }))).length).toBe(2)
  await refused(() => all(read(packed.subarray(0, -4), { packing: 'gzip' })), 'files.brokenGzip')
  const bomb = gzipSync(new Uint8Array(8_000_000).fill(0x0a))
  const small = limits({ maxRatio: 5, ratioFromBytes: 1_000_000 })
  await refused(() => all(read(bomb, { packing: 'gzip', ...small })), 'files.zipBomb')
  await refused(() => all(read(bomb, { packing: 'gzip', ...limits({ maxBytes: 1_000_000 }) })), 'files.tooLarge')
})

test('rows and columns have limits, empty cells at the end do not count', async () => {
  await refused(() => all(read('1\n2\n3\n', limits({ maxRows: 2 }))), 'files.tooManyRows', { limit: 2 })
  await refused(() => all(read('a\n1,2,3\n', limits({ maxColumns: 2 }))), 'files.tooManyColumns', { row: 2, column: 'C' })
  expect((await all(read('a,b,,,,\n', limits({ maxColumns: 2 })))).length).toBe(1)
  await refused(() => all(read(','.repeat(3_000_000))), 'files.tooManyColumns')
})

test('the line sep=; that Excel writes is no row of the table', async () => {
  expect(await all(read('sep=;\na;b\n', { delimiter: ';' }))).toEqual([{ row: 2, cells: ['a', 'b'] }])
})

test('leaving in the middle closes the file, and a missing one is refused', async () => {
  let last = 0
  for await (const row of read('1,2\n'.repeat(100_000))) {
    last = row.row
    if (last === 10) break
  }
  expect(last).toBe(10)
  await refused(() => all(readCsv({ path: place('gone.csv'), packing: 'none', encoding: 'utf-8', delimiter: ',' })), 'files.notFound')
})
