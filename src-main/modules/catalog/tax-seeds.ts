import type { Company } from '../../kernel/operation.ts'

type SeedRate = {
  readonly taxpayer: 'small' | 'general' | 'none'
  readonly from_day: string
  readonly to_day: string | null
  readonly rate_e8: number
  readonly source: string
}
type SeedTaxCode = { readonly code: string; readonly name_zh: string; readonly name_en: string; readonly rates: readonly SeedRate[] }

const PERCENT = 1_000_000
const BEGINNING = '1994-01-01'

const VAT_LAW = '增值税法（2026年1月1日起施行）第十条'
const REFORM_2019 = '财政部 税务总局 海关总署公告2019年第39号'
const LEVY = '增值税暂行条例第十二条、增值税法：征收率3%'
const LEVY_REDUCED_2020 = '财政部 税务总局公告2020年第13号、2021年第7号：3%征收率减按1%'
const LEVY_FREE_2022 = '财政部 税务总局公告2022年第15号：3%征收率免征'
const LEVY_REDUCED_2023 = '财政部 税务总局公告2023年第1号、第19号：3%征收率减按1%，至2027年12月31日'

/** What a small-scale taxpayer levies on any taxable supply: 3 %, and the years in which it is reduced (features DF-15, DF-16, DF-18). */
const smallScale: readonly SeedRate[] = [
  { taxpayer: 'small', from_day: '2009-01-01', to_day: '2020-02-29', rate_e8: 3 * PERCENT, source: LEVY },
  { taxpayer: 'small', from_day: '2020-03-01', to_day: '2022-03-31', rate_e8: PERCENT, source: LEVY_REDUCED_2020 },
  { taxpayer: 'small', from_day: '2022-04-01', to_day: '2022-12-31', rate_e8: 0, source: LEVY_FREE_2022 },
  { taxpayer: 'small', from_day: '2023-01-01', to_day: '2027-12-31', rate_e8: PERCENT, source: LEVY_REDUCED_2023 },
  { taxpayer: 'small', from_day: '2028-01-01', to_day: null, rate_e8: 3 * PERCENT, source: LEVY },
]

/** General rates since the reform of 2019, confirmed by the law of 2026 (mobile data and text messages moved from 6 % to 9 % with it). */
const general = (percent: number, first: { from_day: string; source: string }): SeedRate[] => [
  { taxpayer: 'general', from_day: first.from_day, to_day: '2025-12-31', rate_e8: percent * PERCENT, source: first.source },
  { taxpayer: 'general', from_day: '2026-01-01', to_day: null, rate_e8: percent * PERCENT, source: VAT_LAW },
]

/** One who is no VAT payer adds no tax. */
const untaxed: SeedRate = { taxpayer: 'none', from_day: BEGINNING, to_day: null, rate_e8: 0, source: '非增值税纳税人' }

const always = (source: string): SeedRate[] =>
  (['small', 'general', 'none'] as const).map((taxpayer) => ({ taxpayer, from_day: BEGINNING, to_day: null, rate_e8: 0, source }))

const reformed = { from_day: '2019-04-01', source: REFORM_2019 }
const services = { from_day: '2016-05-01', source: '财税〔2016〕36号' }

const chinese: readonly SeedTaxCode[] = [
  {
    code: 'VAT13',
    name_zh: '货物、租赁、进口',
    name_en: 'Goods, leasing, imports',
    rates: [...smallScale, ...general(13, reformed), untaxed],
  },
  {
    code: 'VAT9',
    name_zh: '运输、建筑、农产品、基础电信等',
    name_en: 'Transport, construction, farm produce, basic telecom',
    rates: [...smallScale, ...general(9, reformed), untaxed],
  },
  {
    code: 'VAT6',
    name_zh: '其他服务、无形资产',
    name_en: 'Other services, intangibles',
    rates: [...smallScale, ...general(6, services), untaxed],
  },
  { code: 'VAT0', name_zh: '出口零税率', name_en: 'Exports, zero-rated', rates: always('增值税法第十条：出口货物税率为零') },
  { code: 'EXEMPT', name_zh: '免税', name_en: 'Exempt', rates: always('增值税法第二十四条：免征') },
]

/** Outside China the rate is the company's own affair: every taxpayer kind begins at 0 and `catalog.setTaxRate` says what holds. */
const international: readonly SeedTaxCode[] = [
  { code: 'STANDARD', name_zh: '标准税率', name_en: 'Standard rate', rates: always('Set at founding') },
  { code: 'ZERO', name_zh: '零税率', name_en: 'Zero-rated', rates: always('Zero-rated') },
  { code: 'EXEMPT', name_zh: '免税', name_en: 'Exempt', rates: always('Exempt') },
]

/** The tax codes a profile begins with. */
export const taxCodesOf = (profile: Company['profile']): readonly SeedTaxCode[] => (profile === 'cn-small' ? chinese : international)

/** The tax code that a profile suggests for goods and for services. */
export function usualTaxCode(company: Pick<Company, 'profile'>, kind: 'stocked' | 'service' = 'stocked'): string {
  if (company.profile !== 'cn-small') return 'STANDARD'
  return kind === 'service' ? 'VAT6' : 'VAT13'
}

/** The company's kind of taxpayer, as the rates know it. */
export const taxpayerOf = (company: Pick<Company, 'taxpayer'>): SeedRate['taxpayer'] => company.taxpayer as SeedRate['taxpayer']
