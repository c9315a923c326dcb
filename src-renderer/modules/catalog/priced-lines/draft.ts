import { lineDiscount, spreadDiscount } from '../../../../src-main/kernel/discount.ts'
import { lineAmount } from '../../../../src-main/kernel/money.ts'
import { addExclusive, splitInclusive } from '../../../../src-main/kernel/tax.ts'
import { newKey } from '../../../ui/draft/desk.ts'
import type { LineBase } from '../../../ui/line-grid/columns.ts'

/** What a line keeps of its item. */
export type PickedItem = {
  readonly item_id: string
  readonly code: string
  readonly name: string
  readonly spec: string | null
  readonly kind: 'stocked' | 'service'
  readonly base_unit: string
  readonly units: readonly { readonly name: string; readonly numerator: number; readonly denominator: number }[]
}

/** What is known of a price when a line is entered. */
export type PriceInfo = {
  readonly price_e4: number
  readonly tax_code: string | null
  readonly tax_rate_e8: number
  /** In base units; absent for services and purchases. */
  readonly available_e6?: number
  readonly incoming_e6?: number
  readonly promised_on?: string | null
  readonly last_price_e4?: number | null
  readonly last_on?: string | null
  readonly list_price_e4?: number | null
  readonly floor_price_e4?: number | null
  /** The margin of a price of the line, e8 of the price without tax; absent for who may not know what goods cost. */
  readonly marginOf?: (price_e4: number) => number | null
  /** The flash sale whose price is suggested, and its pieces left in base units. */
  readonly promotion?: { readonly promotion_id: string; readonly name: string; readonly price_e4: number; readonly left_e6: number } | null
}

/** One line of a priced document while it is being entered. */
export type DraftLine = LineBase & {
  readonly line_no?: number
  readonly item: PickedItem | null
  readonly description: string
  readonly unit: string
  readonly quantity_e6: number | null
  readonly price_e4: number | null
  /** Once typed, a price is not replaced by suggestions. */
  readonly is_price_typed: boolean
  readonly discount_rate_e8: number
  readonly discount_minor: number | null
  readonly tax_code: string | null
  readonly tax_rate_e8: number
  readonly info: PriceInfo | null
  /** As what it was saved: a piece of a flash sale, as long as its price stays. */
  readonly promoted?: { readonly promotion_id: string; readonly price_e4: number }
}

export const newDraftLine = (): DraftLine => ({
  key: newKey(),
  item: null,
  description: '',
  unit: '',
  quantity_e6: null,
  price_e4: null,
  is_price_typed: false,
  discount_rate_e8: 0,
  discount_minor: null,
  tax_code: null,
  tax_rate_e8: 0,
  info: null,
})

export const isBlankLine = (line: DraftLine): boolean =>
  line.item === null && line.quantity_e6 === null && line.description === '' && Object.keys(line.wrong ?? {}).length === 0

/** The lines without the blank ones; one to go on with where nothing is left. */
export const filledLines = (lines: readonly DraftLine[]): readonly DraftLine[] => {
  const filled = lines.filter((line) => !isBlankLine(line))
  return filled.length > 0 ? filled : [newDraftLine()]
}

export type LineTotals = { readonly net_minor: number; readonly tax_minor: number; readonly gross_minor: number; readonly discount_minor: number }
export type DraftTotals = LineTotals & {
  /** Before any discount. */
  readonly listed_minor: number
  readonly lines: readonly LineTotals[]
}

const nothing: LineTotals = { net_minor: 0, tax_minor: 0, gross_minor: 0, discount_minor: 0 }

/**
 * The document's sums while it is typed, by the kernel's own arithmetic: line amount, line discount, the document's discount spread
 * over the lines, then tax in or on top. What cannot be computed yet (no quantity, a discount above the lines) counts nothing.
 */
