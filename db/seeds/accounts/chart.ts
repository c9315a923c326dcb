/** One account of a seeded chart. Its parent is the account whose code is its longest proper beginning. */
export type SeedAccount = {
  readonly code: string
  readonly name_zh: string
  readonly name_en: string
  readonly class: 'asset' | 'liability' | 'equity' | 'cost' | 'income' | 'expense'
  readonly direction: 'debit' | 'credit'
}

export type SeedMethod = { readonly code: string; readonly name_zh: string; readonly name_en: string; readonly account: string }

/** A chart with the parts its accounts play and the payment methods that lead to them. Roles name accounts by code. */
export type SeedChart = {
  readonly accounts: readonly SeedAccount[]
  readonly roles: Readonly<Record<string, string>>
  readonly methods: readonly SeedMethod[]
}

/** Shorthand of the chart files: code, Chinese name, English name; class and direction come from the section. */
export type Line = readonly [code: string, name_zh: string, name_en: string]

export const section = (
  { accountClass, direction }: { accountClass: SeedAccount['class']; direction: SeedAccount['direction'] },
  lines: readonly Line[],
): SeedAccount[] => lines.map(([code, name_zh, name_en]) => ({ code, name_zh, name_en, class: accountClass, direction }))
