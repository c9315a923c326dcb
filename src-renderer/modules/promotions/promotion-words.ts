import type { AskOutput, RowOf } from '../../api/operations.ts'

export type PromotionRow = RowOf<'promotions.list'>
export type Promotion = AskOutput<'promotions.get'>
export const kinds = ['flash', 'price', 'coupon'] as const
export const states = ['running', 'paused', 'draft', 'ended'] as const
export const tones = { draft: 'neutral', running: 'success', paused: 'warning', ended: 'neutral' } as const

/** A day and a time of it (minutes since midnight; none is midnight), on this desk's clock. */
export type Moment = { readonly day: string | null; readonly minute: number | null }

const two = (n: number): string => String(n).padStart(2, '0')
export const momentOf = (at: number): Moment => {
  const d = new Date(at)
  return { day: `${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())}`, minute: d.getHours() * 60 + d.getMinutes() }
}
export function instantOf({ day, minute }: Moment): number {
  const [y = 1970, m = 1, d = 1] = (day ?? '').split('-').map(Number)
  return new Date(y, m - 1, d, 0, minute ?? 0).getTime()
}
