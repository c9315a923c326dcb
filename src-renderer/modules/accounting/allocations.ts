export type Allocation = { readonly amount_minor: number; readonly discount_minor: number }
/** By open item: how much of the money settles it, and how much is let off. Both without sign. */
export type Allocations = ReadonlyMap<string, Allocation>

type Item = { readonly open_item_id: string; readonly open_minor: number }

/** Spreads an amount over open items in their order until it is used up. */
export function allocateOldestFirst(items: readonly Item[], total_minor: number): Allocations {
  const allocations = new Map<string, Allocation>()
  let left = total_minor
  for (const item of items) {
    const amount_minor = Math.min(left, Math.abs(item.open_minor))
    if (amount_minor <= 0) break
    allocations.set(item.open_item_id, { amount_minor, discount_minor: 0 })
    left -= amount_minor
  }
  return allocations
}

export const sumOf = (allocations: Allocations, part: keyof Allocation): number => [...allocations.values()].reduce((sum, a) => sum + a[part], 0)
