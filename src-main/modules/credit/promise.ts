// What became of a promise to pay, and how loudly to ask. Pure.

export type PromiseState = 'open' | 'kept' | 'broken'
export type Part = { readonly due_on: string; readonly amount_minor: number }
export type Receipt = { readonly day: string; readonly amount_minor: number }

/**
 * A part is kept when all that came since the promise (refunds against it), up to and with its day, covers it and the parts before it; broken when
 * its day has passed without. Money that comes too late does not mend a broken part.
 */
export function partStates(parts: readonly Part[], { receipts, today }: { receipts: readonly Receipt[]; today: string }): PromiseState[] {
  let promised_minor = 0
  return parts.map(({ due_on, amount_minor }) => {
    promised_minor += amount_minor
    const came_minor = receipts.filter((r) => r.day <= due_on).reduce((sum, r) => sum + r.amount_minor, 0)
    if (came_minor >= promised_minor) return 'kept'
    return due_on < today ? 'broken' : 'open'
  })
}

/** One broken part breaks the promise; kept is what is kept in all its parts. */
export const promiseState = (states: readonly PromiseState[]): PromiseState =>
  states.includes('broken') ? 'broken' : states.every((s) => s === 'kept') ? 'kept' : 'open'

/** 0: not yet; 1 a friendly word, 2 a reminder, 3 the last demand; by how long something is overdue. */
export function dunningLevel(overdue_days: number, bounds: readonly [number, number, number]): 0 | 1 | 2 | 3 {
  if (overdue_days >= bounds[2]) return 3
  if (overdue_days >= bounds[1]) return 2
  return overdue_days >= bounds[0] ? 1 : 0
}
