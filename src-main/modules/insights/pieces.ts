import { addDays, addMonths, firstOfMonth } from '../../kernel/day.ts'
import type { Steps } from './simplex.ts'

// Much is worked out a little at a time.

export type Span = { readonly from: string; readonly to: string }

/** A span of days month by month: what lies before `from` belongs to the first. */
export function monthsIn({ from, to }: Span): Span[] {
  const months: Span[] = []
  for (let day = from; day <= to; day = addMonths(firstOfMonth(day), 1)) {
    const last = addDays(addMonths(firstOfMonth(day), 1), -1)
    months.push({ from: day, to: last < to ? last : to })
  }
  return months
}

/** Works something out while others get their turn between two steps. */
export async function slowly<T>(steps: Steps<T>, breathe: () => Promise<void>): Promise<T> {
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
    await breathe()
  }
}
