import { useQuery } from '@tanstack/react-query'
import { ask } from '../../api/client.ts'
import type { RowOf } from '../../api/operations.ts'
import { askKey } from '../../api/use-ask.ts'

export type Availability = RowOf<'inventory.availability'>
type Waiting = { readonly item_id: string; resolve(row: Availability | null): void; reject(error: unknown): void }

/** What one question may ask about. */
const MOST = 500
let waiting: Waiting[] = []

/** What of an item may be promised now; rows that come into sight at once are asked about at once. */
export function availabilityOf(item_id: string): Promise<Availability | null> {
  return new Promise((resolve, reject) => {
    if (waiting.length === 0) setTimeout(() => void askTogether(), 0)
    waiting.push({ item_id, resolve, reject })
  })
}

async function askTogether(): Promise<void> {
  const all = waiting
  waiting = []
  for (let from = 0; from < all.length; from += MOST) {
    const some = all.slice(from, from + MOST)
    try {
      const { rows } = await ask('inventory.availability', { item_ids: [...new Set(some.map((w) => w.item_id))] })
      const byItem = new Map(rows.map((row) => [row.item_id, row]))
      for (const { item_id, resolve } of some) resolve(byItem.get(item_id) ?? null)
    } catch (error) {
      for (const { reject } of some) reject(error)
    }
  }
}

/** What of an item may be promised now, in base units; undefined until it is known. */
export function useAvailability(item_id: string): Availability | null | undefined {
  return useQuery({ queryKey: askKey('inventory.availability', item_id), queryFn: () => availabilityOf(item_id) }).data
}
