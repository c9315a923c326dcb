import { z } from 'zod'
import { day, type OutputOf } from '../../kernel/contract.ts'
import { formatDecimal } from '../../kernel/decimal.ts'
import { currencyOf, formatMoney } from '../../kernel/money.ts'
import type { retention } from '../../modules/insights/contract.ts'
import type { acquisition } from '../../modules/marketing/contract.ts'
import { parsedInput, type Asked } from './asked.ts'
import type { PaperData, PaperRow } from './paper.ts'
import { letterheadOf, paperWords } from './words.ts'

/** Whole percents: more digits would say more than a handful of customers can. */
const percent = (rate_e8: number | null): string => (rate_e8 === null ? '' : `${formatDecimal(Math.round(rate_e8 / 1_000_000) * 1_000_000, 6)}%`)

/** 客户留存: a line for each cohort, with the share or number of customers, or the money, of each month after. */
export async function retentionPaper({ ask, input, locale, company }: Asked): Promise<PaperData> {
  const { show, ...asked } = parsedInput(z.strictObject({ from: day(), to: day(), within_days: z.int().min(1).max(730), show: z.enum(['customers_e8', 'customers', 'net_e8', 'net_minor']) }), input)
  const data = (await ask('insights.retention', asked)) as OutputOf<typeof retention>
  const made = await company()
  const { digits } = currencyOf(made.currency)
  const t = paperWords(locale)
  // Thirteen columns of cents would not fit a sheet: money is printed in thousands, with one digit behind the point where it is little.
  const thousands = (minor: number): string => (Math.abs(minor) < 10 ** digits * 100_000 ? formatMoney(Math.round(minor / 10 ** (digits + 2)), { digits: 1, locale }) : formatMoney(Math.round(minor / 10 ** (digits + 3)), { digits: 0, locale }))
  const shown = (c: OutputOf<typeof retention>['whole']['cells'][number]): string => (show === 'customers' ? String(c.customers) : show === 'net_minor' ? thousands(c.net_minor) : percent(c[show]))
  const cells = (some: readonly OutputOf<typeof retention>['whole']['cells'][number][]): Record<string, string> => Object.fromEntries(some.map((c) => [`after_${c.since}`, shown(c)]))
  const row = (cohort: string, r: Omit<OutputOf<typeof retention>['whole'], 'cells'>): Record<string, string> => ({ cohort, cohort_customers: String(r.customers), back_rate: percent(r.back_e8) })
  return {
    ...letterheadOf({ company: made, locale }),
    title: t('kind.insights.retention'),
    number: '',
    facts: { period: `${asked.from.slice(0, 7)} – ${asked.to.slice(0, 7)}`, shown_as: t(`retention.${show}`), back_within: t('retention.days').replace('{{days}}', String(asked.within_days)) },
    rows: [...data.rows.map((r): PaperRow => ({ cells: { ...row(r.cohort, r), ...cells(r.cells) } })), { look: 'strong', cells: { ...row(t('total'), data.whole), ...cells(data.whole.cells) } }],
  }
}

/** 获客成本: a line for each month, channel, campaign or source. */
export async function acquisitionPaper({ ask, input, locale, company }: Asked): Promise<PaperData> {
  const asked = parsedInput(z.strictObject({ from: day(), to: day(), by: z.enum(['month', 'channel', 'campaign', 'source']) }), input)
  const data = (await ask('marketing.acquisition', asked)) as OutputOf<typeof acquisition>
  const made = await company()
  const { digits } = currencyOf(made.currency)
  const t = paperWords(locale)
  const money = (minor: number | null): string => (minor === null ? '' : formatMoney(minor, { digits, locale }))
  const cells = (name: string, r: OutputOf<typeof acquisition>['whole']): Record<string, string> => ({
    acquired_by: name, new_customers: String(r.customers), won: String(r.won), campaign_cost: money(r.cost_minor), cost_each: money(r.cost_each_minor), booked: money(r.booked_minor),
    net_sales: money(r.net_minor), margin: money(r.margin_minor), payback: percent(r.payback_e8),
  })
  const nameOf = (r: OutputOf<typeof acquisition>['rows'][number]): string =>
    asked.by === 'month' ? r.key : asked.by === 'source' ? (r.source ?? t('acquisition.unknown')) : r.channel === null ? t('acquisition.noCampaign') : asked.by === 'channel' ? t(`acquisition.channel.${r.channel}`) : (r.campaign_name ?? '')
  return {
    ...letterheadOf({ company: made, locale }),
    title: t('kind.marketing.acquisition'),
    number: '',
    facts: { period: `${asked.from.slice(0, 7)} – ${asked.to.slice(0, 7)}` },
    rows: [...data.rows.map((r): PaperRow => ({ cells: cells(nameOf(r), r) })), { look: 'strong', cells: cells(t('total'), data.whole) }],
    ...(data.sees_all === 0 ? { notes: [t('acquisition.someOnly')] } : {}),
  }
}
