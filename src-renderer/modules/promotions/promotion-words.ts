import type { AskOutput, RowOf } from '../../api/operations.ts'

export type PromotionRow = RowOf<'promotions.list'>
export type Promotion = AskOutput<'promotions.get'>
export const kinds = ['flash', 'price', 'coupon'] as const
export const states = ['running', 'paused', 'draft', 'ended'] as const
export const tones = { draft: 'neutral', running: 'success', paused: 'warning', ended: 'neutral' } as const

const two = (n: number): string => String(n).padStart(2, '0')
/** An instant as an input of the browser holds it, on this desk's clock. */
export const clockText = (at: number): string => {
  const d = new Date(at)
  return `${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())}T${two(d.getHours())}:${two(d.getMinutes())}`
}
export const instantOf = (text: string): number => (text === '' ? 0 : new Date(text).getTime())
