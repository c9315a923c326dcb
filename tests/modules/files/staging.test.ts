import Database from 'better-sqlite3'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { expect, test } from 'vitest'
import { freeDisk, sha256OfFile } from '../../../src-main/files/file-facts.ts'
import { createStaging, openStaging, type StagingMeta } from '../../../src-main/files/staging.ts'
import { all, place, put, refusalOf, refused } from './desk.ts'

const meta: StagingMeta = { source_name: '商品.xlsx', sha256: 'ab'.repeat(32), kind: 'items', mapping: { code: '编码' } }

async function staged(count: number): Promise<string> {
  const path = place('staging.sqlite')
  const writer = createStaging(path, meta, { maxProblems: 3 })
  for (let i = 1; i <= count; i++) {
    expect(writer.add({ source_row: i + 1, value: { code: `A${i}` } })).toBe(i)
    await writer.pause()
  }
  for (let i = 1; i <= 5; i++) {
    writer.problem({ source_row: i, column: '单价', reason_code: i === 3 ? 'other' : 'notANumber', details: { found: 'x' } })
  }
  expect(writer.finish()).toEqual({ rows: count, problems: 5 })
  return path
}

test('rows come back in order, in chunks, with what the file says about itself', async () => {
  const reader = openStaging(await staged(12_345))
  expect([reader.meta, reader.counts]).toEqual([meta, { rows: 12_345, problems: 5 }])
  const chunks = await all(reader.chunks<{ code: string }>(5_000))
  expect(chunks.map((chunk) => chunk.length)).toEqual([5_000, 5_000, 2_345])
  expect(chunks.flat().every((row, i) => row.no === i + 1 && row.source_row === i + 2 && row.value.code === `A${i + 1}`)).toBe(true)
  expect(reader.page({ after: 12_343, limit: 10 }).map((row) => row.no)).toEqual([12_344, 12_345])
  expect(reader.sample(3).map((row) => row.no)).toEqual([1, 4_116, 8_231])
  reader.close()
})

test('problems are all counted, the first are kept and paged', async () => {
  const reader = openStaging(await staged(2))
  expect(reader.problems({ limit: 2, offset: 1 })).toEqual([
    { source_row: 2, column: '单价', reason_code: 'notANumber', details: { found: 'x' } },
    { source_row: 3, column: '单价', reason_code: 'other', details: { found: 'x' } },
  ])
  expect(reader.reasons()).toEqual([
    { reason_code: 'notANumber', column: '单价', count: 2 },
    { reason_code: 'other', column: '单价', count: 1 },
  ])
  expect([reader.sample(10).length, (await all(reader.chunks())).length]).toEqual([2, 1])
  reader.close()
})

test('an empty staging is whole; its rows are none', async () => {
  const path = place('staging.sqlite')
  createStaging(path, { ...meta, extra: { currency: 'GBP' } }).finish()
  const reader = openStaging(path)
  expect([reader.meta.extra, await all(reader.chunks()), reader.sample(5)]).toEqual([{ currency: 'GBP' }, [], []])
  reader.close()
})

test('a batch that ends exactly with the rows finishes too', async () => {
  const reader = openStaging(await staged(4_999))
  expect(reader.counts.rows).toBe(4_999)
  reader.close()
  const exact = place('staging.sqlite')
  const writer = createStaging(exact, meta)
  for (let i = 0; i < 5_000; i++) writer.add({ source_row: i, value: null })
  writer.finish()
  expect(statSync(exact).size).toBeGreaterThan(0)
})

test('a staging that was not finished cannot be opened, a discarded one is gone', async () => {
  const path = place('staging.sqlite')
  const writer = createStaging(path, meta)
  for (let i = 0; i < 6_000; i++) writer.add({ source_row: i, value: null })
  await refused(async () => openStaging(path), 'files.stagingUnfinished')
  expect(() => createStaging(path, meta)).toThrow('exists')
  writer.discard()
  expect(existsSync(path)).toBe(false)
})

test('a staging that lost rows is not whole', async () => {
  for (const loss of ['DELETE FROM row WHERE no = 50', 'DELETE FROM row WHERE no = 100', 'UPDATE row SET no = 500 WHERE no = 50']) {
    const path = await staged(100)
    const db = new Database(path)
    db.exec(loss)
    db.close()
    await refused(async () => openStaging(path), 'files.stagingUnfinished')
  }
})

test('only a staging file is taken for one', async () => {
  await refused(async () => openStaging(place('none.sqlite')), 'files.notStaged')
  await refused(async () => openStaging(put('text.sqlite', 'this is no database at all, however long it goes on')), 'files.notStaged')
  await refused(async () => openStaging(put('empty.sqlite', '')), 'files.notStaged')
  const good = readFileSync(await staged(3_000))
  const blanked = Buffer.concat([good.subarray(0, 4_096), Buffer.alloc(good.length - 4_096)])
  for (const cut of [good.subarray(0, 5_000), good.subarray(0, good.length - 8_192), blanked]) {
    expect((await refusalOf(async () => openStaging(put('cut.sqlite', cut)))).code).toMatch(/^files\.(notStaged|stagingUnfinished)$/)
  }
})

test('the hash of a file and the space of its disk', async () => {
  const bytes = Buffer.alloc(3_000_000, 'zhanggui')
  const path = put('big.bin', bytes)
  expect(await sha256OfFile(path)).toBe(createHash('sha256').update(bytes).digest('hex'))
  expect(await freeDisk(path)).toBeGreaterThan(0)
  await refused(() => sha256OfFile(place('none')), 'files.notFound')
  await refused(() => freeDisk(place('none')), 'files.notFound')
})
