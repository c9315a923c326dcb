import { addDays, addMonths, daysBetween } from '../../kernel/day.ts'

// Decisions about contracts, pure.

export type Part = { readonly due_on: string; readonly amount_minor: number }
export type PartState = 'open' | 'part' | 'paid' | 'late'

/** What is wrong with a plan: it does not come to the amount, or its days do not follow each other. */
export function planFault(plan: readonly Part[], amount_minor: number): 'differs' | 'order' | undefined {
  if (plan.reduce((sum, p) => sum + p.amount_minor, 0) !== amount_minor) return 'differs'
  return plan.some((p, i) => i > 0 && p.due_on <= plan[i - 1]!.due_on) ? 'order' : undefined
}

/** What came in pays the parts one after the other; a part that is past its day and not whole is late. */
export function paidParts<P extends Part>(plan: readonly P[], { paid_minor, today }: { paid_minor: number; today: string }): (P & { readonly paid_minor: number; readonly state: PartState })[] {
  let left = Math.max(0, paid_minor)
  return plan.map((part) => {
    const paid = Math.min(left, part.amount_minor)
    left -= paid
    const state: PartState = paid === part.amount_minor ? 'paid' : part.due_on < today ? 'late' : paid > 0 ? 'part' : 'open'
    return { ...part, paid_minor: paid, state }
  })
}

type Term = { readonly starts_on: string; readonly ends_on: string }

/** The term that follows: of as many whole months where it has them (a year from 1 March to the last of February), else of as many days. */
export function nextTerm({ starts_on, ends_on }: Term): Term & { moved(day: string): string } {
  const first = addDays(ends_on, 1)
  for (let months = 1; months <= 240; months++) {
    const end = addMonths(starts_on, months)
    if (end === first) return { starts_on: first, ends_on: addDays(addMonths(first, months), -1), moved: (day) => addMonths(day, months) }
    if (end > first) break
  }
  const days = daysBetween({ from: starts_on, to: first })
  return { starts_on: first, ends_on: addDays(ends_on, days), moved: (day) => addDays(day, days) }
}
