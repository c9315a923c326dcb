import fc from 'fast-check'
import iconv from 'iconv-lite'
import { gzipSync, unzipSync, zipSync, strToU8 } from 'fflate'
import { expect, test } from 'vitest'
import { unlinkSync } from 'node:fs'
import { defaultLimits } from '../../../src-main/files/limits.ts'
import { openTable } from '../../../src-main/files/read-table.ts'
import { cellProblems, fileRefusals } from '../../../src-main/files/refusals.ts'
import { Refusal } from '../../../src-main/kernel/refusal.ts'
import { put, workbook } from './desk.ts'

// ZHANGGUI_FUZZ_RUNS raises the number of files for each kind; ZHANGGUI_FUZZ_SEED plays a failure again.
const runs = Number(process.env['ZHANGGUI_FUZZ_RUNS'] ?? 300)
const seed = Number(process.env['ZHANGGUI_FUZZ_SEED'] ?? Math.floor(Math.random() * 0x7fffffff))

const csv = '商品表,,\n编码,名称,单价,备注\nA1,"龙井, 特级",12.50,"两\n行"\nA2,铁观音,"1,200.00","他说""好"""\n\nA3,=1+1,13%,"a"\n'
const xlsx = workbook({
  sheets: {
    数据: '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>日期</t></is></c><c r="C1" t="s"><v>1</v></c></row>'
      + '<row r="2"><c r="A2" t="str"><v>A1</v></c><c r="B2" s="1"><v>45296.5</v></c><c r="C2"><f>1+1</f><v>2.5E-3</v></c></row>'
      + '<row r="9"><c r="A9" t="b"><v>1</v></c><c r="B9" t="e"><v>#REF!</v></c><c r="C9" t="d"><v>2024-01-05</v></c></row>',
    备用: '',
  },
  shared: '<si><t>编码</t></si><si><r><t>单</t></r><r><t>价</t></r></si>',
  formats: '<numFmt numFmtId="170" formatCode="yyyy-mm-dd hh:mm"/>',
  styles: [0, 170],
})

type Edit = {
  readonly kind: 'cut' | 'flip' | 'insert' | 'drop' | 'repeat'
  /** The place, as a share of the whole. */
  readonly at: number
  readonly value: number
  readonly length: number
}

// Bytes that mean something to one of the formats come more often than chance would bring them.
const telling = [0, 0x09, 0x0a, 0x0d, 0x22, 0x27, 0x2c, 0x2f, 0x3b, 0x3c, 0x3e, 0x26, 0x50, 0x4b, 0x7f, 0x80, 0x81, 0xef, 0xfe, 0xff]
const edit: fc.Arbitrary<Edit> = fc.record({
  kind: fc.constantFrom('cut', 'flip', 'flip', 'flip', 'insert', 'insert', 'drop', 'repeat'),
  // Every place alike: the library's own liking for the ends would destroy the first bytes nearly every time.
  at: fc.noBias(fc.integer({ min: 0, max: 999_999 })).map((millionths) => millionths / 1_000_000),
  value: fc.oneof(fc.constantFrom(...telling), fc.integer({ min: 0, max: 255 })),
  length: fc.integer({ min: 1, max: 40 }),
})

function edited(bytes: Uint8Array, edits: readonly Edit[]): Uint8Array {
  let now = Buffer.from(bytes)
  for (const { kind, at, value, length } of edits) {
    const place = Math.floor(at * now.length)
    const before = now.subarray(0, place)
    if (kind === 'cut') now = Buffer.from(before)
    else if (kind === 'flip' && now.length > 0) now[Math.min(place, now.length - 1)]! ^= value
    else if (kind === 'insert') now = Buffer.concat([before, Buffer.alloc(length, value), now.subarray(place)])
    else if (kind === 'drop') now = Buffer.concat([before, now.subarray(place + length)])
    else now = Buffer.concat([before, now.subarray(place, place + length), now.subarray(place)])
  }
  return now
}

