import { searchItems } from '../../src-main/modules/catalog/contract.ts'
import { searchParties } from '../../src-main/modules/parties/contract.ts'
import { findSearchDocs, putSearchDocs } from '../../src-main/storage/search.ts'

import { item } from '../../db/schema/catalog.ts'
import { party } from '../../db/schema/parties.ts'
import { dice } from '../../src-main/app/sample.ts'
import { benchCompany, benchOffice } from './company.ts'
import { benchFolder, note, option, percentile, say } from './figure.ts'

// P4: 50,000 parties and 50,000 items; Chinese of one to four characters, pinyin initials, parts of codes, phones, English.

const DAY = '2026-06-30'
const PLACES = '上海北京深圳广州杭州南京苏州武汉成都重庆天津青岛宁波厦门长沙'.match(/../g)!
const NAMES = '华美金龙宏达鼎盛瑞丰恒通天元东方长城万和嘉禾明珠新世纪永兴富士星辰'.match(/../g)!
const TRADES = ['贸易', '科技', '机械', '电子', '食品', '纺织', '化工', '建材', '物流']
const ENGLISH = 'Acme Global Northern Pacific Atlas Summit Golden River Stone Cedar Maple Harbor Quantum Vertex Omega Pioneer'.split(' ')
const GOODS = ['不锈钢螺栓', '铝合金型材', '六角螺母', '轴承座', '液压油缸', '电缆线', 'Stainless bolt', 'Bearing', 'Hydraulic hose', 'LED panel']

async function fill(folder: string, count: number): Promise<void> {
  const { office } = await benchOffice(folder, DAY)
  const roll = dice(9)
  const one = <T>(list: readonly T[]): T => list[roll(list.length)]!
  const id = (kind: number, no: number): string => `019b0000-000${kind}-7000-8000-${no.toString(16).padStart(12, '0')}`
  for (let from = 0; from < count / 2; from += 1000) {
    await office.engine.write(async (db) => {
      for (let i = from; i < Math.min(from + 1000, count / 2); i++) {
        const name = i % 2 ? `${one(PLACES)}${one(NAMES)}${one(NAMES)}${one(TRADES)}有限公司` : `${one(ENGLISH)} ${one(ENGLISH)} Ltd ${i}`
        const phone = `13${100_000_000 + roll(899_999_999)}`
        await db.insert(party, { id: id(1, i), same_as: id(1, i), code: `C${100_000 + i}`, name, name_key: name.toLowerCase(), kind: 'company', is_customer: 1, is_supplier: 0, is_active: 1, phone, created_at: 0 })
        const goods = `${one(GOODS)} M${roll(90)}`
        await db.insert(item, { id: id(2, i), code: `P-${roll(9)}${10_000 + i}`, name: goods, kind: 'stocked', base_unit: '个', costing: 'average', is_active: 1, created_at: 0 })
        await putSearchDocs(db, [
          { kind: 'party', ref_id: id(1, i), title: name, code: `C${100_000 + i}`, texts: [phone] },
          { kind: 'item', ref_id: id(2, i), title: goods, code: `P-${roll(9)}${10_000 + i}`, texts: [] },
        ])
      }
    })
  }
  await office.close()
}

const QUERIES: Readonly<Record<string, readonly string[]>> = {
  'one-character': ['华', '鼎', '钢'],
  'two-characters': ['华美', '上海', '螺栓'],
  'three-characters': ['上海华', '不锈钢', '金龙瑞'],
  'four-characters': ['有限公司', '宏达机械', '六角螺母'],
  'pinyin-initials': ['hm', 'shhm', 'bxg'],
  'part-of-code': ['C1234', '10023', 'P-3'],
  phone: ['13812', '5512', '139000'],
  english: ['Quantum', 'hydraulic', 'pacif', 'summit gold'],
}

export async function bench(args: readonly string[]): Promise<void> {
  const count = option(args, 'records', 100_000)
  const { folder, remove } = benchFolder()
  try {
    await benchCompany(folder, DAY)
    note(`indexing ${count} records`)
    const start = performance.now()
    await fill(folder, count)
    note(`indexed in ${Math.round(performance.now() - start)} ms`)
    const { office, ask } = await benchOffice(folder, DAY)
    const [all, asked]: [number[], number[]] = [[], []]
    for (const [kind, texts] of Object.entries(QUERIES)) {
      const times: number[] = []
      let hits = 0
      for (let round = 0; round < 10; round++) {
        for (const text of texts) {
          const began = performance.now()
          const found = await office.engine.read((db) => findSearchDocs(db, { kinds: ['party', 'item'], text, limit: 50 }))
          const middle = performance.now()
          hits += found.length
          await ask(searchParties, { text, limit: 50 })
          await ask(searchItems, { text, limit: 50 })
          if (round === 0) continue
          times.push(middle - began)
          asked.push((performance.now() - middle) / 2)
        }
      }
      all.push(...times)
      say({ name: `search/${kind}`, figure: percentile(times, 95), unit: 'ms p95', bar: '<= 5 ms', ok: percentile(times, 95) <= 5, p50: percentile(times, 50), hits: hits / 10 })
    }
    // Asked as a desk asks: permission, scope and whole rows of fifty parties or items included.
    say({ name: 'search', figure: percentile(all, 95), unit: 'ms p95', bar: '<= 5 ms', ok: percentile(all, 95) <= 5, records: count, asked_p95: percentile(asked, 95), asked_p50: percentile(asked, 50) })
    await office.close()
  } finally {
    remove()
  }
}
