import type { AskOutput, RowOf } from '../../api/operations.ts'

export type Customer = RowOf<'insights.customers'>
export type Tier = RowOf<'insights.tiers'>
export type Risk = Customer['risk_level']

export const risks: readonly Risk[] = ['high', 'watch', 'low']
export const riskTone = { high: 'danger', watch: 'warning', low: 'success' } as const
export const standings: readonly Customer['standing'][] = ['scored', 'quiet', 'not_positive', 'no_invoice']

type Named = { readonly name_zh: string; readonly name_en: string }
/** A tier's name in the reader's language, else in the other. */
export const tierName = ({ name_zh, name_en }: Named, locale: string): string => (locale === 'zh-CN' ? name_zh || name_en : name_en || name_zh)
type InTier = { readonly tier_zh: string | null; readonly tier_en: string | null }
export const tierOf = ({ tier_zh, tier_en }: InTier, locale: string): string => tierName({ name_zh: tier_zh ?? '', name_en: tier_en ?? '' }, locale)

/** A probability in whole percent: more digits would say more than an estimate can. */
export const percentOf = (e8: number | null): string => (e8 === null ? '' : `${Math.round(e8 / 1e6)}%`)
/** Purchases with one digit behind the point. */
export const purchasesOf = (e6: number | null): string => (e6 === null ? '' : (Math.round(e6 / 1e5) / 10).toFixed(1))
/** So many times likelier. */
export const liftOf = (e6: number): string => `${(Math.round(e6 / 1e5) / 10).toFixed(1)}×`

export type Overview = AskOutput<'insights.overview'>
