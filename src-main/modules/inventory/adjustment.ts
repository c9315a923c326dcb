import type { LineInput } from '../accounting/index.ts'

// What an adjustment posts, pure.

export type AdjustmentKind = 'opening' | 'adjustment' | 'memo'

/**
 * Values of the goods that came in and went out, minor units; negative where a reversal takes them back in red. `over_minor`: what opening
 * stock taken back was worth beyond what left the pool.
 */
export type Sums = { readonly in_minor: number; readonly out_minor: number; readonly over_minor: number }

/**
 * Opening stock stands against the clearing account, which must come to nothing: where the average no longer holds its value when it is
 * taken back, what was sold meanwhile bears the difference. Found and lost goods are gains and losses; Chinese books pass both through 1901
 * 待处理财产损溢 (DF-02).
 */
export function adjustmentLines({ kind, sums, profile }: { kind: AdjustmentKind; sums: Sums; profile: string }): LineInput[] {
  const { in_minor, out_minor, over_minor } = sums
  if (kind === 'opening') {
    return [
      { role: 'inventory', debit_minor: in_minor },
      { role: 'cost_of_sales', debit_minor: over_minor },
      { role: 'opening_clearing', credit_minor: in_minor + over_minor },
    ]
  }
  const found: LineInput = { role: 'inventory', debit_minor: in_minor }
  const lost: LineInput = { role: 'inventory', credit_minor: out_minor }
  const gain: LineInput = { role: 'inventory_gain', credit_minor: in_minor }
  const loss: LineInput = { role: 'inventory_loss', debit_minor: out_minor }
  if (profile !== 'cn-small') return [found, gain, loss, lost]
  return [
    found,
    { role: 'pending_property', credit_minor: in_minor },
    { role: 'pending_property', debit_minor: in_minor },
    gain,
    { role: 'pending_property', debit_minor: out_minor },
    lost,
    loss,
    { role: 'pending_property', credit_minor: out_minor },
  ]
}

/** The account that bears the other side of a line's value, now and by later adjustments of its cost. */
export const counterRole = ({ kind, quantity_e6 }: { kind: AdjustmentKind; quantity_e6: number }) =>
  kind === 'opening' ? 'opening_clearing' : quantity_e6 > 0 ? 'inventory_gain' : 'inventory_loss'
