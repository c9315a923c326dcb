import { lineAmount } from '../../kernel/money.ts'
import { addExclusive, splitInclusive } from '../../kernel/tax.ts'
import type { Company } from '../../kernel/operation.ts'
import type { LineInput } from '../accounting/index.ts'

// What a bill is worth and posts, pure. Amounts in minor units.

export type Amounts = { readonly net_minor: number; readonly tax_minor: number; readonly gross_minor: number }
/** `cost_minor` is what goes into stock or expense. */
export type Costed = Amounts & { readonly cost_minor: number }

/** A general taxpayer gets the tax on purchases back; for all others it is part of the cost. */
export const recoversTax = ({ taxpayer }: Pick<Company, 'taxpayer'>): boolean => taxpayer === 'general'

type Terms = { readonly prices_include_tax: number; readonly digits: number; readonly company: Pick<Company, 'taxpayer'> }

/** One line of a bill: price × quantity, its tax, and its cost. */
export function priceLine(
  line: { readonly quantity_e6: number; readonly price_e4: number; readonly tax_rate_e8: number },
  { prices_include_tax, digits, company }: Terms,
): Costed {
  const { quantity_e6, price_e4, tax_rate_e8: rate_e8 } = line
  const amount_minor = lineAmount({ price_e4, quantity_e6, digits })
  const amounts =
    prices_include_tax === 1
      ? { ...splitInclusive({ gross_minor: amount_minor, rate_e8 }), gross_minor: amount_minor }
      : { net_minor: amount_minor, ...addExclusive({ net_minor: amount_minor, rate_e8 }) }
  return { ...amounts, cost_minor: costOf(amounts, company) }
}

export const costOf = (
  { net_minor, gross_minor }: Pick<Amounts, 'net_minor' | 'gross_minor'>,
  company: Pick<Company, 'taxpayer'>,
): number => (recoversTax(company) ? net_minor : gross_minor)

export function totalsOf(lines: readonly Costed[]): Costed {
  const sum = (key: keyof Costed): number => lines.reduce((total, l) => total + l[key], 0)
  return { net_minor: sum('net_minor'), tax_minor: sum('tax_minor'), gross_minor: sum('gross_minor'), cost_minor: sum('cost_minor') }
}

/**
 * What a document posts; all negative, in red, where it undoes one. `over_minor`: cost of goods that left dearer or cheaper than they
 * came.
 */
export type Posting = {
  readonly party_id: string
  readonly stock_minor: number
  readonly expense_minor: number
  /** Recoverable tax only. */
  readonly tax_minor: number
  readonly gross_minor: number
  readonly over_minor: number
}

/** Goods into stock, services into expense, recoverable tax to be got back, and the supplier is owed the whole. */
export const billEntry = ({ party_id, stock_minor, expense_minor, tax_minor, gross_minor, over_minor }: Posting): LineInput[] => [
  { role: 'inventory', debit_minor: stock_minor },
  { role: 'expense', debit_minor: expense_minor },
  { role: 'cost_of_sales', debit_minor: over_minor },
  ...(tax_minor === 0 ? [] : [{ role: 'input_tax', debit_minor: tax_minor } as const]),
  { role: 'payable', party_id, credit_minor: gross_minor },
]