export function draftTotals(given: {
  lines: readonly DraftLine[]
  pricesIncludeTax: 0 | 1
  discount_minor: number
  digits: number
}): DraftTotals {
  const { lines, pricesIncludeTax, discount_minor, digits } = given
  const listed = lines.map((line) => amountOf(line, digits))
  const own = lines.map((l, i) => l.discount_minor ?? lineDiscount({ gross_minor: listed[i]!, rate_e8: l.discount_rate_e8 }))
  const after = listed.map((amount, i) => amount - own[i]!)
  const shares = discount_minor === 0 ? [] : spreadSafely({ discount_minor, amounts: after })
  const computed = lines.map((line, i): LineTotals => {
    if (line.item === null) return nothing
    const share = shares[i] ?? 0
    return taxed(line, { amount: after[i]! - share, discount_minor: own[i]! + share, pricesIncludeTax })
  })
  const sum = (pick: (t: LineTotals) => number): number => computed.reduce((total, line) => total + pick(line), 0)
  return {
    lines: computed,
    listed_minor: listed.reduce((total, amount) => total + amount, 0),
    net_minor: sum((l) => l.net_minor),
    tax_minor: sum((l) => l.tax_minor),
    gross_minor: sum((l) => l.gross_minor),
    discount_minor: sum((l) => l.discount_minor),
  }
}

type Taxed = { readonly amount: number; readonly discount_minor: number; readonly pricesIncludeTax: 0 | 1 }

/** Lines that stayed as they were are not computed again: of a thousand, one changes with a key. */
const amounts = new WeakMap<DraftLine, number>()
const taxes = new WeakMap<DraftLine, Taxed & { readonly totals: LineTotals }>()

function amountOf(line: DraftLine, digits: number): number {
  let amount = amounts.get(line)
  if (amount === undefined) amounts.set(line, (amount = safeAmount(line, digits)))
  return amount
}

function taxed(line: DraftLine, now: Taxed): LineTotals {
  const { amount, discount_minor, pricesIncludeTax } = now
  const known = taxes.get(line)
  if (known?.amount === amount && known.discount_minor === discount_minor && known.pricesIncludeTax === pricesIncludeTax) return known.totals
  const rate_e8 = line.tax_rate_e8
  const totals = pricesIncludeTax
    ? { gross_minor: amount, ...splitInclusive({ gross_minor: amount, rate_e8 }), discount_minor }
    : { net_minor: amount, ...addExclusive({ net_minor: amount, rate_e8 }), discount_minor }
  taxes.set(line, { ...now, totals })
  return totals
}

/** Beyond the safe integers nothing is shown; the office says why when it is saved. */
function safeAmount(line: DraftLine, digits: number): number {
  if (line.quantity_e6 === null || line.price_e4 === null) return 0
  try {
    return lineAmount({ price_e4: line.price_e4, quantity_e6: line.quantity_e6, digits })
  } catch {
    return 0
  }
}

function spreadSafely({ discount_minor, amounts }: { discount_minor: number; amounts: readonly number[] }): number[] {
  try {
    return spreadDiscount({ discount_minor, line_amounts_minor: amounts })
  } catch {
    return amounts.map(() => 0)
  }
}

/** What could not be read is no number: the office says so at its cell, and nothing is posted without it. */
const readable = <V>(line: DraftLine, column: string, value: V): V | number => (line.wrong?.[column] === undefined ? value : Number.NaN)

/** The flash sale whose piece a line is: the one whose price it has. */
export const promotionOfLine = (line: DraftLine): string | undefined =>
  [line.info?.promotion, line.promoted].find((p) => p && p.price_e4 === line.price_e4)?.promotion_id

/** The lines as a command takes them; blank ones stay behind. */
export const sentLines = (lines: readonly DraftLine[]) =>
  lines
    .filter((l) => !isBlankLine(l))
    .map((l) => ({
      ...(l.line_no === undefined ? {} : { line_no: l.line_no }),
      ...(promotionOfLine(l) === undefined ? {} : { promotion_id: promotionOfLine(l) }),
      item_id: l.item?.item_id ?? '',
      description: l.description.trim() === '' ? null : l.description.trim(),
      unit: l.unit === '' ? null : l.unit,
      quantity_e6: readable(l, 'quantity', l.quantity_e6 ?? 0),
      price_e4: readable(l, 'price', l.price_e4 ?? 0),
      discount_rate_e8: readable(l, 'discount', l.discount_minor === null ? l.discount_rate_e8 : 0),
      discount_minor: l.discount_minor,
      tax_code: l.wrong?.['tax']?.text ?? l.tax_code,
    }))
