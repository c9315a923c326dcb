import { mulDiv } from '../../kernel/math.ts'

// Pure decisions about promotions.

export type Promotion = {
  readonly id: string
  readonly name: string
  readonly kind: 'price' | 'flash' | 'coupon'
  readonly state: 'draft' | 'running' | 'paused' | 'ended'
  readonly owner_id: string
  readonly from_at: number
  readonly to_at: number
  readonly list_id: string | null
  readonly item_id: string | null
  readonly warehouse_id: string | null
  readonly price_e4: number
  readonly quota_e6: number
  readonly most_each_e6: number
  readonly off_minor: number
  readonly off_rate_e8: number
  readonly least_minor: number
  readonly paused_why: string | null
  readonly ended_why: string | null
}

/** It holds at this instant. */
export const isOn = ({ state, from_at, to_at }: Pick<Promotion, 'state' | 'from_at' | 'to_at'>, now: number): boolean => state === 'running' && from_at <= now && now < to_at

/** What coupons of it take off a total (minor units, half up), never more than the total. */
export const amountOff = ({ off_minor, off_rate_e8 }: Pick<Promotion, 'off_minor' | 'off_rate_e8'>, total_minor: number): number =>
  Math.min(total_minor, off_minor + (off_rate_e8 === 0 ? 0 : mulDiv({ a: total_minor, b: off_rate_e8, divisor: 100_000_000, rounding: 'halfUp' })))

/** Is everything there that its kind needs? */
export function isComplete(p: Pick<Promotion, 'kind' | 'list_id' | 'item_id' | 'price_e4' | 'quota_e6' | 'off_minor' | 'off_rate_e8'>): boolean {
  if (p.kind === 'price') return p.list_id !== null
  if (p.kind === 'flash') return p.item_id !== null && p.quota_e6 > 0
  return p.off_minor > 0 || p.off_rate_e8 > 0
}

/** The code as it is kept: people leave out spaces and capitals. */
export const codeKeyOf = (code: string): string => code.normalize('NFKC').replace(/\s+/g, '').toUpperCase()
