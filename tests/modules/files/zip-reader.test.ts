import { zipSync, strToU8 } from 'fflate'
import { expect, test } from 'vitest'
import { defaultLimits, type Limits } from '../../../src-main/files/limits.ts'
import { openZip } from '../../../src-main/files/zip-reader.ts'
import { all, put, refusalOf, refused } from './desk.ts'

const small: Limits = { ...defaultLimits, maxBytes: 1_000_000, maxRatio: 20, ratioFromBytes: 10_000, maxZipEntries: 5 }

async function read(bytes: Uint8Array, part = 'a.xml'): Promise<string> {
  const zip = await openZip(put('t.zip', bytes), small)
  return Buffer.concat(await all(zip.read(part))).toString()
}

function zipOf(parts: Record<string, string>, level: 0 | 6 = 6): Buffer {
  const files = Object.entries(parts).map(([name, text]) => [name, strToU8(text)] as const)
  return Buffer.from(zipSync(Object.fromEntries(files), { level, mtime: '2020-01-01T00:00:00' }))
}

/** Where a field of the nth directory entry stands. */
function inDirectory(bytes: Buffer, field: number, entry = 0): number {
  let at = -1
  for (let i = 0; i <= entry; i++) at = bytes.indexOf('PK\u0001\u0002', at + 1, 'latin1')
  return at + field
}
const changed = (bytes: Buffer, change: (bytes: Buffer) => void) => {
  const copy = Buffer.from(bytes)
  change(copy)
  return copy
}

test('stored and deflated parts are read, names without regard to case', async () => {
  expect(await read(zipOf({ 'a.xml': 'hello' }))).toBe('hello')
  expect(await read(zipOf({ 'A.xml': 'hello', 'b.xml': '' }, 0))).toBe('hello')
  expect(await read(zipOf({ 'a.xml': 'x', 'b.xml': '' }), 'b.xml')).toBe('')
})

test('a comment at the end, even one that looks like an end record, does not hide the directory', async () => {
  const bytes = zipOf({ 'a.xml': 'hello' })
  const comment = Buffer.from(`PK\u0005\u0006${'x'.repeat(40)}`, 'latin1')
  const commented = changed(bytes, (b) => b.writeUInt16LE(comment.length, b.length - 2))
  expect(await read(Buffer.concat([commented, comment]))).toBe('hello')
})

test('sizes of the 64-bit kind are read from their extra field', async () => {
  const bytes = zipOf({ 'a.xml': 'hello' })
  const extraAt = inDirectory(bytes, 46 + 5)
  const sizes = [5, bytes.readUInt32LE(inDirectory(bytes, 20))]
  const extra = Buffer.from([1, 0, 16, 0, ...sizes.flatMap((size) => [size, 0, 0, 0, 0, 0, 0, 0])])
  const wide = Buffer.concat([bytes.subarray(0, extraAt), extra, bytes.subarray(extraAt)])
  wide.writeUInt32LE(0xffffffff, inDirectory(wide, 20))
  wide.writeUInt32LE(0xffffffff, inDirectory(wide, 24))
  wide.writeUInt16LE(extra.length, inDirectory(wide, 30))
  wide.writeUInt32LE(wide.readUInt32LE(wide.length - 10) + extra.length, wide.length - 10)
  expect(await read(wide)).toBe('hello')
})

test('a part that goes on past its declared size is stopped there, not at its end', async () => {
  const long = zipOf({ 'a.xml': Array.from({ length: 400_000 }, (_, i) => String(i * 7919)).join(' ') })
  const zip = await openZip(put('t.zip', changed(long, (b) => b.writeUInt32LE(100, inDirectory(b, 24)))), defaultLimits)
  let unpacked = 0
  await refused(async () => {
    for await (const chunk of zip.read('a.xml')) unpacked += chunk.length
  }, 'files.brokenZip', { part: 'a.xml' })
  expect(unpacked).toBe(0)
})

const text = 'some text that packs well, some text that packs well'
const good = zipOf({ 'a.xml': text, 'b.xml': text })

test.each<[string, string, Buffer]>([
  ['a zip cut off', 'files.brokenZip', good.subarray(0, good.length - 30)],
  ['bytes changed in a part', 'files.brokenZip', changed(good, (b) => b.writeUInt8(b.readUInt8(50) ^ 1, 50))],
  ['a wrong checksum', 'files.brokenZip', changed(good, (b) => b.writeUInt8(b.readUInt8(inDirectory(b, 16)) ^ 1, inDirectory(b, 16)))],
  ['a size that is too small', 'files.brokenZip', changed(good, (b) => b.writeUInt32LE(3, inDirectory(b, 24)))],
  ['a size that is too large', 'files.brokenZip', changed(good, (b) => b.writeUInt32LE(300, inDirectory(b, 24)))],
  ['a packing nobody knows', 'files.brokenZip', changed(good, (b) => b.writeUInt16LE(99, inDirectory(b, 10)))],
  ['a part beyond the file', 'files.brokenZip', changed(good, (b) => b.writeUInt32LE(0x7fffffff, inDirectory(b, 42)))],
  ['more entries than there are', 'files.brokenZip', changed(good, (b) => b.writeUInt16LE(4, b.length - 12))],
  ['a directory that lies outside', 'files.brokenZip', changed(good, (b) => b.writeUInt32LE(0x7fffffff, b.length - 6))],
  ['only the mark of a zip64 size', 'files.zipBomb', changed(good, (b) => b.writeUInt32LE(0xffffffff, inDirectory(b, 24)))],
  ['one name twice', 'files.brokenZip', changed(good, (b) => b.write('A', inDirectory(b, 46, 1)))],
  ['parts that share their bytes', 'files.zipBomb', changed(good, (b) => b.writeUInt32LE(0, inDirectory(b, 42, 1)))],
  ['a part that packs too well', 'files.zipBomb', zipOf({ 'a.xml': ' '.repeat(500_000) })],
  ['too much in all', 'files.zipBomb', zipOf({ 'a.xml': '', 'b.xml': 'x'.repeat(1_000_001) }, 0)],
  ['too many parts', 'files.zipBomb', zipOf({ a: '', b: '', c: '', d: '', e: '', f: '' })],
  ['an encrypted part', 'files.encrypted', changed(good, (b) => b.writeUInt16LE(1, inDirectory(b, 8)))],
])('refuses %s', async (_, code, bytes) => {
  expect(await refusalOf(() => read(bytes))).toMatchObject({ code })
})
