import type { SearchEntry } from '../../src-main/storage/search.ts'

// Records and questions on which both engines must answer alike.

const record = (kind: string, no: number, entry: Omit<SearchEntry, 'kind' | 'ref_id'>): SearchEntry => ({
  kind,
  ref_id: `019b0000-0000-7000-8000-${String(no).padStart(12, '0')}`,
  ...entry,
})

const parties: readonly Omit<SearchEntry, 'kind' | 'ref_id'>[] = [
  { title: '上海华美贸易有限公司', code: 'C00001', texts: ['华美', '13800138000', '+86 139 1234 5678'] },
  { title: '华美达酒店(北京)', code: 'C00002', texts: ['010-6655-4433'] },
  { title: '重庆长江航运', code: 'C00003', texts: ['重庆路 12 号'] },
  { title: 'Café Zürich & Söhne', code: 'C00004', texts: ['+41 44 123 45 67'] },
  { title: "O'Brien \"Quick\" Supplies", code: 'C-10/23', texts: ["it's", 'a | b & !c', '100% (off)'] },
  { title: 'Ｆｕｌｌｗｉｄｔｈ　商店', code: 'C00006', texts: ['１３８'] },
  { title: '東京カメラ', code: 'C00007', texts: ['とうきょう', '서울'] },
  { title: 'Ivanov Иванов ООО', code: 'C00008', texts: ['Straße 7', 'ISTANBUL İSTANBUL'] },
  { title: '\\back\\slash', code: 'C00009', texts: ['a:b', 'k:party', 'p:h'] },
  { title: '银行', code: 'C00010', texts: ['行长', '曾曾'] },
]
const items: readonly Omit<SearchEntry, 'kind' | 'ref_id'>[] = [
  { title: '不锈钢螺栓 M12', code: 'P-1001', texts: ['304', '6901234567892'] },
  { title: '不锈钢螺母 M12', code: 'P-1002', texts: ['6901234567893'] },
  { title: '华为P30手机', code: 'HW-P30', texts: [] },
  { title: 'REGENCY CAKESTAND 3 TIER', code: '22423', texts: [] },
  { title: 'WHITE HANGING HEART T-LIGHT HOLDER', code: '85123A', texts: [] },
  { title: 'white hanging heart t-light holder', code: '85123a', texts: [] },
  { title: 'JUMBO BAG RED RETROSPOT', code: '85099B', texts: [] },
  { title: '🍎 苹果', code: 'EMOJI-1', texts: ['🍎🍏'] },
]

/** Many alike beside the special ones, so that limits and ranks are felt. */
const many = Array.from({ length: 300 }, (_, i) => {
  const entry = { title: `华宁${i}号 Heart ${i % 7}`, code: `N${100 + i}`, texts: [`13${900_000_000 + i * 7919}`] }
  return record(i % 2 ? 'item' : 'party', 1000 + i, entry)
})

export const RECORDS: readonly SearchEntry[] = [
  ...parties.map((p, i) => record('party', i + 1, p)),
  ...items.map((p, i) => record('item', 100 + i, p)),
  ...many,
]

const asked = [
  ...['华', '华美', '美贸', '上海华美', '公司', 'hm', 'shhm', 'cq', 'zq', 'cj', 'hwp30', 'p30', 'bxg'],
  ...['yh', 'yx', 'hz', 'zz', '苹', '🍎', '🍏', '🍌'],
  ...['C00001', 'c0000', '0001', 'C-10', '10/23', '1023', 'P-100', 'p1001', '22423', '85123A'],
  ...['85123a', '5123', 'hw-p', 'N1', 'N399', '69012345678'],
  ...['13800138000', '138 0013', '8000', '139-1234', '1391234', '5678', '010', '6655', '0106655', '44 123', '１３８', '13900'],
  ...['cafe', 'CAFÉ', 'zurich', 'söhne', 'soh', 'heart', 'HEART HOLD', 'hold heart', 'eart', 'ea', 'h', 't-light', 'tlight', 'light t'],
  ...['東京', 'カメ', 'とう', '서울', 'иван', 'ООО'],
  ...['strasse', 'straße', 'istanbul', 'İ', 'fullwidth', 'ｆｕｌｌ', '商店', '(北京)', '达酒店北'],
  ...["o'brien", "O'B", '"quick"', "'", '"', '\\', 'back\\slash', 'a | b', '| ! & ( )', 'a:b', 'k:party', 'k:item', 'p:h', ':'],
  ...['%', '_', '*', '100%', 'NEAR(a b)', 'OR', 'AND NOT', '-', '^', "''", '$1', '?', '', ' ', '\u0000', '\ud800'],
] as const

/** The questions of people, and every part of every special record. */
export const QUESTIONS: readonly string[] = [
  ...new Set<string>([...asked, ...[...parties, ...items].flatMap(({ title, code }) => [...partsOf(title), ...partsOf(code ?? '')])]),
]

function partsOf(text: string): string[] {
  const characters = [...text]
  const from = (at: number, length: number): string => characters.slice(at, at + length).join('')
  return [1, 2, 3, 5].flatMap((length) => characters.slice(0, 1 - length || undefined).map((_, at) => from(at, length)))
}
