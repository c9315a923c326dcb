// Recency, frequency, monetary value: three scores from 1 to 5, and the tier that they make.

export type RfmRule = {
  readonly way: 'quantiles' | 'thresholds'
  /** Where the scores part, four figures upwards: bought at most so many days ago scores 5, 4, 3, 2; later 1. */
  readonly r_days: readonly number[]
  /** More than so many invoices, or so much money, scores 2, 3, 4, 5. */
  readonly f_counts: readonly number[]
  readonly m_minor: readonly number[]
}
type Bought = { readonly days_ago: number; readonly invoice_count: number; readonly amount_minor: number }
export type Cuts = Pick<RfmRule, 'r_days' | 'f_counts' | 'm_minor'>
export type Scores = { readonly r: number; readonly f: number; readonly m: number }

/** The values that end the first four fifths of a list. Equal values are never parted, so fifths may be of unlike size. */
export function fifths(values: readonly number[]): number[] {
  const sorted = values.toSorted((a, b) => a - b)
  return [1, 2, 3, 4].map((k) => sorted[Math.max(0, Math.ceil((k * sorted.length) / 5) - 1)] ?? 0)
}

/** Where the scores part: as somebody set it, or by fifths of those to be scored. */
export function cutsOf(rule: RfmRule, all: readonly Bought[]): Cuts {
  if (rule.way === 'thresholds') return { r_days: rule.r_days, f_counts: rule.f_counts, m_minor: rule.m_minor }
  return { r_days: fifths(all.map((b) => b.days_ago)), f_counts: fifths(all.map((b) => b.invoice_count)), m_minor: fifths(all.map((b) => b.amount_minor)) }
}

const passed = (cuts: readonly number[], value: number): number => cuts.filter((cut) => value > cut).length

export const scoresOf = (cuts: Cuts, { days_ago, invoice_count, amount_minor }: Bought): Scores => ({
  r: 5 - passed(cuts.r_days, days_ago),
  f: 1 + passed(cuts.f_counts, invoice_count),
  m: 1 + passed(cuts.m_minor, amount_minor),
})

export type TierBounds = Readonly<Record<'r_from' | 'r_to' | 'f_from' | 'f_to' | 'm_from' | 'm_to', number>>

/** The first of the tiers, in their order, whose bounds hold all three scores. */
export const tierOf = <T extends TierBounds>(tiers: readonly T[], { r, f, m }: Scores): T | undefined =>
  tiers.find((t) => r >= t.r_from && r <= t.r_to && f >= t.f_from && f <= t.f_to && m >= t.m_from && m <= t.m_to)
