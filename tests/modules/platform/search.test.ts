import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Engine } from '../../../src-main/storage/db.ts'
import { gramsOf, gramsOfQuery, recheck } from '../../../src-main/kernel/grams.ts'
import { findSearchDocs, putSearchDocs, refsFound, type SearchEntry } from '../../../src-main/storage/search.ts'
import { emptyEngine } from '../../support/engines.ts'
import { RECORDS } from '../../support/search-corpus.ts'

// The same list on whichever engine the suite runs; tests/postgres/search.test.ts compares the two on many more questions.

const KINDS = ['item', 'party']

const expected: Readonly<Record<string, readonly string[]>> = {
  华美: ['上海华美贸易有限公司', '华美达酒店(北京)'],
  shhm: ['上海华美贸易有限公司'],
  cqcj: ['重庆长江航运'],
  zqcj: ['重庆长江航运'],
  hwp30: ['华为P30手机'],
  '138 0013': ['上海华美贸易有限公司'],
  '139-12345678': ['上海华美贸易有限公司'],
  cafe: ['Café Zürich & Söhne'],
  'p1001': ['不锈钢螺栓 M12'],
  'hold heart': ['WHITE HANGING HEART T-LIGHT HOLDER', 'white hanging heart t-light holder'],
  "o'brien": ["O'Brien \"Quick\" Supplies"],
  '85123A': ['WHITE HANGING HEART T-LIGHT HOLDER', 'white hanging heart t-light holder'],
  银行: ['银行'],
  иван: ['Ivanov Иванов ООО'],
  N399: ['华宁299号 Heart 5'],
  '': [],
  '"': [],
  'NEAR(a b)': [],
}

let engine: Engine
let remove: () => Promise<void>
beforeAll(async () => {
  const engineOfRun = await emptyEngine()
  engine = engineOfRun.engine
  remove = engineOfRun.remove
  await engine.write((db) => putSearchDocs(db, RECORDS))
})
afterAll(() => remove())

test.each(Object.entries(expected))('%s', async (text, titles) => {
  const hits = await engine.read((db) => findSearchDocs(db, { kinds: KINDS, text, limit: 10 }))
  expect(hits.map((h) => h.title)).toEqual(titles)
})

test('among no kinds nothing is found', async () => {
  expect(await engine.read((db) => findSearchDocs(db, { kinds: [], text: '华美', limit: 10 }))).toEqual([])
})

test('who is called exactly so comes first, however many others hold the text and came before', async () => {
  const crowd = Array.from({ length: 400 }, (_, i) => ({ kind: 'party', ref_id: `crowd-${i}`, title: `第${i}家振华商店`, texts: [] }))
  const last = [{ kind: 'party', ref_id: 'begins', title: '振华兄弟', texts: [] }, { kind: 'party', ref_id: 'exact', title: '振华', texts: [] }]
  await engine.write((db) => putSearchDocs(db, [...crowd, ...last]))
  const hits = await engine.read((db) => findSearchDocs(db, { kinds: ['party'], text: '振华', limit: 3 }))
  expect(hits.map((h) => h.ref_id)).toEqual(['exact', 'begins', 'crowd-0'])
})

test('a list is limited to all that a text finds, and to nothing else, however many they are', async () => {
  const entry = (i: number): SearchEntry => {
    // Every fortieth holds all pairs of the words asked, but not the words.
    const title = i % 40 === 0 ? `商店华商振华${i}` : `振华商店${i}分店 Heart Holder`
    return { kind: 'shop', ref_id: `shop-${i}`, title, code: `S-${i}`, texts: [`13${900_000_000 + i * 7919}`] }
  }
  const shops = Array.from({ length: 1500 }, (_, i) => entry(i))
  await engine.write((db) => putSearchDocs(db, shops))
  for (const text of ['振', '振华', '振华商店', '店华商', 'zhsd', 's', 'S-1', 's-14', '139', 'heart hold', 'hold heart', '分店', '振华商店7', 'nothing', '%', '']) {
    const found = await engine.read(async (db) => {
      const { sql, params } = await refsFound(db, { kind: 'shop', text, column: 'd.ref_id' })
      return db.all<{ ref_id: string }>(`select d.ref_id from platform_search_doc d where ${sql} order by d.doc`, params)
    })
    const asked = gramsOfQuery(text)
    const isHit = ({ title, code, texts }: SearchEntry): boolean => {
      const grams = new Set([title, code!, ...texts].flatMap(gramsOf))
      return asked.length > 0 && asked.every((clause) => clause.some((gram) => grams.has(gram))) && recheck(text, [title, code!, ...texts])
    }
    const wanted = shops.filter(isHit)
    expect([text, found.map((row) => row.ref_id)]).toEqual([text, wanted.map((shop) => shop.ref_id)])
  }
})
