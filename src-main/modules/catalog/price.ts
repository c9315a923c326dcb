import { mulDiv } from '../../kernel/math.ts'
import { fromBase, toBase, type UnitRatio } from '../../kernel/quantity.ts'

/** A list that may say a price, with what it says of one item. */
export type ListedPrice = {
  readonly list_id: string
  readonly list_name: string
  readonly level: string | null
  readonly from_day: string | null
  readonly to_day: string | null
  readonly priority: number
  readonly unit: string
  readonly min_quantity_e6: number
  readonly price_e4: number
}
export type PriceQuestion = {
  readonly unit: string
  readonly ratio: UnitRatio
  readonly quantity_e6: number
  readonly base_unit: string
  readonly level: string | null
  readonly day: string
}
export type PriceAnswer = { readonly price_e4: number; readonly list_id: string | null; readonly list_name: string | null }

/** A base-unit price (e4) for one of a unit, half up to the ten-thousandth. */
export const priceInUnit = (price_e4: number, ratio: UnitRatio): number =>
  mulDiv({ a: price_e4, b: ratio.numerator, divisor: ratio.denominator, rounding: 'halfUp' })

const applies = (list: ListedPrice, { level, day }: PriceQuestion): boolean =>
  (list.level === null || list.level === level) &&
  (list.from_day === null || list.from_day <= day) &&
  (list.to_day === null || day <= list.to_day)

/** The list that wins: higher priority, then one made for the level, then the one that began last, then the newest. */
function stronger(a: ListedPrice, b: ListedPrice): number {
  if (a.priority !== b.priority) return b.priority - a.priority
  if ((a.level === null) !== (b.level === null)) return a.level === null ? 1 : -1
  const [aFrom, bFrom] = [a.from_day ?? '', b.from_day ?? '']
  if (aFrom !== bFrom) return aFrom < bFrom ? 1 : -1
  return a.list_id === b.list_id ? 0 : a.list_id < b.list_id ? 1 : -1
}

/** The highest step of a ladder that the quantity reaches. */
const highest = (steps: readonly ListedPrice[]): ListedPrice | undefined =>
  steps.reduce<ListedPrice | undefined>((best, s) => (best === undefined || s.min_quantity_e6 > best.min_quantity_e6 ? s : best), undefined)

/**
 * What one list says: a price in the very unit first, otherwise the base unit's price times the unit's size.
 * A quantity that has no exact size in base units asks the base ladder from below.
 */
function saidBy(list: readonly ListedPrice[], { unit, ratio, quantity_e6, base_unit }: PriceQuestion): number | undefined {
  const own = highest(list.filter((p) => p.unit === unit && p.min_quantity_e6 <= quantity_e6))
  if (own) return own.price_e4
  if (unit === base_unit) return undefined
  const reached = (p: ListedPrice): boolean => {
    const base_e6 = toBase(quantity_e6, ratio)
    if (base_e6 !== undefined) return p.min_quantity_e6 <= base_e6
    const min_e6 = fromBase(p.min_quantity_e6, ratio)
    return min_e6 !== undefined && min_e6 <= quantity_e6
  }
  const base = highest(list.filter((p) => p.unit === base_unit && reached(p)))
  return base === undefined ? undefined : priceInUnit(base.price_e4, ratio)
}

/** The price that the lists say, the strongest list first; undefined when none speaks of this unit and quantity. */
export function listedPrice(prices: readonly ListedPrice[], question: PriceQuestion): PriceAnswer | undefined {
  const lists = new Map<string, ListedPrice[]>()
  for (const price of prices) {
    if (!applies(price, question)) continue
    const known = lists.get(price.list_id)
    if (known) known.push(price)
    else lists.set(price.list_id, [price])
  }
  const ordered = [...lists.values()].sort((a, b) => stronger(a[0]!, b[0]!))
  for (const list of ordered) {
    const price_e4 = saidBy(list, question)
    if (price_e4 !== undefined) return { price_e4, list_id: list[0]!.list_id, list_name: list[0]!.list_name }
  }
  return undefined
}