/** Reads a file as an import would. Anything but rows or a refusal of this layer fails; one that hangs fails by the property's timeout. */
async function readWhole(name: string, bytes: Uint8Array): Promise<string> {
  const path = put(name, bytes)
  try {
    const table = await openTable(path, { limits: { ...defaultLimits, maxRecordChars: 20_000, maxBytes: 50_000_000 } })
    expect(new Set(table.headers.map((header) => header.toLowerCase())).size).toBe(table.headers.length)
    let last = table.headerRow
    for await (const row of table.rows()) {
      expect(row.row).toBeGreaterThan(last)
      expect(row.cells.length).toBe(table.headers.length)
      for (const problem of row.problems) expect(cellProblems).toContain(problem.code)
      last = row.row
    }
    return 'read'
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    expect(fileRefusals).toContain(error.code)
    expect(() => JSON.stringify(error.details)).not.toThrow()
    return error.code
  } finally {
    unlinkSync(path)
  }
}

async function fuzz<T>(name: string, inputs: fc.Arbitrary<T>, make: (input: T) => Uint8Array): Promise<void> {
  const outcomes = new Map<string, number>()
  await fc.assert(fc.asyncProperty(inputs, async (input) => {
    const outcome = await readWhole(name, make(input))
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
  }), { numRuns: runs, seed, timeout: 20_000 })
  console.log(`${name}: ${runs} files, seed ${seed}:`, Object.fromEntries([...outcomes].sort((a, b) => b[1] - a[1])))
}

const edits = fc.array(edit, { minLength: 1, maxLength: 3 })
const patience = Math.max(60_000, runs * 100)

test('text in any encoding, damaged in any way, is read or refused', async () => {
  const encodings = fc.constantFrom('utf8', 'utf-16le', 'utf-16be', 'gb18030', 'win1252')
  const inputs = fc.tuple(encodings, fc.boolean(), fc.constantFrom('\n', '\r\n', '\r'), fc.constantFrom(',', '\t', ';', '|'), edits)
  await fuzz('text.csv', inputs, ([encoding, hasMark, end, delimiter, changes]) => {
    const text = csv.replaceAll('\n', end).replaceAll(',', delimiter)
    return edited(iconv.encode(text, encoding, { addBOM: hasMark }), changes)
  })
}, patience)

test('gzipped text, damaged in any way, is read or refused', async () => {
  const packed = gzipSync(strToU8(csv), { mtime: 0 })
  await fuzz('text.csv.gz', edits, (changes) => edited(packed, changes))
}, patience)

test('a workbook with damaged bytes is read or refused', async () => {
  await fuzz('book.xlsx', edits, (changes) => edited(xlsx, changes))
}, patience)

test('a workbook with damaged parts in a sound zip is read or refused', async () => {
  const parts = unzipSync(xlsx)
  const names = Object.keys(parts)
  const change = fc.tuple(fc.constantFrom(...names), edits, fc.constantFrom('edit', 'edit', 'edit', 'leave out', 'swap'))
  const inputs = fc.array(change, { minLength: 1, maxLength: 3 })
  await fuzz('parts.xlsx', inputs, (changes) => {
    const changed: Record<string, Uint8Array> = { ...parts }
    for (const [name, edits, kind] of changes) {
      if (kind === 'leave out') delete changed[name]
      else if (kind === 'swap') changed[name] = parts[names[(names.indexOf(name) + edits.length) % names.length]!]!
      else changed[name] = edited(changed[name] ?? parts[name]!, edits)
    }
    return zipSync(changed, { mtime: '2020-01-01T00:00:00' })
  })
}, patience)

test('bytes that are nothing at all are read or refused', async () => {
  const magics = ['PK\u0003\u0004', 'PK\u0005\u0006', '\u001f\u008b\u0008', '\u00ff\u00fe', '\u00fe\u00ff', '\u00ef\u00bb\u00bf']
  const inputs = fc.tuple(fc.constantFrom('', 'a,b\n', ...magics), fc.uint8Array({ maxLength: 400 }))
  await fuzz('noise.bin', inputs, ([head, noise]) => Buffer.concat([Buffer.from(head, 'latin1'), noise]))
}, patience)
